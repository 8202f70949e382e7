//! The focus at a board is never nowhere for who goes by keyboard or by ear: when what had it was removed, moved or folded away, by
//! oneself or by others, the chosen card gets it; on a sheet, what has come to stand in its place. Who has touched a place that
//! takes no focus is left alone.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::screen;
use super::state::BoardState;
use crate::reactive::*;

/// What on a sheet takes the focus.
const THINGS: &str = "dialog[open] :is(button, input, textarea, select, summary, a[href]):not([tabindex='-1'])";

/// What was given the focus last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Given {
    /// A place was touched that takes none.
    ToNothing,
    /// Something was; on a sheet, the how manieth thing there.
    To(u32),
}

/// Begins to note what has been given the focus, and to look after it when a key may have taken that away.
pub fn watch(state: BoardState) {
    let note = move |event: web_sys::Event| match event.type_().as_str() {
        // It leads on, out of the page too; what it leads to tells so itself.
        "keydown" | "keyup" if event.unchecked_ref::<KeyboardEvent>().key() == "Tab" => {
            if event.type_() == "keydown" {
                state.focused.try_set_value(Given::ToNothing);
            }
        }
        // A letter that is written takes it from nobody.
        "keydown" | "keyup" if is_letter(event.unchecked_ref()) => {}
        // A button is pressed when Enter goes down, or the space bar up.
        "keydown" | "keyup" => request_animation_frame(move || find(state)),
        "focusin" => {
            let things = things();
            let active = document().active_element();
            let at = things.iter().position(|thing| active.as_ref() == Some(thing.as_ref()));
            state.focused.try_set_value(Given::To(u32::try_from(at.unwrap_or_default()).unwrap_or_default()));
        }
        // What is pressed takes the focus right after, if it takes it at all.
        _ => {
            state.focused.try_set_value(Given::ToNothing);
        }
    };
    let noted = ["focusin", "pointerdown", "keydown", "keyup"].map(|name| window_event_listener_untyped(name, note));
    on_cleanup(move || noted.into_iter().for_each(|listener| listener.remove()));
}

fn is_letter(event: &KeyboardEvent) -> bool {
    event.key().chars().count() == 1 && event.target().is_some_and(|target| screen::takes_keys(&target))
}

fn things() -> Vec<HtmlElement> {
    let Ok(all) = document().query_selector_all(THINGS) else { return Vec::new() };
    (0..all.length()).filter_map(|n| all.item(n)?.dyn_into().ok()).collect()
}

/// Gives the focus back if it was lost. Nothing scrolls: who reads on meanwhile is not disturbed.
pub fn find(state: BoardState) {
    let Some(Given::To(at)) = state.focused.try_get_value().filter(|_| screen::focus_is_lost()) else { return };
    if screen::has_dialog() {
        // Whoever knows better where it goes on the sheet has spoken by then.
        request_animation_frame(move || request_animation_frame(move || find_on_sheet(at)));
    } else if state.writing.try_get_untracked() == Some(None) {
        // A field looks after its own.
        screen::focus(state.chosen_now());
    }
}

/// What is hidden does not take it: then what is before it does.
fn find_on_sheet(at: u32) {
    for thing in things().iter().take(at as usize + 1).rev() {
        if !screen::focus_is_lost() {
            return;
        }
        // A thing that is gone again takes none.
        let _ = thing.focus();
    }
}
