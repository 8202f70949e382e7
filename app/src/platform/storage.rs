//! What the phone keeps: small strings under keys. Where storage is forbidden (private mode), memory serves until the page closes.

use std::cell::RefCell;

use shared::{SortedMap, SortedSet};

thread_local! {
    static FALLBACK: RefCell<SortedMap<String, String>> = const { RefCell::new(SortedMap::new()) };
}

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Where something was kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// On the phone: it survives a reload.
    OnDevice,
    /// In this page only.
    InPage,
}

/// What is kept under a key.
pub fn get(key: &str) -> Option<String> {
    FALLBACK.with_borrow(|memory| memory.get(&key.to_owned()).cloned()).or_else(|| local()?.get_item(key).ok()?)
}

/// Keeps a value under a key.
pub fn set(key: &str, value: &str) -> Kept {
    if local().is_some_and(|storage| storage.set_item(key, value).is_ok()) {
        // What memory had to hold before is older.
        FALLBACK.with_borrow_mut(|memory| memory.remove(&key.to_owned()));
        return Kept::OnDevice;
    }
    FALLBACK.with_borrow_mut(|memory| memory.insert(key.to_owned(), value.to_owned()));
    Kept::InPage
}

/// Forgets a key.
pub fn remove(key: &str) {
    FALLBACK.with_borrow_mut(|memory| memory.remove(&key.to_owned()));
    if let Some(storage) = local() {
        // Fails only where nothing could have been kept.
        let _ = storage.remove_item(key);
    }
}

/// All keys that begin so, in order.
pub fn keys(prefix: &str) -> Vec<String> {
    let mut found: SortedSet<String> =
        FALLBACK.with_borrow(|memory| SortedSet::of(memory.keys().filter(|k| k.starts_with(prefix)).cloned()));
    if let Some(storage) = local() {
        let len = storage.length().unwrap_or(0);
        found.add_all((0..len).filter_map(|i| storage.key(i).ok()?).filter(|key| key.starts_with(prefix)));
    }
    found.keys().cloned().collect()
}

fn tab() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// What this tab alone keeps under a key, over reloads.
pub fn in_tab(key: &str) -> Option<String> {
    FALLBACK.with_borrow(|memory| memory.get(&format!("tab {key}")).cloned()).or_else(|| tab()?.get_item(key).ok()?)
}

/// Keeps a value for this tab alone.
pub fn set_in_tab(key: &str, value: &str) {
    if tab().is_none_or(|storage| storage.set_item(key, value).is_err()) {
        FALLBACK.with_borrow_mut(|memory| memory.insert(format!("tab {key}"), value.to_owned()));
    }
}

/// Forgets what this tab kept.
pub fn remove_in_tab(key: &str) {
    FALLBACK.with_borrow_mut(|memory| memory.remove(&format!("tab {key}")));
    if let Some(storage) = tab() {
        // Fails only where nothing could have been kept.
        let _ = storage.remove_item(key);
    }
}
