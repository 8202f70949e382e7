//! The whole afternoon in a few seconds, over real sockets.

use std::sync::Arc;
use std::time::Duration;

use shared::docs::board::{Ballots, Board, Kept, Vote};
use shared::{CardId, DocId};

use super::script::Course;
use super::*;
use crate::client::tests::server;
use crate::client::{Docs, Session};

const LONG: Duration = Duration::from_secs(120);

async fn opened(people: u16, language: Language) -> (Arc<Demo>, String) {
    let (registry, base) = server().await;
    let demo = Demo::open(&registry, Options { speed: 100.0, people, language }).await.unwrap();
    let demo = Arc::new(demo);
    let playing = (Arc::clone(&demo), base.clone());
    tokio::spawn(async move { playing.0.play(&playing.1).await });
    (demo, base)
}

/// Somebody who sees everything.
async fn lead(demo: &Demo, base: &str) -> Session {
    Client::connect(base).await.unwrap().hello(demo.made.id, demo.made.lead).await.unwrap()
}

/// How many voted, and what most are for.
fn counted(board: &Board) -> (u16, Option<String>) {
    let Some(Vote { ballots: Ballots::Counted { ballots, votes }, .. }) = &board.vote else {
        panic!("{:?}", board.vote)
    };
    let most = votes.iter().max_by_key(|(_, count)| **count).and_then(|(note, _)| board.notes.get(note));
    (*ballots, most.map(|note| note.text.read()))
}

/// The cards of a board as a script would have them: level, wording, star, and the mark.
fn written(board: &Board) -> Vec<String> {
    let outline = board.outline().into_iter().skip(1);
    let mut cards: Vec<String> = outline
        .map(|(id, level)| {
            let card = board.get(id).unwrap();
            format!("{level} {} {:?} {:?}", card.text.read(), card.star, card.mark)
        })
        .collect();
    cards.sort();
    cards
}

fn scripted(table: &script::Table) -> Vec<String> {
    let mut levels: Vec<usize> = Vec::new();
    let mut cards = Vec::new();
    for card in &table.cards {
        let level = card.parent.map_or(1, |parent| levels[parent] + 1);
        levels.push(level);
        let last = card.wording.later.as_ref().unwrap_or(&card.wording.first);
        if !matches!(card.course, Course::Undone | Course::Same(_)) {
            cards.push(format!("{level} {last} {:?} {:?}", card.star, card.mark));
        }
    }
    cards.sort();
    cards
}

fn is_as_scripted(docs: &Docs, demo: &Demo) -> bool {
    let mut groups = (1..).map(GroupId).zip(&demo.script.tables);
    groups.all(|(group, table)| docs.board(group).is_some_and(|board| written(board.view()) == scripted(table)))
}

#[tokio::test]
async fn the_afternoon_comes_out_as_it_is_written() {
    let (demo, base) = opened(34, Language::Ja).await;
    let lead = lead(&demo, &base).await;
    lead.until("the end", LONG, |docs| is_as_scripted(docs, &demo)).await.unwrap();
    lead.read(|docs| {
        assert_eq!(docs.roster().view().people.len(), 34);
        let first = docs.board(GroupId(1)).unwrap().view();
        let (ballots, most) = counted(first);
        // Who is asked twice has one ballot all the same.
        assert!((2..=first.seated().count()).contains(&usize::from(ballots)), "{ballots}");
        assert_eq!(most.as_deref(), Some("自治会の高齢化"));
        assert!(first.lanes.len() == 2 && first.call.is_some() && first.hands.is_empty());
        assert!(first.ever().any(|(_, card)| matches!(card.kept, Kept::MergedInto(_))));
        for (group, table) in (1..).map(GroupId).zip(&demo.script.tables) {
            let board = docs.board(group).unwrap().view();
            assert_eq!(Some(board.theme()), table.theme.later);
            assert_eq!(board.seated().count(), table.guests.len());
        }
    });
}

#[tokio::test]
async fn everybody_carries_on_when_somebody_removes_what_they_build_on() {
    let (demo, base) = opened(34, Language::En).await;
    let lead = lead(&demo, &base).await;
    let group = GroupId(1);
    let first =
        |docs: &Docs| docs.board(group).and_then(|board| board.view().children(CardId::THEME).next()).map(|c| c.0);
    lead.until("a card", LONG, |docs| first(docs).is_some()).await.unwrap();
    let card = lead.read(first).unwrap();
    lead.board(group).remove(card).unwrap();
    let rest = |docs: &Docs| {
        let others = (2..).map(GroupId).zip(demo.script.tables.iter().skip(1));
        let mut boards = others.map(|(group, table)| (docs.board(group), table));
        boards.all(|(board, table)| board.is_some_and(|board| written(board.view()) == scripted(table)))
    };
    lead.until("the other groups", LONG, rest).await.unwrap();
    lead.read(|docs| {
        let board = docs.board(group).unwrap().view();
        assert!(!board.is_seen(card), "what was removed stays removed");
        assert!(!board.outline().is_empty());
    });
    assert!(lead.read(|docs| docs.rejections().len()) == 0);
}

#[tokio::test]
async fn there_is_room_for_one_more() {
    let (demo, base) = opened(34, Language::Ja).await;
    let lead = lead(&demo, &base).await;
    lead.until("everybody", LONG, |docs| docs.roster().view().people.len() == 34).await.unwrap();
    let mut guest = Client::connect(&base).await.unwrap();
    let token = crate::access::new_token().unwrap();
    let joined = guest.join(demo.made.code, token, "35人目", None).await.unwrap();
    let guest = guest.hello(joined.workshop, token).await.unwrap();
    let card = guest.board(joined.group).add(CardId::THEME, "わたしも書いてみる").unwrap();
    guest.saved(LONG).await.unwrap();
    let seen = |docs: &Docs| docs.board(joined.group).is_some_and(|board| board.view().is_seen(card));
    lead.until("the card of the 35th", LONG, seen).await.unwrap();
    assert!(demo.welcome(&base).to_string().contains("35人目"));
    assert!(guest.read(|docs| docs.you().may_read(docs.place(), DocId::Board(joined.group))));
}
