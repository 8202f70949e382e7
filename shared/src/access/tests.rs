//! The table of rights, row by row.

use super::*;
use crate::doc::{Entry, Outcome, Stamp};
use crate::docs::board::{Given, Heard, Member, Place as At, Reaction, Reply, Seated};
use crate::docs::dots::{DotOption, OwnGroup};
use crate::docs::roster::RosterOp;
use crate::docs::workshop::{Brought, Language, Phase, Screens, TimerChange, Whom, WorkshopOp};
use crate::ids::{CardId, CharId, ClientId, JoinCode, Millis, OpId, PairId, Seq, StepId, VoteId};
use crate::sorted::SortedMap;
use crate::text::TextEdit;

const CAPABILITIES: [Capability; 5] = [
    Capability::Lead,
    Capability::Helper,
    Capability::Participant(PersonId(3)),
    Capability::Observer,
    Capability::Keeper(GroupId(2)),
];

fn vote() -> VoteId {
    VoteId { client: ClientId::of(99), n: 1 }
}

const SEATED: Place = Place::at(GroupId(1));
const VISITING: Place = Place { seat: Some(GroupId(1)), visits: Some(GroupId(2)) };

fn docs() -> [DocId; 9] {
    [
        DocId::Workshop,
        DocId::Roster,
        DocId::Board(GroupId(1)),
        DocId::Board(GroupId(2)),
        DocId::Board(GroupId(3)),
        DocId::Doors,
        DocId::Directory,
        DocId::Tray(PersonId(3)),
        DocId::Tray(PersonId(4)),
    ]
}

#[test]
fn the_table_of_readers() {
    let table = |place| -> Vec<String> {
        let row = |c: &Capability| docs().iter().map(|d| if c.may_read(place, *d) { 'r' } else { '-' }).collect();
        CAPABILITIES.iter().map(row).collect()
    };
    assert_eq!(table(SEATED), ["rrrrr----", "rrrrr----", "r-r----r-", "r-rrr----", "r--r-----"]);
    assert_eq!(table(VISITING), ["rrrrr----", "rrrrr----", "r-rr---r-", "r-rrr----", "r--r-----"]);
    let nowhere = Place { seat: None, visits: Some(GroupId(2)) };
    assert_eq!(table(nowhere), ["rrrrr----", "rrrrr----", "r------r-", "r-rrr----", "r--r-----"]);
}

#[test]
fn the_table_of_writers() {
    let ops = [
        Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Open }),
        Op::Roster(RosterOp::Seat { person: PersonId(1), group: GroupId(1), seats: 5 }),
        Op::Board(BoardOp::RemoveCard { card: CardId::THEME }),
        Op::Tray(TrayOp::CastBallot { vote: vote(), choices: Vec::new() }),
    ];
    let table = |place, ops: &[Op]| -> Vec<String> {
        let may = |c: &Capability, doc| ops.iter().any(|op| c.may_write(place, doc, op));
        let row = |c: &Capability| docs().iter().map(|d| if may(c, *d) { 'w' } else { '-' }).collect();
        CAPABILITIES.iter().map(row).collect()
    };
    let seated = ["w-www----", "--www----", "--w----w-", "---------", "---------"];
    assert_eq!(table(SEATED, &ops), seated);
    assert_eq!(table(VISITING, &ops), seated, "to look is not to write");
    let said = [Op::Board(BoardOp::React { card: CardId::THEME, reaction: Reaction::UsToo, given: Given::Yes })];
    assert_eq!(table(SEATED, &said), ["--www----", "--www----", "--w------", "---------", "---------"]);
    assert_eq!(table(VISITING, &said), ["--www----", "--www----", "--ww-----", "---------", "---------"]);
}

#[test]
fn a_group_calls_and_who_conducts_answers() {
    let call = OpId { client: ClientId::of(99), n: 1 };
    let board = DocId::Board(GroupId(1));
    let may = |op: BoardOp| CAPABILITIES.map(|who| who.may_write(SEATED, board, &Op::Board(op.clone())));
    for op in [
        BoardOp::CallHelp { given: Given::Yes },
        BoardOp::CallHelp { given: Given::No },
        BoardOp::AnswerNudge { nudge: call, reply: Reply::Taken },
    ] {
        assert_eq!(may(op.clone()), [false, false, true, false, false], "{op:?}");
        let visited = DocId::Board(GroupId(2));
        assert!(!CAPABILITIES[2].may_write(VISITING, visited, &Op::Board(op.clone())), "a guest is no member");
        assert!(CAPABILITIES[2].may_write(VISITING, board, &Op::Board(op)), "but calls for their own group");
    }
    for op in [BoardOp::AnswerHelp { call, heard: Heard::Done }, BoardOp::Nudge { text: "なぜ".into() }] {
        assert_eq!(may(op.clone()), [true, true, false, false, false], "{op:?}");
    }
}

