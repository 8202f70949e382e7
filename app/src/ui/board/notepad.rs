//! A list of short texts to which everybody adds: the one field at its top, which never moves whatever others do, and what can be
//! done with a text. Proposed themes and premises are kept so; what they mean is not its business.

use std::rc::Rc;

use shared::docs::board::{BoardOp, Kept, Note, NoteOn};
use shared::{CardId, NoteId};

use super::super::live::{Key, list};
use super::commands::quote;
use super::piece::{Button, Word, anew, filled, flag, text, when, word};
use super::screen;
use super::sheet_field::{self, Asked};
use super::state::BoardState;
use crate::edit::Target;
use crate::i18n::reject;
use crate::platform::dom;
use crate::reactive::*;

/// The button that opens the field, to which the focus goes back. Two lists may stand side by side.
const fn write_id(on: NoteOn) -> &'static str {
    match on {
        NoteOn::OwnStep => "note-write-step",
        NoteOn::Card(_) | NoteOn::Premise | NoteOn::Proposal | NoteOn::Parting => "note-write",
    }
}

/// What things are called here.
#[derive(Clone, Copy)]
pub struct Words {
    /// The button that opens the field.
    pub write: Word,
    /// The same where something is there already.
    pub more: Word,
    /// The field.
    pub field: Word,
    /// An example in it.
    pub example: Word,
}

/// The open field, and the note in it as soon as there is one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Open {
    n: u32,
    target: Target,
    note: Option<NoteId>,
}

/// The list. Copied freely.
#[derive(Clone, Copy)]
pub struct Notepad {
    /// Where it is written.
    pub state: BoardState,
    /// The notes that can be seen, the oldest first.
    pub notes: Memo<Vec<NoteId>>,
    on: NoteOn,
    words: Words,
    open: RwSignal<Option<Open>>,
    removed: RwSignal<Option<NoteId>>,
    trouble: RwSignal<String>,
}

/// Notes that can be seen, the oldest first.
pub fn notes(state: BoardState, on: NoteOn) -> Memo<Vec<NoteId>> {
    let changed = state.board.changed();
    Memo::new(move |_| {
        changed.track();
        let ids = state.board.read(|board| board.notes_on(on).into_iter().map(|(id, _)| id).collect());
        ids.unwrap_or_default()
    })
}

/// Something of a note, kept up to date.
pub fn of<T: Default + PartialEq + Send + Sync + 'static>(
    state: BoardState,
    id: NoteId,
    read: fn(&Note) -> T,
) -> Memo<T> {
    let changed = state.board.changed();
    Memo::new(move |_| {
        changed.track();
        state.board.read(|board| board.notes.get(&id).map(|note| read(note))).flatten().unwrap_or_default()
    })
}

/// Its words.
pub fn words_of(state: BoardState, id: NoteId) -> Memo<String> {
    of(state, id, |note| note.text.read())
}

impl Notepad {
    /// Begins with no field open.
    pub fn begin(state: BoardState, on: NoteOn, words: Words) -> Self {
        let (open, removed, trouble) = (RwSignal::default(), RwSignal::default(), RwSignal::default());
        Self { state, notes: notes(state, on), on, words, open, removed, trouble }
    }

    /// The field, or the button that opens it; as long as one may write, and as long as somebody writes: the end of a workshop takes
    /// no words away.
    pub fn top(self) -> AnyView {
        let shown = flag(move || self.state.writes.get() || self.open.with(Option::is_some));
        when(shown, move || self.field_or_button())
    }

    fn field_or_button(self) -> AnyView {
        // The field stays while its first word makes the note.
        let shown = Memo::new(move |_| self.open.get().map(|open| open.n));
        let field = anew(move || {
            shown.get()?;
            Some(untrack(|| self.field(self.open.get_untracked()?)).into_any())
        });
        let label = {
            let (write, more) = (word(self.words.write), word(self.words.more));
            text(move || if self.notes.with(Vec::is_empty) { write.get() } else { more.get() })
        };
        let begin = move |_| self.write(Target::NewNote(self.on), None);
        let button = move || {
            view! { <button type="button" id=write_id(self.on) class="button wide" on:click=begin>{label}</button> }
                .into_any()
        };
        view! { <div class="note-top">{field} {when(flag(move || shown.get().is_none()), button)}</div> }.into_any()
    }

