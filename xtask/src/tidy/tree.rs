//! The files that the rules look at, with their Rust code laid bare.
use super::code::{self, Code};
use crate::{page, project::Project};
use anyhow::{Context, Result};
use std::{collections::BTreeSet, fs};

/// Folders and files that people write.
const LOOKED_AT: [&str; 15] = [
    ".ci/run",
    "ARCHITECTURE.md",
    "Cargo.toml",
    "CHANGELOG.md",
    "README.md",
    "app",
    "deny.toml",
    "deploy",
    "fuzz/targets",
    "server",
    "shared",
    "style",
    "tests",
    "trials",
    "xtask",
];

/// One file.
pub(super) struct File {
    /// From the root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
    /// Rust without comments, texts and tests; empty for other files.
    pub(super) code: Code,
    pub(super) role: Role,
}

/// Whether a file is part of what is shipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Shipped,
    Test,
}

impl File {
    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    pub(super) fn is_style(&self) -> bool {
        self.path.ends_with(".css")
    }

    pub(super) fn is_shipped_in(&self, folder: &str) -> bool {
        self.role == Role::Shipped && self.path.starts_with(folder)
    }

    /// The lines that are no part of a test module.
    pub(super) fn shipped_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().filter(|(number, _)| !self.code.is_test(*number))
    }

    /// Lines with their numbers, from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }
}

/// All of them.
pub(super) struct Tree {
    files: Vec<File>,
}

impl Tree {
    pub(super) fn read(project: &Project) -> Result<Self> {
        let mut files = Vec::new();
        for place in LOOKED_AT {
            for path in page::files_below(&project.path(place))? {
                let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
                // Pictures and golden files are not text.
                if let Ok(text) = String::from_utf8(bytes) {
                    files.push((project.shown(&path).replace('\\', "/"), text));
                }
            }
        }
        Ok(Self::from_texts(files))
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        Self::from_texts(files.iter().map(owned).collect())
    }

    fn from_texts(texts: Vec<(String, String)>) -> Self {
        let tests: BTreeSet<String> = texts
            .iter()
            .filter(|(path, _)| path.ends_with(".rs"))
            .flat_map(|(path, text)| code::test_files(path, text))
            .collect();
        let files = texts
            .into_iter()
            .map(|(path, text)| File {
                role: role(&path, &tests),
                code: match path.ends_with(".rs") {
                    true => Code::of(&text),
                    false => Code::default(),
                },
                path,
                text,
            })
            .collect();
        Self { files }
    }

    pub(super) fn files(&self) -> &[File] {
        &self.files
    }

    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    pub(super) fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.is_rust())
    }
}

fn role(path: &str, tests: &BTreeSet<String>) -> Role {
    let told_by_its_place = path.split('/').any(|part| matches!(part, "tests" | "tests.rs" | "benches"));
    // A test's own folder: `wire_tests.rs` may have `wire_tests/`.
    let told_by_its_parent =
        tests.iter().any(|test| path == test || path.starts_with(&format!("{}/", test.trim_end_matches(".rs"))));
    match told_by_its_place || told_by_its_parent {
        true => Role::Test,
        false => Role::Shipped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_told_apart() {
        let tree = Tree::of(&[
            ("shared/src/text.rs", "#[cfg(test)]\nmod laws;\nmod clean;\n"),
            ("shared/src/text/laws.rs", "//! x\n"),
            ("shared/src/text/laws/deep.rs", "//! x\n"),
            ("shared/src/text/clean.rs", "//! x\n"),
            ("server/tests/a.rs", "//! x\n"),
        ]);
        let role = |path| tree.file(path).unwrap().role;
        assert_eq!(role("shared/src/text/laws.rs"), Role::Test);
        assert_eq!(role("shared/src/text/laws/deep.rs"), Role::Test);
        assert_eq!(role("server/tests/a.rs"), Role::Test);
        assert_eq!(role("shared/src/text/clean.rs"), Role::Shipped);
        assert_eq!(role("shared/src/text.rs"), Role::Shipped);
    }
}
