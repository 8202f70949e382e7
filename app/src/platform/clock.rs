//! The clock of this device. `Instant` and `SystemTime` do not exist in a page.

use shared::Millis;

/// Now, by this device. May be wrong by hours: see `store::Session::now` for the server's.
pub fn now() -> Millis {
    // Whole milliseconds since 1970 fit a float exactly until the year 287396.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Millis(js_sys::Date::now().max(0.0) as u64)
}

/// Hours and minutes of the day, where this device is.
pub fn of_day(at: Millis) -> (u32, u32) {
    // Exact, as above.
    #[allow(clippy::cast_precision_loss)]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.0 as f64));
    (date.get_hours(), date.get_minutes())
}
