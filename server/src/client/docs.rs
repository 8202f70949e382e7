//! The docs of one session: replicas, presence, what was rejected, what can be undone. No socket, no clock, no waiting:
//! messages come in, messages to send come out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use shared::docs::board::{Board, BoardOp};
use shared::docs::roster::Roster;
use shared::docs::workshop::Workshop;
use shared::presence::Present;
use shared::replica::Received;
use shared::wire::{Invite, ServerMessage};
use shared::{AnyDoc, By, Capability, CardId, ClientId, DocId, Entry, GroupId, Model, Op, OpId, Reject, Replica, Seq};

use super::ClientError;

#[cfg(test)]
mod tests;
mod write;

/// Rejections that are remembered.
const REJECTIONS_MAX: usize = 1_000;

/// An operation that the server refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rejection {
    /// Of which doc.
    pub doc: DocId,
    /// Its name.
    pub id: OpId,
    /// Why.
    pub why: Reject,
    /// What it was, so that its words are not lost.
    pub op: Option<Op>,
}

/// Whether the docs are still whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Taken {
    /// They are.
    Whole,
    /// An entry is missing: connect again.
    Gap,
}

/// The docs of one session.
#[derive(Debug)]
pub struct Docs {
    client: ClientId,
    you: Capability,
    seat: Option<GroupId>,
    invite: Option<Invite>,
    workshop: Replica<Workshop>,
    roster: Replica<Roster>,
    boards: BTreeMap<GroupId, Replica<Board>>,
    present: BTreeMap<GroupId, Vec<Present>>,
    rejections: VecDeque<Rejection>,
    undo: VecDeque<(GroupId, BoardOp)>,
    last_op: u32,
    last_char: u32,
    /// What has come since the last `Welcome`.
    arrived: BTreeSet<DocId>,
    /// The last operation of each doc that went over this connection.
    sent: BTreeMap<DocId, u32>,
}

impl Docs {
    pub(super) fn new(client: ClientId, you: Capability, seat: Option<GroupId>, invite: Option<Invite>) -> Self {
        let by = by(you);
        Self {
            client,
            you,
            seat,
            invite,
            workshop: Replica::new(by),
            roster: Replica::new(by),
            boards: BTreeMap::new(),
            present: BTreeMap::new(),
            rejections: VecDeque::new(),
            undo: VecDeque::new(),
            last_op: 0,
            last_char: 0,
            arrived: BTreeSet::new(),
            sent: BTreeMap::new(),
        }
    }

    /// The client id of this session.
    pub const fn client(&self) -> ClientId {
        self.client
    }

    /// What its token allows.
    pub const fn you(&self) -> Capability {
        self.you
    }

    /// The group that it sits in.
    pub const fn seat(&self) -> Option<GroupId> {
        self.seat
    }

    /// What the lead shows to others; the lead alone has it.
    pub const fn invite(&self) -> Option<&Invite> {
        self.invite.as_ref()
    }

    /// The workshop.
    pub const fn workshop(&self) -> &Replica<Workshop> {
        &self.workshop
    }

    /// The roster; empty for those who may not read it.
    pub const fn roster(&self) -> &Replica<Roster> {
        &self.roster
    }

    /// A board that this session may read.
    pub fn board(&self, group: GroupId) -> Option<&Replica<Board>> {
        self.boards.get(&group)
    }

    /// All boards that this session may read, by group.
    pub fn boards(&self) -> impl Iterator<Item = (GroupId, &Replica<Board>)> {
        self.boards.iter().map(|(group, board)| (*group, board))
    }

    /// Who is at a board now.
    pub fn present(&self, group: GroupId) -> &[Present] {
        self.present.get(&group).map(Vec::as_slice).unwrap_or_default()
    }

    /// What the server refused, oldest first.
    pub fn rejections(&self) -> impl ExactSizeIterator<Item = &Rejection> {
        self.rejections.iter()
    }

    /// Operations that are not saved yet.
    pub fn unsaved(&self) -> usize {
        let boards: usize = self.boards.values().map(|board| board.pending().len()).sum();
        boards + self.workshop.pending().len() + self.roster.pending().len()
    }

