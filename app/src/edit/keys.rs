//! Which keys leave a field, and which only write in it. A key of a conversion is neither.

use wasm_bindgen::JsCast;

/// How somebody left the field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Done {
    /// With Enter (not the Enter of a conversion).
    Enter,
    /// With Shift+Enter.
    ShiftEnter,
    /// With Tab, where [`Keys::Outline`] is asked for.
    Tab,
    /// With Shift+Tab, likewise.
    ShiftTab,
    /// With Escape.
    Escape,
    /// With Ctrl+Enter: here it becomes two.
    Split,
    /// By going elsewhere.
    Away,
}

/// Which keys leave the field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keys {
    /// Enter and Escape; Tab goes to the next thing on the screen, as everywhere.
    Plain,
    /// Tab too, as outlines have it.
    Outline,
}

/// Whether a key belongs to a conversion. Safari ends the conversion before it reports the Enter that ended it: only the key
/// code still tells.
pub fn is_converting(event: &web_sys::KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// Whether a key only writes: nobody else need ask what it means here.
pub(super) fn is_letter(event: &web_sys::KeyboardEvent) -> bool {
    event.key().chars().count() == 1 && !event.ctrl_key() && !event.meta_key()
}

/// Whether so little was typed or deleted: not pasted, put in by voice or by a conversion, or corrected.
pub(super) fn is_one_letter(event: &web_sys::Event) -> bool {
    let typed = event.dyn_ref::<web_sys::InputEvent>().filter(|event| !event.is_composing());
    let typed = typed.map(|event| event.input_type());
    typed.is_some_and(|typed| matches!(typed.as_str(), "insertText" | "deleteContentBackward" | "deleteContentForward"))
}

/// How a key leaves the field, if it does.
pub(super) fn leave(event: &web_sys::KeyboardEvent, keys: Keys) -> Option<Done> {
    match (event.key().as_str(), event.shift_key()) {
        _ if is_converting(event) => None,
        ("Enter", _) if event.ctrl_key() || event.meta_key() => Some(Done::Split),
        ("Enter", false) => Some(Done::Enter),
        ("Enter", true) => Some(Done::ShiftEnter),
        ("Escape", _) => Some(Done::Escape),
        ("Tab", false) if keys == Keys::Outline => Some(Done::Tab),
        ("Tab", true) if keys == Keys::Outline => Some(Done::ShiftTab),
        _ => None,
    }
}
