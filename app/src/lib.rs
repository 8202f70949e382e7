//! The page. Nothing here decides what an operation does: that is `shared`.
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Where the page begins.
#[wasm_bindgen(start)]
pub fn start() {
    leptos::mount::mount_to_body(|| view! { <main>"なぜ？"</main> });
}
