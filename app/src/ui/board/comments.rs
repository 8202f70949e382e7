//! Comments on a card: for what is not a cause. Beside them, who answered the card in a word.

use std::rc::Rc;

use shared::access::By;
use shared::docs::board::{Board, BoardOp, Kept, NoteOn};
use shared::{CardId, Millis, NoteId};

use super::super::live::{Key, list};
use super::age::{Clock, ago};
use super::commands::quote;
use super::piece::{Button, anew, flag, text, when, word};
use super::sheet_field::{self, Asked};
use super::state::BoardState;
use super::{Sheet, presence, reactions, screen};
use crate::edit::Target;
use crate::i18n::{fill, reject};
use crate::platform::dom;
use crate::reactive::*;

/// The button that opens the field, to which the focus goes back.
const WRITE: &str = "comment-write";

/// The way there from a card's sheet.
pub fn open(state: BoardState, card: CardId) -> AnyView {
    let view = state.board.card(card);
    let words = text(move || match view.with(|card| card.comments) {
        0 => state.t().talk.comments.to_owned(),
        n => fill(state.t().talk.comments_n, &[("n", &n.to_string())]),
    });
    let open = Button::new("button wide action", words).with_shape("❝".into());
    open.on(move || state.sheet.set(Some(Sheet::Notes(card))))
}

/// What a comment shows.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Comment {
    text: String,
    by: By,
    at: Millis,
}

/// The open field, and the comment in it as soon as there is one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Open {
    n: u32,
    note: Option<NoteId>,
    /// What it was opened for.
    target: Target,
}

/// The comments of one card. Copied freely.
#[derive(Clone, Copy)]
struct Talk {
    state: BoardState,
    clock: Clock,
    open: RwSignal<Option<Open>>,
    removed: RwSignal<Option<NoteId>>,
    trouble: RwSignal<String>,
}

/// The sheet's content.
pub fn comments(state: BoardState, card: CardId) -> AnyView {
    let changed = state.board.changed();
    let notes = Memo::new(move |_| {
        changed.track();
        state.board.read(|board| notes(board, card)).unwrap_or_default()
    });
    let talk = Talk {
        state,
        clock: Clock::begin(state),
        open: RwSignal::default(),
        removed: RwSignal::default(),
        trouble: RwSignal::default(),
    };
    let title = text(move || {
        let text = state.board.card(card).with(|card| quote(&card.text));
        fill(state.t().talk.talk_of, &[("text", &text)])
    });
    let writes: Signal<bool> = state.talks.into();
    let none = flag(move || notes.with(Vec::is_empty) && talk.open.get().is_none());
    let none = when(none, || view! { <p class="hint">{word(|t| t.talk.no_comments)}</p> }.into_any());
    let keys = move || notes.get().into_iter().map(key).collect();
    view! {
        <h2 id="board-sheet-title" class="sheet-card">{title}</h2>
        {when(writes, move || reactions::toggles(state, card))}
        {reactions::names(state, card)}
        <h3>{word(|t| t.talk.comments)}</h3>
        {none}
        <ul class="comments">{list(Box::new(keys), Box::new(move |key| row(talk, key)))}</ul>
        {undo(talk)}
        {when(flag(move || writes.get() || talk.open.get().is_some()), move || add(talk, card))}
        <p class="trouble" role="alert">{text(move || talk.trouble.get())}</p>
        {sheet_field::keeper()}
    }
    .into_any()
}

/// The comments on a card and on what was merged into it, the oldest first.
fn notes(board: &Board, card: CardId) -> Vec<NoteId> {
    let on = board.wordings(card).into_iter().flat_map(|card| board.notes_on(NoteOn::Card(card)));
    let mut all: Vec<(Millis, NoteId)> = on.map(|(id, note)| (note.at, id)).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, id)| id).collect()
}

/// Rows are told apart by the operation that made them, as cards are.
const fn key(note: NoteId) -> Key {
    Key::Card(CardId { client: note.client, n: note.n })
}

fn row(talk: Talk, key: Key) -> AnyView {
    let Key::Card(CardId { client, n }) = key else { return ().into_any() };
    let (state, id) = (talk.state, NoteId { client, n });
    let changed = state.board.changed();
    let comment = Memo::new(move |_| {
        changed.track();
        let read = |board: &Board| {
            let note = board.notes.get(&id)?;
            Some(Comment { text: note.text.read(), by: note.by, at: note.at })
        };
        state.board.read(read).flatten()
    });
    let of = move || comment.get().unwrap_or(Comment { text: String::new(), by: By::Server, at: Millis(0) });
    let who = text(move || presence::name_or_you(state, of().by).unwrap_or_default());
    let when_written = text(move || ago(state.t(), talk.clock.now(), of().at));
    let mine = flag(move || state.talks.get() && state.me.get() == Some(of().by));
    let edits = Memo::new(move |_| talk.open.get().filter(|open| open.note == Some(id)));
    let field = anew(move || {
        let open = edits.get().filter(|open| open.target == Target::Note(id))?;
        Some(untrack(|| field(talk, open)))
    });
    let words = flag(move || edits.get().is_none());
    let words = when(words, move || {
        view! { <p class="comment-text">{text(move || of().text)}</p> {when(mine, move || own(talk, id, comment))} }
            .into_any()
    });
    view! {
        <li class="comment" hidden=flag(move || edits.get().is_some_and(|open| open.target != Target::Note(id)))>
            <p class="comment-head"><span class="author">{who}</span> <span class="hint">{when_written}</span></p>
            {words}
            {field}
        </li>
    }
    .into_any()
}

