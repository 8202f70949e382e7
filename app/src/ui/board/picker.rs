//! Where a card moves to: the board as an outline, with a search, without the card's own branch. No dragging.

use leptos::prelude::*;
use shared::CardId;

use super::state::BoardState;
use super::{card, screen};
use crate::i18n::fill;

/// One place to move to.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Choice {
    card: CardId,
    level: usize,
    text: String,
}

/// The sheet's content.
pub fn picker(state: BoardState, moved: CardId) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let changed = state.board.changed();
    let choices = Memo::new(move |_| {
        changed.track();
        choices(state, moved, &wanted.get())
    });
    let nothing = move || choices.with(Vec::is_empty);
    let title = move || fill(state.t().board.move_title, &[("text", &state.quoted(moved))]);
    let choice = move |one: Choice| {
        let (id, level) = (one.card, one.level);
        view! {
            <li style=("--level", level.to_string())>
                <button
                    type="button"
                    class="button wide choice-card"
                    data-level=card::tint(level)
                    on:click=move |_| {
                        screen::close_dialog();
                        state.move_under(moved, id);
                    }
                >
                    <span class="level">{move || card::level_label(state, level)}</span>
                    <span class="choice-text">{one.text}</span>
                </button>
            </li>
        }
    };
    view! {
        <h2 id="board-sheet-title">{title}</h2>
        <p class="hint">{move || state.t().board.move_hint}</p>
        <input
            type="search"
            class="field"
            enterkeyhint="search"
            autocomplete="off"
            aria-label=move || state.t().board.search
            placeholder=move || state.t().board.search
            on:input=move |event| wanted.set(event_target_value(&event))
        />
        <ul class="outline">
            <For each=move || choices.get() key=|one| (one.card, one.level, one.text.clone()) children=choice/>
        </ul>
        <Show when=nothing><p role="status">{move || state.t().board.search_nothing}</p></Show>
    }
}

fn choices(state: BoardState, moved: CardId, wanted: &str) -> Vec<Choice> {
    let wanted = wanted.trim().to_lowercase();
    let read = |board: &shared::docs::board::Board| {
        let fits = |(card, level): (CardId, usize)| {
            let text = board.get(card)?.text.read();
            let found = wanted.is_empty() || text.to_lowercase().contains(&wanted);
            (found && !board.is_under(card, moved)).then_some(Choice { card, level, text })
        };
        board.outline().into_iter().filter_map(fits).collect()
    };
    state.board.read(read).unwrap_or_default()
}
