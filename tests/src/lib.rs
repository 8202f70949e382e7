//! The harness.
pub mod browser;
