//! Which way got through last, for as long as this tab is open: nobody waits again for what failed a moment ago.

use std::cell::Cell;

/// A way to the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// By a websocket.
    Socket,
    /// Round.
    Detour,
    /// Round, and what is on the way keeps every answer back until it has ended.
    BriefDetour,
}

const KEY: &str = "naze.way";

thread_local! {
    /// Where nothing may be kept, this page alone knows it.
    static LAST: Cell<Option<Way>> = const { Cell::new(None) };
    /// Whether a websocket has carried anything since this page was opened.
    static SOCKET_CARRIES: Cell<bool> = const { Cell::new(false) };
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The one that got through last.
pub(super) fn kept() -> Way {
    LAST.get().unwrap_or_else(|| {
        let kept = storage().and_then(|storage| storage.get_item(KEY).ok()?);
        let way = match kept.as_deref() {
            Some("detour") => Way::Detour,
            Some("brief") => Way::BriefDetour,
            _ => Way::Socket,
        };
        LAST.set(Some(way));
        way
    })
}

/// Whether a websocket has carried anything since this page was opened: then one that is silent is not suspect.
pub(super) fn socket_carries() -> bool {
    SOCKET_CARRIES.get()
}

/// This one got through.
pub(super) fn keep(way: Way) {
    if way == Way::Socket {
        SOCKET_CARRIES.set(true);
    }
    if LAST.replace(Some(way)) == Some(way) {
        return;
    }
    let Some(storage) = storage() else { return };
    // Who may keep nothing tries again after a reload.
    let _ = match way {
        Way::Socket => storage.remove_item(KEY),
        Way::Detour => storage.set_item(KEY, "detour"),
        Way::BriefDetour => storage.set_item(KEY, "brief"),
    };
}
