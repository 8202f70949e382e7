//! What can go wrong for a client. Every variant says what happened; what to do is with whoever called.

use std::time::Duration;

use shared::Reject;
use shared::wire::{Close, Refusal, ServerMessage, Unreadable};

use crate::access::NoRandom;

/// What can go wrong for a client.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ClientError {
    /// Not the address of a server.
    #[error("{0:?} is not the address of a server: expected http://HOST:PORT")]
    BadAddress(String),
    /// Nobody there, or the upgrade to a websocket was refused.
    #[error("no connection to {base}: {why}")]
    Unreachable {
        /// The address that was tried.
        base: String,
        /// What the network said.
        why: String,
    },
    /// The connection ended; with the server's close code, if it said one.
    #[error("the connection ended (close code {0:?})")]
    Closed(Option<u16>),
    /// The connection broke.
    #[error("the connection broke: {0}")]
    Broken(String),
    /// The server sent something that this client cannot read.
    #[error("the server's message could not be read: {0:?}")]
    Unreadable(Unreadable),
    /// The server answered something else than what was asked for.
    #[error("expected {expected} from the server, but got {got}")]
    Unexpected {
        /// What was asked for.
        expected: &'static str,
        /// The beginning of what came.
        got: String,
    },
    /// The server said no.
    #[error("the server refused: {0:?}")]
    Refused(Refusal),
    /// The operation does not fit what is seen here.
    #[error("the operation does not fit: {0:?}")]
    Rejected(Reject),
    /// This session has no such board.
    #[error("this session may not read that board")]
    NoBoard,
    /// There is nothing to undo.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// So much waits to be saved that no more is taken.
    #[error("{0} operations wait to be saved: no more are taken until the server answers")]
    TooMuchPending(usize),
    /// It did not happen in time.
    #[error("waited {after:?} for {what} in vain")]
    TimedOut {
        /// For what.
        what: String,
        /// How long.
        after: Duration,
    },
    /// The machine gives no random numbers.
    #[error(transparent)]
    NoRandom(#[from] NoRandom),
}

impl ClientError {
    pub(super) fn unexpected(expected: &'static str, got: &ServerMessage) -> Self {
        Self::Unexpected { expected, got: format!("{got:?}").chars().take(200).collect() }
    }

    /// Whether trying again can help.
    pub(super) const fn passes(&self) -> bool {
        match self {
            Self::Refused(why) => matches!(why, Refusal::Busy | Refusal::TooManyTries),
            Self::Closed(Some(code)) => *code != Close::OldPage as u16 && *code != Close::NotUnderstood as u16,
            Self::Unreachable { .. } | Self::Closed(None) | Self::Broken(_) | Self::TimedOut { .. } => true,
            _ => false,
        }
    }
}

impl From<Reject> for ClientError {
    fn from(why: Reject) -> Self {
        Self::Rejected(why)
    }
}
