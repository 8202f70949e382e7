//! A laptop whose lid was closed: the server stands still for half a minute (SIGSTOP), nobody is told, and then it goes on. Whoever
//! wrote meanwhile goes on too, and everything arrives, once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use server::client::{Client, Docs, Session};
use shared::{CardId, GroupId};
use tests::ask::{self, Made};
use tests::naze::Naze;
use tokio::time::sleep;

const GROUPS: u16 = 7;
const EACH: u16 = 2;
const FREEZE: Duration = Duration::from_secs(30);
/// Everybody writes so often, whatever becomes of it.
const PAUSE: Duration = Duration::from_millis(400);
/// Within so long after it goes on everything is saved: who gave it up comes back, and waits between tries as a page does.
const SOON: Duration = Duration::from_secs(20);

async fn join(base: &str, made: &Made, name: &str, group: u16) -> Session {
    let mut client = Client::connect(base).await.unwrap();
    let token = server::access::new_token().unwrap();
    client.join(made.code, token, name, Some(GroupId(group))).await.unwrap();
    let session = client.hello(made.id, token).await.unwrap();
    session.until("the board", SOON, Docs::is_complete).await.unwrap();
    session
}

/// Everybody writes a card for so long; what was written, by group.
async fn write(people: &[(u16, Session)], time: Duration, written: &mut BTreeMap<u16, Vec<String>>) {
    let begun = Instant::now();
    while begun.elapsed() < time {
        for (group, person) in people {
            let all = written.entry(*group).or_default();
            let words = format!("{group}班の{}枚目の原因", all.len());
            person.board(GroupId(*group)).add(CardId::THEME, &words).unwrap();
            all.push(words);
        }
        sleep(PAUSE).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stands_still_for_half_a_minute_loses_nothing() {
    let naze = Naze::start().await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, GROUPS).await.unwrap();
    let mut people = Vec::new();
    for group in 1..=GROUPS {
        for n in 0..EACH {
            people.push((group, join(&base, &made, &format!("{group}の{n}"), group).await));
        }
    }
    let mut written = BTreeMap::new();
    write(&people, Duration::from_secs(2), &mut written).await;
    let pid = Pid::from_raw(i32::try_from(naze.pid().unwrap()).unwrap()).unwrap();
    kill_process(pid, Signal::STOP).unwrap();
    write(&people, FREEZE, &mut written).await;
    let waiting = people.iter().filter(|(_, person)| person.read(|docs| docs.unsaved()) > 0).count();
    assert_eq!(waiting, people.len(), "nobody is told that anything is saved while nothing can be");
    kill_process(pid, Signal::CONT).unwrap();
    let goes_on = Instant::now();
    for (_, person) in &people {
        person.saved(SOON).await.unwrap();
    }
    let took = goes_on.elapsed();
    // Somebody who comes now sees all of it, once.
    for (group, words) in &written {
        let after = join(&base, &made, "あとから来た人", *group).await;
        let seen = after.read(|docs| {
            let board = docs.board(GroupId(*group)).expect("their board");
            board.view().ever().map(|(_, card)| card.text.read()).collect::<Vec<String>>()
        });
        for word in words {
            assert_eq!(seen.iter().filter(|text| *text == word).count(), 1, "{word}");
        }
        assert_eq!(seen.iter().filter(|text| !text.is_empty()).count(), words.len(), "group {group}");
    }
    let cards: usize = written.values().map(Vec::len).sum();
    println!("{cards} cards, {FREEZE:?} frozen, all saved {took:?} after it went on");
}
