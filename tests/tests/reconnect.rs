//! Laws 2, 5 and 6 over a bad network: whatever happens to the connection, everybody sees the same in the end, once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::time::Duration;

use server::client::{Client, Docs, Session};
use shared::docs::workshop::{Phase, WorkshopOp};
use shared::text::Splice;
use shared::wire::{Close, Refusal, ServerMessage};
use shared::{CardId, DocId, GroupId, Point, Reject, Seq};
use tests::ask::{self, Made};
use tests::diary::{Dice, tokens};
use tests::naze::{Naze, run};
use tests::peer::{Peer, SOON};
use tests::phone::{CameAs, Owner, Phone};
use tests::proxy::Proxy;
use tokio::time::sleep;

const GROUP: GroupId = GroupId(1);

struct Hall {
    naze: Naze,
    base: String,
    made: Made,
}

impl Hall {
    async fn open() -> Self {
        let naze = Naze::start().await.unwrap();
        let base = naze.base();
        let made = ask::make(&base, 2).await.unwrap();
        Self { naze, base, made }
    }

    async fn owner(&self, name: &str) -> Owner {
        Owner::join(&self.base, &self.made, name, 1).await.unwrap()
    }

    async fn phone(&self, name: &str) -> Phone {
        let mut phone = Phone::new(self.owner(name).await).unwrap();
        phone.connect(&self.base).await.unwrap();
        phone
    }

    /// A session that connects through `base`.
    async fn session(&self, name: &str, base: &str) -> Session {
        let owner = self.owner(name).await;
        Client::connect(base).await.unwrap().hello(self.made.id, owner.token).await.unwrap()
    }
}

async fn catches_up(phone: &mut Phone, with: Seq) {
    while phone.replica.seq() < with {
        assert_eq!(phone.hear().await.unwrap(), None);
    }
}

