//! The secret vote with dots at a table: the way to it where the step is about it, or one is open, and its sheet.

use shared::docs::workshop::Kind;

use super::Sheet;
use super::piece::{Button, flag, text, when, word};
use super::state::BoardState;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::dots::{self, Dots, Stage};
use crate::ui::step::here::Here;

/// The sheet's content.
pub fn sheet(state: BoardState, session: Session) -> AnyView {
    let vote = Dots::at_table(session, state.board);
    view! {
        <h2 id="board-sheet-title">{word(|t| t.dots.title)}</h2>
        {dots::dots(vote, state.writes.into())}
    }
    .into_any()
}

/// On every screen of the board in the step for it, and as long as a vote is open.
pub fn way(state: BoardState, session: Session) -> AnyView {
    let (vote, here) = (Dots::at_table(session, state.board), Here::of(session, state.board.group()));
    let steps = flag(move || here.plan.with(|plan| plan.as_ref().is_some_and(|plan| plan.kind == Kind::Dots)));
    let label = text(move || {
        let t = &state.t().dots;
        match vote.stage.get() {
            Stage::None => t.open,
            Stage::Open(_) if vote.waits_for_me() => t.go_vote,
            Stage::Open(_) | Stage::Counting => t.look,
            Stage::Counted(_) => t.look_result,
        }
        .to_owned()
    });
    let sits = vote.votes();
    let class = Signal::derive(move || match vote.stage.get() {
        Stage::Open(_) if vote.waits_for_me() => "button primary large",
        Stage::None | Stage::Counted(_) if sits.get() => "button primary large",
        _ => "button large",
    });
    let said = text(move || {
        let t = &state.t().dots;
        if vote.is_open() { t.is_open } else { "" }.to_owned()
    });
    // Who only looks on finds nothing to look at before it was opened.
    let shown = flag(move || match vote.stage.get() {
        Stage::None => steps.get() && state.writes.get(),
        Stage::Counted(_) => steps.get(),
        Stage::Open(_) | Stage::Counting => true,
    });
    let way = move || {
        let button = Button::new("", label).class(class).on(move || state.sheet.set(Some(Sheet::Dots)));
        view! { <div class="step-call dots-way"><p role="status">{said}</p> {button}</div> }.into_any()
    };
    when(shown, way)
}
