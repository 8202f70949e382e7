//! The page's two bundles, from one crate: what a phone loads to join, and the whole, for who leads. Each is compiled once for
//! its sources: a change of a style, or of the other files, compiles neither.
use super::{
    Kind,
    bindgen::{self, Glue},
    sources,
};
use crate::{machine::wasm, project::Project, run, say};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf};

/// Which part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bundle {
    /// To join and to sit at a board.
    Phone,
    /// Everything.
    Lead,
}

impl Bundle {
    pub(super) const ALL: [Self; 2] = [Self::Phone, Self::Lead];

    /// How its files are called, without the ending; `boot.js` chooses between them.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Phone => "app",
            Self::Lead => "lead",
        }
    }

    /// What is compiled for it: while one writes, one compilation serves for both.
    fn compiled(self, kind: Kind) -> Self {
        match kind {
            Kind::Release => self,
            Kind::Dev => Self::Lead,
        }
    }

    fn features(self) -> &'static [&'static str] {
        match self {
            Self::Phone => &["--no-default-features"],
            Self::Lead => &[],
        }
    }

    /// Where its module is kept: the compiler gives both bundles the same place.
    fn module(self, kind: Kind, project: &Project) -> PathBuf {
        project.wasm_target().join(format!("{}-{}.wasm", self.name(), kind.profile()))
    }
}

/// Module and script of a bundle, compiled unless they were from the same code.
///
/// # Errors
/// When the compiler is missing or the crate does not compile.
pub(super) fn make(bundle: Bundle, kind: Kind, project: &Project) -> Result<Glue> {
    let bundle = bundle.compiled(kind);
    let module = bundle.module(kind, project);
    let stamp = module.with_extension("built-from");
    let code = sources::code(kind.profile(), project)?;
    if !(module.is_file() && fs::read_to_string(&stamp).is_ok_and(|built| built == code)) {
        compile(bundle, kind, project)?;
        let compiled = wasm::module(project, kind.profile(), "app");
        // Removed first: a module that was copied half-way must not look finished.
        let _ = fs::remove_file(&stamp);
        fs::copy(&compiled, &module).with_context(|| format!("copying {}", project.shown(&compiled)))?;
        fs::write(&stamp, code)?;
    }
    bindgen::generate(&module, bundle.name(), kind)
}

fn compile(bundle: Bundle, kind: Kind, project: &Project) -> Result<()> {
    let toolchain = wasm::toolchain(project)?;
    say::title(&format!("Building the page ({}) with {}", bundle.name(), toolchain.name()));
    let mut cargo = toolchain.build(project);
    run::finish(cargo.args(["--package", "app", "--profile", kind.profile()]).args(bundle.features()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crate_has_the_feature_that_makes_the_difference() {
        let project = Project::find().unwrap();
        let manifest = fs::read_to_string(project.path("app/Cargo.toml")).unwrap();
        assert!(manifest.contains("\n[features]\ndefault = [\"conduct\"]\n"), "{manifest}");
        assert_eq!(Bundle::Phone.features(), ["--no-default-features"]);
    }

    #[test]
    fn the_first_script_chooses_between_both() {
        let boot = fs::read_to_string(Project::find().unwrap().path("app/static/boot.js")).unwrap();
        for bundle in Bundle::ALL {
            for ending in ["js", "wasm"] {
                assert!(boot.contains(&format!("{{{{asset:{}.{ending}}}}}", bundle.name())), "{bundle:?} {ending}");
            }
        }
    }

    #[test]
    fn two_bundles_never_share_a_module() {
        let project = Project::find().unwrap();
        let of = |bundle: Bundle, kind| bundle.compiled(kind).module(kind, &project);
        assert_ne!(of(Bundle::Phone, Kind::Release), of(Bundle::Lead, Kind::Release));
        assert_eq!(of(Bundle::Phone, Kind::Dev), of(Bundle::Lead, Kind::Dev));
        assert_ne!(of(Bundle::Lead, Kind::Dev), of(Bundle::Lead, Kind::Release));
    }
}
