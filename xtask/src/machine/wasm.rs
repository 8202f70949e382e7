//! Which compiler builds the page on this machine. Three ways, in this order: the target is there;
//! rustup may fetch it; Debian's packages build it with the standard library from source.
use crate::{machine, project::Project, run, say};
use anyhow::{Result, bail};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-22"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_CLIPPY: &str = "/usr/bin/cargo-clippy";
/// The workspace's `rust-version`, as far as a compiler found on the machine must reach it.
const OLDEST: (u32, u32) = (1, 95);

/// What builds the page.
#[derive(Debug)]
pub(crate) enum Toolchain {
    /// The cargo in `PATH` knows the target.
    Ready,
    /// Debian's compiler, with the standard library built from source and this linker.
    Debian { linker: PathBuf },
}

/// The toolchain for the page, installed when that is possible.
///
/// # Errors
/// With the command to type, when nothing can be installed from here.
pub(crate) fn toolchain(project: &Project) -> Result<Toolchain> {
    if target_is_there(project) {
        return Ok(Toolchain::Ready);
    }
    if rustup_may_fetch() {
        say::title(&format!("Adding {TARGET} by rustup"));
        let mut rustup = run::for_the_page("rustup", project);
        match run::finish(rustup.args(["target", "add", TARGET])) {
            Ok(()) if target_is_there(project) => return Ok(Toolchain::Ready),
            Ok(()) => say::problem("rustup added the target, yet the compiler does not see it"),
            Err(failure) => say::problem(&format!("{failure:#}")),
        }
    }
    if let Some(ready) = debian(project) {
        return Ok(ready);
    }
    if let Err(failure) = machine::install(&DEBIAN, "they build the page", project) {
        bail!("the page cannot be built here\n{failure:#}\n{}", other_way());
    }
    match debian(project) {
        Some(ready) => Ok(ready),
        None => bail!("Debian's packages are installed, yet too old to build the page"),
    }
}

fn other_way() -> String {
    format!("or, where rustup may fetch:\n    rustup target add {TARGET}")
}

fn target_is_there(project: &Project) -> bool {
    let mut rustc = run::for_the_page("rustc", project);
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    // rustc names the folder even when nothing is in it.
    run::answer(&mut rustc).is_ok_and(|folder| Path::new(&folder).is_dir())
}

/// Asking a rustup that may not fetch would only fail, some versions after a long wait.
fn rustup_may_fetch() -> bool {
    std::env::var_os("RUSTUP_AUTO_INSTALL").is_none_or(|value| value != "0") && run::on_path("rustup").is_some()
}

fn debian(project: &Project) -> Option<Toolchain> {
    if !Path::new(DEBIAN_CARGO).is_file() {
        return None;
    }
    let version = run::answer(run::for_the_page(DEBIAN_RUSTC, project).arg("--version")).ok()?;
    if version_of(&version)? < OLDEST {
        return None;
    }
    let sysroot = sysroot(DEBIAN_RUSTC, project)?;
    if !sysroot.join("lib/rustlib/src/rust/library/std").is_dir() {
        return None;
    }
    let linker = linker(project)?;
    Some(Toolchain::Debian { linker })
}

fn sysroot(rustc: &str, project: &Project) -> Option<PathBuf> {
    run::answer(run::for_the_page(rustc, project).args(["--print", "sysroot"])).ok().map(PathBuf::from)
}

