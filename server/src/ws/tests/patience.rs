//! How long a connection is waited for, in milliseconds instead of seconds.

use super::*;
use crate::registry::Times;

const SHORT: Duration = Duration::from_millis(200);
const LONG: Duration = Duration::from_secs(60);

async fn hall(times: Times) -> Hall {
    Hall::open(Limits { times, ..Limits::default() }).await
}

#[tokio::test]
async fn who_never_says_anything_is_closed() {
    let hall = hall(Times { first_frame: SHORT, ..Times::default() }).await;
    let begun = std::time::Instant::now();
    let mut peer = hall.peer().await;
    assert_eq!(peer.closed().await, Close::Silent as u16);
    assert!(begun.elapsed() >= SHORT);
    hall.settles(|figures| figures.connections == 0).await;
}

#[tokio::test]
async fn who_has_said_something_is_not_waited_for_like_a_stranger() {
    let hall = hall(Times { first_frame: SHORT, ..Times::default() }).await;
    let mut peer = hall.peer().await;
    peer.send(&ClientMessage::Ping(1)).await;
    tokio::time::sleep(SHORT * 3).await;
    peer.send(&ClientMessage::Ping(2)).await;
    assert!(matches!(peer.next().await, ServerMessage::Pong { n: 1, .. }));
    assert!(matches!(peer.next().await, ServerMessage::Pong { n: 2, .. }));
}

#[tokio::test]
async fn silence_alone_closes_nobody() {
    let hall = hall(Times { silence: SHORT, answer: SHORT, ..Times::default() }).await;
    let mut sato = seated(&hall, 1, 1).await;
    // It says nothing for many times as long, but what carries it answers: a page that sleeps.
    for _ in 0..3 {
        sato.is_asked(LONG).await;
    }
    sato.send(&ClientMessage::Ops { doc: board(1), ops: vec![adds(1)] }).await;
    sato.answered(board(1), id(1)).await;
}

#[tokio::test]
async fn a_question_that_is_not_answered_means_that_nobody_is_there() {
    let hall = hall(Times { silence: SHORT, answer: SHORT, ..Times::default() }).await;
    let mut sato = seated(&hall, 1, 1).await;
    let begun = std::time::Instant::now();
    // Nobody reads this end, so nobody answers.
    hall.settles(|figures| figures.participants == 0).await;
    assert!(begun.elapsed() >= SHORT);
    assert_eq!(sato.closed().await, Close::Silent as u16);
}
