//! Everything that is kept for the fuzzer to begin with, what it once found included, tried by the very functions that it calls.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failing test")]

use std::fs;
use std::path::Path;

#[test]
fn every_seed_is_taken_or_refused() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    for (name, trial) in trials::ALL {
        let mut tried = 0;
        for file in fs::read_dir(seeds.join(name)).unwrap() {
            let bytes = fs::read(file.unwrap().path()).unwrap();
            trial(&bytes);
            // Cut anywhere it is taken or refused just as well.
            trial(&bytes[..bytes.len() / 2]);
            tried += 1;
        }
        assert!(tried >= 10, "only {tried} seeds of {name}");
    }
}
