//! Copies that the server makes by itself, in a folder beside the data: of a store that is damaged one is always at hand. Each is
//! read through before it counts. What is erased from the store is erased from all of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{BackupError, Copied, Counts, copy, restore};
use crate::clock;
use crate::log::SqliteLog;

/// Their folder in the data folder.
pub const FOLDER: &str = "backups";
/// How their names begin and end. A copy by hand is called otherwise, and is nobody's but its owner's.
const BEGINS: &str = "naze-";
const ENDS: &str = ".db";
/// One that is being made.
const PART: &str = ".part";

/// All of them, the oldest first.
pub fn all(data: &Path) -> Vec<PathBuf> {
    let mut found = ours(data, |name| name.ends_with(ENDS));
    found.sort();
    found
}

/// What of the folder is ours.
fn ours(data: &Path, which: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let Ok(found) = fs::read_dir(data.join(FOLDER)) else { return Vec::new() };
    let is_ours = |path: &PathBuf| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(BEGINS) && which(name))
    };
    found.filter_map(Result::ok).map(|found| found.path()).filter(is_ours).collect()
}

/// The newest one that can be read through.
pub fn last_good(data: &Path) -> Option<PathBuf> {
    all(data).into_iter().rev().find(|file| restore::check(file).is_ok())
}

fn written(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}

/// Whether anything was written to the store since the last copy.
fn is_newer(data: &Path, than: &Path) -> bool {
    let store = SqliteLog::database(data);
    let log = store.with_extension("db-wal");
    let store = [written(&store), written(&log)].into_iter().flatten().max();
    store.zip(written(than)).is_none_or(|(store, copy)| store >= copy)
}

/// Makes one, and removes the oldest when there are more than so many.
///
/// # Errors
/// When it cannot be made; the others are left as they are.
pub fn make(data: &Path, kept: u16) -> Result<Option<PathBuf>, BackupError> {
    if all(data).last().is_some_and(|last| !is_newer(data, last)) {
        return Ok(None);
    }
    let Copied { file: made, counts, .. } = fresh(data)?;
    if counts == Counts::default() {
        // Nobody is helped by a copy of nothing.
        remove(&made)?;
        return Ok(None);
    }
    let all = all(data);
    for old in all.iter().take(all.len().saturating_sub(usize::from(kept.max(1)))) {
        remove(old)?;
    }
    Ok(Some(made))
}

fn fresh(data: &Path) -> Result<Copied, BackupError> {
    let folder = data.join(FOLDER);
    let unwritable = |why| BackupError::NotWritable { file: folder.clone(), why };
    fs::create_dir_all(&folder).map_err(unwritable)?;
    // A crash in the middle of one leaves a part of it.
    for part in ours(data, |name| !name.ends_with(ENDS)) {
        remove(&part)?;
    }
    let name = clock::written(clock::now()).replace(':', "");
    let name = format!("{BEGINS}{name}");
    // Of one second the later name is the later copy, whatever became of the first.
    let last = ours(data, |found| found.starts_with(&name)).into_iter().max();
    let file = (0..)
        .map(|n| if n == 0 { format!("{name}{ENDS}") } else { format!("{name}_{n:04}{ENDS}") })
        .map(|name| folder.join(name))
        .find(|file| last.as_ref().is_none_or(|last| file > last))
        .ok_or_else(|| BackupError::Exists(folder.clone()))?;
    let part = file.with_extension(format!("db{PART}"));
    let copied = copy(data, &part)?;
    fs::rename(&part, &file).map_err(|why| BackupError::NotWritable { file: file.clone(), why })?;
    Ok(Copied { file, ..copied })
}

pub(super) fn remove(file: &Path) -> Result<(), BackupError> {
    match fs::remove_file(file) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => {
            Err(BackupError::NotWritable { file: file.to_owned(), why })
        }
        _ => Ok(()),
    }
}

/// Something was erased: what is older than that goes. There is a new one first, if there was one at all and there is room for it.
///
/// # Errors
/// When one of the old ones cannot be removed, or no new one can be made because the store is damaged: then they stay.
pub fn renew(data: &Path) -> Result<(), BackupError> {
    let old = ours(data, |_| true);
    if old.is_empty() {
        return Ok(());
    }
    let made = match fresh(data) {
        // The store is damaged: what can be rescued is in the old ones. They go when there is a new one.
        Err(why @ (BackupError::Damaged(_) | BackupError::Unreadable(_))) if !is_for_room(&why) => return Err(why),
        made => made,
    };
    for file in &old {
        remove(file)?;
    }
    if let Err(why) = made
        && let Err(why) = fresh(data).map_err(|_| why)
    {
        tracing::warn!(%why, "copies with what was erased are gone, and no new one could be made");
    }
    Ok(())
}

/// Whether there is only no room for it.
fn is_for_room(why: &BackupError) -> bool {
    match why {
        BackupError::Unreadable(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
