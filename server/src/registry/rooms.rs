//! The open rooms, by doc: the one `DashMap` of the server. No guard of it leaves this file (law 9).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;
use futures_util::future::join_all;
use shared::WorkshopId;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::metrics::{Counted, Metrics};
use super::owners::Owners;
use crate::backup::automatic;
use crate::clock::Clock;
use crate::log::{Key, Log, LogError};
use crate::memory::Memory;
use crate::room::Handle;

/// The rooms, and what all of them need.
pub(crate) struct Rooms {
    open: DashMap<Key, Handle>,
    pub(crate) log: Arc<dyn Log>,
    pub(crate) clock: Clock,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) memory: Memory,
    pub(crate) stop: CancellationToken,
    pub(crate) tasks: TaskTracker,
    pub(crate) owners: Owners,
    /// Docs whose rooms are closed and stay so for a moment, because their logs are rewritten.
    resting: Mutex<BTreeSet<WorkshopId>>,
    /// Docs that could not be opened when it was last tried.
    unreadable: Mutex<BTreeMap<Key, Counted>>,
}

impl Rooms {
    pub(crate) fn new(log: Arc<dyn Log>, clock: Clock, memory: Memory) -> Self {
        Self {
            open: DashMap::new(),
            log,
            clock,
            metrics: Arc::new(Metrics::default()),
            memory,
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            owners: Owners::default(),
            resting: Mutex::default(),
            unreadable: Mutex::default(),
        }
    }

    /// The room of a doc; it is opened if it is not.
    pub(crate) fn open(self: &Arc<Self>, key: Key) -> Handle {
        match self.open.entry(key) {
            Entry::Occupied(found) if found.get().is_open() => found.get().clone(),
            // Asked while the map is: whoever closes rooms finds those that were opened before, and no other is.
            _ if self.rests(key.workshop) => Handle::closed(),
            other => other.insert(Handle::open(key, Arc::clone(self))).clone(),
        }
    }

    /// Whether the room of a doc is open.
    pub(crate) fn is_open(&self, key: Key) -> bool {
        self.open.get(&key).is_some_and(|room| room.is_open())
    }

    fn resting(&self) -> MutexGuard<'_, BTreeSet<WorkshopId>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rests(&self, workshop: WorkshopId) -> bool {
        self.resting().contains(&workshop)
    }

    /// Closes the rooms of a workshop, everybody in them included, and keeps them closed as long as the answer lives. Nothing of
    /// its docs is in memory then. Whoever wants to come in is asked to try again.
    pub(crate) async fn rest(self: &Arc<Self>, workshop: WorkshopId) -> Resting {
        self.resting().insert(workshop);
        let resting = Resting { workshop, rooms: Arc::clone(self) };
        let open: Vec<Handle> =
            self.open.iter().filter(|room| room.key().workshop == workshop).map(|room| room.value().clone()).collect();
        join_all(open.iter().map(Handle::close)).await;
        resting
    }

    /// A doc could not be opened. That is said once, not whenever somebody asks for it again.
    pub(crate) fn could_not_open(&self, key: Key, why: &LogError) {
        let mut unreadable = self.unreadable.lock().unwrap_or_else(PoisonError::into_inner);
        unreadable.entry(key).or_insert_with(|| {
            let copy = match why {
                LogError::Damaged { file, .. } => file.parent().and_then(|data| automatic::all(data).pop()),
                _ => None,
            };
            match copy {
                Some(copy) => {
                    let copy = copy.display();
                    tracing::error!(%key, %why, last_backup = %copy, "a doc cannot be opened; everything else goes on without it");
                }
                None => tracing::error!(%key, %why, "a doc cannot be opened; everything else goes on without it"),
            }
            Counted::new(&self.metrics, |metrics| &metrics.docs_unreadable)
        });
    }

    /// A doc is open.
    pub(crate) fn could_open(&self, key: Key) {
        self.unreadable.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }

    /// Rooms in which nobody is are closed now. They are opened again when somebody needs them.
    pub(crate) fn close_idle(&self) {
        let open: Vec<Handle> = self.open.iter().map(|room| room.value().clone()).collect();
        for room in open {
            room.may_go();
        }
    }

    /// Forgets a room that nobody has a way into. While the map is asked nobody can get one.
    pub(crate) fn retire(&self, key: Key) {
        self.open.remove_if(&key, |_, room| room.is_the_only_one());
    }
}

/// As long as it lives, the rooms of a workshop are closed.
pub(crate) struct Resting {
    workshop: WorkshopId,
    rooms: Arc<Rooms>,
}

impl Drop for Resting {
    fn drop(&mut self) {
        self.rooms.resting().remove(&self.workshop);
    }
}
