//! The page's module, as the compiler makes it: one for everything, with what it takes to cut it up afterwards.
use super::Kind;
use crate::{machine::wasm, project::Project, run, say};
use anyhow::Result;
use std::path::PathBuf;

/// The crate, and how the files of its main module are called without the ending.
pub(super) const NAME: &str = "app";
/// Tells the linker to say where a function or a piece of data is named: who moves one must write the new place there.
const KEEP_PLACES: &str = "-Clink-args=--emit-relocs";

/// Compiles the page and returns where its module is.
///
/// # Errors
/// When the compiler is missing or the crate does not compile.
pub(super) fn compile(kind: Kind, project: &Project) -> Result<PathBuf> {
    let toolchain = wasm::toolchain(project)?;
    say::title(&format!("Building the page with {}", toolchain.name()));
    let mut cargo = toolchain.build(project);
    cargo.args(["--package", NAME, "--lib", "--profile", kind.profile(), "--", KEEP_PLACES]);
    run::finish(&mut cargo)?;
    Ok(wasm::module(project, kind.profile(), NAME))
}