fn edit(note: NoteId) -> BoardOp {
    let first = CharId { client: note.client, n: 0 };
    BoardOp::EditNote { note, edit: TextEdit::Insert { after: Some(first), text: "x".into(), start: 9 } }
}

#[test]
fn a_visitor_answers_and_asks_and_does_nothing_else() {
    let (card, note) = (CardId::THEME, NoteId { client: ClientId::of(99), n: 1 });
    let step = StepId { client: ClientId::of(99), n: 64 };
    let asks = |on| BoardOp::AddNote { on, text: "?".into(), start: 0 };
    let answers = [Reaction::Agree, Reaction::Question, Reaction::UsToo];
    let react = |reaction| [Given::Yes, Given::No].map(|given| BoardOp::React { card, reaction, given });
    let mut may: Vec<BoardOp> = answers.into_iter().flat_map(react).collect();
    may.extend([asks(NoteOn::Card(card)), edit(note), BoardOp::RemoveNote { note }]);
    let may_not = [
        asks(NoteOn::Premise),
        asks(NoteOn::Proposal),
        asks(NoteOn::Parting),
        asks(NoteOn::OwnStep),
        BoardOp::RestoreNote { note },
        BoardOp::SeeMyself { note, given: Given::Yes },
        BoardOp::RaiseHand,
        BoardOp::OpenVote,
        BoardOp::OpenDots { cards: vec![card], each: 1 },
        BoardOp::CloseDots { vote: vote() },
        BoardOp::RemoveCard { card },
        BoardOp::SetMark { card, mark: None },
        BoardOp::Reveal { author: None, text: "x".into() },
        BoardOp::EditPair { step, pair: PairId(0), edit: TextEdit::Delete { spans: Vec::new() } },
        BoardOp::TakePair { step, pair: PairId(0), start: 0 },
        BoardOp::ChooseForAll { step, card: Some(card) },
    ];
    let visitor = |op: &BoardOp, group| {
        Capability::Participant(PersonId(3)).may_write(VISITING, DocId::Board(group), &Op::Board(op.clone()))
    };
    for op in &may {
        assert!(visitor(op, GroupId(2)) && visitor(op, GroupId(1)), "{op:?}");
        assert!(!visitor(op, GroupId(3)), "{op:?}");
    }
    for op in &may_not {
        assert!(!visitor(op, GroupId(2)) && !visitor(op, GroupId(3)), "{op:?}");
    }
}

#[test]
fn a_visitor_changes_what_they_wrote_themselves_alone() {
    let mut board = AnyDoc::empty(DocId::Board(GroupId(2)));
    let (visitor, host) = (By::Person(PersonId(3)), By::Person(PersonId(4)));
    let mut note = |by, client| {
        let id = OpId { client: ClientId::of(client), n: 1 };
        let stamp = Stamp { seq: board.seq().next(), at: Millis(0), by, id };
        let op = Op::Board(BoardOp::AddNote { on: NoteOn::Card(CardId::THEME), text: "?".into(), start: 0 });
        assert!(matches!(board.apply(&Entry { stamp, op }), Outcome::Applied(_)));
        NoteId::from(id)
    };
    let (own, anothers) = (note(visitor, 50), note(host, 60));
    let nowhere = NoteId { client: ClientId::of(50), n: 9 };
    for op in [edit, |note| BoardOp::RemoveNote { note }] {
        let asked = |note| allows(&board, Some(visitor), VISITING, &Op::Board(op(note)));
        assert_eq!(asked(own), Ok(()));
        assert_eq!(asked(anothers), Err(Reject::Forbidden));
        assert_eq!(asked(nowhere), Err(Reject::NoNote(nowhere)));
        let depends = |place, group| depends_on(place, DocId::Board(GroupId(group)), &Op::Board(op(own)));
        assert_eq!(depends(VISITING, 2), Some(DocId::Board(GroupId(2))));
        assert_eq!(depends(VISITING, 1), None, "at their own board everybody changes everything");
        assert_eq!(depends(SEATED, 1), None);
    }
}

