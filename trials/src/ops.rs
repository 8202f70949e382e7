//! Operations on docs: any of them, by anybody, in any order. A doc takes one whole or stays as it was (law 4), two docs stay the
//! same (law 1), and what is kept of it can be read again.

use shared::docs::AnyDoc;
use shared::wire::{decode, encode};
use shared::{By, ClientId, DocId, Entry, GroupId, Millis, Op, OpId, Outcome, PersonId, Seq, Stamp};

/// Nobody does more before the next look at the whole.
const OPS_MAX: usize = 200;

/// Tries it: the first byte says in which doc, the rest are operations, each behind a byte that says whose it is.
pub fn ops(bytes: &[u8]) {
    let Some((kind, mut rest)) = bytes.split_first() else { return };
    let id = doc(*kind);
    let (mut one, mut two) = (AnyDoc::empty(id), AnyDoc::empty(id));
    for n in 1..=OPS_MAX {
        let Some((who, after)) = rest.split_first() else { break };
        let Ok((op, after)) = postcard::take_from_bytes::<Op>(after) else { break };
        rest = after;
        let entry = Entry { stamp: stamp(*who, n), op };
        let before = one.clone();
        if !matches!(one.apply(&entry), Outcome::Applied(_)) {
            assert!(one == before, "what was refused has left something behind");
        }
        two.take(&entry);
        if one.seq() != two.seq() {
            // What is refused has its place in a log all the same; a room would not have kept it.
            two = before;
        }
    }
    assert!(one == two, "the same operations made two docs");
    let kept = encode(&one);
    assert!(decode::<AnyDoc>(&kept).is_ok_and(|again| again == one), "a doc is not read as it was written");
}

fn doc(kind: u8) -> DocId {
    match kind % 6 {
        0 => DocId::Board(GroupId(1)),
        1 => DocId::Workshop,
        2 => DocId::Roster,
        3 => DocId::Doors,
        4 => DocId::Directory,
        _ => DocId::Tray(PersonId(1)),
    }
}

fn stamp(who: u8, n: usize) -> Stamp {
    let (by, client) = match who % 4 {
        0 => (By::Server, ClientId::GENESIS),
        1 => (By::Lead, ClientId::of(100)),
        2 => (By::Helper, ClientId::of(101)),
        _ => (By::Person(PersonId(u32::from(who / 4))), ClientId::of(200 + u64::from(who / 4))),
    };
    let number = u32::try_from(n).unwrap_or(u32::MAX);
    Stamp { seq: Seq(n as u64), at: Millis(n as u64 * 1_000), by, id: OpId { client, n: number } }
}
