//! How large the tree is drawn sideways. Measured when somebody asks or the window changes; never while somebody writes, and
//! never because others did.

use web_sys::HtmlElement;

use super::piece::{Button, filled, text, word};
use super::screen::{self, Layout};
use super::state::BoardState;
use crate::platform::dom;
use crate::reactive::*;

/// Hundredths.
const LEAST: u16 = 30;
const MOST: u16 = 200;
const STEP: u16 = 10;
/// What fits is not drawn smaller than this by itself: it must be legible without asking.
const LEAST_BY_ITSELF: u16 = 80;

/// Who asks for the whole tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// Somebody did: as small as need be.
    ByHand,
    /// The page did: legible first.
    ByItself,
}

/// Shows the whole tree, never larger than it is.
pub fn fit(state: BoardState, asked: Asked) {
    // A hidden tab is drawn late: the board may be gone by then.
    let (writing, Some(now)) = (state.writing.try_get_untracked(), state.zoom.try_get_untracked()) else { return };
    if screen::layout() == Layout::Nested || writing != Some(None) {
        return;
    }
    let least = if asked == Asked::ByHand { LEAST } else { LEAST_BY_ITSELF };
    if let Some(whole) = whole(now) {
        state.zoom.set(whole.clamp(least, 100));
    }
}

/// The zoom at which the whole tree is in sight.
fn whole(now: u16) -> Option<u16> {
    let tree = dom::by_id::<HtmlElement>("board-tree")?.get_bounding_client_rect();
    let scroller = dom::by_id::<HtmlElement>(screen::SCROLLER)?;
    let part = |room: i32, size: f64| if size > 0.0 { f64::from(room) / size } else { 1.0 };
    let part = part(scroller.client_width(), tree.width()).min(part(scroller.client_height(), tree.height()));
    // Between the smallest and the largest of `u16` in any case: a float that is cast is cut off there.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some((f64::from(now) * part).floor() as u16)
}

fn step(state: BoardState, by: i16) {
    state.zoom.update(|zoom| *zoom = zoom.saturating_add_signed(by).clamp(LEAST, MOST));
}

/// Smaller, its size, larger, whole.
pub fn controls(state: BoardState) -> AnyView {
    let percent = text(move || format!("{}%", state.zoom.get()));
    let by = i16::try_from(STEP).unwrap_or(0);
    let full = filled(|t| t.board.full_size, percent);
    view! {
        <div class="zoom" role="group" aria-label=word(|t| t.board.size)>
            {Button::shape("icon-button", "−", word(|t| t.board.smaller)).on(move || step(state, -by))}
            {Button::new("button quiet tabular", percent).called(full).on(move || state.zoom.set(100))}
            {Button::shape("icon-button", "＋", word(|t| t.board.larger)).on(move || step(state, by))}
            {Button::new("button quiet", word(|t| t.board.fit)).on(move || fit(state, Asked::ByHand))}
        </div>
    }
    .into_any()
}
