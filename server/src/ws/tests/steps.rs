//! The time of a step over sockets: who may still write when it is over, and who may give more of it.

use shared::docs::tray::TrayOp;
use shared::docs::workshop::{AtEnd, Kind, Names, TimerChange, Whom};
use shared::{By, Entry, Millis, Stamp};

use super::someone::{Someone, plan, steps_of};
use super::*;
use crate::log::{Key, Log, MemoryLog};
use crate::room::StepFacts;

const BOARD: DocId = board(1);

fn add() -> Op {
    adds(1).1
}

/// A workshop whose only step of one minute began so many seconds ago.
async fn began(seconds: u64, at_end: AtEnd) -> Hall {
    let log = Arc::new(MemoryLog::new());
    let hall = Hall::open_on(log.clone(), Limits::default()).await;
    let (mut at, key) = (hall.point(DocId::Workshop).await.seq, Key { workshop: hall.made.id, doc: DocId::Workshop });
    hall.registry.close().await;
    let began_at = Millis(crate::clock::now().0 - seconds * 1_000);
    let ops =
        [WorkshopOp::SetSteps { plans: vec![plan(Kind::Deepen, at_end)] }, WorkshopOp::SetPhase { phase: Phase::Open }];
    for (n, op) in (1..).zip(ops) {
        let id = OpId { client: ClientId::of(9_000), n };
        let stamp = Stamp { seq: at.next(), at: began_at, by: By::Lead, id };
        log.append(key, at, Arc::new([Entry { stamp, op: Op::Workshop(op) }])).await.unwrap();
        at = at.next();
    }
    hall.again(log).await
}

#[tokio::test]
async fn when_the_time_is_over_participants_write_no_more_until_there_is_more_of_it() {
    let hall = began(70, AtEnd::Close).await;
    let mut sato = Someone::seated(&hall, 1, 1).await;
    let mut lead = Someone::with(&hall, hall.made.lead).await;
    let mut helper = Someone::with(&hall, hall.made.helper).await;
    assert_eq!(sato.tries(BOARD, add()).await, Err(Reject::TimeIsOver));
    let slip = Op::Tray(TrayOp::PutSlip { text: "おそい".into(), names: Names::Shown });
    assert!(sato.tries(DocId::Tray(sato.person), slip).await.is_ok(), "a tray takes what was written");
    assert!(lead.tries(BOARD, add()).await.is_ok());
    assert!(helper.tries(BOARD, add()).await.is_ok());
    let step = steps_of(&hall).await[0].id;
    let change = TimerChange::More(60);
    let all = WorkshopOp::SetTimer { whom: Whom::All, step, change };
    assert_eq!(sato.tries(DocId::Workshop, Op::Workshop(all)).await, Err(Reject::Forbidden));
    let another = WorkshopOp::SetTimer { whom: Whom::Group(GroupId(2)), step, change };
    helper.does(DocId::Workshop, Op::Workshop(another)).await;
    assert_eq!(sato.tries(BOARD, add()).await, Err(Reject::TimeIsOver), "another group has more time");
    let theirs = WorkshopOp::SetTimer { whom: Whom::Group(GroupId(1)), step, change };
    helper.does(DocId::Workshop, Op::Workshop(theirs)).await;
    assert!(sato.tries(BOARD, add()).await.is_ok());
    let go = WorkshopOp::GoTo { whom: Whom::All, from: Some(step), step };
    assert_eq!(helper.tries(DocId::Workshop, Op::Workshop(go)).await, Err(Reject::Forbidden));
}

#[tokio::test]
async fn where_a_step_does_not_close_its_end_stops_nobody() {
    let hall = began(70, AtEnd::GoOn).await;
    let mut sato = Someone::seated(&hall, 1, 1).await;
    assert!(sato.tries(BOARD, add()).await.is_ok());
}

#[test]
fn letters_on_the_way_are_waited_for() {
    let closes = StepFacts { closes_at: Some(Millis(10_000)), visits: None };
    for (now, taken) in [(0, true), (10_000, true), (12_999, true), (13_000, false), (u64::MAX, false)] {
        assert_eq!(closes.takes_input(Millis(now)), taken, "{now}");
        assert!(StepFacts::default().takes_input(Millis(now)));
    }
}
