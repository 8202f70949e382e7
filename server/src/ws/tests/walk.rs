//! The gallery walk: which board a group sees beside its own, what it may do there, and that it ends.

use std::collections::BTreeSet;

use shared::docs::board::{Given, NoteOn, Reaction};
use shared::docs::workshop::{AtEnd, Kind, Whom};
use shared::text::TextEdit;
use shared::{CharId, NoteId};

use super::someone::{Someone, plan, steps_of};
use super::torn::Torn;
use super::*;
use crate::registry::Times;

/// Three groups of two, one who leads, and a walk that has begun.
struct Walk {
    hall: Hall,
    lead: Someone,
    /// Two of each group.
    people: Vec<(u16, Someone)>,
}

/// Docs of six phones and of one who leads.
const FOLLOWED: usize = 6 * 3 + 5;

impl Walk {
    async fn begins() -> Self {
        let hall = Hall::open(Limits::default()).await;
        let mut lead = Someone::with(&hall, hall.made.lead).await;
        let mut people = Vec::new();
        for n in 0..6 {
            let group = u16::from(n % 3) + 1;
            people.push((group, Someone::seated(&hall, n + 1, group).await));
        }
        let plans = [Kind::Gallery, Kind::Free].map(|kind| plan(kind, AtEnd::GoOn)).to_vec();
        lead.does(DocId::Workshop, Op::Workshop(WorkshopOp::SetSteps { plans })).await;
        lead.does(DocId::Workshop, phase(1, Phase::Open).1).await;
        let walk = Self { hall, lead, people };
        walk.follows(FOLLOWED + 6).await;
        walk
    }

    async fn follows(&self, docs: usize) {
        self.hall.settles(|figures| figures.subscriptions == u64::try_from(docs).unwrap()).await;
    }

    /// Every group writes at its own board; from which boards everybody hears.
    async fn everybody_hears(&mut self) -> Vec<(u16, BTreeSet<DocId>)> {
        for (_, one) in &mut self.people {
            one.hears().await;
        }
        for (group, one) in self.people.iter_mut().take(3) {
            one.does(board(*group), adds(1).1).await;
        }
        let mut all = Vec::new();
        for (group, one) in &mut self.people {
            let (_, docs) = one.hears().await;
            all.push((*group, docs));
        }
        all
    }

    /// Everybody hears of their own board and of the one that theirs looks at, and of no other.
    async fn is_heard(&mut self, visits: impl Fn(u16) -> Option<u16>) {
        for (group, docs) in self.everybody_hears().await {
            let expected: BTreeSet<DocId> = [Some(group), visits(group)].into_iter().flatten().map(board).collect();
            assert_eq!(docs, expected, "somebody of group {group}");
        }
    }

    async fn goes(&mut self, op: WorkshopOp) {
        self.lead.does(DocId::Workshop, Op::Workshop(op)).await;
    }

    async fn ends(&mut self) {
        let steps = steps_of(&self.hall).await;
        self.goes(WorkshopOp::GoTo { whom: Whom::All, from: Some(steps[0].id), step: steps[1].id }).await;
        self.follows(FOLLOWED).await;
    }
}

fn react(reaction: Reaction) -> Op {
    Op::Board(BoardOp::React { card: CardId::THEME, reaction, given: Given::Yes })
}

fn asks(on: NoteOn) -> Op {
    Op::Board(BoardOp::AddNote { on, text: "なぜ？".to_owned(), start: 0 })
}

fn edits(note: NoteId) -> Op {
    let after = Some(CharId { client: note.client, n: 0 });
    Op::Board(BoardOp::EditNote { note, edit: TextEdit::Insert { after, start: 500, text: "！".to_owned() } })
}

#[tokio::test]
async fn every_round_each_group_sees_the_board_of_another_one_and_no_third() {
    let mut walk = Walk::begins().await;
    let step = steps_of(&walk.hall).await[0].id;
    for (group, one) in &mut walk.people {
        one.peer.gets_whole(board(*group % 3 + 1)).await;
    }
    walk.is_heard(|group| Some(group % 3 + 1)).await;
    walk.goes(WorkshopOp::NextRound { step, round: 1 }).await;
    for (group, one) in &mut walk.people {
        one.peer.gets_whole(board((*group + 1) % 3 + 1)).await;
    }
    walk.follows(FOLLOWED + 6).await;
    walk.is_heard(|group| Some((group + 1) % 3 + 1)).await;
    walk.ends().await;
    walk.is_heard(|_| None).await;
}

