//! A participant's phone, bare: a replica, a connection, and nothing that hurries, waits or tries again by itself. Tests that
//! must know at every moment what was said and what was heard use it; others use `server::client`.

use anyhow::{Context, Result, bail};
use shared::docs::board::{Board, BoardOp, Mark, Place};
use shared::limits::OPS_PER_MESSAGE_MAX;
use shared::replica::Received;
use shared::text::Splice;
use shared::wire::{ClientMessage, ServerMessage};
use shared::{
    AnyDoc, By, CardId, ClientId, DocId, GroupId, Millis, OpId, PersonId, Reject, Replica, Token, WorkshopId,
};

use crate::ask::Made;
use crate::peer::{Heard, Peer, Way};

/// Operations that go in one message.
const TOGETHER: usize = 64;

/// Who it is.
#[derive(Clone, Copy, Debug)]
pub struct Owner {
    /// Where.
    pub workshop: WorkshopId,
    /// Their key.
    pub token: Token,
    /// Whom the server takes them for.
    pub person: PersonId,
    /// Where they sit.
    pub group: GroupId,
}

impl Owner {
    /// Joins a group of a workshop.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn join(base: &str, made: &Made, name: &str, group: u16) -> Result<Self> {
        let token = server::access::new_token()?;
        let (person, group) = Peer::open(base).await?.join(made.code, token, name, Some(GroupId(group))).await?;
        Ok(Self { workshop: made.id, token, person, group })
    }
}

/// A phone.
#[derive(Debug)]
pub struct Phone {
    /// Who it is.
    pub owner: Owner,
    /// Its board.
    pub replica: Replica<Board>,
    /// What the server refused.
    pub refused: Vec<(OpId, Option<Reject>)>,
    /// How its board came when it last connected.
    pub came_as: Option<CameAs>,
    client: ClientId,
    peer: Option<Peer>,
    last_op: u32,
    last_character: u32,
    /// The last operation that went over this connection.
    sent: u32,
}

/// How a doc came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CameAs {
    /// As a whole.
    Snapshot,
    /// As so many entries.
    Entries(usize),
}

impl Phone {
    /// A phone that is not connected yet.
    ///
    /// # Errors
    /// When the machine has no random numbers.
    pub fn new(owner: Owner) -> Result<Self> {
        let replica = Replica::new(By::Person(owner.person));
        Ok(Self {
            owner,
            replica,
            refused: Vec::new(),
            came_as: None,
            client: server::access::new_client()?,
            peer: None,
            last_op: 0,
            last_character: 0,
            sent: 0,
        })
    }

    /// Its client id.
    pub const fn client(&self) -> ClientId {
        self.client
    }

    /// The doc that it follows.
    pub const fn doc(&self) -> DocId {
        DocId::Board(self.owner.group)
    }

    /// Connects, says hello with what it has, and waits until its board is up to date. What is pending is sent.
    ///
    /// # Errors
    /// When the server is not there, or refuses.
    pub async fn connect(&mut self, base: &str) -> Result<()> {
        self.connect_by(Way::Socket, base).await
    }

    /// The same, in this way.
    ///
    /// # Errors
    /// See [`Phone::connect`].
    pub async fn connect_by(&mut self, way: Way, base: &str) -> Result<()> {
        let mut peer = Peer::by(way, base).await?;
        let have = vec![(self.doc(), self.replica.point())];
        peer.hello(self.owner.workshop, self.owner.token, self.client, have).await?;
        self.peer = Some(peer);
        (self.sent, self.came_as) = (0, None);
        while self.came_as.is_none() {
            if let Some(code) = self.hear().await? {
                bail!("closed with {code:?} before the board came");
            }
        }
        self.flush().await
    }

    /// Drops the connection without a word.
    pub fn leave(&mut self) {
        self.peer = None;
    }

    /// Does something at the board; it is sent by [`Phone::flush`]. Nothing, when it does not fit what is seen.
    pub fn act(&mut self, op: BoardOp) -> Option<OpId> {
        let id = OpId { client: self.client, n: self.last_op + 1 };
        self.replica.local(id, Millis(0), op).ok()?;
        self.last_op = id.n;
        Some(id)
    }

    /// Adds a card behind the others.
    pub fn add(&mut self, parent: CardId, text: &str) -> Option<CardId> {
        let start = self.number(text);
        self.act(BoardOp::AddCard { parent, place: Place::Last, text: text.to_owned(), start }).map(CardId::from)
    }

