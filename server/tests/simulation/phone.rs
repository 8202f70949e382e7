//! A phone: what the page does with a connection, and nothing of what it shows. It joins, says hello, sends what is pending, and takes what
//! it is told; whatever it is told must be true of what the disk has.

use std::collections::{BTreeMap, BTreeSet};

use shared::docs::board::Board;
use shared::docs::tray::Tray;
use shared::docs::workshop::Workshop;
use shared::wire::{ClientMessage, Refusal, ServerMessage};
use shared::{By, Capability, ClientId, DocId, GroupId, Op, OpId, Point, Token};

use crate::founding::Founded;
use crate::held::{Held, Told};
use crate::ledger::Ledger;

/// What has become of one doc's operations.
pub(crate) type News = Vec<(DocId, Told)>;

/// Operations that go in one message, at the most.
const TOGETHER: usize = 16;

pub(crate) struct Phone {
    pub(crate) name: String,
    pub(crate) token: Token,
    /// Whether its owner has to join first.
    joins: bool,
    pub(crate) who: Option<Capability>,
    pub(crate) seat: Option<GroupId>,
    pub(crate) client: ClientId,
    pub(crate) n: u32,
    pub(crate) characters: u32,
    pub(crate) docs: BTreeMap<DocId, Held>,
    pub(crate) link: Option<usize>,
    /// Since the connection began.
    welcomed: bool,
    arrived: BTreeSet<DocId>,
    sent: BTreeSet<OpId>,
    /// There was no place for them.
    pub(crate) is_out: bool,
}

/// What a phone does when it has read a message.
#[derive(Default)]
pub(crate) struct Reply {
    pub(crate) news: News,
    pub(crate) says: Vec<ClientMessage>,
    pub(crate) leaves: bool,
}

impl Phone {
    pub(crate) fn new(name: String, token: Token, who: Option<Capability>, client: u64) -> Self {
        Self {
            name,
            token,
            joins: who.is_none(),
            who,
            seat: None,
            client: ClientId::of(client),
            n: 0,
            characters: 0,
            docs: BTreeMap::new(),
            link: None,
            welcomed: false,
            arrived: BTreeSet::new(),
            sent: BTreeSet::new(),
            is_out: false,
        }
    }

    /// The first message of a new connection.
    pub(crate) fn greeting(&mut self, founded: &Founded) -> ClientMessage {
        self.welcomed = false;
        self.arrived.clear();
        self.sent.clear();
        if self.joins {
            let Founded { code, .. } = *founded;
            return ClientMessage::Join { code, token: self.token, name: self.name.clone(), group: None };
        }
        self.hello(founded)
    }

    fn hello(&self, founded: &Founded) -> ClientMessage {
        let have = self.docs.iter().map(|(id, held)| (*id, held.point())).filter(|(_, at)| *at != Point::default());
        let (workshop, token, client) = (founded.workshop, self.token, self.client);
        ClientMessage::Hello { workshop, token, client, have: have.collect() }
    }

    pub(crate) fn by(&self) -> Option<By> {
        self.who.and_then(Capability::by)
    }

    pub(crate) fn workshop(&self) -> Option<&Workshop> {
        match self.docs.get(&DocId::Workshop) {
            Some(Held::Workshop(replica)) => Some(replica.view()),
            _ => None,
        }
    }

    pub(crate) fn board(&self, group: GroupId) -> Option<&Board> {
        match self.docs.get(&DocId::Board(group)) {
            Some(Held::Board(replica)) => Some(replica.view()),
            _ => None,
        }
    }

    pub(crate) fn tray(&self) -> Option<(DocId, &Tray)> {
        self.docs.iter().find_map(|(id, held)| match held {
            Held::Tray(replica) => Some((*id, replica.view())),
            _ => None,
        })
    }

    /// Does this, if it fits what is seen.
    pub(crate) fn act(&mut self, doc: DocId, op: &Op) -> Option<OpId> {
        let id = OpId { client: self.client, n: self.n + 1 };
        self.docs.get_mut(&doc)?.local(id, op).then(|| {
            self.n = id.n;
            id
        })
    }

    /// Sends what is pending and has not gone over this connection.
    pub(crate) fn unsent(&mut self) -> Vec<ClientMessage> {
        let mut says = Vec::new();
        if !self.welcomed || self.link.is_none() {
            return says;
        }
        for (doc, held) in &self.docs {
            let ops: Vec<_> = held.pending().into_iter().filter(|(id, _)| self.sent.insert(*id)).collect();
            says.extend(ops.chunks(TOGETHER).map(|some| ClientMessage::Ops { doc: *doc, ops: some.to_vec() }));
        }
        says
    }

    /// The page is loaded anew: another client id, and what was pending is taken up again.
    pub(crate) fn reload(&mut self, client: u64) -> News {
        let before = std::mem::take(&mut self.docs);
        (self.client, self.n, self.characters, self.link) = (ClientId::of(client), 0, 0, None);
        let by = self.by().unwrap_or(By::Server);
        let mut news = News::new();
        for (id, held) in before {
            let pending = held.pending();
            if let Some(mut new) = Held::new(id, by).filter(|_| !pending.is_empty()) {
                news.push((id, new.adopt(pending)));
                self.docs.insert(id, new);
            }
        }
        news
    }

