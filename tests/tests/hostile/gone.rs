//! Phones come and go: nothing of them stays behind.

use shared::presence::Doing;
use shared::wire::ClientMessage;
use tests::ask;
use tests::peer::Peer;
use tests::phone::Owner;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::{Hall, board, new_client, settles};

const COMINGS: usize = 500;
const AT_ONCE: usize = 25;

/// One of the many ways to come and go.
async fn come_and_go(base: String, owner: Owner, how: usize) {
    let address = base.strip_prefix("http://").unwrap();
    if how.is_multiple_of(6) {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\n").await.unwrap();
        return;
    }
    let mut peer = Peer::open(&base).await.unwrap();
    if how % 6 == 1 {
        return;
    }
    let (workshop, token, client) = (owner.workshop, owner.token, new_client());
    if how % 6 == 2 {
        peer.say(&ClientMessage::Hello { workshop, token, client, have: Vec::new() }).await.unwrap();
        return;
    }
    peer.hello(workshop, token, client, Vec::new()).await.unwrap();
    peer.say(&ClientMessage::Doing { doc: board(2), doing: Doing::Adding(shared::CardId::THEME) }).await.unwrap();
    if how % 6 == 3 {
        // Dropped with unread bytes: the other end sees a reset.
        return;
    }
    peer.said().await.unwrap();
    if how % 6 == 4 {
        peer.frame(tokio_tungstenite::tungstenite::Message::Close(None)).await.unwrap();
        peer.closed().await.unwrap();
    }
}

fn open_files(hall: &Hall) -> usize {
    std::fs::read_dir(format!("/proc/{}/fd", hall.naze.pid().unwrap())).unwrap().count()
}

#[tokio::test]
async fn five_hundred_phones_leave_nothing_behind() {
    let mut hall = Hall::open().await;
    let owner = hall.owner("visitor", 2).await;
    hall.works_in_peace().await;
    let names = ["naze_connections", "naze_subscriptions", "naze_sessions{capability=\"participant\"}"];
    settles(&hall.base, names[0], 1).await;
    let mut before = Vec::new();
    for name in names {
        before.push(ask::figure(&hall.base, name).await.unwrap());
    }
    let files = open_files(&hall);
    let mut coming = JoinSet::new();
    for how in 0..COMINGS {
        if coming.len() >= AT_ONCE {
            coming.join_next().await.unwrap().unwrap();
        }
        coming.spawn(come_and_go(hall.base.clone(), owner, how));
    }
    coming.join_all().await;
    for (name, expected) in names.into_iter().zip(before) {
        settles(&hall.base, name, expected).await;
    }
    hall.works_in_peace().await;
    let begun = tokio::time::Instant::now();
    while open_files(&hall) > files + 2 {
        assert!(begun.elapsed() < tests::peer::SOON, "{} files are open, {files} were", open_files(&hall));
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let mut wall = hall.inside(hall.made.lead).await;
    let present = wall
        .until(|message| match message {
            shared::wire::ServerMessage::Present { doc, present } if doc == board(2) => Some(present),
            _ => None,
        })
        .await
        .unwrap();
    assert!(present.iter().all(|one| one.by == shared::By::Lead), "nobody is shown who has gone: {present:?}");
}
