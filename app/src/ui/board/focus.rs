//! The focus is never nowhere for who goes by keyboard or by ear: when what had it was removed, moved or folded away, by oneself
//! or by others, the chosen card gets it. Who has touched a place that takes no focus is left alone.

use super::screen;
use super::state::BoardState;
use crate::reactive::*;

/// Begins to note whether something has been given the focus.
pub fn watch(state: BoardState) {
    let note = move |event: web_sys::Event| {
        // What is pressed takes the focus right after, if it takes it at all.
        state.focused.try_set_value(event.type_() == "focusin");
    };
    let noted = ["focusin", "pointerdown"].map(|name| window_event_listener_untyped(name, note));
    on_cleanup(move || noted.into_iter().for_each(|listener| listener.remove()));
}

/// Gives the focus back if it was lost. Nothing scrolls: who reads on meanwhile is not disturbed. A field looks after its own.
pub fn find(state: BoardState) {
    let wanted = state.focused.try_get_value() == Some(true) && screen::focus_is_lost() && !screen::has_dialog();
    if wanted && state.writing.try_get_untracked() == Some(None) {
        screen::focus(state.chosen_now());
    }
}
