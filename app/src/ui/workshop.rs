//! The way into a workshop: whose key this page has. What is inside comes later, with the session.

use shared::wire::Refusal;
use shared::{Token, WorkshopId};
use wasm_bindgen::JsValue;

use super::at_board::{AtBoard, Seen};
use super::join::{home_button, notice, refusal};
use super::later::{self, Part, use_later};
use super::live::{hear_first, word};
use super::screen::screen;
use crate::i18n::Texts;
use crate::platform::dom;
use crate::reactive::*;
use crate::store::charge;
use crate::store::keyring::{self, Role};

/// Before the key of a link to keep.
pub const KEPT: &str = "keep-";

/// The key in the address goes into this tab's keyring and out of sight: it must not be shown, or sent, with the address.
fn take_key(workshop: WorkshopId) -> Option<Token> {
    let (path, fragment) = dom::location();
    if let Some(Ok(token)) = fragment.trim_start_matches('#').strip_prefix(KEPT).map(str::parse) {
        // It stays in the address: that is what one keeps.
        keyring::enter(workshop, token);
        return Some(token);
    }
    let (key, groups) = charge::split(fragment.trim_start_matches('#'));
    if let Ok(token) = key.parse() {
        groups.inspect(|groups| charge::set(workshop, groups));
        // Links with a key in them are for who leads, helps or looks: people who join get theirs at the door.
        use_later().fetch(Part::Lead);
        keyring::enter_by_link(workshop, token);
        if let Ok(history) = window().history() {
            // A browser that keeps the fragment shows a key to whoever stands behind; nothing else is lost.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
        }
    }
    keyring::token(workshop)
}

/// A workshop, as far as one may see it.
pub fn workshop(id: WorkshopId, seen: Seen) -> AnyView {
    let Some(token) = take_key(id) else { return outside(Refusal::NoSuchKey, ().into_any()) };
    if keyring::known()
        .iter()
        .any(|known| known.workshop == id && !matches!(known.role, Role::Participant | Role::Keeper))
    {
        use_later().fetch(Part::Lead);
    }
    later::at_board(AtBoard::Inside(id, token, seen))
}

/// The server will not have us, or we have no key.
pub fn outside(why: Refusal, back: AnyView) -> AnyView {
    // A new link that is pasted into this page's address differs behind `#` alone: browsers load nothing for that.
    hear_first(&["hashchange"], Box::new(|_| drop(window().location().reload())));
    let title = |t: &Texts| t.join.refused_title;
    // Whoever has a link to keep has no seat, and no code that would help.
    let kept = why == Refusal::NoSuchKey && dom::location().1.trim_start_matches('#').starts_with(KEPT);
    if kept {
        let home = home_button(|t| t.everywhere.to_home);
        return screen("narrow", word(title), notice(title, word(|t| t.join.kept_refused), home));
    }
    let ways = view! { {back} {home_button(|t| t.join.rejoin)} }.into_any();
    screen("narrow", word(title), notice(title, refusal(why), ways))
}
