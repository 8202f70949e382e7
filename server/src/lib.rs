//! The server: `log` keeps entries, `room` orders and fans them out, `registry` finds rooms and lets people in, `ws` is one
//! connection. `ARCHITECTURE.md` follows a keystroke through all of them.

pub mod access;
pub mod addresses;
pub mod announce;
pub mod backup;
pub mod client;
pub mod clock;
pub mod config;
pub mod demo;
pub(crate) mod detour;
pub mod doctor;
pub mod erase;
pub mod export;
pub mod host;
pub mod http;
pub mod lead_link;
pub mod log;
mod memory;
pub mod page;
pub mod qr;
pub mod registry;
pub mod room;
pub mod roster_list;
pub mod said;
pub mod sheet;
pub mod start;
pub mod telemetry;
pub mod tls;
pub mod ws;
