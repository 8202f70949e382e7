//! What comes from the server, and what it means here.

use std::sync::Arc;

use shared::access::Capability;
use shared::docs::board::BoardOp;
use shared::docs::workshop::Workshop;
use shared::replica::{Pending, Received};
use shared::text::TextEdit;
use shared::wire::{ClientMessage, Invite, ServerMessage};
use shared::{AnyDoc, DocId, Entry, GroupId, Millis, Model, Op, OpId, Point, Reject};

use super::inner::Inner;
use super::{Me, Notice};
use crate::net::Event;
use crate::store::outbox::Outbox;

impl Inner {
    pub(super) fn hear(&self, event: Event) {
        match event {
            Event::Up => self.say_hello(),
            Event::Down => self.sending.begin(Vec::new()),
            Event::Message(message) => self.take(message),
        }
    }

    fn say_hello(&self) {
        let mut have: Vec<(DocId, Point)> = Vec::new();
        have.extend(self.workshop_doc.borrow().as_ref().map(|doc| (DocId::Workshop, doc.point())));
        have.extend(self.roster_doc.borrow().as_ref().map(|doc| (DocId::Roster, doc.point())));
        have.extend(self.boards.borrow().iter().map(|(group, (board, _))| (DocId::Board(*group), board.point())));
        self.send(&ClientMessage::Hello { workshop: self.workshop, token: self.token, client: self.client, have });
    }

    fn take(&self, message: ServerMessage) {
        match message {
            ServerMessage::Welcome { you, seat, now, invite } => self.welcome(you, seat, now, invite),
            ServerMessage::Snapshot { doc, body } => self.load(doc, body),
            ServerMessage::Entries { doc, entries } => {
                let gap =
                    entries.iter().map(|entry| self.receive(doc, entry)).any(|received| received == Received::Gap);
                if gap {
                    // One way to recover from anything: come back and say what we have.
                    self.reconnect();
                }
                self.count_pending();
            }
            ServerMessage::Known { doc, id } => {
                self.forget(id);
                match doc {
                    DocId::Board(group) => self.with_board(group, |board| board.known(id)),
                    _ => self.with_workshop(|replica| {
                        replica.known(id);
                    }),
                }
                self.count_pending();
            }
            ServerMessage::Rejected { doc, id, why } => self.rejected(doc, id, why),
            ServerMessage::Present { doc: DocId::Board(group), present } => {
                self.with_board(group, |board| board.set_present(present));
            }
            ServerMessage::Refused(why) => {
                self.refused.set(Some(why));
            }
            ServerMessage::Pong { now, .. } => self.set_clock(now),
            ServerMessage::Present { .. } | ServerMessage::Door { .. } | ServerMessage::Joined { .. } => {}
        }
    }

    fn welcome(&self, you: Capability, seat: Option<GroupId>, now: Millis, invite: Option<Invite>) {
        let first = self.me.with_untracked(Option::is_none);
        let me = Me { capability: you, seat };
        self.set_clock(now);
        self.refused.set(None);
        self.invite.set(invite.map(Arc::new));
        if let Some(by) = you.by().filter(|_| first) {
            let outbox = Outbox::new(self.workshop, by);
            for (doc, pending) in outbox.all() {
                match doc {
                    DocId::Board(group) => self.give_back(self.open_board(group).adopt(pending)),
                    DocId::Workshop => self.with_workshop(|replica| {
                        let own = pending.into_iter().filter_map(|one| {
                            let op = Workshop::pick(&one.op)?.clone();
                            Some(Pending { id: one.id, op, at: one.at })
                        });
                        replica.adopt(own.collect());
                    }),
                    _ => {}
                }
            }
            self.outbox.replace(Some(outbox));
        }
        if self.me.with_untracked(|known| *known != Some(me)) {
            self.me.set(Some(me));
        }
        self.resend();
        self.count_pending();
    }

    /// Everything that is not saved goes again, under its own ids.
    fn resend(&self) {
        let mut unsent: Vec<(DocId, OpId, Op)> = Vec::new();
        if let Some(replica) = &*self.workshop_doc.borrow() {
            unsent.extend(replica.to_send().map(|(id, op)| (DocId::Workshop, id, op)));
        }
        for (group, (board, _)) in self.boards.borrow().iter() {
            unsent.extend(board.to_send().into_iter().map(|(id, op)| (DocId::Board(*group), id, op)));
        }
        self.sending.begin(unsent);
        self.flush();
    }

    fn load(&self, doc: DocId, body: AnyDoc) {
        match (doc, body) {
            (DocId::Workshop, AnyDoc::Workshop(body)) => self.with_workshop(|replica| replica.load(body)),
            (DocId::Roster, AnyDoc::Roster(body)) => self.with_roster(|replica| replica.load(body)),
            (DocId::Board(group), AnyDoc::Board(body)) => {
                let (saved, lost) = self.open_board(group).load(body);
                saved.into_iter().for_each(|id| self.forget(id));
                self.give_back(lost);
            }
            _ => self.reconnect(),
        }
        self.count_pending();
    }

    fn receive(&self, doc: DocId, entry: &Entry) -> Received {
        let mut received = Received::Old;
        match doc {
            DocId::Workshop => self.with_workshop(|replica| received = replica.receive(entry)),
            DocId::Roster => self.with_roster(|replica| received = replica.receive(entry)),
            DocId::Board(group) => {
                let lost;
                (received, lost) = self.open_board(group).receive(entry);
                self.give_back(lost);
            }
            DocId::Doors | DocId::Directory => {}
        }
        if received == Received::Saved {
            self.forget(entry.stamp.id);
        }
        received
    }

    fn rejected(&self, doc: DocId, id: OpId, why: Reject) {
        self.forget(id);
        let mut words = None;
        match doc {
            DocId::Board(group) => self.with_board(group, |board| words = board.refused(id).and_then(words_of)),
            _ => self.with_workshop(|replica| {
                replica.refused(id);
            }),
        }
        self.notify(Some(why), words);
        self.count_pending();
    }

    fn notify(&self, why: Option<Reject>, words: Option<String>) {
        self.notices.update(|notices| {
            let n = notices.last().map_or(0, |last| last.n.wrapping_add(1));
            notices.push(Notice { n, why, words });
        });
    }

    /// What was refused while we could not hear it: its words are given back.
    fn give_back(&self, lost: Vec<Pending<BoardOp>>) {
        for one in lost {
            self.forget(one.id);
            if let Some(words) = words_of(one.op) {
                self.notify(None, Some(words));
            }
        }
    }
}

/// The words that a refused operation carried.
fn words_of(op: BoardOp) -> Option<String> {
    match op {
        BoardOp::AddCard { text, .. } | BoardOp::EditText { edit: TextEdit::Insert { text, .. }, .. } => Some(text),
        _ => None,
    }
}
