//! Law 4: nothing panics and nothing changes by halves, whatever operations and bytes arrive.

use shared::docs::board::Board;
use shared::wire::{ClientMessage, ServerMessage, Unreadable, VERSION, decode};
use shared::{AnyDoc, By, Doc, DocId, Entry, GroupId, Op, Outcome, PersonId, Replica};

use crate::anything::Anything;
use crate::golden::samples;
use crate::random::Random;
use crate::{tray, tree};

const HISTORIES: u64 = 1_500;
const MUTATIONS: u64 = 60_000;

fn bytes(doc: &AnyDoc) -> Vec<u8> {
    postcard::to_allocvec(doc).unwrap()
}

/// Takes an entry and checks that a doc changes only by what it accepts, and reads back as it was written.
fn take(doc: &mut AnyDoc, entry: &Entry) {
    let before = bytes(doc);
    let outcome = doc.apply(entry);
    let after = bytes(doc);
    match outcome {
        Outcome::Applied(_) => assert_eq!(&postcard::from_bytes::<AnyDoc>(&after).unwrap(), doc),
        Outcome::Duplicate | Outcome::Rejected(_) => assert_eq!(before, after, "{outcome:?} of {entry:?}"),
    }
    if let AnyDoc::Board(doc) = &doc {
        tree::check(&doc.model).unwrap_or_else(|why| panic!("{why} after {entry:?}"));
        let read: Doc<Board> = postcard::from_bytes(&postcard::to_allocvec(doc).unwrap()).unwrap();
        assert_eq!(read.model.chars_ever(), doc.model.chars_ever(), "counted otherwise after {entry:?}");
        shared::signs::read(&doc.model);
        shared::signs::found(&doc.model);
    }
    if let AnyDoc::Tray(doc) = &doc {
        tray::check(&doc.model).unwrap_or_else(|why| panic!("{why} after {entry:?}"));
    }
}

#[test]
fn any_operation_is_taken_whole_or_not_at_all() {
    for seed in 0..HISTORIES {
        let mut random = Random::of(seed);
        let mut any = Anything(&mut random);
        let id = any.doc();
        let mut doc = AnyDoc::empty(id);
        for _ in 0..40 {
            let entry = Entry { stamp: any.stamp(), op: any.op(id) };
            take(&mut doc, &entry);
        }
    }
}

#[test]
fn any_entry_of_a_log_counts_as_one() {
    for seed in 0..HISTORIES / 4 {
        let mut random = Random::of(seed ^ 0xaaaa);
        let mut any = Anything(&mut random);
        let id = any.doc();
        let (mut doc, mut again) = (AnyDoc::empty(id), AnyDoc::empty(id));
        for _ in 0..30 {
            let entry = Entry { stamp: any.stamp(), op: any.op(id) };
            doc.take(&entry);
            again.take(&entry);
            assert_eq!(doc.seq(), entry.stamp.seq, "whatever came of {entry:?}");
        }
        assert_eq!(bytes(&doc), bytes(&again), "seed {seed}");
    }
}

#[test]
fn any_history_leaves_the_limits_as_they_are() {
    use shared::limits::{GROUPS_MAX, PEOPLE_MAX, TITLE_CHARS_MAX};
    for seed in 0..HISTORIES {
        let mut random = Random::of(seed ^ 0x5555);
        let mut any = Anything(&mut random);
        let (mut workshop, mut roster) = (AnyDoc::empty(DocId::Workshop), AnyDoc::empty(DocId::Roster));
        for _ in 0..40 {
            take(&mut workshop, &Entry { stamp: any.stamp(), op: any.op(DocId::Workshop) });
            take(&mut roster, &Entry { stamp: any.stamp(), op: any.op(DocId::Roster) });
        }
        let (AnyDoc::Workshop(workshop), AnyDoc::Roster(roster)) = (workshop, roster) else { unreachable!() };
        assert!(workshop.model.groups.len() <= usize::from(GROUPS_MAX));
        assert!(workshop.model.queue.groups.len() <= workshop.model.groups.len());
        assert!(workshop.model.title.chars().count() <= TITLE_CHARS_MAX);
        let (here, out) = (roster.model.people.len(), roster.model.removed.len());
        assert!(here + out <= PEOPLE_MAX && roster.model.keys.len() == here + out);
        assert!(roster.model.people.values().all(|person| shared::text::is_name(&person.name)));
    }
}

