//! What the server says, taken into the docs.

use shared::docs::board::Board;
use shared::docs::tray::Tray;
use shared::docs::workshop::Workshop;
use shared::replica::{Pending, Received};
use shared::wire::ServerMessage;
use shared::{AnyDoc, DocId, Entry, Model, Op, OpId, Replica};

use super::{Docs, Rejection, Taken, by};
use crate::client::ClientError;

/// Rejections that are remembered.
const REJECTIONS_MAX: usize = 1_000;

impl Docs {
    /// Takes what the server says.
    pub(in crate::client) fn take(&mut self, message: ServerMessage) -> Result<Taken, ClientError> {
        match message {
            ServerMessage::Snapshot { doc, body } => {
                self.load(doc, body)?;
                self.find_lost(doc);
            }
            ServerMessage::Entries { doc, entries } => {
                self.arrived.insert(doc);
                let whole = entries.iter().all(|entry| self.receive(doc, entry) != Some(Received::Gap));
                self.find_lost(doc);
                if !whole {
                    return Ok(Taken::Gap);
                }
            }
            ServerMessage::Known { doc, id } => self.known(doc, id),
            ServerMessage::Rejected { doc, id, why } => {
                let op = self.refused(doc, id);
                self.reject(Rejection { doc, id, why: Some(why), op });
            }
            ServerMessage::Present { doc: DocId::Board(group), present } => {
                self.present.insert(group, present);
            }
            ServerMessage::Present { .. } | ServerMessage::Pong { .. } => {}
            ServerMessage::Refused(why) => return Err(ClientError::Refused(why)),
            other @ (ServerMessage::Door { .. }
            | ServerMessage::Place { .. }
            | ServerMessage::Lent { .. }
            | ServerMessage::Kept { .. }
            | ServerMessage::Joined { .. }
            | ServerMessage::Welcome { .. }) => {
                return Err(ClientError::unexpected("docs", &other));
            }
        }
        Ok(Taken::Whole)
    }

    fn load(&mut self, id: DocId, body: AnyDoc) -> Result<(), ClientError> {
        let by = by(self.you);
        match (id, body) {
            (DocId::Workshop, AnyDoc::Workshop(doc)) => self.workshop.load(doc),
            (DocId::Roster, AnyDoc::Roster(doc)) => self.roster.load(doc),
            (DocId::Board(group), AnyDoc::Board(doc)) => {
                self.boards.entry(group).or_insert_with(|| Replica::new(by)).load(doc);
            }
            (DocId::Tray(_), AnyDoc::Tray(doc)) => self.tray.load(doc),
            (id, _) => {
                let got = format!("another body for {id:?}");
                return Err(ClientError::Unexpected { expected: "a snapshot of its own kind", got });
            }
        }
        self.arrived.insert(id);
        Ok(())
    }

    fn receive(&mut self, doc: DocId, entry: &Entry) -> Option<Received> {
        let by = by(self.you);
        match doc {
            DocId::Workshop => Some(self.workshop.receive(entry)),
            DocId::Roster => Some(self.roster.receive(entry)),
            DocId::Board(group) => Some(self.boards.entry(group).or_insert_with(|| Replica::new(by)).receive(entry)),
            DocId::Tray(_) => Some(self.tray.receive(entry)),
            DocId::Doors | DocId::Directory => None,
        }
    }

    fn known(&mut self, doc: DocId, id: OpId) {
        match doc {
            DocId::Workshop => self.workshop.known(id),
            DocId::Board(group) => self.boards.get_mut(&group).is_some_and(|board| board.known(id)),
            DocId::Tray(_) => self.tray.known(id),
            DocId::Roster | DocId::Doors | DocId::Directory => false,
        };
    }

    fn refused(&mut self, doc: DocId, id: OpId) -> Option<Op> {
        match doc {
            DocId::Workshop => self.workshop.refused(id).map(Workshop::wrap),
            DocId::Board(group) => self.boards.get_mut(&group)?.refused(id).map(Board::wrap),
            DocId::Tray(_) => self.tray.refused(id).map(Tray::wrap),
            DocId::Roster | DocId::Doors | DocId::Directory => None,
        }
    }

    /// What was refused while this session was away is given back like anything else that was refused.
    fn find_lost(&mut self, doc: DocId) {
        let lost: Vec<(OpId, Op)> = match doc {
            DocId::Workshop => named::<Workshop>(self.workshop.take_lost()),
            DocId::Board(group) => {
                self.boards.get_mut(&group).map(|b| named::<Board>(b.take_lost())).unwrap_or_default()
            }
            DocId::Tray(_) => named::<Tray>(self.tray.take_lost()),
            DocId::Roster | DocId::Doors | DocId::Directory => Vec::new(),
        };
        for (id, op) in lost {
            self.reject(Rejection { doc, id, why: None, op: Some(op) });
        }
    }

    pub(super) fn reject(&mut self, rejection: Rejection) {
        if self.rejections.len() >= REJECTIONS_MAX {
            self.rejections.pop_front();
        }
        self.rejections.push_back(rejection);
    }
}

fn named<M: Model>(lost: Vec<Pending<M::Op>>) -> Vec<(OpId, Op)> {
    lost.into_iter().map(|pending| (pending.id, M::wrap(pending.op))).collect()
}
