//! Docs in which everything has happened that can happen.

use shared::docs::workshop::{Attention, Kind, Screens, TimerChange, Whom};

use super::steps::{plan, step};
use super::*;

/// A doc that a few entries built.
fn built(id: DocId, ops: Vec<(By, Op)>) -> AnyDoc {
    let mut doc = AnyDoc::empty(id);
    for (n, (by, op)) in (1..).zip(ops) {
        let client = if by == By::Server { ClientId::FROM_ROSTER } else { MINE };
        let outcome = doc.apply(&entry(u64::from(n), by, OpId { client, n }, op));
        assert!(matches!(outcome, Outcome::Applied(_)), "{outcome:?}");
    }
    doc
}

/// A board on which everything has happened that can happen.
pub(super) fn a_board() -> AnyDoc {
    let person = By::Person(PersonId(34));
    let first = CharId { client: MINE, n: 0 };
    let member = Member { name: "佐藤".into(), seated: Seated::Elsewhere };
    let theme = TextEdit::Insert { after: None, start: 0, text: "自治会の高齢化".into() };
    let delete = TextEdit::Delete { spans: vec![Span { first: CharId { n: 21, ..first }, len: 2 }] };
    let line = |start| TextEdit::Insert { after: None, start, text: "名簿で見た".into() };
    let on_board = vec![
        BoardOp::EditText { card: CardId::THEME, edit: theme },
        BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: "役員が足りない".into(), start: 20 },
        BoardOp::AddCard { parent: card(3), place: Place::First, text: String::new(), start: 30 },
        BoardOp::EditText { card: card(3), edit: delete },
        BoardOp::SetStar { card: card(3), star: Star::RootCause },
        BoardOp::SetMark { card: card(3), mark: Some(Mark::Fact) },
        BoardOp::RemoveCard { card: card(4) },
        BoardOp::AddCard { parent: card(3), place: Place::Last, text: "頼まれると断れない".into(), start: 40 },
        BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: "仕事が多い".into(), start: 60 },
        BoardOp::LinkCard { card: card(9), under: card(10) },
        BoardOp::AddCard { parent: card(10), place: Place::Last, text: "断りにくい".into(), start: 80 },
        BoardOp::MergeCard { card: card(12), into: card(9) },
        BoardOp::SetReach { card: card(9), reach: Some(Reach::Us) },
        BoardOp::SetStop { card: card(9), stop: Some(Stop::WouldEnd) },
        BoardOp::EditLine { card: card(9), line: Line::Evidence, edit: line(100) },
        BoardOp::EditLine { card: card(9), line: Line::StopReason, edit: line(110) },
        BoardOp::ReadLink { card: card(9), under: card(3), answer: Some(Answer::Holds) },
        BoardOp::PutLane { lane: None, name: "地域".into() },
        BoardOp::SetLane { card: card(10), lane: Some(lane(19)) },
        BoardOp::React { card: card(9), reaction: Reaction::Agree, given: Given::Yes },
        BoardOp::AddNote { on: NoteOn::Proposal, text: "空き家が増えた".into(), start: 120 },
        BoardOp::SeeMyself { note: note(22), given: Given::Yes },
        BoardOp::AddNote { on: NoteOn::Card(card(9)), text: "見守り隊では？".into(), start: 130 },
        BoardOp::RaiseHand,
        BoardOp::Call { card: Some(card(9)), what: CallFor::Look },
        BoardOp::OpenVote,
        BoardOp::TakeTurns,
        BoardOp::CallHelp { given: Given::Yes },
        BoardOp::AnswerHelp { call: op_id(29), heard: Heard::OnMyWay },
        BoardOp::Nudge { text: "ほかの見方は？".into() },
        BoardOp::AnswerNudge { nudge: op_id(31), reply: Reply::Taken },
    ];
    let sits = Member { name: "鈴木".into(), seated: Seated::Here };
    let seat = |person, member| (By::Server, Op::Board(BoardOp::SetMember { person: PersonId(person), member }));
    let given = GivenRole { to: PersonId(35), round: 2, order: vec![PersonId(34), PersonId(35)] };
    let roles = BoardOp::GiveRoles { roles: vec![(Role::Scribe, Some(given))] };
    let mut all = vec![seat(34, member)];
    all.extend(on_board.into_iter().map(|op| (person, Op::Board(op))));
    all.extend([seat(35, sits), (person, Op::Board(roles))]);
    built(DocId::Board(GroupId(7)), all)
}

