//! One group large, or two side by side. The address stays; the back button, Escape and a button lead back to the tile.

use leptos::ev;
use shared::GroupId;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, KeyboardEvent, MouseEvent};

use super::{View, apart, showing};
use crate::edit::is_converting;
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::board::{Access, board};
use crate::ui::live::{group_name, word};
use crate::ui::lobby::group_of;

/// What leads back to the wall.
pub const BACK: &str = "wall-back";

/// What is open over the wall.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// One group.
    One(GroupId),
    /// Two groups, to compare.
    Both(GroupId, GroupId),
}

impl Shown {
    /// As the browser's history keeps it, from 1; 0 is nothing.
    const fn number(self) -> u32 {
        match self {
            Self::One(group) => group.0 as u32,
            Self::Both(one, other) => (other.0 as u32) << 16 | one.0 as u32,
        }
    }

    fn of_number(number: u32) -> Option<Self> {
        let [one, other] = [number & 0xffff, number >> 16].map(group_of);
        match (one, other) {
            (GroupId(0), _) => None,
            (one, GroupId(0)) => Some(Self::One(one)),
            (one, other) => Some(Self::Both(one, other)),
        }
    }

    /// Whose tile it came from.
    const fn first(self) -> GroupId {
        match self {
            Self::One(group) | Self::Both(group, _) => group,
        }
    }
}

/// Which group is open, if any: also in the browser's history.
#[derive(Clone, Copy)]
pub struct Opened {
    /// As a number; 0 for none.
    shown: RwSignal<u32>,
    /// How far down the wall was scrolled.
    scrolled: StoredValue<f64>,
}

fn in_history() -> u32 {
    let n = window().history().ok().and_then(|history| history.state().ok()?.as_f64()).unwrap_or_default();
    // Ours are small and whole; anything else is nothing.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    if (1.0..=f64::from(u32::MAX)).contains(&n) { n as u32 } else { 0 }
}

impl Opened {
    /// What was open before a reload is open again.
    pub fn begin() -> Self {
        let opened = Self { shown: RwSignal::new(in_history()), scrolled: StoredValue::new(0.0) };
        let listener = window_event_listener(ev::popstate, move |_| opened.show(in_history()));
        on_cleanup(move || listener.remove());
        opened
    }

    /// Which; tracked.
    pub fn get(self) -> Option<Shown> {
        Shown::of_number(self.shown.get())
    }

    /// Opens a group.
    pub fn open(self, group: GroupId) {
        self.go(Shown::One(group));
    }

    /// Opens two groups, to compare them.
    pub fn open_both(self, one: GroupId, other: GroupId) {
        self.go(Shown::Both(one, other));
    }

    fn go(self, shown: Shown) {
        if let Ok(history) = window().history() {
            // Without an entry in the history it is open all the same, and the button leads back.
            let _ = history.push_state_with_url(&JsValue::from(shown.number()), "", None);
        }
        self.show(shown.number());
    }

    /// Goes back to all of them.
    pub fn close(self) {
        let went = in_history() != 0 && window().history().is_ok_and(|history| history.back().is_ok());
        if !went {
            self.show(0);
        }
    }

    fn show(self, next: u32) {
        let Some(before) = self.shown.try_get_untracked() else { return };
        if before == next {
            return;
        }
        if before == 0 {
            self.scrolled.set_value(window().scroll_y().unwrap_or(0.0));
        }
        self.shown.set(next);
        // After the screen has changed.
        request_animation_frame(move || match Shown::of_number(before) {
            Some(before) if next == 0 => {
                window().scroll_to_with_x_and_y(0.0, self.scrolled.try_get_value().unwrap_or(0.0));
                dom::focus(&tile_id(before.first()));
            }
            _ => {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                dom::focus(BACK);
            }
        });
    }
}

/// The id of what opens a group.
pub fn tile_id(group: GroupId) -> String {
    format!("tile-{group}")
}

/// Whether an Escape is meant for something else: a field, an open sheet.
pub fn is_taken(event: &KeyboardEvent) -> bool {
    let in_field = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| matches!(element.tag_name().as_str(), "TEXTAREA" | "INPUT" | "SELECT"));
    let sheet = document().query_selector("dialog[open]").is_ok_and(|found| found.is_some());
    event.default_prevented() || is_converting(event) || in_field || sheet
}

/// A group's board, over the wall.
pub fn large(view: View, group: GroupId, access: Access) -> AnyView {
    let name = group_name(group);
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !is_taken(&event) {
            view.opened.close();
        }
    };
    let back: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| view.opened.close());
    view! {
        <section class="large" aria-label=name on:keydown=escape>
            <div class="large-bar no-print">
                <button type="button" class="button" id=BACK on:click=back>
                    <span aria-hidden="true">"←"</span>
                    {word(|t| t.wall.back)}
                </button>
                <h1 class="large-name">{name}</h1>
                {apart::head(view, group)}
                {(access == Access::Write).then(|| apart::button(view, group, "alone-large-"))}
            </div>
            {(access == Access::Write).then(|| showing::line(view.session))}
            {board(view.session, group, access)}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_found_again_in_the_history() {
        for shown in [Shown::One(GroupId(7)), Shown::Both(GroupId(200), GroupId(1))] {
            assert_eq!(Shown::of_number(shown.number()), Some(shown));
        }
        assert_eq!(Shown::of_number(0), None);
        assert_eq!(Shown::of_number(3 << 16), None);
    }
}
