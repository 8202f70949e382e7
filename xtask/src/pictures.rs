//! Takes the pictures of the docs anew: a real server, a real browser, the states of a board one after another.
use crate::{machine::browsers, page, page::Kind, project::Project, run, say, server};
use anyhow::Result;

/// Builds what is shown and takes the pictures.
///
/// # Errors
/// When something cannot be built, there is no browser, or a state is not reached.
pub(crate) fn take(project: &Project) -> Result<()> {
    page::build(Kind::Release, project)?;
    server::compile(project)?;
    let found = browsers::browsers(project)?;
    say::title("Taking pictures into docs/pictures");
    let mut cargo = run::cargo(project);
    cargo.args(["run", "-p", "tests", "--bin", "pictures"]).env("NAZE_BIN", project.server());
    cargo.env("NAZE_CHROMIUM", found.chromium).env("NAZE_CHROMEDRIVER", found.driver).env("NAZE_AXE", found.axe);
    run::finish(&mut cargo)
}
