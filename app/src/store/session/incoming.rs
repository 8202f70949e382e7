//! What comes from the server, and what it means here.

use std::sync::Arc;

use shared::access::{By, Capability};
use shared::docs::board::BoardOp;
use shared::docs::workshop::Workshop;
use shared::replica::{Pending, Received};
use shared::wire::{self, ClientMessage, Invite, Refusal, ServerMessage, Unreadable};
use shared::{AnyDoc, DocId, Entry, GroupId, Millis, Model, Op, OpId, Point, Reject, Replica, Token};

use super::inner::Inner;
use super::{Me, Notice};
use crate::net::{Event, Link};
use crate::platform::clock;
use crate::store::board::Untaken;
use crate::store::keyring;
use crate::store::outbox::Outbox;

/// More at once than anybody reads; the oldest go.
const NOTICES_MAX: usize = 50;

impl Inner {
    pub(super) fn hear(&self, event: Event) -> Result<(), Unreadable> {
        match event {
            Event::Up => self.say_hello(),
            Event::Down => self.sending.end(),
            Event::Frame(frame) => self.take(wire::decode(&frame)?),
        }
        Ok(())
    }

    fn say_hello(&self) {
        let mut have: Vec<(DocId, Point)> = Vec::new();
        have.extend(self.workshop_doc.borrow().as_ref().map(|doc| (DocId::Workshop, doc.point())));
        have.extend(self.reception.point().map(|point| (DocId::Roster, point)));
        have.extend(self.tray_doc().zip(self.tray.point()));
        have.extend(self.boards.borrow().iter().map(|(group, (board, _))| (DocId::Board(*group), board.point())));
        self.send(&ClientMessage::Hello {
            workshop: self.workshop,
            token: self.token.get(),
            client: self.client,
            have,
        });
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
                    self.with_link(Link::reconnect);
                }
                self.count_pending();
            }
            ServerMessage::Known { doc, id } => {
                self.forget(id);
                match doc {
                    DocId::Board(group) => self.with_board(group, |board| board.known(id)),
                    DocId::Tray(_) => self.tray.known(self.me_by(), id),
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
            ServerMessage::Refused(why) => self.turned_away(why),
            ServerMessage::Pong { n, now } => {
                self.clock.answered(n, now, clock::now());
                self.ask_clock();
            }
            ServerMessage::Present { .. }
            | ServerMessage::Door { .. }
            | ServerMessage::Place { .. }
            | ServerMessage::Lent { .. }
            | ServerMessage::Kept { .. }
            | ServerMessage::Joined { .. } => {}
        }
    }

    fn turned_away(&self, why: Refusal) {
        let ours = self.token.get();
        // The tab that replaced it keeps no note of that for long: the key that this phone has says it, too.
        let leads = self.me.with_untracked(|me| match me {
            Some(me) => me.capability == Capability::Lead,
            None => !keyring::came_by_link(self.workshop, ours),
        });
        let kept = || keyring::of_lead(self.workshop).filter(|kept| leads && *kept != ours);
        let next = keyring::successor(self.workshop, ours).or_else(kept).filter(|_| why == Refusal::LinkReplaced);
        if let Some(next) = next {
            // It was replaced from here: by this tab, or another one of this phone.
            self.go_on_with(next);
            return;
        }
        // Where another device was faster, ours was never asked for.
        let ours = why == Refusal::NoSuchKey && self.succeeds.get();
        self.refused.set(Some(if ours { Refusal::LinkReplaced } else { why }));
        self.ask_who_leaves();
        // The server could not look: nothing is said about the key. Whoever is in sees that there is no connection.
        if why == Refusal::Busy {
            self.with_link(Link::reconnect_later);
        }
    }

    /// Another key takes the place of ours; all else stays.
    pub(super) fn go_on_with(&self, next: Token) {
        let before = self.token.replace(next);
        if before != next {
            self.succeeds.set(true);
            keyring::replaced(self.workshop, before, next);
            self.with_link(Link::reconnect);
        }
    }

    fn welcome(&self, you: Capability, seat: Option<GroupId>, now: Millis, invite: Option<Invite>) {
        let me = Me { capability: you, seat };
        self.clock.greeted(now, clock::now());
        self.ask_clock();
        self.refused.set(None);
        self.invite.set(invite.map(Arc::new));
        if let Some(by) = you.by() {
            let outbox = Outbox::new(self.workshop, by);
            self.take_up(by, &outbox);
            self.outbox.replace(Some(outbox));
        }
        if self.me.with_untracked(|known| *known != Some(me)) {
            self.me.set(Some(me));
        }
        self.resend();
        self.count_pending();
        self.ask_who_leaves();
    }

    /// Takes up what an earlier life of this page has left, or another tab: that may be closed before it is sent.
    fn take_up(&self, by: By, outbox: &Outbox) {
        for (doc, pending) in outbox.all() {
            match doc {
                DocId::Board(group) => self.give_back(group, &self.open_board(group).adopt(pending)),
                DocId::Workshop => self.with_workshop(|replica| {
                    let own = pending.into_iter().filter(|one| !replica.confirmed().knows(one.id)).filter_map(|one| {
                        let op = Workshop::pick(&one.op)?.clone();
                        Some(Pending { id: one.id, op, at: one.at })
                    });
                    let own = own.collect();
                    replica.adopt(own);
                }),
                DocId::Tray(_) => self.after_tray(self.tray.adopt(by, pending)),
                _ => {}
            }
        }
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
        if let Some(tray) = self.tray_doc() {
            // After the boards: a vote is open before anybody votes.
            unsent.extend(self.tray.to_send().into_iter().map(|(id, op)| (tray, id, op)));
        }
        self.sending.begin(unsent);
        self.flush();
    }

    fn load(&self, doc: DocId, body: AnyDoc) {
        match (doc, body) {
            (DocId::Workshop, AnyDoc::Workshop(body)) => {
                let before = self.pending_workshop();
                self.with_workshop(|replica| replica.load(body));
                self.after_workshop(&before);
            }
            (DocId::Roster, AnyDoc::Roster(body)) => self.reception.load(body),
            (DocId::Board(group), AnyDoc::Board(body)) => {
                let (saved, lost) = self.open_board(group).load(body);
                saved.into_iter().for_each(|id| self.forget(id));
                self.give_back(group, &lost);
            }
            (DocId::Tray(_), AnyDoc::Tray(body)) => self.after_tray(self.tray.load(self.me_by(), &body)),
            _ => self.with_link(Link::reconnect),
        }
        self.count_pending();
    }

    fn receive(&self, doc: DocId, entry: &Entry) -> Received {
        let mut received = Received::Old;
        match doc {
            DocId::Workshop => {
                let before = self.pending_workshop();
                self.with_workshop(|replica| received = replica.receive(entry));
                self.after_workshop(&before);
            }
            DocId::Roster => received = self.reception.receive(entry),
            DocId::Board(group) => {
                let lost;
                (received, lost) = self.open_board(group).receive(entry);
                self.give_back(group, &lost);
            }
            DocId::Tray(_) => {
                let settled;
                (received, settled) = self.tray.receive(self.me_by(), entry);
                self.after_tray(settled);
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
        let mut untaken = None;
        match doc {
            DocId::Board(group) => {
                self.with_board(group, |board| untaken = board.refused(id).map(|untaken| (group, untaken)));
            }
            DocId::Tray(_) => {
                if let Some(words) = self.tray.refused(self.me_by(), id) {
                    self.give_words_back(Some(why), words);
                    self.count_pending();
                    return;
                }
            }
            _ => self.with_workshop(|replica| {
                replica.refused(id);
            }),
        }
        self.notify(Some(why), untaken);
        self.count_pending();
    }

    pub(super) fn notify(&self, why: Option<Reject>, untaken: Option<(GroupId, Untaken)>) {
        self.notices.update(|notices| tell(notices, why, untaken));
    }

    /// Words that belong to no board.
    pub(super) fn give_words_back(&self, why: Option<Reject>, words: String) {
        self.notices.update(|notices| add(notices, Notice { n: next(notices), why, words: Some(words), about: None }));
    }

    /// What was refused while we could not hear it: its words are given back.
    fn give_back(&self, group: GroupId, lost: &[Pending<BoardOp>]) {
        lost.iter().for_each(|one| self.forget(one.id));
        Untaken::of(lost).into_iter().for_each(|untaken| self.notify(None, Some((group, untaken))));
    }

    /// The same for what the lead did; it carries no words of a card.
    fn after_workshop(&self, before: &[OpId]) {
        let (still, lost) = match &mut *self.workshop_doc.borrow_mut() {
            Some(replica) => (pending_of(replica), replica.take_lost()),
            None => return,
        };
        before.iter().filter(|id| !still.contains(id)).for_each(|id| self.forget(*id));
        if !lost.is_empty() {
            self.notify(None, None);
        }
    }

    fn pending_workshop(&self) -> Vec<OpId> {
        self.workshop_doc.borrow().as_ref().map(pending_of).unwrap_or_default()
    }
}

fn pending_of(replica: &Replica<Workshop>) -> Vec<OpId> {
    replica.pending().iter().map(|pending| pending.id).collect()
}

/// One notice a card: a sentence that was refused letter by letter comes back as a sentence. The first refusal has it whole.
fn tell(notices: &mut Vec<Notice>, why: Option<Reject>, untaken: Option<(GroupId, Untaken)>) {
    let (about, words) = match untaken {
        Some((group, Untaken { about, words })) => (Some((group, about)), Some(words)),
        None => (None, None),
    };
    let known = notices.iter_mut().find(|known| known.about == about && (about.is_some() || known.why == why));
    if let Some(known) = known {
        let has = |known: &Option<String>, words: &str| known.as_ref().is_some_and(|known| known.contains(words));
        if let Some(words) = words.filter(|words| !has(&known.words, words)) {
            // Another number: the row is made anew, with all the words.
            known.n = known.n.wrapping_add(1 << 16);
            known.words = Some(known.words.take().map_or(words.clone(), |before| format!("{before} {words}")));
        }
        return;
    }
    add(notices, Notice { n: next(notices), why, words, about });
}

/// A number that no notice has.
fn next(notices: &[Notice]) -> u32 {
    notices.last().map_or(0, |last| last.n.wrapping_add(1))
}

fn add(notices: &mut Vec<Notice>, notice: Notice) {
    notices.push(notice);
    if notices.len() > NOTICES_MAX {
        notices.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::board::Words;

    fn untaken(n: u32, words: &str) -> Option<(GroupId, Untaken)> {
        let card = shared::CardId { n, ..shared::CardId::THEME };
        Some((GroupId(1), Untaken { about: Words::Card(card), words: words.to_owned() }))
    }

    #[test]
    fn a_sentence_that_was_refused_letter_by_letter_comes_back_as_a_sentence() {
        let mut notices = Vec::new();
        for words in ["役員の負担", "役員の負", "役員の", "役員", "役", ""] {
            tell(&mut notices, Some(Reject::Ended), untaken(1, words));
        }
        tell(&mut notices, Some(Reject::Ended), untaken(2, "別のカード"));
        let words: Vec<_> = notices.iter().map(|notice| notice.words.as_deref().unwrap()).collect();
        assert_eq!(words, ["役員の負担", "別のカード"]);
    }

    #[test]
    fn what_was_written_later_is_not_swallowed() {
        let mut notices = Vec::new();
        tell(&mut notices, None, untaken(1, "前の言葉"));
        let first = notices[0].n;
        tell(&mut notices, None, untaken(1, "あとの言葉"));
        assert_eq!((notices.len(), notices[0].words.as_deref()), (1, Some("前の言葉 あとの言葉")));
        assert_ne!(notices[0].n, first, "who reads sees the row anew");
    }

    #[test]
    fn notices_have_a_limit_and_refusals_without_words_are_said_once() {
        let mut notices = Vec::new();
        for n in 0..200 {
            tell(&mut notices, Some(Reject::Ended), None);
            tell(&mut notices, None, untaken(n, "言葉"));
        }
        assert_eq!(notices.len(), NOTICES_MAX);
        assert!(notices.iter().filter(|notice| notice.about.is_none()).count() <= 1);
    }
}
