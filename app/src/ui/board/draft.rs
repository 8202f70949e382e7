//! The open field: for a new card, or in a card that is there. Leaving it saves nothing, because every word is saved already.

use std::time::Duration;

use leptos::prelude::*;
use shared::CardId;
use shared::docs::board::Kept;

use super::commands::quote;
use super::screen::{self, Layout};
use super::state::{BoardState, Writing};
use super::{card, presence, tree};
use crate::edit::{Done, Keys, Target, TextField};
use crate::i18n::fill;

/// A field that was left by touching something else closes a moment later, so that what is being touched does not move away
/// from under the finger.
const LINGER: Duration = Duration::from_millis(200);

/// The row of a new card.
pub fn row(state: BoardState, n: u32, level: usize) -> AnyView {
    let writing = state.writing.get_untracked().filter(|writing| writing.n == n);
    let Some(Writing { target, at, .. }) = writing else { return ().into_any() };
    let made = Memo::new(move |made: Option<&Option<CardId>>| {
        let now = state.writing.get().filter(|writing| writing.n == n).and_then(|writing| writing.card);
        now.or_else(|| made.copied().flatten())
    });
    let below = move || made.get().map(|card| tree::branch(state, card, level + 1));
    view! {
        <li
            class="node"
            role="treeitem"
            attr:aria-level=(level + 1).to_string()
            aria-label=move || card::level_label(state, level)
            tabindex="-1"
        >
            <div id=screen::WRITING class="card writing grows" data-level=card::tint(level)>
                <p class="card-head"><span class="level">{move || card::level_label(state, level)}</span></p>
                <p class="question">{move || question(state, at)}</p>
                {field(state, n, target, at)}
                {move || made.get().map(|card| lost(state, card))}
                {buttons(state, n)}
            </div>
            {below}
        </li>
    }
    .into_any()
}

/// The field inside the face of a card that is there.
pub fn inside(state: BoardState, n: u32, id: CardId) -> impl IntoView {
    view! {
        <div id=screen::WRITING class="writing">
            {field(state, n, Target::Card(id), id)}
            {lost(state, id)}
            {buttons(state, n)}
        </div>
    }
}

/// "Why …?" of the card above.
fn question(state: BoardState, parent: CardId) -> String {
    let text = state.board.card(parent).with(|card| quote(&card.text));
    let t = &state.t().board;
    if text.is_empty() { t.why_of_nothing.to_owned() } else { fill(t.why_of, &[("text", &text)]) }
}

fn field(state: BoardState, n: u32, target: Target, of: CardId) -> impl IntoView {
    let keys = if screen::layout() == Layout::Sideways { Keys::Outline } else { Keys::Plain };
    let label = Signal::derive(move || match target {
        Target::New(..) => question(state, of),
        Target::Card(CardId::THEME) => state.t().board.theme_field.to_owned(),
        Target::Card(_) => state.t().board.edit.to_owned(),
    });
    let placeholder = Signal::derive(move || match target {
        Target::New(CardId::THEME, _) => state.t().board.first_example.to_owned(),
        Target::Card(CardId::THEME) => state.t().board.theme_example.to_owned(),
        _ => state.t().board.one_cause.to_owned(),
    });
    let made = move |card| state.made(n, card);
    let done = move |how| left(state, n, how);
    view! { <TextField board=state.board target label placeholder keys made=Callback::new(made) done=Callback::new(done)/> }
}

fn left(state: BoardState, n: u32, how: Done) {
    match how {
        Done::Away => set_timeout(
            move || {
                state.close(n);
            },
            LINGER,
        ),
        Done::Enter | Done::Escape | Done::ShiftTab => finish(state, n),
        Done::ShiftEnter | Done::Tab => finish_and_go_on(state, n),
    }
}

fn finish(state: BoardState, n: u32) {
    if let Some(was) = state.close(n) {
        state.choose(was.card.unwrap_or(was.at));
    }
}

fn finish_and_go_on(state: BoardState, n: u32) {
    let Some(was) = state.close(n) else { return };
    match was.card {
        Some(card) => state.write_sibling(card),
        // An empty field has nothing beside it.
        None => state.choose(was.at),
    }
}

/// What one can do without a keyboard. Pressing here does not take the focus from the field: the conversion goes on until then.
fn buttons(state: BoardState, n: u32) -> impl IntoView {
    let card = move || state.writing.get().filter(|writing| writing.n == n).and_then(|writing| writing.card);
    let go_on = move || card().is_some_and(|card| card != CardId::THEME);
    view! {
        <div class="card-foot" on:mousedown=|event| event.prevent_default()>
            <button type="button" class="button primary" on:click=move |_| finish_by_button(state, n)>
                {move || state.t().board.done}
            </button>
            <Show when=go_on>
                <button type="button" class="button quiet" on:click=move |_| go_on_by_button(state, n)>
                    {move || state.t().board.one_more}
                </button>
            </Show>
        </div>
    }
}

/// Going elsewhere ends a conversion and takes its words; then the field can go.
fn finish_by_button(state: BoardState, n: u32) {
    screen::blur();
    finish(state, n);
}

fn go_on_by_button(state: BoardState, n: u32) {
    crate::platform::dom::hold_keyboard();
    finish_and_go_on(state, n);
}

/// Says that somebody has removed the card that is being written in, and offers it back.
pub fn lost(state: BoardState, id: CardId) -> impl IntoView {
    let view = state.board.card(id);
    let by = Memo::new(move |_| match view.with(|card| card.kept) {
        Kept::Yes => None,
        Kept::RemovedBy(by) => Some(by),
    });
    let text = move |by| {
        let name = presence::name_or_you(state, by).unwrap_or_else(|| state.t().common.somebody.to_owned());
        fill(state.t().board.removed_by, &[("name", &name)])
    };
    move || {
        by.get().map(|by| {
            view! {
                <div class="lost" role="alert">
                    <p>{move || text(by)}</p>
                    <button
                        type="button"
                        class="button"
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| state.restore(id)
                    >
                        {move || state.t().board.restore}
                    </button>
                </div>
            }
        })
    }
}