/// A tray with a ballot and a card that was written in silence, after a vote that is over.
fn a_tray() -> AnyDoc {
    let vote = |n| VoteId::from(op_id(n));
    let cast = TrayOp::CastBallot { vote: vote(2), choices: vec![note(1), note(300)] };
    let person = PersonId(34);
    let put = TrayOp::PutSlip { text: "役員が足りない".into(), names: Names::Hidden };
    let (ended, me) = ((By::Server, TrayOp::EndVote { vote: vote(1) }), By::Person(person));
    let ops = vec![ended, (me, cast), (me, put)];
    built(DocId::Tray(person), ops.into_iter().map(|(by, op)| (by, Op::Tray(op))).collect())
}

pub(super) fn docs(all: &mut Vec<Sample>) {
    let create = WorkshopOp::Create {
        title: "協働の講座".into(),
        goal: String::new(),
        language: Language::Ja,
        code: code(),
        groups: 2,
        seats: 6,
    };
    let on_the_way = [
        WorkshopOp::SetSteps { plans: vec![plan(Kind::Silence), plan(Kind::Deepen), plan(Kind::Star)] },
        WorkshopOp::SetRoomTime { minutes: 90 },
        WorkshopOp::SetPhase { phase: Phase::Open },
        WorkshopOp::TurnRoles { step: step(129), given: Given::Yes },
        WorkshopOp::GoTo { whom: Whom::Group(GroupId(2)), from: Some(step(128)), step: step(129) },
        WorkshopOp::Announce { text: "休けいは10分です".into() },
        WorkshopOp::SetAttention { attention: Attention::EyesUp },
        WorkshopOp::SetQueue { groups: vec![GroupId(2), GroupId(1)], screens: Screens::Projector },
        WorkshopOp::NextGroup { group: GroupId(2) },
        WorkshopOp::SetTimer { whom: Whom::All, step: step(128), change: TimerChange::Pause },
    ];
    let (key, group) = (TokenHash([0x5a; 32]), GroupId(1));
    let join = RosterOp::Join { key, name: "佐藤".into(), section: "市民課".into(), group, seats: 6 };
    let seat = RosterOp::Seat { person: PersonId(1), group: GroupId(2), seats: 6 };
    let expect = RosterOp::Expect { name: "鈴木".into(), section: "福祉課".into(), about: about(Hold::Away) };
    let reserve = RosterOp::Reserve { person: PersonId(3), group: GroupId(1) };
    let pair = RosterOp::Pair { a: PersonId(1), b: PersonId(3), rule: Some(Rule::Together) };
    let roster = [join, seat, expect, reserve, pair].into_iter().map(Op::Roster);
    let by_server = |ops: Vec<Op>| ops.into_iter().map(|op| (By::Server, op)).collect();
    let grant = DoorsOp::Grant { key, capability: Capability::Lead };
    let open = DirectoryOp::Open { code: code(), workshop: workshop() };
    samples!(all: AnyDoc {
        Workshop: built(
            DocId::Workshop,
            std::iter::once((By::Server, Op::Workshop(create)))
                .chain(on_the_way.into_iter().map(|op| (By::Lead, Op::Workshop(op))))
                .collect(),
        ),
        Roster: built(DocId::Roster, by_server(roster.collect())),
        Board: a_board(),
        Doors: built(DocId::Doors, by_server(vec![Op::Doors(grant)])),
        Directory: built(DocId::Directory, by_server(vec![Op::Directory(open)])),
        Tray: a_tray(),
    });
    // What a doc begins with goes over the wire too.
    all.push(sample("Board", "empty", Board::default()));
}
