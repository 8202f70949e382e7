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
use crate::registry::{Registry, network};
use crate::ws::Invitation;

mod line;
mod telling;

/// Lines at once. Each keeps one of the connections that talk HTTP, and pages must be served beside them.
const LINES_MAX: usize = 1_500;
/// Of these, for one address: what it does with them is no concern of the others. A whole hall may share one.
const LINES_EACH: usize = LINES_MAX / 2;

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
    lines: Mutex<BTreeMap<TokenHash, Kept>>,
}

/// A line, and the network whose share it is of.
struct Kept {
    line: Arc<Line>,
    house: IpAddr,
}

impl Detours {
    fn lines(&self) -> MutexGuard<'_, BTreeMap<TokenHash, Kept>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new line. It lives until its session ends, or nobody listens to it any more.
    pub(crate) fn open(
        self: &Arc<Self>,
        registry: &Registry,
        peer: IpAddr,
        base: Arc<Invitation>,
    ) -> Result<Token, NoLine> {
        let admission = registry.enter(peer).map_err(|_| NoLine::Full)?;
        let name = access::new_token().map_err(|_| NoLine::NoName)?;
        let key = access::hash(&name);
        let (line, said) = Line::new(registry);
        let line = Arc::new(line);
        self.keep(key, Kept { line: Arc::clone(&line), house: network(peer) })?;
        let (all, registry) = (Arc::clone(self), registry.clone());
        let sessions = registry.sessions().clone();
        tokio::spawn(sessions.track_future(async move {
            line::serve(&line, said, registry, peer, base).await;
            all.lines().remove(&key);
            drop(admission);
        }));
        Ok(name)
    }

    /// Counted and kept at once: of many that come together, no more than there is room for.
    fn keep(&self, key: TokenHash, new: Kept) -> Result<(), NoLine> {
        let mut lines = self.lines();
        let same = lines.values().filter(|kept| kept.house == new.house).count();
        if lines.len() >= LINES_MAX || same >= LINES_EACH {
            return Err(NoLine::Full);
        }
        lines.insert(key, new);
        Ok(())
    }

    /// The line of this name.
    pub(crate) fn find(&self, name: &Token) -> Option<Arc<Line>> {
        self.lines().get(&access::hash(name)).map(|kept| Arc::clone(&kept.line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::MemoryLog;
    use crate::registry::Limits;

    #[tokio::test]
    async fn one_address_leaves_half_of_the_lines_to_the_others() {
        let registry = Registry::open(Arc::new(MemoryLog::new()), Limits::default()).await.unwrap();
        let detours = Detours::default();
        let open = |n: usize, from: &str| {
            let key = access::hash(&Token::of(u128::try_from(n).unwrap().to_le_bytes()));
            let line = Arc::new(Line::new(&registry).0);
            detours.keep(key, Kept { line, house: network(from.parse().unwrap()) })
        };
        for n in 0..LINES_EACH {
            assert_eq!(open(n, &format!("2001:db8::{:x}", n + 1)), Ok(()), "{n}");
        }
        assert_eq!(open(LINES_EACH, "2001:db8::ffff"), Err(NoLine::Full), "a household is one");
        for n in LINES_EACH..LINES_MAX {
            assert_eq!(open(n, &format!("10.0.{}.{}", n / 256, n % 256)), Ok(()), "{n}");
        }
        assert_eq!(open(LINES_MAX, "192.168.1.9"), Err(NoLine::Full), "there are no more");
        assert_eq!(detours.lines().len(), LINES_MAX);
    }
}