/// `rustc 1.96.0 (…)` → `(1, 96)`.
fn version_of(answer: &str) -> Option<(u32, u32)> {
    let mut numbers = answer.split_whitespace().nth(1)?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// LLVM's linker by its usual names, else the one that comes with rustup's compiler.
fn linker(project: &Project) -> Option<PathBuf> {
    let newest_first = (19..=24).rev().map(|version| format!("wasm-ld-{version}"));
    newest_first.chain(["wasm-ld".to_owned()]).find_map(|name| run::on_path(&name)).or_else(|| rust_lld(project))
}

fn rust_lld(project: &Project) -> Option<PathBuf> {
    let hosts = sysroot("rustc", project)?.join("lib/rustlib");
    let folders = std::fs::read_dir(hosts).ok()?;
    folders.flatten().map(|host| host.path().join("bin/rust-lld")).find(|found| found.is_file())
}

impl Toolchain {
    /// How it is named in what we print.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Ready => "the toolchain in PATH",
            Self::Debian { .. } => "Debian's compiler, with the standard library from source",
        }
    }

    /// `cargo rustc` for the page, which says to the crate alone what the libraries need not know; the caller adds package, profile
    /// and that.
    pub(crate) fn build(&self, project: &Project) -> Command {
        let mut command = match self {
            Self::Ready => run::for_the_page("cargo", project),
            Self::Debian { linker } => from_debian(DEBIAN_CARGO, linker, project),
        };
        command.arg("rustc");
        self.aim(&mut command, project);
        command
    }

    /// `cargo clippy` for the page. With the page's own profile it shares the macros that the build
    /// has compiled already, and undoes nothing: what is only checked lies beside what is built.
    ///
    /// # Errors
    /// When Debian's clippy is missing and cannot be installed.
    pub(crate) fn clippy(&self, project: &Project) -> Result<Command> {
        let mut command = match self {
            Self::Ready => {
                let mut cargo = run::for_the_page("cargo", project);
                cargo.arg("clippy");
                cargo
            }
            Self::Debian { linker } => {
                if !Path::new(DEBIAN_CLIPPY).is_file() {
                    machine::install(&DEBIAN, "they check the page", project)?;
                }
                // Called by its path: `cargo clippy` would look in cargo's home first and find
                // the one of another compiler.
                let mut clippy = from_debian(DEBIAN_CLIPPY, linker, project);
                clippy.env("CARGO", DEBIAN_CARGO).arg("clippy");
                clippy
            }
        };
        self.aim(&mut command, project);
        Ok(command)
    }

    /// What makes the module smaller and changes nothing that it does: places and `Debug` texts that no phone shows are left
    /// out, and elements are of one type each. A panic is a trap: the page shows its notice either way. That one needs a
    /// standard library of its own making.
    fn flags(&self) -> String {
        let mut flags = vec!["--cfg=erase_components", "-Zlocation-detail=none", "-Zfmt-debug=none"];
        if let Self::Debian { .. } = self {
            flags.extend(["-Zunstable-options", "-Cpanic=immediate-abort"]);
        }
        flags.join(" ")
    }

    fn aim(&self, command: &mut Command, project: &Project) {
        if let Self::Debian { .. } = self {
            command.arg("-Zbuild-std=std,panic_abort");
        }
        command.env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", self.flags());
        command.args(["--target", TARGET, "--target-dir"]).arg(project.wasm_target());
    }
}

fn from_debian(program: &str, linker: &Path, project: &Project) -> Command {
    let mut command = run::for_the_page(program, project);
    command.env("RUSTC", DEBIAN_RUSTC).env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    command
}

/// Where a build with this profile puts the module of a crate.
pub(crate) fn module(project: &Project, profile: &str, name: &str) -> PathBuf {
    project.wasm_target().join(TARGET).join(profile).join(format!("{name}.wasm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_compilers_version() {
        assert_eq!(version_of("rustc 1.96.0 (ab 2026-05-25)"), Some((1, 96)));
        assert_eq!(version_of("rustc"), None);
        assert!((1, 100) > OLDEST && (1, 63) < OLDEST);
    }

    #[test]
    fn the_oldest_compiler_is_the_one_that_the_workspace_names() {
        let manifest = std::fs::read_to_string(Project::find().unwrap().path("Cargo.toml"));
        let line = format!("rust-version = \"{}.{}\"", OLDEST.0, OLDEST.1);
        assert!(manifest.unwrap().contains(&line));
    }
}
