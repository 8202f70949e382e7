//! The vote of the room and the end of the workshop.

use shared::docs::dots::{DotCount, DotOption, OwnGroup};
use shared::docs::workshop::{Kind, Phase, WorkshopOp};
use shared::{CardId, ClientId, GroupId, Reject, VoteId};

use super::steps::Room;

fn opened(room: &mut Room) -> VoteId {
    let option = |n: u32| {
        let card = CardId { client: ClientId::of(60), n };
        DotOption { group: Some(GroupId(1)), card, words: format!("原因{n}") }
    };
    room.act(WorkshopOp::OpenDots { options: vec![option(1), option(2)], each: 1, own: OwnGroup::Counts });
    room.doc.model.dots.as_ref().unwrap().id
}

fn count(room: &Room) -> DotCount {
    room.doc.model.dots.clone().unwrap().count
}

#[test]
fn the_end_closes_the_vote_of_the_room_and_the_server_still_counts_it() {
    let mut room = Room::new(&[Kind::Dots]);
    room.begin();
    let vote = opened(&mut room);
    let undo = room.act(WorkshopOp::SetPhase { phase: Phase::Ended });
    assert_eq!(count(&room), DotCount::Counting { closed_by: room.doc.seq }, "numbered after the end");
    assert_eq!(room.refused(WorkshopOp::CloseDots { vote }), Reject::VoteIsOver);
    assert_eq!(undo, Some(WorkshopOp::SetPhase { phase: Phase::Open }));
    room.served(WorkshopOp::CountDots { vote, ballots: 1, dots: vec![0, 1] }).unwrap();
    room.act(WorkshopOp::SetPhase { phase: Phase::Open });
    assert_eq!(count(&room), DotCount::Counted { ballots: 1, dots: vec![0, 1] }, "what is over stays over");
    let next = opened(&mut room);
    assert_ne!(next, vote, "and the next one can begin");
}

#[test]
fn a_workshop_that_opens_again_before_it_is_counted_leaves_the_vote_closed() {
    let mut room = Room::new(&[Kind::Dots]);
    room.begin();
    let vote = opened(&mut room);
    room.act(WorkshopOp::SetPhase { phase: Phase::Lobby });
    assert_eq!(count(&room), DotCount::Open, "the lobby ends nothing");
    room.act(WorkshopOp::SetPhase { phase: Phase::Ended });
    let closed = count(&room);
    room.act(WorkshopOp::SetPhase { phase: Phase::Open });
    room.act(WorkshopOp::SetPhase { phase: Phase::Ended });
    assert_eq!(count(&room), closed, "once");
    room.served(WorkshopOp::CountDots { vote, ballots: 0, dots: vec![0, 0] }).unwrap();
}