fn seq(session: &Session) -> Seq {
    session.read(|docs| docs.board(GROUP).unwrap().seq())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cuts_freezes_and_delays_at_any_moment() {
    let mut hall = Hall::open().await;
    let proxy = Proxy::before(hall.naze.port()).await.unwrap();
    let mut sessions = Vec::new();
    for n in 0..6 {
        sessions.push(hall.session(&format!("guest {n}"), &proxy.base()).await);
    }
    let mut dice = Dice(3);
    let mut written = 0;
    for round in 0..40 {
        for _ in 0..20 {
            let session = &sessions[dice.below(sessions.len())];
            let board = session.board(GROUP);
            let cards: Vec<CardId> = session.read(|docs| {
                let cards = docs.board(GROUP).unwrap().view().ever();
                cards.filter(|(_, card)| card.text.chars() < 100).map(|(id, _)| id).collect()
            });
            let token = format!("t{written};");
            match cards.get(dice.below(cards.len() * 2)) {
                Some(card) => drop(board.append(*card, &token).unwrap()),
                None => drop(board.add(CardId::THEME, &token).unwrap()),
            }
            written += 1;
            sleep(Duration::from_millis(1)).await;
        }
        match dice.below(6) {
            0 | 1 => proxy.snap(),
            2 => {
                proxy.freeze();
                sleep(Duration::from_millis(100)).await;
                proxy.mend();
            }
            3 => {
                proxy.freeze();
                sleep(Duration::from_millis(50)).await;
                proxy.snap();
            }
            4 => proxy.delay(Duration::from_millis(u64::try_from(dice.below(60)).unwrap())),
            _ => {}
        }
        if round == 20 {
            hall.naze.kill();
            hall.naze.again().await.unwrap();
        }
    }
    proxy.mend();
    proxy.delay(Duration::ZERO);
    for session in &sessions {
        session.online(SOON).await.unwrap();
        session.saved(SOON).await.unwrap();
        assert_eq!(session.read(|docs| docs.rejections().count()), 0);
    }
    let last = sessions.iter().map(seq).max().unwrap();
    let fresh = hall.phone("late").await;
    for session in &sessions {
        session.until("the last entry", SOON, |docs| docs.board(GROUP).unwrap().seq() >= last).await.unwrap();
        session.read(|docs| {
            let board = docs.board(GROUP).unwrap();
            let there = tokens(board.view());
            assert_eq!(there.len(), written, "every word is there");
            assert!(there.values().all(|times| *times == 1), "once: {there:?}");
        });
    }
    assert_eq!(tokens(fresh.replica.view()).len(), written, "for whoever comes late too");
    assert!(sessions.iter().any(|session| session.connections() > 3), "the network was too good");
}

#[tokio::test]
async fn what_was_written_offline_survives_a_restart_of_the_server_meanwhile() {
    let mut hall = Hall::open().await;
    let (mut away, mut here) = (hall.phone("away").await, hall.phone("here").await);
    let shared = here.add(CardId::THEME, "始まり").unwrap();
    here.flush().await.unwrap();
    here.saved().await.unwrap();
    catches_up(&mut away, here.replica.seq()).await;
    away.leave();
    away.append(shared, "・離れて");
    let own = away.add(shared, "留守の間に").unwrap();
    away.splice(own, &Splice { at: 0, delete: 2, insert: "不在".into() });
    here.append(shared, "・ここで");
    here.flush().await.unwrap();
    here.saved().await.unwrap();
    assert!(hall.naze.stop().await.unwrap().success());
    away.append(own, "書いた");
    hall.naze.again().await.unwrap();
    for phone in [&mut away, &mut here] {
        phone.connect(&hall.base).await.unwrap();
        phone.saved().await.unwrap();
        assert_eq!(phone.refused, []);
    }
    catches_up(&mut here, away.replica.seq()).await;
    assert_eq!(here.replica.view(), away.replica.view());
    let text = |card| here.replica.view().get(card).unwrap().text.read();
    assert_eq!(text(own), "不在の間に書いた");
    let both = text(shared);
    assert!(both.starts_with("始まり") && both.contains("・離れて") && both.contains("・ここで"), "{both}");
}

#[tokio::test]
async fn a_short_absence_costs_entries_and_a_long_one_the_doc() {
    let hall = Hall::open().await;
    let (mut here, mut away) = (hall.phone("here").await, hall.phone("away").await);
    let mut be_away_for = async |entries: usize| {
        catches_up(&mut away, here.replica.seq()).await;
        away.leave();
        for n in 0..entries {
            here.add(CardId::THEME, &format!("{n}")).unwrap();
        }
        here.flush().await.unwrap();
        here.saved().await.unwrap();
        away.connect(&hall.base).await.unwrap();
        assert!(away.replica.seq() >= here.replica.seq());
        catches_up(&mut here, away.replica.seq()).await;
        assert_eq!(away.replica.view(), here.replica.view());
        away.came_as
    };
    assert_eq!(be_away_for(0).await, Some(CameAs::Entries(0)));
    assert_eq!(be_away_for(7).await, Some(CameAs::Entries(7)));
    assert_eq!(be_away_for(500).await, Some(CameAs::Snapshot));
    assert_eq!(hall.phone("late").await.came_as, Some(CameAs::Snapshot));
}

#[tokio::test]
async fn an_old_backup_that_was_put_back_and_written_on_is_another_history() {
    let mut hall = Hall::open().await;
    let (mut away, mut here) = (hall.phone("away").await, hall.phone("here").await);
    let add = async |phone: &mut Phone, cards: &[&str]| {
        for text in cards {
            phone.add(CardId::THEME, text).unwrap();
        }
        phone.flush().await.unwrap();
        phone.saved().await.unwrap();
    };
    add(&mut here, &["前から"]).await;
    let folder = tempfile::tempdir().unwrap();
    let (backup, data) = (folder.path().join("naze.db"), hall.naze.data().to_owned());
    let copied = run(&["backup", backup.to_str().unwrap(), "--data", data.to_str().unwrap()]).unwrap();
    assert!(copied.status.success(), "{copied:?}");
    add(&mut here, &["失われる一", "失われる二", "失われる三"]).await;
    catches_up(&mut away, here.replica.seq()).await;
    let had = away.replica.seq();
    away.leave();
    here.leave();
    assert!(hall.naze.stop().await.unwrap().success());
    std::fs::copy(&backup, data.join("naze.db")).unwrap();
    hall.naze.again().await.unwrap();
    let mut new = hall.phone("new").await;
    add(&mut new, &["一", "二", "三", "四", "五"]).await;
    assert!(new.replica.seq() > had, "the numbers that the phone saw were given again");
    away.connect(&hall.base).await.unwrap();
    assert_eq!(away.came_as, Some(CameAs::Snapshot));
    assert_eq!(away.replica.confirmed(), new.replica.confirmed());
    add(&mut away, &["後から"]).await;
    catches_up(&mut new, away.replica.seq()).await;
    assert_eq!(away.replica.confirmed(), new.replica.confirmed());
    let texts: Vec<String> = new.replica.view().ever().map(|(_, card)| card.text.read()).collect();
    for (text, stands) in [("前から", true), ("失われる二", false), ("三", true), ("後から", true)] {
        assert_eq!(texts.iter().any(|one| one == text), stands, "{text} in {texts:?}");
    }
}

#[tokio::test]
async fn whoever_is_ahead_of_the_server_takes_what_it_has() {
    // As after a backup was put back: phones have seen more than there is.
    let hall = Hall::open().await;
    let owner = hall.owner("ahead").await;
    let mut peer = Peer::open(&hall.base).await.unwrap();
    let board = DocId::Board(GROUP);
    let client = server::access::new_client().unwrap();
    peer.hello(hall.made.id, owner.token, client, vec![(board, Point { seq: Seq(1_000_000), ..Point::default() })])
        .await
        .unwrap();
    let whole = peer
        .until(|message| match message {
            ServerMessage::Snapshot { doc, body } if doc == board => Some(Some(body.seq())),
            ServerMessage::Entries { doc, .. } if doc == board => Some(None),
            _ => None,
        })
        .await
        .unwrap();
    assert!(whole.is_some_and(|seq| seq < Seq(1_000)), "{whole:?}");
}

#[tokio::test]
async fn a_page_that_is_loaded_anew_sends_what_the_old_one_could_not() {
    let hall = Hall::open().await;
    let mut old = hall.phone("reader").await;
    old.add(CardId::THEME, "届いた").unwrap();
    old.flush().await.unwrap();
    old.saved().await.unwrap();
    let arrived = old.replica.pending().to_vec();
    old.leave();
    old.add(CardId::THEME, "届かない").unwrap();
    // The outbox of the phone, with something in it that had arrived after all.
    let outbox = [arrived, old.replica.pending().to_vec()].concat();
    let mut new = Phone::new(old.owner).unwrap();
    assert_ne!(new.client(), old.client());
    new.replica.adopt(outbox);
    new.connect(&hall.base).await.unwrap();
    new.add(CardId::THEME, "新しい").unwrap();
    new.flush().await.unwrap();
    new.saved().await.unwrap();
    assert_eq!(new.refused, []);
    let read = |phone: &Phone| {
        let board = phone.replica.view();
        board.children(CardId::THEME).map(|(_, card)| card.text.read()).collect::<Vec<_>>()
    };
    assert_eq!(read(&new), ["届いた", "届かない", "新しい"]);
    // Even if the old page was not dead at all.
    old.connect(&hall.base).await.unwrap();
    old.saved().await.unwrap();
    assert_eq!(read(&old), read(&new));
}

#[tokio::test]
async fn one_key_is_one_person_on_two_phones_at_once() {
    let hall = Hall::open().await;
    let owner = hall.owner("twice").await;
    let mut door = Peer::open(&hall.base).await.unwrap();
    for group in [None, Some(GroupId(2)), Some(GROUP)] {
        let again = door.join(hall.made.code, owner.token, "another name", group).await.unwrap();
        assert_eq!(again, (owner.person, owner.group), "joining twice is joining once");
    }
    let (mut one, mut two) = (Phone::new(owner).unwrap(), Phone::new(owner).unwrap());
    one.connect(&hall.base).await.unwrap();
    two.connect(&hall.base).await.unwrap();
    let card = one.add(CardId::THEME, "一台目").unwrap();
    one.flush().await.unwrap();
    one.saved().await.unwrap();
    catches_up(&mut two, one.replica.seq()).await;
    two.append(card, "と二台目");
    two.flush().await.unwrap();
    two.saved().await.unwrap();
    catches_up(&mut one, two.replica.seq()).await;
    assert_eq!(one.replica.view(), two.replica.view());
    assert_eq!(one.replica.view().get(card).unwrap().text.read(), "一台目と二台目");
    assert_eq!(one.replica.view().seated().count(), 1, "one person");
}

#[tokio::test]
async fn a_full_group_a_full_hall_and_an_ended_workshop_say_so() {
    let naze = Naze::start_with(&["--log", "warn", "--seats", "2"]).await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, 2).await.unwrap();
    let mut early = Phone::new(Owner::join(&base, &made, "early", 1).await.unwrap()).unwrap();
    early.connect(&base).await.unwrap();
    Owner::join(&base, &made, "second", 1).await.unwrap();
    let mut door = Peer::open(&base).await.unwrap();
    let mut join = async |name: &str, group: Option<GroupId>| {
        let (code, token) = (made.code, server::access::new_token().unwrap());
        let name = name.to_owned();
        door.say(&shared::wire::ClientMessage::Join { code, token, name, group }).await.unwrap();
        door.said().await.unwrap()
    };
    assert_eq!(join("third", Some(GROUP)).await, ServerMessage::Refused(Refusal::GroupFull(GROUP)));
    for name in ["", " ", "\u{200b}", "\n", &"長".repeat(25)] {
        assert_eq!(join(name, None).await, ServerMessage::Refused(Refusal::BadName), "{name:?}");
    }
    for name in ["third", "fourth"] {
        assert!(
            matches!(join(name, None).await, ServerMessage::Joined { group: GroupId(2), .. }),
            "where there is room"
        );
    }
    assert_eq!(join("fifth", None).await, ServerMessage::Refused(Refusal::AllFull));
    let lead = Client::connect(&base).await.unwrap().hello(made.id, made.lead).await.unwrap();
    lead.conduct(WorkshopOp::SetPhase { phase: Phase::Ended }).unwrap();
    lead.saved(SOON).await.unwrap();
    assert_eq!(join("late", None).await, ServerMessage::Refused(Refusal::Ended));
    let late = early.act(shared::docs::board::BoardOp::RemoveCard { card: CardId::THEME });
    assert_eq!(late, None, "the page itself knows that a theme stays");
    early.add(CardId::THEME, "too late").unwrap();
    early.flush().await.unwrap();
    early.saved().await.unwrap();
    assert_eq!(early.refused.iter().map(|(_, why)| *why).collect::<Vec<_>>(), [Some(Reject::Ended)]);
    assert_eq!(early.replica.view().ever().count(), 0);
    // Back to work: nothing is final for the lead.
    lead.conduct(WorkshopOp::SetPhase { phase: Phase::Open }).unwrap();
    lead.saved(SOON).await.unwrap();
    early.add(CardId::THEME, "in time").unwrap();
    early.flush().await.unwrap();
    early.saved().await.unwrap();
    lead.until("the card", SOON, |docs: &Docs| docs.board(GROUP).is_some_and(|b| b.view().ever().count() == 1))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_group_that_is_added_is_there_for_everybody() {
    let hall = Hall::open().await;
    let lead = Client::connect(&hall.base).await.unwrap().hello(hall.made.id, hall.made.lead).await.unwrap();
    let wall = Client::connect(&hall.base).await.unwrap().hello(hall.made.id, hall.made.observer).await.unwrap();
    lead.conduct(WorkshopOp::AddGroup).unwrap();
    lead.saved(SOON).await.unwrap();
    let owner = Owner::join(&hall.base, &hall.made, "third group", 3).await.unwrap();
    let mut phone = Phone::new(owner).unwrap();
    phone.connect(&hall.base).await.unwrap();
    phone.add(CardId::THEME, "三つ目の班").unwrap();
    phone.flush().await.unwrap();
    phone.saved().await.unwrap();
    for session in [&lead, &wall] {
        let seen = |docs: &Docs| docs.board(GroupId(3)).is_some_and(|board| board.view().ever().count() == 1);
        session.until("the card of the new group", SOON, seen).await.unwrap();
    }
}

#[tokio::test]
async fn an_old_page_is_told_to_load_anew_and_not_to_try_again() {
    let hall = Hall::open().await;
    let mut peer = Peer::open(&hall.base).await.unwrap();
    let old = vec![shared::wire::VERSION.wrapping_sub(1), 0, 0];
    peer.frame(tokio_tungstenite::tungstenite::Message::Binary(old.into())).await.unwrap();
    assert_eq!(peer.closed().await.unwrap(), Some(Close::OldPage as u16));
}