/// How long a visit is, in seconds, in the test below.
const EACH_S: u16 = 2;

#[tokio::test]
async fn when_the_time_of_a_visit_is_over_everybody_goes_on_until_the_last_one() {
    let mut walk = Walk::begins().await;
    let first = steps_of(&walk.hall).await[0].clone();
    let plan = shared::docs::workshop::Plan { each_s: EACH_S, ..first.plan };
    walk.goes(WorkshopOp::EditStep { step: first.id, plan }).await;
    // Begun anew, it has visits of this length.
    walk.goes(WorkshopOp::GoTo { whom: Whom::All, from: Some(first.id), step: first.id }).await;
    for (group, one) in &mut walk.people {
        one.peer.gets_whole(board(*group % 3 + 1)).await;
        one.peer.gets_whole(board((*group + 1) % 3 + 1)).await;
    }
    walk.follows(FOLLOWED + 6).await;
    // Of three groups each has seen two others: nobody goes on to a third.
    tokio::time::sleep(Duration::from_secs(u64::from(EACH_S) + 1)).await;
    let run = match walk.hall.registry.snapshot(walk.hall.made.id, DocId::Workshop).await {
        Some(shared::AnyDoc::Workshop(doc)) => doc.model.run.unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!((run.step, run.round), (first.id, 1));
    walk.is_heard(|group| Some((group + 1) % 3 + 1)).await;
}

#[tokio::test]
async fn a_visitor_answers_and_asks_and_changes_nothing_else() {
    let mut walk = Walk::begins().await;
    let (_, mut guest) = walk.people.remove(0);
    let (_, mut host) = walk.people.remove(0);
    let (host_board, third) = (board(2), board(3));
    for reaction in [Reaction::Question, Reaction::UsToo, Reaction::Agree] {
        assert!(guest.tries(host_board, react(reaction)).await.is_ok());
        assert_eq!(guest.tries(third, react(reaction)).await, Err(Reject::Forbidden));
    }
    // Words follow each other in one message, as they do when somebody types.
    let own = NoteId::from(guest.next_id());
    guest.do_all(host_board, vec![asks(NoteOn::Card(CardId::THEME)), edits(own)]).await.unwrap();
    let theirs = NoteId::from(host.does(host_board, asks(NoteOn::Card(CardId::THEME))).await);
    for forbidden in [
        edits(theirs),
        Op::Board(BoardOp::RemoveNote { note: theirs }),
        Op::Board(BoardOp::RestoreNote { note: own }),
        asks(NoteOn::Premise),
        adds(1).1,
        Op::Board(BoardOp::RemoveCard { card: CardId::THEME }),
    ] {
        assert_eq!(guest.tries(host_board, forbidden.clone()).await, Err(Reject::Forbidden), "{forbidden:?}");
    }
    // Not by the name of a note that somebody else wrote either.
    let nowhere = NoteId { n: 999, ..own };
    assert_eq!(guest.tries(host_board, edits(nowhere)).await, Err(Reject::NoNote(nowhere)));
    assert!(guest.tries(host_board, Op::Board(BoardOp::RemoveNote { note: own })).await.is_ok());
    // Who is visited works on, answers, and may not write where the guest comes from.
    assert!(host.tries(host_board, Op::Board(BoardOp::RestoreNote { note: own })).await.is_ok());
    assert!(host.tries(host_board, adds(1).1).await.is_ok());
    assert_eq!(host.tries(board(1), react(Reaction::Agree)).await, Err(Reject::Forbidden));
    assert!(guest.tries(board(1), adds(1).1).await.is_ok(), "at home nothing has changed");
    walk.ends().await;
    for op in [react(Reaction::UsToo), edits(own)] {
        assert_eq!(guest.tries(host_board, op).await, Err(Reject::Forbidden));
    }
}

#[tokio::test]
async fn a_note_of_somebody_else_is_not_ones_own_by_its_name() {
    let mut walk = Walk::begins().await;
    let (_, mut guest) = walk.people.remove(0);
    let (_, mut host) = walk.people.remove(0);
    let theirs = NoteId::from(host.does(board(2), asks(NoteOn::Card(CardId::THEME))).await);
    let forged = (OpId { client: theirs.client, n: theirs.n }, asks(NoteOn::Card(CardId::THEME)));
    let then = (guest.next_id(), edits(theirs));
    let id = then.0;
    guest.peer.send(&ClientMessage::Ops { doc: board(2), ops: vec![forged, then] }).await;
    loop {
        match guest.peer.next().await {
            ServerMessage::Rejected { id: refused, why, .. } if refused == id => {
                assert_eq!(why, Reject::Forbidden);
                return;
            }
            ServerMessage::Entries { entries, .. } => assert!(entries.iter().all(|entry| entry.stamp.id != id)),
            _ => {}
        }
    }
}

#[tokio::test]
async fn who_is_moved_in_mid_walk_goes_on_with_the_other_group() {
    let mut walk = Walk::begins().await;
    let (_, mut sato) = walk.people.remove(0);
    let (registry, workshop, person) = (walk.hall.registry.clone(), walk.hall.made.id, sato.person);
    let tray = DocId::Tray(person);
    // To the group that theirs looks at, and back again: then they visit a board at which they sat themselves.
    for (to, visited) in [(2, 3), (1, 2)] {
        registry.seat(workshop, person, GroupId(to)).await.unwrap();
        assert_eq!(sato.peer.closed().await, Close::Reseated as u16);
        sato = Someone::seated(&walk.hall, 1, 3).await;
        assert_eq!(sato.peer.docs(4).await, [DocId::Workshop, board(to), tray, board(visited)]);
        let (_, host) = walk.people.iter_mut().find(|(group, _)| *group == visited).unwrap();
        let id = host.does(board(visited), adds(1).1).await;
        sato.peer.answered(board(visited), id).await;
        assert!(sato.tries(board(visited), react(Reaction::UsToo)).await.is_ok());
        assert_eq!(sato.tries(board(visited), adds(1).1).await, Err(Reject::Forbidden));
        assert!(sato.tries(board(to), adds(1).1).await.is_ok());
    }
}

#[tokio::test]
async fn who_looks_is_shown_at_home_and_not_where_they_look() {
    let mut walk = Walk::begins().await;
    let (_, mut guest) = walk.people.remove(0);
    let (_, mut host) = walk.people.remove(0);
    let writing = Doing::Writing(CardId::THEME);
    guest.peer.send(&ClientMessage::Doing { doc: board(1), doing: writing }).await;
    guest.peer.present(board(1), &[writing, Doing::Reading]).await;
    guest.peer.send(&ClientMessage::Doing { doc: board(2), doing: writing }).await;
    host.peer.send(&ClientMessage::Doing { doc: board(2), doing: Doing::Adding(CardId::THEME) }).await;
    // The guest is told who is there, and is not among them.
    guest.peer.present(board(2), &[Doing::Adding(CardId::THEME), Doing::Reading]).await;
    let (heard, _) = host.hears().await;
    let at_theirs = heard.iter().filter_map(|message| match message {
        ServerMessage::Present { doc, present } => Some((*doc, present.len())),
        _ => None,
    });
    assert!(at_theirs.into_iter().all(|(doc, people)| doc != board(2) || people <= 2));
    guest.peer.send(&ClientMessage::Doing { doc: board(1), doing: Doing::Adding(CardId::THEME) }).await;
    guest.peer.present(board(1), &[Doing::Adding(CardId::THEME), Doing::Reading]).await;
}

#[tokio::test]
async fn a_board_that_cannot_be_read_keeps_no_visitor_from_their_own() {
    let log = Arc::new(Torn::default());
    let times = Times { unreadable: Duration::from_millis(300), ..Times::default() };
    let hall = Hall::open_on(log.clone(), Limits { times, ..Limits::default() }).await;
    log.tear(Some(board(2)));
    let mut lead = Someone::with(&hall, hall.made.lead).await;
    let mut sato = Someone::seated(&hall, 1, 1).await;
    let plans = vec![plan(Kind::Gallery, AtEnd::GoOn)];
    lead.does(DocId::Workshop, Op::Workshop(WorkshopOp::SetSteps { plans })).await;
    lead.does(DocId::Workshop, phase(1, Phase::Open).1).await;
    assert!(sato.tries(board(1), adds(1).1).await.is_ok());
    sato.peer.gets_no_more_but(DocId::Workshop).await;
    log.tear(None);
    sato.peer.gets_whole(board(2)).await;
    assert!(sato.tries(board(2), react(Reaction::Agree)).await.is_ok());
}
