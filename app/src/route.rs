//! Where we are: five kinds of address and the browser's history. The server answers the same page to all of them.

use leptos::ev;
use shared::{GroupId, JoinCode, WorkshopId};
use wasm_bindgen::JsValue;

use crate::platform::dom;
use crate::reactive::*;

/// What an address stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// `/`: type a code, or go back to where one was.
    Home,
    /// `/new`: start a workshop.
    New,
    /// `/j/{code}`: at the door; `/j/{code}/{group}` when one comes by the card of a table.
    Join(JoinCode, Option<GroupId>),
    /// `/w/{workshop}`: inside. What is shown follows from what one may.
    Workshop(WorkshopId),
    /// `/w/{workshop}/projector`: what the room sees on its large screen.
    Projector(WorkshopId),
    /// Anything else.
    Unknown,
}

impl Route {
    /// Reads a path.
    pub fn parse(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (None, ..) => Self::Home,
            (Some("new"), None, ..) => Self::New,
            (Some("j"), Some(code), table, None) => {
                let table = table.map(|table| table.parse().map(GroupId)).transpose();
                code.parse().ok().zip(table.ok()).map_or(Self::Unknown, |(code, table)| Self::Join(code, table))
            }
            (Some("w"), Some(id), Some("projector"), None) => id.parse().map_or(Self::Unknown, Self::Projector),
            (Some("w"), Some(id), None, _) => id.parse().map_or(Self::Unknown, Self::Workshop),
            _ => Self::Unknown,
        }
    }

    /// The path of it.
    pub fn path(&self) -> String {
        match self {
            Self::Home | Self::Unknown => "/".to_owned(),
            Self::New => "/new".to_owned(),
            Self::Join(code, None) => format!("/j/{code}"),
            Self::Join(code, Some(table)) => format!("/j/{code}/{table}"),
            Self::Workshop(id) => format!("/w/{id}"),
            Self::Projector(id) => format!("/w/{id}/projector"),
        }
    }
}

/// The place where we are, as a signal.
#[derive(Clone, Copy)]
pub struct Router(RwSignal<String>);

impl Router {
    /// Reads the address, and follows the back button from then on.
    pub fn begin() -> Self {
        let router = Self(RwSignal::new(dom::location().0));
        let _listens_for_ever = window_event_listener(ev::popstate, move |_| router.0.set(dom::location().0));
        router
    }

    /// The path of where we are; tracked.
    pub fn path(self) -> String {
        self.0.get()
    }

    /// Goes somewhere; the back button returns.
    pub fn go(self, to: Route) {
        self.step(to, |history, path| history.push_state_with_url(&JsValue::NULL, "", Some(path)));
    }

    /// Goes somewhere in place of where we are.
    pub fn replace(self, to: Route) {
        self.step(to, |history, path| history.replace_state_with_url(&JsValue::NULL, "", Some(path)));
    }

    fn step(self, to: Route, change: fn(&web_sys::History, &str) -> Result<(), JsValue>) {
        if let Ok(history) = window().history() {
            // A browser refuses only too many changes in a row; the screen follows all the same.
            let _ = change(&history, &to.path());
        }
        self.0.set(to.path());
    }
}

/// The router of this page.
pub fn use_router() -> Router {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read_as_they_are_written() {
        let inside = ["/w/00000000000000000000000000000007", "/w/00000000000000000000000000000007/projector"];
        for path in ["/", "/new", "/j/K7M4XR", "/j/K7M4XR/12"].into_iter().chain(inside) {
            assert_eq!(Route::parse(path).path(), path);
        }
        assert_eq!(Route::parse("/j/k7m-4xr"), Route::parse("/j/K7M4XR"));
        for path in ["/x", "/new/x", "/j", "/j/0", "/w/7", "/j/K7M4XR/more", "/j/K7M4XR/-1", "/j/K7M4XR/1/2"] {
            assert_eq!(Route::parse(path), Route::Unknown, "{path}");
        }
    }
}
