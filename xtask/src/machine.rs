//! What this machine has and what it may install: only Debian's packages and only as root;
//! everything else is named with the command to type.
use crate::{project::Project, run, say};
use anyhow::{Result, bail};

pub(crate) mod browsers;
pub(crate) mod deny;
pub(crate) mod proxies;
pub(crate) mod wasm;

/// Installs Debian packages, or says what to type.
///
/// # Errors
/// When this machine or this user cannot install them.
pub(crate) fn install(packages: &[&str], what_for: &str, project: &Project) -> Result<()> {
    let wanted = packages.join(" ");
    if run::on_path("apt-get").is_none() {
        bail!("{what_for}: install what Debian calls {wanted}");
    }
    if !is_root() {
        bail!("{what_for}: type\n    sudo apt-get update && sudo apt-get install {wanted}");
    }
    say::title(&format!("Installing {wanted}: {what_for}"));
    // Lists that cannot be renewed may still be good enough to install from.
    if let Err(failure) = run::finish(apt_get(project).arg("update")) {
        say::problem(&format!("{failure:#}"));
    }
    run::finish(apt_get(project).args(["install", "-y", "--no-install-recommends"]).args(packages))
}

fn apt_get(project: &Project) -> std::process::Command {
    let mut command = run::program("apt-get", project);
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-qq", "-o", "DPkg::Lock::Timeout=600"]);
    command
}

#[cfg(target_os = "linux")]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}
