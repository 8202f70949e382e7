//! How much one connection may ask for: so many a second on average, more at once after a pause.

use tokio::time::Instant;

/// Parts of one operation, so that a slow rate is exact too.
const PARTS: u64 = 1_000_000;

/// What may be taken now.
pub(super) struct Bucket {
    parts: u64,
    parts_max: u64,
    per_second: u64,
    filled_at: Instant,
}

impl Bucket {
    pub(super) fn new(per_second: u32, burst: u32, now: Instant) -> Self {
        let parts_max = u64::from(burst) * PARTS;
        Self { parts: parts_max, parts_max, per_second: u64::from(per_second), filled_at: now }
    }

    /// Takes `count`, if there is so much.
    pub(super) fn take(&mut self, count: usize, now: Instant) -> bool {
        let passed_us = u64::try_from(now.saturating_duration_since(self.filled_at).as_micros()).unwrap_or(u64::MAX);
        self.parts = self.parts.saturating_add(passed_us.saturating_mul(self.per_second)).min(self.parts_max);
        self.filled_at = now;
        let wanted = u64::try_from(count).unwrap_or(u64::MAX).saturating_mul(PARTS);
        let left = self.parts.checked_sub(wanted);
        self.parts = left.unwrap_or(self.parts);
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_burst_passes_and_a_flood_does_not() {
        let start = Instant::now();
        let mut bucket = Bucket::new(60, 600, start);
        assert!(bucket.take(600, start));
        assert!(!bucket.take(1, start));
        assert!(!bucket.take(61, start + Duration::from_secs(1)));
        assert!(bucket.take(60, start + Duration::from_secs(1)));
        assert!(!bucket.take(601, start + Duration::from_secs(1_000)));
        assert!(bucket.take(600, start + Duration::from_secs(1_000)));
    }

    #[test]
    fn the_average_may_go_on_for_ever() {
        let mut now = Instant::now();
        let mut bucket = Bucket::new(60, 600, now);
        for _ in 0..100_000 {
            now += Duration::from_millis(17);
            assert!(bucket.take(1, now));
        }
    }
}
