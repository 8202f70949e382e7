//! Erasing in the file: entries are rewritten or removed in one transaction, together with the line that says so; then the file
//! is written anew, because what was overwritten may still lie in its free pages and in the log beside it.
//!
//! A crash leaves it undone, done, or done and not swept. The next start does what is left ([`resume`]).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use shared::docs::directory::{Directory, DirectoryOp};
use shared::docs::workshop::Language;
use shared::{AnyDoc, By, ClientId, DocId, Entry, Millis, Op, OpId, PersonId, Seq, Stamp, WorkshopId};

use super::schema::explain;
use crate::clock;
use crate::erase::{Erased, Ledger, What, Wish, rewritten};
use crate::log::stored::{BadLine, read_doc, read_entry, write_doc, write_entry, write_snapshot};
use crate::log::{Key, LogError, Stored};

/// How often it is tried to empty the log beside the file: somebody may be reading from it.
const TRIES: u32 = 100;
const BETWEEN: Duration = Duration::from_millis(100);

/// A doc of the file.
struct Row {
    id: i64,
    key: Key,
}

/// Does what is wished, unless it is done already.
pub(super) fn erase(connection: &mut Connection, file: &Path, wish: &Wish) -> Result<Erased, LogError> {
    let explain = |error| explain(file, &error);
    let all = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(explain)?;
    if let Some(done) = known(&all, wish).map_err(explain)? {
        return Ok(done);
    }
    let rows = docs_of(&all, file, wish.workshop)?;
    let mut people = BTreeSet::new();
    let language = match wish.what {
        // Nothing is put in the place of anything: a line that cannot be read is in nobody's way.
        What::Workshop => Language::default(),
        What::Names | What::Person(_) => language_of(&all, file, &rows)?,
    };
    for row in &rows {
        match (wish.what, row.key.doc) {
            (What::Workshop, doc) => {
                if doc == DocId::Roster {
                    // They are only counted: of a damaged roster nobody can be.
                    let all = entries(&all, file, row).unwrap_or_default();
                    people
                        .extend(all.iter().filter_map(|entry| rewritten(entry, wish.what, language)).map(|(id, _)| id));
                }
                remove(&all, row.id).map_err(explain)?;
            }
            (What::Names | What::Person(_), DocId::Roster | DocId::Board(_)) => {
                people.extend(rewrite(&all, file, row, wish.what, language)?);
            }
            _ => {}
        }
    }
    if wish.what == What::Workshop {
        close_code(&all, file, wish.workshop)?;
    }
    let people = u32::try_from(people.len()).unwrap_or(u32::MAX);
    let erased = Erased { wish: *wish, people, done_at: clock::now(), swept_at: None };
    keep(&all, &erased).map_err(explain)?;
    all.commit().map_err(explain)?;
    Ok(erased)
}

/// What is answered about one person of whom nothing is left to erase: no line is added anywhere for it.
pub(super) fn nothing_left(connection: &mut Connection, file: &Path, wish: &Wish) -> Result<Option<Erased>, LogError> {
    let What::Person(_) = wish.what else { return Ok(None) };
    let all = connection.transaction().map_err(|error| explain(file, &error))?;
    let rows = docs_of(&all, file, wish.workshop)?;
    let language = language_of(&all, file, &rows)?;
    for row in &rows {
        if !matches!(row.key.doc, DocId::Roster | DocId::Board(_)) {
            continue;
        }
        let is_left = |entry: &Entry| rewritten(entry, wish.what, language).is_some();
        if entries(&all, file, row)?.iter().any(is_left) {
            return Ok(None);
        }
    }
    let now = clock::now();
    Ok(Some(Erased { wish: *wish, people: 0, done_at: now, swept_at: Some(now) }))
}

/// The wish that is written down and not done yet, or this one: what fails every hour adds one line, not one an hour.
pub(super) fn pending(connection: &Connection, file: &Path, ledger: &Ledger, wish: Wish) -> Result<Wish, LogError> {
    let unread = |why: std::io::Error| LogError::Failed { what: why.to_string() };
    for old in ledger.read().map_err(unread)?.into_iter().rev() {
        let is_same = old.workshop == wish.workshop && old.what == wish.what;
        if is_same && known(connection, &old).map_err(|error| explain(file, &error))?.is_none() {
            // Done now: what was kept aside since the first try goes too.
            return Ok(Wish { id: old.id, ..wish });
        }
    }
    Ok(wish)
}

fn known(all: &Connection, wish: &Wish) -> rusqlite::Result<Option<Erased>> {
    let id = wish.id.to_string();
    let found = all.query_row("SELECT body, swept_at FROM erasures WHERE id = ?1", [id], erased_of).optional()?;
    Ok(found.flatten())
}

fn erased_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Erased>> {
    let (body, swept): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
    let swept_at = swept.and_then(|at| u64::try_from(at).ok()).map(Millis);
    Ok(serde_json::from_str(&body).ok().map(|erased: Erased| Erased { swept_at, ..erased }))
}

