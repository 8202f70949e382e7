//! Where a connection stands: at the door, or in. Every message is looked at here, before anything is asked of a room.

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use shared::limits::{DOCS_PER_HELLO_MAX, OPS_PER_MESSAGE_MAX};
use shared::wire::{ClientMessage, Close, Refusal, ServerMessage, Unreadable, decode, encode};
use shared::{GroupId, JoinCode, Token, WorkshopId};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::Invitation;
use super::bucket::Bucket;
use super::inside::Inside;
use crate::registry::{Behind, Guesses, Registry, Times};
use crate::room::{ConnId, Outbox};

/// Wrong codes of one connection while many come from its house.
const WRONG_MAX: u32 = 3;

/// An operation for each so many bytes: no letter of a person is longer, and a flood of long ones is one too.
const OP_BYTES: usize = 1_024;

/// What a connection is.
enum State {
    /// Nobody yet: may ask what is behind a code, join, and say who they are.
    AtDoor,
    /// Somebody.
    In(Box<Inside>),
}

/// What every state needs.
pub(super) struct Line {
    pub(super) registry: Registry,
    pub(super) base: Arc<Invitation>,
    pub(super) outbox: Arc<Outbox>,
    pub(super) conn: ConnId,
    peer: IpAddr,
    bucket: Bucket,
    /// Wrong codes that were tried here.
    wrong: u32,
}

/// A connection. It takes what a peer says and puts answers into an outbox; what carries both is not its business.
pub(crate) struct Session {
    line: Line,
    state: State,
}

impl Line {
    pub(super) fn send(&self, message: &ServerMessage) {
        // If there is no room the connection is closed, which the reader sees.
        self.outbox.push(Bytes::from(encode(message)));
    }

    fn refuse(&self, why: Refusal) {
        self.send(&ServerMessage::Refused(why));
    }

    /// Whether a code may be tried. One who guesses does not keep those out who sit in the same hall and have the right one.
    fn may_try(&self) -> Result<(), Refusal> {
        match self.registry.guesses(self.peer) {
            Guesses::Few => Ok(()),
            Guesses::Many if self.wrong < WRONG_MAX => Ok(()),
            Guesses::Many | Guesses::TooMany => Err(Refusal::TooManyTries),
        }
    }

    /// What came of a try; a wrong code is counted.
    fn tried<T>(&mut self, found: Result<T, Refusal>) -> Result<T, Refusal> {
        if matches!(found, Err(Refusal::NoSuchCode)) {
            self.wrong += 1;
            self.registry.guessed(self.peer);
        }
        found
    }

    async fn knock(&mut self, code: JoinCode) -> Result<ServerMessage, Refusal> {
        self.may_try()?;
        let found = self.registry.behind(code).await;
        match self.tried(found)? {
            Behind::Door(_) => self.registry.door(code).await,
            Behind::Place(place) => self.registry.place(place).await,
        }
    }

    async fn take_over(
        &mut self,
        workshop: WorkshopId,
        code: JoinCode,
        token: Token,
    ) -> Result<ServerMessage, Refusal> {
        self.may_try()?;
        let joined = self.registry.take_over(workshop, code, token).await;
        let joined = self.tried(joined)?;
        Ok(ServerMessage::Joined { workshop, person: joined.person, group: joined.group })
    }

    async fn join(
        &mut self,
        code: JoinCode,
        token: Token,
        name: &str,
        group: Option<GroupId>,
    ) -> Result<ServerMessage, Refusal> {
        self.may_try()?;
        let found = self.registry.find(code).await;
        let workshop = self.tried(found)?;
        sleep(self.registry.newcomer(self.peer).map_err(|_| Refusal::TooManyTries)?).await;
        let joined = self.registry.join(workshop, token, name, group).await?;
        Ok(ServerMessage::Joined { workshop, person: joined.person, group: joined.group })
    }
}

impl Session {
    pub(crate) fn new(registry: Registry, peer: IpAddr, base: Arc<Invitation>, outbox: Arc<Outbox>) -> Self {
        let limits = registry.limits();
        let bucket = Bucket::new(limits.ops_per_second_max, limits.ops_burst_max, Instant::now());
        let conn = registry.new_conn();
        Self { line: Line { registry, base, outbox, conn, peer, bucket, wrong: 0 }, state: State::AtDoor }
    }

