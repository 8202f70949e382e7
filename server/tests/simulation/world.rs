//! Everything there is in a plan: phones, connections, a server or none, a disk, a clock; and one step of it after the other. After each
//! step the laws are asked.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use axum::extract::ws::Message;
use server::log::Key;
use shared::wire::{ClientMessage, Refusal, encode};
use shared::{Capability, DocId, GroupId, Op, OpId, PersonId, Token};
use tokio::sync::oneshot;

use crate::acts::{self, Words};
use crate::disk::Disk;
use crate::faults::Fault;
use crate::founding::{Founded, found};
use crate::ledger::Ledger;
use crate::machine::{Clocks, Machine, notice_panics, panicked};
use crate::phone::{News, Phone};
use crate::random::Random;
use crate::wire::Wire;

/// What became of an operation that somebody did.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fate {
    pub(crate) doc: DocId,
    /// Whether it brings words of its own. Of one that does not a snapshot cannot tell whether it was refused.
    pub(crate) has_words: bool,
    pub(crate) told_saved: bool,
    pub(crate) told_refused: bool,
    /// Connections that it went over: of two copies the first may be refused and the second fit.
    pub(crate) sent: u32,
}

/// How a plan begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Begins {
    /// Nobody is here yet.
    AtTheDoor,
    /// Everybody is, and the workshop is open.
    Open,
}

/// A connection, as the network sees it.
pub(crate) struct Link {
    pub(crate) phone: usize,
    pub(crate) wire: Wire,
    pub(crate) up: VecDeque<Message>,
    pub(crate) stalled: bool,
    /// The phone has gone; what it had sent may still arrive.
    pub(crate) is_ghost: bool,
}

/// A move that was asked for, and its answer once it comes.
type Move = (PersonId, GroupId, oneshot::Receiver<Result<(), Refusal>>);

pub(crate) struct World {
    pub(crate) founded: Founded,
    pub(crate) disk: Disk,
    pub(crate) clocks: Clocks,
    pub(crate) ledger: Ledger,
    pub(crate) machine: Option<Machine>,
    pub(crate) phones: Vec<Phone>,
    pub(crate) links: BTreeMap<usize, Link>,
    pub(crate) fates: BTreeMap<OpId, Fate>,
    pub(crate) fault: Fault,
    /// How much may wait for a phone.
    pub(crate) outbox_max: usize,
    pub(crate) window: usize,
    pub(crate) begins: Begins,
    words: Words,
    links_ever: usize,
    clients_ever: u64,
    pub(crate) moves: Vec<Move>,
    trace: DefaultHasher,
    /// Each step as it was done, kept when somebody will read it.
    pub(crate) told: Option<Vec<String>>,
}

impl World {
    pub(crate) fn new(seed: u64, fault: Fault) -> Self {
        notice_panics();
        panicked();
        let mut random = Random::of(seed ^ 0xf00d);
        let (founded, entries) = found(&mut random);
        let narrow = random.percent(25);
        let mut world = Self {
            founded,
            disk: Disk::new(fault.of_disk()),
            clocks: Clocks::default(),
            ledger: Ledger::default(),
            machine: None,
            phones: Vec::new(),
            links: BTreeMap::new(),
            fates: BTreeMap::new(),
            fault,
            outbox_max: if narrow { 48 + random.below(24) } else { 4_096 },
            window: if narrow { 1 + random.below(4) } else { 64 },
            begins: if random.percent(75) { Begins::Open } else { Begins::AtTheDoor },
            words: Words::new(),
            links_ever: 0,
            clients_ever: 0,
            moves: Vec::new(),
            trace: DefaultHasher::new(),
            told: None,
        };
        for (key, entries) in &entries {
            world.disk.found(*key, entries);
        }
        let people = 2 + random.below(5);
        world.come(people, &mut random);
        world
    }

    fn come(&mut self, people: usize, random: &mut Random) {
        let Founded { lead, helper, observer, .. } = self.founded;
        let mut all = vec![("lead".to_owned(), lead, Some(Capability::Lead))];
        if random.percent(40) {
            all.push(("helper".to_owned(), helper, Some(Capability::Helper)));
        }
        if random.percent(25) {
            all.push(("observer".to_owned(), observer, Some(Capability::Observer)));
        }
        for person in 0..people {
            // Two tabs of one person have one key.
            let key = if person > 0 && random.percent(12) { person - 1 } else { person };
            all.push((format!("person {key}"), Token::of([100 + u8::try_from(key).unwrap(); 16]), None));
        }
        for (name, token, who) in all {
            let client = self.new_client();
            self.phones.push(Phone::new(name, token, who, client));
        }
    }

    /// Remembers every step from now on.
    pub(crate) fn tell(mut self) -> Self {
        self.told = Some(Vec::new());
        self
    }

    pub(crate) fn steps(&self) -> &[String] {
        self.told.as_deref().unwrap_or_default()
    }

    /// What all phones have read, as one number.
    pub(crate) fn trace(&self) -> u64 {
        self.trace.finish()
    }

    pub(crate) fn note(&mut self, step: impl FnOnce() -> String) {
        if let Some(told) = &mut self.told {
            told.push(step());
        }
    }

