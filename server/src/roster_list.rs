//! A list of people as it comes out of a spreadsheet, pasted or as a file. A row that cannot be read is named with the reason, and
//! the rest stands. It knows no workshop but how many groups there are.

use serde::Serialize;
use shared::GroupId;
use shared::docs::roster::same;
use shared::limits::{NAME_CHARS_MAX, PEOPLE_MAX, TRAIT_CHARS_MAX};
use shared::text::{is_fair_name, tidy};

use self::columns::{Column, Columns};
use crate::said::Said;

mod columns;
mod encoding;
#[cfg(test)]
mod tests;

/// So many rows are named with what is wrong with them: nobody mends more of them one by one.
const BAD_ROWS_MAX: usize = 100;

/// Somebody on the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Their name.
    pub name: String,
    /// Their section, may be empty.
    pub section: String,
    /// Their age band, may be empty.
    pub age: String,
    /// What kind of actor they are, may be empty.
    pub actor: String,
    /// Where they are to sit, if the list says so.
    pub group: Option<GroupId>,
}

/// A row that was not taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct BadRow {
    /// Which, from 1 as spreadsheets count.
    pub row: u64,
    /// Why, and what to do.
    pub message: Said,
}

/// What a list says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct List {
    /// The people, in order.
    pub lines: Vec<Line>,
    /// What could not be read: the first such rows, and a last one that says how many more there are.
    pub bad: Vec<BadRow>,
    /// How many rows could not be read in all.
    pub unread: u32,
}

/// Nothing of it can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// There is nothing in it.
    Empty,
    /// It is in no encoding that is known here.
    Encoding,
}

/// Reads a list for a workshop with so many groups.
///
/// # Errors
/// When nothing of it can be read.
pub fn read(bytes: &[u8], groups: u16) -> Result<List, Unreadable> {
    let text = encoding::decode(bytes).ok_or(Unreadable::Encoding)?;
    let rows = rows(&text);
    let (columns, rows) = Columns::find(&rows).ok_or(Unreadable::Empty)?;
    let mut list = List::default();
    let mut known: Vec<(String, u64)> = Vec::new();
    for (row, cells) in rows {
        let line = line(&columns, cells, groups).and_then(|line| {
            let key = [same(&line.name), same(&line.section)].join("\n");
            match known.iter().find(|(before, _)| *before == key) {
                Some((_, before)) => Err(twice(*before)),
                None if list.lines.len() >= PEOPLE_MAX => Err(too_many()),
                None => {
                    known.push((key, *row));
                    Ok(line)
                }
            }
        });
        match line {
            Ok(line) => list.lines.push(line),
            Err(message) => {
                list.unread += 1;
                if list.bad.len() <= BAD_ROWS_MAX {
                    list.bad.push(BadRow { row: *row, message });
                }
            }
        }
    }
    let more = usize::try_from(list.unread).unwrap_or(usize::MAX).saturating_sub(BAD_ROWS_MAX);
    if let Some(last) = list.bad.get_mut(BAD_ROWS_MAX) {
        last.message = and_more(more);
    }
    Ok(list)
}

/// The rows with something in them, each with its number.
fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(columns::delimiter(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    // What is a text has nothing that this reader refuses.
    for record in reader.records().flatten() {
        let row = record.position().map_or(0, |at| at.line() + empty_lines(text, at.byte()));
        let cells: Vec<String> = record.iter().map(cell).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push((row, cells));
        }
    }
    rows
}

/// Empty lines from a byte on: the reader passes over them after it has said where a row begins.
fn empty_lines(text: &str, from: u64) -> u64 {
    let rest = usize::try_from(from).ok().and_then(|from| text.get(from..)).unwrap_or_default();
    rest.bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| *byte == b'\n').count() as u64
}

/// What stands in a cell: one line, no space around it, digits and spaces of one width.
fn cell(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    };
    let tidied: String = tidy(text).chars().map(narrow).collect();
    tidied.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn line(columns: &Columns, cells: &[String], groups: u16) -> Result<Line, Said> {
    let read = |column| columns.read(column, cells);
    let name = columns.name(cells);
    if name.is_empty() {
        return Err(Said::new("名前がありません。名前を入れてください。", "There is no name. Fill in a name."));
    }
    let chars = name.chars().count();
    if chars > NAME_CHARS_MAX {
        return Err(Said::new(
            format!("名前が長すぎます（{chars} 文字）。{NAME_CHARS_MAX} 文字までにしてください。"),
            format!("The name is too long ({chars} characters). At most {NAME_CHARS_MAX} are allowed."),
        ));
    }
    if !is_fair_name(&name) {
        return Err(Said::new("名前に見える文字がありません。", "The name has no character that can be seen."));
    }
    let (section, age, actor) = (read(Column::Section), read(Column::Age), read(Column::Actor));
    if [&section, &age, &actor].into_iter().any(|text| text.chars().count() > TRAIT_CHARS_MAX) {
        return Err(Said::new(
            format!("所属・年代・立場は、それぞれ {TRAIT_CHARS_MAX} 文字までにしてください。"),
            format!("Section, age and role have at most {TRAIT_CHARS_MAX} characters each. Shorten them."),
        ));
    }
    let group = match read(Column::Group).as_str() {
        "" => None,
        text => Some(group(text, groups)?),
    };
    Ok(Line { name, section, age, actor, group })
}

/// 「3」, 「3班」 or "Group 3".
fn group(text: &str, groups: u16) -> Result<GroupId, Said> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number = digits.parse::<u16>().ok().filter(|number| (1..=groups).contains(number));
    number.map(GroupId).ok_or_else(|| {
        Said::new(
            format!("班は 1〜{groups} の番号で書いてください。"),
            format!("Write the group as a number from 1 to {groups}."),
        )
    })
}

fn twice(before: u64) -> Said {
    Said::new(
        format!("{before} 行目と同じ名前・所属です。別の人なら、名前に区別できる語を足してください。"),
        format!("The same name and section as in row {before}. If it is somebody else, add a word to the name."),
    )
}

fn and_more(rows: usize) -> Said {
    Said::new(
        format!(
            "ここから先にも、読めない行が {rows} 行あります。見出しと列の並びを確かめて、もう一度読み込んでください。"
        ),
        format!("From here on {rows} rows cannot be read. Check the headings and columns, and read the list again."),
    )
}

fn too_many() -> Said {
    Said::new(
        format!("{PEOPLE_MAX} 人を超えています。"),
        format!("These are more people than a workshop can have ({PEOPLE_MAX})."),
    )
}