/// What one can do with a comment of one's own.
fn own(talk: Talk, id: NoteId, comment: Memo<Option<Comment>>) -> AnyView {
    let called = move |words: fn(&crate::i18n::Texts) -> &'static str| {
        text(move || {
            let quoted = comment.with(|comment| comment.as_ref().map(|c| quote(&c.text)).unwrap_or_default());
            fill(words(talk.state.t()), &[("text", &quoted)])
        })
    };
    let edit = Button::new("button quiet", word(|t| t.talk.edit)).called(called(|t| t.talk.edit_of));
    let remove = Button::new("button quiet", word(|t| t.talk.remove)).called(called(|t| t.talk.remove_of));
    view! {
        <div class="comment-own">
            {edit.on(move || begin(talk, Target::Note(id), Some(id)))}
            {remove.on(move || take_away(talk, id))}
        </div>
    }
    .into_any()
}

fn begin(talk: Talk, target: Target, note: Option<NoteId>) {
    sheet_field::hold_keyboard();
    talk.removed.set(None);
    talk.open.set(Some(Open { n: talk.state.next(), note, target }));
}

fn take_away(talk: Talk, note: NoteId) {
    let refused = talk.state.board.act_on(BoardOp::RemoveNote { note }).err();
    talk.trouble.set(refused.map(|why| reject(talk.state.texts(), why)).unwrap_or_default());
    talk.removed.set(Some(note).filter(|_| refused.is_none()));
    back_to_button();
}

/// What had the focus may be gone.
fn back_to_button() {
    request_animation_frame(|| {
        if screen::focus_is_lost() {
            dom::focus(WRITE);
        }
    });
}

/// A comment that was taken away comes back.
fn undo(talk: Talk) -> AnyView {
    let state = talk.state;
    // Somebody may have brought it back already.
    let gone = flag(move || {
        state.board.changed().track();
        let kept = |note: NoteId| state.board.read(|board| board.notes.get(&note).map(|note| note.kept)).flatten();
        talk.removed.get().and_then(kept).is_some_and(|kept| kept != Kept::Yes)
    });
    let told = text(move || if gone.get() { state.t().talk.removed.to_owned() } else { String::new() });
    let restore = move || {
        Button::new("button", word(|t| t.everywhere.undo)).on(move || {
            if let Some(note) = talk.removed.get_untracked() {
                let refused = state.board.act_on(BoardOp::RestoreNote { note }).err();
                talk.trouble.set(refused.map(|why| reject(state.texts(), why)).unwrap_or_default());
                talk.removed.set(None);
                back_to_button();
            }
        })
    };
    view! {
        <div class="comment-undo">
            <p role="status">{told}</p>
            {when(gone, restore)}
        </div>
    }
    .into_any()
}

/// The field for one more, or the button that opens it.
fn add(talk: Talk, card: CardId) -> AnyView {
    let target = Target::NewNote(NoteOn::Card(card));
    let new = move || talk.open.get().filter(|open| open.target == target);
    // The field stays while its first word makes the comment.
    let shown = Memo::new(move |_| new().map(|open| open.n));
    let field = anew(move || {
        let n = shown.get()?;
        Some(untrack(|| field(talk, Open { n, note: None, target })))
    });
    let write = move |_| begin(talk, target, None);
    let button = move || {
        view! { <button type="button" id=WRITE class="button wide" on:click=write>{word(|t| t.talk.write)}</button> }
            .into_any()
    };
    view! { <div class="comment-add">{field} {when(flag(move || talk.open.get().is_none()), button)}</div> }.into_any()
}

fn field(talk: Talk, open: Open) -> AnyView {
    let n = open.n;
    let made = move |made: Target, _| {
        if let Target::Note(note) = made {
            talk.open.try_update(|open| {
                if let Some(open) = open.as_mut().filter(|open| open.n == n) {
                    open.note = Some(note);
                }
            });
        }
    };
    let close = move || {
        if talk.open.try_get_untracked().flatten().is_some_and(|open| open.n == n) {
            talk.open.set(None);
            back_to_button();
        }
    };
    let asked = Asked {
        target: open.target,
        label: word(|t| t.talk.write),
        hint: word(|t| t.talk.write_hint),
        made: Rc::new(made),
        close: Rc::new(close),
    };
    sheet_field::field(talk.state, asked)
}
