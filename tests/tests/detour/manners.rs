//! How answers end: those that last, those of who cannot be told anything before an answer ends, and how long a card takes.

use shared::OpId;
use shared::wire::{ClientMessage, ServerMessage};
use tests::detour::Told;
use tests::peer::{Peer, Way};
use tokio::time::{Duration, Instant, sleep};

use super::{Hall, card, ping, pong, told};

#[tokio::test]
async fn answers_that_are_kept_back_until_they_end_end_at_once() {
    let hall = Hall::open().await;
    let line = hall.line().await;
    let mut hearing = line.hear().await.unwrap();
    let begun = Instant::now();
    assert_eq!(line.be_brief().await.unwrap(), 204);
    // Nothing was said yet: the one that lasts ends nevertheless, so that what keeps it back lets it go.
    assert_eq!([told(&mut hearing).await, told(&mut hearing).await], [Some(Told::Next), None]);
    for number in 1..=20 {
        let mut hearing = line.hear().await.unwrap();
        assert_eq!(line.say(number, &[ping(number)]).await.unwrap(), 204);
        assert_eq!(pong(&mut hearing).await, number);
        assert_eq!([told(&mut hearing).await, told(&mut hearing).await], [Some(Told::Next), None]);
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    // What is told between two answers waits for the next.
    assert_eq!(line.say(21, &[ping(21), ping(22)]).await.unwrap(), 204);
    sleep(Duration::from_millis(300)).await;
    let mut hearing = line.hear().await.unwrap();
    assert_eq!([pong(&mut hearing).await, pong(&mut hearing).await], [21, 22]);
    assert_eq!([told(&mut hearing).await, told(&mut hearing).await], [Some(Told::Next), None]);
}

/// Each lasts 50 seconds: `NAZE_ANSWERS=3` goes on for longer than any other request may last.
fn answers() -> usize {
    std::env::var("NAZE_ANSWERS").map_or(1, |number| number.parse().expect("NAZE_ANSWERS is a number"))
}

#[tokio::test]
async fn an_answer_ends_before_anything_on_the_way_loses_patience_and_the_next_goes_on() {
    let hall = Hall::open().await;
    let line = hall.line().await;
    let (mut number, mut asked) = (0, 0);
    for turn in 0..answers() {
        let begun = Instant::now();
        let mut hearing = line.hear().await.unwrap();
        if turn == 0 {
            number = 1;
            assert_eq!(line.say(number, &[ping(number)]).await.unwrap(), 204);
        }
        loop {
            match tokio::time::timeout(Duration::from_secs(55), hearing.next()).await.unwrap().unwrap() {
                Some(Told::Ask) => {
                    asked += 1;
                    number += 1;
                    assert_eq!(line.say(number, &[ping(number)]).await.unwrap(), 204);
                }
                Some(Told::Frame(_)) => {}
                Some(Told::Next) => break,
                other => panic!("{other:?} in answer {turn}"),
            }
        }
        assert_eq!(hearing.next().await.unwrap(), None);
        let lasted = begun.elapsed();
        assert!(lasted > Duration::from_secs(40) && lasted < Duration::from_secs(55), "{lasted:?}");
        if turn == 0 {
            assert!(asked > 0, "who says nothing for long is asked");
        }
    }
    // The line is there still.
    assert_eq!(line.say(number + 1, &[ping(9)]).await.unwrap(), 204);
}

/// How long cards take from being sent to being saved, each after the one before: the median and the longest.
async fn times(hall: &Hall, way: Way) -> (Duration, Duration) {
    let owner = hall.owner("佐藤").await;
    let client = server::access::new_client().unwrap();
    let mut peer = Peer::by(way, &hall.base).await.unwrap();
    peer.hello(hall.made.id, owner.token, client, Vec::new()).await.unwrap();
    let mut all = Vec::new();
    for n in 1..=60 {
        let (begun, id) = (Instant::now(), OpId { client, n });
        let doc = shared::DocId::Board(owner.group);
        peer.say(&ClientMessage::Ops { doc, ops: vec![(id, card("なぜ"))] }).await.unwrap();
        peer.until(|message| match message {
            ServerMessage::Entries { entries, .. } => entries.iter().any(|entry| entry.stamp.id == id).then_some(()),
            _ => None,
        })
        .await
        .unwrap();
        all.push(begun.elapsed());
    }
    all.sort();
    (all[30], all[59])
}

#[tokio::test]
async fn a_card_is_saved_as_fast_as_the_network_carries_it() {
    let hall = Hall::open().await;
    for way in [Way::Socket, Way::Detour] {
        let (median, longest) = times(&hall, way).await;
        println!("{way:?}: a card is saved after {median:?}, {longest:?} at the longest");
        assert!(median < Duration::from_millis(200), "{way:?}: {median:?}");
    }
}
