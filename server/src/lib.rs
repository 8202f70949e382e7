//! The server.

pub mod client;
pub mod config;
pub mod host;
pub mod said;
