//! Which crate may know which: `app → shared ← server`; `tests` sees all; `xtask` sees none.
use super::{
    Finding,
    tree::{File, Tree},
};

const OURS: [&str; 6] = ["app", "server", "shared", "tests", "trials", "xtask"];
/// Each crate with those of ours that it may depend on.
const MAY_KNOW: [(&str, &[&str]); 6] = [
    ("app", &["shared"]),
    ("server", &["shared"]),
    ("shared", &[]),
    ("tests", &["app", "server", "shared"]),
    ("trials", &["server", "shared"]),
    ("xtask", &[]),
];

pub(super) fn who_depends_on_whom(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, known) in MAY_KNOW {
        let Some(manifest) = tree.file(&format!("{name}/Cargo.toml")) else {
            continue;
        };
        for (line, dependency) in dependencies(manifest) {
            if OURS.contains(&dependency.as_str()) && !known.contains(&dependency.as_str()) {
                let what = format!("{name} must not know {dependency}");
                findings.push(Finding::at(manifest, line, what));
            }
        }
    }
    findings
}

/// The names in every section of dependencies, with their lines.
fn dependencies(manifest: &File) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut inside = false;
    for (number, line) in manifest.lines() {
        let line = line.trim();
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section.ends_with("dependencies");
            // `[dependencies.server]`
            if let Some((_, name)) = section.split_once("dependencies.") {
                found.push((number, name.to_owned()));
            }
        } else if inside {
            let name: String =
                line.chars().take_while(|character| character.is_alphanumeric() || "-_".contains(*character)).collect();
            found.push((number, name));
        }
    }
    found
}

/// A path to a source of another crate would be a dependency in disguise.
pub(super) fn xtask_stands_alone(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.is_shipped_in("xtask/src/")) {
        for (number, line) in file.code.lines() {
            if line.contains("#[path") {
                findings.push(Finding::at(file, number, "takes a source from elsewhere"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::{super::tests::places, *};

    #[test]
    fn a_crate_that_knows_too_much_is_found() {
        let bad = "[dependencies]\nserver.workspace = true\n\n[dev-dependencies]\napp = { path = \"../app\" }\n";
        let path = "xtask/Cargo.toml";
        assert_eq!(places(who_depends_on_whom, &[(path, bad)]), ["xtask/Cargo.toml:2", "xtask/Cargo.toml:5"]);
        let table = "[dependencies.server]\npath = \"x\"\n";
        assert_eq!(places(who_depends_on_whom, &[("app/Cargo.toml", table)]).len(), 1);
        let good = "[package]\nname = \"server\"\n[dependencies]\nshared.workspace = true\n";
        assert!(places(who_depends_on_whom, &[("server/Cargo.toml", good)]).is_empty());
    }

    #[test]
    fn sources_from_elsewhere_are_found() {
        let bad = [("xtask/src/a.rs", "//! x\n#[path = \"../../server/src/b.rs\"]\nmod b;\n")];
        assert_eq!(places(xtask_stands_alone, &bad), ["xtask/src/a.rs:2"]);
    }
}
