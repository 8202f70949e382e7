//! The server.

pub mod client;
