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
    // The bench starts what it compares with from beside itself.
    let mut build = run::cargo(project);
    run::finish(build.args(["build", "--release", "-p", "tests", "--bins"]))?;
    say::title("Measuring");
    let mut cargo = run::cargo(project);
    cargo.args(["run", "--release", "-p", "tests", "--bin", "bench", "--"]).args(flags).env("NAZE_BIN", executable);
    run::finish(&mut cargo)
}
