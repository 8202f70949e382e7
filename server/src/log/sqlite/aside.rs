//! Stores that were kept aside when a copy was put back. What is erased from the store is erased from them too, one by one; of one
//! that cannot be read it cannot be, and it goes, unless it says itself that it has nothing of that any more.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::erase::{clean, erase, known, swept};
use super::schema;
use super::wishes::{about_all, reach};
use crate::backup::restore::{Aside, aside};
use crate::erase::Erased;
use crate::log::LogError;

/// Leaves nothing of what was erased from the store in what is kept aside.
pub(super) fn renew(folder: &Path, erased: &[Erased]) -> Result<(), LogError> {
    for one in aside(folder) {
        let Err(why) = erase_in(&one, erased) else { continue };
        match why {
            // It may be possible later: nothing is thrown away for want of room.
            LogError::Full { .. } | LogError::ReadOnly { .. } | LogError::Newer { .. } => return Err(why),
            why if !tells_itself(&one, erased) => {
                one.remove().map_err(|why| LogError::Failed { what: why.to_string() })?;
                tracing::warn!(
                    file = %one.store().display(), %why,
                    "a store that was kept aside is gone: it may have had what was erased since, and cannot be read"
                );
            }
            _ => {}
        }
    }
    Ok(())
}

fn erase_in(one: &Aside, erased: &[Erased]) -> Result<(), LogError> {
    let file = one.store();
    let damaged = || LogError::Damaged { file: file.to_owned(), what: "there is only its log".to_owned() };
    if !file.is_file() {
        return Err(damaged());
    }
    if is_done(file, erased) {
        return Ok(());
    }
    let mut connection = schema::open_to_write(file)?;
    for done in erased {
        let reach = reach(&connection, file, done.wish.workshop)?;
        // Whoever is in it: it is nobody's workshop any more, and its numbers may be those of another history.
        erase(&mut connection, file, &about_all(done.wish, reach))?;
    }
    clean(&connection, file)?;
    swept(&connection, file)?;
    connection.close().map_err(|(_, why)| schema::explain(file, &why))
}

/// Whether all of it was erased in it, before or since it was kept aside. Asked at every start, so it reads no more than that.
fn is_done(file: &Path, erased: &[Erased]) -> bool {
    let all = || -> rusqlite::Result<bool> {
        let store = Connection::open(file)?;
        for done in erased {
            if known(&store, &done.wish)?.is_none_or(|then| then.swept_at.is_none()) {
                return Ok(false);
            }
        }
        Ok(true)
    };
    all().unwrap_or(false)
}

/// Whether a store that cannot be read says all the same that everything was erased in it: the record is written together with what
/// is erased, and where it is in the file itself, nothing of before lies in a log beside it.
fn tells_itself(one: &Aside, erased: &[Erased]) -> bool {
    let Ok(bytes) = fs::read(one.store()) else { return erased.is_empty() };
    let says = |done: &Erased| {
        let id = done.wish.id.to_string();
        bytes.windows(id.len()).any(|part| part == id.as_bytes())
    };
    erased.iter().all(says) && (erased.is_empty() || !one.has_log())
}
