//! Somebody who takes part: docs that stay up to date by themselves, hands to write with, and ways to wait.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::docs::tray::TrayOp;
use shared::docs::workshop::{Names, WorkshopOp};
use shared::presence::Doing;
use shared::{ClientId, DocId, GroupId, NoteId, OpId, Token, VoteId, WorkshopId};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::{ANSWER, AtBoard, ClientError, Docs, Line, Traffic, keep};
use crate::clock::now;

/// Whether a session is connected.
#[derive(Clone, Debug)]
pub enum LinkState {
    /// It is.
    Online,
    /// It is not, and tries again by itself.
    Lost,
    /// It was told to be offline.
    Offline,
    /// It has given up, for a reason that trying again does not change.
    Ended(ClientError),
}

/// Whether a session should be connected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wanted {
    Online,
    Offline,
}

/// What the session and the task that keeps it both see.
#[derive(Debug)]
pub(super) struct State {
    pub(super) docs: Docs,
    pub(super) link: LinkState,
    pub(super) wanted: Wanted,
    pub(super) base: String,
    pub(super) doing: Option<(DocId, Doing)>,
    pub(super) doing_to_send: Option<(DocId, Doing)>,
    pub(super) traffic: Traffic,
    pub(super) connections: u32,
}

/// The state with its two bells: one for the task (something to send), one for whoever waits (something changed).
#[derive(Debug)]
pub(super) struct Shared {
    state: Mutex<State>,
    pub(super) to_do: Notify,
    changed: watch::Sender<u64>,
    pub(super) workshop: WorkshopId,
    pub(super) token: Token,
}

impl Shared {
    /// The state. Held for a moment only, never across an await.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tell(&self) {
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
    }

    pub(super) fn read<T>(&self, look: impl FnOnce(&Docs) -> T) -> T {
        look(&self.state().docs)
    }

    pub(super) fn change<T>(&self, work: impl FnOnce(&mut Docs) -> Result<T, ClientError>) -> Result<T, ClientError> {
        let done = work(&mut self.state().docs);
        self.to_do.notify_one();
        self.tell();
        done
    }

    pub(super) fn announce(&self, group: GroupId, doing: Doing) {
        let doing = Some((DocId::Board(group), doing));
        let mut state = self.state();
        (state.doing, state.doing_to_send) = (doing, doing);
        drop(state);
        self.to_do.notify_one();
    }
}

/// Somebody who takes part. Dropping it ends the connection without a word, as a phone does that loses its network.
#[derive(Debug)]
pub struct Session {
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Session {
    pub(super) async fn begin(line: Line, workshop: WorkshopId, token: Token, docs: Docs) -> Result<Self, ClientError> {
        let state = State {
            docs,
            link: LinkState::Online,
            wanted: Wanted::Online,
            base: line.base().to_owned(),
            doing: None,
            doing_to_send: None,
            traffic: Traffic::default(),
            connections: 1,
        };
        let (changed, _) = watch::channel(0);
        let shared = Arc::new(Shared { state: Mutex::new(state), to_do: Notify::new(), changed, workshop, token });
        let task = tokio::spawn(keep::keep(Arc::clone(&shared), line));
        let session = Self { shared, task };
        session.until("the docs", ANSWER, Docs::is_complete).await?;
        Ok(session)
    }

    /// Looks at the docs as they are now. The look must be short: nothing is received meanwhile.
    pub fn read<T>(&self, look: impl FnOnce(&Docs) -> T) -> T {
        self.shared.read(look)
    }

    /// This session's hands at a board.
    pub fn board(&self, group: GroupId) -> AtBoard<'_> {
        AtBoard { shared: &self.shared, group }
    }

    /// Conducts the workshop, for the lead.
    ///
    /// # Errors
    /// When it does not fit what is seen here.
    pub fn conduct(&self, op: WorkshopOp) -> Result<OpId, ClientError> {
        self.shared.change(|docs| docs.conduct(now(), op))
    }

    /// Votes for these of the proposed themes, in secret; for none, takes the ballot back.
    ///
    /// # Errors
    /// When this session does not take part, or the vote is known to be over.
    pub fn cast(&self, vote: VoteId, choices: Vec<NoteId>) -> Result<OpId, ClientError> {
        self.shared.change(|docs| docs.in_tray(now(), TrayOp::CastBallot { vote, choices }))
    }

    /// Writes a card in silence, under the promise that was made about names: nobody else sees it before the silence is over.
    ///
    /// # Errors
    /// When this session does not take part.
    pub fn write_in_silence(&self, text: &str, names: Names) -> Result<OpId, ClientError> {
        let op = TrayOp::PutSlip { text: text.to_owned(), names };
        self.shared.change(|docs| docs.in_tray(now(), op))
    }

    /// Waits until the docs are as wanted.
    ///
    /// # Errors
    /// When that takes longer than `limit`, or the session ends meanwhile.
    pub async fn until(
        &self,
        what: &str,
        limit: Duration,
        mut met: impl FnMut(&Docs) -> bool,
    ) -> Result<(), ClientError> {
        let mut changed = self.shared.changed.subscribe();
        let wait = async {
            loop {
                {
                    let state = self.shared.state();
                    if met(&state.docs) {
                        return Ok(());
                    }
                    if let LinkState::Ended(why) = &state.link {
                        return Err(why.clone());
                    }
                }
                changed.changed().await.map_err(|_| ClientError::Closed(None))?;
            }
        };
        let late = || ClientError::TimedOut { what: what.to_owned(), after: limit };
        timeout(limit, wait).await.unwrap_or_else(|_| Err(late()))
    }

    /// Waits until everything that was done is saved (or was rejected: see [`Docs::rejections`]).
    ///
    /// # Errors
    /// When that takes longer than `limit`, or the session ends meanwhile.
    pub async fn saved(&self, limit: Duration) -> Result<(), ClientError> {
        self.until("everything to be saved", limit, |docs| docs.unsaved() == 0).await
    }

    /// Waits until the session is connected and every doc is as the server has it.
    ///
    /// # Errors
    /// When that takes longer than `limit`, or the session ends meanwhile.
    pub async fn online(&self, limit: Duration) -> Result<(), ClientError> {
        let shared = Arc::clone(&self.shared);
        shared.state().wanted = Wanted::Online;
        shared.to_do.notify_one();
        self.until("the connection", limit, Docs::is_complete).await
    }

    /// Cuts the connection and stays offline until [`Session::online`]. What is done meanwhile is kept as pending.
    pub fn go_offline(&self) {
        let mut state = self.shared.state();
        state.wanted = Wanted::Offline;
        state.docs.left();
        drop(state);
        self.shared.to_do.notify_one();
    }

    /// The server has moved: the next connection goes to `base`.
    pub fn moved_to(&self, base: &str) {
        base.trim_end_matches('/').clone_into(&mut self.shared.state().base);
    }

    /// Whether it is connected.
    pub fn link(&self) -> LinkState {
        self.shared.state().link.clone()
    }

    /// How often it has connected.
    pub fn connections(&self) -> u32 {
        self.shared.state().connections
    }

    /// What has gone over all its connections since it began.
    pub fn traffic(&self) -> Traffic {
        self.shared.state().traffic
    }

    /// The client id under which it writes.
    pub fn client(&self) -> ClientId {
        self.read(Docs::client)
    }
}
