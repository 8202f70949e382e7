//! What waits to be sent to one connection. Bounded: when it is full the connection is closed and resumes, because an entry
//! is never dropped for a live one (law 5). Rooms put in, the connection's writer takes out; neither waits for the other.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use shared::wire::Close;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use self::load::Load;
pub(crate) use self::waiting::Waiting;

mod load;
mod waiting;

/// How much may wait for one connection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutboxLimits {
    /// Messages.
    pub messages_max: usize,
    /// Bytes of these. Whole docs are not counted: they are sent one at a time, see [`Outbox::has_room`].
    pub bytes_max: usize,
}

impl Default for OutboxLimits {
    fn default() -> Self {
        Self { messages_max: 4_096, bytes_max: 4 * 1024 * 1024 }
    }
}

/// What became of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pushed {
    /// It will be sent.
    Waits,
    /// There was no room: the connection is being closed.
    Overflowed,
    /// The connection was being closed already.
    Closed,
}

/// What the writer does next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// It sends what it was given.
    Send,
    /// It asks the peer whether they are there.
    Ask,
    /// It sends what it was given and closes.
    Close(Close),
    /// It stops: the peer is gone.
    Stop,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Open,
    Closing(Close),
    Over,
}

#[derive(Debug)]
struct Inner {
    waiting: Vec<Bytes>,
    load: Load,
    /// What the writer has taken and not yet flushed.
    flying: Load,
    state: State,
    /// Whether the reader wants to hear of room.
    reader_waits: Waits,
    /// Whether the peer is to be asked if they are there.
    peer: Peer,
    /// Bytes of it that are counted in the sum.
    counted: usize,
}

impl Inner {
    /// It has other bytes than were counted.
    fn count(&mut self, all: &Waiting) {
        let now = self.bytes();
        all.count(&mut self.counted, now);
    }

