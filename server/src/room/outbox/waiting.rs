//! How many bytes wait in all outboxes together.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The sum. All that share one count in the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    pub(crate) fn bytes(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Where so many were counted there are so many now.
    pub(super) fn count(&self, counted: &mut usize, now: usize) {
        self.0.fetch_add(now, Ordering::Relaxed);
        self.0.fetch_sub(std::mem::replace(counted, now), Ordering::Relaxed);
    }
}
