//! What arrives: how many deliveries, how late, in how many bytes. Shared by all load clients.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Instant;

/// Width of a step of the histogram, in microseconds.
const STEP_MICROS: u64 = 50;
/// Steps: up to five seconds.
const STEPS: usize = 100_000;

/// Counts while it is told to.
pub(crate) struct Meter {
    start: Instant,
    counting: AtomicBool,
    deliveries: AtomicU64,
    bytes: AtomicU64,
    late: Vec<AtomicU32>,
}

impl Meter {
    pub(crate) fn new() -> Self {
        let late = std::iter::repeat_with(AtomicU32::default).take(STEPS).collect();
        let (counting, deliveries, bytes) = Default::default();
        Self { start: Instant::now(), counting, deliveries, bytes, late }
    }

    pub(crate) fn micros(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    pub(crate) fn count(&self, on: Counting) {
        self.counting.store(on == Counting::On, Ordering::Relaxed);
    }

    pub(crate) fn delivered(&self, sent_micros: u64) {
        if !self.counting.load(Ordering::Relaxed) {
            return;
        }
        self.deliveries.fetch_add(1, Ordering::Relaxed);
        let step = usize::try_from(self.micros().saturating_sub(sent_micros) / STEP_MICROS).unwrap_or(STEPS);
        if let Some(step) = self.late.get(step.min(STEPS - 1)) {
            step.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub(crate) fn read(&self, bytes: u64) {
        if self.counting.load(Ordering::Relaxed) {
            self.bytes.fetch_add(bytes, Ordering::Relaxed);
        }
    }

    pub(crate) fn deliveries(&self) -> u64 {
        self.deliveries.load(Ordering::Relaxed)
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// The delay that so many of a thousand deliveries did not exceed, in milliseconds.
    #[allow(clippy::cast_precision_loss, reason = "a figure for people")]
    pub(crate) fn late_ms(&self, permille: u64) -> f64 {
        let wanted = self.deliveries() * permille / 1000;
        let mut seen = 0;
        let step = self.late.iter().position(|count| {
            seen += u64::from(count.load(Ordering::Relaxed));
            seen >= wanted
        });
        (step.unwrap_or(STEPS) as f64 + 1.0) * STEP_MICROS as f64 / 1000.0
    }
}

/// Whether what arrives counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counting {
    On,
    Off,
}
