//! Phones that take nothing, or say nothing: they are let go, and nobody waits for them.

use std::time::Duration;

use shared::CardId;
use shared::wire::{ClientMessage, Close, encode};
use tests::ask;
use tests::peer::{Peer, SOON};
use tests::phone::{CameAs, Phone};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, sleep, timeout};

use super::{Hall, new_client};

/// A stream with hardly any room for what it does not read.
async fn narrow(base: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    socket.connect(base.strip_prefix("http://").unwrap().parse().unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_phone_that_stops_reading_is_let_go_and_comes_back() {
    let fast = ["--log", "warn", "--edits-per-second", "100000", "--edits-at-once", "1000000"];
    let mut hall = Hall::open_with(&fast).await;
    let owner = hall.owner("asleep", 1).await;
    let mut asleep = Peer::upgrade(narrow(&hall.base).await, &hall.base, &[]).await.unwrap();
    asleep.hello(hall.made.id, owner.token, new_client(), Vec::new()).await.unwrap();
    let mut awake = Phone::new(hall.owner("awake", 1).await).unwrap();
    awake.connect(&hall.base).await.unwrap();
    let begun = Instant::now();
    let card = hall.bystander.add(CardId::THEME, "marked").unwrap();
    while ask::figure(&hall.base, "naze_overflows_total").await.unwrap() == 0 {
        assert!(begun.elapsed() < 3 * SOON, "it was never let go");
        hall.bystander.overrun(card, 20).await.unwrap();
    }
    // Whoever reads has everything.
    while awake.replica.seq() < hall.bystander.replica.seq() {
        assert_eq!(awake.hear().await.unwrap(), None);
    }
    assert_eq!(awake.replica.view(), hall.bystander.replica.view());
    hall.works_in_peace().await;
    // Awake again, it reads what was under way, and that it was too slow; or that the connection is gone.
    let code = asleep.closed().await.unwrap();
    assert!(code.is_none_or(|code| code == Close::TooSlow as u16), "{code:?}");
    let mut back = Phone::new(owner).unwrap();
    back.connect(&hall.base).await.unwrap();
    assert_eq!(back.came_as, Some(CameAs::Snapshot));
    assert_eq!(back.replica.view(), hall.bystander.replica.view());
}

/// How long until the other end closes a stream on which nothing more is said.
async fn lasts(mut stream: TcpStream, limit: Duration) -> Duration {
    let begun = Instant::now();
    let end = async {
        let mut rest = [0; 1_024];
        while let Ok(1..) = stream.read(&mut rest).await {}
    };
    timeout(limit, end).await.expect("it is still open");
    begun.elapsed()
}

#[tokio::test]
async fn whoever_says_nothing_makes_room() {
    let mut hall = Hall::open().await;
    let address = hall.base.strip_prefix("http://").unwrap().to_owned();
    let connect = async || TcpStream::connect(&address).await.unwrap();
    let silent = connect().await;
    let mut half_a_request = connect().await;
    half_a_request.write_all(b"GET /ws HTTP/1.1\r\nHost: 127").await.unwrap();
    let mut quiet = hall.peer().await;
    // A frame that is promised, and comes one byte at a time.
    let mut dripping = hall.peer().await;
    let message = encode(&ClientMessage::Hello {
        workshop: hall.made.id,
        token: hall.made.lead,
        client: new_client(),
        have: Vec::new(),
    });
    let drip = async {
        dripping.stream().unwrap().write_all(&[0x82, 0x80 | 126, 0x10, 0, 0, 0, 0, 0]).await.unwrap();
        for byte in message.iter().cycle() {
            sleep(Duration::from_millis(200)).await;
            if dripping.stream().unwrap().write_all(&[*byte]).await.is_err() {
                break;
            }
        }
    };
    let limit = Duration::from_secs(28);
    let (quiet, dripped, silent, half) =
        tokio::join!(quiet.closed(), timeout(limit, drip), lasts(silent, limit), lasts(half_a_request, limit));
    assert_eq!(quiet.unwrap(), Some(Close::Silent as u16));
    assert!(dripped.is_ok(), "a frame may drip for ever");
    assert!(silent > Duration::from_secs(1) && half > Duration::from_secs(1), "a slow phone has some time");
    hall.works_in_peace().await;
}
