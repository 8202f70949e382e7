//! Law 8 for whoever reads the wire: however much a message promises, reading it takes memory by what it holds.
//! Alone in its process, because it measures all of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails"
)]

use peak_alloc::PeakAlloc;
use shared::limits::CLIENT_MESSAGE_BYTES_MAX;
use shared::wire::{ClientMessage, ServerMessage, VERSION, decode};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// serde reserves up to a megabyte on the word of a length alone; nested lists, a few of them.
const BYTES_MAX: f32 = 8.0;

fn measured(what: &str, message: &[u8]) {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage_as_mb();
    drop(decode::<ClientMessage>(message));
    drop(decode::<ServerMessage>(message));
    let took = MEMORY.peak_usage_as_mb() - before;
    assert!(took < BYTES_MAX, "{what}: {} bytes made {took} MB", message.len());
}

/// A meter that shows nothing would let everything pass.
fn the_meter_shows_what_is_taken() {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage_as_mb();
    drop(vec![1_u8; 16 * 1024 * 1024]);
    assert!(MEMORY.peak_usage_as_mb() - before > 15.0);
}

#[test]
fn reading_a_message_takes_memory_by_what_it_holds() {
    the_meter_shows_what_is_taken();
    let huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/wire-v1");
    for family in ["ClientMessage", "ServerMessage"] {
        for file in std::fs::read_dir(golden.join(family)).unwrap() {
            let path = file.unwrap().path();
            let message = std::fs::read(&path).unwrap();
            for at in 1..message.len() {
                let promise = [&message[..at], &huge, &message[at..]].concat();
                measured(&format!("{} with a promise at {at}", path.display()), &promise);
            }
        }
    }
    // As many small things as a message has room for.
    for filler in [0_u8, 1, 2, 5, 0x7f] {
        for tag in 0..10 {
            let mut message = vec![filler; CLIENT_MESSAGE_BYTES_MAX];
            message[..2].copy_from_slice(&[VERSION, tag]);
            measured(&format!("message {tag} full of {filler}"), &message);
        }
    }
}
