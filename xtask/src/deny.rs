//! Whether what others wrote may be used: licences, crates that are banned, where they come from, known holes in them. The rules
//! are in `deny.toml`.
use crate::{check::Whole, machine, project::Project, run, say};
use anyhow::{Result, bail};
use std::process::Stdio;

const NOT_REACHED: &str = "known holes in crates (their list cannot be reached from here)";
/// What cargo-deny says when it cannot get the list of holes; an old copy would be used without it.
const NO_LIST: [&str; 2] = ["failed to fetch advisory database", "failed to clone"];

/// Checks all that can be checked from here. The list of holes is fetched; where it cannot be, that is said, and is no failure: a
/// check that fails without a network would be left out soon.
///
/// # Errors
/// When a rule is broken.
pub(crate) fn check(project: &Project) -> Result<Whole> {
    let program = machine::deny::program(project)?;
    let deny = || {
        let mut command = run::program(&program, project);
        command.args(["--locked", "check"]);
        command
    };
    run::finish(deny().args(["--hide-inclusion-graph", "bans", "licenses", "sources"]))?;
    let holes = deny().arg("advisories").stdin(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&holes.stderr).into_owned() + &String::from_utf8_lossy(&holes.stdout);
    if holes.status.success() {
        say::line("advisories ok");
        return Ok(Whole::Yes);
    }
    say::problem(said.trim_end());
    if NO_LIST.iter().any(|sign| said.contains(sign)) {
        say::problem(&format!("NOT CHECKED: {NOT_REACHED}"));
        return Ok(Whole::Without { what: NOT_REACHED });
    }
    bail!("a crate has a known hole; what to do stands above")
}
