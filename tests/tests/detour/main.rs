//! The way round without a websocket, over real sockets: the same session, the same limits, the same end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use shared::docs::board::{BoardOp, Place};
use shared::wire::{ClientMessage, ServerMessage, decode, encode};
use shared::{CardId, Op};
use tests::ask::{self, Made};
use tests::detour::{Hearing, Requests, Told};
use tests::naze::Naze;
use tests::phone::{Owner, Phone};
use tokio::time::{Duration, timeout};

mod lossless;
mod manners;
mod strangers;

/// How long anything may take that is expected to happen.
const SOON: Duration = Duration::from_secs(30);

/// A server with a workshop.
struct Hall {
    naze: Naze,
    base: String,
    made: Made,
}

impl Hall {
    async fn open() -> Self {
        Self::open_with(&["--log", "debug"]).await
    }

    async fn open_with(settings: &[&str]) -> Self {
        let naze = Naze::start_with(settings).await.unwrap();
        let base = naze.base();
        let made = ask::make(&base, 2).await.unwrap();
        Self { naze, base, made }
    }

    async fn line(&self) -> Requests {
        Requests::open(&self.base).await.unwrap()
    }

    async fn owner(&self, name: &str) -> Owner {
        Owner::join(&self.base, &self.made, name, 1).await.unwrap()
    }

    async fn phone(&self, name: &str) -> Phone {
        let mut phone = Phone::new(self.owner(name).await).unwrap();
        phone.connect(&self.base).await.unwrap();
        phone
    }

    fn hello(&self, owner: &Owner) -> Vec<u8> {
        let client = server::access::new_client().unwrap();
        encode(&ClientMessage::Hello { workshop: self.made.id, token: owner.token, client, have: Vec::new() })
    }
}

fn ping(n: u32) -> Vec<u8> {
    encode(&ClientMessage::Ping(n))
}

fn card(text: &str) -> Op {
    Op::Board(BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: text.to_owned(), start: 0 })
}

/// What is told next.
async fn told(hearing: &mut Hearing) -> Option<Told> {
    timeout(SOON, hearing.next()).await.expect("nothing is told").unwrap()
}

/// The message that is told next.
async fn said(hearing: &mut Hearing) -> ServerMessage {
    match told(hearing).await {
        Some(Told::Frame(frame)) => decode(&frame).unwrap(),
        other => panic!("{other:?} is no message"),
    }
}

/// The number of the pong that comes next.
async fn pong(hearing: &mut Hearing) -> u32 {
    match said(hearing).await {
        ServerMessage::Pong { n, .. } => n,
        other => panic!("{other:?} is no pong"),
    }
}
