//! The log in one SQLite file of the data folder. Knows rows and transactions; what is in a row is `stored`'s business.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError, create_dir_all};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rusqlite::Connection;
use shared::{AnyDoc, Entry, Millis, Seq, WorkshopId};
use tokio::sync::oneshot;

use self::writer::{Job, Writer};
use super::stored::write_snapshot;
use super::{Commits, Key, Log, LogError, Stored};
use crate::backup::automatic;
use crate::erase::{Erased, Ledger, Wish};

mod erase;
mod head;
mod pace;
mod reader;
mod schema;
#[cfg(test)]
mod tests;
mod writer;

const DATABASE: &str = "naze.db";
const LOCK: &str = "naze.lock";

/// The log.
pub struct SqliteLog {
    writer: Writer,
    reader: Arc<Mutex<Connection>>,
    file: PathBuf,
    folder: PathBuf,
    /// Held while a copy is made or removed: none is made of what is just being erased.
    copies: Arc<Mutex<()>>,
    commits: Arc<Commits>,
    /// Held as long as this log lives: two servers on one folder would refuse each other's entries for ever.
    _lock: File,
}

impl SqliteLog {
    /// Opens the log in `folder`, and makes both where there is nothing yet.
    ///
    /// # Errors
    /// When the folder cannot be used, is open by another server, or holds a file that is damaged or too new.
    pub fn open(folder: &Path) -> Result<Self, LogError> {
        let unusable = |why: std::io::Error| LogError::Unusable { folder: folder.to_owned(), why: why.to_string() };
        create_dir_all(folder).map_err(unusable)?;
        let lock = Self::lock(folder).map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LogError::InUse { folder: folder.to_owned() }),
            Err(TryLockError::Error(why)) => return Err(unusable(why)),
        }
        let file = Self::database(folder);
        let mut writing = schema::open_to_write(&file)?;
        erase::resume(&mut writing, &file, folder);
        if let Some(wished) = erase::unswept(&writing, &file)?
            && let Err(why) = sweep(&writing, &file, folder, wished)
        {
            tracing::error!(%why, "traces of what was erased may still be in the data folder; tried again in an hour");
        }
        let reading = schema::open_to_read(&file)?;
        let commits = Arc::new(Commits::default());
        let writer = Writer::start(writing, file.clone(), Arc::clone(&commits)).map_err(unusable)?;
        let (reader, copies) = (Arc::new(Mutex::new(reading)), Arc::default());
        Ok(Self { writer, reader, file, folder: folder.to_owned(), copies, commits, _lock: lock })
    }

    /// The file that whoever has the folder open has locked.
    pub(crate) fn lock(folder: &Path) -> std::io::Result<File> {
        File::options().create(true).truncate(false).write(true).open(folder.join(LOCK))
    }

    /// The file in `folder`, for a backup.
    pub fn database(folder: &Path) -> PathBuf {
        folder.join(DATABASE)
    }

    /// Runs a query on a thread that may block.
    fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection, &Path) -> Result<T, LogError> + Send + 'static,
    ) -> BoxFuture<'_, Result<T, LogError>> {
        let (reader, file) = (Arc::clone(&self.reader), self.file.clone());
        let done =
            tokio::task::spawn_blocking(move || query(&reader.lock().unwrap_or_else(PoisonError::into_inner), &file));
        async move { done.await.unwrap_or(Err(LogError::Closed)) }.boxed()
    }
}

/// Leaves nothing of what was erased in the folder.
fn sweep(writing: &Connection, file: &Path, folder: &Path, wished: Millis) -> Result<(), LogError> {
    erase::clean(writing, file)?;
    automatic::renew(folder, wished).map_err(|why| LogError::Failed { what: why.to_string() })?;
    erase::swept(writing, file)
}

/// Waits until a job is on disk.
async fn answered<T>(answer: oneshot::Receiver<Result<T, LogError>>) -> Result<T, LogError> {
    answer.await.unwrap_or(Err(LogError::Closed))
}

impl Log for SqliteLog {
    fn append(&self, key: Key, after: Seq, entries: Arc<[Entry]>) -> BoxFuture<'_, Result<(), LogError>> {
        answered(self.writer.send(|done| Job::Append { key, after, entries, done })).boxed()
    }

    fn load(&self, key: Key) -> BoxFuture<'_, Result<Stored, LogError>> {
        self.read(move |reader, file| reader::load(reader, file, key))
    }

    fn put_snapshot(&self, key: Key, doc: AnyDoc) -> BoxFuture<'_, Result<(), LogError>> {
        async move {
            let seq = doc.seq();
            // A large doc takes milliseconds to write down, which nobody's append should wait for.
            let body = tokio::task::spawn_blocking(move || write_snapshot(&doc))
                .await
                .map_err(|_| LogError::Closed)?
                .map_err(|why| LogError::Failed { what: why.to_string() })?;
            answered(self.writer.send(|done| Job::Snapshot { key, seq, body, done })).await
        }
        .boxed()
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<Key>, LogError>> {
        self.read(reader::keys)
    }

    fn commits(&self) -> u64 {
        self.commits.so_far()
    }

    fn erase(&self, wish: Wish) -> BoxFuture<'_, Result<Erased, LogError>> {
        let ledger = Ledger::of(&self.folder);
        let unwritten = |why: std::io::Error| LogError::Failed { what: why.to_string() };
        let done = self.writer.alone(move |connection, file| {
            if let Some(nothing) = erase::nothing_left(connection, file, &wish)? {
                return Ok(nothing);
            }
            let new = wish;
            let wish = erase::pending(connection, file, &ledger, new)?;
            if wish.id == new.id {
                ledger.add(&wish).map_err(unwritten)?;
            }
            erase::erase(connection, file, &wish)
        });
        answered(done).boxed()
    }

    fn sweep(&self) -> BoxFuture<'_, Result<(), LogError>> {
        async move {
            let Some(wished) = self.read(erase::unswept).await? else { return Ok(()) };
            answered(self.writer.alone(|connection, file| erase::clean(connection, file))).await?;
            let (folder, copies) = (self.folder.clone(), Arc::clone(&self.copies));
            // A copy is read through before the old ones go: nobody's append waits for that.
            let renewed = tokio::task::spawn_blocking(move || {
                let _one_at_a_time = copies.lock().unwrap_or_else(PoisonError::into_inner);
                automatic::renew(&folder, wished)
            });
            let renewed = renewed.await.map_err(|_| LogError::Closed)?;
            renewed.map_err(|why| LogError::Failed { what: why.to_string() })?;
            answered(self.writer.alone(|connection, file| erase::swept(connection, file))).await
        }
        .boxed()
    }

    fn erasures(&self) -> BoxFuture<'_, Result<Vec<Erased>, LogError>> {
        self.read(erase::list)
    }

    fn last_written(&self) -> BoxFuture<'_, Result<BTreeMap<WorkshopId, Millis>, LogError>> {
        self.read(erase::last_written)
    }

    fn back_up(&self, kept: u16) -> BoxFuture<'_, Result<Option<PathBuf>, LogError>> {
        let (folder, copies) = (self.folder.clone(), Arc::clone(&self.copies));
        let made = tokio::task::spawn_blocking(move || {
            let _one_at_a_time = copies.lock().unwrap_or_else(PoisonError::into_inner);
            automatic::make(&folder, kept)
        });
        async move {
            let made = made.await.map_err(|_| LogError::Closed)?;
            made.map_err(|why| LogError::Failed { what: why.to_string() })
        }
        .boxed()
    }
}
