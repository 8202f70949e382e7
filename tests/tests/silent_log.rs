//! Logs hold no name, no text and no key, whatever happens and however much is written: a whole workshop at the most verbose level,
//! with everything that goes wrong in one.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

use http::Method;
use serde_json::json;
use shared::docs::board::{BoardOp, NoteOn};
use shared::docs::workshop::{Phase, WorkshopOp};
use shared::wire::{ClientMessage, encode};
use shared::{CardId, DocId, Op};
use tests::ask;
use tests::naze::{self, Naze};
use tests::peer::Peer;
use tests::phone::{Owner, Phone};
use tests::someone::Someone;
use tokio_tungstenite::tungstenite::Message;

const KEY: &str = "organiser-key-of-the-log-test";
/// Words that somebody writes or is called, and that stand nowhere else.
const WORDS: [&str; 12] = [
    "名乗る人いろは",
    "無効な名前にほへ",
    "名簿の人とちり",
    "所属ぬるを課",
    "年代わかよ",
    "立場たれそ",
    "題名つねな",
    "目的らむう",
    "カードの文ゐのお",
    "メモの文くやま",
    "知らせの文けふこ",
    "壊れた行えてあ",
];

async fn post(base: &str, path: &str, key: &str, body: &str) -> u16 {
    let headers = [("authorization", format!("Bearer {key}")), ("content-type", "application/json".to_owned())];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    ask::ask(Method::POST, &format!("{base}{path}"), &headers, body).await.unwrap().status
}

/// People come, write, vote, and are written about.
async fn works(base: &str, made: &ask::Made) -> Vec<String> {
    let mut keys = Vec::new();
    for group in [1, 2] {
        let owner = Owner::join(base, made, WORDS[0], group).await.unwrap();
        keys.push(owner.token.to_string());
        let mut phone = Phone::new(owner).unwrap();
        phone.connect(base).await.unwrap();
        let card = phone.add(CardId::THEME, WORDS[8]).unwrap();
        phone.append(card, WORDS[9]);
        phone.act(BoardOp::AddNote { on: NoteOn::Proposal, text: WORDS[9].to_owned(), start: 9_000 });
        phone.act(BoardOp::OpenVote);
        phone.flush().await.unwrap();
        phone.saved().await.unwrap();
        // Refused: too long, and what only the server may.
        phone.act(BoardOp::Nudge { text: WORDS[9].to_owned() });
        let _ = phone.flush().await;
    }
    let mut lead = Someone::with(base, made, "lead", made.lead).await.unwrap();
    for op in [
        WorkshopOp::SetTitle { title: WORDS[6].to_owned() },
        WorkshopOp::SetGoal { goal: WORDS[7].to_owned() },
        WorkshopOp::Announce { text: WORDS[10].to_owned() },
        WorkshopOp::SetPhase { phase: Phase::Open },
    ] {
        lead.does(DocId::Workshop, Op::Workshop(op)).await.unwrap();
    }
    let id = lead.next_id();
    let refused =
        lead.sends(DocId::Workshop, id, Op::Workshop(WorkshopOp::SetTitle { title: WORDS[6].repeat(60) })).await;
    assert!(refused.unwrap().is_err());
    keys
}

