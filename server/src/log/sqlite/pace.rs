//! When a commit waits for company. A quiet room is never slowed; under load two milliseconds save most of the fsyncs.

use std::time::{Duration, Instant};

/// How long a commit may wait.
pub(super) const LINGER: Duration = Duration::from_millis(2);
/// Appends that come closer together than this are a load.
const BUSY_GAP_US: u64 = 1_000;
/// A pause counts as no longer than this.
const GAP_US_MAX: u64 = 100_000;
/// How much of the average the latest gap is.
const WEIGHT: u64 = 8;

/// The average time between appends.
pub(super) struct Pace {
    gap_us: u64,
    since: Instant,
}

impl Pace {
    pub(super) const fn new(now: Instant) -> Self {
        Self { gap_us: GAP_US_MAX, since: now }
    }

    /// So many appends have come since the last time.
    pub(super) fn came(&mut self, appends: usize, now: Instant) {
        let appends = u64::try_from(appends).unwrap_or(u64::MAX).max(1);
        let passed = u64::try_from(now.saturating_duration_since(self.since).as_micros()).unwrap_or(u64::MAX);
        let gap = (passed / appends).min(GAP_US_MAX);
        self.gap_us = self.gap_us.saturating_mul(WEIGHT - 1).saturating_add(gap) / WEIGHT;
        self.since = now;
    }

    /// Whether a commit should wait for more.
    pub(super) const fn is_busy(&self) -> bool {
        self.gap_us < BUSY_GAP_US
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(appends_per_commit: usize, gap: Duration, commits: u32) -> bool {
        let mut now = Instant::now();
        let mut pace = Pace::new(now);
        for _ in 0..commits {
            now += gap;
            pace.came(appends_per_commit, now);
        }
        pace.is_busy()
    }

    #[test]
    fn an_afternoon_with_seven_groups_never_waits() {
        // 35 people, two edits a second each; now and then a whole group at once
        assert!(!after(1, Duration::from_millis(14), 10_000));
        assert!(!after(5, Duration::from_millis(70), 10_000));
        assert!(!after(1, Duration::from_millis(2), 10_000));
    }

    #[test]
    fn a_thousand_people_wait_for_each_other() {
        assert!(after(1, Duration::from_micros(500), 200));
        assert!(after(6, Duration::from_millis(3), 200));
    }

    #[test]
    fn a_pause_ends_the_load() {
        let mut now = Instant::now();
        let mut pace = Pace::new(now);
        for _ in 0..1_000 {
            now += Duration::from_micros(300);
            pace.came(1, now);
        }
        assert!(pace.is_busy());
        pace.came(1, now + Duration::from_secs(1));
        assert!(!pace.is_busy());
    }
}