    fn field(self, open: Open) -> Option<AnyView> {
        let n = open.n;
        let made = move |made: Target, _| {
            if let Target::Note(note) = made {
                self.open.try_update(|open| {
                    if let Some(open) = open.as_mut().filter(|open| open.n == n) {
                        open.note = Some(note);
                    }
                });
            }
        };
        let close = move || {
            if self.open.try_get_untracked().flatten().is_some_and(|open| open.n == n) {
                self.open.set(None);
                back_to_button(self.on);
            }
        };
        let asked = Asked {
            target: open.target,
            label: word(self.words.field),
            hint: word(self.words.example),
            made: Rc::new(made),
            close: Rc::new(close),
        };
        Some(sheet_field::field(self.state, asked))
    }

    fn write(self, target: Target, note: Option<NoteId>) {
        sheet_field::hold_keyboard();
        self.removed.set(None);
        self.open.set(Some(Open { n: self.state.next(), target, note }));
    }

    /// A row for each note; the one in the field is there, and not here.
    pub fn rows(self, row: impl Fn(NoteId) -> AnyView + 'static) -> AnyView {
        let keys = move || {
            let written = self.open.get().and_then(|open| open.note);
            self.notes.get().into_iter().filter(|id| Some(*id) != written).map(key).collect()
        };
        let row = move |key| match key {
            Key::Card(CardId { client, n }) => row(NoteId { client, n }),
            Key::Number(_) => ().into_any(),
        };
        view! { <ul class="notes">{list(Box::new(keys), Box::new(row))}</ul> }.into_any()
    }

    /// What its author can do with a note.
    pub fn own(self, id: NoteId) -> AnyView {
        let words = words_of(self.state, id);
        let quoted = text(move || words.with(|words| quote(words)));
        let edit = Button::new("button quiet", word(|t| t.themes.edit)).called(filled(|t| t.themes.edit_of, quoted));
        let remove =
            Button::new("button quiet", word(|t| t.themes.remove)).called(filled(|t| t.themes.remove_of, quoted));
        view! {
            {edit.on(move || self.write(Target::Note(id), Some(id)))}
            {remove.on(move || self.remove(id))}
        }
        .into_any()
    }

    /// Does something; why not, if it cannot be done.
    pub fn act(self, op: BoardOp) -> bool {
        let refused = self.state.board.act_on(op).err();
        self.tell(refused.map(|why| reject(self.state.texts(), why)).unwrap_or_default());
        refused.is_none()
    }

    /// Says what is wrong, below the list.
    pub fn tell(self, trouble: String) {
        self.trouble.set(trouble);
    }

    fn remove(self, note: NoteId) {
        let done = self.act(BoardOp::RemoveNote { note });
        self.removed.set(Some(note).filter(|_| done));
        back_to_button(self.on);
    }

    /// A note that was removed comes back; and what went wrong.
    pub fn below(self) -> AnyView {
        let state = self.state;
        // Somebody may have brought it back already.
        let gone = flag(move || {
            state.board.changed().track();
            let kept = |note: NoteId| state.board.read(|board| board.notes.get(&note).map(|note| note.kept)).flatten();
            self.removed.get().and_then(kept).is_some_and(|kept| kept != Kept::Yes)
        });
        let told = text(move || if gone.get() { state.t().themes.removed.to_owned() } else { String::new() });
        let restore = move || {
            Button::new("button", word(|t| t.everywhere.undo)).on(move || {
                if let Some(note) = self.removed.get_untracked() {
                    self.act(BoardOp::RestoreNote { note });
                    self.removed.set(None);
                    back_to_button(self.on);
                }
            })
        };
        view! {
            <div class="note-undo">
                <p role="status">{told}</p>
                {when(gone, restore)}
            </div>
            <p class="trouble" role="alert">{text(move || self.trouble.get())}</p>
        }
        .into_any()
    }
}

/// Rows are told apart by the operation that made them, as cards are.
const fn key(note: NoteId) -> Key {
    Key::Card(CardId { client: note.client, n: note.n })
}

/// What had the focus may be gone.
fn back_to_button(on: NoteOn) {
    request_animation_frame(move || {
        if screen::focus_is_lost() {
            dom::focus(write_id(on));
        }
    });
}