    fn bytes(&self) -> usize {
        [self.load, self.flying].iter().map(|load| load.bytes + load.doc_bytes).sum()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Peer {
    IsLeftAlone,
    IsToBeAsked,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Waits {
    Yes,
    No,
}

/// The queue of one connection.
#[derive(Debug)]
pub struct Outbox {
    inner: Mutex<Inner>,
    limits: OutboxLimits,
    cut: CancellationToken,
    all: Waiting,
    to_writer: Notify,
    to_reader: Notify,
}

impl Outbox {
    /// An empty one.
    pub fn new(limits: OutboxLimits) -> Self {
        Self::counted(limits, Waiting::default())
    }

    /// One whose bytes count in the sum of all.
    pub(crate) fn counted(limits: OutboxLimits, all: Waiting) -> Self {
        let load = Load::default();
        let (waiting, state, reader_waits) = (Vec::new(), State::Open, Waits::No);
        let inner = Inner { waiting, load, flying: load, state, reader_waits, peer: Peer::IsLeftAlone, counted: 0 };
        Self {
            all,
            inner: Mutex::new(inner),
            limits,
            cut: CancellationToken::new(),
            to_writer: Notify::new(),
            to_reader: Notify::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What must arrive, or the connection is closed.
    pub fn push(&self, message: Bytes) -> Pushed {
        let mut inner = self.lock();
        if inner.state != State::Open {
            return Pushed::Closed;
        }
        let load = Load {
            messages: inner.load.messages + inner.flying.messages + 1,
            bytes: inner.load.bytes + inner.flying.bytes + message.len(),
            docs: 0,
            doc_bytes: 0,
        };
        if load.is_beyond(self.limits) {
            // What waits would take too long: the connection starts again from what it has.
            inner.waiting = Vec::new();
            inner.load = Load::default();
            inner.state = State::Closing(Close::TooSlow);
            inner.count(&self.all);
            drop(inner);
            self.to_writer.notify_one();
            self.to_reader.notify_one();
            return Pushed::Overflowed;
        }
        inner.load.messages += 1;
        inner.load.bytes += message.len();
        inner.waiting.push(message);
        inner.count(&self.all);
        drop(inner);
        self.to_writer.notify_one();
        Pushed::Waits
    }

    /// A whole doc, or a long part of one. Whoever asks for docs waits for [`Outbox::has_room`] between two of them.
    pub fn push_doc(&self, message: Bytes) -> Pushed {
        let mut inner = self.lock();
        if inner.state != State::Open {
            return Pushed::Closed;
        }
        inner.load.docs += 1;
        inner.load.doc_bytes += message.len();
        inner.waiting.push(message);
        inner.count(&self.all);
        drop(inner);
        self.to_writer.notify_one();
        Pushed::Waits
    }

    /// What may be lost: it is, when much is waiting.
    pub fn offer(&self, message: Bytes) -> Pushed {
        let crowded = {
            let inner = self.lock();
            let messages = inner.load.messages + inner.flying.messages;
            let bytes = inner.load.bytes + inner.flying.bytes;
            messages > self.limits.messages_max / 2 || bytes > self.limits.bytes_max / 2
        };
        if crowded { Pushed::Waits } else { self.push(message) }
    }

    /// Asks the peer whether they are there, as soon as nothing else waits: their answer is a frame like any other.
    pub fn ask(&self) {
        self.lock().peer = Peer::IsToBeAsked;
        self.to_writer.notify_one();
    }

    /// Nothing more is taken; what waits is sent, then the connection is closed. The first reason stands.
    pub fn close(&self, why: Close) {
        let mut inner = self.lock();
        if inner.state == State::Open {
            inner.state = State::Closing(why);
        }
        drop(inner);
        self.to_writer.notify_one();
        self.to_reader.notify_one();
    }

    /// The peer is gone: nothing can be sent any more.
    pub fn over(&self) {
        let mut inner = self.lock();
        inner.state = State::Over;
        inner.waiting = Vec::new();
        inner.load = Load::default();
        inner.count(&self.all);
        drop(inner);
        self.to_writer.notify_one();
        self.to_reader.notify_one();
    }

    /// The same at once, because there is no memory for what waits and is not taken: nothing more is sent, not even why.
    pub(crate) fn cut(&self) {
        self.over();
        self.cut.cancel();
    }

    /// Waits until it is cut.
    pub(crate) async fn is_cut(&self) {
        self.cut.cancelled().await;
    }

    /// Bytes that wait, those that were taken and not yet flushed included.
    pub(crate) fn bytes(&self) -> usize {
        self.lock().bytes()
    }

    /// Whether messages are still taken.
    pub fn is_open(&self) -> bool {
        self.lock().state == State::Open
    }

    /// Whether another doc may be asked for. If not, [`Outbox::changed`] tells when to look again.
    pub fn has_room(&self) -> bool {
        let mut inner = self.lock();
        let docs = inner.load.docs + inner.flying.docs;
        let bytes = inner.load.bytes + inner.flying.bytes;
        let room = docs < DOCS_WAITING_MAX && bytes <= self.limits.bytes_max / 2;
        inner.reader_waits = if room { Waits::No } else { Waits::Yes };
        room
    }

    /// Waits until the connection's reader has something to look at: the outbox is closed, or has room again.
    pub async fn changed(&self) {
        self.to_reader.notified().await;
    }

    /// Waits until the outbox is closed.
    pub async fn closed(&self) {
        while self.is_open() {
            self.to_reader.notified().await;
        }
    }

    /// Waits for messages and moves all of them into `batch`, which must be empty.
    pub async fn take(&self, batch: &mut Vec<Bytes>) -> Next {
        loop {
            {
                let mut inner = self.lock();
                std::mem::swap(&mut inner.waiting, batch);
                inner.flying = std::mem::take(&mut inner.load);
                inner.count(&self.all);
                match inner.state {
                    State::Open if batch.is_empty() => {
                        if std::mem::replace(&mut inner.peer, Peer::IsLeftAlone) == Peer::IsToBeAsked {
                            return Next::Ask;
                        }
                    }
                    State::Open => return Next::Send,
                    State::Closing(why) => return Next::Close(why),
                    State::Over => return Next::Stop,
                }
            }
            self.to_writer.notified().await;
        }
    }

    /// What was taken has gone out.
    pub fn sent(&self) {
        let mut inner = self.lock();
        inner.flying = Load::default();
        inner.count(&self.all);
        let waits = std::mem::replace(&mut inner.reader_waits, Waits::No);
        drop(inner);
        if waits == Waits::Yes {
            self.to_reader.notify_one();
        }
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        let mut inner = self.lock();
        (inner.load, inner.flying) = (Load::default(), Load::default());
        inner.count(&self.all);
    }
}

/// Docs on their way to one connection: a few small ones share a flush, a large one is alone soon enough.
const DOCS_WAITING_MAX: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Outbox {
        Outbox::new(OutboxLimits { messages_max: 4, bytes_max: 100 })
    }

    async fn taken(outbox: &Outbox) -> (Next, usize) {
        let mut batch = Vec::new();
        let next = outbox.take(&mut batch).await;
        (next, batch.len())
    }

    #[tokio::test]
    async fn what_waits_is_taken_at_once() {
        let outbox = small();
        for _ in 0..4 {
            assert_eq!(outbox.push(Bytes::from_static(b"x")), Pushed::Waits);
        }
        assert_eq!(taken(&outbox).await, (Next::Send, 4));
    }

    #[tokio::test]
    async fn a_full_one_closes_and_takes_nothing_more() {
        let outbox = small();
        for _ in 0..4 {
            outbox.push(Bytes::from_static(b"x"));
        }
        assert_eq!(outbox.push(Bytes::from_static(b"x")), Pushed::Overflowed);
        assert_eq!(outbox.push(Bytes::from_static(b"x")), Pushed::Closed);
        assert_eq!(taken(&outbox).await, (Next::Close(Close::TooSlow), 0));
    }

    #[tokio::test]
    async fn what_is_being_sent_counts_until_it_is_sent() {
        let outbox = small();
        outbox.push(Bytes::from_static(&[0; 90]));
        assert_eq!(taken(&outbox).await, (Next::Send, 1));
        assert_eq!(outbox.push(Bytes::from_static(&[0; 90])), Pushed::Overflowed);
        let outbox = small();
        outbox.push(Bytes::from_static(&[0; 90]));
        assert_eq!(taken(&outbox).await, (Next::Send, 1));
        outbox.sent();
        assert_eq!(outbox.push(Bytes::from_static(&[0; 90])), Pushed::Waits);
    }

    #[tokio::test]
    async fn presence_is_dropped_before_anything_else() {
        let outbox = small();
        for _ in 0..3 {
            outbox.push(Bytes::from_static(b"x"));
        }
        assert_eq!(outbox.offer(Bytes::from_static(b"p")), Pushed::Waits);
        assert_eq!(taken(&outbox).await, (Next::Send, 3));
    }

    #[tokio::test]
    async fn docs_larger_than_the_limit_go_one_after_another() {
        let outbox = small();
        for _ in 0..DOCS_WAITING_MAX {
            assert!(outbox.has_room());
            assert_eq!(outbox.push_doc(Bytes::from_static(&[0; 1_000])), Pushed::Waits);
        }
        assert!(!outbox.has_room());
        assert_eq!(outbox.push(Bytes::from_static(b"x")), Pushed::Waits);
        assert_eq!(taken(&outbox).await, (Next::Send, DOCS_WAITING_MAX + 1));
        assert!(!outbox.has_room());
        outbox.sent();
        outbox.changed().await;
        assert!(outbox.has_room());
    }

    #[tokio::test]
    async fn the_first_reason_to_close_stands_and_what_waits_is_sent_before() {
        let outbox = small();
        outbox.push(Bytes::from_static(b"x"));
        outbox.close(Close::Reseated);
        outbox.close(Close::Restart);
        assert_eq!(taken(&outbox).await, (Next::Close(Close::Reseated), 1));
        outbox.closed().await;
    }
}