#[test]
fn a_helper_helps_with_the_time_and_with_one_group() {
    let (step, group) = (StepId { client: ClientId::of(99), n: 64 }, GroupId(2));
    let change = TimerChange::More(60);
    let may = [
        WorkshopOp::SetTimer { whom: Whom::All, step, change },
        WorkshopOp::SetTimer { whom: Whom::Group(group), step, change },
        WorkshopOp::Rejoin { group },
        WorkshopOp::GoTo { whom: Whom::Group(group), from: None, step },
        WorkshopOp::NextRoundOf { group, step, round: 1 },
    ];
    let may_not = [
        WorkshopOp::GoTo { whom: Whom::All, from: None, step },
        WorkshopOp::NextRound { step, round: 1 },
        WorkshopOp::SetPhase { phase: Phase::Ended },
        WorkshopOp::SetSteps { plans: Vec::new() },
        WorkshopOp::RemoveStep { step },
        WorkshopOp::SetTitle { title: "t".into() },
        WorkshopOp::AddGroup,
        WorkshopOp::OpenDots { options: Vec::new(), each: 1, own: OwnGroup::LeftOut },
        WorkshopOp::CloseDots { vote: vote() },
        WorkshopOp::Show { group, card: None, screens: Screens::Everywhere },
        WorkshopOp::EndShow,
        WorkshopOp::SetQueue { groups: vec![group], screens: Screens::Projector },
        WorkshopOp::NextGroup { group },
    ];
    let writes =
        |c: Capability, op: &WorkshopOp| c.may_write(Place::default(), DocId::Workshop, &Op::Workshop(op.clone()));
    for op in &may {
        assert!(writes(Capability::Helper, op), "{op:?}");
    }
    for op in &may_not {
        assert!(!writes(Capability::Helper, op), "{op:?}");
    }
    for op in may.iter().chain(&may_not) {
        assert!(writes(Capability::Lead, op), "{op:?}");
        assert!(!writes(Capability::Observer, op) && !writes(CAPABILITIES[2], op), "{op:?}");
    }
}

#[test]
fn nobody_writes_what_is_the_servers() {
    let member = Op::Board(BoardOp::SetMember {
        person: PersonId(1),
        member: Member { name: "x".into(), seated: Seated::Here },
    });
    let count = Op::Board(BoardOp::CountVote { vote: vote(), ballots: 0, votes: SortedMap::new() });
    let end = Op::Tray(TrayOp::EndVote { vote: vote() });
    let reveal = Op::Board(BoardOp::Reveal { author: Some(PersonId(3)), text: "x".into() });
    let hand_over = Op::Tray(TrayOp::HandOver { slips: Vec::new() });
    let step = StepId { client: ClientId::of(99), n: 64 };
    let pairs = Op::Board(BoardOp::FormPairs { step });
    let brought = Brought { as_of: Seq(1), theme: "x".into(), card: None };
    let bring = Op::Workshop(WorkshopOp::Bring { step, group: GroupId(1), brought });
    let dots = Op::Board(BoardOp::CountDots { vote: vote(), ballots: 0, dots: Vec::new() });
    let room = Op::Workshop(WorkshopOp::CountDots { vote: vote(), ballots: 0, dots: Vec::new() });
    for capability in CAPABILITIES {
        for op in [&member, &count, &end, &reveal, &hand_over, &pairs, &bring, &dots, &room] {
            for doc in docs() {
                assert!(!capability.may_write(VISITING, doc, op));
            }
        }
    }
}

#[test]
fn a_ballot_is_taken_while_its_vote_is_open_and_for_what_was_proposed() {
    let mut board = AnyDoc::empty(DocId::Board(GroupId(1)));
    let mut n = 0;
    let mut act = |board: &mut AnyDoc, by: By, op: BoardOp| {
        n += 1;
        let client = if by == By::Server { ClientId::FROM_TRAYS } else { ClientId::of(99) };
        let stamp = Stamp { seq: board.seq().next(), at: Millis(0), by, id: OpId { client, n } };
        assert!(matches!(board.apply(&Entry { stamp, op: Op::Board(op) }), Outcome::Applied(_)));
        stamp.id
    };
    let add = |on, text: &str| BoardOp::AddNote { on, text: text.into(), start: 0 };
    let proposed = NoteId::from(act(&mut board, By::Lead, add(NoteOn::Proposal, "a")));
    let premise = NoteId::from(act(&mut board, By::Lead, add(NoteOn::Premise, "b")));
    let cast = |vote, choices: &[NoteId]| Op::Tray(TrayOp::CastBallot { vote, choices: choices.to_vec() });
    assert_eq!(allows(&board, None, SEATED, &cast(vote(), &[proposed])), Err(Reject::VoteIsOver), "there is none");
    let open = VoteId::from(act(&mut board, By::Lead, BoardOp::OpenVote));
    assert_eq!(allows(&board, None, SEATED, &cast(open, &[proposed])), Ok(()));
    assert_eq!(allows(&board, None, SEATED, &cast(open, &[])), Ok(()));
    assert_eq!(allows(&board, None, SEATED, &cast(open, &[proposed, premise])), Err(Reject::NoNote(premise)));
    assert_eq!(allows(&board, None, SEATED, &cast(vote(), &[proposed])), Err(Reject::VoteIsOver), "another");
    act(&mut board, By::Lead, BoardOp::CloseVote { vote: open });
    assert_eq!(allows(&board, None, SEATED, &cast(open, &[proposed])), Err(Reject::VoteIsOver), "it is being counted");
    act(&mut board, By::Server, BoardOp::CountVote { vote: open, ballots: 0, votes: SortedMap::new() });
    assert_eq!(allows(&board, None, SEATED, &cast(open, &[proposed])), Err(Reject::VoteIsOver), "it was counted");
    let (ballot, own) = (cast(open, &[]), DocId::Board(GroupId(1)));
    assert_eq!(depends_on(VISITING, DocId::Tray(PersonId(3)), &ballot), Some(own));
    assert_eq!(depends_on(SEATED, own, &Op::Board(BoardOp::OpenVote)), None);
}

