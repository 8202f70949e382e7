//! The one field that a person has open: where it stands, which card it has made, whether a conversion is under way in it.

use shared::CardId;
use shared::docs::board::Place;

use super::screen;
use super::state::BoardState;
use crate::edit::Target;
use crate::platform::dom;
use crate::reactive::*;
use crate::store::StepKey;

/// The one field that is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Writing {
    /// Distinguishes it from the field before.
    pub n: u32,
    /// What it was opened for.
    pub target: Target,
    /// The card under which it stands, wherever others move its card meanwhile.
    pub at: CardId,
    /// Its card; none before the first word.
    pub card: Option<CardId>,
    /// The card that goes under it, if it is to stand between two.
    pub below: Option<CardId>,
}

/// Whether an input method is converting what was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Converting {
    /// It is.
    Now,
    /// It is not.
    No,
}

impl BoardState {
    /// A conversion has begun or ended in the open field.
    pub fn set_converting(self, converting: Converting) {
        self.converting.try_set_value(converting);
        if converting == Converting::No {
            // After the field has taken the converted words.
            request_animation_frame(move || self.stop_when_ended());
        }
    }

    /// After the lead has ended the workshop nothing can be written. A field that is open goes, but never in the middle of a
    /// conversion, and never with words that could not be taken.
    pub fn stop_when_ended(self) {
        let open = self.writing.try_get_untracked().flatten();
        if let Some(open) = open.filter(|_| !self.may_write() && !self.is_converting() && !screen::holds_words()) {
            self.close(open.n);
        }
    }

    /// Whether one is under way: then nothing on the screen moves.
    pub fn is_converting(self) -> bool {
        self.converting.try_get_value() == Some(Converting::Now)
    }

    /// Opens a field for a cause of this card. Inside a tap, so that the keyboard comes.
    pub fn write_child(self, parent: CardId) {
        self.folded.update(|folded| {
            folded.remove(&parent);
        });
        self.open(Target::New(parent, Place::Last), parent);
    }

    /// Opens a field for another cause beside this card; the theme has none beside it.
    pub fn write_sibling(self, card: CardId) {
        match self.parent(card) {
            Some(parent) if card != self.root.get_untracked() => {
                self.open(Target::New(parent, Place::After(card)), parent);
            }
            _ => self.write_child(card),
        }
    }

    /// Opens a field in this card.
    pub fn write_in(self, card: CardId) {
        self.open(Target::Card(card), self.parent(card).unwrap_or(card));
    }

    /// Opens a field for a card that goes above another.
    pub fn open_above(self, target: Target, at: CardId, below: CardId) {
        self.open_for(target, at, Some(below));
    }

    fn open(self, target: Target, at: CardId) {
        self.open_for(target, at, None);
    }

    fn open_for(self, target: Target, at: CardId, below: Option<CardId>) {
        if !self.may_write() || screen::holds_words() {
            return;
        }
        dom::hold_keyboard();
        let card = if let Target::Card(card) = target { Some(card) } else { None };
        self.held.set_value(self.board.read(|board| board.path(at).map(|(id, _)| id).collect()).unwrap_or_default());
        self.chosen.set(card.or(below).unwrap_or(at));
        self.said.set(None);
        self.writing.set(Some(Writing { n: self.next(), target, at, card, below }));
        request_animation_frame(screen::show_field);
    }

    /// The card under which somebody writes and those above it, as they were when the field was opened; nothing otherwise.
    pub fn held(self, writing: Option<Writing>) -> Vec<CardId> {
        writing.and_then(|_| self.held.try_get_value()).unwrap_or_default()
    }

    /// The first word made the card, in this step.
    pub fn made(self, n: u32, card: CardId, key: StepKey) {
        self.chosen.try_set(card);
        let below = self.writing.try_get_untracked().flatten().filter(|writing| writing.n == n).and_then(|it| it.below);
        self.writing.try_update(|writing| {
            if let Some(writing) = writing.as_mut().filter(|writing| writing.n == n) {
                writing.card = Some(card);
            }
        });
        if let Some(below) = below {
            self.put_between(card, below, key);
        }
    }

    /// Closes the field `n`, if it is still open. What it was.
    pub fn close(self, n: u32) -> Option<Writing> {
        let was = self.writing.try_get_untracked().flatten().filter(|writing| writing.n == n)?;
        self.writing.set(None);
        Some(was)
    }
}
