//! What goes over the one socket: a version byte, then postcard. Variants are only ever appended.

use serde::{Deserialize, Serialize};

use crate::access::Capability;
use crate::doc::{Entry, Reject};
use crate::docs::doors::Link;
use crate::docs::workshop::{Language, Phase};
use crate::docs::{AnyDoc, DocId, Op};
use crate::ids::{ClientId, GroupId, JoinCode, Millis, OpId, PersonId, Token, WorkshopId};
use crate::presence::{Doing, Present};
use crate::trail::Point;

pub mod door;

/// The version of everything below. A server that meets another one closes with [`Close::OldPage`].
pub const VERSION: u8 = 1;

/// From a client.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum ClientMessage {
    /// What is behind this code? Answered by `Door`.
    Knock(JoinCode),
    /// Somebody joins, with a token that their phone made: asking twice is joining once. Answered by `Joined`.
    Join { code: JoinCode, token: Token, name: String, group: Option<GroupId> },
    /// Who I am, and which docs I have how far, by which log. Answered by `Welcome`, then each doc that I may read.
    Hello { workshop: WorkshopId, token: Token, client: ClientId, have: Vec<(DocId, Point)> },
    /// Operations on a doc, in the order in which they were done.
    Ops { doc: DocId, ops: Vec<(OpId, Op)> },
    /// What I am at. May be lost.
    Doing { doc: DocId, doing: Doing },
    /// Are you there? Answered by `Pong`.
    Ping(u32),
    /// Who holds this token writes for somebody who would go on with a phone of their own. Answered by `Lent`.
    Lend { workshop: WorkshopId, token: Token },
    /// They go on, with a token that their phone made: asking twice is asking once. Answered by `Joined`.
    TakeOver { workshop: WorkshopId, code: JoinCode, token: Token },
    /// Who holds this token would keep what their group built. Answered by `Kept`.
    Keep { workshop: WorkshopId, token: Token },
}

/// From the server.
#[allow(clippy::large_enum_variant, reason = "one at a time is held, and only until it is taken or sent")]
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum ServerMessage {
    /// Behind the code that was asked for.
    Door { workshop: WorkshopId, title: String, goal: String, language: Language, phase: Phase, tables: Vec<Table> },
    /// You are in, as this person, in this group: say `Hello` now.
    Joined { workshop: WorkshopId, person: PersonId, group: GroupId },
    /// Who you are here, and the server's clock. `invite` is for the lead.
    Welcome { you: Capability, seat: Option<GroupId>, now: Millis, invite: Option<Invite> },
    /// A doc as it is.
    Snapshot { doc: DocId, body: AnyDoc },
    /// What was appended to a doc. An own entry is the word "saved".
    Entries { doc: DocId, entries: Vec<Entry> },
    /// The doc had this operation already: saved.
    Known { doc: DocId, id: OpId },
    /// The doc refuses this operation.
    Rejected { doc: DocId, id: OpId, why: Reject },
    /// Everybody who is at a board now.
    Present { doc: DocId, present: Vec<Present> },
    /// A question of `Knock`, `Join` or `Hello` is answered with no. The socket stays open for another try.
    Refused(Refusal),
    /// I am here, and this is my clock.
    Pong { n: u32, now: Millis },
    /// The code with which somebody may go on as this person, until then.
    Lent { code: JoinCode, until: Millis },
    /// Behind the code that was asked for: the seat of somebody who may go on with this phone.
    Place { workshop: WorkshopId, title: String, language: Language, group: GroupId, name: String },
    /// A token with which anybody sees what this group built, and nothing else.
    Kept { group: GroupId, token: Token },
}

/// A group, as somebody at the door sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Table {
    pub group: GroupId,
    pub name: String,
    pub taken: u16,
    pub seats: u16,
}

/// What the lead shows to others: addresses that lead to the door, best first, and the links of the other capabilities.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Invite {
    pub addresses: Vec<String>,
    pub helper: String,
    pub observer: String,
}

/// Why a question was answered with no. It becomes a sentence that says what to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Refusal {
    NoSuchCode,
    NoSuchWorkshop,
    NoSuchKey,
    BadName,
    GroupFull(GroupId),
    AllFull,
    Ended,
    TooManyTries,
    Busy,
    LinkReplaced,
    CodeReplaced,
    DoorClosed,
    Removed,
    ServerFull,
    TakenOver,
}

/// What a lead who posts it to the workshop's `doors` wants replaced. The new key of a lead is made by their device, which keeps
/// it before it asks: asking twice is asking once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Renew {
    Lead(Token),
    Link(Link),
    Keep,
    Code,
}

/// Why the server closed a socket: its close code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u16)]
pub enum Close {
    Restart = 1012,
    OldPage = 4001,
    NotUnderstood = 4002,
    TooFast = 4003,
    TooSlow = 4004,
    Reseated = 4005,
    TooMany = 4006,
    Silent = 4007,
    Replaced = 4008,
}

/// A message could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// Of another version.
    Version(u8),
    /// No message of this version.
    Garbage,
}

/// A message as it is sent.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_extend(message, vec![VERSION]).unwrap_or_default()
}

/// Reads a message, to its last byte.
///
/// # Errors
/// When it is of another version, or no message at all.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Unreadable> {
    match bytes.split_first() {
        Some((&VERSION, body)) => match postcard::take_from_bytes(body) {
            Ok((message, [])) => Ok(message),
            _ => Err(Unreadable::Garbage),
        },
        Some((version, _)) => Err(Unreadable::Version(*version)),
        None => Err(Unreadable::Garbage),
    }
}