    /// Whether every doc that this session may read has come since the last `Welcome`.
    pub fn is_complete(&self) -> bool {
        let groups = self.workshop.confirmed().model.groups.iter();
        let wanted = [DocId::Workshop, DocId::Roster].into_iter().chain(groups.map(|group| DocId::Board(group.id)));
        wanted.filter(|doc| self.you.may_read(self.seat, *doc)).all(|doc| self.arrived.contains(&doc))
    }

    /// What the server is told that it need not send again.
    pub(super) fn have(&self) -> Vec<(DocId, Seq)> {
        let boards = self.boards.iter().map(|(group, board)| (DocId::Board(*group), board.seq()));
        let all =
            [(DocId::Workshop, self.workshop.seq()), (DocId::Roster, self.roster.seq())].into_iter().chain(boards);
        all.filter(|(_, seq)| *seq > Seq::default()).collect()
    }

    /// Welcomed again on a new connection: everything pending is to be sent again. After a change of seat the old
    /// board is not ours any more; what was pending there is given back as rejected.
    pub(super) fn welcome(&mut self, you: Capability, seat: Option<GroupId>, invite: Option<Invite>) {
        (self.you, self.seat, self.invite) = (you, seat, invite);
        self.left();
        self.sent.clear();
        let lost: Vec<GroupId> =
            self.boards.keys().copied().filter(|group| !you.may_read(seat, DocId::Board(*group))).collect();
        for group in lost {
            for (id, op) in self.boards.remove(&group).iter().flat_map(Replica::to_send) {
                self.reject(Rejection { doc: DocId::Board(group), id, why: Reject::Forbidden, op: Some(op) });
            }
        }
    }

    /// The connection is over: nothing here is known to be the newest, and nobody is known to be here.
    pub(super) fn left(&mut self) {
        self.arrived.clear();
        self.present.clear();
    }

    /// Takes what the server says.
    pub(super) fn take(&mut self, message: ServerMessage) -> Result<Taken, ClientError> {
        match message {
            ServerMessage::Snapshot { doc, body } => self.load(doc, body)?,
            ServerMessage::Entries { doc, entries } => {
                self.arrived.insert(doc);
                if entries.iter().any(|entry| self.receive(doc, entry) == Some(Received::Gap)) {
                    return Ok(Taken::Gap);
                }
            }
            ServerMessage::Known { doc, id } => self.known(doc, id),
            ServerMessage::Rejected { doc, id, why } => {
                let op = self.refused(doc, id);
                self.reject(Rejection { doc, id, why, op });
            }
            ServerMessage::Present { doc: DocId::Board(group), present } => {
                self.present.insert(group, present);
            }
            ServerMessage::Present { .. } | ServerMessage::Pong { .. } => {}
            ServerMessage::Refused(why) => return Err(ClientError::Refused(why)),
            other @ (ServerMessage::Door { .. } | ServerMessage::Joined { .. } | ServerMessage::Welcome { .. }) => {
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
            DocId::Doors | DocId::Directory => None,
        }
    }

    fn known(&mut self, doc: DocId, id: OpId) {
        match doc {
            DocId::Workshop => self.workshop.known(id),
            DocId::Board(group) => self.boards.get_mut(&group).is_some_and(|board| board.known(id)),
            DocId::Roster | DocId::Doors | DocId::Directory => false,
        };
    }

    fn refused(&mut self, doc: DocId, id: OpId) -> Option<Op> {
        match doc {
            DocId::Workshop => self.workshop.refused(id).map(Workshop::wrap),
            DocId::Board(group) => self.boards.get_mut(&group)?.refused(id).map(Board::wrap),
            DocId::Roster | DocId::Doors | DocId::Directory => None,
        }
    }

    fn reject(&mut self, rejection: Rejection) {
        if self.rejections.len() >= REJECTIONS_MAX {
            self.rejections.pop_front();
        }
        self.rejections.push_back(rejection);
    }

    /// The card's wording as it is seen here.
    pub fn wording(&self, group: GroupId, card: CardId) -> Option<String> {
        self.board(group)?.view().get(card).map(|card| card.text.read())
    }
}

/// In whose name; an observer never writes, so that it does not matter.
fn by(you: Capability) -> By {
    you.by().unwrap_or(By::Server)
}
