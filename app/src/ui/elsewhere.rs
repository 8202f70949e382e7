//! Stands for `lead` in the phones' bundle, which is without those screens: the page is loaded again, as the lead's bundle.

use shared::{Token, WorkshopId};
use wasm_bindgen::JsValue;

use super::board::Access;
use super::join::notice;
use super::live::word;
use super::screen::screen;
use crate::reactive::*;
use crate::route::Route;
use crate::store::Session;

/// `boot.js` never brings this bundle to that address.
pub fn start() -> AnyView {
    super::lost()
}

/// The lead's screens.
pub fn conducting(_session: Session, id: WorkshopId, token: Token) -> AnyView {
    load_the_other(id, token)
}

/// All boards.
pub fn watching(_session: Session, _access: Access, id: WorkshopId, token: Token) -> AnyView {
    load_the_other(id, token)
}

/// With the key in the address `boot.js` takes the lead's bundle, whatever the browser lets a page keep: no circle.
fn load_the_other(id: WorkshopId, token: Token) -> AnyView {
    let address = format!("{}#{token}", Route::Workshop(id).path());
    let history = window().history();
    if history.is_ok_and(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)).is_ok()) {
        // A reload that the browser refuses leaves the words below, and the reload that they ask for.
        let _ = window().location().reload();
    }
    let title = word(|t| t.join.connecting_title);
    screen("narrow", title, notice(|t| t.join.connecting_title, word(|t| t.join.connecting), ().into_any()))
}
