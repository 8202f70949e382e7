//! The way round, for networks that let no websocket through: the same messages, said by requests and heard from answers that
//! last. A line is what a websocket is to others: it has one session, one outbox and one end. Its name is 128 unguessable bits, and
//! who has them may speak on it. It knows no HTTP (`http::detour` does) and no message (`ws::session` does).

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use shared::Token;
use shared::ids::TokenHash;

use self::line::Line;
pub(crate) use self::line::{FRAMES_PER_SAY_MAX, NotTaken};
pub(crate) use self::telling::LASTS_MAX;
use crate::access;
use crate::registry::Registry;
use crate::ws::Invitation;

mod line;
mod telling;

/// Lines at once. Each keeps one of the connections that talk HTTP, and pages must be served beside them.
const LINES_MAX: usize = 1_500;

/// Why there is no new line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NoLine {
    /// The server, or this address, has as many connections as it may.
    Full,
    /// This machine has no random numbers.
    NoName,
}

/// All lines, by what is known of their names.
#[derive(Default)]
pub(crate) struct Detours {
    lines: Mutex<BTreeMap<TokenHash, Arc<Line>>>,
}

impl Detours {
    fn lines(&self) -> MutexGuard<'_, BTreeMap<TokenHash, Arc<Line>>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new line. It lives until its session ends, or nobody listens to it any more.
    pub(crate) fn open(
        self: &Arc<Self>,
        registry: &Registry,
        peer: IpAddr,
        base: Arc<Invitation>,
    ) -> Result<Token, NoLine> {
        if self.lines().len() >= LINES_MAX {
            return Err(NoLine::Full);
        }
        let admission = registry.enter(peer).map_err(|_| NoLine::Full)?;
        let name = access::new_token().map_err(|_| NoLine::NoName)?;
        let key = access::hash(&name);
        let (line, said) = Line::new(registry);
        let line = Arc::new(line);
        self.lines().insert(key, Arc::clone(&line));
        let (all, registry) = (Arc::clone(self), registry.clone());
        let sessions = registry.sessions().clone();
        tokio::spawn(sessions.track_future(async move {
            line::serve(&line, said, registry, peer, base).await;
            all.lines().remove(&key);
            drop(admission);
        }));
        Ok(name)
    }

    /// The line of this name.
    pub(crate) fn find(&self, name: &Token) -> Option<Arc<Line>> {
        self.lines().get(&access::hash(name)).cloned()
    }
}
