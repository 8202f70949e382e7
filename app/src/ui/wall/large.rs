//! One group large. The address stays; the back button, Escape and a button lead back to its tile.

use leptos::ev;
use shared::GroupId;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, KeyboardEvent, MouseEvent};

use super::{View, apart};
use crate::edit::is_converting;
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::board::{Access, board};
use crate::ui::live::{group_name, word};

const BACK: &str = "wall-back";

/// Which group is open, if any: also in the browser's history.
#[derive(Clone, Copy)]
pub struct Opened {
    /// Its number; 0 for none.
    group: RwSignal<usize>,
    /// How far down the wall was scrolled.
    scrolled: StoredValue<f64>,
}

fn in_history() -> Option<GroupId> {
    let n = window().history().ok()?.state().ok()?.as_f64()?;
    // Numbers of groups are small and whole; anything else is not ours.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (1.0..=f64::from(u16::MAX)).contains(&n).then_some(GroupId(n as u16))
}

fn number(group: Option<GroupId>) -> usize {
    group.map_or(0, |group| usize::from(group.0))
}

fn group(number: usize) -> Option<GroupId> {
    u16::try_from(number).ok().filter(|n| *n > 0).map(GroupId)
}

impl Opened {
    /// What was open before a reload is open again.
    pub fn begin() -> Self {
        let opened = Self { group: RwSignal::new(number(in_history())), scrolled: StoredValue::new(0.0) };
        let listener = window_event_listener(ev::popstate, move |_| opened.show(in_history()));
        on_cleanup(move || listener.remove());
        opened
    }

    /// Which; tracked.
    pub fn get(self) -> Option<GroupId> {
        group(self.group.get())
    }

    /// Opens a group.
    pub fn open(self, group: GroupId) {
        if let Ok(history) = window().history() {
            // Without an entry in the history the group is open all the same, and the button leads back.
            let _ = history.push_state_with_url(&JsValue::from(group.0), "", None);
        }
        self.show(Some(group));
    }

    /// Goes back to all of them.
    pub fn close(self) {
        let went = in_history().is_some() && window().history().is_ok_and(|history| history.back().is_ok());
        if !went {
            self.show(None);
        }
    }

    fn show(self, next: Option<GroupId>) {
        let Some(before) = self.group.try_get_untracked().map(group) else { return };
        if before == next {
            return;
        }
        if before.is_none() {
            self.scrolled.set_value(window().scroll_y().unwrap_or(0.0));
        }
        self.group.set(number(next));
        // After the screen has changed.
        request_animation_frame(move || match (before, next) {
            (Some(group), None) => {
                window().scroll_to_with_x_and_y(0.0, self.scrolled.try_get_value().unwrap_or(0.0));
                dom::focus(&tile_id(group));
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
fn is_taken(event: &KeyboardEvent) -> bool {
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
            {board(view.session, group, access)}
        </section>
    }
    .into_any()
}
