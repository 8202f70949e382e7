//! Erasing in the file: entries are rewritten or removed in one transaction, together with the line that says so; then the file
//! is written anew, because what was overwritten may still lie in its free pages and in the log beside it.
//!
//! A crash leaves it undone, done, or done and not swept. The next start does what is left ([`wishes::resume`]).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use shared::docs::directory::{Directory, DirectoryOp};
use shared::docs::workshop::Language;
use shared::{AnyDoc, By, ClientId, DocId, Entry, Millis, Op, OpId, PersonId, Seq, Stamp, WorkshopId};

use super::schema::explain;
use super::wishes;
use crate::clock;
use crate::erase::{Erased, Reach, What, Wish, Written, rewritten};
use crate::log::stored::{BadLine, read_doc, read_entry, write_doc, write_entry, write_snapshot};
use crate::log::{Key, LogError, Stored};

/// How often it is tried to empty the log beside the file: somebody may be reading from it.
pub(super) const TRIES: u32 = 100;
/// Between two tries.
pub(super) const BETWEEN: Duration = Duration::from_millis(100);
/// How long the writer waits for the file otherwise: as it is opened.
const PATIENCE: Duration = Duration::from_secs(5);

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
    let far = wishes::reach(&all, file, wish.workshop)?;
    let mut people = BTreeSet::new();
    let (language, since) = match wish.what {
        // Nothing is put in the place of anything: a line that cannot be read is in nobody's way.
        What::Workshop => {
            refuse_if_overtaken(&all, file, &rows, wish, far)?;
            (Language::default(), BTreeSet::new())
        }
        What::Names | What::Person(_) => (language_of(&all, file, &rows)?, since(&all, file, &rows, wish)?),
    };
    let late = Late { wish, since: &since, language };
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
                people.extend(rewrite(&all, file, row, &late)?);
            }
            _ => {}
        }
    }
    if wish.what == What::Workshop {
        close_code(&all, file, wish.workshop)?;
    }
    let people = u32::try_from(people.len()).unwrap_or(u32::MAX);
    let upto = Some(if since.is_empty() { far.entries } else { 0 });
    let erased = Erased { wish: *wish, people, done_at: clock::now(), swept_at: None, upto };
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
    Ok(Some(Erased { wish: *wish, people: 0, done_at: now, swept_at: Some(now), upto: None }))
}

pub(super) fn known(all: &Connection, wish: &Wish) -> rusqlite::Result<Option<Erased>> {
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

/// What is known of each workshop.
pub(super) fn last_written(reader: &Connection, file: &Path) -> Result<BTreeMap<WorkshopId, Written>, LogError> {
    let explain = |error| explain(file, &error);
    // A line that cannot be read keeps no other workshop from its time.
    let last =
        "SELECT docs.workshop, max(CASE WHEN json_valid(entries.body) THEN json_extract(entries.body, '$.at') END),
        sum(entries.seq) FROM docs JOIN entries ON entries.doc = docs.id
        AND entries.seq = (SELECT max(seq) FROM entries AS these WHERE these.doc = docs.id)
        WHERE docs.doc <> 'directory' GROUP BY docs.workshop";
    let mut select = reader.prepare_cached(last).map_err(explain)?;
    let rows = select
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, i64>(2)?)));
    let mut all = BTreeMap::new();
    for row in rows.map_err(explain)? {
        let (workshop, at, entries) = row.map_err(explain)?;
        if let (Ok(workshop), Some(Ok(at)), Ok(entries)) = (workshop.parse(), at.map(u64::try_from), entries.try_into())
        {
            all.insert(workshop, Written { last: Millis(at), entries });
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

fn roster(all: &Transaction<'_>, file: &Path, rows: &[Row]) -> Result<Vec<Entry>, LogError> {
    let row = rows.iter().find(|row| row.key.doc == DocId::Roster);
    row.map_or(Ok(Vec::new()), |row| entries(all, file, row))
}

/// What has come to the roster since it was wished.
fn since(all: &Transaction<'_>, file: &Path, rows: &[Row], wish: &Wish) -> Result<BTreeSet<Seq>, LogError> {
    Ok(wish.since(&roster(all, file, rows)?))
}

/// A workshop in which somebody wrote after it was wished away is not taken from them unasked.
fn refuse_if_overtaken(
    all: &Transaction<'_>,
    file: &Path,
    rows: &[Row],
    wish: &Wish,
    far: Reach,
) -> Result<(), LogError> {
    // One that cannot be read is in nobody's way.
    let roster = roster(all, file, rows).unwrap_or_default();
    if wish.is_overtaken(far, &roster) {
        let what = "something was written in the workshop after it was wished: ask for it again".to_owned();
        return Err(LogError::Failed { what });
    }
    Ok(())
}

/// A wish that may be done later than it was wished.
struct Late<'a> {
    wish: &'a Wish,
    since: &'a BTreeSet<Seq>,
    language: Language,
}

/// Rewrites a doc, and reads it through before it is kept: what cannot be read afterwards is never stored.
fn rewrite(all: &Transaction<'_>, file: &Path, row: &Row, late: &Late<'_>) -> Result<BTreeSet<PersonId>, LogError> {
    let explain = |error| explain(file, &error);
    let mut people = BTreeSet::new();
    let mut log = entries(all, file, row)?;
    for entry in &mut log {
        if !late.wish.is_about(entry, late.since) {
            continue;
        }
        let Some((person, new)) = rewritten(entry, late.wish.what, late.language) else { continue };
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

/// Writes the file anew: nothing that was overwritten is left in it. [`emptied`] is to follow.
pub(super) fn anew(connection: &Connection, file: &Path) -> Result<(), LogError> {
    connection.execute_batch("VACUUM;").map_err(|error| explain(file, &error))
}

/// What became of a try to empty the log beside the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Emptied {
    Yes,
    /// Somebody reads from it. To wait is not this thread's: everybody's saving would wait with it.
    SomebodyReads,
}

/// Tries to empty the log beside the file, and waits for nobody.
pub(super) fn emptied(connection: &Connection, file: &Path) -> Result<Emptied, LogError> {
    let explain = |error| explain(file, &error);
    connection.busy_timeout(Duration::ZERO).map_err(explain)?;
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
    connection.busy_timeout(PATIENCE).map_err(explain)?;
    Ok(if busy.map_err(explain)? == 0 { Emptied::Yes } else { Emptied::SomebodyReads })
}

/// When somebody reads it all the time.
pub(super) fn never_empty(file: &Path) -> LogError {
    LogError::Failed { what: format!("{}: somebody reads it all the time", file.display()) }
}

/// Both, while nobody else waits for this file: before a start, or in one that is kept aside.
pub(super) fn clean(connection: &Connection, file: &Path) -> Result<(), LogError> {
    anew(connection, file)?;
    for _ in 0..TRIES {
        if emptied(connection, file)? == Emptied::Yes {
            return Ok(());
        }
        sleep(BETWEEN);
    }
    Err(never_empty(file))
}

/// Whether the files may still have traces of something that was erased.
pub(super) fn is_unswept(connection: &Connection, file: &Path) -> Result<bool, LogError> {
    let all = list(connection, file)?;
    Ok(all.iter().any(|erased| erased.swept_at.is_none()))
}

/// The files have nothing left of what was erased so far.
pub(super) fn swept(connection: &Connection, file: &Path) -> Result<(), LogError> {
    let now = i64::try_from(clock::now().0).unwrap_or(i64::MAX);
    let update = "UPDATE erasures SET swept_at = ?1 WHERE swept_at IS NULL";
    connection.execute(update, [now]).map(drop).map_err(|error| explain(file, &error))
}
