//! The lower edge, under the thumb: what to do next, the way back, what was done.

use leptos::prelude::*;
use shared::CardId;

use super::arrivals::Arrivals;
use super::commands::quote;
use super::state::{BoardState, Offer};
use super::{Sheet, screen, zoom};
use crate::i18n::fill;

/// The bar.
pub fn bar(state: BoardState, arrivals: Arrivals) -> impl IntoView {
    let writing = Memo::new(move |_| state.writing.with(Option::is_some));
    view! {
        <div id=screen::BAR class="board-bar" class:writing=move || writing.get()>
            {arrivals.chips()}
            {said(state)}
            <div class="board-tools">
                <Show when=move || state.writes.get()>{back(state, writing)}</Show>
                {zoom::controls(state)}
                <button type="button" class="button quiet keys-button" on:click=move |_| state.sheet.set(Some(Sheet::Keys))>
                    {move || state.t().board.keys}
                </button>
                <Show when=move || state.writes.get()>{next(state)}</Show>
            </div>
        </div>
    }
}

/// One's own steps, back and again.
fn back(state: BoardState, writing: Memo<bool>) -> impl IntoView {
    let can: Signal<(bool, bool)> = state.board.can().into();
    let off = move |can: bool| if can && !writing.get() { "false" } else { "true" };
    view! {
        <button
            type="button"
            class="button quiet back"
            aria-disabled=move || off(can.get().0)
            on:click=move |_| state.undo()
        >
            <span aria-hidden="true">"↶"</span>
            <span class="word">{move || state.t().common.undo}</span>
        </button>
        <button
            type="button"
            class="button quiet back"
            aria-disabled=move || off(can.get().1)
            on:click=move |_| state.redo()
        >
            <span aria-hidden="true">"↷"</span>
            <span class="word">{move || state.t().common.redo}</span>
        </button>
    }
}

/// The one thing to do now.
fn next(state: BoardState) -> impl IntoView {
    let theme = state.board.card(CardId::THEME);
    let no_theme = Memo::new(move |_| theme.with(|theme| theme.text.is_empty()));
    let of = move || {
        let card = state.chosen.get();
        let text = state.board.card(card).with(|card| quote(&card.text));
        if card == CardId::THEME { state.t().board.theme.to_owned() } else { text }
    };
    let label = move || match no_theme.get() {
        true => state.t().board.write_theme,
        false => state.t().board.write_why,
    };
    let full = move || match no_theme.get() {
        true => state.t().board.write_theme.to_owned(),
        false => fill(state.t().board.write_why_of, &[("text", &of())]),
    };
    let write = move |_| match no_theme.get_untracked() {
        true => state.write_in(CardId::THEME),
        false => state.write_child(state.chosen_now()),
    };
    view! {
        <button type="button" class="button primary next" aria-label=full on:click=write>
            <span class="next-label">{label}</span>
            <Show when=move || !no_theme.get()><span class="next-of">{move || fill(state.t().board.about, &[("text", &of())])}</span></Show>
        </button>
    }
}

/// What was done last, read aloud too, with the way back where it is needed.
fn said(state: BoardState) -> impl IntoView {
    let text = move || state.said.get().map(|said| said.text);
    let undo = Memo::new(move |_| state.said.get().is_some_and(|said| said.undo == Offer::Undo));
    let close = move |_| state.said.set(None);
    view! {
        <div class="said" class:nothing=move || state.said.with(Option::is_none)>
            <p role="status">{text}</p>
            <Show when=move || undo.get()>
                <button type="button" class="button" on:click=move |_| state.undo()>{move || state.t().common.undo}</button>
            </Show>
            <Show when=move || state.said.with(Option::is_some)>
                <button type="button" class="icon-button" aria-label=move || state.t().common.close on:click=close>
                    <span aria-hidden="true">"×"</span>
                </button>
            </Show>
        </div>
    }
}
