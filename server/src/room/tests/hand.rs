//! A log that does what the test wants: holds appends back, fails them before or after storing, fails a load.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use shared::{AnyDoc, Entry, Seq};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::log::{Key, Log, LogError, MemoryLog, Stored};

/// Open for one at a time.
struct Gate(Arc<Semaphore>);

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

#[derive(Default)]
pub(super) struct HandLog {
    memory: MemoryLog,
    gate: Gate,
    fail_before: AtomicBool,
    fail_after: AtomicBool,
    fail_load: AtomicBool,
    appends: AtomicUsize,
}

fn broken() -> Result<(), LogError> {
    Err(LogError::Failed { what: "the test wants it so".to_owned() })
}

impl HandLog {
    /// No append comes through until the permit is dropped.
    pub(super) async fn hold(&self) -> OwnedSemaphorePermit {
        Arc::clone(&self.gate.0).acquire_owned().await.unwrap()
    }

    pub(super) fn fail_once_without_storing(&self) {
        self.fail_before.store(true, Ordering::SeqCst);
    }

    pub(super) fn fail_once_after_storing(&self) {
        self.fail_after.store(true, Ordering::SeqCst);
    }

    pub(super) fn fail_next_load(&self) {
        self.fail_load.store(true, Ordering::SeqCst);
    }

    pub(super) fn appends(&self) -> usize {
        self.appends.load(Ordering::SeqCst)
    }

    pub(super) async fn snapshot_seq(&self, key: Key) -> Option<Seq> {
        self.memory.load(key).await.ok()?.snapshot.map(|doc| doc.seq())
    }
}

impl Log for HandLog {
    fn append(&self, key: Key, after: Seq, entries: Arc<[Entry]>) -> BoxFuture<'_, Result<(), LogError>> {
        async move {
            let _through = self.gate.0.acquire().await;
            self.appends.fetch_add(1, Ordering::SeqCst);
            if self.fail_before.swap(false, Ordering::SeqCst) {
                return broken();
            }
            self.memory.append(key, after, entries).await?;
            if self.fail_after.swap(false, Ordering::SeqCst) { broken() } else { Ok(()) }
        }
        .boxed()
    }

    fn load(&self, key: Key) -> BoxFuture<'_, Result<Stored, LogError>> {
        async move {
            if self.fail_load.swap(false, Ordering::SeqCst) {
                broken()?;
            }
            self.memory.load(key).await
        }
        .boxed()
    }

    fn put_snapshot(&self, key: Key, doc: AnyDoc) -> BoxFuture<'_, Result<(), LogError>> {
        self.memory.put_snapshot(key, doc)
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<Key>, LogError>> {
        self.memory.keys()
    }

    fn commits(&self) -> u64 {
        self.memory.commits()
    }
}
