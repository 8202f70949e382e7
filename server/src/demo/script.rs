//! The script that the demo plays: who sits where, and what each group finds. An outline that a facilitator can edit;
//! how it is written is said at the top of each file. It knows no board and no clock.

use shared::docs::board::{Answer, CallFor, Mark, Reach, Star, Stop};
use shared::docs::workshop::Language;

use self::read::Reading;

mod read;
#[cfg(test)]
mod tests;

const JAPANESE: &str = include_str!("afternoon.ja.txt");
const ENGLISH: &str = include_str!("afternoon.en.txt");

/// An afternoon.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Script {
    pub(super) title: String,
    pub(super) goal: String,
    /// What the lead says to everybody while the groups deepen.
    pub(super) word: String,
    pub(super) tables: Vec<Table>,
}

/// A group and what it finds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Table {
    pub(super) pace: Pace,
    pub(super) guests: Vec<Guest>,
    /// Those who were to come, and do not.
    pub(super) absent: Vec<String>,
    /// Themes that are proposed before one is chosen.
    pub(super) proposals: Vec<String>,
    /// What the group knows already.
    pub(super) premises: Vec<String>,
    pub(super) theme: Wording,
    /// In reading order: a parent comes before its causes.
    pub(super) cards: Vec<Cause>,
    /// What it asks at the board that it visits.
    pub(super) questions: Vec<String>,
    /// What the lead asks it, when it has gone far along one chain.
    pub(super) asked: Option<String>,
    /// What they take with them; the first is the first one's.
    pub(super) partings: Vec<String>,
    /// What they will do next themselves.
    pub(super) own_steps: Vec<String>,
}

/// How a group works.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pace {
    /// All at once, on several branches.
    Together,
    /// One card after another, always deeper.
    Chain,
    /// Like the first, but it begins late, and needs more time.
    Late,
    /// Like the first, but it does not get any deeper until somebody comes to help.
    Stuck,
    /// Like the first, but done before the others.
    Early,
}

/// Somebody who takes part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Guest {
    pub(super) name: String,
    pub(super) part: Part,
    pub(super) comes: Comes,
    pub(super) phone: Phone,
}

/// When somebody comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Comes {
    InTime,
    /// When the others have begun.
    Late,
}

/// With what somebody takes part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Phone {
    Own,
    /// That of the first one at the table, who hands it round.
    OfTheTable,
}

/// What somebody does in the group.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Writes,
    /// Has not written yet.
    Listens,
}

/// A card in the making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Cause {
    /// The index of the card that it is a cause of; none for the theme.
    pub(super) parent: Option<usize>,
    pub(super) wording: Wording,
    pub(super) mark: Option<Mark>,
    pub(super) star: Star,
    pub(super) course: Course,
    pub(super) said: Said,
}

/// What is said about a card beside its words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Said {
    pub(super) reach: Option<Reach>,
    pub(super) stop: Option<Stop>,
    /// How the group knows it.
    pub(super) evidence: Option<String>,
    /// What somebody remarks on it.
    pub(super) comment: Option<String>,
    /// What everybody is called to it for.
    pub(super) call: Option<CallFor>,
    /// The lane that it is put in.
    pub(super) lane: Option<String>,
    /// The index of another card that it is a cause of too.
    pub(super) also: Option<usize>,
    /// What those say who read it backwards, where they do not agree that it holds.
    pub(super) doubt: Option<Answer>,
}

/// What becomes of a card after it was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Course {
    /// It stays where it is.
    Stays,
    /// It is written one level higher, and moved here later.
    Moved,
    /// Its author takes it back.
    Undone,
    /// It says the same as this one, and is merged into it.
    Same(usize),
}

/// How something is put, and how it is put better after a while.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Wording {
    pub(super) first: String,
    pub(super) later: Option<String>,
}

/// A line of a script could not be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line} of the demo's script: {what}")]
pub struct BadScript {
    /// Which, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub what: &'static str,
}

impl Script {
    /// The script in a language.
    pub(super) fn of(language: Language) -> Result<Self, BadScript> {
        match language {
            Language::Ja => Self::read(JAPANESE),
            Language::En => Self::read(ENGLISH),
        }
    }

    fn read(text: &str) -> Result<Self, BadScript> {
        let mut reading = Reading::default();
        for (line, text) in (1..).zip(text.lines()) {
            reading.line(text).map_err(|what| BadScript { line, what })?;
        }
        Ok(reading.script)
    }

    /// Keeps `people` of them: each group loses its last ones first, and those with most lose first.
    pub(super) fn limit(&mut self, people: usize) {
        while self.tables.iter().map(|table| table.guests.len()).sum::<usize>() > people {
            let Some(largest) = self.tables.iter_mut().rev().max_by_key(|table| table.guests.len()) else { return };
            largest.guests.pop();
        }
    }
}
