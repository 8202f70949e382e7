//! Where each log ends, kept in memory so that an append asks the file only once. Belongs to the one writer.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Result, params};
use shared::Seq;

use crate::log::Key;
use crate::log::stored::write_doc;

/// A doc's number in the file, and its last entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) id: i64,
    pub(super) last: Seq,
}

/// The heads that are known.
#[derive(Default)]
pub(super) struct Heads {
    known: HashMap<Key, Head>,
}

impl Heads {
    /// The head of a log; a doc that was never written gets its row.
    pub(super) fn of(&mut self, file: &Connection, key: Key) -> Result<Head> {
        if let Some(head) = self.known.get(&key) {
            return Ok(*head);
        }
        let (workshop, doc) = (key.workshop.to_string(), write_doc(key.doc));
        let found: Option<i64> = file
            .prepare_cached("SELECT id FROM docs WHERE workshop = ?1 AND doc = ?2")?
            .query_row(params![workshop, doc], |row| row.get(0))
            .optional()?;
        let id = match found {
            Some(id) => id,
            None => file
                .prepare_cached("INSERT INTO docs (workshop, doc) VALUES (?1, ?2)")?
                .insert(params![workshop, doc])?,
        };
        let last: i64 = file
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM entries WHERE doc = ?1")?
            .query_row([id], |row| row.get(0))?;
        let head = Head { id, last: Seq(u64::try_from(last).unwrap_or(0)) };
        self.known.insert(key, head);
        Ok(head)
    }

    /// The log now ends there.
    pub(super) fn moved(&mut self, key: Key, head: Head) {
        self.known.insert(key, head);
    }

    /// A transaction was undone: what is known may never have happened.
    pub(super) fn forget(&mut self) {
        self.known.clear();
    }
}
