//! Screens. Each module has a stylesheet of its name in `style/` and a catalogue of its name in `i18n/`.

use leptos::prelude::*;

use crate::i18n::Speech;
use crate::route::Router;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Speech::begin());
    provide_context(Router::begin());
    view! { <main>"なぜ？"</main> }
}