fn keep(all: &Transaction<'_>, erased: &Erased) -> rusqlite::Result<()> {
    let body = serde_json::to_string(erased).map_err(|why| rusqlite::Error::ToSqlConversionFailure(why.into()))?;
    all.execute("INSERT INTO erasures (id, body) VALUES (?1, ?2)", params![erased.wish.id.to_string(), body])?;
    Ok(())
}

/// Everything that was erased, the first one first.
pub(super) fn list(reader: &Connection, file: &Path) -> Result<Vec<Erased>, LogError> {
    let explain = |error| explain(file, &error);
    let mut select = reader.prepare("SELECT body, swept_at FROM erasures ORDER BY rowid").map_err(explain)?;
    let rows = select.query_map([], erased_of).map_err(explain)?;
    rows.filter_map(Result::transpose).collect::<Result<_, _>>().map_err(explain)
}

/// When the last thing was written, by workshop.
pub(super) fn last_written(reader: &Connection, file: &Path) -> Result<BTreeMap<WorkshopId, Millis>, LogError> {
    let explain = |error| explain(file, &error);
    // A line that cannot be read keeps no other workshop from its time.
    let last =
        "SELECT docs.workshop, max(CASE WHEN json_valid(entries.body) THEN json_extract(entries.body, '$.at') END)
        FROM docs JOIN entries ON entries.doc = docs.id
        AND entries.seq = (SELECT max(seq) FROM entries AS these WHERE these.doc = docs.id)
        WHERE docs.doc <> 'directory' GROUP BY docs.workshop";
    let mut select = reader.prepare_cached(last).map_err(explain)?;
    let rows =
        select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?))).map_err(explain)?;
    let mut all = BTreeMap::new();
    for row in rows {
        let (workshop, at) = row.map_err(explain)?;
        if let (Ok(workshop), Some(Ok(at))) = (workshop.parse(), at.map(u64::try_from)) {
            all.insert(workshop, Millis(at));
        }
    }
    Ok(all)
}

fn damaged(file: &Path, why: &BadLine) -> LogError {
    LogError::Damaged { file: file.to_owned(), what: why.to_string() }
}

fn docs_of(all: &Transaction<'_>, file: &Path, workshop: WorkshopId) -> Result<Vec<Row>, LogError> {
    let explain = |error| explain(file, &error);
    let mut select = all.prepare("SELECT id, doc FROM docs WHERE workshop = ?1 ORDER BY id").map_err(explain)?;
    let rows = select.query_map([workshop.to_string()], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)));
    let mut found = Vec::new();
    for row in rows.map_err(explain)? {
        let (id, name) = row.map_err(explain)?;
        let doc = read_doc(&name).map_err(|why| damaged(file, &why))?;
        found.push(Row { id, key: Key { workshop, doc } });
    }
    Ok(found)
}

fn entries(all: &Transaction<'_>, file: &Path, row: &Row) -> Result<Vec<Entry>, LogError> {
    let explain = |error| explain(file, &error);
    let select = "SELECT seq, body FROM entries WHERE doc = ?1 ORDER BY seq";
    let mut select = all.prepare_cached(select).map_err(explain)?;
    let lines = select.query_map([row.id], |line| Ok((line.get::<_, i64>(0)?, line.get::<_, String>(1)?)));
    let mut entries = Vec::new();
    for line in lines.map_err(explain)? {
        let (seq, body) = line.map_err(explain)?;
        let seq = Seq(u64::try_from(seq).unwrap_or(0));
        entries.push(read_entry(seq, &body).map_err(|why| damaged(file, &why))?);
    }
    Ok(entries)
}

/// What stands in the place of names is of the workshop's language.
fn language_of(all: &Transaction<'_>, file: &Path, rows: &[Row]) -> Result<Language, LogError> {
    let Some(row) = rows.iter().find(|row| row.key.doc == DocId::Workshop) else { return Ok(Language::default()) };
    match replayed(row.key, entries(all, file, row)?)? {
        AnyDoc::Workshop(workshop) => Ok(workshop.model.language),
        _ => Ok(Language::default()),
    }
}

fn replayed(key: Key, entries: Vec<Entry>) -> Result<AnyDoc, LogError> {
    Stored { snapshot: None, entries }.replay(key)
}