/// What a client and a server would do with a message, whoever made it.
fn digest(bytes: &[u8], docs: &mut [AnyDoc], replica: &mut Replica<Board>, any: &mut Random) {
    if let Ok(ClientMessage::Ops { ops, .. }) = decode(bytes) {
        for (id, op) in ops {
            let stamp = shared::Stamp { id, ..Anything(any).stamp() };
            let doc = any.below(docs.len());
            take(&mut docs[doc], &Entry { stamp, op });
        }
    }
    match decode(bytes) {
        Ok(ServerMessage::Entries { entries, .. }) => {
            for entry in entries {
                if let Op::Board(op) = &entry.op {
                    replica.local(entry.stamp.id, entry.stamp.at, op.clone()).ok();
                }
                replica.receive(&entry);
                take(&mut docs[2], &entry);
            }
        }
        Ok(ServerMessage::Known { id, .. }) => drop(replica.known(id)),
        Ok(ServerMessage::Rejected { id, .. }) => drop(replica.refused(id)),
        _ => {}
    }
}

/// A message with something wrong in it.
fn mutated(from: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut message = random.pick(from).clone();
    for _ in 0..=random.below(4) {
        let at = random.below(message.len());
        match random.below(6) {
            0 => message.truncate(at),
            1 => message.insert(at, u8::try_from(random.below(256)).unwrap()),
            2 => {
                let other = random.pick(from).clone();
                message.splice(at.., other.into_iter().skip(at));
            }
            // A length that promises more than there is.
            3 => drop(message.splice(at..at, [0xff, 0xff, 0xff, 0xff, 0x0f])),
            _ => {
                if let Some(byte) = message.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
    message
}

#[test]
fn any_bytes_are_read_or_refused() {
    let from: Vec<Vec<u8>> = samples::all().into_iter().map(|sample| sample.bytes).collect();
    let mut random = Random::of(7);
    let tray = DocId::Tray(PersonId(1));
    let ids = [DocId::Workshop, DocId::Roster, DocId::Board(GroupId(1)), DocId::Doors, DocId::Directory, tray];
    let fresh = || (ids.map(AnyDoc::empty), Replica::new(By::Person(PersonId(1))));
    let (mut docs, mut replica) = fresh();
    for round in 0..MUTATIONS {
        if round % 1_000 == 0 {
            (docs, replica) = fresh();
        }
        let mut message = mutated(&from, &mut random);
        if let Some(first) = message.first_mut().filter(|_| round % 20 != 0) {
            *first = VERSION;
        }
        digest(&message, &mut docs, &mut replica, &mut random);
    }
}

#[test]
fn noise_is_read_or_refused() {
    let mut random = Random::of(8);
    for _ in 0..MUTATIONS {
        let mut noise = vec![VERSION];
        noise.extend((0..random.below(64)).map(|_| u8::try_from(random.below(256)).unwrap() & 0x9f));
        drop(decode::<ClientMessage>(&noise));
        drop(decode::<ServerMessage>(&noise));
    }
}

#[test]
fn a_message_is_read_to_its_last_byte_and_in_its_own_version() {
    for sample in samples::all() {
        if sample.family != "ClientMessage" && sample.family != "ServerMessage" {
            continue;
        }
        let outcome = |bytes: &[u8]| match sample.family {
            "ClientMessage" => decode::<ClientMessage>(bytes).map(drop),
            _ => decode::<ServerMessage>(bytes).map(drop),
        };
        assert_eq!(outcome(&sample.bytes), Ok(()), "{}", sample.name);
        for end in 0..sample.bytes.len() {
            assert_eq!(outcome(&sample.bytes[..end]), Err(Unreadable::Garbage), "{} cut at {end}", sample.name);
        }
        let longer = [sample.bytes.as_slice(), &[0]].concat();
        assert_eq!(outcome(&longer), Err(Unreadable::Garbage), "{}", sample.name);
        let mut other = sample.bytes.clone();
        other[0] = VERSION + 1;
        assert_eq!(outcome(&other), Err(Unreadable::Version(VERSION + 1)));
    }
}
