//! Reading back: a chain from a cause up to the theme, one link at a time, "…, therefore …". Everybody answers from their own
//! phone and goes at their own pace.

use shared::CardId;

use super::Sheet;
use super::piece::{Button, word};
use super::state::BoardState;
use crate::reactive::*;

pub use self::mark::{mark, spoken};

mod between;
mod chain;
mod choose;
mod end;
mod link;
mod mark;
mod standing;
mod walk;

/// The sheet's content: the walk from a card upwards; for the theme, the branches to choose from.
pub fn sheet(state: BoardState, from: CardId) -> AnyView {
    if from == CardId::THEME { choose::branches(state) } else { walk::walk(state, from) }
}

/// The way there from a card's sheet.
pub fn start(state: BoardState, from: CardId) -> AnyView {
    let start = Button::new("button wide action", word(|t| t.reading.start)).with_shape("∴".into());
    start.on(move || state.sheet.set(Some(Sheet::Read(from))))
}
