//! Where a field writes: in something that is there, or in what its first word makes. It knows no field.

use shared::docs::board::{Line, NoteOn, Place};
use shared::presence::Doing;
use shared::{CardId, NoteId, PairId, StepId};

use crate::store::Words;

/// What the field writes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// A card (or the theme) that is there.
    Card(CardId),
    /// A card that its first word makes.
    New(CardId, Place),
    /// A line that belongs to a card.
    Line(CardId, Line),
    /// A note that is there.
    Note(NoteId),
    /// A note that its first word makes.
    NewNote(NoteOn),
    /// What a pair writes together.
    Pair(StepId, PairId),
}

impl Target {
    /// The words that are there.
    pub(super) const fn words(self) -> Option<Words> {
        match self {
            Self::Card(card) => Some(Words::Card(card)),
            Self::Line(card, line) => Some(Words::Line(card, line)),
            Self::Note(note) => Some(Words::Note(note)),
            Self::Pair(step, pair) => Some(Words::Pair(step, pair)),
            Self::New(..) | Self::NewNote(_) => None,
        }
    }

    /// What the others are told.
    pub(super) const fn doing(self) -> Doing {
        match self {
            Self::Card(card) | Self::Line(card, _) => Doing::Writing(card),
            Self::New(parent, _) => Doing::Adding(parent),
            Self::Note(_) | Self::NewNote(_) | Self::Pair(..) => Doing::Reading,
        }
    }
}
