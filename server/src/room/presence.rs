//! Who is at a board and when that is told: at most four times a second, and only when it changed. Never stored (law 5).

use std::collections::BTreeMap;
use std::time::Duration;

use shared::By;
use shared::presence::{Doing, Present};
use tokio::time::Instant;

use super::fanout::Follower;

/// The shortest time between two messages.
const EVERY: Duration = Duration::from_millis(250);

/// What was told last.
pub(super) struct Presence {
    told: Vec<Present>,
    told_at: Instant,
    changed: Changed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Changed {
    Maybe,
    No,
}

impl Presence {
    pub(super) fn new(now: Instant) -> Self {
        Self { told: Vec::new(), told_at: now.checked_sub(EVERY).unwrap_or(now), changed: Changed::No }
    }

    /// Somebody came, went, or does something else.
    pub(super) const fn touch(&mut self) {
        self.changed = Changed::Maybe;
    }

    /// When it is to be told, if it is.
    pub(super) fn due(&self) -> Option<Instant> {
        (self.changed == Changed::Maybe).then(|| self.told_at + EVERY)
    }

    /// What is to be told, if it differs from what was told last.
    pub(super) fn news(&mut self, now: Instant, followers: &[Follower]) -> Option<Vec<Present>> {
        self.changed = Changed::No;
        let present = who(followers);
        if present == self.told {
            return None;
        }
        self.told.clone_from(&present);
        self.told_at = now;
        Some(present)
    }
}

/// Everybody who is at the board, once, whatever number of connections they have.
pub(super) fn who(followers: &[Follower]) -> Vec<Present> {
    let mut present: BTreeMap<By, Doing> = BTreeMap::new();
    for follower in followers {
        if let (Some(by), Some(doing)) = (follower.subscriber.who.by(), follower.doing) {
            let most = present.entry(by).or_default();
            *most = doing.max(*most);
        }
    }
    present.into_iter().map(|(by, doing)| Present { by, doing }).collect()
}
