//! One device for a table: somebody for whom another phone has written goes on with one of their own, and with no other.

use shared::docs::roster::RosterOp;
use shared::wire::{Close, Renew};
use shared::{AnyDoc, By, JoinCode, PersonId};

use super::*;
use crate::registry::NotLent;

fn lend(hall: &Hall, token: Token) -> ClientMessage {
    ClientMessage::Lend { workshop: hall.made.id, token }
}

fn take_over(hall: &Hall, code: JoinCode, token: Token) -> ClientMessage {
    ClientMessage::TakeOver { workshop: hall.made.id, code, token }
}

async fn lent(hall: &Hall, token: Token) -> JoinCode {
    match hall.peer().await.ask(&lend(hall, token)).await {
        ServerMessage::Lent { code, until } => {
            let minutes = (until.0 - crate::clock::now().0) / 60_000;
            assert!((9..=10).contains(&minutes), "{minutes}");
            code
        }
        other => panic!("{other:?}"),
    }
}

async fn joined(hall: &Hall, n: u8) -> PersonId {
    match join(&mut hall.peer().await, hall, token(n), Some(GroupId(2))).await {
        ServerMessage::Joined { person, .. } => person,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn who_goes_on_with_their_own_phone_is_who_they_were() {
    let hall = Hall::open(Limits::default()).await;
    let person = joined(&hall, 1).await;
    let mut scribe = hall.peer().await;
    scribe.hello(&hall, token(1), vec![]).await;
    scribe.docs(3).await;
    scribe.send(&ClientMessage::Ops { doc: board(2), ops: vec![adds(1)] }).await;
    scribe.answered(board(2), id(1)).await;
    let code = lent(&hall, token(1)).await;
    let mut phone = hall.peer().await;
    let place = phone.ask(&ClientMessage::Knock(code)).await;
    assert!(
        matches!(&place, ServerMessage::Place { name, group: GroupId(2), workshop, .. } if name == "佐藤" && *workshop == hall.made.id),
        "{place:?}"
    );
    let answer = phone.ask(&take_over(&hall, code, token(2))).await;
    assert_eq!(answer, ServerMessage::Joined { workshop: hall.made.id, person, group: GroupId(2) });
    // Who wrote for them is sent away, and told why.
    assert_eq!(scribe.closed().await, Close::Reseated as u16);
    let hello = ClientMessage::Hello { workshop: hall.made.id, token: token(1), client: ClientId::of(9), have: vec![] };
    assert_eq!(hall.peer().await.ask(&hello).await, ServerMessage::Refused(Refusal::TakenOver));
    let (who, seat, _) = phone.hello(&hall, token(2), vec![]).await;
    assert_eq!((who, seat), (Capability::Participant(person), Some(GroupId(2))));
    phone.docs(3).await;
    phone.gets_no_more().await;
    let doc = hall.registry.snapshot(hall.made.id, board(2)).await.unwrap();
    let AnyDoc::Board(doc) = doc else { panic!("{doc:?}") };
    assert!(doc.model.get(CardId::from(id(1))).is_some_and(|card| card.by == By::Person(person)));
    assert_eq!(doc.model.members.len(), 1, "one seat, not two");
}

#[tokio::test]
async fn asking_twice_is_asking_once_and_a_code_is_good_for_one() {
    let hall = Hall::open(Limits::default()).await;
    let person = joined(&hall, 1).await;
    let code = lent(&hall, token(1)).await;
    for _ in 0..2 {
        let answer = hall.peer().await.ask(&take_over(&hall, code, token(2))).await;
        assert!(matches!(answer, ServerMessage::Joined { person: who, .. } if who == person), "{answer:?}");
    }
    let other = hall.peer().await.ask(&take_over(&hall, code, token(3))).await;
    assert_eq!(other, ServerMessage::Refused(Refusal::NoSuchCode));
    let gone = hall.peer().await.ask(&ClientMessage::Knock(code)).await;
    assert_eq!(gone, ServerMessage::Refused(Refusal::NoSuchCode));
}

#[tokio::test]
async fn who_was_taken_over_lends_no_more() {
    let hall = Hall::open(Limits::default()).await;
    joined(&hall, 1).await;
    let code = lent(&hall, token(1)).await;
    // Between its asking and the next entry of the roster a key may be taken over: what it has lent goes with it.
    let last = lent(&hall, token(1)).await;
    let taken = hall.peer().await.ask(&take_over(&hall, last, token(2))).await;
    assert!(matches!(taken, ServerMessage::Joined { .. }), "{taken:?}");
    assert_eq!(hall.peer().await.ask(&lend(&hall, token(1))).await, ServerMessage::Refused(Refusal::TakenOver));
    let back = hall.peer().await.ask(&take_over(&hall, code, token(1))).await;
    assert_eq!(back, ServerMessage::Refused(Refusal::NoSuchCode));
}

#[tokio::test]
async fn only_a_participants_own_key_lends_and_only_in_their_workshop() {
    let hall = Hall::open(Limits::default()).await;
    joined(&hall, 1).await;
    let refused = ServerMessage::Refused(Refusal::NoSuchKey);
    for key in [hall.made.lead, hall.made.helper, hall.made.observer, token(9)] {
        assert_eq!(hall.peer().await.ask(&lend(&hall, key)).await, refused);
    }
    let code = lent(&hall, token(1)).await;
    let elsewhere = ClientMessage::TakeOver { workshop: shared::WorkshopId::default(), code, token: token(2) };
    assert_eq!(hall.peer().await.ask(&elsewhere).await, ServerMessage::Refused(Refusal::NoSuchWorkshop));
    let last = lent(&hall, token(1)).await;
    let old = hall.peer().await.ask(&take_over(&hall, code, token(2))).await;
    assert_eq!(old, ServerMessage::Refused(Refusal::NoSuchCode), "the last code alone is good");
    let new = hall.peer().await.ask(&take_over(&hall, last, token(2))).await;
    assert!(matches!(new, ServerMessage::Joined { .. }), "{new:?}");
}

async fn lent_by_lead(hall: &Hall, person: PersonId) -> JoinCode {
    hall.registry.lend_for(hall.made.id, &hall.made.lead, person).await.unwrap().0
}

#[tokio::test]
async fn the_lead_lends_a_code_to_whoever_has_an_empty_phone() {
    let hall = Hall::open(Limits::default()).await;
    let person = joined(&hall, 1).await;
    let mut first = hall.peer().await;
    first.hello(&hall, token(1), vec![]).await;
    let (own, code) = (lent(&hall, token(1)).await, lent_by_lead(&hall, person).await);
    let place = hall.peer().await.ask(&ClientMessage::Knock(code)).await;
    assert!(matches!(&place, ServerMessage::Place { name, .. } if name == "佐藤"), "{place:?}");
    for _ in 0..2 {
        let answer = hall.peer().await.ask(&take_over(&hall, code, token(2))).await;
        assert_eq!(answer, ServerMessage::Joined { workshop: hall.made.id, person, group: GroupId(2) });
    }
    assert_eq!(first.closed().await, Close::Reseated as u16);
    for (code, key) in [(code, 3), (own, 1)] {
        let late = hall.peer().await.ask(&take_over(&hall, code, token(key))).await;
        assert_eq!(late, ServerMessage::Refused(Refusal::NoSuchCode));
    }
}

#[tokio::test]
async fn nobody_but_the_lead_lends_for_others_and_only_for_who_is_there() {
    let hall = Hall::open(Limits::default()).await;
    let person = joined(&hall, 1).await;
    for key in [hall.made.helper, hall.made.observer, token(1), token(9)] {
        let answer = hall.registry.lend_for(hall.made.id, &key, person).await;
        assert_eq!(answer, Err(NotLent::Refused(Refusal::NoSuchKey)));
    }
    let nobody = hall.registry.lend_for(hall.made.id, &hall.made.lead, PersonId(9_999)).await;
    assert_eq!(nobody, Err(NotLent::NoSuchPerson));
    let code = lent_by_lead(&hall, person).await;
    hall.registry.rearrange(hall.made.id, vec![RosterOp::Remove { person }]).await.unwrap();
    let out = hall.peer().await.ask(&take_over(&hall, code, token(2))).await;
    assert_eq!(out, ServerMessage::Refused(Refusal::NoSuchCode), "who was taken out comes in by no code");
    let gone = hall.registry.lend_for(hall.made.id, &hall.made.lead, person).await;
    assert_eq!(gone, Err(NotLent::NoSuchPerson));
}

#[tokio::test]
async fn what_a_leaked_lead_link_has_lent_goes_with_it() {
    let hall = Hall::open(Limits::default()).await;
    let person = joined(&hall, 1).await;
    let code = lent_by_lead(&hall, person).await;
    hall.registry.renew(hall.made.id, &hall.made.lead, Renew::Lead(token(8))).await.unwrap();
    let late = hall.peer().await.ask(&take_over(&hall, code, token(2))).await;
    assert_eq!(late, ServerMessage::Refused(Refusal::NoSuchCode));
    let code = hall.registry.lend_for(hall.made.id, &token(8), person).await.unwrap().0;
    let now = hall.peer().await.ask(&take_over(&hall, code, token(2))).await;
    assert!(matches!(now, ServerMessage::Joined { .. }), "{now:?}");
}

#[tokio::test]
async fn codes_to_go_on_with_are_not_guessed_either() {
    let hall = Hall::open(Limits { wrong_codes_per_minute_max: 5, ..Limits::default() }).await;
    joined(&hall, 1).await;
    let wrong = take_over(&hall, "K7M4XR".parse().unwrap(), token(2));
    for _ in 0..5 {
        assert_eq!(hall.peer().await.ask(&wrong).await, ServerMessage::Refused(Refusal::NoSuchCode));
    }
    let mut guesser = hall.peer().await;
    for _ in 0..3 {
        assert_eq!(guesser.ask(&wrong).await, ServerMessage::Refused(Refusal::NoSuchCode));
    }
    assert_eq!(guesser.ask(&wrong).await, ServerMessage::Refused(Refusal::TooManyTries));
}
