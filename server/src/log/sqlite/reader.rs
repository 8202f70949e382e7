//! What is read: a doc, and which docs there are. Every row that cannot be read is an error; nothing is skipped.

use std::path::Path;

use rusqlite::{Connection, Error, OptionalExtension, Row, params};
use shared::Seq;

use super::schema::explain;
use crate::log::stored::{BadLine, read_doc, read_entry, read_snapshot, write_doc};
use crate::log::{Key, LogError, Stored};

fn damaged(file: &Path, why: &BadLine) -> LogError {
    LogError::Damaged { file: file.to_owned(), what: why.to_string() }
}

fn seq_of(file: &Path, number: i64) -> Result<Seq, LogError> {
    let why = BadLine::Form(format!("an entry is numbered {number}"));
    u64::try_from(number).map(Seq).map_err(|_| damaged(file, &why))
}

/// The latest snapshot of a doc and the entries after it, as of one moment.
pub(super) fn load(reader: &Connection, file: &Path, key: Key) -> Result<Stored, LogError> {
    let explain = |error: Error| explain(file, &error);
    // Without a transaction a snapshot could be put between the two queries.
    let moment = reader.unchecked_transaction().map_err(explain)?;
    let id: Option<i64> = moment
        .prepare_cached("SELECT id FROM docs WHERE workshop = ?1 AND doc = ?2")
        .and_then(|mut find| find.query_row(params![key.workshop.to_string(), write_doc(key.doc)], first).optional())
        .map_err(explain)?;
    let Some(id) = id else { return Ok(Stored::default()) };
    let snapshot: Option<String> = moment
        .prepare_cached("SELECT body FROM snapshots WHERE doc = ?1")
        .and_then(|mut find| find.query_row([id], first).optional())
        .map_err(explain)?;
    let snapshot = snapshot.map(|body| read_snapshot(&body)).transpose().map_err(|why| damaged(file, &why))?;
    let from = snapshot.as_ref().map_or(0, |doc| i64::try_from(doc.seq().0).unwrap_or(i64::MAX));
    let mut select = moment
        .prepare_cached("SELECT seq, body FROM entries WHERE doc = ?1 AND seq > ?2 ORDER BY seq")
        .map_err(explain)?;
    let mut entries = Vec::new();
    for row in select.query_map([id, from], both::<i64>).map_err(explain)? {
        let (number, body) = row.map_err(explain)?;
        entries.push(read_entry(seq_of(file, number)?, &body).map_err(|why| damaged(file, &why))?);
    }
    Ok(Stored { snapshot, entries })
}

fn first<T: rusqlite::types::FromSql>(row: &Row<'_>) -> Result<T, Error> {
    row.get(0)
}

fn both<T: rusqlite::types::FromSql>(row: &Row<'_>) -> Result<(T, String), Error> {
    Ok((row.get(0)?, row.get(1)?))
}

/// Every log that has an entry.
pub(super) fn keys(reader: &Connection, file: &Path) -> Result<Vec<Key>, LogError> {
    let explain = |error: Error| explain(file, &error);
    let mut select = reader.prepare_cached("SELECT workshop, doc FROM docs ORDER BY id").map_err(explain)?;
    let mut keys = Vec::new();
    for row in select.query_map([], both::<String>).map_err(explain)? {
        let (workshop, doc) = row.map_err(explain)?;
        let no_id = BadLine::Form(format!("{workshop:?} is no workshop"));
        let workshop = workshop.parse().map_err(|_| damaged(file, &no_id))?;
        keys.push(Key { workshop, doc: read_doc(&doc).map_err(|why| damaged(file, &why))? });
    }
    Ok(keys)
}
