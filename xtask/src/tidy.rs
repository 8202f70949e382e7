//! The house rules that no lint knows, as functions from the files of the project to findings.
use crate::{project::Project, say};
use anyhow::{Result, bail};

mod code;
mod crates;
mod form;
mod pure;
mod screen;
mod tree;

use tree::{File, Tree};

/// One breach: where, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    place: String,
    what: String,
}

impl Finding {
    fn at(file: &File, line: usize, what: impl Into<String>) -> Self {
        Self { place: format!("{}:{line}", file.path), what: what.into() }
    }

    fn of(file: &File, what: impl Into<String>) -> Self {
        Self { place: file.path.clone(), what: what.into() }
    }
}

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: [Rule; 17] = [
    form::short_files,
    form::told_what_for,
    form::telling_names,
    form::no_places_of_machines,
    form::one_check_for_all,
    form::recipes_are_shown_as_tested,
    pure::no_edge_in_shared,
    pure::no_usize_on_the_wire,
    pure::one_map_of_rooms,
    screen::no_addresses,
    screen::colours_only_in_tokens,
    screen::index_agrees_with_tokens,
    screen::no_script_inside_the_index,
    screen::a_module_for_every_style,
    screen::nothing_after_has,
    crates::who_depends_on_whom,
    crates::xtask_stands_alone,
];

/// Checks all rules.
///
/// # Errors
/// When one is broken; every breach is shown.
pub(crate) fn check(project: &Project) -> Result<()> {
    let tree = Tree::read(project)?;
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    findings.sort_by(|a, b| a.place.cmp(&b.place));
    for finding in &findings {
        say::line(&format!("{}: {}", finding.place, finding.what));
    }
    if !findings.is_empty() {
        bail!("{} house rules broken", findings.len());
    }
    say::line(&format!("{} rules kept by {} files.", RULES.len(), tree.files().len()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a rule says about files that are given as path and text.
    pub(super) fn places(rule: Rule, files: &[(&str, &str)]) -> Vec<String> {
        let tree = Tree::of(files);
        rule(&tree).into_iter().map(|finding| finding.place).collect()
    }

    #[test]
    fn a_clean_tree_passes_every_rule() {
        let tree = Tree::of(&[(".ci/run", "exec cargo xtask test\n"), ("shared/src/lib.rs", "//! The model.\n")]);
        for rule in RULES {
            assert_eq!(rule(&tree), []);
        }
    }
}
