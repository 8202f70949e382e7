//! What a participant does at a board, in words. Each step is seen here at once; whether it is saved is the session's to tell.

use shared::docs::board::{BoardOp, Line, Mark, NoteOn, Place, Star};
use shared::presence::Doing;
use shared::text::{Anchor, Splice, Text, TextEdit};
use shared::{CardId, GroupId, NoteId, OpId, Reject};

use super::ClientError;
use super::session::Shared;
use crate::clock::now;

/// Somebody's hands at one board.
#[derive(Clone, Copy, Debug)]
pub struct AtBoard<'a> {
    pub(super) shared: &'a Shared,
    pub(super) group: GroupId,
}

impl AtBoard<'_> {
    /// Adds a card behind the other causes of `parent`. Returns its id.
    ///
    /// # Errors
    /// When it does not fit what is seen here, or too much waits to be saved (so for everything below).
    pub fn add(&self, parent: CardId, text: &str) -> Result<CardId, ClientError> {
        self.add_at(parent, Place::Last, text)
    }

    /// Adds a card at a place among the causes of `parent`.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn add_at(&self, parent: CardId, place: Place, text: &str) -> Result<CardId, ClientError> {
        self.shared.change(|docs| {
            let start = docs.number(text);
            let op = BoardOp::AddCard { parent, place, text: text.to_owned(), start };
            docs.at_board(self.group, now(), op).map(CardId::from)
        })
    }

    /// Changes a wording at one place. Returns the operations that it took: none, one or two.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn splice(&self, card: CardId, splice: &Splice) -> Result<Vec<OpId>, ClientError> {
        self.shared.change(|docs| {
            let start = docs.number(&splice.insert);
            let board = docs.board(self.group).ok_or(ClientError::NoBoard)?;
            let text = &board.view().get(card).ok_or(Reject::NoCard(card))?.text;
            let edits = text.splice(splice, start);
            let ops = edits.into_iter().map(|edit| BoardOp::EditText { card, edit });
            ops.map(|op| docs.at_board(self.group, now(), op)).collect()
        })
    }

    /// Types at the end of a wording, as it is seen here.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn append(&self, card: CardId, text: &str) -> Result<Vec<OpId>, ClientError> {
        let insert = text.to_owned();
        self.splice(card, &Splice { at: u32::MAX, delete: 0, insert })
    }

    /// Types behind an anchored caret. Returns the caret behind what was typed.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn insert(&self, card: CardId, caret: Anchor, text: &str) -> Result<Anchor, ClientError> {
        let place = |caret| self.text(card, |text| text.place(caret));
        let at = place(caret)?;
        self.splice(card, &Splice { at, delete: 0, insert: text.to_owned() })?;
        let typed = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        self.text(card, |text| text.anchor(at.saturating_add(typed)))
    }

    fn text<T>(&self, card: CardId, look: impl FnOnce(&Text) -> T) -> Result<T, ClientError> {
        self.shared.read(|docs| {
            let board = docs.board(self.group).ok_or(ClientError::NoBoard)?;
            Ok(look(&board.view().get(card).ok_or(Reject::NoCard(card))?.text))
        })
    }

    /// Gives a card (or the theme) another wording by one [`difference`].
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn reword(&self, card: CardId, wording: &str) -> Result<Vec<OpId>, ClientError> {
        let seen = self.text(card, Text::read)?;
        self.splice(card, &difference(&seen, wording))
    }

    /// Writes the line of a card, behind what stands there. Returns the operation.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn write_line(&self, card: CardId, line: Line, text: &str) -> Result<OpId, ClientError> {
        self.shared.change(|docs| {
            let start = docs.number(text);
            let board = docs.board(self.group).ok_or(ClientError::NoBoard)?;
            let after = board.view().get(card).ok_or(Reject::NoCard(card))?.line(line).anchor(u32::MAX).after;
            let edit = TextEdit::Insert { after, start, text: text.to_owned() };
            docs.at_board(self.group, now(), BoardOp::EditLine { card, line, edit })
        })
    }

    /// Adds a note. Returns its id.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn add_note(&self, on: NoteOn, text: &str) -> Result<NoteId, ClientError> {
        self.shared.change(|docs| {
            let start = docs.number(text);
            docs.at_board(self.group, now(), BoardOp::AddNote { on, text: text.to_owned(), start }).map(NoteId::from)
        })
    }

    /// Moves a card with its branch.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn move_to(&self, card: CardId, parent: CardId, place: Place) -> Result<OpId, ClientError> {
        self.apply(BoardOp::MoveCard { card, parent, place })
    }

    /// Stars a card, or no longer.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn star(&self, card: CardId, star: Star) -> Result<OpId, ClientError> {
        self.apply(BoardOp::SetStar { card, star })
    }

    /// Marks a card, or no longer.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn mark(&self, card: CardId, mark: Option<Mark>) -> Result<OpId, ClientError> {
        self.apply(BoardOp::SetMark { card, mark })
    }

    /// Removes a card with its branch.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn remove(&self, card: CardId) -> Result<OpId, ClientError> {
        self.apply(BoardOp::RemoveCard { card })
    }

    /// Brings a removed card back with its branch.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn restore(&self, card: CardId) -> Result<OpId, ClientError> {
        self.apply(BoardOp::RestoreCard { card })
    }

    /// Undoes this session's last step at this board.
    ///
    /// # Errors
    /// When there is none, or it can no longer be undone.
    pub fn undo(&self) -> Result<OpId, ClientError> {
        self.shared.change(|docs| docs.undo_at_board(self.group, now()))
    }

    /// Does any operation of a board.
    ///
    /// # Errors
    /// See [`AtBoard::add`].
    pub fn apply(&self, op: BoardOp) -> Result<OpId, ClientError> {
        self.shared.change(|docs| docs.at_board(self.group, now(), op))
    }

    /// Tells the others what one is at. May be lost.
    pub fn doing(&self, doing: Doing) {
        self.shared.announce(self.group, doing);
    }
}

/// The one splice that makes `wanted` of what is seen: what both have at the beginning and at the end stays.
pub fn difference(seen: &str, wanted: &str) -> Splice {
    let (old, new): (Vec<char>, Vec<char>) = (seen.chars().collect(), wanted.chars().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let room = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let insert = new.iter().skip(start).take(new.len() - start - end).collect();
    Splice { at: number(start), delete: number(old.len() - start - end), insert }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_wording_keeps_what_both_have() {
        let splice = |at, delete, insert: &str| Splice { at, delete, insert: insert.to_owned() };
        assert_eq!(difference("役員の人が高齢だ", "役員の多くが高齢だ"), splice(3, 1, "多く"));
        assert_eq!(difference("aaa", "aa"), splice(2, 1, ""));
        assert_eq!(difference("", "なぜ"), splice(0, 0, "なぜ"));
        assert_eq!(difference("same", "same"), splice(4, 0, ""));
    }
}
