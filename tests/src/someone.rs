//! Somebody at a bare connection who remembers everything that they heard, and waits for the answer to what they do. It knows no
//! doc: tests look at what was said.

use anyhow::{Result, bail};
use shared::docs::board::BoardOp;
use shared::docs::workshop::{Phase, Plan, Whom, Workshop, WorkshopOp};
use shared::wire::{ClientMessage, ServerMessage, encode};
use shared::{AnyDoc, ClientId, DocId, Entry, Op, OpId, PersonId, Reject, StepId, Token};

use crate::ask::Made;
use crate::peer::Peer;
use crate::phone::Owner;

/// Somebody.
#[derive(Debug)]
pub struct Someone {
    /// For messages of a test that fails.
    pub who: String,
    /// Everything that was heard, over all connections.
    pub heard: Vec<ServerMessage>,
    /// Which tab this is.
    pub client: ClientId,
    made: Made,
    token: Token,
    tray: Option<PersonId>,
    n: u32,
    pings: u32,
    peer: Peer,
}

impl Someone {
    /// Comes with a key of a workshop.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn with(base: &str, made: &Made, who: &str, token: Token) -> Result<Self> {
        let client = server::access::new_client()?;
        let peer = Self::connected(base, made, token, client).await?;
        let (who, heard) = (who.to_owned(), Vec::new());
        Ok(Self { who, heard, client, made: *made, token, tray: None, n: 0, pings: 0, peer })
    }

    /// Comes as a participant.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn seated(base: &str, made: &Made, owner: Owner) -> Result<Self> {
        let who = format!("{:?} of group {}", owner.person, owner.group);
        let someone = Self::with(base, made, &who, owner.token).await?;
        Ok(Self { tray: Some(owner.person), ..someone })
    }

    async fn connected(base: &str, made: &Made, token: Token, client: ClientId) -> Result<Peer> {
        let mut peer = Peer::open(base).await?;
        peer.hello(made.id, token, client, Vec::new()).await?;
        Ok(peer)
    }

    /// Comes back with a new connection; the tab is the same.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn comes_back(&mut self, base: &str) -> Result<()> {
        self.peer = Self::connected(base, &self.made, self.token, self.client).await?;
        Ok(())
    }

    /// The doc of their tray.
    pub fn tray(&self) -> DocId {
        DocId::Tray(self.tray.unwrap_or(PersonId(0)))
    }

    /// A name for something that is done.
    pub const fn next_id(&mut self) -> OpId {
        self.n += 1;
        OpId { client: self.client, n: self.n }
    }

    /// Sends what was named before, and waits for the answer.
    ///
    /// # Errors
    /// When none comes.
    pub async fn sends(&mut self, doc: DocId, id: OpId, op: Op) -> Result<Result<(), Reject>> {
        self.peer.say(&ClientMessage::Ops { doc, ops: vec![(id, op)] }).await?;
        loop {
            match self.next().await? {
                ServerMessage::Entries { entries, .. } if entries.iter().any(|entry| entry.stamp.id == id) => {
                    return Ok(Ok(()));
                }
                ServerMessage::Known { id: known, .. } if *known == id => return Ok(Ok(())),
                ServerMessage::Rejected { id: refused, why, .. } if *refused == id => return Ok(Err(*why)),
                _ => {}
            }
        }
    }

    /// Does something, which is taken.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn does(&mut self, doc: DocId, op: Op) -> Result<OpId> {
        let id = self.next_id();
        match self.sends(doc, id, op.clone()).await? {
            Ok(()) => Ok(id),
            Err(why) => bail!("{}: {op:?} was refused: {why:?}", self.who),
        }
    }

    /// Says something that is not answered.
    ///
    /// # Errors
    /// When the connection has ended.
    pub async fn says(&mut self, message: &ClientMessage) -> Result<()> {
        self.peer.say(message).await
    }

    /// The next message.
    ///
    /// # Errors
    /// When the connection ends, or nothing comes.
    pub async fn next(&mut self) -> Result<&ServerMessage> {
        let message = self.peer.said().await?;
        self.heard.push(message);
        self.heard.last().ok_or_else(|| anyhow::anyhow!("it was just heard"))
    }

    /// Hears everything that was sent up to now.
    ///
    /// # Errors
    /// When the connection ends.
    pub async fn listens(&mut self) -> Result<()> {
        self.pings += 1;
        let ping = self.pings;
        self.says(&ClientMessage::Ping(ping)).await?;
        while !matches!(self.next().await?, ServerMessage::Pong { n, .. } if *n == ping) {}
        Ok(())
    }

    /// Every entry of a doc that was heard.
    pub fn entries(&self, wanted: DocId) -> impl Iterator<Item = &Entry> {
        self.heard.iter().flat_map(move |message| match message {
            ServerMessage::Entries { doc, entries } if *doc == wanted => entries.as_slice(),
            _ => &[],
        })
    }

    /// The last whole doc that was heard, and all entries since.
    pub fn doc(&self, wanted: DocId) -> Option<AnyDoc> {
        let mut found = None;
        for message in &self.heard {
            match message {
                ServerMessage::Snapshot { doc, body } if *doc == wanted => found = Some(body.clone()),
                ServerMessage::Entries { doc, entries } if *doc == wanted => {
                    if let Some(found) = &mut found {
                        entries.iter().for_each(|entry| found.take(entry));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// The workshop, as it was heard.
    ///
    /// # Errors
    /// When it was not.
    pub fn workshop(&self) -> Result<Workshop> {
        match self.doc(DocId::Workshop) {
            Some(AnyDoc::Workshop(doc)) => Ok(doc.model),
            other => bail!("{}: {other:?} is no workshop", self.who),
        }
    }

    /// Whether any message holds these bytes.
    pub fn has_heard(&self, bytes: &[u8]) -> bool {
        self.heard.iter().any(|message| encode(message).windows(bytes.len()).any(|part| part == bytes))
    }

    /// Gives the workshop a run-sheet, and begins. The names of its steps.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn begins(&mut self, plans: Vec<Plan>) -> Result<Vec<StepId>> {
        self.does(DocId::Workshop, Op::Workshop(WorkshopOp::SetSteps { plans })).await?;
        self.does(DocId::Workshop, Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Open })).await?;
        Ok(self.workshop()?.steps.iter().map(|step| step.id).collect())
    }

    /// Goes from a step to another.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn goes(&mut self, whom: Whom, from: StepId, step: StepId) -> Result<()> {
        self.does(DocId::Workshop, Op::Workshop(WorkshopOp::GoTo { whom, from: Some(from), step })).await?;
        Ok(())
    }

    /// What came onto a board out of silence, as this one heard it: whose operation, and what.
    pub fn revealed<'a>(&'a self, board: DocId) -> Vec<(&'a Entry, &'a str)> {
        let reveal = |entry: &'a Entry| match &entry.op {
            Op::Board(BoardOp::Reveal { text, .. }) => Some((entry, text.as_str())),
            _ => None,
        };
        self.entries(board).filter_map(reveal).collect()
    }
}
