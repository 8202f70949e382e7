//! The roster, entry by entry.

use super::*;
use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::limits::FORMER_KEYS_MAX;

struct Desk {
    roster: Roster,
    seq: u64,
}

impl Desk {
    fn done(&mut self, op: &RosterOp) -> Result<PersonId, Reject> {
        let seq = Seq(self.seq + 1);
        let id = OpId { client: ClientId::SERVER, n: 1 };
        self.roster.apply(&Stamp { seq, at: Millis(7), by: By::Server, id }, op)?;
        self.seq += 1;
        Ok(PersonId(u32::try_from(self.seq).unwrap()))
    }

    fn expect(&mut self, name: &str) -> PersonId {
        let about = About { age: "30代".into(), actor: "自治会".into(), hold: Hold::Free };
        self.done(&RosterOp::Expect { name: name.into(), section: "市民課".into(), about }).unwrap()
    }
}

fn desk() -> Desk {
    Desk { roster: Roster::default(), seq: 0 }
}

const fn key(n: u8) -> TokenHash {
    TokenHash([n; 32])
}

#[test]
fn who_is_expected_keeps_id_attributes_and_rules_when_they_come() {
    let mut desk = desk();
    let (ann, ben) = (desk.expect("佐藤 花子"), desk.expect("Ben"));
    desk.done(&RosterOp::Pair { a: ben, b: ann, rule: Some(Rule::Apart) }).unwrap();
    desk.done(&RosterOp::Reserve { person: ann, group: GroupId(3) }).unwrap();
    assert_eq!(desk.roster.guests.get(&ann).unwrap().group, Some(GroupId(3)));
    assert_eq!(desk.roster.expected("佐藤　花子"), Some(ann));
    assert_eq!(desk.roster.expected("ｂｅｎ"), Some(ben));
    assert_eq!(desk.roster.expected("Bea"), None);
    desk.done(&RosterOp::Arrive { person: ann, key: key(1), group: GroupId(3), seats: 6 }).unwrap();
    let person = desk.roster.people.get(&ann).unwrap();
    assert_eq!((person.group, person.about.age.as_str(), person.section.as_str()), (GroupId(3), "30代", "市民課"));
    assert_eq!(desk.roster.pairs, [Pair { a: ann, b: ben, rule: Rule::Apart }]);
    assert_eq!((desk.roster.expected("佐藤花子"), desk.roster.keys.get(&key(1))), (None, Some(&ann)));
    assert_eq!(follow(&desk.roster, ann).len(), 1, "they sit at one board");
    let again = RosterOp::Arrive { person: ann, key: key(2), group: GroupId(3), seats: 6 };
    assert_eq!(desk.done(&again), Err(Reject::NoPerson));
}

#[test]
fn of_two_of_one_name_the_one_who_was_not_given_up_comes_first() {
    let mut desk = desk();
    let (first, second) = (desk.expect("田中"), desk.expect("田中"));
    let about = About { hold: Hold::Away, ..About::default() };
    desk.done(&RosterOp::Describe { person: first, section: String::new(), about }).unwrap();
    assert_eq!(desk.roster.expected("田中"), Some(second));
    desk.done(&RosterOp::Arrive { person: second, key: key(1), group: GroupId(1), seats: 6 }).unwrap();
    assert_eq!(desk.roster.expected("田中"), Some(first));
    desk.done(&RosterOp::Arrive { person: first, key: key(2), group: GroupId(1), seats: 6 }).unwrap();
    assert_eq!(desk.roster.people.get(&first).unwrap().about.hold, Hold::Free, "they came after all");
}

#[test]
fn who_came_unexpected_can_be_described_and_paired_too() {
    let mut desk = desk();
    let join = RosterOp::Join { key: key(1), name: "甲".into(), section: String::new(), group: GroupId(1), seats: 6 };
    let (here, guest) = (desk.done(&join).unwrap(), desk.expect("乙"));
    let about = About { age: "60代".into(), actor: "NPO".into(), hold: Hold::Fixed };
    desk.done(&RosterOp::Describe { person: here, section: "総務".into(), about: about.clone() }).unwrap();
    assert_eq!(desk.roster.people.get(&here).unwrap().about, about);
    desk.done(&RosterOp::Pair { a: here, b: guest, rule: Some(Rule::Together) }).unwrap();
    desk.done(&RosterOp::Pair { a: guest, b: here, rule: Some(Rule::Apart) }).unwrap();
    assert_eq!(desk.roster.pairs, [Pair { a: here, b: guest, rule: Rule::Apart }]);
    desk.done(&RosterOp::Forget { person: guest }).unwrap();
    assert_eq!((desk.roster.pairs.len(), desk.roster.guests.len()), (0, 0));
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut desk = desk();
    let guest = desk.expect("甲");
    let long = "あ".repeat(crate::limits::TRAIT_CHARS_MAX + 1);
    for (section, age) in [(long.as_str(), ""), ("", long.as_str()), ("a\nb", ""), ("", "a\u{202e}")] {
        let about = About { age: age.into(), ..About::default() };
        let describe = RosterOp::Describe { person: guest, section: section.into(), about };
        assert_eq!(desk.done(&describe), Err(Reject::BadText));
    }
    let nobody = PersonId(99);
    for op in [
        RosterOp::Describe { person: nobody, section: String::new(), about: About::default() },
        RosterOp::Forget { person: nobody },
        RosterOp::Reserve { person: nobody, group: GroupId(1) },
        RosterOp::Pair { a: guest, b: nobody, rule: Some(Rule::Apart) },
        RosterOp::Pair { a: guest, b: guest, rule: Some(Rule::Apart) },
        RosterOp::Seat { person: guest, group: GroupId(1), seats: 6 },
    ] {
        assert_eq!(desk.done(&op), Err(Reject::NoPerson), "{op:?}");
    }
    let invisible = RosterOp::Expect { name: " ".into(), section: String::new(), about: About::default() };
    assert_eq!(desk.done(&invisible), Err(Reject::BadText));
}

