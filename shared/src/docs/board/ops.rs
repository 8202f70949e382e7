//! What can be done at a board. Variants are only ever appended (wire and store).

use serde::{Deserialize, Serialize};

use super::Member;
use crate::ids::{CardId, PersonId};
use crate::text::TextEdit;

/// Where among its siblings a card goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Place {
    /// Before all.
    First,
    /// Behind this sibling; behind all, if that one has gone elsewhere meanwhile.
    After(CardId),
    /// Behind all.
    Last,
}

/// Whether a card is starred.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Star {
    /// It is not.
    #[default]
    None,
    /// As a root cause.
    RootCause,
}

/// How sure the group is of a card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Mark {
    /// 事実: somebody knows it.
    Fact,
    /// 推測: somebody supposes it.
    Guess,
    /// 要確認: it is to be checked.
    ToCheck,
}

/// An operation on a board.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum BoardOp {
    /// A new card, named after the operation that adds it.
    AddCard {
        /// The effect that it is a cause of.
        parent: CardId,
        /// Where among the other causes.
        place: Place,
        /// Its first wording; may be empty.
        text: String,
        /// The number of its first character.
        start: u32,
    },
    /// A change to the wording of a card or of the theme.
    EditText {
        /// Which.
        card: CardId,
        /// The change.
        edit: TextEdit,
    },
    /// A card, with its branch, becomes a cause of another.
    MoveCard {
        /// Which.
        card: CardId,
        /// Under which.
        parent: CardId,
        /// Where among the causes there.
        place: Place,
    },
    /// A card goes out of sight, with its branch.
    RemoveCard {
        /// Which.
        card: CardId,
    },
    /// A removed card comes back, with its branch.
    RestoreCard {
        /// Which.
        card: CardId,
    },
    /// A card is starred, or no longer.
    SetStar {
        /// Which.
        card: CardId,
        /// How.
        star: Star,
    },
    /// A card is marked, or no longer.
    SetMark {
        /// Which.
        card: CardId,
        /// How.
        mark: Option<Mark>,
    },
    /// A member comes, goes or is renamed. The server's alone: it follows from the roster.
    SetMember {
        /// Who.
        person: PersonId,
        /// As what.
        member: Member,
    },
}

impl BoardOp {
    /// The card that it changes, if the operation itself says so (`AddCard` is named after its id).
    pub const fn card(&self) -> Option<CardId> {
        match self {
            Self::EditText { card, .. }
            | Self::MoveCard { card, .. }
            | Self::RemoveCard { card }
            | Self::RestoreCard { card }
            | Self::SetStar { card, .. }
            | Self::SetMark { card, .. } => Some(*card),
            Self::AddCard { .. } | Self::SetMember { .. } => None,
        }
    }
}
