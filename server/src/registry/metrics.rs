//! What is counted. Plain numbers; how they are shown is for `http` to know.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use shared::Capability;

/// Something that happens.
#[derive(Debug, Default)]
pub(crate) struct Count(AtomicU64);

impl Count {
    pub(crate) fn add(&self, times: usize) {
        self.0.fetch_add(u64::try_from(times).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Something that is there.
#[derive(Debug, Default)]
pub(crate) struct Gauge(AtomicU64);

impl Gauge {
    fn read(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Counts as one of a gauge for as long as it lives.
pub(crate) struct Counted {
    metrics: Arc<Metrics>,
    of: fn(&Metrics) -> &Gauge,
}

impl Counted {
    pub(crate) fn new(metrics: &Arc<Metrics>, of: fn(&Metrics) -> &Gauge) -> Self {
        of(metrics).0.fetch_add(1, Ordering::Relaxed);
        Self { metrics: Arc::clone(metrics), of }
    }

    /// A session of this capability.
    pub(crate) fn session(metrics: &Arc<Metrics>, who: Capability) -> Self {
        let of: fn(&Metrics) -> &Gauge = match who {
            Capability::Lead => |metrics| &metrics.leads,
            Capability::Helper => |metrics| &metrics.helpers,
            Capability::Participant(_) => |metrics| &metrics.participants,
            Capability::Observer | Capability::Keeper(_) => |metrics| &metrics.observers,
        };
        Self::new(metrics, of)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        (self.of)(&self.metrics).0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The counters themselves.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    pub(crate) connections: Gauge,
    pub(crate) detours: Gauge,
    pub(crate) leads: Gauge,
    pub(crate) helpers: Gauge,
    pub(crate) participants: Gauge,
    pub(crate) observers: Gauge,
    pub(crate) rooms: Gauge,
    pub(crate) docs_unreadable: Gauge,
    pub(crate) subscriptions: Gauge,
    pub(crate) ops_taken: Count,
    pub(crate) ops_known: Count,
    pub(crate) ops_rejected: Count,
    pub(crate) ops_forbidden: Count,
    pub(crate) ops_refused_full: Count,
    pub(crate) deliveries: Count,
    pub(crate) bytes_out: Count,
    pub(crate) overflows: Count,
    pub(crate) appends: Count,
    pub(crate) append_errors: Count,
}

/// The numbers at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// Open sockets and detours.
    pub connections: u64,
    /// Those of them that no websocket carries.
    pub detours: u64,
    /// Sessions of leads.
    pub leads: u64,
    /// Sessions of helpers.
    pub helpers: u64,
    /// Sessions of participants.
    pub participants: u64,
    /// Sessions of observers.
    pub observers: u64,
    /// Open rooms: one a doc.
    pub rooms: u64,
    /// Docs that could not be opened when it was last tried.
    pub docs_unreadable: u64,
    /// Connections that follow a doc, counted for each doc.
    pub subscriptions: u64,
    /// Operations that took effect.
    pub ops_taken: u64,
    /// Operations that the doc had already.
    pub ops_known: u64,
    /// Operations that did not fit.
    pub ops_rejected: u64,
    /// Operations that their author may not do, and those of an ended workshop.
    pub ops_forbidden: u64,
    /// Operations on docs that had more than their share while memory was scarce.
    pub ops_refused_full: u64,
    /// Messages with entries or docs, counted for each who gets them.
    pub deliveries: u64,
    /// Bytes of messages sent.
    pub bytes_out: u64,
    /// Connections closed because they took too little.
    pub overflows: u64,
    /// Batches stored.
    pub appends: u64,
    /// Commits of the log: many batches may share one.
    pub commits: u64,
    /// Batches that could not be stored.
    pub append_errors: u64,
    /// Bytes of memory that the process may take; 0 where nobody watches.
    pub memory_max: u64,
    /// Bytes that it took when that was last looked at.
    pub memory: u64,
    /// Bytes that waited for connections then.
    pub waiting: u64,
}

impl Metrics {
    /// Open rooms.
    pub(crate) fn rooms(&self) -> u64 {
        self.rooms.read()
    }

    pub(crate) fn read(&self, commits: u64) -> Figures {
        Figures {
            connections: self.connections.read(),
            detours: self.detours.read(),
            leads: self.leads.read(),
            helpers: self.helpers.read(),
            participants: self.participants.read(),
            observers: self.observers.read(),
            rooms: self.rooms.read(),
            docs_unreadable: self.docs_unreadable.read(),
            subscriptions: self.subscriptions.read(),
            ops_taken: self.ops_taken.read(),
            ops_known: self.ops_known.read(),
            ops_rejected: self.ops_rejected.read(),
            ops_forbidden: self.ops_forbidden.read(),
            ops_refused_full: self.ops_refused_full.read(),
            deliveries: self.deliveries.read(),
            bytes_out: self.bytes_out.read(),
            overflows: self.overflows.read(),
            appends: self.appends.read(),
            commits,
            append_errors: self.append_errors.read(),
            ..Figures::default()
        }
    }
}
