//! A doc that stands still while the server decides, with the help of other docs, what to do to it. Nothing comes in between, so
//! what was read is what it is decided on. Held for as short as can be: who writes there waits.

use shared::{AnyDoc, Op};
use tokio::sync::oneshot;

use super::{Decided, Gone};

/// A request to hold a doc, as its room gets it.
pub(super) struct Hold {
    pub(super) doc: oneshot::Sender<AnyDoc>,
    pub(super) decided: oneshot::Receiver<Op>,
    pub(super) done: oneshot::Sender<Decided>,
}

/// A doc that is held. Dropped, it goes on as it was.
pub(crate) struct Held {
    /// The doc.
    pub(crate) doc: AnyDoc,
    decide: oneshot::Sender<Op>,
    done: oneshot::Receiver<Decided>,
}

impl Held {
    /// A request, and what becomes of it once its room has answered.
    pub(super) fn request() -> (Hold, impl Future<Output = Result<Self, Gone>>) {
        let ((doc, shown), (decide, decided), (done, answer)) =
            (oneshot::channel(), oneshot::channel(), oneshot::channel());
        let held = async move { Ok(Self { doc: shown.await.map_err(|_| Gone)?, decide, done: answer }) };
        (Hold { doc, decided, done }, held)
    }

    /// Does this to it, and lets it go.
    ///
    /// # Errors
    /// When it could not be stored.
    pub(crate) async fn release(self, op: Op) -> Result<Decided, Gone> {
        self.decide.send(op).map_err(|_| Gone)?;
        self.done.await.map_err(|_| Gone)
    }
}
