//! The log in one SQLite file of the data folder. Knows rows and transactions; what is in a row is `stored`'s business.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError, create_dir_all};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rusqlite::Connection;
use shared::{AnyDoc, Entry, Seq, WorkshopId};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use self::erase::Emptied;
use self::writer::{Job, Writer};
use super::stored::write_snapshot;
use super::{Commits, Key, Log, LogError, Stored};
use crate::backup::{automatic, restore};
use crate::erase::{Erased, Ledger, Noted, Wish, Written};

mod aside;
mod erase;
mod head;
mod pace;
mod reader;
mod schema;
#[cfg(test)]
mod tests;
mod wishes;
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
    copies: Arc<Semaphore>,
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
        wishes::resume(&mut writing, &file, folder);
        if let Err(why) = tidy(&writing, &file, folder) {
            tracing::error!(%why, "traces of what was erased may still be in the data folder; tried again in an hour");
        }
        let reading = schema::open_to_read(&file)?;
        let commits = Arc::new(Commits::default());
        let writer = Writer::start(writing, file.clone(), Arc::clone(&commits)).map_err(unusable)?;
        let (reader, copies) = (Arc::new(Mutex::new(reading)), Arc::new(Semaphore::new(1)));
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

    /// What was wished and is not done yet.
    ///
    /// # Errors
    /// When it cannot be read now.
    pub async fn open_wishes(&self) -> Result<Vec<Noted>, LogError> {
        let ledger = Ledger::of(&self.folder);
        self.read(move |reader, file| wishes::open(reader, file, &ledger)).await
    }

    /// Writes the file anew and empties the log beside it. The writer is asked again and again, and waits for nobody who reads: what is
    /// appended meanwhile is written between two tries.
    async fn clean(&self) -> Result<(), LogError> {
        answered(self.writer.alone(|connection, file| erase::anew(connection, file))).await?;
        for _ in 0..erase::TRIES {
            let emptied = self.writer.alone(|connection, file| erase::emptied(connection, file));
            if answered(emptied).await? == Emptied::Yes {
                return Ok(());
            }
            sleep(erase::BETWEEN).await;
        }
        Err(erase::never_empty(&self.file))
    }

    /// Who has it makes or removes copies, or sweeps. Waited for outside the writer: everybody's saving would wait with it.
    async fn one_at_a_time(&self) -> Result<OwnedSemaphorePermit, LogError> {
        Arc::clone(&self.copies).acquire_owned().await.map_err(|_| LogError::Closed)
    }

    /// Runs a query on a thread that may block.
    fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection, &Path) -> Result<T, LogError> + Send + 'static,
    ) -> BoxFuture<'_, Result<T, LogError>> {
        let (reader, file) = (Arc::clone(&self.reader), self.file.clone());
        let done = spawn_blocking(move || query(&reader.lock().unwrap_or_else(PoisonError::into_inner), &file));
        async move { done.await.unwrap_or(Err(LogError::Closed)) }.boxed()
    }
}

fn failed(why: impl std::fmt::Display) -> LogError {
    LogError::Failed { what: why.to_string() }
}

/// What is left to do at a start, in files that nobody else has open: nothing of what was erased is to be in the folder.
fn tidy(writing: &Connection, file: &Path, folder: &Path) -> Result<(), LogError> {
    restore::forget_unfinished(folder).map_err(failed)?;
    let is_unswept = erase::is_unswept(writing, file)?;
    if is_unswept {
        erase::clean(writing, file)?;
        automatic::renew(folder).map_err(failed)?;
    }
    // Always: a copy of before may have been put back, and have been kept aside since.
    aside::renew(folder, &erase::list(writing, file)?)?;
    if is_unswept { erase::swept(writing, file) } else { Ok(()) }
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
            let body = spawn_blocking(move || write_snapshot(&doc))
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
        let done = self.writer.alone(move |connection, file| {
            if let Some(nothing) = erase::nothing_left(connection, file, &wish)? {
                return Ok(nothing);
            }
            let wish = wishes::write_down(connection, file, &ledger, wish)?;
            erase::erase(connection, file, &wish)
        });
        answered(done).boxed()
    }

    fn sweep(&self) -> BoxFuture<'_, Result<(), LogError>> {
        async move {
            // Held before the writer is asked for anything: it never waits for a copy that is just being made.
            let one_at_a_time = self.one_at_a_time().await?;
            if !self.read(erase::is_unswept).await? {
                return Ok(());
            }
            self.clean().await?;
            let (folder, erased) = (self.folder.clone(), self.read(erase::list).await?);
            let renew = move || {
                let renewed = automatic::renew(&folder).map_err(failed).and_then(|()| aside::renew(&folder, &erased));
                (renewed, one_at_a_time)
            };
            // A copy is read through before the old ones go: nobody's append waits for that.
            let (renewed, _one_at_a_time) = spawn_blocking(renew).await.map_err(|_| LogError::Closed)?;
            renewed?;
            answered(self.writer.alone(|connection, file| erase::swept(connection, file))).await
        }
        .boxed()
    }

    fn erasures(&self) -> BoxFuture<'_, Result<Vec<Erased>, LogError>> {
        self.read(erase::list)
    }

    fn last_written(&self) -> BoxFuture<'_, Result<BTreeMap<WorkshopId, Written>, LogError>> {
        self.read(erase::last_written)
    }

    fn back_up(&self, kept: u16) -> BoxFuture<'_, Result<Option<PathBuf>, LogError>> {
        async move {
            let one_at_a_time = self.one_at_a_time().await?;
            let folder = self.folder.clone();
            let make = move || {
                let made = automatic::make(&folder, kept);
                drop(one_at_a_time);
                made
            };
            spawn_blocking(make).await.map_err(|_| LogError::Closed)?.map_err(failed)
        }
        .boxed()
    }
}
