//! What is not saved yet, kept on the phone: it survives a reload and is sent again under its own ids (law 2).
//!
//! One key an operation, so that a keystroke writes little. What another tab of the same person has left, or has not sent yet,
//! is taken up too: the server takes each operation once, whoever sends it.

use shared::access::By;
use shared::replica::Pending;
use shared::{DocId, Millis, Op, OpId, PersonId, WorkshopId, wire};

use crate::platform::storage::{self, Kept};

/// The kept operations of one person in one workshop.
pub struct Outbox {
    prefix: String,
}

impl Outbox {
    /// Whose, and where.
    pub fn new(workshop: WorkshopId, me: By) -> Self {
        let who = match me {
            By::Person(person) => format!("p{}", person.0),
            By::Lead => "lead".to_owned(),
            By::Helper => "helper".to_owned(),
            By::Server => "none".to_owned(),
        };
        Self { prefix: format!("naze.op.{workshop}.{who}.") }
    }

    /// The people of a workshop of whom this phone keeps anything.
    pub fn people(workshop: WorkshopId) -> Vec<PersonId> {
        let prefix = format!("naze.op.{workshop}.p");
        let person = |key: &String| key.strip_prefix(&prefix)?.split('.').next()?.parse().ok().map(PersonId);
        let mut people: Vec<PersonId> = storage::keys(&prefix).iter().filter_map(person).collect();
        people.dedup();
        people
    }

    fn key(&self, id: OpId) -> String {
        // Numbers in one width, so that the keys of a client sort in the order in which they must be sent.
        format!("{}{}.{:010}", self.prefix, id.client, id.n)
    }

    /// Keeps an operation.
    pub fn keep(&self, doc: DocId, id: OpId, at: Millis, op: &Op) -> Kept {
        let bytes = wire::encode(&(doc, id, at, op));
        // One character a byte: storage takes strings only.
        let text: String = bytes.into_iter().map(char::from).collect();
        storage::set(&self.key(id), &text)
    }

    /// Forgets one that is saved or refused.
    pub fn forget(&self, id: OpId) {
        storage::remove(&self.key(id));
    }

    /// Forgets everything: nobody may send it any more.
    pub fn clear(&self) {
        storage::keys(&self.prefix).iter().for_each(|key| storage::remove(key));
    }

    /// Everything kept, by doc. What cannot be read (another version of this page kept it) stays where it is.
    pub fn all(&self) -> Vec<(DocId, Vec<Pending<Op>>)> {
        let mut all: Vec<(DocId, Vec<Pending<Op>>)> = Vec::new();
        for key in storage::keys(&self.prefix) {
            let Some(text) = storage::get(&key) else { continue };
            let bytes: Vec<u8> = text.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
            if let Ok((doc, id, at, op)) = wire::decode::<(DocId, OpId, Millis, Op)>(&bytes) {
                let one = Pending { id, op, at };
                match all.iter_mut().find(|(of, _)| *of == doc) {
                    Some((_, kept)) => kept.push(one),
                    None => all.push((doc, vec![one])),
                }
            }
        }
        all
    }
}
