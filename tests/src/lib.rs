//! The harness: servers, networks, connections and browsers for the tests beside it. It asserts nothing itself.

pub mod ask;
pub mod browser;
pub mod diary;
pub mod naze;
pub mod peer;
pub mod phone;
pub mod proxy;
