//! Phones that break the rules, by accident or on purpose: the server says why, closes them, and serves everybody else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::time::Duration;

use shared::docs::board::{BoardOp, Place};
use shared::{CardId, ClientId, DocId, GroupId, Op, Token};
use tests::ask::{self, Made};
use tests::naze::Naze;
use tests::peer::{Peer, SOON};
use tests::phone::{Owner, Phone};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, sleep};

mod door;
mod forgery;
mod frames;
mod gone;
mod slow;

/// A server with a workshop, and somebody in group 1 who wants to work in peace.
struct Hall {
    naze: Naze,
    base: String,
    made: Made,
    bystander: Phone,
}

impl Hall {
    async fn open() -> Self {
        Self::open_with(&["--log", "warn"]).await
    }

    async fn open_with(settings: &[&str]) -> Self {
        let naze = Naze::start_with(settings).await.unwrap();
        let base = naze.base();
        let made = ask::make(&base, 3).await.unwrap();
        let mut bystander = Phone::new(Owner::join(&base, &made, "bystander", 1).await.unwrap()).unwrap();
        bystander.connect(&base).await.unwrap();
        Self { naze, base, made, bystander }
    }

    async fn owner(&self, name: &str, group: u16) -> Owner {
        Owner::join(&self.base, &self.made, name, group).await.unwrap()
    }

    async fn peer(&self) -> Peer {
        Peer::open(&self.base).await.unwrap()
    }

    /// A connection that is in, with a key.
    async fn inside(&self, token: Token) -> Peer {
        let mut peer = self.peer().await;
        peer.hello(self.made.id, token, new_client(), Vec::new()).await.unwrap();
        peer
    }

    /// Whoever keeps the rules notices nothing.
    async fn works_in_peace(&mut self) {
        self.bystander.add(CardId::THEME, "in peace").unwrap();
        self.bystander.flush().await.unwrap();
        self.bystander.saved().await.unwrap();
        assert_eq!(self.bystander.refused, []);
    }
}

fn new_client() -> ClientId {
    server::access::new_client().unwrap()
}

fn board(group: u16) -> DocId {
    DocId::Board(GroupId(group))
}

fn card(text: &str) -> Op {
    Op::Board(BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: text.to_owned(), start: 0 })
}

/// A stream from another address of this machine, so that the server takes it for another house.
async fn from_elsewhere(base: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
    socket.connect(base.strip_prefix("http://").unwrap().parse().unwrap()).await.unwrap()
}

/// Waits until a figure is as expected.
async fn settles(base: &str, name: &str, expected: u64) {
    let begun = Instant::now();
    loop {
        let now = ask::figure(base, name).await.unwrap();
        if now == expected {
            return;
        }
        assert!(begun.elapsed() < SOON, "{name} is {now}, not {expected}");
        sleep(Duration::from_millis(20)).await;
    }
}
