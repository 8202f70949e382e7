//! The gallery walk goes on by itself: when the time of a visit is over, everybody is at the next board. It knows when that is due, and
//! nothing of boards. A lead who goes on sooner, gives more time or stops the clock is followed at once.

use std::sync::Arc;
use std::time::Duration;

use shared::docs::workshop::{NextVisit, Workshop, WorkshopOp};
use shared::{AnyDoc, Op};
use tokio::task::AbortHandle;
use tokio::time::sleep;

use super::super::Gone;
use crate::log::Key;
use crate::registry::Rooms;

/// When what could not be stored is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// The walk of a workshop.
#[derive(Default)]
pub(in crate::room) struct Walks {
    waits: Option<(NextVisit, AbortHandle)>,
}

impl Walks {
    /// Follows what is due. A workshop that was just opened is looked at too: a visit that was over while the server was down
    /// ends now.
    pub(super) fn follow(&mut self, key: Key, workshop: &Workshop, rooms: &Arc<Rooms>) {
        let due = workshop.next_visit();
        if self.waits.as_ref().map(|(due, _)| *due) == due {
            return;
        }
        if let Some((_, task)) = self.waits.take() {
            task.abort();
        }
        self.waits = due.map(|due| (due, rooms.tasks.spawn(goes_on(key, due, Arc::clone(rooms))).abort_handle()));
    }
}

impl Drop for Walks {
    fn drop(&mut self) {
        if let Some((_, task)) = self.waits.take() {
            task.abort();
        }
    }
}

/// Until it has gone on, or the server stops: the next start goes on.
async fn goes_on(key: Key, due: NextVisit, rooms: Arc<Rooms>) {
    let mut left = Duration::from_millis(due.at.0.saturating_sub(rooms.clock.now().0));
    loop {
        tokio::select! {
            biased;
            () = rooms.stop.cancelled() => return,
            () = sleep(left) => {}
        }
        // Decided on the workshop as it is then: whoever was faster has been followed.
        let next = move |doc: &AnyDoc| match doc {
            AnyDoc::Workshop(workshop) if workshop.model.next_visit() == Some(due) => {
                Some(Op::Workshop(WorkshopOp::NextRound { step: due.step, round: due.round }))
            }
            _ => None,
        };
        match rooms.open(key).decide(next).await {
            Ok(_) => return,
            Err(Gone) => left = RETRY,
        }
    }
}