/// Rewrites a doc, and reads it through before it is kept: what cannot be read afterwards is never stored.
fn rewrite(
    all: &Transaction<'_>,
    file: &Path,
    row: &Row,
    what: What,
    language: Language,
) -> Result<BTreeSet<PersonId>, LogError> {
    let explain = |error| explain(file, &error);
    let mut people = BTreeSet::new();
    let mut log = entries(all, file, row)?;
    for entry in &mut log {
        let Some((person, new)) = rewritten(entry, what, language) else { continue };
        let body = write_entry(&new).map_err(|why| damaged(file, &why))?;
        let seq = i64::try_from(new.stamp.seq.0).unwrap_or(i64::MAX);
        all.execute("UPDATE entries SET body = ?3 WHERE doc = ?1 AND seq = ?2", params![row.id, seq, body])
            .map_err(explain)?;
        people.insert(person);
        *entry = new;
    }
    if people.is_empty() {
        return Ok(people);
    }
    let doc = replayed(row.key, log)?;
    let body = write_snapshot(&doc).map_err(|why| damaged(file, &why))?;
    let seq = i64::try_from(doc.seq().0).unwrap_or(i64::MAX);
    all.execute("INSERT OR REPLACE INTO snapshots (doc, seq, body) VALUES (?1, ?2, ?3)", params![row.id, seq, body])
        .map_err(explain)?;
    Ok(people)
}

fn remove(all: &Transaction<'_>, doc: i64) -> rusqlite::Result<()> {
    all.execute("DELETE FROM entries WHERE doc = ?1", [doc])?;
    all.execute("DELETE FROM snapshots WHERE doc = ?1", [doc])?;
    all.execute("DELETE FROM docs WHERE id = ?1", [doc])?;
    Ok(())
}

/// The code of a workshop that is no more leads nowhere.
fn close_code(all: &Transaction<'_>, file: &Path, workshop: WorkshopId) -> Result<(), LogError> {
    let explain = |error| explain(file, &error);
    let key = Key::directory();
    let id: Option<i64> = all
        .query_row(
            "SELECT id FROM docs WHERE workshop = ?1 AND doc = ?2",
            params![key.workshop.to_string(), write_doc(key.doc)],
            |row| row.get(0),
        )
        .optional()
        .map_err(explain)?;
    let Some(id) = id else { return Ok(()) };
    let mut doc = replayed(key, entries(all, file, &Row { id, key })?)?;
    for code in codes_of(&doc, workshop) {
        let seq = doc.seq().next();
        let n = u32::try_from(seq.0).unwrap_or(u32::MAX);
        let stamp = Stamp { seq, at: clock::now(), by: By::Server, id: OpId { client: ClientId::SERVER, n } };
        let entry = Entry { stamp, op: Op::Directory(DirectoryOp::Close { code }) };
        doc.take(&entry);
        let body = write_entry(&entry).map_err(|why| damaged(file, &why))?;
        let seq = i64::try_from(seq.0).unwrap_or(i64::MAX);
        all.execute("INSERT INTO entries (doc, seq, body) VALUES (?1, ?2, ?3)", params![id, seq, body])
            .map_err(explain)?;
    }
    Ok(())
}

fn codes_of(doc: &AnyDoc, workshop: WorkshopId) -> Vec<shared::JoinCode> {
    let of = |directory: &Directory| {
        directory.codes.iter().filter(|(_, id)| **id == workshop).map(|(code, _)| *code).collect()
    };
    match doc {
        AnyDoc::Directory(directory) => of(&directory.model),
        _ => Vec::new(),
    }
}

/// Writes the file anew and empties the log beside it: nothing that was overwritten is left in them.
pub(super) fn clean(connection: &Connection, file: &Path) -> Result<(), LogError> {
    let explain = |error| explain(file, &error);
    connection.execute_batch("VACUUM;").map_err(explain)?;
    for _ in 0..TRIES {
        let busy: i64 =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(explain)?;
        if busy == 0 {
            return Ok(());
        }
        sleep(BETWEEN);
    }
    Err(LogError::Failed { what: format!("{}: somebody reads it all the time", file.display()) })
}

/// When the last thing was wished that was erased, and of which the files may still have traces; none if they have none.
pub(super) fn unswept(connection: &Connection, file: &Path) -> Result<Option<Millis>, LogError> {
    let all = list(connection, file)?;
    Ok(all.iter().filter(|erased| erased.swept_at.is_none()).map(|erased| erased.wish.at).max())
}

/// The files have nothing left of what was erased so far.
pub(super) fn swept(connection: &Connection, file: &Path) -> Result<(), LogError> {
    let now = i64::try_from(clock::now().0).unwrap_or(i64::MAX);
    let update = "UPDATE erasures SET swept_at = ?1 WHERE swept_at IS NULL";
    connection.execute(update, [now]).map(drop).map_err(|error| explain(file, &error))
}

/// What a crash, or an old backup that was put back, has left to be done. What cannot be done now is tried again at the next start.
pub(super) fn resume(connection: &mut Connection, file: &Path, folder: &Path) {
    let wishes = match Ledger::of(folder).read() {
        Ok(wishes) => wishes,
        Err(why) => {
            tracing::error!(%why, "what was to be erased cannot be read");
            return;
        }
    };
    for wish in wishes {
        if let Err(why) = erase(connection, file, &wish) {
            tracing::error!(workshop = %wish.workshop, %why, "something is still to be erased; tried again at the next start");
        }
    }
}
