//! The server's executable: built with the page in it, started, or laid out to be carried away.
use crate::{
    page::{self, Kind},
    project::Project,
    run, say,
};
use anyhow::{Context, Result};
use std::{ffi::OsString, fs, path::PathBuf, process::Command, time::Instant};

/// Page and server, released. Nothing is compiled when nothing has changed.
///
/// # Errors
/// When either cannot be built.
pub(crate) fn release(project: &Project) -> Result<PathBuf> {
    page::build(Kind::Release, project)?;
    compile(project)?;
    Ok(project.server())
}

/// The server alone, around the page as it lies in `target/page`.
///
/// # Errors
/// When it does not compile.
pub(crate) fn compile(project: &Project) -> Result<()> {
    let began = Instant::now();
    say::title("Building the server");
    run::finish(run::cargo(project).args(["build", "--release", "-p", "server", "--bin", "naze"]))?;
    say::line(&format!("The server took {}.", say::elapsed(began.elapsed())));
    Ok(())
}

/// Builds all and becomes the server: signals and the terminal are its own.
///
/// # Errors
/// When something cannot be built or the server cannot start.
pub(crate) fn start(what: &str, flags: &[OsString], project: &Project) -> Result<()> {
    let executable = release(project)?;
    // In the folder where the command was typed: paths in the flags mean that folder.
    let mut server = run::elsewhere(executable);
    server.arg(what).args(flags);
    become_it(&mut server)
}

#[cfg(unix)]
fn become_it(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec()).with_context(|| format!("could not start: {}", run::shown(command)))
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> Result<()> {
    run::finish(command)
}

/// Lays the released server into `target/dist`, without what only a debugger reads.
///
/// # Errors
/// When it cannot be built or copied.
pub(crate) fn dist(project: &Project) -> Result<()> {
    let built = release(project)?;
    let handed_out = project.dist();
    if let Some(folder) = handed_out.parent() {
        fs::create_dir_all(folder)?;
    }
    // Beside it first, then renamed: an older one may be running.
    let fresh = handed_out.with_extension("new");
    fs::copy(&built, &fresh).with_context(|| format!("copying {}", project.shown(&built)))?;
    strip(&fresh, project);
    fs::rename(&fresh, &handed_out)?;
    let size = fs::metadata(&handed_out)?.len();
    let shown = project.shown(&handed_out);
    say::line(&format!(
        "\n{shown}: {}, the page in it\n\n\
         Copy it to any machine of the same kind ({}, {}) and type\n    ./naze serve\n\
         It needs nothing beside it. `./naze --help` tells the rest.",
        say::kilobytes(size),
        std::env::consts::OS,
        std::env::consts::ARCH,
    ));
    Ok(())
}

/// Stripping by the tool: as a setting of the profile it would compile everything a second time.
fn strip(executable: &std::path::Path, project: &Project) {
    if run::on_path("strip").is_none() {
        say::problem("There is no `strip` here, so the executable keeps its symbols.");
        return;
    }
    if let Err(failure) = run::finish(run::program("strip", project).arg(executable)) {
        say::problem(&format!("{failure:#}"));
    }
}
