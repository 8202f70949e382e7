//! Golden lines: what version 1 wrote is read for ever, and still written so.

use shared::docs::board::{BoardOp, Mark, Member, NoteOn, Place, Seated, Star};
use shared::docs::directory::DirectoryOp;
use shared::docs::doors::DoorsOp;
use shared::docs::roster::RosterOp;
use shared::docs::tray::TrayOp;
use shared::docs::workshop::{Language, Phase, WorkshopOp};
use shared::ids::TokenHash;
use shared::text::{Span, TextEdit};
use shared::{Capability, CardId, CharId, ClientId, JoinCode, NoteId, Point, SortedMap, Trail, VoteId, WorkshopId};

use super::*;

fn client() -> ClientId {
    "a1b2c3".parse().unwrap()
}

fn card(n: u32) -> CardId {
    CardId { client: client(), n }
}

fn entry(seq: u64, by: By, op: Op) -> Entry {
    let id = OpId { client: client(), n: u32::try_from(seq).unwrap() };
    Entry { stamp: Stamp { seq: Seq(seq), at: Millis(1_700_000_000_000), by, id }, op }
}

/// What the lines of `entries.v1.jsonl` say.
fn golden() -> Vec<Entry> {
    let ops = board_ops().into_iter().chain(other_ops()).chain(voting_ops());
    (1..).zip(ops).map(|(seq, (by, op))| entry(seq, by, op)).collect()
}

fn board_ops() -> Vec<(By, Op)> {
    let added = BoardOp::AddCard {
        parent: CardId::THEME,
        place: Place::After(card(2)),
        text: "担い手がいない".to_owned(),
        start: 4,
    };
    let fourth = CharId { client: client(), n: 4 };
    let insert = TextEdit::Insert { after: Some(fourth), start: 9, text: "x".to_owned() };
    let delete = TextEdit::Delete { spans: vec![Span { first: fourth, len: 2 }] };
    let member = Member { name: "佐藤".to_owned(), seated: Seated::Here };
    let ops = [
        (By::Person(PersonId(3)), added),
        (By::Helper, BoardOp::EditText { card: card(1), edit: insert }),
        (By::Lead, BoardOp::EditText { card: card(1), edit: delete }),
        (By::Lead, BoardOp::SetStar { card: card(1), star: Star::RootCause }),
        (By::Lead, BoardOp::SetMark { card: card(1), mark: Some(Mark::ToCheck) }),
        (By::Server, BoardOp::SetMember { person: PersonId(3), member }),
    ];
    ops.map(|(by, op)| (by, Op::Board(op))).to_vec()
}

fn other_ops() -> Vec<(By, Op)> {
    let code: JoinCode = "K7M4XR".parse().unwrap();
    let (title, goal, language) = ("なぜ会".to_owned(), String::new(), Language::Ja);
    let workshop: WorkshopId = "0123456789abcdef0123456789abcdef".parse().unwrap();
    let (key, name, section) = (TokenHash([0xab; 32]), "佐藤".to_owned(), String::new());
    vec![
        (By::Server, Op::Workshop(WorkshopOp::Create { title, goal, language, code, groups: 7, seats: 6 })),
        (By::Lead, Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Ended })),
        (By::Server, Op::Roster(RosterOp::Join { key, name, section, group: GroupId(2), seats: 6 })),
        (By::Server, Op::Doors(DoorsOp::Grant { key, capability: Capability::Observer })),
        (By::Server, Op::Directory(DirectoryOp::Open { code, workshop })),
    ]
}

fn voting_ops() -> Vec<(By, Op)> {
    let vote = VoteId { client: client(), n: 7 };
    let note = |n| NoteId { client: client(), n };
    let add = BoardOp::AddNote { on: NoteOn::Proposal, text: "高齢化".to_owned(), start: 3 };
    let count = BoardOp::CountVote { vote, ballots: 2, votes: SortedMap::from([(note(5), 2)]) };
    vec![
        (By::Person(PersonId(3)), Op::Board(add)),
        (By::Person(PersonId(3)), Op::Board(BoardOp::OpenVote)),
        (By::Person(PersonId(3)), Op::Tray(TrayOp::CastBallot { vote, choices: vec![note(5), note(6)] })),
        (By::Lead, Op::Board(BoardOp::CloseVote { vote })),
        (By::Server, Op::Tray(TrayOp::EndVote { vote })),
        (By::Server, Op::Board(count)),
    ]
}

#[test]
fn golden_lines_are_read_and_written() {
    let lines: Vec<&str> = include_str!("entries.v1.jsonl").lines().collect();
    assert_eq!(lines.len(), golden().len());
    for (entry, line) in golden().into_iter().zip(lines) {
        assert_eq!(read_entry(entry.stamp.seq, line), Ok(entry.clone()));
        assert_eq!(write_entry(&entry).unwrap(), line);
    }
}

