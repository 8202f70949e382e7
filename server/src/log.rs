//! Where entries are kept: one log for each doc. Whatever is not in it was never said to be saved (law 3).
//!
//! It orders nothing and understands nothing: rooms number their entries, and the log refuses what does not follow.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use shared::{AnyDoc, DocId, Entry, Outcome, Seq, WorkshopId};

use crate::erase::{Erased, Wish, Written};

pub use self::memory::MemoryLog;
pub use self::sqlite::SqliteLog;

#[cfg(test)]
mod contract;
mod memory;
mod sqlite;
pub mod stored;

/// Which log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key {
    /// Of which workshop.
    pub workshop: WorkshopId,
    /// Of which of its docs.
    pub doc: DocId,
}

impl Key {
    /// The one log that belongs to no workshop.
    pub fn directory() -> Self {
        Self { workshop: WorkshopId::default(), doc: DocId::Directory }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", stored::write_doc(self.doc), self.workshop)
    }
}

/// What a log has of a doc.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Stored {
    /// The latest snapshot.
    pub snapshot: Option<AnyDoc>,
    /// What was appended after it.
    pub entries: Vec<Entry>,
}

/// A keeper of logs. Object-safe, so that a room does not know which one it has.
pub trait Log: Send + Sync + 'static {
    /// Appends `entries` behind the entry `after`. When it returns, they survive a crash of the machine.
    /// Refuses when the log's last entry is not `after`: somebody else writes there too.
    fn append(&self, key: Key, after: Seq, entries: Arc<[Entry]>) -> BoxFuture<'_, Result<(), LogError>>;

    /// The latest snapshot of a doc and what follows it; nothing of a doc that was never written.
    fn load(&self, key: Key) -> BoxFuture<'_, Result<Stored, LogError>>;

    /// Keeps a doc as it is after its last entry, so that the next `load` is short. An older one is not put over a newer.
    fn put_snapshot(&self, key: Key, doc: AnyDoc) -> BoxFuture<'_, Result<(), LogError>>;

    /// Every log that was ever written.
    fn keys(&self) -> BoxFuture<'_, Result<Vec<Key>, LogError>>;

    /// How often it has committed: many appends may share one.
    fn commits(&self) -> u64;

    /// Erases what is wished, for good: when it returns, it survives a crash of the machine. The rooms of the workshop are closed
    /// meanwhile, and for [`crate::erase::What::Workshop`] that of the directory too. Traces in the files are [`Log::sweep`]'s.
    fn erase(&self, _wish: Wish) -> BoxFuture<'_, Result<Erased, LogError>> {
        ready(Err(LogError::unable())).boxed()
    }

    /// Leaves nothing of what was erased in its files, those copies included that it made by itself. Does nothing when there is
    /// nothing to do.
    fn sweep(&self) -> BoxFuture<'_, Result<(), LogError>> {
        ready(Err(LogError::unable())).boxed()
    }

    /// Everything that was erased, the first one first.
    fn erasures(&self) -> BoxFuture<'_, Result<Vec<Erased>, LogError>> {
        ready(Err(LogError::unable())).boxed()
    }

    /// When the last thing was written and how much there is, by workshop.
    fn last_written(&self) -> BoxFuture<'_, Result<BTreeMap<WorkshopId, Written>, LogError>> {
        ready(Err(LogError::unable())).boxed()
    }

    /// Makes a copy among those that it makes by itself, keeps so many of them, and says where it is; none when nothing has
    /// been written since the last one.
    fn back_up(&self, _kept: u16) -> BoxFuture<'_, Result<Option<PathBuf>, LogError>> {
        ready(Err(LogError::unable())).boxed()
    }
}

/// Counts commits.
#[derive(Debug, Default)]
struct Commits(AtomicU64);

impl Commits {
    fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn so_far(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Where a log ends after `entries`, if they follow one another and its last entry, and the writer knew that one.
fn follows(key: Key, last: Seq, after: Seq, entries: &[Entry]) -> Result<Seq, LogError> {
    let conflict = LogError::Conflict { key, after, last };
    if last != after {
        return Err(conflict);
    }
    entries.iter().try_fold(after, |end, entry| {
        if entry.stamp.seq == end.next() { Ok(entry.stamp.seq) } else { Err(conflict.clone()) }
    })
}

/// A log could not do it. The same error may answer many at once.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LogError {
    /// Two write to one doc.
    #[error("entries after {after:?} were refused: the log {key} is at {last:?}, somebody else writes to it")]
    Conflict {
        /// To which.
        key: Key,
        /// Where the writer thought it was.
        after: Seq,
        /// Where it is.
        last: Seq,
    },
    /// Another process has the folder open.
    #[error(
        "the data folder {} is already open by another naze: stop that one, or give this one another folder with --data",
        folder.display()
    )]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder cannot be made or written.
    #[error("the data folder {} cannot be used ({why}): make it writable, or give another one with --data", folder.display())]
    Unusable {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The file is not as it was written.
    #[error(
        "the file {} is damaged ({what}): nothing was changed in it. Put a backup in its place, or move it away to start empty",
        file.display()
    )]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The file was written by a later version.
    #[error("the file {} was written by a newer naze (format {version}): start that one instead", file.display())]
    Newer {
        /// The file.
        file: PathBuf,
        /// The version of its format.
        version: i64,
    },
    /// No room is left.
    #[error("the disk that holds {} is full: make room on it; nothing that was shown as saved is lost", file.display())]
    Full {
        /// The file.
        file: PathBuf,
    },
    /// Nothing may be written there.
    #[error(
        "the file {} cannot be written: its folder or disk is read-only, or the disk has a fault. Make it writable; nothing that was shown as \
         saved is lost",
        file.display()
    )]
    ReadOnly {
        /// The file.
        file: PathBuf,
    },
    /// Anything else.
    #[error("the log could not be read or written: {what}")]
    Failed {
        /// What the store says.
        what: String,
    },
    /// It was closed.
    #[error("the log is closed")]
    Closed,
}

impl LogError {
    fn unable() -> Self {
        Self::Failed { what: "this log keeps nothing on disk".to_owned() }
    }
}

impl Stored {
    /// The doc that snapshot and entries give.
    ///
    /// # Errors
    /// When an entry is missing between others, or one does not fit: nothing is ever skipped.
    pub fn replay(&self, key: Key) -> Result<AnyDoc, LogError> {
        let mut doc = self.snapshot.clone().unwrap_or_else(|| AnyDoc::empty(key.doc));
        for entry in &self.entries {
            let fits = entry.stamp.seq == doc.seq().next();
            if !fits || !matches!(doc.apply(entry), Outcome::Applied(_)) {
                let what = format!("entry {} of {key} does not fit", entry.stamp.seq.0);
                return Err(LogError::Failed { what });
            }
        }
        Ok(doc)
    }
}
