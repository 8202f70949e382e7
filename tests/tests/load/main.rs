//! Many at once, on real sockets: a town of a thousand, two thousand who come back in the same moment, and one address that would
//! like to spoil it for all others. `--nocapture` prints what was measured.
//!
//! `NAZE_LOAD_MINUTES=10` has the thousand write for ten minutes, before two leads' walls in real browsers; without it they write for some seconds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::io::Write;

use tests::naze::Naze;
use tokio::sync::{Semaphore, SemaphorePermit};

mod flood;
mod memory;
mod returning;
mod thousand;
mod walls;

/// They measure: one at a time.
static ALONE: Semaphore = Semaphore::const_new(1);

async fn alone() -> SemaphorePermit<'static> {
    rlimit::increase_nofile_limit(16_384).unwrap();
    ALONE.acquire().await.unwrap()
}

fn tell(line: &str) {
    // Where nobody listens nothing is lost.
    let _ = writeln!(std::io::stderr(), "    load: {line}");
}

fn memory_mb(naze: &Naze) -> u64 {
    tests::load::process::memory_bytes(&naze.pid().unwrap().to_string()).unwrap() / 1_000_000
}
