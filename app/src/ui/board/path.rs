//! Where one is when only a branch is shown: the cards above it, each a way back.

use leptos::prelude::*;
use shared::CardId;

use super::card;
use super::commands::quote;
use super::piece::{Button, flag, when, word};
use super::state::BoardState;

/// The way from the theme to the branch that is shown; nothing when the whole board is.
pub fn path(state: BoardState) -> AnyView {
    let changed = state.board.changed();
    let above = Memo::new(move |_| {
        changed.track();
        let root = state.root.get();
        let read = |board: &shared::docs::board::Board| {
            let above = board.path(root).skip(1).map(|(id, card)| (id, quote(&card.text.read())));
            let mut above: Vec<(CardId, String)> = above.collect();
            above.reverse();
            above
        };
        state.board.read(read).unwrap_or_default()
    });
    let step = move |(level, (id, text)): (usize, (CardId, String))| {
        let label = card::level_label(state, level);
        let whole = super::piece::text(move || format!("{}: {text}", label.get()));
        view! { <li>{Button::new("button quiet step", whole).on(move || state.look_at(id))}</li> }.into_any()
    };
    let whole = Button::new("button whole", word(|t| t.board.whole)).with_shape("←".into());
    let nav = move || {
        view! {
            <nav class="board-path" aria-label=word(|t| t.board.path)>
                {whole.on(move || state.look_at(CardId::THEME))}
                <ol>{move || above.get().into_iter().enumerate().map(step).collect_view()}</ol>
            </nav>
        }
        .into_any()
    };
    when(flag(move || state.root.get() != CardId::THEME), nav)
}
