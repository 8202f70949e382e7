//! Keeps still what one reads or writes while others change the board: after every change the page is scrolled by as much as that
//! card has moved. Own code instead of the browser's `overflow-anchor`, which Safari lacks and which knows nothing of cards.

use std::time::Duration;

use leptos::ev;
use shared::CardId;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, EventTarget};

use super::super::sideways;
use super::arrivals::Arrivals;
use super::focus;
use super::screen::{self, Layout};
use super::state::BoardState;
use super::zoom::{self, Asked};
use crate::platform::dom;
use crate::reactive::*;

/// Whoever has not scrolled for as long as this looks at cards again.
const AT_REST: Duration = Duration::from_millis(100);

/// What is kept still, and where it was.
#[derive(Clone, PartialEq, Debug)]
struct Anchor {
    id: String,
    top: f64,
    scrolled: f64,
    chosen: CardId,
}

#[derive(Clone, Copy)]
struct Keeper {
    state: BoardState,
    arrivals: Arrivals,
    anchor: StoredValue<Option<Anchor>>,
    waits: StoredValue<bool>,
    /// How often the page has been scrolled since somebody began to.
    scrolls: StoredValue<u32>,
}

/// Begins to keep the board still.
pub fn keep_still(state: BoardState, arrivals: Arrivals) {
    let (anchor, waits, scrolls) = (StoredValue::new(None), StoredValue::new(false), StoredValue::new(0));
    let keeper = Keeper { state, arrivals, anchor, waits, scrolls };
    let changed = state.board.changed();
    Effect::new(move |_| {
        changed.track();
        arrivals.count();
        state.stay_on_board();
        keeper.settle_soon();
    });
    Effect::new(move |_| {
        state.writing.track();
        state.folded.track();
        state.root.track();
        state.zoom.track();
        state.said.track();
        state.writes.track();
        arrivals.track();
        state.stay_on_board();
        keeper.settle_soon();
    });
    let scrolled = window_event_listener_untyped("scroll", move |_| keeper.settle_later());
    let resized = window_event_listener(ev::resize, move |_| {
        zoom::fit(state, Asked::ByItself);
        keeper.settle_soon();
    });
    on_cleanup(move || {
        scrolled.remove();
        resized.remove();
    });
    follow_keyboard(state);
}

impl Keeper {
    /// Once the page is at rest: looking in the middle of it is too much for a phone.
    fn settle_later(self) {
        let before =
            self.scrolls.try_update_value(|scrolls| std::mem::replace(scrolls, scrolls.wrapping_add(1).max(1)));
        if before == Some(0) {
            self.settle_at_rest(1);
        }
    }

    fn settle_at_rest(self, scrolls: u32) {
        let look = move || match self.scrolls.try_get_value() {
            Some(now) if now != scrolls => self.settle_at_rest(now),
            Some(_) => {
                self.scrolls.set_value(0);
                self.settle_soon();
            }
            None => {}
        };
        set_timeout(look, AT_REST);
    }

    /// Before the next picture is painted, once.
    fn settle_soon(self) {
        if self.waits.try_get_value() != Some(false) {
            return;
        }
        self.waits.set_value(true);
        request_animation_frame(move || {
            if self.waits.try_set_value(false).is_none() {
                focus::find(self.state);
                match screen::layout() {
                    Layout::Sideways => sideways::settle(),
                    Layout::Nested => self.settle(),
                }
                self.arrivals.look();
            }
        });
    }

    fn settle(self) {
        let Some(before) = self.anchor.try_get_value() else { return };
        if let Some(before) = before.filter(|before| before.scrolled == screen::scrolled())
            && let Some(now) = top_of(&before.id)
            && (now - before.top).abs() >= 1.0
            && !self.has_gone(before.chosen)
        {
            screen::scroll_by(now - before.top);
        }
        self.anchor.set_value(self.pick());
    }

    /// Whether one has just gone to another card, and sees it: that is what one looks at, wherever the one before is now.
    fn has_gone(self, from: CardId) -> bool {
        let chosen = self.state.chosen_now();
        let (top, bottom, ..) = screen::window_of_cards();
        chosen != from && top_of(&screen::id_of(chosen)).is_some_and(|at| at >= top && at < bottom)
    }

    /// The open field, else the chosen card, else the first card in sight.
    fn pick(self) -> Option<Anchor> {
        let scrolled = screen::scrolled();
        let (top, bottom, ..) = screen::window_of_cards();
        let in_sight = |id: &String| top_of(id).is_some_and(|at| at >= top && at < bottom);
        let still = |card: &CardId| *card != CardId::THEME;
        let chosen = Some(self.state.chosen_now()).filter(still).map(screen::id_of);
        let first = || screen::first_below(top).filter(in_sight);
        let writing = Some(screen::WRITING.to_owned()).filter(|id| top_of(id).is_some());
        let id = writing.or_else(|| chosen.filter(in_sight)).or_else(first)?;
        Some(Anchor { top: top_of(&id)?, id, scrolled, chosen: self.state.chosen_now() })
    }
}

fn top_of(id: &str) -> Option<f64> {
    dom::by_id::<Element>(id).map(|element| element.get_bounding_client_rect().top())
}

/// When the on-screen keyboard has come, the field is brought above it, unless a conversion is under way: nothing moves then.
fn follow_keyboard(state: BoardState) {
    let viewport = js_sys::Reflect::get(&window(), &JsValue::from_str("visualViewport")).ok();
    let Some(viewport) = viewport.and_then(|viewport| viewport.dyn_into::<EventTarget>().ok()) else { return };
    let resized = move || {
        if state.writing.try_get_untracked().flatten().is_some() && !state.is_converting() {
            screen::show_field();
        }
    };
    let listener = Closure::<dyn Fn()>::new(resized);
    let function: js_sys::Function = listener.as_ref().clone().unchecked_into();
    if viewport.add_event_listener_with_callback("resize", &function).is_ok() {
        let kept = StoredValue::new((viewport, function, listener));
        on_cleanup(move || {
            kept.try_with_value(|(viewport, function, _)| {
                // A listener that is gone already needs no removing.
                let _ = viewport.remove_event_listener_with_callback("resize", function);
            });
        });
    }
}
