//! Where one is when only a branch is shown: the cards above it, each a way back.

use std::sync::Arc;

use shared::CardId;
use shared::docs::board::Board;

use super::commands::quote;
use super::lines::{Line, lines};
use super::piece::{Button, flag, when, word};
use super::state::BoardState;
use crate::reactive::*;

/// The way from the theme to the branch that is shown; nothing when the whole board is.
pub fn path(state: BoardState) -> AnyView {
    let changed = state.board.changed();
    let above = Memo::new(move |_| {
        changed.track();
        let root = state.root.get();
        state.board.read(|board| above(board, root)).unwrap_or_default()
    });
    let whole = Button::new("button whole", word(|t| t.board.whole)).with_shape("←".into());
    let nav = move || {
        view! {
            <nav class="board-path" aria-label=word(|t| t.board.path)>
                {whole.on(move || state.look_at(CardId::THEME))}
                {lines(state, above, "steps", "button quiet step", Arc::new(move |card| state.look_at(card)))}
            </nav>
        }
        .into_any()
    };
    when(flag(move || state.root.get() != CardId::THEME), nav)
}

fn above(board: &Board, root: CardId) -> Vec<Line> {
    let mut above: Vec<Line> = board
        .path(root)
        .skip(1)
        .map(|(card, found)| Line { card, level: board.level(card).unwrap_or(0), text: quote(&found.text.read()) })
        .collect();
    above.reverse();
    above
}
