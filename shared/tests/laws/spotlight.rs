//! "Look here": who is brought where, what comes before what, and groups that present one after another.

use shared::docs::workshop::{Kind, Phase, Screens, Spotlight, WorkshopOp};
use shared::{CardId, GroupId, Reject};

use super::steps::Room;

const ONE: GroupId = GroupId(1);
const TWO: GroupId = GroupId(2);
const THREE: GroupId = GroupId(3);

fn show(group: GroupId, screens: Screens) -> WorkshopOp {
    WorkshopOp::Show { group, card: None, screens }
}

fn visits(room: &Room) -> [Option<u16>; 3] {
    [ONE, TWO, THREE].map(|group| room.doc.model.visited_by(group).map(|group| group.0))
}

fn shown(room: &Room) -> Option<(GroupId, Screens)> {
    room.doc.model.spotlight.map(|Spotlight { group, screens, .. }| (group, screens))
}

#[test]
fn everybody_is_brought_to_one_board_and_who_is_shown_stays() {
    let mut room = Room::new(&[Kind::Deepen, Kind::Gallery]);
    assert_eq!(room.refused(show(TWO, Screens::Everywhere)), Reject::NotOpen, "before the beginning");
    room.begin();
    assert_eq!(visits(&room), [None; 3]);
    room.act(show(TWO, Screens::Everywhere));
    assert_eq!(visits(&room), [Some(2), None, Some(2)]);
    let card = Some(CardId { n: 7, ..CardId::THEME });
    room.act(WorkshopOp::Show { group: THREE, card, screens: Screens::Everywhere });
    assert_eq!((visits(&room), room.doc.model.spotlight.unwrap().card), ([Some(3), Some(3), None], card));
    room.act(WorkshopOp::EndShow);
    room.act(WorkshopOp::EndShow);
    assert_eq!((visits(&room), room.doc.model.spotlight), ([None; 3], None));
    assert_eq!(room.refused(show(GroupId(4), Screens::Everywhere)), Reject::NoGroup(GroupId(4)));
}

#[test]
fn on_the_projector_alone_nobody_reads_more_than_before() {
    let mut room = Room::new(&[Kind::Deepen]);
    room.begin();
    room.act(show(TWO, Screens::Projector));
    assert_eq!((visits(&room), shown(&room)), ([None; 3], Some((TWO, Screens::Projector))));
    room.act(show(TWO, Screens::Everywhere));
    assert_eq!(visits(&room), [Some(2), None, Some(2)], "and then on the phones too");
}

#[test]
fn a_walk_waits_while_something_is_shown_and_goes_on_afterwards() {
    let mut room = Room::new(&[Kind::Gallery]);
    room.begin();
    let walk = visits(&room);
    assert_eq!(walk, [Some(2), Some(3), Some(1)]);
    room.act(show(ONE, Screens::Projector));
    assert_eq!(visits(&room), walk, "who walks does not look at the projector");
    room.act(show(ONE, Screens::Everywhere));
    assert_eq!(visits(&room), [None, Some(1), Some(1)]);
    room.act(WorkshopOp::NextRound { step: room.step(0), round: 1 });
    assert_eq!(visits(&room), [None, Some(1), Some(1)]);
    room.act(WorkshopOp::EndShow);
    assert_eq!(visits(&room), [Some(3), Some(1), Some(2)], "in the round that has begun meanwhile");
}

#[test]
fn after_the_end_nothing_is_shown() {
    let mut room = Room::new(&[Kind::Deepen]);
    room.begin();
    room.act(WorkshopOp::SetQueue { groups: vec![TWO, ONE], screens: Screens::Everywhere });
    room.act(WorkshopOp::NextGroup { group: TWO });
    room.act(WorkshopOp::SetPhase { phase: Phase::Ended });
    assert_eq!((room.doc.model.spotlight, visits(&room)), (None, [None; 3]));
    assert_eq!(room.refused(WorkshopOp::NextGroup { group: ONE }), Reject::NotOpen);
    room.begin();
    assert_eq!(visits(&room), [None; 3], "opened again, it is not shown again by itself");
    room.act(WorkshopOp::NextGroup { group: ONE });
    assert_eq!(shown(&room), Some((ONE, Screens::Everywhere)), "but who waits still waits");
}

#[test]
fn shown_again_it_is_another_spotlight() {
    let mut room = Room::new(&[Kind::Deepen]);
    room.begin();
    room.act(show(TWO, Screens::Everywhere));
    let first = room.doc.model.spotlight.unwrap();
    room.act(show(TWO, Screens::Everywhere));
    let second = room.doc.model.spotlight.unwrap();
    assert!(second.since > first.since && Spotlight { since: first.since, ..second } == first);
}

#[test]
fn groups_present_one_after_another_and_two_presses_are_one() {
    let mut room = Room::new(&[Kind::Deepen]);
    room.begin();
    let queue = |groups: &[GroupId]| WorkshopOp::SetQueue { groups: groups.to_vec(), screens: Screens::Projector };
    assert_eq!(
        room.act(queue(&[ONE, THREE, TWO])),
        Some(WorkshopOp::SetQueue { groups: vec![], screens: Screens::Everywhere })
    );
    assert_eq!(room.refused(WorkshopOp::NextGroup { group: THREE }), Reject::StepMoved);
    room.act(WorkshopOp::NextGroup { group: ONE });
    room.act(WorkshopOp::NextGroup { group: ONE });
    assert_eq!((shown(&room), room.doc.model.queue.next()), (Some((ONE, Screens::Projector)), Some(THREE)));
    // The order of those who wait may change while somebody presents.
    room.act(queue(&[TWO, THREE]));
    assert_eq!(room.refused(WorkshopOp::NextGroup { group: THREE }), Reject::StepMoved);
    room.act(WorkshopOp::NextGroup { group: TWO });
    room.act(WorkshopOp::NextGroup { group: THREE });
    assert_eq!((shown(&room), room.doc.model.queue.groups.len()), (Some((THREE, Screens::Projector)), 0));
    assert_eq!(room.refused(queue(&[ONE, TWO, ONE])), Reject::OutOfRange);
    assert_eq!(room.refused(queue(&[ONE, GroupId(9)])), Reject::NoGroup(GroupId(9)));
    room.act(WorkshopOp::EndShow);
    assert_eq!(room.refused(WorkshopOp::NextGroup { group: THREE }), Reject::StepMoved, "it has presented");
}
