//! What becomes of keys when links are replaced.

use super::*;
use crate::ids::{ClientId, Millis, OpId, PersonId, Seq};

const SERVER: Stamp = Stamp { seq: Seq(1), at: Millis(0), by: By::Server, id: OpId { client: ClientId::SERVER, n: 1 } };

const fn key(n: u8) -> TokenHash {
    TokenHash([n; 32])
}

/// Doors as a new workshop has them: keys 1, 2 and 3 open it, 9 is nobody's.
fn doors() -> Doors {
    let mut doors = Doors::default();
    let nobody = Capability::Participant(PersonId(0));
    for (n, capability) in [(1, Capability::Lead), (2, Capability::Helper), (3, Capability::Observer), (9, nobody)] {
        doors.apply(&SERVER, &DoorsOp::Grant { key: key(n), capability }).unwrap();
    }
    doors
}

fn renewed(from: u8) -> DoorsOp {
    DoorsOp::RenewLead { lead: key(from), helper: key(from + 1), observer: key(from + 2), keep: None }
}

fn opens(doors: &Doors) -> Vec<u8> {
    doors.grants.keys().map(|key| key.0[0]).collect()
}

#[test]
fn a_new_lead_link_ends_all_links_of_before_in_one_entry() {
    let mut doors = doors();
    doors.apply(&SERVER, &DoorsOp::RenewLink { link: Link::Helper, key: key(4) }).unwrap();
    doors.apply(&SERVER, &renewed(11)).unwrap();
    assert_eq!(opens(&doors), [9, 11, 12, 13]);
    assert_eq!(doors.grants.get(&key(11)), Some(&Capability::Lead));
    assert_eq!(doors.replaced.keys().map(|key| key.0[0]).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!((doors.helper_links, doors.observer_links, doors.secret), (0, 0, None));
}

#[test]
fn a_link_of_its_own_is_replaced_alone() {
    let mut doors = doors();
    doors.apply(&SERVER, &DoorsOp::RenewLink { link: Link::Observer, key: key(4) }).unwrap();
    assert_eq!((opens(&doors), doors.observer_links), (vec![1, 2, 4, 9], 1));
    assert_eq!(doors.replaced.get(&key(3)), Some(&Capability::Observer));
    doors.apply(&SERVER, &DoorsOp::RenewKeep { secret: key(5) }).unwrap();
    assert_eq!((opens(&doors), doors.keep), (vec![1, 2, 4, 9], Some(key(5))));
}

#[test]
fn a_key_that_is_or_was_somebodys_is_nobodys_new_one() {
    let mut doors = doors();
    doors.apply(&SERVER, &renewed(11)).unwrap();
    let before = doors.clone();
    for op in [
        renewed(1),
        renewed(11),
        renewed(9),
        DoorsOp::RenewLead { lead: key(20), helper: key(20), observer: key(21), keep: None },
        DoorsOp::RenewLink { link: Link::Helper, key: key(2) },
        DoorsOp::Grant { key: key(1), capability: Capability::Lead },
    ] {
        assert_eq!(doors.apply(&SERVER, &op), Err(Reject::IdTaken), "{op:?}");
    }
    for by in [By::Lead, By::Helper, By::Person(PersonId(1))] {
        assert_eq!(doors.apply(&Stamp { by, ..SERVER }, &renewed(30)), Err(Reject::Forbidden), "{by:?}");
    }
    assert_eq!(doors, before);
}

#[test]
fn a_workshop_from_before_there_was_a_secret_keeps_what_it_was() {
    let mut doors = Doors::default();
    doors.apply(&SERVER, &DoorsOp::Grant { key: key(1), capability: Capability::Lead }).unwrap();
    let twice = [(11, Some(key(40))), (21, None)];
    for (from, keep) in twice {
        let op = DoorsOp::RenewLead { lead: key(from), helper: key(from + 1), observer: key(from + 2), keep };
        doors.apply(&SERVER, &op).unwrap();
        assert_eq!((doors.secret, doors.keep), (Some(key(1)), Some(key(40))));
    }
}

#[test]
fn what_was_replaced_is_remembered_up_to_a_limit() {
    let mut doors = doors();
    for n in 0..2_000_u32 {
        let mut key = [7; 32];
        key[..4].copy_from_slice(&n.to_le_bytes());
        doors.apply(&SERVER, &DoorsOp::RenewLink { link: Link::Helper, key: TokenHash(key) }).unwrap();
        assert!(doors.replaced.len() <= KEYS_REPLACED_MAX);
    }
    assert_eq!(doors.grants.len(), 4);
}
