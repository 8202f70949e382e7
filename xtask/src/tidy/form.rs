//! How a file looks from outside: its length, its first line, its name, what it must not mention.
use super::{
    Finding,
    tree::{File, Tree},
};

/// Longer files are not read in one sitting.
const LONGEST: usize = 400;
/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 9] = ["mod", "util", "utils", "helper", "helpers", "common", "type", "types", "manager"];
/// Folders of somebody's machine and hosts of registries. Written in two halves, so that this file
/// keeps its own rule.
const PLACES: [&str; 8] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/Use", "rs/"),
    concat!("registry.npm", "js.org"),
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("deb.debian", ".org"),
];

pub(super) fn short_files(tree: &Tree) -> Vec<Finding> {
    tree.files()
        .iter()
        .filter(|file| file.is_rust() || file.is_style())
        .filter_map(|file| {
            let lines = file.text.lines().count();
            let what = format!("has {lines} lines; {LONGEST} is the limit: split it");
            (lines > LONGEST).then(|| Finding::of(file, what))
        })
        .collect()
}

pub(super) fn told_what_for(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| Finding::of(file, "opens with `//!`: say what it is for"))
        .collect()
}

pub(super) fn telling_names(tree: &Tree) -> Vec<Finding> {
    let says_nothing =
        |file: &&File| file.path.split('/').any(|part| EMPTY_NAMES.contains(&part.trim_end_matches(".rs")));
    tree.rust()
        .filter(says_nothing)
        .map(|file| Finding::of(file, "is named after nothing: name it after what it holds"))
        .collect()
}

pub(super) fn no_places_of_machines(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files() {
        for (number, line) in file.lines() {
            if let Some(place) = PLACES.iter().find(|place| line.contains(*place)) {
                let what = format!("{place} is a place on one machine or network: leave it out");
                findings.push(Finding::at(file, number, what));
            }
        }
    }
    findings
}

/// What continuous integration runs is what people run.
pub(super) fn one_check_for_all(tree: &Tree) -> Vec<Finding> {
    tree.file(".ci/run")
        .filter(|file| !file.text.contains("cargo xtask test"))
        .map(|file| Finding::of(file, "must call `cargo xtask test`"))
        .into_iter()
        .collect()
}

/// Who installs from the README has what the tests run with.
pub(super) fn recipes_are_shown_as_tested(tree: &Tree) -> Vec<Finding> {
    let Some(readme) = tree.file("README.md") else { return Vec::new() };
    let is_shown = |file: &&File| readme.text.contains(&format!("\n{}```", file.text));
    tree.files()
        .iter()
        .filter(|file| file.path.starts_with("deploy/"))
        .filter(|file| !is_shown(file))
        .map(|file| Finding::of(file, "is not in README.md as it is here"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::places, *};

    #[test]
    fn long_files_are_found() {
        let long = "//! x\n".repeat(401);
        let files = [("app/src/a.rs", long.as_str()), ("style/b.css", &long), ("app/c.txt", &long)];
        assert_eq!(places(short_files, &files), ["app/src/a.rs", "style/b.css"]);
        let good = "//! x\n".repeat(400);
        assert!(places(short_files, &[("app/src/a.rs", &good)]).is_empty());
    }

    #[test]
    fn a_first_line_is_asked_for() {
        let files = [("app/src/a.rs", "use b;\n//! late\n"), ("app/src/b.rs", "//! For b.\n")];
        assert_eq!(places(told_what_for, &files), ["app/src/a.rs"]);
    }

    #[test]
    fn empty_names_are_found() {
        let bad = ["app/src/mod.rs", "server/src/utils/clock.rs", "shared/src/types.rs"];
        for path in bad {
            assert_eq!(places(telling_names, &[(path, "//! x\n")]), [path]);
        }
        let good = [("shared/src/ids.rs", ""), ("shared/src/model.rs", "")];
        assert!(places(telling_names, &good).is_empty());
    }

    #[test]
    fn places_of_machines_are_found() {
        for place in PLACES {
            let line = format!("//! x\nlet a = \"{place}b\";\n");
            assert_eq!(places(no_places_of_machines, &[("app/src/a.rs", &line)]), ["app/src/a.rs:2"]);
        }
    }

    #[test]
    fn continuous_integration_calls_the_one_command() {
        assert_eq!(places(one_check_for_all, &[(".ci/run", "cargo test\n")]), [".ci/run"]);
    }

    #[test]
    fn a_recipe_that_is_not_the_readmes_is_found() {
        let recipe = ("deploy/nginx.conf", "server {\n}\n");
        let shown = ("README.md", "# Naze\n\n```nginx\nserver {\n}\n```\n");
        assert!(places(recipes_are_shown_as_tested, &[recipe, shown]).is_empty());
        let other = ("README.md", "```nginx\nserver {\n  a\n}\n```\n");
        assert_eq!(places(recipes_are_shown_as_tested, &[recipe, other]), ["deploy/nginx.conf"]);
    }
}