/// Everything that somebody can send who means no good, or whose spreadsheet is broken.
async fn goes_wrong(base: &str, made: &ask::Made) {
    let list = format!(
        "名前,所属,年代,立場,班\n{},{},{},{},1\n{},x,x,x,99\n{},,,,\n",
        WORDS[2],
        WORDS[3],
        WORDS[4],
        WORDS[5],
        WORDS[11],
        WORDS[11].repeat(9)
    );
    let path = format!("/api/workshops/{}/roster", made.id);
    assert_eq!(post(base, &path, &made.lead.to_string(), &list).await, 200);
    for key in [made.helper.to_string(), "x".repeat(40), WORDS[1].chars().map(|_| 'y').collect()] {
        assert_ne!(post(base, &path, &key, &list).await, 200);
    }
    let broken = format!("{{\"title\": \"{}\", \"groups\": \"{}\"", WORDS[6], WORDS[11]);
    assert_ne!(post(base, "/api/workshops", KEY, &broken).await, 201);
    assert_ne!(post(base, "/api/workshops", made.lead.to_string().as_str(), &broken).await, 201);
    // A key where no key belongs.
    for path in [format!("/w/{}/{}", made.id, made.lead), format!("/{}?key={}", made.lead, made.helper)] {
        ask::get(&format!("{base}{path}")).await.unwrap();
    }
    for bytes in [WORDS[8].as_bytes().to_vec(), [vec![1], WORDS[8].as_bytes().to_vec()].concat(), vec![9; 300]] {
        let mut peer = Peer::open(base).await.unwrap();
        peer.frame(Message::Binary(bytes.into())).await.unwrap();
        let _ = peer.closed().await;
    }
    let mut peer = Peer::open(base).await.unwrap();
    peer.frame(Message::Text(WORDS[8].into())).await.unwrap();
    let _ = peer.closed().await;
    let token = server::access::new_token().unwrap();
    let mut peer = Peer::open(base).await.unwrap();
    assert!(peer.join(made.code, token, &format!("{}\u{202e}\n", WORDS[1].repeat(9)), None).await.is_err());
    let question = ClientMessage::Join { code: made.code, token, name: WORDS[1].to_owned(), group: None };
    let mut cut = encode(&question);
    cut.truncate(cut.len() - 3);
    let mut peer = Peer::open(base).await.unwrap();
    peer.frame(Message::Binary(cut.into())).await.unwrap();
    let _ = peer.closed().await;
}

/// Lines of the store are spoilt so that the words themselves stand where the reader stumbles.
fn spoil(data: &std::path::Path) {
    let store = rusqlite::Connection::open(data.join("naze.db")).unwrap();
    let other = format!("UPDATE entries SET body = replace(body, '\"AddCard\"', '\"{}\"')", WORDS[8]);
    assert!(store.execute(&other, []).unwrap() > 0);
    store.execute("DELETE FROM snapshots", []).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_most_verbose_log_of_a_whole_workshop_names_nobody_and_nothing() {
    let mut naze = Naze::start_with(&["--log", "trace", "--organiser-key", KEY]).await.unwrap();
    let base = naze.base();
    let wanted = json!({ "title": WORDS[6], "goal": WORDS[7], "language": "ja", "groups": 2, "run_sheet": "blank" });
    let headers = [("content-type", "application/json"), ("authorization", &format!("Bearer {KEY}"))];
    let answer = ask::ask(Method::POST, &format!("{base}/api/workshops"), &headers, &wanted.to_string()).await.unwrap();
    let made = ask::read_made(&answer).unwrap();
    let mut secrets = works(&base, &made).await;
    goes_wrong(&base, &made).await;
    ask::export(&base, &made).await.unwrap();
    assert_eq!(
        post(&base, &format!("/api/workshops/{}/erase", made.id), &made.lead.to_string(), "{\"what\":\"names\"}").await,
        200
    );
    assert!(naze.stop().await.unwrap().success());
    spoil(naze.data());
    naze.again().await.unwrap();
    let _ = ask::export(&base, &made).await;
    let data = naze.data().to_str().unwrap().to_owned();
    naze.kill();
    let copied = naze::run(&["backup", naze.data().join("copy").to_str().unwrap(), "--data", &data]).unwrap();
    assert!(!copied.status.success(), "a spoilt store was copied");
    naze.again().await.unwrap();
    assert!(naze.stop().await.unwrap().success());
    let said = format!("{}{}", naze.said(), String::from_utf8_lossy(&copied.stderr));
    assert!(said.contains("cannot be opened"), "the spoilt doc was never met: {said}");
    assert!(said.contains(&made.id.to_string()), "it said nothing of the workshop: {said}");
    secrets.extend([made.lead, made.helper, made.observer].map(|key| key.to_string()));
    secrets.extend([KEY.to_owned(), made.code.to_string()]);
    secrets.extend(WORDS.map(str::to_owned));
    for secret in &secrets {
        assert!(!said.contains(secret.as_str()), "{secret:?} is in the log:\n{said}");
    }
    println!("{} lines, {} secrets looked for", said.lines().count(), secrets.len());
}
