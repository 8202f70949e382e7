//! The server's clock: one of the two edges at which time comes in (law 7). Knows nothing of what is timed.

use std::time::{SystemTime, UNIX_EPOCH};

use shared::Millis;

/// Now.
pub fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
