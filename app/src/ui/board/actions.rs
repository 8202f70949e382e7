//! Everything that can be done with one card, in words.

use leptos::prelude::*;
use shared::CardId;
use shared::docs::board::{Mark, Star};

use super::commands::{Step, mark_word};
use super::state::BoardState;
use super::{Sheet, card, screen};
use crate::i18n::Texts;

/// The sheet's content.
pub fn actions(state: BoardState, id: CardId) -> impl IntoView {
    let text = state.board.card(id);
    let parent = state.board.children(id);
    let has_branch = Memo::new(move |_| parent.with(|children| !children.is_empty()));
    let folded = move || state.folded.with(|folded| folded.contains(&id));
    let fold_label = move || if folded() { state.t().board.unfold_branch } else { state.t().board.fold };
    let whole = move || state.root.get() == id;
    view! {
        <h2 id="board-sheet-title" class="sheet-card">{move || text.with(|card| card.text.clone())}</h2>
        <Show when=move || state.writes.get()>
            {action(|t| t.board.edit, "✎", move || {
                screen::close_dialog();
                state.write_in(id);
            })}
            {marks(state, id)}
            <div class="sheet-pair">
                {action(|t| t.board.up, "↑", move || state.shift(id, Step::Up))}
                {action(|t| t.board.down, "↓", move || state.shift(id, Step::Down))}
            </div>
            {action(|t| t.board.move_to, "↪", move || state.sheet.set(Some(Sheet::Move(id))))}
        </Show>
        <Show when=move || has_branch.get()>
            <button type="button" class="button wide action" on:click=move |_| {
                screen::close_dialog();
                state.fold(id);
            }>
                <span aria-hidden="true">"▾"</span>
                {fold_label}
            </button>
        </Show>
        <Show when=move || !whole()>
            {action(|t| t.board.only_this, "◎", move || {
                screen::close_dialog();
                state.look_at(id);
            })}
        </Show>
        <Show when=move || state.writes.get()>
            {action(|t| t.board.remove, "×", move || {
                screen::close_dialog();
                state.remove(id);
            })}
        </Show>
    }
}

fn action(label: fn(&Texts) -> &'static str, shape: &'static str, run: impl Fn() + Send + 'static) -> impl IntoView {
    let label = crate::i18n::tr(label);
    view! {
        <button type="button" class="button wide action" on:click=move |_| run()>
            <span aria-hidden="true">{shape}</span>
            {label}
        </button>
    }
}

fn marks(state: BoardState, id: CardId) -> impl IntoView {
    let view = state.board.card(id);
    let now = Memo::new(move |_| view.with(|card| (card.star, card.mark)));
    let pressed = |on: bool| if on { "true" } else { "false" };
    let choice = move |mark: Mark| {
        let (class, shape) = card::shape(mark);
        view! {
            <button
                type="button"
                class=format!("button toggle {class}")
                aria-pressed=move || pressed(now.get().1 == Some(mark))
                on:click=move |_| state.mark(id, mark)
            >
                <span aria-hidden="true">{shape}</span>
                {move || mark_word(state.t(), mark)}
            </button>
        }
    };
    view! {
        <button
            type="button"
            class="button wide action toggle mark star"
            aria-pressed=move || pressed(now.get().0 == Star::RootCause)
            on:click=move |_| state.star(id)
        >
            <span aria-hidden="true">{move || if now.get().0 == Star::RootCause { "★" } else { "☆" }}</span>
            {move || state.t().board.star_it}
        </button>
        <div class="sheet-group" role="group" aria-labelledby="board-sure">
            <p id="board-sure" class="hint">{move || state.t().board.how_sure}</p>
            <div class="sheet-three">{choice(Mark::Fact)}{choice(Mark::Guess)}{choice(Mark::ToCheck)}</div>
        </div>
    }
}
