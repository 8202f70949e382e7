//! Laws 2, 3 and 6 with half of all phones on the way round: power cuts, stops and networks that are cut lose nothing and double
//! nothing.

use std::collections::BTreeMap;
use std::time::Duration;

use shared::docs::board::Board;
use shared::{Doc, GroupId};
use tests::ask;
use tests::diary::{Diary, Dice};
use tests::naze::Naze;
use tests::peer::Way;
use tests::phone::{Owner, Phone};
use tests::proxy::Proxy;
use tokio::task::JoinSet;
use tokio::time::sleep;

const GROUPS: u16 = 3;
const WRITERS: u16 = 12;
const ROUNDS: usize = 12;
/// No limits on rate: these writers are faster than people.
const FAST: [&str; 6] = ["--log", "warn", "--edits-per-second", "100000", "--edits-at-once", "1000000"];

/// In each group half of them go each way.
fn way(writer: usize) -> Way {
    if (writer / usize::from(GROUPS)).is_multiple_of(2) { Way::Detour } else { Way::Socket }
}

async fn connect(phone: &mut Phone, way: Way, base: &str) {
    let begun = tokio::time::Instant::now();
    while let Err(why) = phone.connect_by(way, base).await {
        assert!(begun.elapsed() < Duration::from_secs(30), "{way:?}: {why}");
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn power_cuts_and_bad_networks_lose_nothing_and_double_nothing_on_both_ways() {
    let mut naze = Naze::start_with(&FAST).await.unwrap();
    let made = ask::make(&naze.base(), GROUPS).await.unwrap();
    let mut proxy = Proxy::before(naze.port()).await.unwrap();
    let mut writers = Vec::new();
    for (n, sign) in (0..WRITERS).zip('A'..='Z') {
        let owner = Owner::join(&naze.base(), &made, &format!("writer {sign}"), n % GROUPS + 1).await.unwrap();
        writers.push(Diary::new(Phone::new(owner).unwrap(), sign));
    }
    let mut dice = Dice(7);
    for round in 0..ROUNDS {
        let mut writing = JoinSet::new();
        for (n, mut writer) in writers.drain(..).enumerate() {
            connect(&mut writer.phone, way(n), &proxy.base()).await;
            writing.spawn(async move { (n, writer.write().await) });
        }
        sleep(Duration::from_millis(u64::try_from(200 + dice.below(300)).unwrap())).await;
        match round % 4 {
            0 => naze.kill(),
            1 => proxy.cut(),
            2 => {
                proxy.freeze();
                sleep(Duration::from_millis(200)).await;
                proxy.cut();
            }
            _ => assert!(naze.stop().await.unwrap().success()),
        }
        let mut back = writing.join_all().await;
        back.sort_by_key(|(n, _)| *n);
        writers = back.into_iter().map(|(_, writer)| writer).collect();
        if round % 4 == 0 || round % 4 == 3 {
            naze.again().await.unwrap();
            proxy = Proxy::before(naze.port()).await.unwrap();
        }
        proxy.mend();
    }
    let mut now: BTreeMap<GroupId, Doc<Board>> = BTreeMap::new();
    for (n, writer) in writers.iter_mut().enumerate() {
        connect(&mut writer.phone, way(n), &naze.base()).await;
        writer.phone.saved().await.unwrap();
        now.insert(writer.phone.owner.group, writer.phone.replica.confirmed().clone());
    }
    for writer in &mut writers {
        let board = &now[&writer.phone.owner.group];
        while writer.phone.replica.seq() < board.seq {
            assert_eq!(writer.phone.hear().await.unwrap(), None);
        }
        assert!(writer.phone.replica.confirmed() == board, "all have the same board");
        writer.check(&board.model).unwrap();
        assert!(writer.phone.refused.is_empty(), "{:?}", writer.phone.refused);
        assert!(!writer.is_empty());
    }
    let by = |wanted: Way| -> usize {
        writers.iter().enumerate().filter(|(n, _)| way(*n) == wanted).map(|(_, writer)| writer.len()).sum()
    };
    println!("{} words by detours, {} by websockets, {ROUNDS} accidents", by(Way::Detour), by(Way::Socket));
    assert!(by(Way::Detour) > 500, "it was hardly a load");
    assert_eq!(ask::figure(&naze.base(), "naze_detours").await.unwrap(), u64::from(WRITERS) / 2);
}
