//! The words of the door: the few messages that a page needs before anybody has joined. They are messages of [`wire`](super) like
//! all others, byte for byte; but whoever knows these alone need not bring every operation of every doc with them.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Refusal, Table, Unreadable, VERSION, encode};
use crate::docs::workshop::{Language, Phase};
use crate::ids::{GroupId, JoinCode, PersonId, Token, WorkshopId};

/// What a page says at the door: `ClientMessage` in part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Asks {
    /// What is behind this code?
    Knock(JoinCode),
    /// Somebody joins.
    Join { code: JoinCode, token: Token, name: String, group: Option<GroupId> },
    /// Are you there?
    Ping(u32),
    /// Somebody goes on with this phone.
    TakeOver { workshop: WorkshopId, code: JoinCode, token: Token },
}

impl Asks {
    /// The message as it is sent.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::Knock(code) => asked(0, code),
            Self::Join { code, token, name, group } => asked(1, &(code, token, name, group)),
            Self::Ping(n) => asked(5, n),
            Self::TakeOver { workshop, code, token } => asked(7, &(workshop, code, token)),
        }
    }
}

/// A variant of `ClientMessage`, by its number, with its fields in their order.
fn asked<T: Serialize>(variant: u8, fields: &T) -> Vec<u8> {
    encode(&(variant, fields))
}

/// What the server says there: `ServerMessage` in part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Says {
    /// Behind the code that was asked for.
    Door { workshop: WorkshopId, title: String, goal: String, language: Language, phase: Phase, tables: Vec<Table> },
    /// You are in.
    Joined { workshop: WorkshopId },
    /// No.
    Refused(Refusal),
    /// Behind the code: the seat of somebody who may go on with this phone.
    Place { workshop: WorkshopId, title: String, language: Language, group: GroupId, name: String },
    /// Something that is not said at a door.
    Other,
}

impl Says {
    /// Reads a message, to its last byte; of those that are not for the door only that they are of this version.
    ///
    /// # Errors
    /// When it is of another version, or no message at all.
    pub fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (variant, fields) = match bytes {
            [VERSION, variant, fields @ ..] => (*variant, fields),
            [version, ..] if *version != VERSION => return Err(Unreadable::Version(*version)),
            _ => return Err(Unreadable::Garbage),
        };
        Ok(match variant {
            0 => {
                let (workshop, title, goal, language, phase, tables) = read(fields)?;
                Self::Door { workshop, title, goal, language, phase, tables }
            }
            1 => {
                let (workshop, _, _): (_, PersonId, GroupId) = read(fields)?;
                Self::Joined { workshop }
            }
            8 => Self::Refused(read(fields)?),
            11 => {
                let (workshop, title, language, group, name) = read(fields)?;
                Self::Place { workshop, title, language, group, name }
            }
            _ => Self::Other,
        })
    }
}

fn read<T: DeserializeOwned>(fields: &[u8]) -> Result<T, Unreadable> {
    match postcard::take_from_bytes(fields) {
        Ok((read, [])) => Ok(read),
        _ => Err(Unreadable::Garbage),
    }
}