    pub(crate) fn times(&self) -> Times {
        self.line.registry.limits().times
    }

    pub(crate) fn stopping(&self) -> CancellationToken {
        self.line.registry.stopping().clone()
    }

    /// Takes a message of the peer.
    ///
    /// # Errors
    /// With the reason for which the connection is to be closed.
    pub(crate) async fn take(&mut self, bytes: &[u8]) -> Result<(), Close> {
        let message: ClientMessage = decode(bytes).map_err(|why| match why {
            Unreadable::Version(_) => Close::OldPage,
            Unreadable::Garbage => Close::NotUnderstood,
        })?;
        let weight = match &message {
            ClientMessage::Ops { ops, .. } if ops.len() > OPS_PER_MESSAGE_MAX => return Err(Close::NotUnderstood),
            ClientMessage::Ops { ops, .. } => ops.len().max(bytes.len() / OP_BYTES).max(1),
            _ => 1,
        };
        if !self.line.bucket.take(weight, Instant::now()) {
            return Err(Close::TooFast);
        }
        match (&mut self.state, message) {
            (_, ClientMessage::Ping(n)) => {
                self.line.send(&ServerMessage::Pong { n, now: self.line.registry.clock().now() });
                Ok(())
            }
            // Boxed, as is what is rare below: each connection would keep the space for it as long as it lives.
            (State::AtDoor, message) => Box::pin(self.at_door(message)).await,
            (State::In(inside), ClientMessage::Ops { doc, ops }) => inside.ops(&self.line, doc, ops).await,
            (State::In(inside), ClientMessage::Doing { doc, doing }) => inside.doing(&self.line, doc, doing).await,
            (State::In(_), _) => Err(Close::NotUnderstood),
        }
    }

    async fn at_door(&mut self, message: ClientMessage) -> Result<(), Close> {
        let line = &mut self.line;
        let answer = match message {
            ClientMessage::Knock(code) => line.knock(code).await,
            ClientMessage::Join { code, token, name, group } => line.join(code, token, &name, group).await,
            ClientMessage::Lend { workshop, token } => line.registry.lend(workshop, &token).await,
            ClientMessage::Keep { workshop, token } => line.registry.keep(workshop, &token).await,
            ClientMessage::TakeOver { workshop, code, token } => line.take_over(workshop, code, token).await,
            ClientMessage::Hello { have, .. } if have.len() > DOCS_PER_HELLO_MAX => return Err(Close::NotUnderstood),
            ClientMessage::Hello { client, .. } if client.is_reserved() => return Err(Close::NotUnderstood),
            ClientMessage::Hello { workshop, token, have, .. } => {
                match Inside::enter(line, workshop, token, have).await {
                    Ok((inside, welcome)) => {
                        self.state = State::In(Box::new(inside));
                        Ok(welcome)
                    }
                    Err(why) => Err(why),
                }
            }
            ClientMessage::Ops { .. } | ClientMessage::Doing { .. } | ClientMessage::Ping(_) => {
                return Err(Close::NotUnderstood);
            }
        };
        match answer {
            Ok(answer) => self.line.send(&answer),
            Err(why) => self.line.refuse(why),
        }
        Ok(())
    }

    /// Follows the next docs, as far as the outbox has room for them.
    pub(crate) async fn subscribe_next(&mut self) -> Result<(), Close> {
        match &mut self.state {
            State::AtDoor => Ok(()),
            State::In(inside) => inside.subscribe_next(&self.line).await,
        }
    }

    /// Waits until the workshop has changed in a way that concerns this connection; for ever, if none does.
    pub(crate) async fn workshop_changed(&mut self) -> Result<(), Close> {
        match &mut self.state {
            State::AtDoor => std::future::pending().await,
            State::In(inside) => inside.workshop_changed().await,
        }
    }

    /// Leaves all rooms.
    pub(crate) async fn leave(self) {
        if let State::In(inside) = self.state {
            inside.leave(self.line.conn).await;
        }
    }
}
