//! The clock of this device. `Instant` and `SystemTime` do not exist in a page.

use shared::Millis;

/// Now, by this device. May be wrong by hours: see `store::Session::now` for the server's.
pub fn now() -> Millis {
    // Whole milliseconds since 1970 fit a float exactly until the year 287396.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Millis(js_sys::Date::now().max(0.0) as u64)
}
