//! The power fails in a full hall, and comes back: two thousand phones return within five seconds, each with words that were written
//! meanwhile, and within ten all of them have all of it.

use std::time::{Duration, Instant};

use shared::CardId;
use tests::ask;
use tests::naze::Naze;
use tests::phone::{Owner, Phone};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::{alone, memory_mb, tell};

const GROUPS: u16 = 200;
const EACH: u16 = 10;
/// They come back within so long, one at a time, as phones notice.
const ARRIVAL: Duration = Duration::from_secs(5);
/// And all of them have everything within so long, counted from when the server listens again.
const IN_STEP: Duration = Duration::from_secs(10);
/// Nobody is waited for longer.
const PATIENCE: Duration = Duration::from_secs(60);
const SETTINGS: [&str; 4] = ["--log", "error", "--joins-per-minute", "100000"];

async fn table(base: String, made: ask::Made, group: u16) -> Vec<Phone> {
    let mut phones = Vec::new();
    for n in 0..EACH {
        let owner = Owner::join(&base, &made, &format!("{group}の{n}"), group).await.unwrap();
        let mut phone = Phone::new(owner).unwrap();
        phone.connect(&base).await.unwrap();
        phone.add(CardId::THEME, &format!("停電の前に{n}が書いた原因")).unwrap();
        phone.flush().await.unwrap();
        phone.saved().await.unwrap();
        phones.push(phone);
    }
    phones
}

/// Everything that the group has written, on this phone, and nothing of its own unsaved.
fn is_in_step(phone: &Phone) -> bool {
    phone.replica.pending().is_empty() && phone.replica.view().ever().count() == usize::from(2 * EACH)
}

/// Comes back after so long, with a card that was written meanwhile; how long after the start everything was there.
async fn returns(mut phone: Phone, base: String, after: Duration, since: Instant) -> (Duration, Duration) {
    phone.leave();
    phone.add(CardId::THEME, "停電のあいだに書いた原因").unwrap();
    sleep(after.saturating_sub(since.elapsed())).await;
    while let Err(why) = phone.connect(&base).await {
        assert!(since.elapsed() < PATIENCE, "not let in: {why:#}");
        sleep(Duration::from_millis(100)).await;
    }
    let came = since.elapsed();
    while !is_in_step(&phone) {
        let code = timeout(PATIENCE, phone.listen()).await.expect("it hears nothing").unwrap();
        assert_eq!(code, None, "closed");
    }
    assert_eq!(phone.refused, []);
    (came, since.elapsed())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_come_back_at_once() {
    let _alone = alone().await;
    let mut naze = Naze::start_with(&SETTINGS).await.unwrap();
    let made = ask::make(&naze.base(), GROUPS).await.unwrap();
    let begun = Instant::now();
    let mut coming = JoinSet::new();
    for group in 1..=GROUPS {
        coming.spawn(table(naze.base(), made, group));
    }
    let phones: Vec<Phone> = coming.join_all().await.into_iter().flatten().collect();
    let people = u32::try_from(phones.len()).unwrap();
    tell(&format!("{people} people came and wrote in {:.1} s", begun.elapsed().as_secs_f64()));
    naze.kill();
    let down = Instant::now();
    naze.again().await.unwrap();
    tell(&format!("listens again after {:.1} s", down.elapsed().as_secs_f64()));
    let since = Instant::now();
    let mut returning = JoinSet::new();
    // Not table by table: 7 has no divisor in common with 2,000.
    for (phone, n) in phones.into_iter().zip(0_u32..) {
        let after = ARRIVAL * (n * 7 % people) / people;
        returning.spawn(returns(phone, naze.base(), after, since));
    }
    let mut times = returning.join_all().await;
    times.sort_by_key(|(_, in_step)| *in_step);
    let (at, all) = (|percent: usize| times[(times.len() - 1) * percent / 100].1, times[times.len() - 1].1);
    let came = times.iter().map(|(came, _)| *came).max().unwrap();
    tell(&format!(
        "the last was in after {:.1} s; in step after {:.1} s (half), {:.1} s (99 of 100), {:.1} s (all); {} MB",
        came.as_secs_f64(),
        at(50).as_secs_f64(),
        at(99).as_secs_f64(),
        all.as_secs_f64(),
        memory_mb(&naze),
    ));
    assert!(all <= IN_STEP, "in step after {all:?}");
}
