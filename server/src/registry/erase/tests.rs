//! Who asks goes away in the middle of it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use shared::docs::workshop::Language;
use shared::run_sheet::Shipped;
use shared::{Entry, Seq};
use tokio::sync::Notify;
use tokio::time::timeout;

use super::*;
use crate::log::{Log, SqliteLog, Stored};
use crate::registry::{Limits, New};

/// A log that takes its time to erase.
struct Slow {
    inner: SqliteLog,
    begun: Notify,
    go_on: Notify,
}

impl Log for Slow {
    fn append(&self, key: Key, after: Seq, entries: Arc<[Entry]>) -> BoxFuture<'_, Result<(), LogError>> {
        self.inner.append(key, after, entries)
    }

    fn load(&self, key: Key) -> BoxFuture<'_, Result<Stored, LogError>> {
        self.inner.load(key)
    }

    fn put_snapshot(&self, key: Key, doc: AnyDoc) -> BoxFuture<'_, Result<(), LogError>> {
        self.inner.put_snapshot(key, doc)
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<Key>, LogError>> {
        self.inner.keys()
    }

    fn commits(&self) -> u64 {
        self.inner.commits()
    }

    fn erase(&self, wish: Wish) -> BoxFuture<'_, Result<Erased, LogError>> {
        async move {
            self.begun.notify_one();
            self.go_on.notified().await;
            self.inner.erase(wish).await
        }
        .boxed()
    }

    fn sweep(&self) -> BoxFuture<'_, Result<(), LogError>> {
        self.inner.sweep()
    }

    fn erasures(&self) -> BoxFuture<'_, Result<Vec<Erased>, LogError>> {
        self.inner.erasures()
    }

    fn last_written(
        &self,
    ) -> BoxFuture<'_, Result<std::collections::BTreeMap<WorkshopId, crate::erase::Written>, LogError>> {
        self.inner.last_written()
    }

    fn back_up(&self, kept: u16) -> BoxFuture<'_, Result<Option<PathBuf>, LogError>> {
        self.inner.back_up(kept)
    }
}

const SOON: Duration = Duration::from_secs(20);

#[tokio::test]
async fn rooms_stay_closed_until_it_is_done_though_who_asked_has_gone() {
    let folder = tempfile::tempdir().unwrap();
    let inner = SqliteLog::open(folder.path()).unwrap();
    let log = Arc::new(Slow { inner, begun: Notify::new(), go_on: Notify::new() });
    let registry = Registry::open(Arc::clone(&log) as Arc<dyn Log>, Limits::default()).await.unwrap();
    let (title, goal, run_sheet) = ("会".to_owned(), String::new(), Shipped::Blank);
    let made = New { title, goal, language: Language::Ja, groups: 2, seats: 5, run_sheet };
    let made = registry.create(made).await.unwrap();
    let asking = registry.clone();
    let asker = tokio::spawn(async move { asking.erase(made.id, What::Names, Cause::Lead).await });
    timeout(SOON, log.begun.notified()).await.unwrap();
    asker.abort();
    assert!(asker.await.unwrap_err().is_cancelled());
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(
        registry.room(made.id, DocId::Roster).inspect(|_| ()).await.is_err(),
        "it opened with what is being erased"
    );
    log.go_on.notify_one();
    let opened = async {
        while registry.room(made.id, DocId::Roster).inspect(|_| ()).await.is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(SOON, opened).await.unwrap();
    assert_eq!(log.erasures().await.unwrap().len(), 1);
    // The sweep goes on too.
    registry.close().await;
    assert!(log.erasures().await.unwrap().iter().all(|one| one.swept_at.is_some()));
}
