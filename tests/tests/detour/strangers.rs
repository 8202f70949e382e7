//! Who breaks the rules on the way round is refused, and whoever keeps them notices nothing.

use http::Method;
use shared::CardId;
use shared::wire::Close;
use tests::ask;
use tests::detour::{Requests, Told};
use tests::peer::{Peer, Way};
use tests::phone::Phone;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::time::{Duration, Instant, sleep, timeout};

use super::{Hall, SOON, ping, pong, said, told};

#[tokio::test]
async fn a_line_is_found_by_its_name_alone() {
    let hall = Hall::open().await;
    let mut requests = hall.line().await;
    let own = std::mem::replace(&mut requests.name, "0".repeat(32));
    assert_eq!(requests.say(1, &[ping(1)]).await.unwrap(), 410, "a name that is nobody's");
    assert_eq!(requests.hear().await.unwrap_err(), 410);
    assert_eq!(requests.be_brief().await.unwrap(), 410);
    for name in ["", "0", &"ぜ".repeat(11), &"x".repeat(32), &format!(" {}", own.get(1..).unwrap())] {
        requests.name = name.to_owned();
        for status in [
            requests.say(1, &[ping(1)]).await.unwrap(),
            requests.hear().await.unwrap_err(),
            requests.be_brief().await.unwrap(),
        ] {
            assert!(status == 400 || status == 413, "{name:?}: {status}");
        }
    }
    // Nothing of that took its turn away, and its name stands in no log.
    requests.name = own.clone();
    assert_eq!(requests.say(1, &[ping(7)]).await.unwrap(), 204);
    assert_eq!(pong(&mut requests.hear().await.unwrap()).await, 7);
    assert!(!hall.naze.said().contains(own.get(..16).unwrap()), "the log has the name of a line");
    let another = hall.line().await;
    assert_ne!(another.name, own);
}

#[tokio::test]
async fn only_our_own_page_opens_one() {
    let hall = Hall::open().await;
    for way in ["", "/hear", "/say", "/brief"] {
        let address = format!("{}/detour{way}", hall.base);
        let from = |origin: &'static str| [("origin", origin)];
        let other = ask::ask(Method::POST, &address, &from("https://evil.example"), "").await.unwrap();
        assert_eq!(other.status, 403, "{way}");
        let rebound = ask::ask(Method::POST, &address, &[("host", "evil.example")], "").await.unwrap();
        assert_eq!(rebound.status, 421, "{way}");
        let got = ask::get(&address).await.unwrap();
        assert_eq!((got.status, got.headers["allow"].to_str().unwrap()), (405, "POST"), "{way}");
    }
    assert_eq!(ask::figure(&hall.base, "naze_detours").await.unwrap(), 0);
}

#[tokio::test]
async fn what_is_said_comes_in_order_and_counts_once() {
    let hall = Hall::open().await;
    let line = hall.line().await;
    let mut hearing = line.hear().await.unwrap();
    assert_eq!(line.say(1, &[ping(1), ping(2)]).await.unwrap(), 204);
    for again in 0..3 {
        assert_eq!(line.say(1, &[ping(90 + again)]).await.unwrap(), 204, "its answer was lost: it is known already");
    }
    for (number, why) in [(0, "before the first"), (3, "one is missing"), (u32::MAX, "far off")] {
        assert_eq!(line.say(number, &[ping(80)]).await.unwrap(), 409, "{why}");
    }
    // At the same moment, as two tries of one request: one of them counts.
    let frames = [ping(3)];
    let (one, two) = tokio::join!(line.say(2, &frames), line.say(2, &frames));
    assert_eq!((one.unwrap(), two.unwrap()), (204, 204));
    assert_eq!(line.say(1, &[ping(70)]).await.unwrap(), 409, "an old one");
    assert_eq!(line.say(3, &[ping(4)]).await.unwrap(), 204);
    for expected in 1..=4 {
        assert_eq!(pong(&mut hearing).await, expected);
    }
}

