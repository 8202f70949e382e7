//! A whole workshop in one thread: a hub with a log, phones, and a network that loses, delays and repeats. Everything
//! that happens is decided by a seed.

use std::collections::{BTreeMap, VecDeque};

use shared::docs::board::{Board, BoardOp};
use shared::replica::Pending;
use shared::text::TextEdit;
use shared::wire::{ClientMessage, ServerMessage, decode, encode};
use shared::{By, DocId, GroupId, Op, OpId};

use self::hub::{Answer, Hub};
use self::phone::Phone;
use crate::people::{HABITS, Habit};
use crate::random::Random;

mod check;
mod hub;
mod phone;
mod trouble;

/// The one doc of this world.
pub(crate) const BOARD: DocId = DocId::Board(GroupId(1));

/// What became of an operation that somebody did.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fate {
    words: Words,
    told_saved: bool,
    told_refused: bool,
    rejected: bool,
    /// Two copies of it were under way at once: the first may be refused and the second fit.
    sent_again: bool,
    /// It was refused, and fitted when another copy of it came.
    came_late: bool,
}

/// Whether an operation brings words of its own. Of one that does not a snapshot cannot tell whether it was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Words {
    Own,
    None,
}

impl Fate {
    fn of(op: &BoardOp) -> Self {
        let words = match op {
            BoardOp::AddCard { .. } | BoardOp::EditText { edit: TextEdit::Insert { .. }, .. } => Words::Own,
            _ => Words::None,
        };
        Self { words, told_saved: false, told_refused: false, rejected: false, sent_again: false, came_late: false }
    }
}

/// A connection, as the network sees it. Bytes stay in order; a cut loses what is under way.
struct Link {
    phone: usize,
    up: VecDeque<Vec<u8>>,
    down: VecDeque<Vec<u8>>,
    listens: Listens,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Listens {
    NotYet,
    /// It has said `Hello` and gets every entry.
    Yes,
    /// The phone has gone; what it had sent may still arrive.
    Gone,
}

/// Everything there is.
pub(crate) struct World {
    random: Random,
    habit: Habit,
    hub: Hub,
    phones: Vec<Phone>,
    links: BTreeMap<usize, Link>,
    links_ever: usize,
    clients_ever: u64,
    fates: BTreeMap<OpId, Fate>,
    /// Each step as it was done, kept when somebody will read it.
    plan: Option<Vec<String>>,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::of(seed);
        let habit = *random.pick(&HABITS);
        let mut world = Self {
            habit,
            hub: Hub::default(),
            phones: Vec::new(),
            links: BTreeMap::new(),
            links_ever: 0,
            clients_ever: 0,
            fates: BTreeMap::new(),
            plan: None,
            random,
        };
        for phone in 0..2 + world.random.below(5) {
            // Two tabs of one person are two phones here.
            let person = if phone > 0 && world.random.percent(15) { phone - 1 } else { phone };
            let client = world.new_client();
            world.phones.push(Phone::new(u32::try_from(person).unwrap(), client));
            world.connect(phone);
        }
        world
    }

    /// As [`World::new`], remembering every step.
    pub(crate) fn told(seed: u64) -> Self {
        let mut world = Self::new(seed);
        world.plan = Some(vec![format!("{} phones, habit {:?}", world.phones.len(), world.habit)]);
        world
    }

    pub(crate) fn plan(&self) -> &[String] {
        self.plan.as_deref().unwrap_or_default()
    }

    fn note(&mut self, step: impl FnOnce() -> String) {
        if let Some(plan) = &mut self.plan {
            plan.push(step());
        }
    }

    fn new_client(&mut self) -> u64 {
        self.clients_ever += 1;
        0xabc0_0000 + self.clients_ever
    }

    /// Something happens.
    pub(crate) fn step(&mut self) -> Result<(), String> {
        let phone = self.random.below(self.phones.len());
        match self.random.below(100) {
            0..38 => self.act(phone),
            38..60 => self.any_up(),
            60..84 => self.any_down()?,
            84..88 => self.cut(phone),
            88..94 => self.connect(phone),
            94..96 => self.send_again(phone),
            96 => self.reload(phone)?,
            97 => self.restart()?,
            98 => self.seat(),
            _ => self.forge(phone),
        }
        if self.random.percent(90) {
            return Ok(());
        }
        self.hub.agrees(self.phones[phone].replica.confirmed())
    }

    /// Everybody comes back and everything arrives.
    pub(crate) fn settle(&mut self) -> Result<(), String> {
        self.note(|| "settle".into());
        for phone in 0..self.phones.len() {
            self.connect(phone);
        }
        let mut rounds = 0;
        while self.links.values().any(|link| !link.up.is_empty() || !link.down.is_empty()) {
            let all: Vec<usize> = self.links.keys().copied().collect();
            for link in all {
                self.up(link);
                self.down(link)?;
            }
            rounds += 1;
            if rounds > 100_000 {
                return Err("it never comes to rest".into());
            }
        }
        Ok(())
    }

    fn act(&mut self, who: usize) {
        let Some(phone) = self.phones.get_mut(who) else { return };
        let done = phone.act(self.habit, &mut self.random);
        for one in &done {
            self.fates.insert(one.id, Fate::of(&one.op));
        }
        self.note(|| format!("phone {who} does {}", briefly(&done)));
        self.send(who, done);
    }

    fn send_pending(&mut self, who: usize) {
        let pending = self.phones[who].replica.pending().to_vec();
        self.note(|| format!("phone {who} sends again {}", briefly(&pending)));
        self.send(who, pending);
    }

