//! The one socket: how it opens, how it is known to be alive, how it comes back. Knows no message but its own ping.

mod link;
mod socket;

pub use link::{Event, Link, LinkState};
