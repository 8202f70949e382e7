//! One line: what is said on it comes in order and counts once, and at most one answer at a time tells what waits. When nobody has
//! listened for a while, its peer is gone.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep_until, timeout};

use super::telling::Telling;
use crate::registry::{Counted, Metrics, Registry};
use crate::room::Outbox;
use crate::ws::{FAREWELL, Heard, Invitation, Session, reader};

/// Frames that may be said with one request.
pub(crate) const FRAMES_PER_SAY_MAX: usize = 64;
/// A new line is listened to within so much, or it is given up: opening one costs a stranger nothing.
const FIRST_MAX: Duration = Duration::from_secs(8);
/// Between two answers a peer may take so long to ask for the next one.
const UNHEARD_MAX: Duration = Duration::from_secs(15);

/// Why something was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotTaken {
    /// The line has ended.
    Gone,
    /// It is another's turn: something before it is missing, or somebody listens already.
    OutOfTurn,
}

/// How an answer that tells something ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Manner {
    /// After a while: what is told arrives as it is told.
    Lasting,
    /// As soon as it has told anything: something on the way keeps all of an answer until it has ended.
    Brief,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Ears {
    /// Nobody listens; until then somebody may.
    Away(Instant),
    /// Somebody does.
    Here,
    /// They have been told that it is over.
    Done,
}

struct Hearing {
    ears: Ears,
    manner: Manner,
}

/// A line.
pub(crate) struct Line {
    pub(super) outbox: Arc<Outbox>,
    pub(super) metrics: Arc<Metrics>,
    says: mpsc::Sender<Bytes>,
    /// The number of the last request that said something.
    said: Mutex<u32>,
    hearing: Mutex<Hearing>,
    /// Somebody begins to listen, or stops.
    moved: Notify,
    /// Whoever tells is to come to an end.
    pub(super) hurry: Notify,
}

impl Line {
    /// One on which nothing has been said, and what will be.
    pub(super) fn new(registry: &Registry) -> (Self, mpsc::Receiver<Bytes>) {
        let (says, said) = mpsc::channel(FRAMES_PER_SAY_MAX);
        let line = Self {
            outbox: registry.outbox(),
            metrics: Arc::clone(registry.counters()),
            says,
            said: Mutex::new(0),
            hearing: Mutex::new(Hearing { ears: Ears::Away(Instant::now() + FIRST_MAX), manner: Manner::Lasting }),
            moved: Notify::new(),
            hurry: Notify::new(),
        };
        (line, said)
    }

    fn hearing(&self) -> MutexGuard<'_, Hearing> {
        self.hearing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the frames of the request with this number, once: a request whose answer was lost comes again. It waits as long as
    /// what was said before is not looked at.
    pub(crate) async fn say(&self, number: u32, frames: Vec<Bytes>) -> Result<(), NotTaken> {
        let room = self.says.reserve_many(frames.len()).await.map_err(|_| NotTaken::Gone)?;
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if number == *said && number > 0 {
            return Ok(());
        }
        if number.checked_sub(1) != Some(*said) {
            return Err(NotTaken::OutOfTurn);
        }
        *said = number;
        room.zip(frames).for_each(|(place, frame)| place.send(frame));
        Ok(())
    }

    /// Listens. One at a time: what one is told, another would miss.
    pub(crate) fn hear(self: &Arc<Self>) -> Result<Telling, NotTaken> {
        let mut hearing = self.hearing();
        match hearing.ears {
            Ears::Done => Err(NotTaken::Gone),
            Ears::Here => Err(NotTaken::OutOfTurn),
            Ears::Away(_) => {
                hearing.ears = Ears::Here;
                let manner = hearing.manner;
                drop(hearing);
                self.moved.notify_one();
                Ok(Telling::new(Arc::clone(self), manner))
            }
        }
    }

    /// From now on answers end as soon as they have told something; the one that is under way ends at once.
    pub(crate) fn be_brief(&self) {
        let mut hearing = self.hearing();
        hearing.manner = Manner::Brief;
        let is_heard = hearing.ears == Ears::Here;
        drop(hearing);
        if is_heard {
            self.hurry.notify_one();
        }
    }

    /// An answer has ended, and whoever listened asks for the next one.
    pub(super) fn paused(&self) {
        self.hearing().ears = Ears::Away(Instant::now() + UNHEARD_MAX);
        self.moved.notify_one();
    }

    /// An answer has told that it is over, or broke off.
    pub(super) fn ended(&self) {
        self.hearing().ears = Ears::Done;
        self.moved.notify_one();
    }

    /// Waits until nobody has listened for too long, or never will again.
    async fn unheard(&self) {
        loop {
            let ears = self.hearing().ears;
            match ears {
                Ears::Done => return,
                Ears::Here => self.moved.notified().await,
                Ears::Away(until) => {
                    tokio::select! {
                        () = sleep_until(until) => return,
                        () = self.moved.notified() => {}
                    }
                }
            }
        }
    }

    /// Waits until whoever listens has been told that it is over.
    async fn told(&self) {
        while self.hearing().ears != Ears::Done {
            self.moved.notified().await;
        }
    }
}

/// Serves a line until it ends.
pub(super) async fn serve(
    line: &Line,
    mut said: mpsc::Receiver<Bytes>,
    registry: Registry,
    peer: IpAddr,
    base: Arc<Invitation>,
) {
    let _counted = Counted::new(registry.counters(), |metrics| &metrics.connections);
    let _detour = Counted::new(registry.counters(), |metrics| &metrics.detours);
    let outbox = &line.outbox;
    let mut session = Session::new(registry, peer, base, Arc::clone(outbox));
    let mut frames = stream::poll_fn(|cx| said.poll_recv(cx)).map(Heard::Frame);
    let unheard = async {
        line.unheard().await;
        // The reader sees it, and comes to its own end.
        outbox.over();
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = reader::run(&mut frames, &mut session, outbox) => {}
        () = unheard => {}
    }
    drop(frames);
    said.close();
    session.leave().await;
    // Whoever listens, or is about to, is told why.
    let _ = timeout(FAREWELL, line.told()).await;
    outbox.over();
    line.ended();
}
