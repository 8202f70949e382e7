//! The whole afternoon of 60 minutes in half a minute, over real sockets.

use std::sync::Arc;
use std::time::Duration;

use shared::docs::board::{Ballots, Board, Kept, NoteOn, Vote};
use shared::docs::workshop::Kind;
use shared::{By, CardId, DocId};

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

/// What was to be seen on the way.
#[derive(Debug, Default)]
struct Seen {
    steps: Vec<Kind>,
    rounds: u16,
    said: bool,
    /// A group called for help, and somebody was on the way.
    called: bool,
    comes: bool,
    /// A group was asked something, and took it.
    asked: bool,
    ahead: Vec<GroupId>,
    behind: Vec<GroupId>,
}

impl Seen {
    fn look(&mut self, docs: &Docs) {
        let workshop = docs.workshop().view();
        let Some(run) = workshop.run else { return };
        let place = |id| workshop.steps.iter().position(|step| step.id == id);
        let kind = workshop.step(run.step).unwrap().plan.kind;
        if self.steps.last() != Some(&kind) {
            self.steps.push(kind);
        }
        self.rounds = self.rounds.max(run.round + 1);
        self.said |= workshop.announcement.is_some();
        for (_, board) in docs.boards() {
            let board = board.view();
            self.called |= board.help.is_some();
            self.comes |= board.help.is_some_and(|help| help.comes == Some(By::Lead));
            self.asked |= board.nudge.as_ref().is_some_and(|nudge| nudge.reply.is_some());
        }
        for (group, own) in workshop.apart.iter() {
            let to = if place(own.step) > place(run.step) { &mut self.ahead } else { &mut self.behind };
            to.push(*group);
        }
    }
}

/// Whether everybody who was to say something at the end has.
fn has_parted(docs: &Docs, demo: &Demo) -> bool {
    let mut groups = (1..).map(GroupId).zip(&demo.script.tables);
    groups.all(|(group, table)| {
        let on = |on| docs.board(group).map_or(0, |board| board.view().notes_on(on).len());
        on(NoteOn::Parting) >= table.partings.len() && on(NoteOn::OwnStep) >= table.own_steps.len()
    })
}

#[tokio::test]
async fn the_afternoon_comes_out_as_it_is_written() {
    let (demo, base) = opened(34, Language::Ja).await;
    let lead = lead(&demo, &base).await;
    let mut seen = Seen::default();
    lead.until("the end", LONG, |docs| {
        seen.look(docs);
        is_as_scripted(docs, &demo) && has_parted(docs, &demo)
    })
    .await
    .unwrap();
    // Every step, once and in its order.
    let steps = lead.read(|docs| docs.workshop().view().steps.clone());
    assert_eq!(seen.steps, steps.iter().map(|step| step.plan.kind).collect::<Vec<_>>());
    assert_eq!(seen.rounds, 2, "everybody visits two groups");
    assert!(seen.called && seen.comes && seen.asked, "{seen:?}");
    assert!(seen.said && seen.ahead.contains(&GroupId(6)) && seen.behind.contains(&GroupId(5)), "{seen:?}");
    lead.read(|docs| {
        let roster = docs.roster().view();
        assert_eq!((roster.people.len(), roster.guests.len()), (34, 1), "one who was expected did not come");
        assert!(
            roster.people.values().all(|person| !person.section.is_empty()),
            "they came as those who were expected"
        );
        let first = docs.board(GroupId(1)).unwrap().view();
        let (ballots, most) = counted(first);
        // Who is asked twice has one ballot all the same.
        assert!((2..=first.seated().count()).contains(&usize::from(ballots)), "{ballots}");
        assert_eq!(most.as_deref(), Some("自治会の高齢化"));
        assert!(first.lanes.len() == 2 && first.call.is_some() && first.hands.is_empty());
        assert!(first.ever().any(|(_, card)| matches!(card.kept, Kept::MergedInto(_))));
        let boards = || (1..).map(GroupId).map_while(|group| Some(docs.board(group)?.view()));
        for (board, table) in boards().zip(&demo.script.tables) {
            assert_eq!(Some(board.theme()), table.theme.later);
            assert_eq!(board.seated().count(), table.guests.len());
            // What was written in silence has nobody's name, all else has.
            let nameless = board.ever().filter(|(_, card)| card.by == By::Server).count();
            assert!(nameless > 0 && board.ever().any(|(_, card)| card.by != By::Server), "{nameless}");
        }
        let visitors = boards().flat_map(|board| {
            let sits = move |by: &By| board.seated().any(|(person, _)| By::Person(person) == *by);
            board.notes.iter().filter(move |(_, note)| matches!(note.on, NoteOn::Card(_)) && !sits(&note.by))
        });
        assert!(visitors.count() >= 3, "visitors ask");
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
