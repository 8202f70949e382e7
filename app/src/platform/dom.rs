//! Small questions to the document.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{document, on_cleanup, request_animation_frame, set_timeout, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The address without origin: path and fragment.
pub fn location() -> (String, String) {
    let location = window().location();
    (location.pathname().unwrap_or_default(), location.hash().unwrap_or_default())
}

/// Where the one socket is.
pub fn socket_url() -> String {
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|p| p == "https:") { "wss" } else { "ws" };
    format!("{scheme}://{}/ws", location.host().unwrap_or_default())
}

/// Whether this part of the page can be seen at all.
pub fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

/// The whole page bears this class for as long as the current owner lives.
pub fn mark_page(class: &'static str) {
    let Some(body) = document().body() else { return };
    // A name without a space is never refused.
    let _ = body.class_list().add_1(class);
    on_cleanup(move || {
        if let Some(body) = document().body() {
            let _ = body.class_list().remove_1(class);
        }
    });
}

/// Whether a media query holds now.
pub fn media(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// A page that is not shown, or hardly, paints late or never: then this is late enough.
const PAINTED_AT_LATEST: Duration = Duration::from_millis(150);

/// Does something once what has just been changed is on the screen, so that the screen need not wait for it.
pub fn after_paint(act: impl FnOnce() + 'static) {
    let act = Rc::new(Cell::new(Some(act)));
    let once = move || {
        if let Some(act) = act.take() {
            act();
        }
    };
    let latest = once.clone();
    set_timeout(latest, PAINTED_AT_LATEST);
    // A picture is painted after what was asked for before it, and before what waits for its turn then.
    request_animation_frame(move || set_timeout(once, Duration::ZERO));
}

/// The element with this id, if it is there.
pub fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Puts the focus on the element with this id. True if it is there.
pub fn focus(id: &str) -> bool {
    by_id::<HtmlElement>(id).is_some_and(|element| element.focus().is_ok())
}

/// Puts the focus on an element; nothing scrolls.
pub fn focus_still(element: Option<HtmlElement>) {
    if let Some(element) = element {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // An element that is gone again needs no focus.
        let _ = element.focus_with_options(&options);
    }
}

/// Opens the on-screen keyboard inside a tap, for a field that will be there a moment later: iOS shows it only when `focus`
/// is called within the tap's own event, and keeps it while the focus goes from field to field.
pub fn hold_keyboard() {
    focus_still(by_id(KEYBOARD_KEEPER));
}

/// The id of the invisible field that [`hold_keyboard`] uses. The shell renders it once.
pub const KEYBOARD_KEEPER: &str = "keyboard-keeper";

/// Whether nothing has the focus, as when what had it is gone, or what only holds the on-screen keyboard for a moment.
pub fn focus_is_lost() -> bool {
    document().active_element().is_none_or(|e| e.tag_name() == "BODY" || e.id() == KEYBOARD_KEEPER)
}

/// Whether the browser gives fields the height of their text by itself.
pub fn sizes_fields() -> bool {
    web_sys::css::supports_with_value("field-sizing", "content").unwrap_or(false)
}
