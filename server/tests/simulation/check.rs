//! How a plan ends: everything is mended, everybody comes back, everything arrives; and what must be true then.

use std::collections::BTreeMap;
use std::time::Duration;

use server::log::Log;
use shared::docs::board::{Ballots, Board, BoardOp, Seated};
use shared::docs::dots::{DotCount, DotVote};
use shared::docs::tray::TrayOp;
use shared::{AnyDoc, Capability, DocId, GroupId, Op};

use crate::acts;
use crate::random::Random;
use crate::world::{Begins, World};

/// Rounds after which nothing may be under way any more.
const ROUNDS_MAX: usize = 2_000;

impl World {
    /// Many plans begin when everybody is in and the lead has begun.
    pub(crate) fn begin(&mut self) -> Result<(), String> {
        if self.begins == Begins::AtTheDoor {
            return Ok(());
        }
        self.note(|| "everybody comes, and the lead begins".into());
        let told = self.told.take();
        self.disk.is_quick();
        self.come_to_rest()?;
        self.conduct(&mut Random::of(0));
        self.come_to_rest()?;
        self.disk.is_slow();
        self.told = told;
        Ok(())
    }

    /// Everything is mended and comes to rest.
    pub(crate) fn settle(&mut self) -> Result<(), String> {
        self.note(|| "everything is mended".into());
        if self.machine.as_ref().is_some_and(crate::machine::Machine::is_stopping) {
            self.crash(&mut Random::of(0));
        }
        self.disk.is_quick();
        self.start()?;
        self.disk.is_quick();
        let ghosts: Vec<usize> = self.links.iter().filter(|(_, link)| link.is_ghost).map(|(id, _)| *id).collect();
        ghosts.into_iter().for_each(|ghost| self.end(ghost));
        self.links.values_mut().for_each(|link| link.stalled = false);
        self.ask_the_laws()?;
        // What is tried again is tried again within these times: at once, after a second, after half a minute.
        for wait_ms in [0, 1_100, 1_100, 10_000, 10_000, 11_000, 1_100] {
            self.with_machine(|machine| machine.pass(Duration::from_millis(wait_ms)));
            self.come_to_rest()?;
        }
        Ok(())
    }

    fn come_to_rest(&mut self) -> Result<(), String> {
        let mut random = Random::of(1);
        for _ in 0..ROUNDS_MAX {
            for who in 0..self.phones.len() {
                self.connect(who);
            }
            self.with_machine(crate::machine::Machine::still);
            self.ask_the_laws()?;
            let links: Vec<usize> = self.links.keys().copied().collect();
            let mut moved = false;
            for number in links {
                while self.links.get(&number).is_some_and(|link| !link.up.is_empty()) {
                    self.up(number, &mut random);
                    moved = true;
                }
                while self.links.get(&number).is_some_and(|link| link.wire.has_news() || link.wire.is_over()) {
                    self.down(number, &mut random)?;
                    moved = true;
                }
            }
            if !moved && self.phones.iter().all(|phone| phone.link.is_some() || phone.is_out) {
                return Ok(());
            }
        }
        Err("end: it never comes to rest".into())
    }

    /// What must be true of a world that has come to rest.
    pub(crate) fn check(&self) -> Result<(), String> {
        for (who, phone) in self.phones.iter().enumerate().filter(|(_, phone)| !phone.is_out) {
            let groups = self.ledger.workshop().groups.iter().map(|group| group.id);
            let lacks = phone.lacks(groups);
            if !lacks.is_empty() {
                return Err(format!("end: phone {who} never got {lacks:?}"));
            }
            if let Some((id, held)) = phone.docs.iter().find(|(_, held)| !held.pending().is_empty()) {
                return Err(format!("end: phone {who} still has pending in {id:?}: {:?}", held.pending()));
            }
            for (id, held) in phone.follows() {
                if self.is_followed(phone.who, phone.seat, id) {
                    held.is_now(id, &self.ledger).map_err(|why| format!("{why} (phone {who})"))?;
                }
            }
        }
        self.check_fates()?;
        self.check_words()?;
        self.check_seats()?;
        self.check_votes()?;
        self.check_rooms()
    }

    /// Whether the server sends this doc to somebody now.
    fn is_followed(&self, who: Option<Capability>, seat: Option<GroupId>, id: DocId) -> bool {
        match (who, seat, id) {
            (Some(Capability::Participant(_)), Some(seat), DocId::Board(group)) => {
                group == seat || self.ledger.workshop().visited_by(seat) == Some(group)
            }
            _ => true,
        }
    }

