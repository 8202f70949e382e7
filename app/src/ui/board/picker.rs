//! Where a card moves to: the board as an outline, with a search, without the card's own branch. No dragging.

use std::sync::Arc;

use shared::CardId;
use shared::docs::board::Board;

use super::lines::{Line, lines};
use super::piece::{flag, text, when, word};
use super::screen;
use super::state::BoardState;
use crate::i18n::fill;
use crate::reactive::*;

/// The sheet's content.
pub fn picker(state: BoardState, moved: CardId) -> AnyView {
    let wanted = RwSignal::new(String::new());
    // As the board was when it was looked at: what others do moves nothing under a finger.
    let places = Memo::new(move |_| {
        let wanted = wanted.get();
        state.board.read(|board| places(board, moved, &wanted)).unwrap_or_default()
    });
    let title = text(move || fill(state.t().board.move_title, &[("text", &state.quoted(moved))]));
    let none = move || view! { <p role="status">{word(|t| t.board.search_nothing)}</p> }.into_any();
    let press = move |card| {
        screen::close_dialog();
        state.move_under(moved, card);
    };
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
        {lines(state, places, "outline", "button wide choice-card", Arc::new(press))}
        {when(flag(move || places.with(Vec::is_empty)), none)}
    }
    .into_any()
}

fn places(board: &Board, moved: CardId, wanted: &str) -> Vec<Line> {
    let wanted = wanted.trim().to_lowercase();
    let fits = |(card, level): (CardId, usize)| {
        let text = board.get(card)?.text.read();
        let found = wanted.is_empty() || text.to_lowercase().contains(&wanted);
        (found && !board.is_under(card, moved)).then_some(Line { card, level, text })
    };
    board.outline().into_iter().filter_map(fits).collect()
}
