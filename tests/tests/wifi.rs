//! A hall with bad Wi-Fi: three hundred phones, each behind a link of its own, and at any moment three of ten links are down: cut, or
//! stuck so that nobody is told. Everybody writes all the time, with a link or without. Nothing may be lost and nothing may be there
//! twice; how long a phone takes to be in step again after its link is back is measured and told.
//!
//! `NAZE_WIFI_MINUTES=10` says how long the weather lasts; without it, it is short enough for every run of the tests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use server::client::{Client, Session};
use shared::{GroupId, Seq};
use tests::ask;
use tests::diary::{Diary, Dice, tokens};
use tests::naze::Naze;
use tests::phone::{Owner, Phone};
use tests::proxy::Proxy;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

const PHONES: usize = 300;
const GROUPS: u16 = 60;
/// Files that all these links need at once.
const FILES: u64 = 8_192;
/// Without being asked: half a minute.
const MINUTES: f64 = 0.5;
/// A phone that gets no answer tries again.
const TRY: Duration = Duration::from_secs(4);
/// Everybody writes about so often.
const WRITES_EVERY_MS: usize = 3_000;
/// How long links are down and up: down in three of ten moments.
const DOWN_MS: (usize, usize) = (1_000, 9_000);
const UP_MS: (usize, usize) = (3_000, 20_333);
/// When the weather is over, everybody is in step within this time.
const CLEARS_UP: Duration = Duration::from_secs(60);

fn tell(line: &str) {
    // Where nobody listens nothing is lost.
    let _ = writeln!(std::io::stderr(), "    wifi: {line}");
}

fn lasts() -> Duration {
    let minutes = std::env::var("NAZE_WIFI_MINUTES").map_or(MINUTES, |text| text.parse().expect("a number of minutes"));
    Duration::from_secs_f64(minutes * 60.0)
}

/// What the weather has done to a link, and what came of it.
#[derive(Default)]
struct Link {
    /// Since when it carries again, and what its phone must have by then to be in step.
    back: Mutex<Option<(Instant, Seq)>>,
    /// How long its phone took each time.
    took: Mutex<Vec<Duration>>,
}

struct Guest {
    diary: Diary,
    link: Arc<Link>,
    base: String,
    dice: Dice,
    writes_at: Instant,
    is_up: bool,
    connections: usize,
}

impl Guest {
    fn between(&mut self, (least, most): (usize, usize)) -> Duration {
        Duration::from_millis(u64::try_from(least + self.dice.below(most - least)).unwrap())
    }

    /// Writes when it is time, whether there is a link or not.
    fn write(&mut self, over: bool) -> bool {
        if over || Instant::now() < self.writes_at {
            return false;
        }
        self.diary.scribble();
        self.writes_at = Instant::now() + self.between((WRITES_EVERY_MS / 2, WRITES_EVERY_MS * 3 / 2));
        true
    }

    fn lost(&mut self) {
        self.diary.phone.leave();
        self.is_up = false;
    }

    /// One thing: connects, hears something, or writes.
    async fn go_on(&mut self, over: bool) {
        if !self.is_up {
            let base = self.base.clone();
            if matches!(timeout(TRY, self.diary.phone.connect(&base)).await, Ok(Ok(()))) {
                self.is_up = true;
                self.connections += 1;
            } else {
                self.lost();
                sleep(self.between((100, 500))).await;
            }
        } else {
            let due = if over { Instant::now() + TRY } else { self.writes_at };
            let heard = tokio::select! {
                heard = self.diary.phone.listen() => Some(heard),
                () = sleep_until(due) => None,
            };
            if matches!(heard, Some(Ok(Some(_)) | Err(_))) {
                self.lost();
            }
        }
        if self.write(over) && self.is_up && !matches!(timeout(TRY, self.diary.phone.flush()).await, Ok(Ok(()))) {
            self.lost();
        }
        self.is_in_step();
    }

    /// Whether everything here is saved and everything that there was is here.
    fn is_in_step(&self) {
        let mut back = self.link.back.lock().unwrap();
        let replica = &self.diary.phone.replica;
        if let Some((since, seq)) = *back
            && self.is_up
            && replica.seq() >= seq
            && replica.pending().is_empty()
        {
            *back = None;
            self.link.took.lock().unwrap().push(since.elapsed());
        }
    }
}

/// Lets links go down and come back until it is over; gives what part of them was down, and how many came back.
async fn weather(proxies: &[(Proxy, Arc<Link>, GroupId)], wall: &Session, lasts: Duration) -> (f64, usize) {
    let mut dice = Dice(7);
    let mut between =
        |(least, most): (usize, usize)| Duration::from_millis(u64::try_from(least + dice.below(most - least)).unwrap());
    let begin = Instant::now();
    let mut links: Vec<(bool, Instant)> =
        proxies.iter().enumerate().map(|(n, _)| (n % 10 >= 3, begin + between((0, UP_MS.1)))).collect();
    let (mut down, mut looks, mut returns) = (0, 0, 0);
    for ((proxy, ..), (up, _)) in proxies.iter().zip(&links) {
        if !up {
            proxy.cut();
        }
    }
    while begin.elapsed() < lasts {
        for ((proxy, link, group), (up, until)) in proxies.iter().zip(&mut links) {
            if Instant::now() < *until {
                continue;
            }
            *up = !*up;
            *until = Instant::now() + between(if *up { UP_MS } else { DOWN_MS });
            if *up {
                proxy.delay(between((0, 150)));
                proxy.mend();
                returns += 1;
                let now = wall.read(|docs| docs.board(*group).map(|board| board.seq()).unwrap_or_default());
                *link.back.lock().unwrap() = Some((Instant::now(), now));
            } else {
                *link.back.lock().unwrap() = None;
                if between((0, 10)).as_millis() < 4 { proxy.freeze() } else { proxy.cut() }
            }
        }
        down += links.iter().filter(|(up, _)| !up).count();
        looks += links.len();
        sleep(Duration::from_millis(50)).await;
    }
    proxies.iter().for_each(|(proxy, ..)| proxy.mend());
    #[allow(clippy::cast_precision_loss, reason = "a few millions")]
    let part = down as f64 / looks as f64;
    (part, returns)
}

