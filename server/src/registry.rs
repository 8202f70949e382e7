//! Finds rooms and lets people in: creates workshops, knows whose code and whose token it is, seats who joins.
//! It knows no socket; `ws` and `http` ask it.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use shared::{AnyDoc, DocId, WorkshopId};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use self::create::{CreateError, Created, New};
pub use self::erase::{Data, NotErased};
pub use self::guests::Full;
use self::guests::Guests;
pub(crate) use self::guests::{Admission, Guesses, network};
pub use self::join::Joined;
use self::lent::Lents;
pub use self::limits::{Limits, Times};
pub use self::metrics::Figures;
pub(crate) use self::metrics::{Counted, Metrics};
pub(crate) use self::rooms::Rooms;
pub use self::seating::{Imported, NotSeated};
pub(crate) use self::take_over::{Behind, NotLent};
use crate::clock::Clock;
use crate::log::{Key, Log, LogError};
use crate::memory::{self, Memory};
use crate::room::{ConnId, Handle, Outbox};

mod create;
mod door;
mod erase;
mod guests;
mod join;
mod keep;
mod lent;
mod limits;
mod metrics;
mod names;
mod owners;
mod renew;
mod rooms;
mod seating;
mod take_over;
#[cfg(test)]
mod tests;

/// How long a stop waits for connections to say goodbye.
const GOODBYE: Duration = Duration::from_secs(3);
/// Connections that are told at once that there is no room; each takes two seconds at the most.
const TURNED_AWAY_MAX: usize = 64;

/// The one way to everything that the server holds. Cheap to clone.
#[derive(Clone)]
pub struct Registry {
    inner: Arc<Inner>,
}

struct Inner {
    rooms: Arc<Rooms>,
    guests: Arc<Guests>,
    lents: Lents,
    limits: Limits,
    conns: AtomicU64,
    stop: CancellationToken,
    sessions: TaskTracker,
    /// Who is told that there is no room, at the moment.
    turned_away: Semaphore,
    /// One erasure at a time.
    erasing: Semaphore,
}

