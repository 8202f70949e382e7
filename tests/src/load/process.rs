//! What a process uses, as the system tells.

use anyhow::{Context, Result};

/// Clock ticks a second of `/proc/<pid>/stat`, the same on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;
/// Bytes of a page of `/proc/<pid>/statm` on the machines that this runs on.
const PAGE_BYTES: u64 = 4096;

fn proc(process: &str, file: &str) -> Result<String> {
    Ok(std::fs::read_to_string(format!("/proc/{process}/{file}"))?)
}

/// Memory that a process holds in RAM, in bytes.
///
/// # Errors
/// When there is no such process, or the system does not tell.
pub fn memory_bytes(process: &str) -> Result<u64> {
    let pages: u64 = proc(process, "statm")?.split(' ').nth(1).context("statm")?.parse()?;
    Ok(pages * PAGE_BYTES)
}

/// Seconds of processor that a process has used, in itself and in the kernel for it; `self` is this one.
///
/// # Errors
/// As above.
pub fn cpu_seconds(process: &str) -> Result<f64> {
    let stat = proc(process, "stat")?;
    let after_name = stat.rsplit(") ").next().context("stat")?;
    let ticks = |field: usize| -> Result<f64> { Ok(after_name.split(' ').nth(field).context("stat")?.parse()?) };
    // Fields 14 and 15 of the line, of which two stand before the name's end.
    Ok((ticks(11)? + ticks(12)?) / TICKS_PER_SECOND)
}
