//! A frame of the socket: read whole or refused, and what was read is written and read as the same again.

use std::fmt::Debug;

use serde::Serialize;
use shared::wire::{ClientMessage, ServerMessage, decode, encode};

/// Tries it.
pub fn wire(bytes: &[u8]) {
    if let Ok(message) = decode::<ClientMessage>(bytes) {
        stays(&message, |bytes| decode(bytes).ok());
    }
    if let Ok(message) = decode::<ServerMessage>(bytes) {
        stays(&message, |bytes| decode(bytes).ok());
    }
}

fn stays<M: Serialize + PartialEq + Debug>(message: &M, read: impl Fn(&[u8]) -> Option<M>) {
    assert_eq!(read(&encode(message)).as_ref(), Some(message), "written and read it is another");
}
