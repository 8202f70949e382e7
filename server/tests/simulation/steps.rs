//! The steps of a plan, as they are done in a world.

use std::time::Duration;

use axum::extract::ws::Message;
use shared::wire::{ClientMessage, ServerMessage, decode, encode};
use shared::{AnyDoc, GroupId, PersonId};

use crate::faults::Fault;
use crate::machine::Machine;
use crate::plan::{Kind, Step};
use crate::random::Random;
use crate::wire::Line;
use crate::world::World;

impl World {
    /// Does a step, lets the server do some of what follows, and asks the laws.
    pub(crate) fn step(&mut self, step: Step) -> Result<(), String> {
        let mut random = Random::of(step.dice);
        let who = random.below(self.phones.len());
        match step.kind {
            Kind::Act => self.act(&mut random),
            Kind::Conduct => self.conduct(&mut random),
            Kind::Up => self.any_up(&mut random),
            Kind::Down => self.any_down(&mut random)?,
            Kind::Some => self.with_machine(|machine| machine.some(1 + random.below(12))),
            Kind::Still => self.with_machine(Machine::still),
            Kind::Disk => {
                if let Some(said) = self.disk.step(&mut random) {
                    self.note(|| format!("disk: {said}"));
                }
            }
            Kind::Time => self.time(&mut random),
            Kind::Jump => {
                let by = *random.pick(&[-3_600_000, -5_000, -1, 1, 5_000, 3_600_000]);
                self.note(|| format!("the server's clock is set by {by} ms"));
                self.clocks.set(by);
            }
            Kind::Cut => self.cut(who, &mut random),
            Kind::Connect => self.connect(who),
            Kind::Reload => self.reload(who, &mut random)?,
            Kind::Stall => self.stall(who),
            Kind::Seat => self.seat(&mut random),
            Kind::Crash => self.crash(&mut random),
            Kind::Stop => {
                self.note(|| "the server is asked to stop".into());
                if let Some(machine) = &mut self.machine {
                    machine.stop();
                }
            }
            Kind::Start => self.start()?,
            Kind::Full => {
                let full = self.disk.fill();
                self.note(|| format!("the disk is full: {full}"));
            }
            Kind::Blind => {
                let blind = self.disk.blind();
                self.note(|| format!("the disk cannot be read: {blind}"));
            }
        }
        self.ask_the_laws()?;
        if random.percent(60) {
            self.with_machine(Machine::still);
        } else {
            self.with_machine(|machine| machine.some(random.below(8)));
        }
        self.ask_the_laws()
    }

    pub(crate) fn with_machine(&self, work: impl FnOnce(&Machine)) {
        if let Some(machine) = &self.machine {
            work(machine);
        }
    }

    fn time(&mut self, random: &mut Random) {
        let ms = *random.pick(&[5, 50, 400, 1_200, 6_000, 31_000, 70_000, 700_000]);
        self.note(|| format!("{ms} ms pass"));
        self.with_machine(|machine| machine.pass(Duration::from_millis(ms)));
    }

    fn any_up(&mut self, random: &mut Random) {
        let full: Vec<usize> = self.links.iter().filter(|(_, link)| !link.up.is_empty()).map(|(id, _)| *id).collect();
        if !full.is_empty() {
            for _ in 0..=random.below(3) {
                self.up(*random.pick(&full), random);
            }
        }
    }

    /// A frame reaches the server.
    pub(crate) fn up(&mut self, number: usize, random: &mut Random) {
        let Some(link) = self.links.get_mut(&number) else { return };
        let Some(mut frame) = link.up.pop_front() else { return };
        if let Message::Binary(bytes) = &frame
            && let Ok(ClientMessage::Ops { doc, mut ops }) = decode(bytes)
        {
            let wire = link.wire.clone();
            match self.fault {
                Fault::RenamesTheResent => {
                    for (id, _) in &mut ops {
                        let resent = self.fates.get(id).is_some_and(|fate| fate.sent > 1);
                        id.n += if resent { 1_000_000 } else { 0 };
                    }
                }
                Fault::SaysSaved if ops.len() == 1 && random.percent(5) => {
                    let known = ServerMessage::Known { doc, id: ops[0].0 };
                    wire.answer(Message::Binary(encode(&known).into()));
                    ops.clear();
                }
                Fault::SwallowsAnOperation if random.percent(5) => drop(ops.pop()),
                _ => {}
            }
            frame = Message::Binary(encode(&ClientMessage::Ops { doc, ops }).into());
        }
        self.note(|| format!("link {number}: the server is sent {}", briefly::<ClientMessage>(&frame)));
        if let Some(link) = self.links.get(&number) {
            link.wire.arrive(frame);
        }
    }

    fn any_down(&mut self, random: &mut Random) -> Result<(), String> {
        let may = |link: &crate::world::Link| !link.stalled && !link.is_ghost;
        let all: Vec<usize> = self.links.iter().filter(|(_, link)| may(link)).map(|(id, _)| *id).collect();
        let full: Vec<usize> = all.into_iter().filter(|id| self.has_news(*id)).collect();
        if !full.is_empty() {
            for _ in 0..=random.below(4) {
                self.down(*random.pick(&full), random)?;
            }
        }
        Ok(())
    }

    fn has_news(&self, number: usize) -> bool {
        self.links.get(&number).is_some_and(|link| link.wire.has_news() || link.wire.is_over())
    }

