//! The docs of one session: replicas, presence, what was rejected, what can be undone. No socket, no clock, no waiting:
//! messages come in, messages to send come out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use shared::access::Place;
use shared::docs::board::{Board, BoardOp};
use shared::docs::roster::Roster;
use shared::docs::tray::Tray;
use shared::docs::workshop::Workshop;
use shared::presence::Present;
use shared::wire::Invite;
use shared::{By, Capability, CardId, ClientId, DocId, GroupId, Op, OpId, Point, Reject, Replica};

mod take;
#[cfg(test)]
mod tests;
mod write;

/// An operation that the server refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rejection {
    /// Of which doc.
    pub doc: DocId,
    /// Its name.
    pub id: OpId,
    /// Why; not known when it was refused while this session was away.
    pub why: Option<Reject>,
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
    tray: Replica<Tray>,
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
            tray: Replica::new(by),
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

    /// Where it is.
    pub fn place(&self) -> Place {
        let visits = self.seat.and_then(|seat| self.workshop.confirmed().model.visited_by(seat));
        Place { seat: self.seat, visits }
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

    /// What this person has chosen in private; empty for those who do not take part.
    pub const fn tray(&self) -> &Replica<Tray> {
        &self.tray
    }

    /// The doc of the tray; only who takes part has one.
    const fn tray_doc(&self) -> Option<DocId> {
        match self.you {
            Capability::Participant(person) => Some(DocId::Tray(person)),
            Capability::Lead | Capability::Helper | Capability::Observer | Capability::Keeper(_) => None,
        }
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
        boards + self.workshop.pending().len() + self.roster.pending().len() + self.tray.pending().len()
    }

    /// Whether every doc that this session may read has come since the last `Welcome`.
    pub fn is_complete(&self) -> bool {
        let groups = self.workshop.confirmed().model.groups.iter();
        let wanted = [DocId::Workshop, DocId::Roster].into_iter().chain(groups.map(|group| DocId::Board(group.id)));
        wanted
            .chain(self.tray_doc())
            .filter(|doc| self.you.may_read(self.place(), *doc))
            .all(|doc| self.arrived.contains(&doc))
    }

    /// What the server is told that it need not send again.
    pub(super) fn have(&self) -> Vec<(DocId, Point)> {
        let boards = self.boards.iter().map(|(group, board)| (DocId::Board(*group), board.point()));
        let tray = self.tray_doc().map(|doc| (doc, self.tray.point()));
        let all =
            [(DocId::Workshop, self.workshop.point()), (DocId::Roster, self.roster.point())].into_iter().chain(boards);
        all.chain(tray).filter(|(_, point)| *point != Point::default()).collect()
    }

    /// Welcomed again on a new connection: everything pending is to be sent again. After a change of seat the old
    /// board is not ours any more; what was pending there is given back as rejected.
    pub(super) fn welcome(&mut self, you: Capability, seat: Option<GroupId>, invite: Option<Invite>) {
        (self.you, self.seat, self.invite) = (you, seat, invite);
        self.left();
        self.sent.clear();
        let place = self.place();
        let lost: Vec<GroupId> =
            self.boards.keys().copied().filter(|group| !you.may_read(place, DocId::Board(*group))).collect();
        for group in lost {
            for (id, op) in self.boards.remove(&group).iter().flat_map(Replica::to_send) {
                self.reject(Rejection { doc: DocId::Board(group), id, why: Some(Reject::Forbidden), op: Some(op) });
            }
        }
    }

    /// The connection is over: nothing here is known to be the newest, and nobody is known to be here.
    pub(super) fn left(&mut self) {
        self.arrived.clear();
        self.present.clear();
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
