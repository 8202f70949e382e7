//! The stored form: readable JSON with a version of its own. It knows the model, and nothing of the wire or of SQL.
//!
//! A later version reads what this one wrote: `v` says which it is. Golden lines below must be read for ever.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use shared::{AnyDoc, By, DocId, Entry, GroupId, Millis, Op, OpId, PersonId, Seq, Stamp};

/// The version that is written.
const VERSION: u8 = 1;

/// A stored line could not be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadLine {
    /// Not JSON of this form.
    #[error("a stored line cannot be read: {0}")]
    Form(String),
    /// Written by a later version.
    #[error("a stored line is of version {0}: start the newer naze that wrote it")]
    Version(u8),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Whose {
    Server,
    Lead,
    Helper,
    Person(PersonId),
}

impl From<By> for Whose {
    fn from(by: By) -> Self {
        match by {
            By::Server => Self::Server,
            By::Lead => Self::Lead,
            By::Helper => Self::Helper,
            By::Person(id) => Self::Person(id),
        }
    }
}

impl From<Whose> for By {
    fn from(whose: Whose) -> Self {
        match whose {
            Whose::Server => Self::Server,
            Whose::Lead => Self::Lead,
            Whose::Helper => Self::Helper,
            Whose::Person(id) => Self::Person(id),
        }
    }
}

/// Its number in the log is kept beside it.
#[derive(Serialize, Deserialize)]
struct EntryLine<'a> {
    v: u8,
    at: Millis,
    by: Whose,
    id: OpId,
    op: Cow<'a, Op>,
}

#[derive(Serialize, Deserialize)]
struct SnapshotLine<'a> {
    v: u8,
    doc: Cow<'a, AnyDoc>,
}

#[derive(Deserialize)]
struct Version {
    v: u8,
}

/// What kind of trouble and where: the words of the line itself may be somebody's, and this is written into logs.
fn bad(why: &serde_json::Error) -> BadLine {
    BadLine::Form(format!("{:?} error at character {}", why.classify(), why.column()))
}

fn read<'a, T: Deserialize<'a>>(line: &'a str) -> Result<T, BadLine> {
    serde_json::from_str(line).map_err(|why| match serde_json::from_str::<Version>(line) {
        Ok(Version { v }) if v != VERSION => BadLine::Version(v),
        _ => bad(&why),
    })
}

/// An entry as it is stored.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn write_entry(entry: &Entry) -> Result<String, BadLine> {
    let Stamp { at, by, id, .. } = entry.stamp;
    let line = EntryLine { v: VERSION, at, by: by.into(), id, op: Cow::Borrowed(&entry.op) };
    serde_json::to_string(&line).map_err(|why| bad(&why))
}

/// The entry that was stored under the number `seq`.
///
/// # Errors
/// When the line is of a later version, or not a line.
pub fn read_entry(seq: Seq, line: &str) -> Result<Entry, BadLine> {
    let EntryLine { v, at, by, id, op } = read(line)?;
    match v {
        VERSION => Ok(Entry { stamp: Stamp { seq, at, by: by.into(), id }, op: op.into_owned() }),
        other => Err(BadLine::Version(other)),
    }
}

/// A snapshot as it is stored.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn write_snapshot(doc: &AnyDoc) -> Result<String, BadLine> {
    serde_json::to_string(&SnapshotLine { v: VERSION, doc: Cow::Borrowed(doc) }).map_err(|why| bad(&why))
}

/// The doc that was stored.
///
/// # Errors
/// When the line is of a later version, or not a line.
pub fn read_snapshot(line: &str) -> Result<AnyDoc, BadLine> {
    let SnapshotLine { v, doc } = read(line)?;
    match v {
        VERSION => Ok(doc.into_owned()),
        other => Err(BadLine::Version(other)),
    }
}

/// The name of a doc in the store.
pub fn write_doc(doc: DocId) -> String {
    match doc {
        DocId::Workshop => "workshop".to_owned(),
        DocId::Roster => "roster".to_owned(),
        DocId::Board(group) => format!("board/{group}"),
        DocId::Doors => "doors".to_owned(),
        DocId::Directory => "directory".to_owned(),
        DocId::Tray(person) => format!("tray/{}", person.0),
    }
}

/// The doc of this name.
///
/// # Errors
/// When there is none.
pub fn read_doc(name: &str) -> Result<DocId, BadLine> {
    match name {
        "workshop" => Ok(DocId::Workshop),
        "roster" => Ok(DocId::Roster),
        "doors" => Ok(DocId::Doors),
        "directory" => Ok(DocId::Directory),
        other => other
            .split_once('/')
            .and_then(|(kind, number)| match kind {
                "board" => number.parse().ok().map(|group| DocId::Board(GroupId(group))),
                "tray" => number.parse().ok().map(|person| DocId::Tray(PersonId(person))),
                _ => None,
            })
            .ok_or_else(|| BadLine::Form(format!("no doc is called {other:?}"))),
    }
}

#[cfg(test)]
mod tests;