    /// Changes a wording. The operations that it took.
    pub fn splice(&mut self, card: CardId, splice: &Splice) -> Vec<OpId> {
        let start = self.number(&splice.insert);
        let Some(found) = self.replica.view().get(card) else { return Vec::new() };
        let edits = found.text.splice(splice, start);
        edits.into_iter().filter_map(|edit| self.act(BoardOp::EditText { card, edit })).collect()
    }

    /// Types at the end of a wording.
    pub fn append(&mut self, card: CardId, text: &str) -> Vec<OpId> {
        self.splice(card, &Splice { at: u32::MAX, delete: 0, insert: text.to_owned() })
    }

    /// Marks one card over and over, until all of it is saved: as much traffic as one likes on a board that grows by nothing, where words
    /// would come to the end of what a board takes.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn overrun(&mut self, card: CardId, times: usize) -> Result<()> {
        for _ in 0..times {
            for mark in [Mark::Fact, Mark::Guess, Mark::ToCheck].into_iter().cycle().take(OPS_PER_MESSAGE_MAX) {
                self.act(BoardOp::SetMark { card, mark: Some(mark) }).context("a mark does not fit")?;
            }
            self.flush().await?;
            self.saved().await?;
        }
        Ok(())
    }

    fn number(&mut self, text: &str) -> u32 {
        let start = self.last_character;
        self.last_character += u32::try_from(text.chars().count()).unwrap_or_default();
        start
    }

    /// Sends what is pending and has not gone over this connection.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn flush(&mut self) -> Result<()> {
        let doc = self.doc();
        let unsent: Vec<_> =
            self.replica.to_send().filter(|(id, _)| id.client != self.client || id.n > self.sent).collect();
        let peer = self.peer.as_mut().context("not connected")?;
        for some in unsent.chunks(TOGETHER) {
            peer.say(&ClientMessage::Ops { doc, ops: some.to_vec() }).await?;
        }
        self.sent = self.last_op;
        Ok(())
    }

    /// Takes the next message. The close code when the connection has ended (an inner none: it just broke).
    ///
    /// # Errors
    /// When nothing comes, or something that cannot be.
    pub async fn hear(&mut self) -> Result<Option<Option<u16>>> {
        let heard = self.peer.as_mut().context("not connected")?.hear().await?;
        self.take(heard)
    }

    /// As [`Phone::hear`], for as long as it takes; safe to be given up and called again.
    ///
    /// # Errors
    /// When something comes that cannot be.
    pub async fn listen(&mut self) -> Result<Option<Option<u16>>> {
        let heard = self.peer.as_mut().context("not connected")?.next().await?;
        self.take(heard)
    }

    /// Listens until everything that was done is saved.
    ///
    /// # Errors
    /// When that takes too long, or the connection ends.
    pub async fn saved(&mut self) -> Result<()> {
        while !self.replica.pending().is_empty() {
            if let Some(code) = self.hear().await? {
                bail!("closed with {code:?} before everything was saved");
            }
        }
        Ok(())
    }

    fn take(&mut self, heard: Heard) -> Result<Option<Option<u16>>> {
        let message = match heard {
            Heard::Said(message) => message,
            Heard::Closed(code) => {
                self.peer = None;
                return Ok(Some(code));
            }
        };
        match message {
            ServerMessage::Snapshot { doc, body: AnyDoc::Board(body) } if doc == self.doc() => {
                self.came_as.get_or_insert(CameAs::Snapshot);
                self.replica.load(body);
            }
            ServerMessage::Entries { doc, entries } if doc == self.doc() => {
                self.came_as.get_or_insert(CameAs::Entries(entries.len()));
                for entry in &entries {
                    if self.replica.receive(entry) == Received::Gap {
                        bail!("a gap: {:?} after {:?}", entry.stamp, self.replica.seq());
                    }
                }
            }
            ServerMessage::Known { id, .. } => drop(self.replica.known(id)),
            ServerMessage::Rejected { id, why, .. } => {
                self.replica.refused(id);
                self.refused.push((id, Some(why)));
            }
            ServerMessage::Snapshot { doc: DocId::Tray(whose), .. }
            | ServerMessage::Entries { doc: DocId::Tray(whose), .. }
                if whose == self.owner.person => {}
            ServerMessage::Snapshot { doc: DocId::Workshop, .. }
            | ServerMessage::Entries { doc: DocId::Workshop, .. }
            | ServerMessage::Present { .. }
            | ServerMessage::Pong { .. } => {}
            other => bail!("not for a phone: {other:?}"),
        }
        let lost = self.replica.take_lost();
        self.refused.extend(lost.into_iter().map(|lost| (lost.id, None)));
        Ok(None)
    }
}
