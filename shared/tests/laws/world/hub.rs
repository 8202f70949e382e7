//! The hub of a simulated world: what the server does with a board, and nothing else of it.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use shared::access::Place;
use shared::docs::board::Board;
use shared::wire::ServerMessage;
use shared::{
    AnyDoc, By, Capability, ClientId, Doc, Entry, GroupId, Millis, Model, Op, OpId, Outcome, Point, Reject, Stamp,
};

use super::BOARD;
use crate::random::Random;

/// What the hub does with an operation.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Appended(Entry),
    /// It had it; the log may have got it a second time all the same.
    Known(Option<Entry>),
    Rejected(Reject),
}

/// A doc, its log, and what the doc looked like after each entry.
#[derive(Default)]
pub(crate) struct Hub {
    doc: Doc<Board>,
    log: Vec<Entry>,
    prints: Vec<u64>,
    has: BTreeSet<OpId>,
}

fn print(doc: &Doc<Board>) -> u64 {
    let mut hasher = DefaultHasher::new();
    postcard::to_allocvec(doc).unwrap().hash(&mut hasher);
    hasher.finish()
}

/// Takes an entry as it comes from the log; its name, when it took effect.
fn take(doc: &mut Doc<Board>, entry: &Entry) -> Option<OpId> {
    let outcome = doc.take(&entry.stamp, &entry.op);
    matches!(outcome, Outcome::Applied(_)).then_some(entry.stamp.id)
}

impl Hub {
    pub(crate) fn doc(&self) -> &Doc<Board> {
        &self.doc
    }

    pub(crate) fn log(&self) -> &[Entry] {
        &self.log
    }

    /// Whether an operation of this name took effect.
    pub(crate) fn has(&self, id: OpId) -> bool {
        self.has.contains(&id)
    }

    /// Who has written under a client id.
    pub(crate) fn writes_as(&self, client: ClientId) -> Option<By> {
        self.log.iter().find(|entry| entry.stamp.id.client == client).map(|entry| entry.stamp.by)
    }

    pub(crate) fn offer(&mut self, by: By, id: OpId, op: &Op, random: &mut Random) -> Answer {
        let By::Person(person) = by else { return Answer::Rejected(Reject::Forbidden) };
        if !Capability::Participant(person).may_write(Place::at(GroupId(1)), BOARD, op) {
            return Answer::Rejected(Reject::Forbidden);
        }
        self.append(by, id, op.clone(), random.percent(30))
    }

    /// Something that the server derives itself.
    pub(crate) fn follow(&mut self, op: Op) -> Answer {
        let n = u32::try_from(self.log.len()).unwrap() + 1;
        self.append(By::Server, OpId { client: ClientId::FROM_ROSTER, n }, op, false)
    }

    /// `twice`: a duplicate gets into the log all the same, as when a publisher did not hear the answer (law 2).
    fn append(&mut self, by: By, id: OpId, op: Op, twice: bool) -> Answer {
        let seq = self.doc.seq.next();
        let entry = Entry { stamp: Stamp { seq, at: Millis(1_000 + seq.0), by, id }, op };
        let mut next = self.doc.clone();
        match next.apply(&entry.stamp, Board::pick(&entry.op).unwrap()) {
            Outcome::Rejected(why) => Answer::Rejected(why),
            Outcome::Duplicate if !twice => Answer::Known(None),
            Outcome::Duplicate => {
                self.push(entry.clone());
                Answer::Known(Some(entry))
            }
            Outcome::Applied(_) => {
                self.push(entry.clone());
                Answer::Appended(entry)
            }
        }
    }

    fn push(&mut self, entry: Entry) {
        self.has.extend(take(&mut self.doc, &entry));
        self.prints.push(print(&self.doc));
        self.log.push(entry);
    }

    /// What a phone needs that has everything up to `have`.
    pub(crate) fn since(&self, have: Point, random: &mut Random) -> ServerMessage {
        if random.percent(40) {
            return ServerMessage::Snapshot { doc: BOARD, body: AnyDoc::Board(self.doc.clone()) };
        }
        let had = self.log.iter().take_while(|entry| entry.stamp.seq <= have.seq);
        let here = had.fold(Point::default(), |point, entry| point.after(&entry.stamp));
        assert_eq!(have, here, "law 1: whoever has as much of the log has the same trail");
        let entries = self.log.iter().filter(|entry| entry.stamp.seq > have.seq).cloned().collect();
        ServerMessage::Entries { doc: BOARD, entries }
    }

    /// Law 1: whoever has the log up to here has the same bytes.
    pub(crate) fn agrees(&self, doc: &Doc<Board>) -> Result<(), String> {
        let Some(index) = doc.seq.0.checked_sub(1) else { return Ok(()) };
        let expected = self.prints.get(usize::try_from(index).unwrap());
        if expected == Some(&print(doc)) { Ok(()) } else { Err(format!("another doc at entry {}", doc.seq.0)) }
    }

    /// Forgets the doc and makes it again from the log, sometimes with a snapshot on the way.
    pub(crate) fn restart(&mut self, random: &mut Random) -> Result<(), String> {
        let snapshot_at = random.below(self.log.len() + 1);
        let mut doc = Doc::default();
        for (index, entry) in self.log.iter().enumerate() {
            if index == snapshot_at {
                doc = postcard::from_bytes(&postcard::to_allocvec(&doc).unwrap()).unwrap();
            }
            take(&mut doc, entry);
        }
        self.doc = doc;
        self.agrees(&self.doc)
    }

    /// A fresh replay of the log; an operation that takes effect twice is named.
    pub(crate) fn replay(&self) -> Result<Doc<Board>, String> {
        let mut doc = Doc::default();
        let mut seen = BTreeSet::new();
        for entry in &self.log {
            if let Some(id) = take(&mut doc, entry)
                && !seen.insert(id)
            {
                return Err(format!("{id} took effect twice"));
            }
        }
        Ok(doc)
    }
}
