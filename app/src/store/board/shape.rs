//! How much of what is shown an operation may change.

use shared::docs::board::{Board, BoardOp, NoteOn};
use shared::{CardId, NoteId, OpId};

/// What an operation does to the shape of the tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// Nothing: a word, a mark of a card.
    Same,
    /// A card comes, or what a board is in numbers changes.
    Grown,
    /// A card goes, comes back or moves.
    Tree,
    /// Cards are linked or merged: anything may be drawn elsewhere.
    Woven,
}

impl Shape {
    pub(super) const fn of(op: &BoardOp) -> Self {
        match op {
            BoardOp::AddCard { .. }
            | BoardOp::Reveal { .. }
            | BoardOp::TakePair { .. }
            | BoardOp::SetStar { .. }
            | BoardOp::SetMember { .. } => Self::Grown,
            BoardOp::MoveCard { .. } | BoardOp::RemoveCard { .. } | BoardOp::RestoreCard { .. } => Self::Tree,
            BoardOp::LinkCard { .. }
            | BoardOp::UnlinkCard { .. }
            | BoardOp::MergeCard { .. }
            | BoardOp::SetLane { .. }
            | BoardOp::PutLane { .. } => Self::Woven,
            // Any card may have been voted on.
            BoardOp::OpenDots { .. } | BoardOp::CountDots { .. } => Self::Woven,
            _ => Self::Same,
        }
    }
}

/// What has to be looked at again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Scope {
    /// The cards themselves.
    Cards,
    /// Those above them too, and the board in numbers.
    Whole,
}

/// The cards whose look an operation changes, beside those above them.
pub(super) fn touched(board: &Board, id: OpId, op: &BoardOp) -> Option<CardId> {
    let about = |note: NoteId| match board.notes.get(&note).map(|note| note.on) {
        Some(NoteOn::Card(card)) => Some(board.stands_for(card)),
        _ => None,
    };
    match op {
        BoardOp::AddCard { .. } | BoardOp::Reveal { .. } | BoardOp::TakePair { .. } => Some(CardId::from(id)),
        BoardOp::AddNote { on: NoteOn::Card(card), .. } => Some(board.stands_for(*card)),
        BoardOp::RemoveNote { note } | BoardOp::RestoreNote { note } => about(*note),
        BoardOp::React { card, .. } => Some(board.stands_for(*card)),
        other => other.card(),
    }
}
