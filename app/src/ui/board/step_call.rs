//! What the step of the run-sheet asks for at a board, with one tap to begin.

use shared::CardId;
use shared::docs::workshop::Kind;

use super::Sheet;
use super::piece::{Button, Word, anew, flag, when, word};
use super::state::BoardState;
use super::turns;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::step::here::Here;

/// The step, for the stylesheet: what it does not need stands back.
pub fn name(state: BoardState) -> Signal<&'static str> {
    Signal::derive(move || match state.step.get() {
        Some(Kind::Theme) => "theme",
        Some(Kind::ReadBack) => "read-back",
        Some(Kind::Star) => "star",
        Some(Kind::Dots) => "dots",
        _ => "",
    })
}

/// Whose turn it is, in a step in which people speak one after another.
pub fn turns(state: BoardState, session: Session) -> AnyView {
    let here = Here::of(session, state.board.group());
    let shown = flag(move || state.step.get() == Some(Kind::Turns));
    when(shown, move || turns::turns(state, here))
}

/// The one thing to do in this step, where that is not writing cards.
pub fn call(state: BoardState) -> AnyView {
    anew(move || {
        let (label, sheet): (Word, Sheet) = match state.step.get().filter(|_| state.writes.get())? {
            Kind::Theme => (|t| t.themes.command, Sheet::Themes),
            Kind::ReadBack => (|t| t.reading.title, Sheet::Read(CardId::THEME)),
            _ => return None,
        };
        let button = Button::new("button primary large", word(label)).on(move || state.sheet.set(Some(sheet)));
        Some(view! { <div class="step-call">{button}</div> }.into_any())
    })
}
