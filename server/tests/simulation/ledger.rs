//! What is durable: every doc after every entry, and what follows from that for who may have seen or been told what. It is fed by the disk
//! and asked by the phones; a server has no part in it.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use server::log::Key;
use shared::docs::roster::Roster;
use shared::docs::tray::TrayOp;
use shared::docs::workshop::Workshop;
use shared::wire::encode;
use shared::{AnyDoc, Doc, DocId, Entry, GroupId, Op, OpId, Outcome, Point};

/// The docs as the disk has them.
#[derive(Default)]
pub(crate) struct Ledger {
    docs: BTreeMap<DocId, AnyDoc>,
    entries: BTreeMap<DocId, Vec<Entry>>,
    /// What a doc is at a point of its log.
    prints: BTreeMap<DocId, BTreeMap<(u64, u64), u64>>,
    ids: BTreeSet<(DocId, OpId)>,
    /// Boards that each group has ever been led to.
    visits: BTreeSet<(GroupId, GroupId)>,
    /// Words for a slip that was changed after a silence had ended.
    late: BTreeSet<String>,
}

fn print<T: serde::Serialize>(doc: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    encode(doc).hash(&mut hasher);
    hasher.finish()
}

fn place(point: Point) -> (u64, u64) {
    let mut hasher = DefaultHasher::new();
    encode(&point.trail).hash(&mut hasher);
    (point.seq.0, hasher.finish())
}

fn print_any(doc: &AnyDoc) -> u64 {
    match doc {
        AnyDoc::Workshop(doc) => print(doc),
        AnyDoc::Roster(doc) => print(doc),
        AnyDoc::Board(doc) => print(doc),
        AnyDoc::Doors(doc) => print(doc),
        AnyDoc::Directory(doc) => print(doc),
        AnyDoc::Tray(doc) => print(doc),
    }
}

impl Ledger {
    /// The disk has these. Each follows the one before, fits, and is there for the first time.
    pub(crate) fn take(&mut self, key: Key, entries: &[Entry]) -> Result<(), String> {
        let doc = self.docs.entry(key.doc).or_insert_with(|| AnyDoc::empty(key.doc));
        let prints = self.prints.entry(key.doc).or_default();
        for entry in entries {
            let outcome = doc.apply(entry);
            if doc.seq() != entry.stamp.seq || !matches!(outcome, Outcome::Applied(_)) {
                return Err(format!("law 1: entry {} of {key} does not fit: {outcome:?}", entry.stamp.seq.0));
            }
            if !self.ids.insert((key.doc, entry.stamp.id)) {
                return Err(format!("law 2: {} is twice in the log of {key}", entry.stamp.id));
            }
            prints.insert(place(doc.point()), print_any(doc));
        }
        self.entries.entry(key.doc).or_default().extend(entries.iter().cloned());
        let late: Vec<String> = entries.iter().filter_map(|entry| self.changed_late(key.doc, &entry.op)).collect();
        self.late.extend(late);
        let Some(doc) = self.docs.get(&key.doc) else { return Ok(()) };
        if let AnyDoc::Workshop(doc) = doc {
            let groups = doc.model.groups.iter().map(|group| group.id);
            let visits = groups.filter_map(|group| Some((group, doc.model.visited_by(group)?)));
            self.visits.extend(visits);
        }
        Ok(())
    }

    /// Laws 1 and 3: what somebody has of a doc was durable at some time, and is the same byte for byte.
    pub(crate) fn agrees<M: shared::Model>(&self, id: DocId, doc: &Doc<M>) -> Result<(), String> {
        if doc.seq.0 == 0 {
            return Ok(());
        }
        match self.prints.get(&id).and_then(|prints| prints.get(&place(doc.point()))) {
            None => Err(format!("law 3: entry {} of {id:?} is seen and not on disk", doc.seq.0)),
            Some(known) if *known != print(doc) => {
                Err(format!("law 1: {id:?} is another doc after entry {}", doc.seq.0))
            }
            Some(_) => Ok(()),
        }
    }

    /// Whether somebody has the doc as it is now.
    pub(crate) fn is_now<M: shared::Model>(&self, id: DocId, doc: &Doc<M>) -> bool {
        let now = self.docs.get(&id).map(AnyDoc::point).unwrap_or_default();
        now == doc.point()
    }

    fn changed_late(&self, doc: DocId, op: &Op) -> Option<String> {
        let (DocId::Tray(person), Op::Tray(TrayOp::ChangeSlip { text, .. })) = (doc, op) else { return None };
        self.roster()?.people.get(&person)?;
        self.workshop().spoken.iter().next().map(|_| text.clone())
    }

    /// A known limit: where a crash, or a disk whose answer was lost, has kept a slip in its tray although it is on the board, and its author
    /// changes it within the second in which that is put right, these words may go with the slip.
    pub(crate) fn may_go(&self, words: &str) -> bool {
        self.late.contains(words)
    }

    pub(crate) fn has(&self, doc: DocId, id: OpId) -> bool {
        self.ids.contains(&(doc, id))
    }

    pub(crate) fn doc(&self, id: DocId) -> Option<&AnyDoc> {
        self.docs.get(&id)
    }

    pub(crate) fn docs(&self) -> impl Iterator<Item = (DocId, &AnyDoc)> {
        self.docs.iter().map(|(id, doc)| (*id, doc))
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = (DocId, &Entry)> {
        self.entries.iter().flat_map(|(id, entries)| entries.iter().map(|entry| (*id, entry)))
    }

    pub(crate) fn workshop(&self) -> &Workshop {
        match self.docs.get(&DocId::Workshop) {
            Some(AnyDoc::Workshop(doc)) => &doc.model,
            _ => unreachable!("it was founded"),
        }
    }

    pub(crate) fn roster(&self) -> Option<&Roster> {
        match self.docs.get(&DocId::Roster) {
            Some(AnyDoc::Roster(doc)) => Some(&doc.model),
            _ => None,
        }
    }

    /// Whether the people of a group were ever led to this board.
    pub(crate) fn was_led(&self, group: GroupId, to: GroupId) -> bool {
        self.visits.contains(&(group, to))
    }
}
