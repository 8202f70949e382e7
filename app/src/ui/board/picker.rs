//! Where a card moves to: the board as an outline, with a search, without the card's own branch. No dragging.

use leptos::prelude::*;
use shared::CardId;

use super::piece::{Button, flag, text, when, word};
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
pub fn picker(state: BoardState, moved: CardId) -> AnyView {
    let wanted = RwSignal::new(String::new());
    let changed = state.board.changed();
    let choices = Memo::new(move |_| {
        changed.track();
        choices(state, moved, &wanted.get())
    });
    let nothing = flag(move || choices.with(Vec::is_empty));
    let title = text(move || fill(state.t().board.move_title, &[("text", &state.quoted(moved))]));
    let choice = move |one: Choice| {
        let (id, label) = (one.card, card::level_label(state, one.level));
        let whole = text(move || format!("{}: {}", label.get(), one.text));
        let press = move || {
            screen::close_dialog();
            state.move_under(moved, id);
        };
        view! {
            <li style=("--level", one.level.to_string())>{Button::new("button wide choice-card", whole).on(press)}</li>
        }
        .into_any()
    };
    let none = move || view! { <p role="status">{word(|t| t.board.search_nothing)}</p> }.into_any();
    view! {
        <h2 id="board-sheet-title">{title}</h2>
        <p class="hint">{word(|t| t.board.move_hint)}</p>
        <input
            type="search"
            class="field"
            enterkeyhint="search"
            autocomplete="off"
            aria-label=word(|t| t.board.search)
            placeholder=word(|t| t.board.search)
            on:input=move |event| wanted.set(event_target_value(&event))
        />
        <ul class="outline">{move || choices.get().into_iter().map(choice).collect_view()}</ul>
        {when(nothing, none)}
    }
    .into_any()
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
