//! The one connection: how it opens, how it is known to be alive, how it comes back, and by which way it goes. Knows no message but
//! its own ping.

mod base64;
mod detour;
mod link;
mod request;
mod signal;
mod socket;
mod way;

pub use link::{Event, Link, LinkState};
