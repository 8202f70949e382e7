//! What phone and server have in common: the docs, their operations, the one reducer, the replica and the wire.
//!
//! Nothing here knows a clock, a random number, a socket or a disk (law 7): time and ids come in as values.

#![warn(missing_docs)]

pub mod access;
pub mod coach;
pub mod doc;
pub mod docs;
pub mod ids;
pub mod limits;
pub mod presence;
pub mod replica;
pub mod run_sheet;
pub mod seating;
pub mod signs;
pub mod sorted;
pub mod text;
pub mod trail;
pub mod wifi;
#[allow(missing_docs, reason = "fields say by their names what they are, so that all messages fit on one screen")]
pub mod wire;

pub use access::{By, Capability};
pub use doc::{Doc, Entry, Model, Outcome, Reject, Stamp};
pub use docs::{AnyDoc, DocId, Op};
pub use ids::{
    CardId, CharId, ClientId, GroupId, JoinCode, LaneId, Millis, NoteId, OpId, PairId, PersonId, Seq, SlipId, StepId,
    Token, VoteId, WorkshopId,
};
pub use replica::Replica;
pub use sorted::{SortedMap, SortedSet};
pub use trail::{Point, Trail};
