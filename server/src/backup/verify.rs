//! Reads a copy through, as the server would: every entry, by the same reducer.

use rusqlite::Connection;
use shared::{AnyDoc, Seq};

use super::BackupError;
use crate::log::stored::{read_doc, read_entry};

/// What is in a copy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Workshops.
    pub workshops: usize,
    /// People of all of them.
    pub people: usize,
    /// Cards that can be seen.
    pub cards: usize,
    /// Entries of all docs.
    pub entries: u64,
}

impl Counts {
    fn add(&mut self, doc: &AnyDoc) {
        self.entries += doc.seq().0;
        match doc {
            AnyDoc::Workshop(_) => self.workshops += 1,
            AnyDoc::Roster(roster) => self.people += roster.model.people.len(),
            AnyDoc::Board(board) => self.cards += shared::signs::read(&board.model).cards,
            AnyDoc::Doors(_) | AnyDoc::Directory(_) | AnyDoc::Tray(_) => {}
        }
    }
}

/// Counts what is in a copy, if all of it can be read.
pub(super) fn counts(copy: &Connection) -> Result<Counts, BackupError> {
    let check: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if check != "ok" {
        return Err(BackupError::Damaged(check));
    }
    let mut counts = Counts::default();
    let mut docs = copy.prepare("SELECT id, doc FROM docs ORDER BY id")?;
    for row in docs.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))? {
        let (id, name) = row?;
        counts.add(&replayed(copy, id, &name)?);
    }
    Ok(counts)
}

fn replayed(copy: &Connection, id: i64, name: &str) -> Result<AnyDoc, BackupError> {
    let damaged = |why: String| BackupError::Damaged(format!("{name}: {why}"));
    let mut doc = AnyDoc::empty(read_doc(name).map_err(|why| damaged(why.to_string()))?);
    let mut entries = copy.prepare_cached("SELECT seq, body FROM entries WHERE doc = ?1 ORDER BY seq")?;
    for row in entries.query_map([id], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))? {
        let (seq, body) = row?;
        let seq = u64::try_from(seq).map(Seq).map_err(|why| damaged(why.to_string()))?;
        if seq != doc.seq().next() {
            return Err(damaged(format!("entry {} is missing", doc.seq().next().0)));
        }
        let entry = read_entry(seq, &body).map_err(|why| damaged(why.to_string()))?;
        if !matches!(doc.apply(&entry), shared::Outcome::Applied(_)) {
            return Err(damaged(format!("entry {} does not fit", seq.0)));
        }
    }
    Ok(doc)
}
