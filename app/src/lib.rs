//! The page. Nothing here decides what an operation does: that is `shared`.

pub mod edit;
pub mod element;
pub mod i18n;
pub mod layout;
pub mod net;
pub mod platform;
pub mod reactive;
pub mod route;
pub mod store;
pub mod ui;

use wasm_bindgen::prelude::wasm_bindgen;

/// Where the page begins.
#[wasm_bindgen(start)]
pub fn start() {
    leptos::mount::mount_to_body(ui::app);
}
