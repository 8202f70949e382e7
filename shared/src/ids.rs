//! Names of things: who, which card, which character, which moment. They know nothing of what they name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

pub use self::code::{BadCode, JoinCode};
pub use self::token::{BadToken, Token, TokenHash};

mod code;
mod token;

/// One gathering. Unguessable only because it is random; it opens nothing by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkshopId(pub Uuid);

impl fmt::Display for WorkshopId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}

impl FromStr for WorkshopId {
    type Err = BadToken;
    /// As it is written, with or without hyphens; the reader of `uuid`, with all its errors, would cost the page a kilobyte.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        token::read_hex(&text.replace('-', "")).map(|bytes| Self(Uuid::from_bytes(bytes)))
    }
}

/// A group by its number at the table, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupId(pub u16);

impl fmt::Display for GroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Two people who share a draft, by their place among the pairs of their group in one step.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PairId(pub u16);

/// A person of one workshop: the number of the roster entry that brought them in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub u32);

/// One tab of one browser for as long as it is open. Never reused (law 2). 48 random bits, see [`ClientId::of`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientId(u64);

impl ClientId {
    /// Ids below this one are the server's own.
    const FIRST_FREE: u64 = 16;
    /// Operations that follow from entries of the roster.
    pub const FROM_ROSTER: Self = Self(1);
    /// What the server itself does, numbered by its entries.
    pub const SERVER: Self = Self(2);
    /// Results of votes, numbered by the entries that closed them.
    pub const FROM_TRAYS: Self = Self(3);
    /// Results of votes with dots, likewise: each kind of result is numbered by itself, or one would stand in the other's way.
    pub const FROM_DOTS: Self = Self(4);
    /// What the docs themselves begin with (the theme card).
    pub const GENESIS: Self = Self(0);

    /// A client id from random bits: 48 of them are kept (7 bytes on the wire), the server's own range is avoided.
    pub const fn of(random: u64) -> Self {
        let bits = random & 0xffff_ffff_ffff;
        if bits < Self::FIRST_FREE { Self(bits + Self::FIRST_FREE) } else { Self(bits) }
    }

    /// As a number.
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    /// Whether only the server may write under this id.
    pub const fn is_reserved(self) -> bool {
        self.0 < Self::FIRST_FREE
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0)
    }
}

impl FromStr for ClientId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        u64::from_str_radix(text, 16).map(Self).map_err(|_| BadId)
    }
}

/// The text form of an id could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BadId;

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id of the form client-number")
    }
}

/// Ids made of a client and a number of that client. As text `client-number`, client in hexadecimal, so that they can
/// be keys in the readable store; on the wire two variable-length integers.
macro_rules! client_numbered {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name {
            /// Who made it.
            pub client: ClientId,
            /// Which of theirs.
            pub n: u32,
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}-{}", self.client, self.n)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let (client, n) = text.split_once('-').ok_or(BadId)?;
                Ok(Self { client: client.parse()?, n: n.parse().map_err(|_| BadId)? })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                if to.is_human_readable() {
                    to.collect_str(self)
                } else {
                    (self.client, self.n).serialize(to)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                if from.is_human_readable() {
                    let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                    text.parse().map_err(serde::de::Error::custom)
                } else {
                    let (client, n) = <(ClientId, u32)>::deserialize(from)?;
                    Ok(Self { client, n })
                }
            }
        }
    };
}

client_numbered! {
    /// An operation: the n-th of its client. A doc takes each at most once (law 2).
    OpId
}
client_numbered! {
    /// A card: the id of the operation that added it.
    CardId
}
client_numbered! {
    /// A text beside the tree: the id of the operation that added it.
    NoteId
}
client_numbered! {
    /// A first-level strip of a board: the id of the operation that made it.
    LaneId
}
client_numbered! {
    /// A vote of a group: the id of the operation that opened it.
    VoteId
}
client_numbered! {
    /// A step of the run-sheet: the id of the operation that made it, with its place among those that it made.
    StepId
}
client_numbered! {
    /// A card that was written in silence and lies in its author's tray: the id of the operation that put it there.
    SlipId
}
client_numbered! {
    /// A character of a text, for as long as its card lives, deleted or not.
    CharId
}

impl CardId {
    /// The theme: the card that every board has from the beginning, at the root of its why-tree.
    pub const THEME: Self = Self { client: ClientId::GENESIS, n: 0 };
}

/// Things that are named after the operation that makes them.
macro_rules! named_after_operation {
    ($($name:ident),*) => {
        $(impl From<OpId> for $name {
            fn from(id: OpId) -> Self {
                Self { client: id.client, n: id.n }
            }
        })*
    };
}
named_after_operation!(CardId, NoteId, LaneId, VoteId, SlipId);

/// The place of an entry in its log, from 1; 0 is "nothing yet".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// The one after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Milliseconds since 1970 by the server's clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub u64);
