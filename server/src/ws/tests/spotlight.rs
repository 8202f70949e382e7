//! "Look here": who reads a board that is shown, what they may do there, and that not one byte of it comes after the end.

use std::collections::BTreeSet;

use shared::docs::board::{Given, NoteOn, Reaction};
use shared::docs::workshop::{AtEnd, Kind, Screens};

use super::someone::{Someone, plan, steps_of};
use super::*;

/// Three groups of one, who leads and who helps. Nobody is shown anything yet.
struct Room {
    hall: Hall,
    lead: Someone,
    people: Vec<Someone>,
}

/// Docs of three phones and of one who leads.
const FOLLOWED: u64 = 3 * 3 + 5;

fn show(group: u16, screens: Screens) -> WorkshopOp {
    WorkshopOp::Show { group: GroupId(group), card: None, screens }
}

fn react() -> Op {
    Op::Board(BoardOp::React { card: CardId::THEME, reaction: Reaction::UsToo, given: Given::Yes })
}

impl Room {
    async fn begins(kinds: &[Kind]) -> Self {
        let hall = Hall::open(Limits::default()).await;
        let mut lead = Someone::with(&hall, hall.made.lead).await;
        let mut people = Vec::new();
        for n in 1..=3 {
            people.push(Someone::seated(&hall, n, n.into()).await);
        }
        let plans = kinds.iter().map(|kind| plan(*kind, AtEnd::GoOn)).collect();
        lead.does(DocId::Workshop, Op::Workshop(WorkshopOp::SetSteps { plans })).await;
        lead.does(DocId::Workshop, phase(1, Phase::Open).1).await;
        Self { hall, lead, people }
    }

    async fn does(&mut self, op: WorkshopOp) {
        self.lead.does(DocId::Workshop, Op::Workshop(op)).await;
    }

    async fn follows(&self, docs: u64) {
        self.hall.settles(|figures| figures.subscriptions == docs).await;
    }

    /// Every group writes at its own board; from which other board each of them hears.
    async fn hear(&mut self) -> Vec<Option<u16>> {
        for one in &mut self.people {
            one.hears().await;
        }
        for (group, one) in (1..).zip(&mut self.people) {
            one.does(board(group), adds(1).1).await;
        }
        let mut heard = Vec::new();
        for (group, one) in (1..).zip(&mut self.people) {
            let (_, docs) = one.hears().await;
            assert!(docs.contains(&board(group)) && !docs.contains(&DocId::Roster));
            let others: BTreeSet<u16> =
                (1..=3).filter(|other| *other != group && docs.contains(&board(*other))).collect();
            assert!(others.len() < 2, "{others:?}");
            heard.push(others.first().copied());
        }
        heard
    }
}

#[tokio::test]
async fn a_board_is_read_by_everybody_as_long_as_it_is_shown_and_no_byte_longer() {
    let mut room = Room::begins(&[]).await;
    room.follows(FOLLOWED).await;
    room.does(show(2, Screens::Projector)).await;
    assert_eq!(room.hear().await, [None; 3], "the projector is an observer’s");
    room.does(show(2, Screens::Everywhere)).await;
    for at in [0, 2] {
        room.people[at].peer.gets_whole(board(2)).await;
    }
    assert_eq!(room.hear().await, [Some(2), None, Some(2)]);
    room.does(show(3, Screens::Everywhere)).await;
    for at in [0, 1] {
        room.people[at].peer.gets_whole(board(3)).await;
    }
    room.follows(FOLLOWED + 2).await;
    assert_eq!(room.hear().await, [Some(3), Some(3), None]);
    room.does(WorkshopOp::EndShow).await;
    room.follows(FOLLOWED).await;
    assert_eq!(room.hear().await, [None; 3]);
}

#[tokio::test]
async fn who_is_brought_somewhere_answers_and_asks_and_changes_nothing() {
    let mut room = Room::begins(&[]).await;
    room.does(show(2, Screens::Everywhere)).await;
    let mut guest = room.people.remove(0);
    guest.peer.gets_whole(board(2)).await;
    let asks = |on| Op::Board(BoardOp::AddNote { on, text: "なぜ？".to_owned(), start: 0 });
    for allowed in [react(), asks(NoteOn::Card(CardId::THEME))] {
        assert!(guest.tries(board(2), allowed).await.is_ok());
    }
    for forbidden in [adds(1).1, asks(NoteOn::Premise), Op::Board(BoardOp::RemoveCard { card: CardId::THEME })] {
        assert_eq!(guest.tries(board(2), forbidden).await, Err(Reject::Forbidden));
    }
    assert_eq!(guest.tries(board(3), react()).await, Err(Reject::Forbidden));
    assert!(guest.tries(board(1), adds(1).1).await.is_ok(), "at home nothing has changed");
    room.does(WorkshopOp::EndShow).await;
    room.follows(FOLLOWED).await;
    assert_eq!(guest.tries(board(2), react()).await, Err(Reject::Forbidden));
}

#[tokio::test]
async fn who_comes_while_something_is_shown_is_brought_there_too() {
    let mut room = Room::begins(&[]).await;
    room.does(WorkshopOp::SetQueue { groups: vec![GroupId(2), GroupId(1)], screens: Screens::Everywhere }).await;
    room.does(WorkshopOp::NextGroup { group: GroupId(2) }).await;
    let mut late = Someone::seated(&room.hall, 9, 3).await;
    assert_eq!(late.peer.docs(4).await, [DocId::Workshop, board(3), late.tray(), board(2)]);
    room.does(WorkshopOp::NextGroup { group: GroupId(1) }).await;
    late.peer.gets_whole(board(1)).await;
    assert_eq!(late.tries(board(2), react()).await, Err(Reject::Forbidden));
    assert!(late.tries(board(1), react()).await.is_ok());
}

#[tokio::test]
async fn a_walk_waits_while_something_is_shown() {
    let mut room = Room::begins(&[Kind::Gallery]).await;
    room.follows(FOLLOWED + 3).await;
    assert_eq!(room.hear().await, [Some(2), Some(3), Some(1)]);
    room.does(show(1, Screens::Everywhere)).await;
    room.people[1].peer.gets_whole(board(1)).await;
    room.follows(FOLLOWED + 2).await;
    assert_eq!(room.hear().await, [None, Some(1), Some(1)]);
    let step = steps_of(&room.hall).await[0].id;
    room.does(WorkshopOp::NextRound { step, round: 1 }).await;
    room.does(WorkshopOp::EndShow).await;
    for (at, visited) in [(0, 3), (2, 2)] {
        room.people[at].peer.gets_whole(board(visited)).await;
    }
    room.follows(FOLLOWED + 3).await;
    assert_eq!(room.hear().await, [Some(3), Some(1), Some(2)]);
}

#[tokio::test]
async fn only_the_lead_shows() {
    let mut room = Room::begins(&[]).await;
    let mut helper = Someone::with(&room.hall, room.hall.made.helper).await;
    let ops = [show(1, Screens::Everywhere), WorkshopOp::EndShow, WorkshopOp::NextGroup { group: GroupId(1) }];
    for op in ops.map(Op::Workshop) {
        assert_eq!(helper.tries(DocId::Workshop, op.clone()).await, Err(Reject::Forbidden));
        assert_eq!(room.people[0].tries(DocId::Workshop, op).await, Err(Reject::Forbidden));
    }
}