#[tokio::test]
async fn one_listens_at_a_time() {
    let hall = Hall::open().await;
    let line = hall.line().await;
    let mut hearing = line.hear().await.unwrap();
    assert_eq!(line.hear().await.unwrap_err(), 409);
    assert_eq!(line.say(1, &[ping(1)]).await.unwrap(), 204);
    assert_eq!(pong(&mut hearing).await, 1, "who listened first still hears everything");
    // Whoever hangs up is gone, as with a websocket.
    drop(hearing);
    let begun = Instant::now();
    while line.say(2, &[ping(2)]).await.unwrap() != 410 {
        assert!(begun.elapsed() < Duration::from_secs(5), "the line is still there");
        sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(line.hear().await.unwrap_err(), 410);
    assert_eq!(ask::figure(&hall.base, "naze_detours").await.unwrap(), 0);
}

#[tokio::test]
async fn what_is_too_much_is_refused_or_closed_with_the_reason() {
    let hall = Hall::open().await;
    let line = hall.line().await;
    let mut hearing = line.hear().await.unwrap();
    let mut huge = line.name.clone().into_bytes();
    huge.resize(80_000, 0);
    for way in ["/say", "/hear", "/brief"] {
        // Who sends on although it was refused may find the connection closed before they have read why.
        assert!(line.post(way, huge.clone()).await.map_or(true, |answer| answer.status() == 413), "{way}");
    }
    assert_eq!(line.say(1, &vec![ping(1); 65]).await.unwrap(), 400, "more frames than one request may hold");
    assert_eq!(line.say(1, &[]).await.unwrap(), 400, "nothing is nothing");
    let mut torn = line.name.clone().into_bytes();
    torn.extend([1, 0, 0, 0, 200, 0, 0, 0, 1]);
    assert_eq!(line.post("/say", torn).await.unwrap().status(), 400, "a frame that ends too early");
    assert_eq!(line.say(1, &[ping(1)]).await.unwrap(), 204);
    assert_eq!(pong(&mut hearing).await, 1);
    for (frames, why) in [
        (vec![vec![]], Close::NotUnderstood),
        (vec![vec![shared::wire::VERSION, 250]], Close::NotUnderstood),
        (vec![vec![shared::wire::VERSION + 1, 0]], Close::OldPage),
        (vec![vec![shared::wire::VERSION; 65_537]], Close::NotUnderstood),
    ] {
        let line = hall.line().await;
        let mut hearing = line.hear().await.unwrap();
        assert_eq!(line.say(1, &frames).await.unwrap(), 204);
        assert_eq!(told(&mut hearing).await, Some(Told::Close(why as u16)));
        assert_eq!(told(&mut hearing).await, None);
    }
}

#[tokio::test]
async fn a_flood_is_closed_and_a_full_house_says_so() {
    let settings = ["--log", "warn", "--edits-per-second", "10", "--edits-at-once", "100"];
    let hall = Hall::open_with(&[&settings[..], &["--connections-per-address", "3"]].concat()).await;
    let line = hall.line().await;
    let mut hearing = line.hear().await.unwrap();
    let pings = vec![ping(1); 60];
    let mut number = 0;
    while line.say(number + 1, &pings).await.unwrap() == 204 {
        number += 1;
        assert!(number < 10, "a flood goes on for ever");
    }
    let mut last = None;
    while let Some(event) = told(&mut hearing).await {
        last = Some(event);
    }
    assert_eq!(last, Some(Told::Close(Close::TooFast as u16)));
    let (_one, _two, socket) = (hall.line().await, hall.line().await, Peer::open(&hall.base).await.unwrap());
    let full = ask::ask(Method::POST, &format!("{}/detour", hall.base), &[], "").await.unwrap();
    assert_eq!((full.status, full.json().unwrap()["error"].as_str()), (503, Some("too_many_here")));
    drop(socket);
    let begun = Instant::now();
    while Requests::open(&hall.base).await.is_err() {
        assert!(begun.elapsed() < SOON, "nobody makes room");
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn whoever_is_not_there_makes_room() {
    let hall = Hall::open().await;
    // One that nobody listens to and one on which nothing is said; one that asks, says, and then listens no more.
    let (_deaf, silent, gone) = (hall.line().await, hall.line().await, hall.line().await);
    let mut hearing = silent.hear().await.unwrap();
    assert_eq!(gone.be_brief().await.unwrap(), 204);
    let mut brief = gone.hear().await.unwrap();
    assert_eq!(gone.say(1, &[ping(1)]).await.unwrap(), 204);
    assert_eq!(pong(&mut brief).await, 1);
    assert_eq!([told(&mut brief).await, told(&mut brief).await], [Some(Told::Next), None]);
    assert_eq!(ask::figure(&hall.base, "naze_detours").await.unwrap(), 3);
    assert_eq!(told(&mut hearing).await, Some(Told::Close(Close::Silent as u16)));
    let begun = Instant::now();
    while ask::figure(&hall.base, "naze_detours").await.unwrap() > 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "somebody who is gone is kept for ever");
        sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(gone.say(2, &[ping(2)]).await.unwrap(), 410);
}

/// Asks for what is told, and reads nothing of it.
async fn deaf(base: &str, line: &Requests) -> tokio::net::TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(base.strip_prefix("http://").unwrap().parse().unwrap()).await.unwrap();
    let head = format!(
        "POST /detour/hear HTTP/1.1\r\nHost: {}\r\nContent-Length: 32\r\n\r\n{}",
        base.strip_prefix("http://").unwrap(),
        line.name
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn who_does_not_read_is_let_go_and_the_others_do_not_notice() {
    let fast = ["--log", "warn", "--edits-per-second", "100000", "--edits-at-once", "1000000"];
    let hall = Hall::open_with(&fast).await;
    let (owner, mut writer) = (hall.owner("asleep").await, hall.phone("writer").await);
    let line = hall.line().await;
    let mut stream = deaf(&hall.base, &line).await;
    assert_eq!(line.say(1, &[hall.hello(&owner)]).await.unwrap(), 204);
    let mut awake = Phone::new(hall.owner("awake").await).unwrap();
    awake.connect_by(Way::Detour, &hall.base).await.unwrap();
    let begun = Instant::now();
    let card = writer.add(CardId::THEME, "marked").unwrap();
    while ask::figure(&hall.base, "naze_detours").await.unwrap() == 2 {
        assert!(begun.elapsed() < 3 * SOON, "it was never let go");
        writer.overrun(card, 20).await.unwrap();
    }
    while awake.replica.seq() < writer.replica.seq() {
        assert_eq!(awake.hear().await.unwrap(), None);
    }
    assert_eq!(awake.replica.view(), writer.replica.view());
    assert_eq!(line.say(2, &[ping(2)]).await.unwrap(), 410);
    // The connection itself ends too, at the latest when no answer may last any longer.
    let mut rest = vec![0; 65_536];
    let end = async { while let Ok(1..) = stream.read(&mut rest).await {} };
    timeout(Duration::from_secs(100), end).await.expect("the connection is still open");
    let mut back = Phone::new(owner).unwrap();
    back.connect_by(Way::Detour, &hall.base).await.unwrap();
    assert_eq!(back.replica.view(), writer.replica.view());
}

#[tokio::test]
async fn a_server_that_starts_again_knows_no_line_and_everything_else() {
    let mut hall = Hall::open().await;
    let owner = hall.owner("佐藤").await;
    let mut phone = Phone::new(owner).unwrap();
    phone.connect_by(Way::Detour, &hall.base).await.unwrap();
    phone.add(CardId::THEME, "役員の負担が重い").unwrap();
    phone.flush().await.unwrap();
    phone.saved().await.unwrap();
    let line = hall.line().await;
    let mut hearing = line.hear().await.unwrap();
    line.say(1, &[ping(1)]).await.unwrap();
    said(&mut hearing).await;
    assert!(hall.naze.stop().await.unwrap().success());
    assert_eq!(told(&mut hearing).await, Some(Told::Close(Close::Restart as u16)), "a server that stops says so");
    while phone.hear().await.unwrap().is_none() {}
    hall.naze.again().await.unwrap();
    assert_eq!(line.say(2, &[ping(2)]).await.unwrap(), 410);
    assert_eq!(line.hear().await.unwrap_err(), 410);
    phone.add(CardId::THEME, "断れない空気がある").unwrap();
    phone.connect_by(Way::Detour, &hall.base).await.unwrap();
    phone.saved().await.unwrap();
    assert_eq!(phone.replica.view().ever().count(), 2);
}
