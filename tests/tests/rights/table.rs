//! The table as the code has it: `shared::access`, asked for every doc and every operation.

use shared::access::{Place, depends_on};
use shared::{Capability, DocId, GroupId, Op, PersonId};

use super::rows::{self, Row};

pub const HEAD: &str = "# Who may do what

Made of the code by `NAZE_GOLDEN=add cargo test -p tests --test rights`; the same test fails when this page and the code, or a server
that runs, say something else.

*lead* conducts · *helper* has the helpers' link · *participant* joined with the code · *observer* has the observers' link, as the
projector does · *keeper* has a group's link to keep · ✓ may · – is refused, and that is counted (`naze_operations_total{outcome=\"forbidden\"}`).

";

const ME: PersonId = PersonId(3);
const OWN: GroupId = GroupId(1);
const VISITED: GroupId = GroupId(2);

/// A column: who, and where they are.
type Column = (&'static str, Capability, Place, DocId);

/// The doc of a group, where each has its own.
type Doc = fn(GroupId) -> DocId;

fn in_walk() -> Place {
    Place { seat: Some(OWN), visits: Some(VISITED) }
}

fn columns(doc: Doc) -> Vec<Column> {
    let me = Capability::Participant(ME);
    let all = doc(OWN);
    let mut columns =
        vec![("lead", Capability::Lead, Place::default(), all), ("helper", Capability::Helper, Place::default(), all)];
    match all {
        DocId::Board(_) => columns.extend([
            ("its group", me, Place::at(OWN), all),
            ("visitors in a gallery walk", me, in_walk(), doc(VISITED)),
            ("other groups", me, Place::at(OWN), doc(VISITED)),
        ]),
        DocId::Tray(_) => columns.extend([
            ("its owner", me, Place::at(OWN), DocId::Tray(ME)),
            ("others", me, Place::at(OWN), DocId::Tray(PersonId(4))),
        ]),
        _ => columns.push(("participant", me, Place::at(OWN), all)),
    }
    columns.push(("observer", Capability::Observer, Place::default(), all));
    columns.push(("keeper", Capability::Keeper(OWN), Place::at(OWN), all));
    columns
}

fn head(first: &str, columns: &[Column]) -> String {
    let names: Vec<&str> = columns.iter().map(|(name, ..)| *name).collect();
    format!("| {first} | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()))
}

fn line(name: &str, cells: impl Iterator<Item = &'static str>) -> String {
    let cells: Vec<&str> = cells.collect();
    let nobody = cells.iter().all(|cell| *cell == "–");
    let name = if nobody { format!("{name} *(the server alone)*") } else { name.to_owned() };
    format!("| {name} | {} |\n", cells.join(" | "))
}

fn cell(op: &Op, (_, who, place, doc): &Column) -> &'static str {
    match who.may_write(*place, *doc, op) {
        false => "–",
        // What they wrote themselves.
        true if matches!(op, Op::Board(_)) && depends_on(*place, *doc, op).is_some() => "their own",
        true => "✓",
    }
}

fn operations(rows: &[Row], columns: &[Column]) -> String {
    let lines = rows.iter().map(|(name, op)| line(name, columns.iter().map(|column| cell(op, column))));
    head("operation", columns) + &lines.collect::<String>() + "\n"
}

fn reading() -> String {
    let kinds: [(&str, Doc); 6] = [
        ("Workshop", |_| DocId::Workshop),
        ("Roster", |_| DocId::Roster),
        ("Board", DocId::Board),
        ("Tray", |_| DocId::Tray(ME)),
        ("Doors", |_| DocId::Doors),
        ("Directory", |_| DocId::Directory),
    ];
    let mut said = "## Reading a doc\n\n| doc | who |\n|---|---|\n".to_owned();
    for (name, doc) in kinds {
        let columns = columns(doc);
        let may = columns.iter().filter(|(_, who, place, doc)| who.may_read(*place, *doc)).map(|(name, ..)| *name);
        let may: Vec<&str> = may.collect();
        let may = if may.is_empty() { "nobody but the server".to_owned() } else { may.join(", ") };
        said.push_str(&format!("| {name} | {may} |\n"));
    }
    said + "\nA keeper reads the board of the one group; while the lead shows a board on all screens, everybody visits it.\n\n"
}

pub fn docs_and_operations() -> String {
    let tray: Doc = |_| DocId::Tray(ME);
    let mut said = reading();
    said.push_str("## Writing: the workshop\n\n");
    said.push_str(&operations(&rows::workshop(), &columns(|_| DocId::Workshop)));
    said.push_str("## Writing: a board\n\n");
    said.push_str(&operations(&rows::board(), &columns(DocId::Board)));
    said.push_str("## Writing: a tray\n\n");
    said.push_str(&operations(&rows::tray(), &columns(tray)));
    said.push_str("## Writing: roster, doors, directory\n\nThe server alone, when somebody joins or the lead asks it to (below).\n\n");
    for (name, op) in rows::servers() {
        for doc in [DocId::Roster, DocId::Doors, DocId::Directory] {
            assert!(
                columns(|_| DocId::Roster).iter().all(|(_, who, place, _)| !who.may_write(*place, doc, &op)),
                "{name}"
            );
        }
        said.push_str(&format!("`{name}` "));
    }
    said.trim_end().to_owned() + "\n\n"
}