fn report(mut took: Vec<Duration>, returns: usize) {
    took.sort_unstable();
    let at = |parts: usize| took.get(took.len() * parts / 100).or(took.last()).copied().unwrap_or_default();
    let max = took.last().copied().unwrap_or_default();
    tell(&format!(
        "in step again after a link is back: p50 {:?}, p95 {:?}, p99 {:?}, max {max:?} ({} of {returns}; the others went down again before)",
        at(50),
        at(95),
        at(99),
        took.len(),
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_hundred_phones_in_bad_wifi_lose_nothing_and_double_nothing() {
    rlimit::increase_nofile_limit(FILES).unwrap();
    let naze = Naze::start_with(&["--log", "warn", "--joins-per-minute", "6000"]).await.unwrap();
    let made = ask::make(&naze.base(), GROUPS).await.unwrap();
    let wall = Client::connect(&naze.base()).await.unwrap().hello(made.id, made.lead).await.unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let (mut proxies, mut guests) = (Vec::new(), JoinSet::new());
    for n in 0..PHONES {
        let group = u16::try_from(n).unwrap() % GROUPS + 1;
        let owner = Owner::join(&naze.base(), &made, &format!("guest {n}"), group).await.unwrap();
        let sign = char::from_u32(0x4e00 + u32::try_from(n).unwrap()).unwrap();
        let proxy = Proxy::before(naze.port()).await.unwrap();
        let (link, base, over) = (Arc::new(Link::default()), proxy.base(), Arc::clone(&over));
        proxies.push((proxy, Arc::clone(&link), GroupId(group)));
        let diary = Diary::new(Phone::new(owner).unwrap(), sign);
        let (dice, writes_at) = (Dice(n as u64), Instant::now());
        let mut guest = Guest { diary, link, base, dice, writes_at, is_up: false, connections: 0 };
        guests.spawn(async move {
            while !over.load(Ordering::Relaxed) {
                guest.go_on(false).await;
            }
            let clears_up = Instant::now() + CLEARS_UP;
            while !(guest.is_up && guest.diary.phone.replica.pending().is_empty()) && Instant::now() < clears_up {
                guest.go_on(true).await;
            }
            guest
        });
    }
    let lasts = lasts();
    let (down, returns) = weather(&proxies, &wall, lasts).await;
    over.store(true, Ordering::Relaxed);
    let clear = Instant::now();
    let mut all = Vec::new();
    while let Some(guest) = guests.join_next().await {
        all.push(guest.unwrap());
    }
    let cleared = clear.elapsed();
    check(&mut all, &wall).await;
    let written: usize = all.iter().map(|guest| guest.diary.len()).sum();
    let connections: usize = all.iter().map(|guest| guest.connections).sum();
    tell(&format!(
        "{PHONES} phones, {lasts:?} of weather, {:.1} % of links down at any time, {connections} connections, {written} words written, \
         0 lost, 0 doubled; everybody saved {cleared:?} after it cleared up",
        down * 100.0
    ));
    assert!((0.25..0.35).contains(&down), "{down} of the links were down");
    report(all.iter().flat_map(|guest| guest.link.took.lock().unwrap().clone()).collect(), returns);
}

/// Every word that was ever written is on the board, once; and everybody has the board that the server has.
async fn check(all: &mut [Guest], wall: &Session) {
    let last = |all: &[Guest], group| {
        let of_group = all.iter().filter(|guest| guest.diary.phone.owner.group == group);
        of_group.map(|guest| guest.diary.phone.replica.seq()).max().unwrap()
    };
    for group in (1..=GROUPS).map(GroupId) {
        let newest = last(all, group);
        wall.until("the wall to be in step", CLEARS_UP, |docs| {
            docs.board(group).is_some_and(|now| now.seq() >= newest)
        })
        .await
        .unwrap();
    }
    for guest in all {
        let group = guest.diary.phone.owner.group;
        let now = wall.read(|docs| docs.board(group).unwrap().confirmed().clone());
        assert!(guest.diary.phone.replica.pending().is_empty(), "something is not saved yet");
        assert_eq!(guest.diary.phone.refused, [], "nothing that anybody did here is unfit");
        while guest.diary.phone.replica.seq() < now.seq {
            match guest.diary.phone.hear().await {
                Ok(None) => {}
                _ => guest.diary.phone.connect(&guest.base).await.unwrap(),
            }
        }
        assert!(*guest.diary.phone.replica.confirmed() == now, "another board than the server's");
        guest.diary.check(&now.model).unwrap();
        let doubled: Vec<_> = tokens(&now.model).into_iter().filter(|(_, times)| *times > 1).collect();
        assert_eq!(doubled, [], "words that are there twice");
    }
}
