//! Screens that stay lit while something goes on on them, where the browser allows it; and a word for who has to see to that
//! themselves.

use send_wrapper::SendWrapper;

use super::live::{Word, follow, word};
use crate::platform::wake::{self, Wake};
use crate::reactive::*;

/// Keeps the screen lit while this holds, for as long as the current owner lives.
pub fn lit(wanted: Signal<bool>) {
    let wake = StoredValue::new(SendWrapper::new(Wake::begin()));
    follow(move || {
        let wanted = wanted.get();
        wake.try_with_value(|wake| if wanted { wake.hold() } else { wake.let_go() });
    });
}

/// Where that is not allowed: what to do instead.
pub fn or_else(said: Word) -> Option<AnyView> {
    (!wake::is_allowed()).then(|| view! { <p class="hint may-go-dark">{word(said)}</p> }.into_any())
}