    /// Everything that somebody did is on the disk, or its author was told that it was refused: never silence, never both. What brings
    /// no words may end as if it had been saved: its author sees how things are.
    fn check_fates(&self) -> Result<(), String> {
        for (id, fate) in &self.fates {
            match (self.ledger.has(fate.doc, *id), fate.told_refused) {
                (false, false) if fate.has_words || !fate.told_saved => {
                    return Err(format!("end: {id} is neither on the disk nor refused aloud: {fate:?}"));
                }
                (true, true) if fate.sent < 2 => {
                    return Err(format!("end: {id} was refused and is on the disk: {fate:?}"));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Every word is there once; and what was written in silence is in its tray or on one board, never in both, never in none.
    fn check_words(&self) -> Result<(), String> {
        let mut written = BTreeMap::<&str, usize>::new();
        let mut shown = BTreeMap::<&str, usize>::new();
        for (_, entry) in self.ledger.entries() {
            if let Some(words) = acts::words(&entry.op) {
                *written.entry(words).or_default() += 1;
            }
            if let Op::Board(BoardOp::Reveal { text, .. }) = &entry.op {
                *shown.entry(text).or_default() += 1;
            }
        }
        if let Some((words, count)) = written.iter().find(|(_, count)| **count > 1) {
            return Err(format!("law 2: {words} was written once and is there {count} times"));
        }
        if let Some((words, count)) = shown.iter().find(|(_, count)| **count > 1) {
            return Err(format!("law 2: {words} was shown {count} times"));
        }
        for (id, doc) in self.ledger.docs() {
            let (DocId::Tray(person), AnyDoc::Tray(tray)) = (id, doc) else { continue };
            let group = self.ledger.roster().and_then(|roster| roster.people.get(&person)).map(|person| person.group);
            let silent = group.is_some_and(|group| self.ledger.workshop().is_silent(group));
            if !silent && !tray.model.slips.is_empty() {
                return Err(format!("end: nobody is silent and this lies in {id:?}: {:?}", tray.model.slips));
            }
            let both = tray.model.slips.iter().find(|slip| shown.contains_key(slip.text.as_str()));
            if let Some(both) = both {
                return Err(format!("law 2: {} is in {id:?} and on a board", both.text));
            }
        }
        self.check_slips(&shown)
    }

    /// What was put into a tray, as it read last, is there or was taken back.
    fn check_slips(&self, shown: &BTreeMap<&str, usize>) -> Result<(), String> {
        let mut reads = BTreeMap::new();
        for (doc, entry) in self.ledger.entries() {
            let id = shared::SlipId::from(entry.stamp.id);
            match &entry.op {
                Op::Tray(TrayOp::PutSlip { text, .. }) => drop(reads.insert((doc, id), text.as_str())),
                Op::Tray(TrayOp::ChangeSlip { slip, text }) => drop(reads.insert((doc, *slip), text.as_str())),
                Op::Tray(TrayOp::TakeBackSlip { slip }) => drop(reads.remove(&(doc, *slip))),
                _ => {}
            }
        }
        let in_tray = |doc: DocId, text: &str| match self.ledger.doc(doc) {
            Some(AnyDoc::Tray(tray)) => tray.model.slips.iter().any(|slip| slip.text == text),
            _ => false,
        };
        let there = |doc: DocId, text: &str| shown.contains_key(text) || in_tray(doc, text) || self.ledger.may_go(text);
        let lost = reads.iter().find(|((doc, _), text)| !there(*doc, text));
        lost.map_or(Ok(()), |((doc, id), text)| Err(format!("end: {text}, slip {id} of {doc:?}, is nowhere")))
    }

    /// The boards know who sits there.
    fn check_seats(&self) -> Result<(), String> {
        let Some(roster) = self.ledger.roster() else { return Ok(()) };
        for (id, person) in roster.people.iter() {
            for group in self.ledger.workshop().groups.iter().map(|group| group.id) {
                let here = self.board(group).and_then(|board| board.members.get(id)).map(|member| member.seated);
                if (here == Some(Seated::Here)) != (person.group == group) {
                    return Err(format!("end: {id:?} sits in {} and is {here:?} at board {group}", person.group));
                }
            }
        }
        Ok(())
    }

    fn board(&self, group: GroupId) -> Option<&Board> {
        match self.ledger.doc(DocId::Board(group)) {
            Some(AnyDoc::Board(doc)) => Some(&doc.model),
            _ => None,
        }
    }

    /// Every vote that was closed is counted.
    fn check_votes(&self) -> Result<(), String> {
        let counts =
            |vote: &Option<DotVote>| !vote.as_ref().is_some_and(|vote| matches!(vote.count, DotCount::Counting { .. }));
        for (id, doc) in self.ledger.docs() {
            let counted = match doc {
                AnyDoc::Workshop(doc) => counts(&doc.model.dots),
                AnyDoc::Board(doc) => {
                    let vote = doc.model.vote.as_ref();
                    counts(&doc.model.dots)
                        && !vote.is_some_and(|vote| matches!(vote.ballots, Ballots::Counting { .. }))
                }
                _ => true,
            };
            if !counted {
                return Err(format!("end: a vote in {id:?} is never counted"));
            }
        }
        Ok(())
    }

    /// What the rooms have, and what would be read after a restart, is what the disk has.
    fn check_rooms(&self) -> Result<(), String> {
        let Some(machine) = &self.machine else { return Ok(()) };
        for (id, doc) in self.ledger.docs() {
            let key = self.key(id);
            let stored = machine.wait(self.disk.load(key)).and_then(|stored| stored.replay(key));
            if stored.as_ref() != Ok(doc) {
                return Err(format!("law 1: {key} is read from the disk as another doc"));
            }
            let shown = machine.wait(machine.registry().snapshot(self.founded.workshop, id));
            if id != DocId::Directory && shown.as_ref() != Some(doc) {
                return Err(format!("law 1: the room of {key} has another doc than the disk"));
            }
        }
        Ok(())
    }
}
