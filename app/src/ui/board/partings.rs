//! What people write at the end: a sentence that they take with them, and their own next step. One list for each; everybody's
//! stand there with their names.

use shared::NoteId;
use shared::docs::board::NoteOn;

use super::hands;
use super::notepad::{Notepad, Words, of, words_of};
use super::piece::{Word, flag, text, when, word};
use super::sheet_field;
use super::state::BoardState;
use super::{Access, presence};
use crate::reactive::*;
use crate::store::{BoardStore, Session};

const PARTING: Words = Words {
    write: |t| t.step.parting_write,
    more: |t| t.step.parting_more,
    field: |t| t.step.parting_field,
    example: |t| t.step.parting_example,
};

const OWN_STEP: Words = Words {
    write: |t| t.step.own_step_write,
    more: |t| t.step.own_step_more,
    field: |t| t.step.own_step_field,
    example: |t| t.step.own_step_example,
};

const LISTS: [NoteOn; 2] = [NoteOn::Parting, NoteOn::OwnStep];

/// Both lists.
pub fn partings(session: Session, board: BoardStore) -> AnyView {
    let lists = LISTS.map(|on| list(session, board, on, Access::Write));
    view! {
        {lists.into_iter().collect::<Vec<_>>()}
        {sheet_field::keeper()}
    }
    .into_any()
}

/// Those of them in which something is written, only to read.
pub fn to_read(session: Session, board: BoardStore) -> AnyView {
    let written = LISTS.into_iter().filter(|on| is_written(board, *on));
    written.map(|on| list(session, board, on, Access::Read)).collect::<Vec<_>>().into_any()
}

/// Whether anybody has written anything.
pub fn any(board: BoardStore) -> bool {
    LISTS.into_iter().any(|on| is_written(board, on))
}

fn is_written(board: BoardStore, on: NoteOn) -> bool {
    board.read(|board| !board.notes_on(on).is_empty()).unwrap_or(false)
}

fn list(session: Session, board: BoardStore, on: NoteOn, access: Access) -> AnyView {
    let state = BoardState::begin(session, board, access);
    let (title, words): (Word, Words) = match on {
        NoteOn::OwnStep => (|t| t.step.own_step, OWN_STEP),
        _ => (|t| t.step.parting, PARTING),
    };
    let pad = Notepad::begin(state, on, words);
    view! {
        <section class="partings">
            <h3>{word(title)}</h3>
            {pad.top()}
            {pad.rows(move |id| row(state, pad, id))}
            {pad.below()}
        </section>
    }
    .into_any()
}

fn row(state: BoardState, pad: Notepad, id: NoteId) -> AnyView {
    let (words, by) = (words_of(state, id), of(state, id, |note| Some(note.by)));
    let author = text(move || match by.get() {
        Some(by) if state.you.get() == Some(by) => presence::name_or_you(state, by).unwrap_or_default(),
        Some(by) => hands::called(state, by),
        None => String::new(),
    });
    let mine = flag(move || state.writes.get() && by.get().is_some() && by.get() == state.me.get());
    view! {
        <li class="note">
            <p class="note-text">{words}</p>
            <p class="hint">{author}</p>
            <div class="note-own">{when(mine, move || pad.own(id))}</div>
        </li>
    }
    .into_any()
}
