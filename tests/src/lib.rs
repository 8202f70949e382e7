//! The harness.
pub mod browser;
pub mod naze;
