//! A step of the run-sheet: what kind, how long, what participants read and may do in it.

use serde::{Deserialize, Serialize};

use crate::doc::Reject;
use crate::ids::StepId;
use crate::limits::{EACH_SECONDS_MAX, PROMPT_CHARS_MAX, STEP_MINUTES_MAX, STEP_TITLE_CHARS_MAX};
use crate::text::is_line;

/// What is done in a step. Variants are only ever appended, here and below (wire and store).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// Anything: the whole board, nothing more.
    Free,
    /// 「チェックイン」: everybody says a word to the others.
    CheckIn,
    /// The group chooses its theme.
    Theme,
    /// Everybody writes for themselves; nobody else can see it.
    Silence,
    /// What was written in silence lies on the board, and is deepened.
    Deepen,
    /// The chains are read back: "therefore".
    ReadBack,
    /// Root causes are starred.
    Star,
    /// The group looks at the boards of others.
    Gallery,
    /// One sentence and one's own next step.
    CheckOut,
    /// People speak one after another; every phone shows whose turn it is.
    Turns,
    /// 「1-2-4-みんな」: alone, in twos, at the table, before everybody: see [`Circle`](super::Circle).
    OneTwoFour,
    /// 「シール投票」: a secret vote with dots, of each group at its table or of the whole room.
    Dots,
}

impl Kind {
    /// All of them, in the order in which a workshop usually has them.
    pub const ALL: [Self; 12] = [
        Self::CheckIn,
        Self::Theme,
        Self::Silence,
        Self::OneTwoFour,
        Self::Turns,
        Self::Deepen,
        Self::ReadBack,
        Self::Star,
        Self::Dots,
        Self::Gallery,
        Self::CheckOut,
        Self::Free,
    ];
}

/// What happens when the time of a step is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum AtEnd {
    /// It is said, and nothing else: people finish their sentence.
    #[default]
    GoOn,
    /// It is said, and participants can write no more until the next step.
    Close,
}

/// Whether what is written in a step carries the name of who wrote it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Names {
    /// It does.
    #[default]
    Shown,
    /// It does not: the name is not kept with the card at all.
    Hidden,
}

/// Whether a step is passed over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Skip {
    /// It takes place.
    #[default]
    No,
    /// "Next" passes it over.
    Yes,
}

/// What a step is to be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// What is done in it.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
    /// How long it takes, in minutes.
    pub minutes: u16,
    /// How long one person speaks, one visit or one round lasts, in seconds; 0 where that is left to the group.
    pub each_s: u16,
    /// What participants read; may be empty.
    pub prompt: String,
    /// What happens when its time is over.
    pub at_end: AtEnd,
    /// Whether what is written in silence carries names.
    pub names: Names,
}

impl Plan {
    /// Whether it is within the limits.
    pub(crate) fn check(&self) -> Result<(), Reject> {
        let fits = |text: &str, min: usize, max: usize| match text.chars().count() {
            n if n > max => Err(Reject::TextFull),
            n if n < min || !is_line(text) => Err(Reject::BadText),
            _ => Ok(()),
        };
        fits(&self.title, 1, STEP_TITLE_CHARS_MAX)?;
        fits(&self.prompt, 0, PROMPT_CHARS_MAX)?;
        if !(1..=STEP_MINUTES_MAX).contains(&self.minutes) || self.each_s > EACH_SECONDS_MAX {
            return Err(Reject::OutOfRange);
        }
        Ok(())
    }
}

/// A step of the run-sheet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Step {
    /// Which.
    pub id: StepId,
    /// What it is.
    pub plan: Plan,
    /// Whether it is passed over.
    pub skip: Skip,
}
