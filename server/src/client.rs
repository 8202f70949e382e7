//! A participant without a page: the same wire over a real websocket. The demo and the tests are its users, and it shows
//! how any client behaves. It knows nothing of the server's inside.
//!
//! # The protocol, step by step
//!
//! 1. Open `GET /ws`. Every message is one binary frame: the version byte, then postcard (`shared::wire`). The server may
//!    say no to a question (`Refused`); the socket stays open for another try.
//! 2. `Knock(code)` is answered by `Door`: title, goal, language and tables, for somebody who has only the code.
//!    A code with which somebody goes on with another phone (`Lend`, answered by `Lent`) is answered by `Place`, and
//!    `TakeOver {workshop, code, token}` by `Joined`.
//! 3. `Join {code, token, name, group}` is answered by `Joined`. The phone makes the token, keeps it, and comes back with
//!    it: joining twice with one token is joining once.
//! 4. `Hello {workshop, token, client, have}` is answered by `Welcome`, then by every doc that the token may read:
//!    a `Snapshot`, or the `Entries` after what `have` says. From then on `Entries` and `Present` come as they happen.
//! 5. What a person does is applied to the view at once, kept as pending, and sent as `Ops` in the order in which it was
//!    done. It is saved when its own entry comes back, or when the server answers `Known`. `Rejected` undoes it here.
//! 6. A client id belongs to one tab for as long as it lives and numbers its operations 1, 2, 3, … over all docs.
//! 7. There is one way back from anything that goes wrong, a gap in the entries included: connect again, `Hello` with what
//!    one has, and send what is still pending under its own ids. What the log already has is answered `Known`.
//! 8. Who has said nothing for a while asks (`Ping`), and gives the connection up only when nothing answers: the server
//!    closes whoever is silent for a minute. It closes whoever is too fast, so that what was done offline leaves at a pace.

use std::time::Duration;

use shared::docs::workshop::{Language, Phase};
use shared::wire::{ClientMessage, ServerMessage, Table};
use shared::{GroupId, JoinCode, PersonId, Token, WorkshopId};
use tokio::time::timeout;

pub use self::board::{AtBoard, difference};
pub use self::docs::{Docs, Rejection};
pub use self::error::ClientError;
pub use self::line::{Line, Traffic};
pub use self::session::{LinkState, Session};
use crate::access::new_client;

mod board;
mod docs;
mod error;
mod keep;
mod line;
mod pace;
mod session;
#[cfg(test)]
pub(crate) mod tests;
pub mod wire;

/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(15);

/// What somebody with a code sees before they join.
#[derive(Clone, PartialEq, Debug)]
pub struct Door {
    /// Which workshop the code leads to.
    pub workshop: WorkshopId,
    /// Its title.
    pub title: String,
    /// Its goal.
    pub goal: String,
    /// Its language.
    pub language: Language,
    /// How far it is.
    pub phase: Phase,
    /// Its groups and the room in them.
    pub tables: Vec<Table>,
}

/// Somebody who is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Joined {
    /// Where.
    pub workshop: WorkshopId,
    /// As whom.
    pub person: PersonId,
    /// In which group.
    pub group: GroupId,
}

/// At the door of a server: connected, nobody yet.
#[derive(Debug)]
pub struct Client {
    line: Line,
}

impl Client {
    /// Connects to the server at `base`, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// When the address is none, or nobody answers there.
    pub async fn connect(base: &str) -> Result<Self, ClientError> {
        let line = answered("the server", Line::connect(base)).await?;
        Ok(Self { line })
    }

    /// Asks what is behind a code.
    ///
    /// # Errors
    /// When the server refuses, answers something else, or the connection ends.
    pub async fn knock(&mut self, code: JoinCode) -> Result<Door, ClientError> {
        match self.ask(ClientMessage::Knock(code)).await? {
            ServerMessage::Door { workshop, title, goal, language, phase, tables } => {
                Ok(Door { workshop, title, goal, language, phase, tables })
            }
            other => Err(ClientError::unexpected("Door", &other)),
        }
    }

    /// Joins, in the group of one's choice or in the one with most room.
    ///
    /// # Errors
    /// When the server refuses, answers something else, or the connection ends.
    pub async fn join(
        &mut self,
        code: JoinCode,
        token: Token,
        name: &str,
        group: Option<GroupId>,
    ) -> Result<Joined, ClientError> {
        match self.ask(ClientMessage::Join { code, token, name: name.to_owned(), group }).await? {
            ServerMessage::Joined { workshop, person, group } => Ok(Joined { workshop, person, group }),
            other => Err(ClientError::unexpected("Joined", &other)),
        }
    }

    /// Goes on in the place of somebody for whom another phone has written.
    ///
    /// # Errors
    /// When the server refuses, answers something else, or the connection ends.
    pub async fn take_over(
        &mut self,
        workshop: WorkshopId,
        code: JoinCode,
        token: Token,
    ) -> Result<Joined, ClientError> {
        match self.ask(ClientMessage::TakeOver { workshop, code, token }).await? {
            ServerMessage::Joined { workshop, person, group } => Ok(Joined { workshop, person, group }),
            other => Err(ClientError::unexpected("Joined", &other)),
        }
    }

    /// Says who one is and takes part from now on. Returns when every doc that the token may read has come.
    ///
    /// # Errors
    /// When the server refuses, or the connection ends before all docs have come.
    pub async fn hello(mut self, workshop: WorkshopId, token: Token) -> Result<Session, ClientError> {
        let client = new_client()?;
        match self.ask(ClientMessage::Hello { workshop, token, client, have: Vec::new() }).await? {
            ServerMessage::Welcome { you, seat, invite, .. } => {
                Session::begin(self.line, workshop, token, Docs::new(client, you, seat, invite)).await
            }
            other => Err(ClientError::unexpected("Welcome", &other)),
        }
    }

    /// What has gone over the line.
    pub const fn traffic(&self) -> Traffic {
        self.line.traffic()
    }

    async fn ask(&mut self, question: ClientMessage) -> Result<ServerMessage, ClientError> {
        self.line.send(&question).await?;
        match answered("an answer", self.line.next()).await? {
            ServerMessage::Refused(why) => Err(ClientError::Refused(why)),
            other => Ok(other),
        }
    }
}

async fn answered<T>(what: &'static str, work: impl Future<Output = Result<T, ClientError>>) -> Result<T, ClientError> {
    timeout(ANSWER, work).await.unwrap_or_else(|_| Err(ClientError::TimedOut { what: what.to_owned(), after: ANSWER }))
}