    pub(crate) fn new_client(&mut self) -> u64 {
        self.clients_ever += 1;
        0xabc0_0000 + self.clients_ever
    }

    /// What holds at every moment.
    pub(crate) fn ask_the_laws(&mut self) -> Result<(), String> {
        for (key, entries) in self.disk.news() {
            self.ledger.take(key, &entries)?;
        }
        if let Some(why) = panicked() {
            return Err(format!("law 4: the server {why}"));
        }
        let mut answered = Vec::new();
        self.moves.retain_mut(|(person, group, answer)| match answer.try_recv() {
            Ok(Ok(())) => {
                answered.push((*person, *group));
                false
            }
            Err(oneshot::error::TryRecvError::Empty) => true,
            Ok(Err(_)) | Err(_) => false,
        });
        for (person, group) in answered {
            let key = DocId::Roster;
            let moved = self.ledger.entries().any(|(doc, entry)| doc == key && entry_seats(&entry.op, person, group));
            if !moved {
                return Err(format!(
                    "law 3: the lead was told that {person:?} sits in {group}; the disk does not know it"
                ));
            }
        }
        if self.machine.as_ref().is_some_and(Machine::has_stopped) {
            self.note(|| "the server has stopped".into());
            self.gone();
        }
        Ok(())
    }

    /// The server is gone, and all connections with it.
    pub(crate) fn gone(&mut self) {
        self.machine = None;
        self.moves.clear();
    }

    /// Somebody does something.
    pub(crate) fn act(&mut self, random: &mut Random) {
        let who = random.below(self.phones.len());
        let phone = &mut self.phones[who];
        let wanted = if who == 0 { Vec::new() } else { phone.think(random, &mut self.words) };
        for (doc, op) in wanted {
            self.does(who, doc, op);
        }
        self.flush(who);
    }

    pub(crate) fn conduct(&mut self, random: &mut Random) {
        if let Some((doc, op)) = self.phones[0].conduct(random, &mut self.words) {
            self.does(0, doc, op);
            self.flush(0);
        }
    }

    fn does(&mut self, who: usize, doc: DocId, op: Op) {
        let Some(id) = self.phones[who].act(doc, &op) else { return };
        let has_words = acts::words(&op).is_some();
        self.note(|| format!("phone {who} does {id} in {doc:?}: {op:?}"));
        self.fates.insert(id, Fate { doc, has_words, told_saved: false, told_refused: false, sent: 0 });
    }

    pub(crate) fn flush(&mut self, who: usize) {
        for message in self.phones[who].unsent() {
            self.says(who, &message);
        }
    }

    pub(crate) fn says(&mut self, who: usize, message: &ClientMessage) {
        if let ClientMessage::Ops { ops, .. } = message {
            for (id, _) in ops {
                if let Some(fate) = self.fates.get_mut(id) {
                    fate.sent += 1;
                }
            }
        }
        let Some(link) = self.phones[who].link.and_then(|link| self.links.get_mut(&link)) else { return };
        link.up.push_back(Message::Binary(encode(message).into()));
    }

    /// A phone connects, if it is not and there is a server.
    pub(crate) fn connect(&mut self, who: usize) {
        let Some(machine) = self.machine.as_ref().filter(|machine| !machine.is_stopping()) else { return };
        if self.phones[who].link.is_some() || self.phones[who].is_out {
            return;
        }
        let (wire, socket) = Wire::new(self.window);
        machine.accept(socket);
        self.links_ever += 1;
        let number = self.links_ever;
        let link = Link { phone: who, wire, up: VecDeque::new(), stalled: false, is_ghost: false };
        self.links.insert(number, link);
        self.phones[who].link = Some(number);
        self.note(|| format!("phone {who} connects as link {number}"));
        let greeting = self.phones[who].greeting(&self.founded);
        self.says(who, &greeting);
    }

    /// Remembers what a phone's owner was told, and whether it is true.
    pub(crate) fn hears(&mut self, who: usize, news: News) -> Result<(), String> {
        for (doc, told) in news {
            for (id, op) in told.saved {
                let Some(fate) = self.fates.get_mut(&id) else { continue };
                fate.told_saved = true;
                if acts::words(&op).is_some() && !self.ledger.has(doc, id) {
                    return Err(format!("law 3: phone {who} was told that {id} is saved; the disk does not have it"));
                }
            }
            for id in told.refused {
                self.note(|| format!("phone {who} is told that {id} was refused"));
                if let Some(fate) = self.fates.get_mut(&id) {
                    fate.told_refused = true;
                }
            }
        }
        Ok(())
    }

    pub(crate) fn trace_of(&mut self, who: usize, bytes: &[u8]) {
        (who, bytes).hash(&mut self.trace);
    }

    pub(crate) fn key(&self, doc: DocId) -> Key {
        self.founded.key(doc)
    }
}

fn entry_seats(op: &Op, person: PersonId, group: GroupId) -> bool {
    use shared::docs::roster::RosterOp;
    match op {
        Op::Roster(RosterOp::Seat { person: who, group: to, .. }) => (*who, *to) == (person, group),
        Op::Roster(RosterOp::Join { group: to, .. }) => *to == group,
        _ => false,
    }
}
