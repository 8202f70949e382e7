//! Where one is when only a branch is shown: the cards above it, each a way back.

use leptos::prelude::*;
use shared::CardId;

use super::card;
use super::commands::quote;
use super::state::BoardState;

/// The way from the theme to the branch that is shown; nothing when the whole board is.
pub fn path(state: BoardState) -> impl IntoView {
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
        view! {
            <li>
                <button type="button" class="button quiet step" on:click=move |_| state.look_at(id)>
                    <span class="level" data-level=card::tint(level)>{move || card::level_label(state, level)}</span>
                    {text}
                </button>
            </li>
        }
    };
    view! {
        <Show when=move || state.root.get() != CardId::THEME>
            <nav class="board-path" aria-label=move || state.t().board.path>
                <button type="button" class="button whole" on:click=move |_| state.look_at(CardId::THEME)>
                    <span aria-hidden="true">"←"</span>
                    {move || state.t().board.whole}
                </button>
                <ol>{move || above.get().into_iter().enumerate().map(step).collect_view()}</ol>
            </nav>
        </Show>
    }
}
