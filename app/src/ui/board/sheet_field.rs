//! A field inside a sheet. What lies outside of a dialog cannot take the focus, so a sheet holds the on-screen keyboard itself.

use std::rc::Rc;
use std::time::Duration;

use super::piece::{Button, keep_focus, word};
use super::screen;
use super::state::BoardState;
use crate::edit::{self, Done, Keys, Target, Wanted};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::StepKey;

/// A field that was left by touching something else closes a moment later: what is being touched does not move away.
const LINGER: Duration = Duration::from_millis(200);
const KEEPER: &str = "sheet-keyboard-keeper";

/// Holds the keyboard between a tap and the field that it opens. At the end of a sheet's content.
pub fn keeper() -> AnyView {
    view! { <textarea id=KEEPER class="keyboard-keeper" aria-hidden="true" tabindex="-1"></textarea> }.into_any()
}

/// Opens the on-screen keyboard inside a tap, for a field that will be there a moment later.
pub fn hold_keyboard() {
    dom::focus_still(dom::by_id(KEEPER));
}

/// A field, as a sheet asks for it.
pub struct Asked {
    /// What is written in.
    pub target: Target,
    /// What the field is.
    pub label: Signal<String>,
    /// What stands in it while it is empty.
    pub hint: Signal<String>,
    /// Called with what the first word made.
    pub made: Rc<dyn Fn(Target, StepKey)>,
    /// Called when it is to go. It may be called twice.
    pub close: Rc<dyn Fn()>,
}

/// The field with its button.
pub fn field(state: BoardState, asked: Asked) -> AnyView {
    let Asked { target, label, hint, made, close } = asked;
    let done = Rc::new(move |how| {
        let close = close.clone();
        match how {
            Done::Away => set_timeout(move || close(), LINGER),
            _ => close(),
        }
    });
    let wanted = Wanted { board: state.board, target, label, placeholder: hint, keys: Keys::Plain, made, done };
    view! {
        <div class="sheet-field">
            {edit::text_field(wanted)}
            <div class="sheet-field-foot" on:mousedown=keep_focus>
                // Going elsewhere ends a conversion and takes its words; then the field goes.
                {Button::new("button primary", word(|t| t.board.done)).on(screen::blur)}
            </div>
        </div>
    }
    .into_any()
}