    /// Whether its owner may read this now, or might have a moment ago.
    fn may_see(&self, doc: DocId, ledger: &Ledger) -> bool {
        match (self.who, doc) {
            (_, DocId::Workshop) => true,
            (Some(Capability::Lead | Capability::Helper), DocId::Roster | DocId::Board(_)) => true,
            (Some(Capability::Observer), DocId::Board(_)) => true,
            (Some(Capability::Participant(person)), DocId::Tray(whose)) => person == whose,
            (Some(Capability::Participant(_)), DocId::Board(group)) => {
                self.seat.is_some_and(|seat| seat == group || ledger.was_led(seat, group))
            }
            _ => false,
        }
    }

    /// Reads a message, and says what follows.
    pub(crate) fn read(&mut self, message: ServerMessage, founded: &Founded, ledger: &Ledger) -> Result<Reply, String> {
        let mut reply = Reply::default();
        match message {
            ServerMessage::Joined { person, .. } => {
                if ledger.roster().is_none_or(|roster| !roster.people.contains_key(&person)) {
                    return Err(format!("law 3: {person:?} was told that they are in; the disk does not know them"));
                }
                self.joins = false;
                self.who = Some(Capability::Participant(person));
                reply.says.push(self.hello(founded));
            }
            ServerMessage::Welcome { you, seat, .. } => {
                if self.who.is_some_and(|who| who != you) {
                    return Err(format!("doors: {:?} is taken for {you:?}", self.who));
                }
                self.welcomed = true;
                // What is pending at a board that is not theirs any more is sent again all the same, to hear of it.
                (self.who, self.seat) = (Some(you), seat);
                reply.says = self.unsent();
            }
            ServerMessage::Refused(why) => {
                self.is_out = matches!(why, Refusal::AllFull | Refusal::Ended);
                reply.leaves = true;
                if matches!(why, Refusal::NoSuchCode | Refusal::NoSuchWorkshop | Refusal::NoSuchKey | Refusal::BadName)
                {
                    return Err(format!("doors: {} is told {why:?}", self.name));
                }
            }
            ServerMessage::Pong { .. } => {}
            ServerMessage::Present { doc, .. } => self.check_sight(doc, ledger)?,
            ServerMessage::Snapshot { doc, body } => {
                let told = self.held(doc, ledger)?.load(body)?;
                reply.news.push((doc, told));
                self.arrived.insert(doc);
                self.check(doc, ledger)?;
            }
            ServerMessage::Entries { doc, entries } => {
                let told = self.held(doc, ledger)?.receive(&entries)?;
                reply.news.push((doc, told));
                self.arrived.insert(doc);
                self.check(doc, ledger)?;
            }
            ServerMessage::Known { doc, id } => {
                if let Some(held) = self.docs.get_mut(&doc) {
                    reply.news.push((doc, held.known(id)));
                }
            }
            ServerMessage::Rejected { doc, id, .. } => {
                if let Some(held) = self.docs.get_mut(&doc) {
                    reply.news.push((doc, held.refused(id)));
                }
            }
            other => return Err(format!("wire: {other:?} was not asked for")),
        }
        Ok(reply)
    }

    fn held(&mut self, doc: DocId, ledger: &Ledger) -> Result<&mut Held, String> {
        self.check_sight(doc, ledger)?;
        let by = self.by().unwrap_or(By::Server);
        if !self.docs.contains_key(&doc)
            && let Some(new) = Held::new(doc, by)
        {
            self.docs.insert(doc, new);
        }
        self.docs.get_mut(&doc).ok_or_else(|| format!("doors: {doc:?} is sent to {}", self.name))
    }

    fn check_sight(&self, doc: DocId, ledger: &Ledger) -> Result<(), String> {
        if self.may_see(doc, ledger) { Ok(()) } else { Err(format!("doors: {} is sent {doc:?}", self.name)) }
    }

    fn check(&self, doc: DocId, ledger: &Ledger) -> Result<(), String> {
        self.docs.get(&doc).map_or(Ok(()), |held| held.agrees(doc, ledger))
    }

    /// What must have come since the connection began.
    pub(crate) fn lacks(&self, groups: impl Iterator<Item = GroupId>) -> Vec<DocId> {
        let boards = groups.filter(|group| self.seat.is_none_or(|seat| seat == *group)).map(DocId::Board);
        let own = match self.who {
            Some(Capability::Participant(person)) => Some(DocId::Tray(person)),
            Some(Capability::Lead | Capability::Helper) => Some(DocId::Roster),
            _ => None,
        };
        [DocId::Workshop].into_iter().chain(own).chain(boards).filter(|doc| !self.arrived.contains(doc)).collect()
    }

    /// What it follows now.
    pub(crate) fn follows(&self) -> impl Iterator<Item = (DocId, &Held)> {
        self.docs.iter().filter(|(id, _)| self.arrived.contains(id)).map(|(id, held)| (*id, held))
    }
}
