//! The open rooms, by doc: the one `DashMap` of the server. No guard of it leaves this file (law 9).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::metrics::{Counted, Metrics};
use super::owners::Owners;
use crate::clock::Clock;
use crate::log::{Key, Log, LogError};
use crate::room::Handle;

/// The rooms, and what all of them need.
pub(crate) struct Rooms {
    open: DashMap<Key, Handle>,
    pub(crate) log: Arc<dyn Log>,
    pub(crate) clock: Clock,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: TaskTracker,
    pub(crate) owners: Owners,
    /// Docs that could not be opened when it was last tried.
    unreadable: Mutex<BTreeMap<Key, Counted>>,
}

impl Rooms {
    pub(crate) fn new(log: Arc<dyn Log>, clock: Clock) -> Self {
        Self {
            open: DashMap::new(),
            log,
            clock,
            metrics: Arc::new(Metrics::default()),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            owners: Owners::default(),
            unreadable: Mutex::default(),
        }
    }

    /// The room of a doc; it is opened if it is not.
    pub(crate) fn open(self: &Arc<Self>, key: Key) -> Handle {
        match self.open.entry(key) {
            Entry::Occupied(found) if found.get().is_open() => found.get().clone(),
            other => other.insert(Handle::open(key, Arc::clone(self))).clone(),
        }
    }

    /// A doc could not be opened. That is said once, not whenever somebody asks for it again.
    pub(crate) fn could_not_open(&self, key: Key, why: &LogError) {
        let mut unreadable = self.unreadable.lock().unwrap_or_else(PoisonError::into_inner);
        unreadable.entry(key).or_insert_with(|| {
            tracing::error!(%key, %why, "a doc cannot be opened; everything else goes on without it");
            Counted::new(&self.metrics, |metrics| &metrics.docs_unreadable)
        });
    }

    /// A doc is open.
    pub(crate) fn could_open(&self, key: Key) {
        self.unreadable.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }

    /// Forgets a room that nobody has a way into. While the map is asked nobody can get one.
    pub(crate) fn retire(&self, key: Key) {
        self.open.remove_if(&key, |_, room| room.is_the_only_one());
    }
}
