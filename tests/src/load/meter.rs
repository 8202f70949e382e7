//! What arrived: how many deliveries, how late, in how many bytes.

/// Width of a step of the histogram, in microseconds.
const STEP_MICROS: u64 = 50;
/// Steps: up to five seconds.
const STEPS: usize = 100_000;

/// The counts of one measurement.
pub struct Meter {
    pub deliveries: u64,
    pub bytes: u64,
    late: Vec<u32>,
}

impl Default for Meter {
    fn default() -> Self {
        Self { deliveries: 0, bytes: 0, late: vec![0; STEPS] }
    }
}

impl Meter {
    pub fn delivered(&mut self, late_micros: u64) {
        self.deliveries += 1;
        let step = usize::try_from(late_micros / STEP_MICROS).unwrap_or(STEPS);
        if let Some(count) = self.late.get_mut(step.min(STEPS - 1)) {
            *count += 1;
        }
    }

    /// The delay that so many of a thousand deliveries did not exceed, in milliseconds.
    #[allow(clippy::cast_precision_loss, reason = "a figure for people")]
    pub fn late_ms(&self, permille: u64) -> f64 {
        let wanted = self.deliveries * permille / 1000;
        let mut seen = 0;
        let step = self.late.iter().position(|count| {
            seen += u64::from(*count);
            seen >= wanted
        });
        (step.unwrap_or(STEPS) as f64 + 1.0) * STEP_MICROS as f64 / 1000.0
    }
}
