//! What was wished and is not done: written down before anything is tried, and done at a later start if it has to be. Then it is about
//! what was there when it was wished, and nothing that came since.

use std::path::Path;

use rusqlite::{Connection, params};
use shared::{DocId, Millis, WorkshopId};

use super::erase::{erase, known};
use super::schema::explain;
use crate::erase::{Ledger, Noted, Reach, Wish};
use crate::log::LogError;
use crate::log::stored::write_doc;

/// When so many starts could not do it, the next one will hardly: somebody has to look.
const STARTS: u32 = 3;

fn unread(why: std::io::Error) -> LogError {
    LogError::Failed { what: why.to_string() }
}

/// How far a workshop has got. Every entry is looked at: the latest one need not be the last of its doc.
pub(super) fn reach(connection: &Connection, file: &Path, workshop: WorkshopId) -> Result<Reach, LogError> {
    let explain = |error| explain(file, &error);
    // A line that cannot be read has a number all the same.
    let select = "SELECT docs.doc, entries.seq,
        CASE WHEN json_valid(entries.body) THEN json_extract(entries.body, '$.at') END,
        (SELECT max(CASE WHEN json_valid(these.body) THEN json_extract(these.body, '$.at') END)
        FROM entries AS these WHERE these.doc = docs.id)
        FROM docs JOIN entries ON entries.doc = docs.id
        AND entries.seq = (SELECT max(seq) FROM entries AS these WHERE these.doc = docs.id) WHERE docs.workshop = ?1";
    let mut select = connection.prepare_cached(select).map_err(explain)?;
    let rows = select.query_map(params![workshop.to_string()], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, Option<i64>>(2)?,
            row.get::<_, Option<i64>>(3)?,
        ))
    });
    let moment = |at: Option<i64>| at.and_then(|at| u64::try_from(at).ok()).map(Millis).unwrap_or_default();
    let (mut reach, roster) = (Reach::default(), write_doc(DocId::Roster));
    for row in rows.map_err(explain)? {
        let (doc, seq, at, latest) = row.map_err(explain)?;
        let seq = u64::try_from(seq).unwrap_or(0);
        reach.entries = reach.entries.saturating_add(seq);
        if doc == roster {
            (reach.roster, reach.at) = (seq, moment(at));
        }
        reach.latest = reach.latest.max(moment(latest));
    }
    Ok(reach)
}

/// A wish about everything in a file, whose numbers may be of another history: it is dated after the latest thing in it.
pub(super) fn about_all(wish: Wish, reach: Reach) -> Wish {
    Wish { at: wish.at.max(Millis(reach.latest.0.saturating_add(1))), upto: None, ..wish }
}

/// Writes a wish down, about everything that is there now. One that stands there already and is not done is tried again: as it is, if
/// nothing was written since (what fails every hour adds one line, not one an hour), and else dated anew under its own id.
pub(super) fn write_down(connection: &Connection, file: &Path, ledger: &Ledger, wish: Wish) -> Result<Wish, LogError> {
    let mut wish = Wish { upto: Some(reach(connection, file, wish.workshop)?), ..wish };
    for Noted { wish: old, .. } in ledger.read().map_err(unread)?.into_iter().rev() {
        let is_same = old.workshop == wish.workshop && old.what == wish.what;
        if is_same && known(connection, &old).map_err(|error| explain(file, &error))?.is_none() {
            if old.upto == wish.upto {
                return Ok(old);
            }
            wish.id = old.id;
            break;
        }
    }
    ledger.add(&wish).map_err(unread)?;
    Ok(wish)
}

/// What is written down and not done.
pub(super) fn open(connection: &Connection, file: &Path, ledger: &Ledger) -> Result<Vec<Noted>, LogError> {
    let mut open = Vec::new();
    for noted in ledger.read().map_err(unread)? {
        if known(connection, &noted.wish).map_err(|error| explain(file, &error))?.is_none() {
            open.push(noted);
        }
    }
    Ok(open)
}

/// Does what a crash, or an old backup that was put back, has left to be done. What cannot be done is tried at every start, because a
/// good copy may have been put back meanwhile; that it was not done is noted, and said each time.
pub(super) fn resume(connection: &mut Connection, file: &Path, folder: &Path) {
    let ledger = Ledger::of(folder);
    let wishes = match open(connection, file, &ledger) {
        Ok(wishes) => wishes,
        Err(why) => {
            tracing::error!(%why, "what was to be erased cannot be read");
            return;
        }
    };
    for Noted { wish, failed } in wishes {
        let Err(why) = erase(connection, file, &wish) else {
            tracing::info!(workshop = %wish.workshop, what = ?wish.what, "what was wished before this start is erased");
            continue;
        };
        let starts = failed.saturating_add(1);
        if failed < STARTS
            && let Err(why) = ledger.add_failed(&wish)
        {
            tracing::error!(%why, "it cannot be noted that something is still to be erased");
        }
        if starts < STARTS {
            tracing::error!(workshop = %wish.workshop, %why, "something is still to be erased; tried again at the next start");
        } else {
            tracing::error!(
                workshop = %wish.workshop, what = ?wish.what, %why, starts = STARTS,
                "something that was wished is NOT erased, and so many starts or more could not do it: put back a copy that can be read \
                 (naze restore), or erase the whole workshop (naze erase workshop CODE); naze erase list shows what is not done"
            );
        }
    }
}
