//! The client against a server in the same process, over real sockets.

use std::sync::Arc;
use std::time::Duration;

use shared::docs::workshop::WorkshopOp;
use shared::limits::SEATS_MAX;
use shared::presence::Doing;
use shared::run_sheet::Shipped;
use shared::text::Splice;
use shared::wire::Refusal;
use shared::{CardId, Reject};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::access::new_token;
use crate::addresses::Addresses;
use crate::http::{self, Rules, listen};
use crate::log::MemoryLog;
use crate::page::Page;
use crate::registry::{Created, Limits, New, Registry};

const SOON: Duration = Duration::from_secs(30);
const GROUP: GroupId = GroupId(1);

/// A server of its own, without a page; its address.
pub(crate) async fn server() -> (Registry, String) {
    let registry = Registry::open(Arc::new(MemoryLog::new()), Limits::default()).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let addresses = Arc::new(Addresses::new(None, at));
    let about = http::about_data::Facts::default();
    let rules = Rules { organiser_key: None, seats: SEATS_MAX, new_workshops_per_minute: 60, encrypted: None, about };
    let router = http::router(registry.clone(), Page::Table(Arc::default()), addresses, rules);
    tokio::spawn(listen::serve(listener, router, CancellationToken::new(), Duration::ZERO));
    (registry, format!("http://{at}"))
}

async fn workshop() -> (Created, String) {
    let (registry, base) = server().await;
    let (title, goal, run_sheet) = ("t".to_owned(), String::new(), Shipped::Blank);
    let new = New { title, goal, language: Language::En, groups: 2, seats: 5, run_sheet };
    (registry.create(new).await.unwrap(), base)
}

async fn guest(made: &Created, base: &str, name: &str) -> Session {
    let mut client = Client::connect(base).await.unwrap();
    let token = new_token().unwrap();
    client.join(made.code, token, name, Some(GROUP)).await.unwrap();
    client.hello(made.id, token).await.unwrap()
}

async fn lead(made: &Created, base: &str) -> Session {
    Client::connect(base).await.unwrap().hello(made.id, made.lead).await.unwrap()
}

fn seen(session: &Session) -> Vec<String> {
    session.read(|docs| {
        let board = docs.board(GROUP).unwrap().view();
        board.children(CardId::THEME).map(|(_, card)| card.text.read()).collect()
    })
}

#[tokio::test]
async fn a_no_at_the_door_leaves_another_try() {
    let (made, base) = workshop().await;
    let mut client = Client::connect(&base).await.unwrap();
    let wrong = if made.code == "K7M4XR".parse().unwrap() { "K7M4XW" } else { "K7M4XR" };
    let refused = client.knock(wrong.parse().unwrap()).await;
    assert!(matches!(refused, Err(ClientError::Refused(Refusal::NoSuchCode))), "{refused:?}");
    assert_eq!(client.knock(made.code).await.unwrap().tables.len(), 2);
    let token = new_token().unwrap();
    let joined = client.join(made.code, token, "Mori", None).await.unwrap();
    assert_eq!(client.join(made.code, token, "Mori", None).await.unwrap(), joined, "joining twice is joining once");
    let stranger = client.hello(made.id, new_token().unwrap()).await;
    assert!(matches!(stranger, Err(ClientError::Refused(Refusal::NoSuchKey))));
}

#[tokio::test]
async fn an_address_that_is_none_and_one_where_nobody_is() {
    for bad in ["", "127.0.0.1:80", "https://192.0.2.1", "ws://127.0.0.1"] {
        assert!(matches!(Client::connect(bad).await, Err(ClientError::BadAddress(_))), "{bad}");
    }
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let failed = Client::connect(&format!("http://{nobody}")).await;
    assert!(matches!(failed, Err(ClientError::Unreachable { .. })));
}

#[tokio::test]
async fn what_is_done_offline_arrives_once() {
    let (made, base) = workshop().await;
    let (here, away) = (guest(&made, &base, "Mori").await, guest(&made, &base, "Oka").await);
    let card = away.board(GROUP).add(CardId::THEME, "begun online").unwrap();
    away.saved(SOON).await.unwrap();
    away.go_offline();
    away.board(GROUP).append(card, ", ended offline").unwrap();
    let last = away.read(|docs| docs.wording(GROUP, card)).unwrap().chars().count();
    let take_back = Splice { at: u32::try_from(last).unwrap(), delete: 1, insert: String::new() };
    for _ in 0..350 {
        away.board(GROUP).append(card, "x").unwrap();
        away.board(GROUP).splice(card, &take_back).unwrap();
    }
    here.board(GROUP).add(CardId::THEME, "meanwhile").unwrap();
    here.saved(SOON).await.unwrap();
    assert!(away.read(Docs::unsaved) > 700);
    away.online(SOON).await.unwrap();
    away.saved(SOON).await.unwrap();
    here.until("both cards", SOON, |docs| {
        docs.wording(GROUP, card).is_some_and(|t| t == "begun online, ended offline")
    })
    .await
    .unwrap();
    assert_eq!(seen(&here), seen(&away));
    assert_eq!(seen(&here).len(), 2);
    assert_eq!(away.connections(), 2, "it was never too fast");
    assert_eq!(away.read(|docs| docs.rejections().len()), 0);
}

#[tokio::test]
async fn what_the_server_refuses_is_undone_and_given_back() {
    let (made, base) = workshop().await;
    let (lead, guest) = (lead(&made, &base).await, guest(&made, &base, "Mori").await);
    lead.conduct(WorkshopOp::SetPhase { phase: Phase::Ended }).unwrap();
    lead.saved(SOON).await.unwrap();
    guest.board(GROUP).add(CardId::THEME, "too late").unwrap();
    guest.saved(SOON).await.unwrap();
    assert_eq!(seen(&guest), Vec::<String>::new());
    let why = guest.read(|docs| docs.rejections().map(|rejection| rejection.why).collect::<Vec<_>>());
    assert_eq!(why, [Some(Reject::Ended)]);
    let not_mine = guest.conduct(WorkshopOp::AddGroup);
    assert!(matches!(not_mine, Err(ClientError::Rejected(Reject::Forbidden))));
}

#[tokio::test]
async fn others_see_what_one_is_at_also_after_a_new_connection() {
    let (made, base) = workshop().await;
    let (lead, guest) = (lead(&made, &base).await, guest(&made, &base, "Mori").await);
    let writes = |docs: &Docs| docs.present(GROUP).iter().any(|one| one.doing == Doing::Writing(CardId::THEME));
    guest.board(GROUP).doing(Doing::Writing(CardId::THEME));
    lead.until("somebody to write", SOON, writes).await.unwrap();
    guest.go_offline();
    lead.until("nobody to be there", SOON, |docs| docs.present(GROUP).is_empty()).await.unwrap();
    guest.online(SOON).await.unwrap();
    lead.until("somebody to write again", SOON, writes).await.unwrap();
    assert!(guest.traffic().bytes_in > 0);
}
