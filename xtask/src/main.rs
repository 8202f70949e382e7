//! The project's own commands, called as `cargo xtask …`. It knows the files of the project and
//! none of its crates.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks on the terminal")]

mod machine;
mod page;
mod project;
mod run;
mod say;

fn main() -> anyhow::Result<()> {
    let project = project::Project::find()?;
    let folder = page::build(page::Kind::Release, &project)?;
    page::weight::check(&folder)
}