impl Registry {
    /// Opens what the log holds. A workshop is opened when somebody asks for it. Rooms are tasks: call it in a runtime.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn open(log: Arc<dyn Log>, limits: Limits) -> Result<Self, LogError> {
        Self::open_by(Clock::default(), log, limits).await
    }

    /// The same by another clock than this machine's.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn open_by(clock: Clock, log: Arc<dyn Log>, limits: Limits) -> Result<Self, LogError> {
        // Whatever is wrong with the store as a whole shows here, to the one who starts the server.
        log.load(Key::directory()).await?.replay(Key::directory())?;
        let inner = Inner {
            rooms: Arc::new(Rooms::new(log, clock, Memory::new(limits.memory_max))),
            guests: Arc::new(Guests::default()),
            lents: Lents::default(),
            limits,
            conns: AtomicU64::new(1),
            stop: CancellationToken::new(),
            sessions: TaskTracker::new(),
            turned_away: Semaphore::new(TURNED_AWAY_MAX),
            erasing: Semaphore::new(1),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Whether a connection from this address may be let in, or at least be told why not: asked before the upgrade.
    ///
    /// # Errors
    /// When there are as many as there may be, of both.
    pub fn may_enter(&self, address: IpAddr) -> Result<(), Full> {
        let can_be_told = self.inner.turned_away.available_permits() > 0;
        self.inner.guests.may_enter(address, &self.inner.limits).or_else(|full| can_be_told.then_some(()).ok_or(full))
    }

    /// A place to be told why one is not let in; none while many are.
    pub(crate) fn turn_away(&self) -> Option<SemaphorePermit<'_>> {
        self.inner.turned_away.try_acquire().ok()
    }

    /// What is counted, at this moment.
    pub fn metrics(&self) -> Figures {
        let (memory_max, memory, waiting) = self.inner.rooms.memory.figures();
        Figures { memory_max, memory, waiting, ..self.inner.rooms.metrics.read(self.inner.rooms.log.commits()) }
    }

    /// A doc as it is stored; none if there is no such workshop, or its log cannot be read now.
    pub async fn snapshot(&self, workshop: WorkshopId, doc: DocId) -> Option<AnyDoc> {
        if !self.exists(workshop).await.unwrap_or(false) {
            return None;
        }
        self.room(workshop, doc).inspect(AnyDoc::clone).await.ok()
    }

    /// Stops: every connection is closed to resume later, everything that was sent is stored.
    pub async fn close(&self) {
        let inner = &self.inner;
        inner.stop.cancel();
        inner.sessions.close();
        if timeout(GOODBYE, inner.sessions.wait()).await.is_err() {
            tracing::warn!("some connections did not say goodbye in time");
        }
        inner.rooms.stop.cancel();
        inner.rooms.tasks.close();
        inner.rooms.tasks.wait().await;
    }

    /// Where entries are kept.
    pub(crate) fn log(&self) -> &Arc<dyn Log> {
        &self.inner.rooms.log
    }

    /// The room of a doc.
    pub(crate) fn room(&self, workshop: WorkshopId, doc: DocId) -> Handle {
        self.inner.rooms.open(Key { workshop, doc })
    }

    /// By which it is written down when something was done.
    pub(crate) fn clock(&self) -> &Clock {
        &self.inner.rooms.clock
    }

    pub(crate) fn counters(&self) -> &Arc<Metrics> {
        &self.inner.rooms.metrics
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    /// Cancelled when the server stops.
    pub(crate) fn stopping(&self) -> &CancellationToken {
        &self.inner.stop
    }

    /// The connections that a stop waits for.
    pub(crate) fn sessions(&self) -> &TaskTracker {
        &self.inner.sessions
    }

    /// How tight memory is.
    pub(crate) fn memory(&self) -> memory::Room {
        self.inner.rooms.memory.room()
    }

    /// An outbox that counts.
    pub(crate) fn outbox(&self) -> Arc<Outbox> {
        let outbox = Arc::new(Outbox::counted(self.inner.limits.outbox, self.inner.rooms.memory.waiting.clone()));
        self.inner.rooms.memory.counts(&outbox);
        outbox
    }

    /// Lets go of those for whom most waits, when that is too much.
    pub(crate) fn shed(&self) {
        let shed = self.inner.rooms.memory.shed();
        self.inner.rooms.metrics.overflows.add(shed);
    }

    /// Looks at the memory as long as the server runs, and lets go what it must.
    pub(crate) async fn keep_within_memory(&self) {
        let rooms = &self.inner.rooms;
        loop {
            sleep(memory::LOOK).await;
            self.shed();
            if rooms.memory.room() >= memory::Room::Tight {
                rooms.close_idle();
            }
        }
    }

    /// Whether a doc is in memory already, so that one more who reads it takes hardly any.
    pub(crate) fn is_open(&self, workshop: WorkshopId, doc: DocId) -> bool {
        self.inner.rooms.is_open(Key { workshop, doc })
    }

    pub(crate) fn enter(&self, address: IpAddr) -> Result<Admission, Full> {
        if self.memory() == memory::Room::Over {
            return Err(Full);
        }
        self.inner.guests.enter(address, &self.inner.limits)
    }

    pub(crate) fn guesses(&self, address: IpAddr) -> Guesses {
        self.inner.guests.guesses(address, &self.inner.limits, Instant::now())
    }

    pub(crate) fn newcomer(&self, address: IpAddr) -> Result<Duration, Full> {
        self.inner.guests.newcomer(address, &self.inner.limits, Instant::now())
    }

    pub(crate) fn guessed(&self, address: IpAddr) {
        self.inner.guests.guessed(address, Instant::now());
    }

    pub(crate) fn new_conn(&self) -> ConnId {
        ConnId(self.inner.conns.fetch_add(1, Ordering::Relaxed))
    }
}
