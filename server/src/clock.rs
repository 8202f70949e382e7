//! The server's clock: one of the two edges at which time comes in (law 7). Knows nothing of what is timed.

use std::time::{SystemTime, UNIX_EPOCH};

use shared::Millis;

/// Now.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// A moment as it is written down: `2026-11-23T19:05:27Z`.
pub fn written(at: Millis) -> String {
    let at = i64::try_from(at.0).ok().and_then(|at| jiff::Timestamp::from_millisecond(at).ok()).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
