//! The one socket: how it opens, how it is known to be alive, how it comes back. Knows messages, not what they mean.

mod link;
mod socket;

pub use link::{Event, Link, LinkState};
