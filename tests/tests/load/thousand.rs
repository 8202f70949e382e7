//! A thousand people in a hundred groups, with two leads who see all of it: nothing fails, nothing is lost or doubled on its way to
//! anybody, it is there in the blink of an eye, and the server keeps to the memory that is promised.

use std::time::{Duration, Instant};

use shared::{ClientId, JoinCode};
use tests::ask::{self, Made};
use tests::load::crowd::{Crowd, Pace};
use tests::load::meter::Meter;
use tests::load::socket::{self, Socket};
use tests::load::talk::{self, Kind, Speaker};
use tests::naze::Naze;
use tokio::task::JoinSet;

use super::walls::Walls;
use super::{alone, memory_mb, tell};

const GROUPS: u16 = 100;
const EACH: u8 = 10;
const LEADS: u64 = 2;
/// As people write who do not stop to think.
const PAUSE: Duration = Duration::from_secs(2);
const SECONDS: u64 = 15;
/// From the key of one phone to all others, for 99 of 100: in the debug server of the tests, on two busy cores.
const LATE_MS: f64 = 1_000.0;
/// What the server may hold in memory: `docs/reliability.md` states it.
const MEMORY_MB: u64 = 250;
/// What would be counted if anything had failed.
const TROUBLES: [&str; 4] = [
    "naze_overflows_total",
    "naze_append_errors_total",
    "naze_operations_total{outcome=\"rejected\"}",
    "naze_operations_total{outcome=\"forbidden\"}",
];
/// All of them come from one address here, at once.
const SETTINGS: [&str; 4] = ["--log", "warn", "--joins-per-minute", "100000"];

fn time() -> Duration {
    match std::env::var("NAZE_LOAD_MINUTES") {
        Ok(minutes) => {
            Duration::from_secs(60 * minutes.parse::<u64>().expect("NAZE_LOAD_MINUTES is a number of minutes"))
        }
        Err(_) => Duration::from_secs(SECONDS),
    }
}

async fn group(address: String, code: JoinCode, group: u16) -> Vec<(Speaker, Socket)> {
    let mut seated = Vec::new();
    for member in 0..EACH {
        let speaker = Speaker::new(Kind::Naze, group, member);
        let mut socket = socket::connect(&address, "/ws").await.unwrap();
        speaker.enter(code, &mut socket).await.unwrap();
        seated.push((speaker, socket));
    }
    seated
}

async fn lead(address: &str, made: &Made, n: u64) -> Socket {
    let mut socket = socket::connect(address, "/ws").await.unwrap();
    talk::hello(made.id, made.lead, ClientId::of(77 + n), &mut socket).await.unwrap();
    socket
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_people_write_at_once() {
    let _alone = alone().await;
    let naze = Naze::start_with(&SETTINGS).await.unwrap();
    let address = naze.base().strip_prefix("http://").unwrap().to_owned();
    let made = ask::make(&naze.base(), GROUPS).await.unwrap();
    let begun = Instant::now();
    let mut coming = JoinSet::new();
    for n in 1..=GROUPS {
        coming.spawn(group(address.clone(), made.code, n));
    }
    let mut crowd = Crowd::new().unwrap();
    while let Some(seated) = coming.join_next().await {
        for (speaker, socket) in seated.unwrap() {
            crowd.add(socket.into_stream().unwrap(), Some(speaker)).unwrap();
        }
    }
    tell(&format!("{} people came in {:.1} s", crowd.people(), begun.elapsed().as_secs_f64()));
    for n in 0..LEADS {
        crowd.add(lead(&address, &made, n).await.into_stream().unwrap(), None).unwrap();
    }
    let time = time();
    // They take as much of the machine as the server: only where there is time for it.
    let walls = if time > Duration::from_secs(SECONDS) { Walls::open(&naze, &made).await.unwrap() } else { None };
    if let Some(walls) = &walls {
        walls.watch().await.unwrap();
    }
    let (crowd, meter) = tokio::task::spawn_blocking(move || {
        let mut crowd = crowd;
        let mut meter = Meter::default();
        // Whatever is still on its way to somebody who came.
        crowd.rest(Duration::from_secs(20), &mut Meter::default()).unwrap();
        crowd.begin(Pace::Every(PAUSE)).unwrap();
        crowd.go_on(Pace::Every(PAUSE), time, &mut meter).expect("nobody is cut off");
        crowd.rest(Duration::from_secs(20), &mut meter).unwrap();
        (crowd, meter)
    })
    .await
    .unwrap();
    if let Some(walls) = walls {
        walls.are_in_step(&naze, &made).await.unwrap();
    }
    let (said, memory) = (crowd.said(), memory_mb(&naze));
    tell(&format!(
        "{} s: {said} edits, {} deliveries, p50 {:.1} ms, p99 {:.1} ms, the latest {:.0} ms; {memory} MB",
        time.as_secs(),
        meter.deliveries,
        meter.late_ms(500),
        meter.late_ms(990),
        meter.late_ms(1_000),
    ));
    assert!(
        said >= u64::from(GROUPS) * u64::from(EACH) * time.as_secs() / PAUSE.as_secs() / 2,
        "they hardly wrote: {said}"
    );
    assert_eq!(meter.deliveries, said * (u64::from(EACH) + LEADS), "each edit comes to each of them once");
    for trouble in TROUBLES {
        assert_eq!(ask::figure(&naze.base(), trouble).await.unwrap(), 0, "{trouble}");
    }
    assert!(meter.late_ms(990) <= LATE_MS, "99 of 100 within {:.0} ms", meter.late_ms(990));
    assert!(memory <= MEMORY_MB, "{memory} MB");
}
