//! How much was ever written on a board: a limit that all its texts share. Each text has one of its own, and there are thousands.

use super::{Board, BoardOp};
use crate::By;
use crate::doc::Reject;
use crate::limits::{BOARD_CHARS_EVER_MAX, BOARD_CHARS_KEPT};
use crate::text::{Text, TextEdit};

/// Characters of all texts, deleted ones included, once they were counted. It follows from the rest of the board, so it tells no
/// board from another: one that was just read has counted nothing yet.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Written(Option<u32>);

impl PartialEq for Written {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Written {}

fn chars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

impl Board {
    /// Characters that all its texts ever had, deleted ones included.
    pub fn chars_ever(&self) -> u32 {
        self.written.0.unwrap_or_else(|| self.texts().map(Text::ever).fold(0, u32::saturating_add))
    }

    fn texts(&self) -> impl Iterator<Item = &Text> {
        let cards = self.cards.values().flat_map(|card| [&card.text, &card.evidence, &card.stop_reason]);
        let drafts = self.one_two_four.values().flat_map(|made| made.pairs.iter().map(|pair| &pair.draft));
        cards.chain(self.notes.values().map(|note| &note.text)).chain(drafts)
    }

    /// Whether so many characters more of this author fit. What deletes, marks or moves always does; for who conducts, and for what
    /// was written in silence, something is kept.
    pub(super) fn takes(&mut self, by: By, added: u32) -> Result<(), Reject> {
        if added == 0 {
            return Ok(());
        }
        let ever = self.chars_ever();
        self.written = Written(Some(ever));
        let kept = if matches!(by, By::Person(_)) { 0 } else { BOARD_CHARS_KEPT };
        if ever.saturating_add(added) > BOARD_CHARS_EVER_MAX.saturating_add(kept) {
            Err(Reject::BoardWorn)
        } else {
            Ok(())
        }
    }

    /// An operation has taken effect that added so many.
    pub(super) fn has_taken(&mut self, added: u32) {
        self.written = Written(self.written.0.map(|ever| ever.saturating_add(added)));
    }

    /// How many characters an operation adds if it takes effect.
    pub(super) fn added_by(&self, op: &BoardOp) -> u32 {
        match op {
            BoardOp::AddCard { text, .. } | BoardOp::AddNote { text, .. } | BoardOp::Reveal { text, .. } => chars(text),
            BoardOp::EditText { edit, .. }
            | BoardOp::EditLine { edit, .. }
            | BoardOp::EditNote { edit, .. }
            | BoardOp::EditPair { edit, .. } => match edit {
                TextEdit::Insert { text, .. } => chars(text),
                TextEdit::Delete { .. } | TextEdit::Revive { .. } => 0,
            },
            BoardOp::TakePair { step, pair, .. } => match self.pair(*step, *pair) {
                Some(pair) if self.card_of(pair).is_none() => chars(pair.draft.read().trim()),
                _ => 0,
            },
            _ => 0,
        }
    }
}
