//! Whoever guesses, comes from another page, or brings too many.

use shared::JoinCode;
use shared::wire::{ClientMessage, Close, Refusal, ServerMessage};
use tests::ask;
use tests::peer::Peer;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite;

use super::{Hall, from_elsewhere, new_client};

/// Codes that are not `right`.
fn wrong(right: JoinCode) -> impl Iterator<Item = JoinCode> {
    (0_u64..).map(|n| JoinCode::of(n.to_le_bytes())).filter(move |code| *code != right)
}

async fn knock(peer: &mut Peer, code: JoinCode) -> ServerMessage {
    peer.say(&ClientMessage::Knock(code)).await.unwrap();
    peer.said().await.unwrap()
}

#[tokio::test]
async fn guessing_codes_is_stopped_and_who_has_the_right_one_comes_in() {
    let mut hall = Hall::open_with(&["--log", "warn", "--wrong-codes-per-minute", "6"]).await;
    let mut guesses = wrong(hall.made.code);
    // On several connections: it is the house that counts.
    for _ in 0..2 {
        let mut peer = hall.peer().await;
        for code in guesses.by_ref().take(3) {
            assert_eq!(knock(&mut peer, code).await, ServerMessage::Refused(Refusal::NoSuchCode));
        }
        assert_eq!(hall.owner("neighbour", 2).await.group, shared::GroupId(2));
    }
    // The guesser learns no more, not even by the right one; their neighbours come in all the same.
    let mut peer = hall.peer().await;
    for code in guesses.by_ref().take(3) {
        assert_eq!(knock(&mut peer, code).await, ServerMessage::Refused(Refusal::NoSuchCode));
    }
    for code in [guesses.next().unwrap(), hall.made.code] {
        assert_eq!(knock(&mut peer, code).await, ServerMessage::Refused(Refusal::TooManyTries));
    }
    assert_eq!(hall.owner("neighbour", 2).await.group, shared::GroupId(2));
    // A machine that guesses on ever new connections: ten times as many, then the house has to wait.
    for code in guesses.by_ref().take(60 - 9) {
        assert_eq!(knock(&mut hall.peer().await, code).await, ServerMessage::Refused(Refusal::NoSuchCode));
    }
    let mut peer = hall.peer().await;
    for code in [guesses.next().unwrap(), hall.made.code] {
        assert_eq!(knock(&mut peer, code).await, ServerMessage::Refused(Refusal::TooManyTries));
    }
    let token = server::access::new_token().unwrap();
    peer.say(&ClientMessage::Join { code: hall.made.code, token, name: "x".into(), group: None }).await.unwrap();
    assert_eq!(peer.said().await.unwrap(), ServerMessage::Refused(Refusal::TooManyTries));
    // Whoever has a key needs no code.
    hall.inside(hall.made.lead).await;
    hall.works_in_peace().await;
    let mut elsewhere = Peer::upgrade(from_elsewhere(&hall.base).await, &hall.base, &[]).await.unwrap();
    assert!(matches!(knock(&mut elsewhere, hall.made.code).await, ServerMessage::Door { .. }));
}

