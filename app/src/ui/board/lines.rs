//! Cards as lines to press: the way to a branch, and the places that a card can move to.

use std::sync::Arc;

use shared::CardId;

use super::card;
use super::piece::{Button, text};
use super::state::BoardState;
use crate::reactive::*;

/// A card as a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Which card.
    pub card: CardId,
    /// How deep.
    pub level: usize,
    /// What it says.
    pub text: String,
}

/// What a line does.
pub type Press = Arc<dyn Fn(CardId) + Send + Sync>;

/// A list of such lines.
pub fn lines(
    state: BoardState,
    lines: Memo<Vec<Line>>,
    class: &'static str,
    look: &'static str,
    press: Press,
) -> AnyView {
    let line = move |line: Line| {
        let (press, label) = (press.clone(), card::level_label(state, line.level));
        let words = text(move || format!("{}: {}", label.get(), line.text));
        view! { <li style=("--level", line.level)>{Button::new(look, words).on(move || press(line.card))}</li> }
            .into_any()
    };
    view! { <ol class=class>{move || lines.get().into_iter().map(line.clone()).collect_view()}</ol> }.into_any()
}
