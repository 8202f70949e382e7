//! What goes to the server, and how fast: a burst of keystrokes is gathered into one message, and what was done offline leaves
//! at a pace, so that the server never has to close us for being too fast.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::time::Duration;

use leptos::prelude::set_timeout;
use shared::limits::{OPS_BURST, OPS_BYTES_MAX, OPS_EACH_MS, OPS_PER_MESSAGE_MAX};
use shared::wire::{self, ClientMessage};
use shared::{DocId, Op, OpId};

use super::inner::Inner;
use crate::platform::clock;

/// A burst of keystrokes is gathered for so long before it is sent.
pub(super) const GATHER: Duration = Duration::from_millis(15);
/// How long what may not leave yet waits before it is looked at again.
const AGAIN: Duration = Duration::from_millis(400);

type Unsent = (DocId, OpId, Op);

/// What has not gone over this connection yet.
#[derive(Default)]
pub(super) struct Sending {
    unsent: RefCell<VecDeque<Unsent>>,
    /// From `Welcome` until the connection is lost. What is done before must not overtake what was done offline: the server takes
    /// the numbers of a client in their order.
    open: Cell<bool>,
    waits: Cell<bool>,
    /// When a whole burst may leave again, in milliseconds.
    full_at: Cell<u64>,
}

impl Sending {
    pub(super) fn add(&self, doc: DocId, id: OpId, op: Op) {
        self.unsent.borrow_mut().push_back((doc, id, op));
    }

    /// After a `Welcome`: everything pending goes, in its order.
    pub(super) fn begin(&self, pending: Vec<Unsent>) {
        self.unsent.replace(pending.into());
        self.open.set(true);
    }

    /// After a loss nothing is unsent here: everything pending is put in anew after the next `Welcome`.
    pub(super) fn end(&self) {
        self.open.set(false);
        self.unsent.replace(VecDeque::new());
    }

    /// The next message that may leave at `now`.
    fn next(&self, now: u64) -> Option<ClientMessage> {
        if !self.open.get() {
            return None;
        }
        let used = self.full_at.get().saturating_sub(now).div_ceil(OPS_EACH_MS);
        let may = usize::try_from(OPS_BURST.saturating_sub(used)).unwrap_or(0).min(OPS_PER_MESSAGE_MAX);
        let mut unsent = self.unsent.borrow_mut();
        let doc = unsent.front()?.0;
        let (mut bytes, mut ops) = (0, Vec::new());
        while ops.len() < may
            && let Some((of, id, op)) = unsent.front().filter(|next| next.0 == doc)
        {
            bytes += wire::encode(&(of, id, op)).len();
            if bytes > OPS_BYTES_MAX && !ops.is_empty() {
                break;
            }
            ops.extend(unsent.pop_front().map(|(_, id, op)| (id, op)));
        }
        let took = u64::try_from(ops.len()).unwrap_or(0);
        self.full_at.set(self.full_at.get().max(now) + took * OPS_EACH_MS);
        (!ops.is_empty()).then_some(ClientMessage::Ops { doc, ops })
    }
}

impl Inner {
    pub(super) fn flush_in(&self, time: Duration) {
        if self.sending.waits.replace(true) {
            return;
        }
        let myself = self.myself.clone();
        let flush = move || {
            if let Some(inner) = myself.upgrade() {
                inner.sending.waits.set(false);
                inner.flush();
            }
        };
        set_timeout(flush, time);
    }

    /// Sends what was gathered and may leave. What finds no connection is sent again from the pending lists after the next
    /// `Welcome`.
    pub(super) fn flush(&self) {
        while let Some(message) = self.sending.next(clock::now().0) {
            self.send(&message);
        }
        if self.sending.open.get() && !self.sending.unsent.borrow().is_empty() {
            self.flush_in(AGAIN);
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::docs::board::BoardOp;
    use shared::{CardId, ClientId, GroupId};

    use super::*;

    fn with(count: u32, chars: usize) -> Sending {
        let sending = Sending::default();
        sending.begin(Vec::new());
        for n in 1..=count {
            let (place, text) = (shared::docs::board::Place::Last, "あ".repeat(chars));
            let op = BoardOp::AddCard { parent: CardId::THEME, place, text, start: 0 };
            sending.add(DocId::Board(GroupId(1)), OpId { client: ClientId::of(99), n }, Op::Board(op));
        }
        sending
    }

    fn drain(sending: &Sending, now: u64) -> Vec<usize> {
        let len = |message| match message {
            ClientMessage::Ops { ops, .. } => ops.len(),
            _ => 0,
        };
        std::iter::from_fn(|| sending.next(now)).map(len).collect()
    }

    #[test]
    fn what_was_done_offline_leaves_at_a_pace() {
        let sending = with(1_000, 1);
        assert_eq!(drain(&sending, 1_000_000).iter().sum::<usize>(), 400);
        assert!(drain(&sending, 1_000_000).is_empty());
        assert_eq!(drain(&sending, 1_001_000).iter().sum::<usize>(), 50);
        assert_eq!(drain(&sending, 1_020_000).iter().sum::<usize>(), 400);
    }

    #[test]
    fn nothing_overtakes_what_was_done_offline() {
        let sending = with(3, 1);
        sending.end();
        let late = with(5, 1).unsent.take();
        late.iter().skip(3).cloned().for_each(|(doc, id, op)| sending.add(doc, id, op));
        assert!(drain(&sending, 1_000_000).is_empty(), "before the welcome nothing leaves");
        sending.begin(late.into());
        let Some(ClientMessage::Ops { ops, .. }) = sending.next(1_000_000) else { panic!("nothing leaves") };
        assert_eq!(ops.iter().map(|(id, _)| id.n).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_message_stays_below_what_the_server_takes() {
        let sending = with(256, 200);
        while let Some(message) = sending.next(0) {
            assert!(wire::encode(&message).len() < shared::limits::CLIENT_MESSAGE_BYTES_MAX);
        }
    }
}
