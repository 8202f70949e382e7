//! wasm-bindgen as a library: its version is the lockfile's, so there is no tool to install and
//! none that could be too old.
use super::{
    Kind, module, prune,
    split::{self, Chunk},
};
use anyhow::{Context, Result, bail};
use std::{fs, path::Path};
use wasm_bindgen_cli_support::Bindgen;

/// The main module, the script that connects it to the browser and sends for the rest, and the rest.
pub(super) struct Made {
    pub(super) wasm: Vec<u8>,
    pub(super) script: String,
    pub(super) later: Vec<Chunk>,
}

/// Cuts what the compiler has made, and connects it. `folder` is where that is done.
pub(super) fn generate(compiled: &Path, folder: &Path, kind: Kind) -> Result<Made> {
    let compiled = fs::read(compiled).with_context(|| format!("reading {}", compiled.display()))?;
    let split = split::split(&prune::module(&compiled)?, folder, kind)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .web(true)?
        .input_path(&split.main)
        .out_name(module::NAME)
        .typescript(false)
        // The script would guess the module's name, without its hash: boot.js says it.
        .omit_default_module_path(true)
        // The table of functions is among them, by which the modules call each other.
        .keep_lld_exports(true)
        .remove_producers_section(kind == Kind::Release)
        .remove_name_section(kind == Kind::Release);
    let mut output = bindgen.generate_output().context("wasm-bindgen could not read the page's module")?;
    let snippets = output.snippets().values().any(|list| !list.is_empty());
    if snippets || !output.local_modules().is_empty() {
        bail!("a crate of the page brings a script of its own; only the generated one is served");
    }
    let script = split.join(&prune::script(output.js(), output.wasm()))?;
    Ok(Made { script, wasm: output.wasm_mut().emit_wasm(), later: split.chunks })
}

#[cfg(test)]
mod tests {
    use crate::project::Project;

    fn locked(name: &str) -> String {
        let lock = std::fs::read_to_string(Project::find().unwrap().path("Cargo.lock")).unwrap();
        let after = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).unwrap().1;
        after.split_once('"').unwrap().0.to_owned()
    }

    #[test]
    fn the_library_and_the_crate_have_one_version() {
        let (library, page) = (locked("wasm-bindgen-cli-support"), locked("wasm-bindgen"));
        assert_eq!(library, page, "set wasm-bindgen-cli-support in xtask/Cargo.toml to ={page}");
    }
}
