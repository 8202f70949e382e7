//! How large the tree is drawn sideways, and which part of it is looked at. Measured when somebody asks or the window changes;
//! never while somebody writes, and never because others did.

use leptos::ev;

use super::super::sideways;
use super::piece::{Button, Word, filled, text, word};
use super::screen;
use super::state::BoardState;
use crate::reactive::*;

/// Hundredths.
const LEAST: u16 = 20;
const MOST: u16 = 200;
const STEP: i16 = 10;
/// What fits is not drawn smaller than this by itself: it must be legible without asking.
const LEAST_BY_ITSELF: u16 = 80;
/// The part of a window by which a key moves it.
const PAN: f64 = 0.4;

/// Who asks for the whole tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// Somebody did: as small as need be.
    ByHand,
    /// The page did: legible first.
    ByItself,
}

/// Draws the tree sideways from now on, where there is room; at first all of it is seen, if it is legible then.
pub fn begin(state: BoardState) {
    sideways::begin(state.zoom, Box::new(move || vec![screen::id_of(state.chosen_now())]));
    Effect::new(move |_| {
        request_animation_frame(move || {
            fit(state, Asked::ByItself);
            sideways::centre(None);
        });
    });
}

/// Shows the whole tree, never larger than it is.
pub fn fit(state: BoardState, asked: Asked) {
    // A hidden tab is drawn late: the board may be gone by then.
    if state.writing.try_get_untracked() != Some(None) {
        return;
    }
    let least = if asked == Asked::ByHand { LEAST } else { LEAST_BY_ITSELF };
    show(state, None, least);
    if asked == Asked::ByItself {
        // What was in the window before it became smaller.
        if let Some(chosen) = screen::item(state.chosen_now()) {
            sideways::show(&chosen);
        }
    }
}

/// Shows the whole branch of the chosen card, never larger than it is.
fn fit_branch(state: BoardState) {
    show(state, Some(screen::id_of(state.chosen_now())), LEAST);
}

fn show(state: BoardState, of: Option<String>, least: u16) {
    let Some(whole) = sideways::whole(of.as_deref()) else { return };
    // A float that is cast is cut off at the smallest and the largest of `u16`.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let percent = ((whole * 100.0).floor() as u16).clamp(least, 100);
    state.zoom.set(percent);
    sideways::draw_at(f64::from(percent) / 100.0);
    sideways::centre(of.as_deref());
}

fn step(state: BoardState, by: i16) {
    state.zoom.update(|zoom| *zoom = zoom.saturating_add_signed(by).clamp(LEAST, MOST));
}

/// A key that changes what is looked at. Whether it was one.
pub fn key(state: BoardState, event: &ev::KeyboardEvent) -> bool {
    if !sideways::is_on() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    match (event.key().as_str(), event.shift_key()) {
        ("+" | "=" | "＋", _) => step(state, STEP),
        ("-" | "ー", _) => step(state, -STEP),
        ("0", false) => state.zoom.set(100),
        ("f" | "F", _) => fit(state, Asked::ByHand),
        ("b" | "B", _) => fit_branch(state),
        ("ArrowLeft", true) => sideways::pan(-PAN, 0.0),
        ("ArrowRight", true) => sideways::pan(PAN, 0.0),
        ("ArrowUp", true) => sideways::pan(0.0, -PAN),
        ("ArrowDown", true) => sideways::pan(0.0, PAN),
        _ => return false,
    }
    true
}

/// The keys, in words.
pub const KEYS: [(&str, Word); 4] = [
    ("＋ −, 0", |t| t.sideways.key_size),
    ("F", |t| t.sideways.key_fit),
    ("B", |t| t.sideways.key_branch),
    ("Shift + ↑ ↓ ← →", |t| t.sideways.key_pan),
];

/// Smaller, its size, larger, whole, the chosen branch.
pub fn controls(state: BoardState) -> AnyView {
    let percent = text(move || format!("{}%", state.zoom.get()));
    let full = filled(|t| t.board.full_size, percent);
    let branch = Button::new("button quiet", word(|t| t.sideways.branch));
    view! {
        <div class="zoom" role="group" aria-label=word(|t| t.board.size)>
            {Button::shape("icon-button", "−", word(|t| t.board.smaller)).on(move || step(state, -STEP))}
            {Button::new("button quiet tabular", percent).called(full).on(move || state.zoom.set(100))}
            {Button::shape("icon-button", "＋", word(|t| t.board.larger)).on(move || step(state, STEP))}
            {Button::new("button quiet", word(|t| t.board.fit)).on(move || fit(state, Asked::ByHand))}
            {branch.on(move || fit_branch(state))}
        </div>
    }
    .into_any()
}
