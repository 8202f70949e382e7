//! Puts a copy in the place of a store that is damaged. What was there is kept aside; what was erased since the copy was made is
//! erased again when the server starts ([`crate::erase`]).

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::automatic::remove;
use super::{BackupError, Counts, verify};
use crate::clock;
use crate::log::SqliteLog;
use crate::said::Said;

/// How the names of files begin that were kept aside; the moment follows.
const ASIDE: &str = "naze-before-";
/// What belongs to a store. The log first: beside another store it would be taken for that one's.
const ENDINGS: [&str; 3] = ["db-wal", "db-shm", "db"];
/// A copy on its way in.
const NEW: &str = "naze.db.new";

/// What was put back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Restored {
    /// Where it is now.
    pub file: PathBuf,
    /// Where what was there before is kept, if anything was.
    pub aside: Vec<PathBuf>,
    /// What is in it.
    pub counts: Counts,
}

/// Reads a copy through, without changing anything.
///
/// # Errors
/// When it is no copy, or a damaged one.
pub fn check(file: &Path) -> Result<Counts, BackupError> {
    if !file.is_file() {
        return Err(BackupError::NoCopy(file.to_owned()));
    }
    let copy = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    verify::counts(&copy)
}

/// Puts a copy in the place of the store in `folder`, which no server has open.
///
/// # Errors
/// When the copy is not good, or a server runs there; then nothing was changed.
pub fn restore(copy: &Path, folder: &Path) -> Result<Restored, BackupError> {
    let counts = check(copy)?;
    let unwritable = |file: &Path| {
        let file = file.to_owned();
        move |why: io::Error| BackupError::NotWritable { file, why }
    };
    fs::create_dir_all(folder).map_err(unwritable(folder))?;
    let lock = SqliteLog::lock(folder).map_err(unwritable(folder))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(BackupError::InUse(folder.to_owned())),
        Err(TryLockError::Error(why)) => return Err(unwritable(folder)(why)),
    }
    let file = SqliteLog::database(folder);
    // All of it is in the folder before anything there is moved: a full disk, or a crash, leaves what was there.
    let new = folder.join(NEW);
    let _ = fs::remove_file(&new);
    super::make_empty(&new)?;
    fs::copy(copy, &new).map_err(unwritable(&new))?;
    File::open(&new).and_then(|file| file.sync_all()).map_err(unwritable(&new))?;
    let aside = set_aside(&file)?;
    fs::rename(&new, &file).map_err(unwritable(&file))?;
    Ok(Restored { file, aside, counts })
}

/// A store that was kept aside, with the log that belongs to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Aside {
    store: PathBuf,
}

impl Aside {
    /// Its file. It may not be there, if a crash left its log alone.
    pub fn store(&self) -> &Path {
        &self.store
    }

    /// Whether a log with something in it lies beside it.
    pub fn has_log(&self) -> bool {
        fs::metadata(self.store.with_extension("db-wal")).is_ok_and(|log| log.len() > 0)
    }

    /// Removes all of it.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn remove(&self) -> Result<(), BackupError> {
        ENDINGS.iter().try_for_each(|ending| remove(&self.store.with_extension(ending)))
    }
}

/// All that is kept aside in a data folder.
pub fn aside(folder: &Path) -> Vec<Aside> {
    let Ok(found) = fs::read_dir(folder) else { return Vec::new() };
    let of = |path: PathBuf| {
        let name = path.file_name()?.to_str()?;
        let ending = path.extension()?.to_str()?;
        let is_one = name.starts_with(ASIDE) && ENDINGS.contains(&ending);
        is_one.then(|| path.with_extension("db"))
    };
    let stores: BTreeSet<PathBuf> = found.filter_map(Result::ok).filter_map(|found| of(found.path())).collect();
    stores.into_iter().map(|store| Aside { store }).collect()
}

/// Removes a copy that was on its way in when the machine stopped. Whoever does it has the folder locked.
///
/// # Errors
/// When it cannot be removed.
pub fn forget_unfinished(folder: &Path) -> Result<(), BackupError> {
    remove(&folder.join(NEW))
}

/// The store, and the log beside it that belongs to it alone.
fn set_aside(file: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let now = clock::written(clock::now()).replace(':', "");
    let mut kept = Vec::new();
    for ending in ENDINGS {
        let from = file.with_extension(ending);
        if !from.exists() {
            continue;
        }
        let to = file.with_file_name(format!("{ASIDE}{now}.{ending}"));
        fs::rename(&from, &to).map_err(|why| BackupError::NotWritable { file: to.clone(), why })?;
        kept.push(to);
    }
    Ok(kept)
}

impl Restored {
    /// What to tell.
    pub fn said(&self) -> Said {
        let file = self.file.display();
        let Counts { workshops, people, cards, entries } = self.counts;
        let aside: Vec<String> = self.aside.iter().map(|file| file.display().to_string()).collect();
        let (kept_ja, kept_en) = match aside.as_slice() {
            [] => (String::new(), String::new()),
            some => {
                let some = some.join(", ");
                (
                    format!(
                        "\nそれまでのファイルは残してあります: {some}\n名前が入っています。要らなくなったら消してください。"
                    ),
                    format!(
                        "\nWhat was there before is kept: {some}\nIt holds names: delete it when you need it no longer."
                    ),
                )
            }
        };
        Said::new(
            format!(
                "{file} に戻しました: ワークショップ {workshops}、参加者 {people}、カード {cards}、記録 {entries}。{kept_ja}\n\
                 このフォルダで消去したものは、次の起動時にもう一度消去されます。naze serve で始めてください。"
            ),
            format!(
                "{file} was restored. Workshops: {workshops}, people: {people}, cards: {cards}, entries: {entries}.{kept_en}\n\
                 What was erased in this folder is erased again at the next start: begin with naze serve."
            ),
        )
    }
}
