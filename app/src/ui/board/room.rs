//! A board that is nearly full says so while there is still room: over the tree, and in the field of a new card. It hinders nobody.

use shared::docs::board::Board;
use shared::limits::CARDS_TELL_FROM;

use super::piece::{flag, text, when};
use super::state::BoardState;
use crate::i18n::fill;
use crate::reactive::*;

/// So many cards left are told to who listens; each number between would be noise.
const TOLD: [usize; 6] = [100, 50, 20, 10, 5, 0];

fn left(state: BoardState) -> Memo<Option<usize>> {
    let changed = state.board.changed();
    Memo::new(move |_| {
        changed.track();
        state.board.read(Board::room).filter(|left| *left <= CARDS_TELL_FROM)
    })
}

fn says(state: BoardState, left: Option<usize>) -> String {
    let t = &state.t().board;
    match left {
        None => String::new(),
        Some(0) => t.room_none.to_owned(),
        Some(left) => fill(t.room_left, &[("n", &left.to_string())]),
    }
}

/// Over the tree, for eyes and ears.
pub fn strip(state: BoardState) -> AnyView {
    let left = left(state);
    let told = Memo::new(move |_| left.get().map(|left| TOLD.iter().filter(|told| **told >= left).count()));
    let heard = text(move || {
        told.track();
        says(state, left.get_untracked())
    });
    view! {
        <p class="visually-hidden" role="status">{heard}</p>
        {line(state, left, "board-room")}
    }
    .into_any()
}

/// Where a new card is written.
pub fn in_field(state: BoardState) -> AnyView {
    line(state, left(state), "board-room hint")
}

fn line(state: BoardState, left: Memo<Option<usize>>, class: &'static str) -> AnyView {
    let says = text(move || says(state, left.get()));
    when(flag(move || left.get().is_some()), move || view! { <p class=class>{says}</p> }.into_any())
}
