//! Where somebody who leads starts a workshop.

use self::form::start_form;
use super::live::word;
use super::screen::{TITLE, screen};
use crate::reactive::*;

mod create;
mod form;

/// The form, by itself.
pub fn start() -> AnyView {
    let title = word(|t| t.start.screen);
    let content = view! {
        <h1 id=TITLE tabindex="-1">{title}</h1>
        <p class="hint">{word(|t| t.home.start_lead)}</p>
        {start_form()}
    };
    screen("narrow start", title, content.into_any())
}
