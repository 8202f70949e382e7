//! Frames that are no messages, and messages that come at the wrong time or too often.

use shared::limits::{CLIENT_MESSAGE_BYTES_MAX, DOCS_PER_HELLO_MAX, OPS_PER_MESSAGE_MAX};
use shared::presence::Doing;
use shared::wire::{ClientMessage, Close, VERSION, encode};
use shared::{DocId, GroupId, OpId, Point};
use tests::peer::Peer;
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use super::{Hall, board, card, new_client};

fn hello(hall: &Hall, client: shared::ClientId, have: Vec<(DocId, Point)>) -> ClientMessage {
    ClientMessage::Hello { workshop: hall.made.id, token: hall.made.lead, client, have }
}

fn binary(message: &ClientMessage) -> Message {
    Message::Binary(encode(message).into())
}

fn ops(count: usize) -> ClientMessage {
    let client = new_client();
    let ops = (1..=u32::try_from(count).unwrap()).map(|n| (OpId { client, n }, card(""))).collect();
    ClientMessage::Ops { doc: board(1), ops }
}

/// What makes no sense anywhere, with the code that it is closed with.
fn nonsense() -> Vec<(&'static str, Message, Close)> {
    let of = |bytes: Vec<u8>| Message::Binary(bytes.into());
    let knock = encode(&ClientMessage::Ping(1));
    let version = |version: u8| of([&[version], &knock[1..]].concat());
    vec![
        ("nothing", of(vec![]), Close::NotUnderstood),
        ("only a version", of(vec![VERSION]), Close::NotUnderstood),
        ("noise", of((0..200).map(|n: u8| n.wrapping_mul(37) ^ 0x80).collect()), Close::OldPage),
        ("noise of this version", of([vec![VERSION], vec![0xff; 50]].concat()), Close::NotUnderstood),
        ("a message and more", of([knock.clone(), vec![0]].concat()), Close::NotUnderstood),
        ("an old version", version(0), Close::OldPage),
        ("a later version", version(VERSION + 1), Close::OldPage),
        ("a text", Message::Text("{\"hello\":1}".into()), Close::NotUnderstood),
        ("too many operations", binary(&ops(OPS_PER_MESSAGE_MAX + 1)), Close::NotUnderstood),
        ("too large", of(vec![VERSION; CLIENT_MESSAGE_BYTES_MAX + 1]), Close::NotUnderstood),
        ("as large as may be", of(vec![VERSION; CLIENT_MESSAGE_BYTES_MAX]), Close::NotUnderstood),
    ]
}

async fn ends(mut peer: Peer, what: &str, frame: Message, close: Close) {
    // The server may have closed before all of it was written.
    let _ = peer.frame(frame).await;
    assert_eq!(peer.closed().await.unwrap(), Some(close as u16), "{what}");
}

#[tokio::test]
async fn nonsense_is_closed_with_the_reason() {
    let mut hall = Hall::open().await;
    for (what, frame, close) in nonsense() {
        ends(hall.peer().await, what, frame.clone(), close).await;
        ends(hall.inside(hall.made.lead).await, what, frame, close).await;
    }
    hall.works_in_peace().await;
}

#[tokio::test]
async fn what_comes_at_the_wrong_time_is_closed() {
    let mut hall = Hall::open().await;
    let many = vec![(DocId::Board(GroupId(1)), Point::default()); DOCS_PER_HELLO_MAX + 1];
    let client = new_client();
    let before = [
        ("operations at the door", ops(1)),
        ("a hello that asks for everything", hello(&hall, client, many)),
        ("a hello with an id of the server", hello(&hall, shared::ClientId::FROM_ROSTER, Vec::new())),
    ];
    for (what, message) in before {
        ends(hall.peer().await, what, binary(&message), Close::NotUnderstood).await;
    }
    let after = [
        ("a second hello", hello(&hall, client, Vec::new())),
        ("a knock inside", ClientMessage::Knock(hall.made.code)),
    ];
    for (what, message) in after {
        ends(hall.inside(hall.made.lead).await, what, binary(&message), Close::NotUnderstood).await;
    }
    hall.works_in_peace().await;
}

#[tokio::test]
async fn frames_that_break_the_protocol_end_the_connection() {
    let mut hall = Hall::open().await;
    let cases: [(&str, &[u8]); 5] = [
        ("not masked", &[0x82, 3, 1, 2, 3]),
        ("an unknown kind", &[0x83, 0x80, 0, 0, 0, 0]),
        ("compressed without being asked", &[0xc2, 0x80, 0, 0, 0, 0]),
        ("a ping that is too long", &[0x89, 0xfe, 1, 0, 0, 0, 0, 0]),
        ("a promise of 2^62 bytes", &[0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ];
    for (what, bytes) in cases {
        let mut peer = hall.peer().await;
        peer.stream().unwrap().write_all(bytes).await.unwrap();
        peer.closed().await.unwrap_or_else(|why| panic!("{what}: {why}"));
    }
    hall.works_in_peace().await;
}

#[tokio::test]
async fn a_message_in_pieces_has_the_same_limit() {
    let mut hall = Hall::open().await;
    let mut peer = hall.peer().await;
    let piece = vec![VERSION; 16 * 1024];
    let first = Frame::message(piece.clone(), OpCode::Data(Data::Binary), false);
    peer.frame(Message::Frame(first)).await.unwrap();
    for _ in 0..8 {
        // It may be closed before the last piece.
        let next = Frame::message(piece.clone(), OpCode::Data(Data::Continue), false);
        if peer.frame(Message::Frame(next)).await.is_err() {
            break;
        }
    }
    assert_eq!(peer.closed().await.unwrap(), Some(Close::NotUnderstood as u16));
    hall.works_in_peace().await;
}

#[tokio::test]
async fn a_flood_is_stopped_and_nobody_else_feels_it() {
    let mut hall = Hall::open().await;
    let owner = hall.owner("flood", 1).await;
    let floods: [fn(u32) -> ClientMessage; 3] = [
        ClientMessage::Ping,
        |_| ClientMessage::Doing { doc: board(1), doing: Doing::Reading },
        |_| ops(OPS_PER_MESSAGE_MAX),
    ];
    for flood in floods {
        let mut peer = hall.inside(owner.token).await;
        for n in 0..5_000 {
            if peer.say(&flood(n)).await.is_err() {
                break;
            }
        }
        assert_eq!(peer.closed().await.unwrap(), Some(Close::TooFast as u16));
        hall.works_in_peace().await;
    }
}
