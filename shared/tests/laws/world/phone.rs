//! A phone of a simulated world: a replica, its owner's steps to undo, and an outbox that outlives the page.

use shared::docs::board::{Board, BoardOp};
use shared::replica::{Pending, Received};
use shared::wire::{ClientMessage, ServerMessage};
use shared::{AnyDoc, Millis, Op, OpId, Replica, Token, WorkshopId};

use super::BOARD;
use crate::people::{Habit, Tab};
use crate::random::Random;

/// What the owner of a phone gets to know.
#[derive(Default, Debug)]
pub(crate) struct Told {
    pub(crate) saved: Vec<OpId>,
    pub(crate) refused: Vec<OpId>,
}

pub(crate) struct Phone {
    person: u32,
    pub(crate) tab: Tab,
    pub(crate) replica: Replica<Board>,
    pub(crate) link: Option<usize>,
    undo: Vec<BoardOp>,
    redo: Vec<BoardOp>,
    /// Saved a moment ago; a page that dies now may still find it in its outbox.
    just_saved: Vec<Pending<BoardOp>>,
}

impl Phone {
    pub(crate) fn new(person: u32, client: u64) -> Self {
        let tab = Tab::new(person, client);
        let replica = Replica::new(tab.by);
        Self { person, tab, replica, link: None, undo: Vec::new(), redo: Vec::new(), just_saved: Vec::new() }
    }

    pub(crate) fn hello(&self) -> ClientMessage {
        let have = vec![(BOARD, self.replica.point())];
        ClientMessage::Hello {
            workshop: WorkshopId::default(),
            token: Token::of([7; 16]),
            client: self.tab.client,
            have,
        }
    }

    /// An id that this tab never gave to anything.
    pub(crate) fn unused_id(&self) -> OpId {
        OpId { client: shared::ClientId::of(0xdead_0000 + u64::from(self.person)), n: 1 }
    }

    /// The owner does something, or takes it back, or does it again.
    pub(crate) fn act(&mut self, habit: Habit, random: &mut Random) -> Vec<Pending<BoardOp>> {
        let before = self.replica.pending().len();
        match random.below(10) {
            0 => {
                if let Some(op) = self.undo.pop() {
                    let again = self.local(op);
                    self.redo.extend(again);
                }
            }
            1 => {
                if let Some(op) = self.redo.pop() {
                    let back = self.local(op);
                    self.undo.extend(back);
                }
            }
            _ => {
                for op in self.tab.think(self.replica.view(), habit, random) {
                    let back = self.local(op);
                    self.undo.extend(back);
                    self.redo.clear();
                }
            }
        }
        self.replica.pending().get(before..).unwrap_or_default().to_vec()
    }

    fn local(&mut self, op: BoardOp) -> Option<BoardOp> {
        let id = self.tab.next_id();
        self.replica.local(id, Millis(5), op).ok().flatten()
    }

    /// The page dies and is loaded anew. Its outbox has all that is pending and perhaps what was saved just before.
    pub(crate) fn reload(&mut self, client: u64, random: &mut Random) -> Told {
        let mut outbox = if random.percent(50) { std::mem::take(&mut self.just_saved) } else { Vec::new() };
        outbox.extend(self.replica.pending().iter().cloned());
        *self = Self::new(self.person, client);
        self.told_by(|replica| {
            replica.adopt(outbox);
            None
        })
    }

    pub(crate) fn read(&mut self, message: ServerMessage) -> Result<Told, String> {
        match message {
            ServerMessage::Snapshot { body: AnyDoc::Board(doc), .. } => Ok(self.told_by(|replica| {
                replica.load(doc);
                None
            })),
            ServerMessage::Entries { entries, .. } => {
                let mut told = Told::default();
                for entry in &entries {
                    let mut received = Received::Old;
                    let some = self.told_by(|replica| {
                        received = replica.receive(entry);
                        None
                    });
                    if received == Received::Gap {
                        return Err(format!("a gap before entry {} at {:?}", entry.stamp.seq.0, self.replica.seq()));
                    }
                    told.saved.extend(some.saved);
                    told.refused.extend(some.refused);
                }
                Ok(told)
            }
            ServerMessage::Known { id, .. } => Ok(self.told_by(|replica| {
                replica.known(id);
                None
            })),
            ServerMessage::Rejected { id, .. } => Ok(self.told_by(|replica| replica.refused(id).map(|_| id))),
            other => Err(format!("unexpected {other:?}")),
        }
    }

    /// Whatever is no longer pending afterwards was refused or lost, or else it is saved: so a page would say.
    fn told_by(&mut self, act: impl FnOnce(&mut Replica<Board>) -> Option<OpId>) -> Told {
        let before = self.replica.pending().to_vec();
        let mut refused: Vec<OpId> = act(&mut self.replica).into_iter().collect();
        refused.extend(self.replica.take_lost().iter().map(|lost| lost.id));
        let settled = |one: &Pending<BoardOp>| {
            !refused.contains(&one.id) && self.replica.pending().iter().all(|left| left.id != one.id)
        };
        let saved: Vec<Pending<BoardOp>> = before.into_iter().filter(settled).collect();
        let told = Told { saved: saved.iter().map(|one| one.id).collect(), refused };
        if !saved.is_empty() {
            self.just_saved = saved;
        }
        told
    }

    /// The same operations as they would be sent.
    pub(crate) fn sends(&self) -> Vec<(OpId, Op)> {
        self.replica.to_send().collect()
    }
}
