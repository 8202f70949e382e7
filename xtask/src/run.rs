//! Starting other programs: with which environment, and what is said when they fail.
use crate::{page::Kind, project::Project};
use anyhow::{Context, Result, bail};
use std::{
    ffi::OsStr,
    fmt::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What the outer `cargo run` tells xtask about itself. A child that inherits it would take it for
/// its own, and build scripts that watch these names would run again for nothing.
fn is_about_xtask(name: &str) -> bool {
    name.starts_with("CARGO_PKG_")
        || name.starts_with("CARGO_MANIFEST_")
        || matches!(name, "CARGO_CRATE_NAME" | "CARGO_BIN_NAME" | "OUT_DIR")
}

/// What decides how the host's crates are built and would break the page, which another compiler
/// or another toolchain builds.
fn is_about_the_host(name: &str) -> bool {
    matches!(
        name,
        "CARGO"
            | "RUSTC"
            | "RUSTDOC"
            | "RUSTC_WRAPPER"
            | "RUSTC_WORKSPACE_WRAPPER"
            | "RUSTFLAGS"
            | "RUSTUP_TOOLCHAIN"
            | "RUST_RECURSION_COUNT"
            | "LD_LIBRARY_PATH"
            | "CARGO_TARGET_DIR"
            | "CARGO_ENCODED_RUSTFLAGS"
    ) || name.starts_with("CARGO_BUILD_")
        || name.starts_with("CARGO_PROFILE_")
        || name.starts_with("CARGO_UNSTABLE_")
}

/// A program that runs in the root of the project.
pub(crate) fn program(name: impl AsRef<OsStr>, project: &Project) -> Command {
    let mut command = elsewhere(name);
    command.current_dir(project.root());
    command
}

/// A program that runs where the command was typed.
pub(crate) fn elsewhere(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    remove(&mut command, is_about_xtask);
    command
}

/// The cargo that started us, for this machine's own kind.
pub(crate) fn cargo(project: &Project) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = program(cargo, project);
    command
        .env("CARGO_TARGET_DIR", project.target())
        // The server embeds this folder. Said to every command alike, because a change of it
        // compiles the server again.
        .env("NAZE_PAGE_DIR", Kind::Release.folder(project));
    command
}

/// A compiler or cargo for the page, free of everything that was meant for the host.
pub(crate) fn for_the_page(name: impl AsRef<OsStr>, project: &Project) -> Command {
    let mut command = program(name, project);
    remove(&mut command, is_about_the_host);
    command
}

fn remove(command: &mut Command, unwanted: fn(&str) -> bool) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(unwanted) {
            command.env_remove(name);
        }
    }
}

/// Runs to the end with the output on the terminal; nothing is ever asked.
///
/// # Errors
/// When the program cannot start or does not end well.
pub(crate) fn finish(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("could not start: {shown}"))?;
    if !status.success() {
        bail!("ended with {status}: {shown}");
    }
    Ok(())
}

/// Runs to the end and returns what it printed, without the end of line.
///
/// # Errors
/// When the program cannot start or does not end well.
pub(crate) fn answer(command: &mut Command) -> Result<String> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("could not start: {shown}"))?;
    if !output.status.success() {
        bail!("ended with {}: {shown}\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim_end());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        let argument = argument.to_string_lossy();
        let _ = if argument.is_empty() || argument.contains([' ', '"', '\'', '$', '*']) {
            write!(line, " '{argument}'")
        } else {
            write!(line, " {argument}")
        };
    }
    line
}

/// A program found in `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(&file)).find(|found| is_program(found))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_for_the_page_inherits_nothing_of_the_host() {
        for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC_WRAPPER", "RUSTFLAGS", "LD_LIBRARY_PATH"] {
            assert!(is_about_the_host(name), "{name}");
        }
        for name in ["PATH", "CARGO_HOME", "RUSTUP_HOME", "CARGO_NET_OFFLINE"] {
            assert!(!is_about_the_host(name) && !is_about_xtask(name), "{name}");
        }
        assert!(is_about_xtask("CARGO_MANIFEST_DIR") && is_about_xtask("CARGO_PKG_NAME"));
    }

    #[test]
    fn commands_are_shown_as_typed() {
        let mut command = Command::new("cargo");
        command.args(["test", "--", "two people"]);
        assert_eq!(shown(&command), "cargo test -- 'two people'");
    }

    #[test]
    fn failures_name_the_command() {
        let project = Project::find().unwrap();
        let failure = finish(&mut program("no-such-program-here", &project)).unwrap_err();
        assert!(failure.to_string().contains("no-such-program-here"));
        assert_eq!(on_path("no-such-program-here"), None);
        let cargo = answer(cargo(&project).arg("--version")).unwrap();
        assert!(cargo.starts_with("cargo "));
    }
}
