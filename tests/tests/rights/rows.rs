//! Every operation there is, once, and more than once where what it says decides who may: the golden files of the wire have each
//! variant, and a new one does not compile without its file.

use std::path::Path;

use shared::docs::board::{BoardOp, NoteOn};
use shared::docs::workshop::{Whom, WorkshopOp};
use shared::wire::decode;
use shared::{CardId, GroupId, Op, StepId};

/// An operation and what it is called in the table.
pub type Row = (String, Op);

fn family(name: &str, read: fn(&[u8]) -> Op) -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tests/golden/wire-v1").join(name);
    let mut rows: Vec<Row> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), read(&std::fs::read(path).unwrap()))
        })
        .collect();
    rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    rows
}

fn instead(rows: &mut Vec<Row>, name: &str, with: Vec<(&str, Op)>) {
    let at = rows.iter().position(|(known, _)| known == name).unwrap();
    rows.splice(at..=at, with.into_iter().map(|(said, op)| (format!("{name} ({said})"), op)));
}

/// On a workshop.
pub fn workshop() -> Vec<Row> {
    let mut rows = family("WorkshopOp", |bytes| Op::Workshop(decode(bytes).unwrap()));
    let step = StepId { client: shared::ClientId::of(99), n: 64 };
    let go = |whom| Op::Workshop(WorkshopOp::GoTo { whom, from: None, step });
    instead(&mut rows, "GoTo", vec![("everybody", go(Whom::All)), ("one group", go(Whom::Group(GroupId(1))))]);
    rows
}

/// On a board.
pub fn board() -> Vec<Row> {
    let mut rows = family("BoardOp", |bytes| Op::Board(decode(bytes).unwrap()));
    let note = |on| Op::Board(BoardOp::AddNote { on, text: "?".into(), start: 0 });
    let notes = vec![("at a card", note(NoteOn::Card(CardId::THEME))), ("anything else", note(NoteOn::Premise))];
    instead(&mut rows, "AddNote", notes);
    rows
}

/// On a tray.
pub fn tray() -> Vec<Row> {
    family("TrayOp", |bytes| Op::Tray(decode(bytes).unwrap()))
}

/// On docs that the server alone writes.
pub fn servers() -> Vec<Row> {
    let mut rows = family("RosterOp", |bytes| Op::Roster(decode(bytes).unwrap()));
    rows.extend(family("DoorsOp", |bytes| Op::Doors(decode(bytes).unwrap())));
    rows.extend(family("DirectoryOp", |bytes| Op::Directory(decode(bytes).unwrap())));
    rows
}

/// All of them.
pub fn all() -> Vec<Row> {
    [workshop(), board(), tray(), servers()].concat()
}