    fn send(&mut self, who: usize, done: Vec<Pending<BoardOp>>) {
        let Some(link) = self.phones[who].link.and_then(|link| self.links.get_mut(&link)) else { return };
        let all = self.random.percent(50);
        let ops: Vec<(OpId, Op)> = done.into_iter().map(|one| (one.id, Op::Board(one.op))).collect();
        for some in ops.chunks(if all { 256 } else { 1 }) {
            link.up.push_back(encode(&ClientMessage::Ops { doc: BOARD, ops: some.to_vec() }));
        }
    }

    /// A new connection: `Hello`, and everything pending behind it without waiting for an answer.
    fn connect(&mut self, who: usize) {
        if self.phones[who].link.is_some() {
            return;
        }
        self.links_ever += 1;
        let link = self.links_ever;
        self.note(|| format!("phone {who} connects as link {link}"));
        let hello = encode(&self.phones[who].hello());
        self.links
            .insert(link, Link { phone: who, up: [hello].into(), down: VecDeque::new(), listens: Listens::NotYet });
        self.phones[who].link = Some(link);
        self.send_pending(who);
    }

    fn by(&self, who: usize) -> By {
        self.phones[who].tab.by
    }

    fn any_up(&mut self) {
        let full: Vec<usize> = self.links.iter().filter(|(_, link)| !link.up.is_empty()).map(|(id, _)| *id).collect();
        if !full.is_empty() {
            let link = *self.random.pick(&full);
            self.up(link);
        }
    }

    fn any_down(&mut self) -> Result<(), String> {
        let full: Vec<usize> = self.links.iter().filter(|(_, link)| !link.down.is_empty()).map(|(id, _)| *id).collect();
        if full.is_empty() {
            return Ok(());
        }
        let link = *self.random.pick(&full);
        self.down(link)
    }

    /// The hub reads the next message of a link.
    fn up(&mut self, number: usize) {
        let Some(link) = self.links.get_mut(&number) else { return };
        let Some(bytes) = link.up.pop_front() else { return };
        let who = link.phone;
        match decode(&bytes) {
            Ok(ClientMessage::Hello { have, .. }) => {
                if link.listens == Listens::NotYet {
                    link.listens = Listens::Yes;
                    let have = have.first().map(|(_, point)| *point).unwrap_or_default();
                    let answer = self.hub.since(have, &mut self.random);
                    link.down.push_back(encode(&answer));
                }
            }
            Ok(ClientMessage::Ops { ops, .. }) => {
                for (id, op) in ops {
                    self.offer(number, who, id, &op);
                }
            }
            other => unreachable!("{other:?}"),
        }
    }

    fn offer(&mut self, number: usize, who: usize, id: OpId, op: &Op) {
        let answer = self.hub.offer(self.by(who), id, op, &mut self.random);
        self.note(|| format!("hub: link {number} {id}: {answer:?}"));
        let gone = self.links.get(&number).is_none_or(|link| link.listens == Listens::Gone);
        if let Some(fate) = self.fates.get_mut(&id) {
            let appended = matches!(answer, Answer::Appended(_));
            fate.rejected |= matches!(answer, Answer::Rejected(_));
            fate.came_late |= appended && fate.rejected && (gone || fate.sent_again);
        }
        self.fan_out(answer.clone());
        let direct = match answer {
            Answer::Appended(_) => None,
            Answer::Known(_) => Some(ServerMessage::Known { doc: BOARD, id }),
            Answer::Rejected(why) => Some(ServerMessage::Rejected { doc: BOARD, id, why }),
        };
        if let Some(link) = self.links.get_mut(&number)
            && link.listens == Listens::Yes
            && let Some(direct) = direct
        {
            link.down.push_back(encode(&direct));
        }
    }

    fn fan_out(&mut self, answer: Answer) {
        let (Answer::Appended(entry) | Answer::Known(Some(entry))) = answer else { return };
        let bytes = encode(&ServerMessage::Entries { doc: BOARD, entries: vec![entry] });
        for link in self.links.values_mut().filter(|link| link.listens == Listens::Yes) {
            link.down.push_back(bytes.clone());
        }
    }

    /// A phone reads its next message.
    fn down(&mut self, number: usize) -> Result<(), String> {
        let Some(link) = self.links.get_mut(&number) else { return Ok(()) };
        let Some(bytes) = link.down.pop_front() else { return Ok(()) };
        let who = link.phone;
        let message: ServerMessage = decode(&bytes).map_err(|why| format!("phone {who} cannot read: {why:?}"))?;
        self.note(|| format!("phone {who} reads {}", crate::briefly(&message)));
        let told = self.phones[who].read(message)?;
        self.tell(who, told)
    }

    /// Remembers what a phone's owner was told.
    fn tell(&mut self, who: usize, told: phone::Told) -> Result<(), String> {
        for id in told.saved {
            let Some(fate) = self.fates.get_mut(&id) else { continue };
            fate.told_saved = true;
            if fate.words == Words::Own && !self.hub.has(id) {
                return Err(format!("phone {who} was told that {id} is saved; the log does not have it"));
            }
        }
        for id in told.refused {
            self.note(|| format!("phone {who} is told that {id} was refused"));
            if let Some(fate) = self.fates.get_mut(&id) {
                fate.told_refused = true;
            }
        }
        Ok(())
    }

    fn board(&self) -> &Board {
        &self.hub.doc().model
    }
}

fn briefly(done: &[Pending<BoardOp>]) -> String {
    let each: Vec<String> = done.iter().map(|one| format!("{} {}", one.id, crate::briefly(&one.op))).collect();
    format!("[{}]", each.join(", "))
}
