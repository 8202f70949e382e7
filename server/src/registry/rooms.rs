//! The open rooms, by doc: the one `DashMap` of the server. No guard of it leaves this file (law 9).

use std::sync::Arc;

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::metrics::Metrics;
use crate::log::{Key, Log};
use crate::room::Handle;

/// The rooms, and what all of them need.
pub(crate) struct Rooms {
    open: DashMap<Key, Handle>,
    pub(crate) log: Arc<dyn Log>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: TaskTracker,
}

impl Rooms {
    pub(crate) fn new(log: Arc<dyn Log>) -> Self {
        Self {
            open: DashMap::new(),
            log,
            metrics: Arc::new(Metrics::default()),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }
    }

    /// The room of a doc; it is opened if it is not.
    pub(crate) fn open(self: &Arc<Self>, key: Key) -> Handle {
        match self.open.entry(key) {
            Entry::Occupied(found) if found.get().is_open() => found.get().clone(),
            other => other.insert(Handle::open(key, Arc::clone(self))).clone(),
        }
    }

    /// Forgets a room that nobody has a way into. While the map is asked nobody can get one.
    pub(crate) fn retire(&self, key: Key) {
        self.open.remove_if(&key, |_, room| room.is_the_only_one());
    }
}
