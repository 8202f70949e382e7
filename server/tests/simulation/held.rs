//! The docs that a phone holds, of any kind, and what its owner gets to know when one of them goes on.

use shared::docs::board::Board;
use shared::docs::roster::Roster;
use shared::docs::tray::Tray;
use shared::docs::workshop::Workshop;
use shared::replica::{Pending, Received};
use shared::{AnyDoc, By, DocId, Entry, Millis, Model, Op, OpId, Point, Replica};

use crate::ledger::Ledger;

/// What the owner of a phone gets to know.
#[derive(Default, Debug)]
pub(crate) struct Told {
    pub(crate) saved: Vec<(OpId, Op)>,
    pub(crate) refused: Vec<OpId>,
}

/// A doc with what is pending on it.
pub(crate) enum Held {
    Workshop(Replica<Workshop>),
    Roster(Replica<Roster>),
    Board(Replica<Board>),
    Tray(Replica<Tray>),
}

/// Runs `$body` with `$replica` bound to the typed replica inside.
macro_rules! each {
    ($held:expr, $replica:ident => $body:expr) => {
        match $held {
            Held::Workshop($replica) => $body,
            Held::Roster($replica) => $body,
            Held::Board($replica) => $body,
            Held::Tray($replica) => $body,
        }
    };
}

/// Whatever is no longer pending afterwards was refused or lost, or else it is saved: so a page would say.
fn told_by<M: Model>(replica: &mut Replica<M>, act: impl FnOnce(&mut Replica<M>) -> Option<OpId>) -> Told {
    let before = replica.pending().to_vec();
    let mut refused: Vec<OpId> = act(replica).into_iter().collect();
    refused.extend(replica.take_lost().iter().map(|lost| lost.id));
    let settled =
        |one: &Pending<M::Op>| !refused.contains(&one.id) && replica.pending().iter().all(|left| left.id != one.id);
    let saved = before.into_iter().filter(settled).map(|one| (one.id, M::wrap(one.op))).collect();
    Told { saved, refused }
}

fn local<M: Model>(replica: &mut Replica<M>, id: OpId, op: &Op) -> bool {
    M::pick(op).is_some_and(|op| replica.local(id, Millis(5), op.clone()).is_ok())
}

fn adopt<M: Model>(replica: &mut Replica<M>, pending: Vec<(OpId, Op)>) -> Option<OpId> {
    let own = |(id, op): &(OpId, Op)| Some(Pending { id: *id, op: M::pick(op)?.clone(), at: Millis(5) });
    replica.adopt(pending.iter().filter_map(own).collect());
    None
}

fn receive<M: Model>(replica: &mut Replica<M>, entries: &[Entry]) -> Result<Told, String> {
    let mut gap = None;
    let told = told_by(replica, |replica| {
        for entry in entries {
            if replica.receive(entry) == Received::Gap {
                gap = Some(entry.stamp.seq.0);
            }
        }
        None
    });
    let at = replica.seq().0;
    gap.map_or(Ok(told), |seq| Err(format!("law 5: entry {seq} came after entry {at}")))
}

impl Held {
    pub(crate) fn new(id: DocId, by: By) -> Option<Self> {
        match id {
            DocId::Workshop => Some(Self::Workshop(Replica::new(by))),
            DocId::Roster => Some(Self::Roster(Replica::new(by))),
            DocId::Board(_) => Some(Self::Board(Replica::new(by))),
            DocId::Tray(_) => Some(Self::Tray(Replica::new(by))),
            DocId::Doors | DocId::Directory => None,
        }
    }

    pub(crate) fn point(&self) -> Point {
        each!(self, replica => replica.point())
    }

    /// Does something here and now; false when it does not fit what is seen.
    pub(crate) fn local(&mut self, id: OpId, op: &Op) -> bool {
        each!(self, replica => local(replica, id, op))
    }

    pub(crate) fn pending(&self) -> Vec<(OpId, Op)> {
        each!(self, replica => replica.to_send().collect())
    }

    pub(crate) fn adopt(&mut self, pending: Vec<(OpId, Op)>) -> Told {
        each!(self, replica => told_by(replica, |replica| adopt(replica, pending)))
    }

    pub(crate) fn load(&mut self, body: AnyDoc) -> Result<Told, String> {
        Ok(match (self, body) {
            (Self::Workshop(replica), AnyDoc::Workshop(doc)) => told_by(replica, |replica| loaded(replica, doc)),
            (Self::Roster(replica), AnyDoc::Roster(doc)) => told_by(replica, |replica| loaded(replica, doc)),
            (Self::Board(replica), AnyDoc::Board(doc)) => told_by(replica, |replica| loaded(replica, doc)),
            (Self::Tray(replica), AnyDoc::Tray(doc)) => told_by(replica, |replica| loaded(replica, doc)),
            _ => return Err("wire: a doc of another kind".into()),
        })
    }

    pub(crate) fn receive(&mut self, entries: &[Entry]) -> Result<Told, String> {
        each!(self, replica => receive(replica, entries))
    }

    pub(crate) fn known(&mut self, id: OpId) -> Told {
        each!(self, replica => told_by(replica, |replica| {
            replica.known(id);
            None
        }))
    }

    pub(crate) fn refused(&mut self, id: OpId) -> Told {
        each!(self, replica => told_by(replica, |replica| replica.refused(id).map(|_| id)))
    }

    pub(crate) fn agrees(&self, id: DocId, ledger: &Ledger) -> Result<(), String> {
        each!(self, replica => ledger.agrees(id, replica.confirmed()))
    }

    /// Whether it is as the disk has it, and is seen so.
    pub(crate) fn is_now(&self, id: DocId, ledger: &Ledger) -> Result<(), String> {
        let (now, seen) = match self {
            Self::Workshop(replica) => (is_now(replica, id, ledger), *replica.view() == replica.confirmed().model),
            Self::Roster(replica) => (is_now(replica, id, ledger), *replica.view() == replica.confirmed().model),
            Self::Board(replica) => (is_now(replica, id, ledger), *replica.view() == replica.confirmed().model),
            Self::Tray(replica) => (is_now(replica, id, ledger), *replica.view() == replica.confirmed().model),
        };
        match (now, seen) {
            (false, _) => Err(format!("end: {id:?} is at {:?} and not as the disk has it", self.point().seq)),
            (_, false) => Err(format!("end: {id:?} is shown otherwise than it is")),
            _ => Ok(()),
        }
    }
}

fn loaded<M: Model>(replica: &mut Replica<M>, doc: shared::Doc<M>) -> Option<OpId> {
    replica.load(doc);
    None
}

fn is_now<M: Model>(replica: &Replica<M>, id: DocId, ledger: &Ledger) -> bool {
    ledger.is_now(id, replica.confirmed())
}
