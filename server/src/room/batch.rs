//! What is stored at once, and who is told what afterwards. Nobody is told anything before (law 3): even a refusal may rest
//! on an entry of the same batch.

use std::collections::BTreeSet;

use shared::doc::Reject;
use shared::docs::roster::RosterOp;
use shared::{Entry, Op, OpId};
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

    /// Whether it is stored now. A move ends it: the boards are told what follows from where somebody sits and sat before,
    /// so of two moves in one batch they would never hear of the first.
    pub(super) fn is_full(&self) -> bool {
        let moves = matches!(self.entries.last(), Some(Entry { op: Op::Roster(RosterOp::Seat { .. }), .. }));
        moves || self.entries.len() >= ENTRIES_MAX || self.answers.len() >= ENTRIES_MAX
    }
}
