//! Makes a machine ready for every command, and says of each part whether it is.
use crate::{
    machine::{browsers, deny, proxies, wasm},
    project::Project,
    run, say,
};
use anyhow::{Context, Result};
use std::process::ExitCode;

/// Installs what can be installed and names the rest; one part that is missing hides no other.
///
/// # Errors
/// Never by itself; what is missing is in the exit code.
pub(crate) fn run(project: &Project) -> Result<ExitCode> {
    let parts = [
        ("format", component("fmt", "rustfmt", project)),
        ("clippy", component("clippy", "clippy", project)),
        ("the page's compiler", wasm::toolchain(project).map(|found| found.name().to_owned())),
        ("browser, driver, axe-core", browsers::browsers(project).map(|found| found.chromium.display().to_string())),
        ("cargo-deny", deny::program(project).map(|found| found.display().to_string())),
        ("nginx and Caddy", proxies::proxies(project).map(|found| found.nginx.display().to_string())),
    ];
    say::title("This machine");
    let mut code = ExitCode::SUCCESS;
    for (name, found) in parts {
        match found {
            Ok(what) => say::line(&format!("  ready    {name}: {what}")),
            Err(failure) => {
                code = ExitCode::FAILURE;
                say::line(&format!("  missing  {name}: {failure:#}"));
            }
        }
    }
    Ok(code)
}

fn component(command: &str, name: &str, project: &Project) -> Result<String> {
    run::answer(run::cargo(project).args([command, "--version"]))
        .with_context(|| format!("type\n    rustup component add {name}"))
}