    /// A phone reads its next frame.
    pub(crate) fn down(&mut self, number: usize, random: &mut Random) -> Result<(), String> {
        let Some(link) = self.links.get_mut(&number).filter(|link| !link.is_ghost) else { return Ok(()) };
        let mut who = link.phone;
        let bytes = match link.wire.read() {
            Some(Message::Binary(bytes)) => bytes,
            Some(Message::Ping(bytes)) => {
                link.up.push_back(Message::Pong(bytes));
                return Ok(());
            }
            Some(Message::Close(why)) => {
                self.note(|| format!("link {number}: phone {who} is closed: {why:?}"));
                self.end(number);
                return Ok(());
            }
            Some(_) => return Ok(()),
            None => {
                if link.wire.is_over() {
                    self.end(number);
                }
                return Ok(());
            }
        };
        let mut message: ServerMessage =
            decode(&bytes).map_err(|why| format!("wire: phone {who} cannot read: {why:?}"))?;
        match (self.fault, &mut message) {
            (Fault::DropsAFrame, _) if random.percent(5) => return Ok(()),
            (Fault::Misroutes, _) if random.percent(5) => who = random.below(self.phones.len()),
            (Fault::AltersASnapshot, ServerMessage::Snapshot { body: AnyDoc::Board(doc), .. })
                if random.percent(20) =>
            {
                doc.model.members = Default::default();
                doc.model.hands.push((shared::By::Lead, shared::Millis(1)));
            }
            _ => {}
        }
        self.trace_of(who, &bytes);
        self.note(|| format!("link {number}: phone {who} reads {}", shorter(&message)));
        let reply = self.phones[who].read(message, &self.founded, &self.ledger)?;
        self.hears(who, reply.news)?;
        for message in reply.says {
            self.says(who, &message);
        }
        if reply.leaves {
            self.end(number);
        }
        Ok(())
    }

    /// A connection ends for both.
    pub(crate) fn end(&mut self, number: usize) {
        let Some(link) = self.links.remove(&number) else { return };
        link.wire.becomes(Line::Ended);
        if self.phones[link.phone].link == Some(number) {
            self.phones[link.phone].link = None;
        }
    }

    /// The connection ends. Of what was sent a part may still arrive, whenever it likes; nothing comes back.
    fn cut(&mut self, who: usize, random: &mut Random) {
        let Some(number) = self.phones[who].link.take() else { return };
        let silent = random.percent(50);
        let Some(link) = self.links.get_mut(&number) else { return };
        if !silent {
            self.note(|| format!("link {number} of phone {who} is cut"));
            return self.end(number);
        }
        let arrives = random.below(link.up.len() + 1);
        link.up.truncate(arrives);
        link.is_ghost = true;
        link.wire.becomes(Line::Silent);
        self.note(|| format!("link {number} of phone {who} is lost in silence, {arrives} frames may still arrive"));
    }

    fn reload(&mut self, who: usize, random: &mut Random) -> Result<(), String> {
        self.cut(who, random);
        let client = self.new_client();
        self.note(|| format!("phone {who} loads the page anew as client {client:x}"));
        let news = self.phones[who].reload(client);
        self.hears(who, news)?;
        self.connect(who);
        Ok(())
    }

    fn stall(&mut self, who: usize) {
        let Some(link) = self.phones[who].link.and_then(|link| self.links.get_mut(&link)) else { return };
        link.stalled = !link.stalled;
        let stalled = link.stalled;
        self.note(|| format!("phone {who} reads nothing: {stalled}"));
    }

    fn seat(&mut self, random: &mut Random) {
        let Some(roster) = self.ledger.roster() else { return };
        let people: Vec<PersonId> = roster.people.iter().map(|(id, _)| *id).collect();
        if people.is_empty() {
            return;
        }
        let person = *random.pick(&people);
        let group = GroupId(1 + u16::try_from(random.below(usize::from(self.founded.groups))).unwrap());
        let Some(machine) = &self.machine else { return };
        let answer = machine.seat(self.founded.workshop, person, group);
        self.moves.push((person, group, answer));
        self.note(|| format!("the lead seats {person:?} in group {group}"));
    }

    /// The server dies where it stands.
    pub(crate) fn crash(&mut self, random: &mut Random) {
        if self.machine.is_none() {
            return;
        }
        self.gone();
        let left = self.disk.crash(random);
        self.note(|| format!("the server dies; {left}"));
    }

    pub(crate) fn start(&mut self) -> Result<(), String> {
        if self.machine.is_some() {
            return Ok(());
        }
        // Whatever was asked of the disk before, nobody waits for it any more.
        let left = self.disk.crash(&mut Random::of(0));
        self.note(|| format!("the server is started; {left}"));
        let machine = Machine::start(&self.disk, &self.clocks, self.outbox_max);
        self.machine = Some(machine.map_err(|why| format!("end: the server does not start: {why}"))?);
        Ok(())
    }
}

fn briefly<'a, T: serde::Deserialize<'a> + std::fmt::Debug>(frame: &'a Message) -> String {
    match frame {
        Message::Binary(bytes) => decode::<T>(bytes).map_or_else(|why| format!("{why:?}"), |message| shorter(&message)),
        other => format!("{other:?}"),
    }
}

fn shorter(message: &impl std::fmt::Debug) -> String {
    let text = format!("{message:?}");
    if text.chars().count() <= 200 { text } else { text.chars().take(200).chain("…".chars()).collect() }
}
