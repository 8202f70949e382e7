//! wasm-bindgen as a library: its version is the lockfile's, so there is no tool to install and
//! none that could be too old.
use super::{Kind, prune};
use anyhow::{Context, Result, bail};
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// The module and the script that connects it to the browser.
pub(super) struct Glue {
    pub(super) wasm: Vec<u8>,
    pub(super) script: String,
}

pub(super) fn generate(module: &Path, name: &str, kind: Kind) -> Result<Glue> {
    let mut bindgen = Bindgen::new();
    bindgen
        .web(true)?
        .input_path(module)
        .out_name(name)
        .typescript(false)
        // The script would guess the module's name, without its hash: boot.js says it.
        .omit_default_module_path(true)
        .remove_producers_section(kind == Kind::Release)
        .remove_name_section(kind == Kind::Release);
    let mut output =
        bindgen.generate_output().with_context(|| format!("wasm-bindgen could not read {}", module.display()))?;
    let snippets = output.snippets().values().any(|list| !list.is_empty());
    if snippets || !output.local_modules().is_empty() {
        bail!("a crate of the page brings a script of its own; only the generated one is served");
    }
    prune::module(output.wasm_mut());
    let script = prune::script(output.js(), output.wasm());
    Ok(Glue { script, wasm: output.wasm_mut().emit_wasm() })
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
