//! The docs there are. One folder a doc: model, operations, apply. A new doc is appended here and nowhere else.

use serde::{Deserialize, Serialize};

use crate::access::By;
use crate::doc::{Doc, Entry, Model, Outcome, Reject, Stamp};
use crate::ids::{ClientId, GroupId, OpId, PersonId, Seq};
use crate::trail::Point;

pub mod board;
pub mod directory;
pub mod doors;
pub mod dots;
pub mod roster;
pub mod tray;
pub mod workshop;

/// Which doc of a workshop. Variants are only ever appended (wire and store).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum DocId {
    /// Title, goal, groups, phase.
    Workshop,
    /// People and seats.
    Roster,
    /// What a group builds.
    Board(GroupId),
    /// Hashes of the tokens that open this workshop. The server's alone.
    Doors,
    /// Which code belongs to which workshop; one for all workshops. The server's alone.
    Directory,
    /// What one person has chosen in private.
    Tray(PersonId),
}

/// An operation of any doc.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Op {
    /// On the workshop.
    Workshop(workshop::WorkshopOp),
    /// On the roster.
    Roster(roster::RosterOp),
    /// On a board.
    Board(board::BoardOp),
    /// On the doors.
    Doors(doors::DoorsOp),
    /// On the directory.
    Directory(directory::DirectoryOp),
    /// On a tray.
    Tray(tray::TrayOp),
}

/// A doc of any kind, as rooms and snapshots hold it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AnyDoc {
    /// A workshop.
    Workshop(Doc<workshop::Workshop>),
    /// A roster.
    Roster(Doc<roster::Roster>),
    /// A board.
    Board(Doc<board::Board>),
    /// The doors of a workshop.
    Doors(Doc<doors::Doors>),
    /// The directory of workshops.
    Directory(Doc<directory::Directory>),
    /// A tray.
    Tray(Doc<tray::Tray>),
}

/// Runs `$body` with `$doc` bound to the typed doc inside.
macro_rules! each {
    ($any:expr, $doc:ident => $body:expr) => {
        match $any {
            AnyDoc::Workshop($doc) => $body,
            AnyDoc::Roster($doc) => $body,
            AnyDoc::Board($doc) => $body,
            AnyDoc::Doors($doc) => $body,
            AnyDoc::Directory($doc) => $body,
            AnyDoc::Tray($doc) => $body,
        }
    };
}

impl AnyDoc {
    /// The doc that an empty log gives.
    pub fn empty(id: DocId) -> Self {
        match id {
            DocId::Workshop => Self::Workshop(Doc::default()),
            DocId::Roster => Self::Roster(Doc::default()),
            DocId::Board(_) => Self::Board(Doc::default()),
            DocId::Doors => Self::Doors(Doc::default()),
            DocId::Directory => Self::Directory(Doc::default()),
            DocId::Tray(_) => Self::Tray(Doc::default()),
        }
    }

    /// The last entry taken.
    pub fn seq(&self) -> Seq {
        each!(self, doc => doc.seq)
    }

    /// How far its log was taken, and which log it was.
    pub fn point(&self) -> Point {
        each!(self, doc => doc.point())
    }

    /// Whether it holds what the client numbered so, or a later one.
    pub fn knows(&self, id: OpId) -> bool {
        each!(self, doc => doc.knows(id))
    }

    /// Whether it took this operation, as far as can be told: its number was passed, and what it brought is here.
    pub fn holds(&self, id: OpId, op: &Op) -> bool {
        each!(self, doc => doc.knows(id) && holds(&doc.model, id, op))
    }

    /// Whose operations it took, by client.
    pub fn owners(&self) -> Vec<(ClientId, By)> {
        each!(self, doc => doc.owners().collect())
    }

    /// Whose this client is, if the doc has taken anything of it.
    pub fn owner(&self, client: ClientId) -> Option<By> {
        each!(self, doc => doc.owner(client))
    }

    /// Takes an entry of the log, see [`Doc::take`].
    pub fn take(&mut self, entry: &Entry) {
        each!(self, doc => {
            doc.take(&entry.stamp, &entry.op);
        });
    }

    /// Does an operation; one of another kind of doc is refused like any other unfit one.
    pub fn apply(&mut self, entry: &Entry) -> Outcome<Op> {
        each!(self, doc => apply_one(doc, &entry.stamp, &entry.op))
    }
}

fn holds<M: Model>(model: &M, id: OpId, op: &Op) -> bool {
    M::pick(op).is_some_and(|op| model.holds(id, op))
}

fn apply_one<M: Model>(doc: &mut Doc<M>, stamp: &Stamp, op: &Op) -> Outcome<Op> {
    let Some(op) = M::pick(op) else { return Outcome::Rejected(Reject::WrongDoc) };
    match doc.apply(stamp, op) {
        Outcome::Applied(inverse) => Outcome::Applied(inverse.map(M::wrap)),
        Outcome::Duplicate => Outcome::Duplicate,
        Outcome::Rejected(why) => Outcome::Rejected(why),
    }
}

/// Says which of [`Op`] belongs to a model.
macro_rules! model_ops {
    ($variant:ident) => {
        fn pick(op: &$crate::docs::Op) -> Option<&Self::Op> {
            match op {
                $crate::docs::Op::$variant(op) => Some(op),
                _ => None,
            }
        }

        fn wrap(op: Self::Op) -> $crate::docs::Op {
            $crate::docs::Op::$variant(op)
        }
    };
}
pub(crate) use model_ops;
