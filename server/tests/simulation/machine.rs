//! One life of the server: the real registry with its rooms and connections, in a runtime of its own whose clock stands still unless the
//! plan moves it. It can be stopped between any two of its steps, and dropped there.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use server::clock::Clock;
use server::log::LogError;
use server::registry::{Limits, Registry};
use server::room::OutboxLimits;
use server::ws::{self, Invitation};
use shared::wire::Refusal;
use shared::{GroupId, Millis, PersonId, WorkshopId};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use crate::disk::Disk;
use crate::wire::Socket;

/// The afternoon begins.
const BEGIN: Millis = Millis(1_700_000_000_000);

/// The clocks of the machine: one that only goes on, and how far the other one is set from it.
#[derive(Clone, Default)]
pub(crate) struct Clocks {
    passed_ms: Arc<AtomicU64>,
    set_ms: Arc<AtomicI64>,
}

impl Clocks {
    pub(crate) fn set(&self, by_ms: i64) {
        self.set_ms.fetch_add(by_ms, Ordering::Relaxed);
    }

    fn read(&self) -> Clock {
        let (clocks, started) = (self.clone(), Instant::now());
        let before = self.passed_ms.load(Ordering::Relaxed);
        Clock::read_by(move || {
            let passed = before + u64::try_from(started.elapsed().as_millis()).unwrap();
            clocks.passed_ms.store(passed, Ordering::Relaxed);
            Millis((BEGIN.0 + passed).saturating_add_signed(clocks.set_ms.load(Ordering::Relaxed)))
        })
    }
}

/// A server that runs.
pub(crate) struct Machine {
    registry: Registry,
    stopping: Option<JoinHandle<()>>,
    runtime: Runtime,
}

thread_local! {
    static PANICKED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What has panicked on this thread since this was asked last. A runtime keeps the panics of its tasks to itself.
pub(crate) fn panicked() -> Option<String> {
    PANICKED.take()
}

/// Panics are noticed and not printed.
pub(crate) fn notice_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |why| {
            PANICKED.set(Some(why.to_string()));
            if std::thread::current().name() != Some("plans") {
                usual(why);
            }
        }));
    });
}

impl Machine {
    pub(crate) fn start(disk: &Disk, clocks: &Clocks, messages_max: usize) -> Result<Self, LogError> {
        // One task at a time, so that it can be stopped after each.
        let runtime = Builder::new_current_thread().enable_time().start_paused(true).event_interval(1).build().unwrap();
        let outbox = OutboxLimits { messages_max, ..OutboxLimits::default() };
        let limits = Limits { outbox, ..Limits::default() };
        disk.is_quick();
        let opened = runtime.block_on(async { Registry::open_by(clocks.read(), Arc::new(disk.clone()), limits).await });
        disk.is_slow();
        Ok(Self { registry: opened?, stopping: None, runtime })
    }

    /// A phone has connected.
    pub(crate) fn accept(&self, socket: Socket) {
        let served =
            ws::run(socket, self.registry.clone(), IpAddr::V4(Ipv4Addr::LOCALHOST), Arc::new(Invitation::default()));
        self.runtime.spawn(served);
    }

    /// The lead seats somebody elsewhere. The answer comes later, if it comes.
    pub(crate) fn seat(
        &self,
        workshop: WorkshopId,
        person: PersonId,
        group: GroupId,
    ) -> oneshot::Receiver<Result<(), Refusal>> {
        let (done, answer) = oneshot::channel();
        let registry = self.registry.clone();
        self.runtime.spawn(async move {
            let _ = done.send(registry.seat(workshop, person, group).await);
        });
        answer
    }

    /// Does so many things of what is to be done.
    pub(crate) fn some(&self, mut count: usize) {
        self.runtime.block_on(poll_fn(move |cx| {
            if count == 0 {
                return Poll::Ready(());
            }
            count -= 1;
            cx.waker().wake_by_ref();
            Poll::Pending
        }));
    }

    /// Does all that is to be done now.
    pub(crate) fn still(&self) {
        self.pass(Duration::from_millis(1));
    }

    /// Time passes, and what is due in it is done.
    pub(crate) fn pass(&self, time: Duration) {
        self.runtime.block_on(async { sleep(time).await });
    }

    /// Asks it to stop.
    pub(crate) fn stop(&mut self) {
        let registry = self.registry.clone();
        self.stopping.get_or_insert_with(|| self.runtime.spawn(async move { registry.close().await }));
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.is_some()
    }

    pub(crate) fn has_stopped(&self) -> bool {
        self.stopping.as_ref().is_some_and(JoinHandle::is_finished)
    }

    /// Waits for something that the server does by itself.
    pub(crate) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    pub(crate) fn registry(&self) -> &Registry {
        &self.registry
    }
}
