//! What is stored at once, and who is told what afterwards. Nobody is told anything before (law 3): even a refusal may rest
//! on an entry of the same batch.

use std::collections::BTreeSet;

use shared::doc::Reject;
use shared::{Entry, OpId};
use tokio::sync::oneshot;

use super::{ConnId, Decided};

/// Entries of one batch, about.
pub(super) const ENTRIES_MAX: usize = 1_024;

/// An answer that waits until the batch is stored.
pub(super) enum Answer {
    Known(ConnId, OpId),
    Rejected(ConnId, OpId, Reject),
    Decided(oneshot::Sender<Decided>, Decided),
}

/// Operations that the doc has taken and the log has not.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) entries: Vec<Entry>,
    pub(super) answers: Vec<Answer>,
    pub(super) authors: BTreeSet<ConnId>,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.answers.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.entries.len() >= ENTRIES_MAX || self.answers.len() >= ENTRIES_MAX
    }
}