#[test]
fn a_golden_snapshot_is_read_and_written() {
    let mut doc = AnyDoc::empty(DocId::Board(GroupId(1)));
    let theme = TextEdit::Insert { after: None, start: 0, text: "高齢化".to_owned() };
    doc.apply(&entry(1, By::Lead, Op::Board(BoardOp::EditText { card: CardId::THEME, edit: theme })));
    let member = Member { name: "佐藤".to_owned(), seated: Seated::Here };
    let mut seated = entry(2, By::Server, Op::Board(BoardOp::SetMember { person: PersonId(3), member }));
    seated.stamp.id = OpId { client: ClientId::FROM_ROSTER, n: 2 };
    doc.apply(&seated);
    let cause = BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: "なぜ".to_owned(), start: 9 };
    doc.apply(&entry(3, By::Lead, Op::Board(cause)));
    let line = include_str!("board.v1.links.json").trim_end();
    assert_eq!(write_snapshot(&doc).unwrap(), line);
    assert_eq!(read_snapshot(line), Ok(doc.clone()));
    for (later, empty) in [
        ("turns", "null"),
        ("help", "null"),
        ("nudge", "null"),
        ("roles", "{}"),
        ("one_two_four", "{}"),
        ("dots", "null"),
    ] {
        let before = line.replace(&format!(",\"{later}\":{empty}"), "");
        assert_ne!(before, line);
        assert_eq!(read_snapshot(&before).as_ref(), Ok(&doc), "{later} begins empty");
    }
}

#[test]
fn a_workshop_of_the_time_before_anything_was_shown_is_read() {
    let doc = AnyDoc::empty(DocId::Workshop);
    let line = write_snapshot(&doc).unwrap();
    for (later, empty) in [("spotlight", "null"), ("queue", r#"{"groups":[],"screens":"Everywhere"}"#)] {
        let before = line.replace(&format!(",\"{later}\":{empty}"), "");
        assert_ne!(before, line, "{later}");
        assert_eq!(read_snapshot(&before).as_ref(), Ok(&doc), "{later} begins empty");
    }
}

#[test]
fn a_roster_of_the_time_before_former_keys_is_read() {
    let doc = AnyDoc::empty(DocId::Roster);
    let line = write_snapshot(&doc).unwrap();
    for (later, empty) in [("removed", "{}"), ("former", "[]")] {
        let before = line.replace(&format!(",\"{later}\":{empty}"), "");
        assert_ne!(before, line, "{later}");
        assert_eq!(read_snapshot(&before).as_ref(), Ok(&doc), "{later} begins empty");
    }
}

#[test]
fn a_snapshot_of_the_time_before_links_and_notes_is_read() {
    let line = include_str!("board.v1.json").trim_end();
    let Ok(AnyDoc::Board(board)) = read_snapshot(line) else { panic!("it cannot be read") };
    let causes: Vec<String> = board.model.children(CardId::THEME).map(|(_, card)| card.text.read()).collect();
    assert_eq!((board.model.theme().as_str(), causes), ("高齢化", vec!["なぜ".to_owned()]));
    assert_eq!(board.model.get(CardId::THEME).unwrap().history.last, None, "nobody knew then who wrote last");
    assert_eq!((board.seq, board.model.notes.len()), (Seq(3), 0));
}

#[test]
fn a_snapshot_of_the_time_before_trails_is_read() {
    let line = include_str!("board.v1.json").trim_end();
    let (before, _) = line.split_once(",\"trail\":").unwrap();
    let read = read_snapshot(&format!("{before}}}}}}}")).unwrap();
    assert_eq!(read.point(), Point { seq: Seq(3), trail: Trail::default() });
}

#[test]
fn what_cannot_be_read_is_said_and_not_skipped() {
    let later = r#"{"v":2,"something":"else"}"#;
    assert_eq!(read_entry(Seq(1), later), Err(BadLine::Version(2)));
    assert_eq!(read_snapshot(later), Err(BadLine::Version(2)));
    for line in ["", "null", "{}", r#"{"v":1}"#, r#"{"v":1,"at":1,"by":"ghost","id":"1-1","op":{}}"#] {
        assert!(matches!(read_entry(Seq(1), line), Err(BadLine::Form(_))), "{line}");
    }
}

#[test]
fn docs_are_named() {
    let tray = DocId::Tray(PersonId(70_000));
    for doc in [DocId::Workshop, DocId::Roster, DocId::Doors, DocId::Directory, DocId::Board(GroupId(12)), tray] {
        assert_eq!(read_doc(&write_doc(doc)), Ok(doc));
    }
    for name in ["", "board", "board/", "board/x", "board/70000", "tray/", "tray/-1", "people"] {
        assert!(read_doc(name).is_err(), "{name}");
    }
}

#[test]
fn a_roster_of_the_time_before_guests_is_read() {
    let line = include_str!("roster.v1.json").trim_end();
    let AnyDoc::Roster(roster) = read_snapshot(line).unwrap() else { panic!("a roster") };
    assert!(roster.model.guests.is_empty() && roster.model.pairs.is_empty());
    let about = shared::docs::roster::About::default();
    assert!(!roster.model.people.is_empty() && roster.model.people.values().all(|person| person.about == about));
}
