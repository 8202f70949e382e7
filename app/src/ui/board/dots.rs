//! The secret vote with dots at a board: the way to that of the group where the step is about it, or one is open, the way to that of
//! the whole room for whoever has a ballot there and is not before it, and their sheets.

use shared::docs::workshop::{Kind, Phase};

use super::Sheet;
use super::piece::{Button, flag, text, when, word};
use super::state::BoardState;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::dots::{self, Dots, Stage};
use crate::ui::step::dots::is_on;
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

/// The content of the other one.
pub fn room_sheet(session: Session) -> AnyView {
    view! {
        <h2 id="board-sheet-title">{word(|t| t.dots.room)}</h2>
        {dots::dots(Dots::of_room(session), flag(|| false))}
    }
    .into_any()
}

/// While the room votes, in whichever step somebody is; its result stays in the step for it, and after the end.
pub fn room_way(state: BoardState, session: Session) -> AnyView {
    let (vote, here, workshop) = (Dots::of_room(session), Here::of(session, state.table.group()), session.workshop());
    let ended = Memo::new(move |_| workshop.with(|doc| doc.as_ref().is_some_and(|doc| doc.phase == Phase::Ended)));
    let votes = vote.votes();
    let shown = flag(move || {
        votes.get()
            && match vote.stage.get() {
                Stage::None | Stage::LeftOpen => false,
                Stage::Open(_) | Stage::Counting => true,
                Stage::Counted(_) => ended.get() || is_on(here),
            }
    });
    let said = text(move || {
        let t = &state.t().dots;
        match vote.stage.get() {
            Stage::Counting => t.counting,
            Stage::Counted(_) => t.room_over,
            Stage::None | Stage::Open(_) | Stage::LeftOpen => t.room_is_open,
        }
        .to_owned()
    });
    let way = move || {
        let button = Button::new("button", word(|t| t.dots.room_go)).on(move || state.sheet.set(Some(Sheet::RoomDots)));
        view! { <div class="dots-strip"><p role="status">{said}</p> {button}</div> }.into_any()
    };
    when(shown, way)
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
            Stage::Open(_) | Stage::Counting | Stage::LeftOpen => t.look,
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
        match vote.stage.get() {
            Stage::Open(_) => t.is_open,
            Stage::LeftOpen => t.left_open,
            Stage::None | Stage::Counting | Stage::Counted(_) => "",
        }
        .to_owned()
    });
    // Who only looks on finds nothing to look at before it was opened.
    let shown = flag(move || match vote.stage.get() {
        Stage::None => steps.get() && state.writes.get(),
        Stage::Counted(_) => steps.get(),
        Stage::Open(_) | Stage::Counting | Stage::LeftOpen => true,
    });
    // Of a vote that nobody closed there is no more to see than is said here.
    let leads = flag(move || vote.stage.get() != Stage::LeftOpen);
    let way = move || {
        let button =
            move || Button::new("", label).class(class).on(move || state.sheet.set(Some(Sheet::Dots))).into_any();
        view! { <div class="step-call dots-way"><p role="status">{said}</p> {when(leads, button)}</div> }.into_any()
    };
    when(shown, way)
}
