//! Roles: given by anybody at the table, going round with the steps that the lead chose, and never to somebody who is not here.

use shared::docs::board::{Board, BoardOp, Given, GivenRole, Member, Role, Seated};
use shared::docs::workshop::{Kind, Phase, Whom, WorkshopOp};
use shared::{By, ClientId, Doc, GroupId, Millis, OpId, Outcome, PersonId, Reject, Stamp};

use super::steps::Room;

fn try_to(doc: &mut Doc<Board>, by: By, op: BoardOp) -> Result<Option<BoardOp>, Reject> {
    let seq = doc.seq.next();
    let client = if by == By::Server { ClientId::SERVER } else { ClientId::of(99) };
    let id = OpId { client, n: u32::try_from(seq.0).unwrap() };
    match doc.apply(&Stamp { seq, at: Millis(seq.0), by, id }, &op) {
        Outcome::Applied(undo) => Ok(undo),
        Outcome::Rejected(why) => Err(why),
        Outcome::Duplicate => panic!("{op:?}"),
    }
}

fn seat(doc: &mut Doc<Board>, person: u32, seated: Seated) {
    let member = Member { name: format!("{person}"), seated };
    try_to(doc, By::Server, BoardOp::SetMember { person: PersonId(person), member }).unwrap();
}

fn group() -> Doc<Board> {
    let mut doc = Doc::default();
    for person in [2, 4, 6] {
        seat(&mut doc, person, Seated::Here);
    }
    seat(&mut doc, 9, Seated::Elsewhere);
    doc
}

fn give(doc: &mut Doc<Board>, role: Role, to: u32, round: u16) -> Result<Option<BoardOp>, Reject> {
    let order = doc.model.seated().map(|(person, _)| person).collect();
    let given = Some(GivenRole { to: PersonId(to), round, order });
    try_to(doc, By::Person(PersonId(2)), BoardOp::GiveRoles { roles: vec![(role, given)] })
}

fn holder(doc: &Doc<Board>, role: Role, round: u16) -> Option<u32> {
    doc.model.holder(role, round).map(|person| person.0)
}

#[test]
fn a_role_has_one_holder_who_sits_here() {
    let mut doc = group();
    assert_eq!(holder(&doc, Role::Scribe, 0), None);
    give(&mut doc, Role::Scribe, 4, 0).unwrap();
    give(&mut doc, Role::Presenter, 4, 0).unwrap();
    assert_eq!(doc.model.roles_of(PersonId(4), 0), [Role::Scribe, Role::Presenter], "a small group has several each");
    assert_eq!(give(&mut doc, Role::Scribe, 9, 0), Err(Reject::NoPerson), "who has left");
    assert_eq!(give(&mut doc, Role::Scribe, 77, 0), Err(Reject::NoPerson));
    let undo = give(&mut doc, Role::Scribe, 6, 0).unwrap().unwrap();
    assert_eq!(holder(&doc, Role::Scribe, 0), Some(6));
    try_to(&mut doc, By::Person(PersonId(2)), undo).unwrap();
    assert_eq!(holder(&doc, Role::Scribe, 0), Some(4));
    let too_many = vec![(Role::Scribe, None); 5];
    assert_eq!(
        try_to(&mut doc, By::Person(PersonId(2)), BoardOp::GiveRoles { roles: too_many }),
        Err(Reject::OutOfRange)
    );
}

#[test]
fn roles_go_round_and_pass_over_who_has_left() {
    let mut doc = group();
    give(&mut doc, Role::Scribe, 2, 0).unwrap();
    give(&mut doc, Role::Timekeeper, 4, 1).unwrap();
    let at = |doc: &Doc<Board>, round| [Role::Scribe, Role::Timekeeper].map(|role| holder(doc, role, round));
    assert_eq!(at(&doc, 1), [Some(4), Some(4)]);
    assert_eq!(at(&doc, 2), [Some(6), Some(6)]);
    assert_eq!(at(&doc, 3), [Some(2), Some(2)], "and round again");
    seat(&mut doc, 4, Seated::Elsewhere);
    assert_eq!(at(&doc, 1), [Some(6), Some(6)], "the next one takes it");
    seat(&mut doc, 2, Seated::Elsewhere);
    seat(&mut doc, 6, Seated::Elsewhere);
    assert_eq!(at(&doc, 1), [None, None]);
}

#[test]
fn who_comes_later_takes_a_role_from_nobody() {
    let mut doc = group();
    give(&mut doc, Role::Scribe, 2, 0).unwrap();
    let before: Vec<_> = (0..9).map(|round| holder(&doc, Role::Scribe, round)).collect();
    for late in [1, 3, 7] {
        seat(&mut doc, late, Seated::Here);
    }
    let after: Vec<_> = (0..9).map(|round| holder(&doc, Role::Scribe, round)).collect();
    assert_eq!(before, after);
    give(&mut doc, Role::Scribe, 2, 0).unwrap();
    assert_eq!(holder(&doc, Role::Scribe, 1), Some(3), "given again, it goes round among all of them");
    // An order of people whom nobody here knows is none.
    let strangers = GivenRole { to: PersonId(2), round: 0, order: vec![PersonId(2), PersonId(99)] };
    let op = BoardOp::GiveRoles { roles: vec![(Role::Scribe, Some(strangers))] };
    assert_eq!(try_to(&mut doc, By::Person(PersonId(2)), op), Err(Reject::NoPerson));
}

#[test]
fn roles_go_round_with_the_steps_that_say_so_in_each_group_that_comes_there() {
    let mut room = Room::new(&[Kind::Theme, Kind::Deepen, Kind::Star]);
    let steps: Vec<_> = room.doc.model.steps.iter().map(|step| step.id).collect();
    let turn = |room: &mut Room, step: usize, given| room.act(WorkshopOp::TurnRoles { step: steps[step], given });
    assert_eq!(turn(&mut room, 1, Given::Yes), Some(WorkshopOp::TurnRoles { step: steps[1], given: Given::No }));
    assert_eq!(turn(&mut room, 1, Given::Yes), None, "it did already");
    room.act(WorkshopOp::SetPhase { phase: Phase::Open });
    let rounds = |room: &Room| [1, 2, 3].map(|group| room.doc.model.rounds_of_roles(GroupId(group)));
    let go = |room: &mut Room, whom, from: usize, to: usize| {
        room.act(WorkshopOp::GoTo { whom, from: Some(steps[from]), step: steps[to] })
    };
    assert_eq!(rounds(&room), [0, 0, 0]);
    go(&mut room, Whom::Group(GroupId(2)), 0, 1);
    assert_eq!(rounds(&room), [0, 1, 0]);
    go(&mut room, Whom::All, 0, 1);
    assert_eq!(rounds(&room), [1, 1, 1], "who was there already does not turn again");
    go(&mut room, Whom::All, 1, 0);
    go(&mut room, Whom::All, 0, 1);
    assert_eq!(rounds(&room), [1, 1, 1], "back and on again is no other turn");
    go(&mut room, Whom::All, 1, 2);
    assert_eq!(rounds(&room), [1, 1, 1]);
    turn(&mut room, 2, Given::Yes);
    assert_eq!(rounds(&room), [1, 1, 1], "with its beginning, not in its middle");
    room.act(WorkshopOp::RemoveStep { step: steps[0] });
    room.act(WorkshopOp::RemoveStep { step: steps[1] });
    assert_eq!(room.doc.model.turns_roles.keys().copied().collect::<Vec<_>>(), [steps[2]], "a step that is gone");
}
