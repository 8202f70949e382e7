//! A log that forgets everything when it is dropped. For tests and for trying things.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use shared::{AnyDoc, Entry, Seq};

use super::{Commits, Key, Log, LogError, Stored, follows};

#[derive(Default)]
struct Kept {
    snapshot: Option<AnyDoc>,
    entries: Vec<Entry>,
}

impl Kept {
    fn last(&self) -> Seq {
        self.entries.last().map_or(Seq(0), |entry| entry.stamp.seq)
    }
}

/// The log.
#[derive(Default)]
pub struct MemoryLog {
    logs: Mutex<BTreeMap<Key, Kept>>,
    commits: Commits,
}

impl MemoryLog {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<Key, Kept>) -> T) -> T {
        work(&mut self.logs.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Log for MemoryLog {
    fn append(&self, key: Key, after: Seq, entries: Arc<[Entry]>) -> BoxFuture<'_, Result<(), LogError>> {
        let done = self.with(|logs| {
            let kept = logs.entry(key).or_default();
            follows(key, kept.last(), after, &entries)?;
            kept.entries.extend(entries.iter().cloned());
            self.commits.count();
            Ok(())
        });
        ready(done).boxed()
    }

    fn load(&self, key: Key) -> BoxFuture<'_, Result<Stored, LogError>> {
        let stored = self.with(|logs| {
            let Some(kept) = logs.get(&key) else { return Stored::default() };
            let from = kept.snapshot.as_ref().map_or(Seq(0), AnyDoc::seq);
            let entries = kept.entries.iter().filter(|entry| entry.stamp.seq > from).cloned().collect();
            Stored { snapshot: kept.snapshot.clone(), entries }
        });
        ready(Ok(stored)).boxed()
    }

    fn put_snapshot(&self, key: Key, doc: AnyDoc) -> BoxFuture<'_, Result<(), LogError>> {
        self.with(|logs| {
            let kept = logs.entry(key).or_default();
            if kept.snapshot.as_ref().is_none_or(|old| old.seq() < doc.seq()) {
                kept.snapshot = Some(doc);
            }
        });
        ready(Ok(())).boxed()
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<Key>, LogError>> {
        let keys = self.with(|logs| logs.keys().copied().collect());
        ready(Ok(keys)).boxed()
    }

    fn commits(&self) -> u64 {
        self.commits.so_far()
    }
}