/// The status of an upgrade that is refused; none when it is not.
async fn upgrade(base: &str, headers: &[(&'static str, &str)]) -> Option<u16> {
    let stream = TcpStream::connect(base.strip_prefix("http://").unwrap()).await.unwrap();
    match Peer::upgrade(stream, base, headers).await {
        Ok(_) => None,
        Err(why) => match why.downcast_ref::<tungstenite::Error>() {
            Some(tungstenite::Error::Http(answer)) => Some(answer.status().as_u16()),
            _ => panic!("{why}"),
        },
    }
}

#[tokio::test]
async fn a_page_from_elsewhere_does_not_get_the_socket() {
    let hall = Hall::open().await;
    let base = hall.base.as_str();
    let port = hall.naze.port();
    for origin in [
        "http://evil.example",
        "https://127.0.0.1.evil.example",
        "http://127.0.0.1:1",
        "null",
        "",
        &format!("http://evil.example:{port}"),
    ] {
        assert_eq!(upgrade(base, &[("origin", origin)]).await, Some(403), "{origin:?}");
    }
    assert_eq!(upgrade(base, &[("origin", base)]).await, None);
    assert_eq!(upgrade(base, &[]).await, None, "a program says no origin");
    // A name that points at this machine, and is another's: DNS rebinding.
    let evil = format!("evil.example:{port}");
    assert_eq!(upgrade(base, &[("host", &evil), ("origin", &format!("http://{evil}"))]).await, Some(421));
    let headers = [("origin", "http://evil.example"), ("content-type", "application/json")];
    let new = r#"{"title":"x","goal":"","language":"ja","groups":1}"#;
    let made = ask::ask(http::Method::POST, &format!("{base}/api/workshops"), &headers, new).await.unwrap();
    assert_eq!(made.status, 403, "{}", made.body);
}

#[tokio::test]
async fn one_house_does_not_take_all_the_room() {
    let mut hall = Hall::open_with(&["--log", "warn", "--connections-per-address", "4"]).await;
    let mut taken = Vec::new();
    for _ in 0..3 {
        taken.push(hall.peer().await);
    }
    let mut fifth = hall.peer().await;
    assert_eq!(fifth.closed().await.unwrap(), Some(Close::TooMany as u16));
    let mut elsewhere = Peer::upgrade(from_elsewhere(&hall.base).await, &hall.base, &[]).await.unwrap();
    elsewhere.hello(hall.made.id, hall.made.lead, new_client(), Vec::new()).await.unwrap();
    hall.works_in_peace().await;
    taken.clear();
    super::settles(&hall.base, "naze_connections", 2).await;
    assert_eq!(upgrade(&hall.base, &[]).await, None, "who leaves makes room");
}

#[tokio::test]
async fn only_the_organiser_creates_where_there_is_a_key() {
    let key = "correct-horse-battery";
    let hall = tests::naze::Naze::start_with(&["--log", "warn", "--organiser-key", key]).await.unwrap();
    let address = format!("{}/api/workshops", hall.base());
    let new = r#"{"title":"x","goal":"","language":"en","groups":1}"#;
    let make = async |key: Option<&str>| {
        let bearer = key.map(|key| format!("Bearer {key}"));
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(bearer.iter().map(|bearer| ("authorization", bearer.as_str())));
        ask::ask(http::Method::POST, &address, &headers, new).await.unwrap()
    };
    for wrong in [None, Some(""), Some("correct-horse-batter"), Some("correct-horse-battery ")] {
        let answer = make(wrong).await;
        let right = wrong.is_some_and(|wrong| wrong.trim() == key);
        assert_eq!(answer.status, if right { 201 } else { 401 }, "{wrong:?} {}", answer.body);
    }
    let refused = make(None).await.json().unwrap();
    assert_eq!(refused["error"], "organiser_key");
    assert!(refused["message"]["ja"].is_string() && refused["message"]["en"].is_string());
    assert_eq!(make(Some(key)).await.status, 201);
}

#[tokio::test]
async fn nothing_that_is_said_in_the_hall_is_written_into_the_log() {
    let mut hall = Hall::open_with(&["--log", "trace"]).await;
    let owner = hall.owner("Himitsu Namae", 2).await;
    let mut peer = hall.inside(owner.token).await;
    hall.bystander.add(shared::CardId::THEME, "himitsu no kotoba").unwrap();
    hall.works_in_peace().await;
    knock(&mut hall.peer().await, hall.made.code).await;
    ask::export(&hall.base, &hall.made).await.unwrap();
    peer.frame(tungstenite::Message::Text("himitsu no kotoba".into())).await.unwrap();
    peer.closed().await.unwrap();
    assert!(hall.naze.stop().await.unwrap().success());
    let said = hall.naze.said().to_lowercase();
    assert!(said.contains("stopped"), "the log was read: {said}");
    let keys = [hall.made.lead, hall.made.helper, hall.made.observer, owner.token].map(|key| key.to_string());
    for secret in ["himitsu", "なぜ？の会"].into_iter().chain(keys.iter().map(String::as_str)) {
        assert!(!said.contains(secret), "{secret} is in the log");
    }
}
