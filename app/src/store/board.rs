//! One board in this page, as screens use it: a signal for each card, so that a change moves one card and nothing else.

use std::rc::Rc;
use std::sync::Arc;

use shared::docs::board::{Board, BoardOp, Member, NoteOn, Place};
use shared::presence::{Doing, Present};
use shared::signs::Signs;
use shared::text::{Text, TextEdit};
use shared::{CardId, ClientId, DocId, GroupId, Millis, NoteId, OpId, PersonId, Reject, SortedMap};

pub use self::card_view::CardView;
pub(super) use self::inner::{Home, Inner};
pub(super) use self::words::Untaken;
pub use self::words::Words;
pub use super::undo::Turned;
use super::undo::{StepKey, UndoStack};
use crate::reactive::*;

mod card_view;
mod inner;
mod shape;
mod words;

/// A handle on a board. Copied freely; does nothing once its session is gone.
#[derive(Clone, Copy)]
pub struct BoardStore(StoredValue<Rc<Inner>>);

impl BoardStore {
    pub(super) fn handle(inner: Rc<Inner>) -> Self {
        Self(StoredValue::new(inner))
    }

    fn ask<T>(self, ask: impl FnOnce(&Inner) -> T) -> Option<T> {
        self.0.try_get_value().map(|inner| ask(&inner))
    }

    /// Whose board.
    pub fn group(self) -> GroupId {
        self.ask(|inner| inner.group).unwrap_or(GroupId(0))
    }

    /// A card, as it is shown. The signal lives as long as the session; a card that is not there yet is empty.
    pub fn card(self, id: CardId) -> ArcRwSignal<CardView> {
        self.ask(|inner| inner.signals(id).view).unwrap_or_default()
    }

    /// The causes of a card that can be seen, in order.
    pub fn children(self, id: CardId) -> ArcRwSignal<Vec<CardId>> {
        self.ask(|inner| inner.signals(id).children).unwrap_or_default()
    }

    /// Who sits or sat here.
    pub fn members(self) -> ArcRwSignal<Arc<SortedMap<PersonId, Member>>> {
        self.ask(|inner| inner.members.clone()).unwrap_or_default()
    }

    /// Who is at this board now, and at what.
    pub fn present(self) -> ArcRwSignal<Arc<Vec<Present>>> {
        self.ask(|inner| inner.present.clone()).unwrap_or_default()
    }

    /// The board in numbers.
    pub fn signs(self) -> ArcRwSignal<Signs> {
        self.ask(Inner::signs).unwrap_or_default()
    }

    /// Counts every change of anything here: for drawings of the whole board.
    pub fn changed(self) -> ArcRwSignal<u64> {
        self.ask(|inner| inner.changed.clone()).unwrap_or_default()
    }

    /// Whether the board has come from the server yet.
    pub fn loaded(self) -> ArcRwSignal<bool> {
        self.ask(|inner| inner.loaded.clone()).unwrap_or_default()
    }

    /// Reads the whole board as it is seen here; untracked.
    pub fn read<T>(self, read: impl FnOnce(&Board) -> T) -> Option<T> {
        self.ask(|inner| read(inner.replica.borrow().view()))
    }

    /// Words with their character ids, for a field; untracked.
    pub fn text(self, words: Words) -> Text {
        self.read(|board| words.read(board)).flatten().unwrap_or_default()
    }

    /// The server's clock, as well as it is known here.
    pub fn now(self) -> Millis {
        self.ask(|inner| inner.home.now()).unwrap_or(Millis(0))
    }

    /// A key for a step of several operations.
    pub fn step(self) -> StepKey {
        let next = |inner: &Inner| {
            inner.keys.set(inner.keys.get().wrapping_add(1));
            StepKey(inner.keys.get())
        };
        self.ask(next).unwrap_or(StepKey(0))
    }

    /// Adds a card.
    ///
    /// # Errors
    /// When it does not fit; nothing has happened then.
    pub fn add(self, parent: CardId, place: Place, text: &str, key: Option<StepKey>) -> Result<CardId, Reject> {
        self.act(|inner| {
            let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            let start = inner.home.next_chars(count);
            inner.act(BoardOp::AddCard { parent, place, text: text.to_owned(), start }, key).map(CardId::from)
        })
    }

    /// Numbers for so many characters that a field is about to add.
    pub fn next_chars(self, count: u32) -> u32 {
        self.ask(|inner| inner.home.next_chars(count)).unwrap_or(0)
    }

    /// Adds a note.
    ///
    /// # Errors
    /// When it does not fit; nothing has happened then.
    pub fn add_note(self, on: NoteOn, text: &str, key: Option<StepKey>) -> Result<NoteId, Reject> {
        self.act(|inner| {
            let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            let start = inner.home.next_chars(count);
            inner.act(BoardOp::AddNote { on, text: text.to_owned(), start }, key).map(NoteId::from)
        })
    }

    /// Changes words. What was done, each edit with the client in whose name its characters are numbered; and why the rest was
    /// not, if it did not fit.
    pub fn edit(
        self,
        words: Words,
        edits: Vec<TextEdit>,
        key: Option<StepKey>,
    ) -> (Vec<(ClientId, TextEdit)>, Option<Reject>) {
        let mut done = Vec::new();
        for edit in edits {
            match self.act_in(words.edit(edit.clone()), key) {
                Ok(id) => done.push((id.client, edit)),
                Err(why) => return (done, Some(why)),
            }
        }
        (done, None)
    }

    /// Does anything else: move, remove, restore, star, mark.
    ///
    /// # Errors
    /// When it does not fit: a cycle, the theme, a card that is not there.
    pub fn act_on(self, op: BoardOp) -> Result<(), Reject> {
        self.act_in(op, None).map(|_| ())
    }

    /// Does something as part of a step. Its name.
    ///
    /// # Errors
    /// When it does not fit; nothing has happened then.
    pub fn act_in(self, op: BoardOp, key: Option<StepKey>) -> Result<OpId, Reject> {
        self.act(|inner| inner.act(op, key))
    }

    fn act<T>(self, act: impl FnOnce(&Inner) -> Result<T, Reject>) -> Result<T, Reject> {
        self.ask(act).unwrap_or(Err(Reject::Forbidden))
    }

    /// Undoes one's own last step. What it was about; none when there was nothing left of it to undo.
    pub fn undo(self) -> Option<Turned> {
        self.ask(|inner| inner.turn(UndoStack::undo)).flatten()
    }

    /// Does again what was undone last; likewise.
    pub fn redo(self) -> Option<Turned> {
        self.ask(|inner| inner.turn(UndoStack::redo)).flatten()
    }

    /// Whether one can undo, and do again.
    pub fn can(self) -> ArcRwSignal<(bool, bool)> {
        self.ask(|inner| inner.can.clone()).unwrap_or_default()
    }

    /// Tells the others what one is at.
    pub fn doing(self, doing: Doing) {
        self.ask(|inner| inner.home.doing(DocId::Board(inner.group), doing));
    }
}