fn joins(desk: &mut Desk, n: u8, group: u16) -> PersonId {
    let (key, name) = (key(n), format!("参加者{n}"));
    let join = RosterOp::Join { key, name, section: String::new(), group: GroupId(group), seats: 2 };
    desk.done(&join).unwrap()
}

#[test]
fn who_is_taken_out_is_nowhere_and_their_key_stays_theirs() {
    let mut desk = desk();
    let (ann, ben) = (joins(&mut desk, 1, 1), joins(&mut desk, 2, 1));
    desk.done(&RosterOp::Pair { a: ann, b: ben, rule: Some(Rule::Apart) }).unwrap();
    desk.done(&RosterOp::Remove { person: ann }).unwrap();
    assert_eq!(desk.roster.people.keys().copied().collect::<Vec<_>>(), [ben]);
    assert_eq!((desk.roster.seated(GroupId(1)), desk.roster.pairs.len()), (1, 0), "their seat is free");
    assert_eq!(desk.roster.keys.get(&key(1)), Some(&ann));
    let [(DocId::Board(GroupId(1)), _, Op::Board(BoardOp::SetMember { person, member }))] =
        &follow(&desk.roster, ann)[..]
    else {
        panic!("one board is told")
    };
    assert_eq!((*person, member.seated), (ann, Seated::Elsewhere));
    let again =
        RosterOp::Join { key: key(1), name: "別の名".into(), section: String::new(), group: GroupId(2), seats: 2 };
    assert_eq!(desk.done(&again), Err(Reject::IdTaken));
    for op in [
        RosterOp::Remove { person: ann },
        RosterOp::Seat { person: ann, group: GroupId(2), seats: 2 },
        RosterOp::TakeOver { person: ann, key: key(9) },
        RosterOp::LetBackIn { person: ben, group: GroupId(1), seats: 2 },
    ] {
        assert_eq!(desk.done(&op), Err(Reject::NoPerson), "{op:?}");
    }
}

#[test]
fn who_is_let_in_again_sits_where_there_is_room() {
    let mut desk = desk();
    let ann = joins(&mut desk, 1, 1);
    desk.done(&RosterOp::Remove { person: ann }).unwrap();
    joins(&mut desk, 2, 1);
    joins(&mut desk, 3, 1);
    let back = |group| RosterOp::LetBackIn { person: ann, group: GroupId(group), seats: 2 };
    assert_eq!(desk.done(&back(1)), Err(Reject::GroupFull(GroupId(1))));
    assert!(desk.roster.removed.contains_key(&ann), "nothing was changed");
    desk.done(&back(2)).unwrap();
    assert_eq!(follow(&desk.roster, ann).len(), 2, "both boards are told");
    desk.done(&RosterOp::Remove { person: ann }).unwrap();
    desk.done(&back(2)).unwrap();
    assert_eq!((follow(&desk.roster, ann).len(), desk.roster.removed.len()), (1, 0));
}

#[test]
fn keys_that_were_somebodys_are_remembered_the_last_ones() {
    let mut desk = desk();
    let ann = joins(&mut desk, 1, 1);
    let goes_on = |desk: &mut Desk, n: u8| desk.done(&RosterOp::TakeOver { person: ann, key: key(n) });
    goes_on(&mut desk, 2).unwrap();
    assert_eq!((desk.roster.keys.get(&key(2)), &desk.roster.former[..]), (Some(&ann), &[key(1)][..]));
    // Back on the first phone, with its key of then.
    goes_on(&mut desk, 1).unwrap();
    assert_eq!((desk.roster.keys.get(&key(1)), &desk.roster.former[..]), (Some(&ann), &[key(2)][..]));
    for n in 0..=FORMER_KEYS_MAX {
        let mut next = [0xff; 32];
        next[..2].copy_from_slice(&u16::try_from(n).unwrap().to_be_bytes());
        desk.done(&RosterOp::TakeOver { person: ann, key: TokenHash(next) }).unwrap();
    }
    assert_eq!(desk.roster.former.len(), FORMER_KEYS_MAX);
    assert!(!desk.roster.former.contains(&key(1)) && desk.roster.keys.len() == 1, "the oldest went");
}
