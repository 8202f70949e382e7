//! How fast a client sends, so that the server never has to close it for being too fast: what was done offline leaves in
//! one burst and then steadily.

use std::time::Duration;

use shared::limits::{OPS_BURST, OPS_EACH_MS};
use tokio::time::{Instant, sleep_until};

/// Operations at once, after a pause.
const BURST: usize = OPS_BURST as usize;
/// After a burst one operation may leave in each of these: below what the server takes on average.
const EACH: Duration = Duration::from_millis(OPS_EACH_MS);

/// What may leave when.
pub(super) struct Pace {
    /// When the whole burst may leave again.
    full_at: Instant,
    /// When to look again, if something has to wait.
    again_at: Option<Instant>,
}

impl Pace {
    pub(super) const fn new(now: Instant) -> Self {
        Self { full_at: now, again_at: None }
    }

    /// How many operations may leave now.
    pub(super) fn ops(&self, now: Instant) -> usize {
        let used = self.full_at.saturating_duration_since(now).as_millis().div_ceil(EACH.as_millis());
        BURST.saturating_sub(usize::try_from(used).unwrap_or(BURST))
    }

    /// So many are leaving, and others wait or not.
    pub(super) fn took(&mut self, ops: usize, others: Others) {
        let now = Instant::now();
        self.full_at = self.full_at.max(now) + EACH * u32::try_from(ops).unwrap_or(u32::MAX);
        self.again_at = (others == Others::Wait).then_some(now + EACH);
    }

    /// Waits until more may leave; for ever, if nothing waits.
    pub(super) async fn again(&self) {
        match self.again_at {
            Some(at) => sleep_until(at).await,
            None => std::future::pending().await,
        }
    }
}

/// Whether operations are left behind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Others {
    None,
    Wait,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_leaves_at_once_and_the_rest_steadily() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        assert_eq!(pace.ops(start), BURST);
        pace.took(BURST, Others::Wait);
        let later = |seconds| Instant::now() + Duration::from_secs(seconds);
        assert_eq!(pace.ops(start), 0);
        assert!((45..=51).contains(&pace.ops(later(1))));
        assert_eq!(pace.ops(later(10)), BURST);
    }
}
