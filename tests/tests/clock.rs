//! Where the room is, and how much time is left, outlive the server; every phone has the same of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use shared::docs::workshop::{AtEnd, Kind, Names, Plan, Timer, TimerChange, Whom, WorkshopOp};
use shared::wire::{ClientMessage, ServerMessage};
use shared::{DocId, GroupId, Millis, Op};
use tests::ask;
use tests::naze::Naze;
use tests::phone::Owner;
use tests::someone::Someone;

fn plan(kind: Kind, minutes: u16) -> Plan {
    let (title, prompt) = (format!("{kind:?}"), String::new());
    Plan { kind, title, minutes, each_s: 0, prompt, at_end: AtEnd::GoOn, names: Names::Shown }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_in_mid_step_goes_on_with_the_time_that_was_left() {
    let mut naze = Naze::start().await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, 3).await.unwrap();
    let mut lead = Someone::with(&base, &made, "the lead", made.lead).await.unwrap();
    let mut helper = Someone::with(&base, &made, "a helper", made.helper).await.unwrap();
    let owner = Owner::join(&base, &made, "佐藤", 1).await.unwrap();
    let mut sato = Someone::seated(&base, &made, owner).await.unwrap();
    let kinds = [(Kind::CheckIn, 5), (Kind::Deepen, 20), (Kind::CheckOut, 5)];
    let steps = lead.begins(kinds.map(|(kind, minutes)| plan(kind, minutes)).to_vec()).await.unwrap();
    lead.goes(Whom::All, steps[0], steps[1]).await.unwrap();
    // One group has its own time, one is ahead and stands still.
    let (one, two) = (Whom::Group(GroupId(1)), Whom::Group(GroupId(2)));
    let timer = |whom, step, change| Op::Workshop(WorkshopOp::SetTimer { whom, step, change });
    helper.does(DocId::Workshop, timer(one, steps[1], TimerChange::More(120))).await.unwrap();
    helper.goes(two, steps[1], steps[2]).await.unwrap();
    helper.does(DocId::Workshop, timer(two, steps[2], TimerChange::Pause)).await.unwrap();
    lead.listens().await.unwrap();
    let before = lead.doc(DocId::Workshop).unwrap();
    for _ in 0..2 {
        naze.kill();
        naze.again().await.unwrap();
        for one in [&mut lead, &mut helper, &mut sato] {
            one.comes_back(&base).await.unwrap();
            one.listens().await.unwrap();
            assert!(one.doc(DocId::Workshop).unwrap() == before, "{} has another workshop", one.who);
        }
    }
    let workshop = sato.workshop().unwrap();
    let run = |group| workshop.run_of(GroupId(group)).unwrap();
    assert_eq!([1, 2, 3].map(|group| run(group).step), [steps[1], steps[2], steps[1]]);
    let Timer::Runs { until: room } = run(3).timer else { panic!("it runs") };
    assert_eq!(room, Millis(run(3).began_at.0 + 20 * 60_000));
    assert_eq!(run(1).timer, Timer::Runs { until: Millis(room.0 + 120_000) });
    assert!(matches!(run(2).timer, Timer::Paused { left_ms } if left_ms <= 5 * 60_000 && left_ms > 4 * 60_000));
    // And it goes on from there.
    helper.does(DocId::Workshop, timer(two, steps[2], TimerChange::GoOn)).await.unwrap();
    assert!(matches!(helper.workshop().unwrap().run_of(GroupId(2)).unwrap().timer, Timer::Runs { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_that_phones_are_told_is_the_one_that_steps_run_by() {
    let naze = Naze::start().await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, 1).await.unwrap();
    let mut lead = Someone::with(&base, &made, "the lead", made.lead).await.unwrap();
    let told = async |one: &mut Someone, n| {
        one.says(&ClientMessage::Ping(n)).await.unwrap();
        loop {
            if let ServerMessage::Pong { now, .. } = one.next().await.unwrap() {
                return *now;
            }
        }
    };
    let mut phone = Someone::with(&base, &made, "a phone", made.observer).await.unwrap();
    let before = told(&mut phone, 1).await;
    lead.begins(vec![plan(Kind::Deepen, 20)]).await.unwrap();
    let after = told(&mut phone, 2).await;
    let run = phone.workshop().unwrap().run_of(GroupId(1)).unwrap();
    assert!(before <= run.began_at && run.began_at <= after, "{before:?} {run:?} {after:?}");
    let left = run.timer.left_ms(after);
    assert_eq!(left, 20 * 60_000 - (after.0 - run.began_at.0));
}
