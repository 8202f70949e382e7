//! What the group knows already: a strip on the board once there is something, and the sheet in which it is written. Everybody may
//! correct it.

use shared::NoteId;
use shared::docs::board::NoteOn;

use super::Sheet;
use super::notepad::{Notepad, Words, notes, words_of};
use super::piece::{Button, flag, text, when, word};
use super::screen::{self, Layout};
use super::sheet_field;
use super::state::BoardState;
use crate::i18n::fill;
use crate::reactive::*;

const WORDS: Words = Words {
    write: |t| t.themes.premise_write,
    more: |t| t.themes.premise_write,
    field: |t| t.themes.premise_field,
    example: |t| t.themes.premise_example,
};

/// The sheet's content.
pub fn premises(state: BoardState) -> AnyView {
    let pad = Notepad::begin(state, NoteOn::Premise, WORDS);
    let writes: Signal<bool> = state.writes.into();
    let none = || view! { <p class="hint">{word(|t| t.themes.premises_none)}</p> }.into_any();
    let row = move |id: NoteId| {
        let words = words_of(state, id);
        let own = move || view! { <div class="note-own">{pad.own(id)}</div> }.into_any();
        view! { <li class="note"><p class="note-text">{words}</p> {when(writes, own)}</li> }.into_any()
    };
    view! {
        <h2 id="board-sheet-title">{word(|t| t.themes.premises)}</h2>
        <p class="hint">{word(|t| t.themes.premises_hint)}</p>
        {pad.top()}
        {when(flag(move || pad.notes.with(Vec::is_empty)), none)}
        {pad.rows(row)}
        {pad.below()}
        {sheet_field::keeper()}
    }
    .into_any()
}

/// The strip: under the theme on phones, over the tree where it is drawn sideways. The stylesheet shows one of both.
pub fn strip(state: BoardState, layout: Layout) -> AnyView {
    let notes = notes(state, NoteOn::Premise);
    let some = flag(move || notes.with(|notes| !notes.is_empty()));
    let class = if layout == Layout::Nested { "premises nested" } else { "premises sideways" };
    let title = text(move || fill(state.t().themes.premises_n, &[("n", &notes.with(Vec::len).to_string())]));
    // Where there is room it is open to begin with.
    let open = (screen::layout() == Layout::Sideways).then_some("");
    let rows = move || {
        let row = |id: NoteId| view! { <li>{words_of(state, id)}</li> }.into_any();
        notes.get().into_iter().map(row).collect::<Vec<_>>()
    };
    let edit = move || {
        Button::new("button quiet", word(|t| t.themes.premise_edit)).on(move || state.sheet.set(Some(Sheet::Premises)))
    };
    let strip = move || {
        view! {
            <details class=class open=open>
                <summary>{title}</summary>
                <ul>{rows}</ul>
                {when(state.writes.into(), edit)}
            </details>
        }
        .into_any()
    };
    when(some, strip)
}
