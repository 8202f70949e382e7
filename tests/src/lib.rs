//! The harness: servers, networks, connections and browsers for the tests beside it. It asserts nothing itself.

#![allow(clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

pub mod ask;
pub mod browser;
pub mod conductor;
pub mod detour;
pub mod diary;
pub mod forest;
pub mod load;
pub mod mount;
pub mod naze;
pub mod office;
pub mod peer;
pub mod phone;
pub mod proxy;
pub mod someone;
pub mod traces;
