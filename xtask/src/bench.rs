//! Measures speed: the released server as its own process, driven by the bench in `tests`.
use crate::{project::Project, run, say, server};
use anyhow::Result;
use std::ffi::OsString;

/// Builds both and runs the bench with these flags.
///
/// # Errors
/// When something cannot be built or the bench does not end well.
pub(crate) fn run(flags: &[OsString], project: &Project) -> Result<()> {
    let executable = server::release(project)?;
    say::title("Measuring");
    let mut cargo = run::cargo(project);
    cargo.args(["run", "--release", "-p", "tests", "--bin", "bench", "--"]).args(flags).env("NAZE_BIN", executable);
    run::finish(&mut cargo)
}