#[test]
fn dots_are_taken_by_the_vote_that_they_are_for() {
    let mut board = AnyDoc::empty(DocId::Board(GroupId(1)));
    let mut workshop = AnyDoc::empty(DocId::Workshop);
    let mut n = 0;
    let mut act = |doc: &mut AnyDoc, by: By, op: Op| {
        n += 1;
        let client = if by == By::Server { ClientId::SERVER } else { ClientId::of(99) };
        let stamp = Stamp { seq: doc.seq().next(), at: Millis(0), by, id: OpId { client, n } };
        assert!(matches!(doc.apply(&Entry { stamp, op }), Outcome::Applied(_)), "{n}");
        stamp.id
    };
    let mut card = |board: &mut AnyDoc, text: &str| {
        let op = BoardOp::AddCard { parent: CardId::THEME, place: At::Last, text: text.into(), start: 0 };
        CardId::from(act(board, By::Lead, Op::Board(op)))
    };
    let cards = vec![card(&mut board, "a"), card(&mut board, "b")];
    let option = |group, card| DotOption { group: Some(GroupId(group)), card, words: "a".into() };
    let options = vec![option(1, cards[0]), option(2, cards[1])];
    let create = WorkshopOp::Create {
        title: "t".into(),
        goal: String::new(),
        language: Language::Ja,
        code: JoinCode::of([0; 8]),
        groups: 2,
        seats: 6,
    };
    act(&mut workshop, By::Server, Op::Workshop(create));
    act(&mut workshop, By::Lead, Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Open }));
    let open = WorkshopOp::OpenDots { options, each: 2, own: OwnGroup::LeftOut };
    let of_room = VoteId::from(act(&mut workshop, By::Lead, Op::Workshop(open)));
    let of_group = VoteId::from(act(&mut board, By::Lead, Op::Board(BoardOp::OpenDots { cards, each: 2 })));
    let cast = |voters, vote, dots: &[u16]| Op::Tray(TrayOp::CastDots { voters, vote, dots: dots.to_vec() });
    let room = |dots: &[u16]| allows(&workshop, None, SEATED, &cast(Voters::Room, of_room, dots));
    assert_eq!(room(&[0, 2]), Ok(()));
    assert_eq!(room(&[1, 1]), Err(Reject::OwnGroup));
    assert_eq!(room(&[0, 3]), Err(Reject::TooManyDots));
    let group = |dots: &[u16]| allows(&board, None, SEATED, &cast(Voters::Group, of_group, dots));
    assert_eq!(group(&[1, 1]), Ok(()));
    assert_eq!(group(&[2, 1]), Err(Reject::TooManyDots));
    assert_eq!(allows(&board, None, SEATED, &cast(Voters::Group, of_room, &[1])), Err(Reject::VoteIsOver));
    act(&mut board, By::Lead, Op::Board(BoardOp::CloseDots { vote: of_group }));
    let late = allows(&board, None, SEATED, &cast(Voters::Group, of_group, &[1]));
    assert_eq!(late, Err(Reject::VoteIsOver));
    let asked = |voters| depends_on(VISITING, DocId::Tray(PersonId(3)), &cast(voters, of_room, &[]));
    assert_eq!(asked(Voters::Group), Some(DocId::Board(GroupId(1))));
    assert_eq!(asked(Voters::Room), Some(DocId::Workshop));
}

#[test]
fn an_operation_fits_its_own_doc_only() {
    let phase = Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Open });
    for doc in docs().into_iter().filter(|doc| *doc != DocId::Workshop) {
        assert!(!Capability::Lead.may_write(Place::default(), doc, &phase));
    }
}
