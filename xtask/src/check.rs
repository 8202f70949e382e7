//! `cargo xtask test`: everything that can be checked, in stages. A stage that fails hides no other
//! one, except those that need what it makes.
use crate::{
    deny,
    machine::{browsers, proxies, wasm},
    page::{self, Kind},
    project::Project,
    run, say, server, tidy,
};
use anyhow::Result;
use std::{
    ffi::OsString,
    fs,
    process::{Command, ExitCode},
    time::Instant,
};

mod report;

use report::{Outcome, Report};

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// All when none.
    pub(crate) stage: Option<Stage>,
    pub(crate) browsers: Browsers,
    /// Passed on to the tests.
    pub(crate) filters: Vec<OsString>,
}

/// Whether the tests in real browsers run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browsers {
    Used,
    LeftOut,
}

/// One thing that is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Format,
    Tidy,
    Deny,
    Page,
    Weight,
    Clippy,
    ClippyPage,
    Unit,
    Server,
    Integration,
}

impl Stage {
    /// In the order in which they run: what is quick and often wrong first.
    pub(crate) const ALL: [Self; 10] = [
        Self::Format,
        Self::Tidy,
        Self::Deny,
        Self::Page,
        Self::Weight,
        Self::Clippy,
        Self::ClippyPage,
        Self::Unit,
        Self::Server,
        Self::Integration,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Tidy => "tidy",
            Self::Deny => "deny",
            Self::Page => "page",
            Self::Weight => "weight",
            Self::Clippy => "clippy",
            Self::ClippyPage => "clippy-page",
            Self::Unit => "unit",
            Self::Server => "server",
            Self::Integration => "integration",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    fn title(self) -> &'static str {
        match self {
            Self::Format => "The code is formatted",
            Self::Tidy => "The house rules are kept",
            Self::Deny => "What others wrote may be used",
            Self::Page => "The page builds",
            Self::Weight => "The page is light enough",
            Self::Clippy => "Lints, on this machine",
            Self::ClippyPage => "Lints, as the page is compiled",
            Self::Unit => "Unit and property tests",
            Self::Server => "The server builds",
            Self::Integration => "Sockets, processes and browsers",
        }
    }

    /// What must have gone well before.
    fn needs(self) -> Option<Self> {
        match self {
            Self::Weight | Self::Server => Some(Self::Page),
            Self::Integration => Some(Self::Server),
            _ => None,
        }
    }
}

/// Runs the stages and says how each went.
pub(crate) fn run(wanted: &Wanted, project: &Project) -> ExitCode {
    let mut report = Report::default();
    for stage in plan(wanted.stage) {
        if let Some(missing) = stage.needs().filter(|needed| report.has_failed(*needed)) {
            report.add(stage, Outcome::Skipped { without: missing });
            continue;
        }
        say::title(&format!("{} ({})", stage.title(), stage.name()));
        let began = Instant::now();
        let outcome = match carry_out(stage, wanted, project) {
            Ok(Whole::Yes) => Outcome::Passed,
            Ok(Whole::Without { what }) => Outcome::Partly { without: what },
            Err(failure) => {
                say::problem(&format!("{} failed: {failure:#}", stage.name()));
                Outcome::Failed
            }
        };
        let took = began.elapsed();
        say::line(&format!("{}: {}", stage.name(), say::elapsed(took)));
        report.add_timed(stage, outcome, took);
    }
    say::line(&report.table());
    report.exit_code()
}

/// The stages to run: all, or one after those that it needs.
fn plan(wanted: Option<Stage>) -> Vec<Stage> {
    let Some(stage) = wanted else {
        return Stage::ALL.to_vec();
    };
    let mut stages = vec![stage];
    while let Some(needed) = stages.last().and_then(|stage| stage.needs()) {
        stages.push(needed);
    }
    stages.reverse();
    stages
}

/// Whether a stage that went well looked at everything that it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    Yes,
    /// This could not be looked at from here.
    Without {
        what: &'static str,
    },
}

fn carry_out(stage: Stage, wanted: &Wanted, project: &Project) -> Result<Whole> {
    match stage {
        Stage::Deny => return deny::check(project),
        Stage::Format => run::finish(run::cargo(project).args(["fmt", "--all", "--check"])),
        Stage::Tidy => tidy::check(project),
        Stage::Page => page::build(Kind::Release, project).map(|_| ()),
        Stage::Weight => page::weight::check(&Kind::Release.folder(project)),
        Stage::Clippy => clippy(project),
        Stage::ClippyPage => clippy_page(project),
        Stage::Unit => unit(wanted, project),
        Stage::Server => server::compile(project),
        Stage::Integration => integration(wanted, project),
    }?;
    Ok(Whole::Yes)
}

fn clippy(project: &Project) -> Result<()> {
    page_folder(project)?;
    let mut cargo = run::cargo(project);
    cargo.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    run::finish(&mut cargo)
}

/// What is compiled for the browser only is seen by no other stage.
fn clippy_page(project: &Project) -> Result<()> {
    let mut clippy = wasm::toolchain(project)?.clippy(project)?;
    let profile = Kind::Release.profile();
    run::finish(clippy.args(["--package", "app", "--profile", profile, "--", "-D", "warnings"]))
}

fn unit(wanted: &Wanted, project: &Project) -> Result<()> {
    page_folder(project)?;
    let mut cargo = run::cargo(project);
    cargo.args(["test", "-p", "shared", "-p", "server", "-p", "app", "-p", "trials", "-p", "xtask"]);
    run::finish(filtered(&mut cargo, wanted))
}

fn integration(wanted: &Wanted, project: &Project) -> Result<()> {
    let mut cargo = run::cargo(project);
    cargo.args(["test", "-p", "tests"]).env("NAZE_BIN", project.server());
    let proxies = proxies::proxies(project)?;
    cargo.env("NAZE_NGINX", proxies.nginx).env("NAZE_CADDY", proxies.caddy);
    match wanted.browsers {
        Browsers::LeftOut => {
            cargo.env("NAZE_QUICK", "1");
        }
        Browsers::Used => {
            let found = browsers::browsers(project)?;
            cargo
                .env_remove("NAZE_QUICK")
                .env("NAZE_CHROMIUM", found.chromium)
                .env("NAZE_CHROMEDRIVER", found.driver)
                .env("NAZE_AXE", found.axe);
        }
    }
    run::finish(filtered(&mut cargo, wanted))
}

/// Every test target runs, also after one that failed.
fn filtered<'a>(cargo: &'a mut Command, wanted: &Wanted) -> &'a mut Command {
    cargo.args(["--no-fail-fast", "--"]).args(&wanted.filters)
}

/// The server does not compile without the folder, even where no page could be built.
fn page_folder(project: &Project) -> Result<()> {
    Ok(fs::create_dir_all(Kind::Release.folder(project))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stage_brings_what_it_needs() {
        assert_eq!(plan(None), Stage::ALL);
        assert_eq!(plan(Some(Stage::Format)), [Stage::Format]);
        assert_eq!(plan(Some(Stage::Integration)), [Stage::Page, Stage::Server, Stage::Integration]);
    }

    #[test]
    fn what_a_stage_needs_runs_before_it() {
        let place = |wanted| Stage::ALL.iter().position(|stage| *stage == wanted);
        for stage in Stage::ALL {
            assert!(stage.needs().is_none_or(|needed| place(needed) < place(stage)));
            assert_eq!(Stage::named(stage.name()), Some(stage));
        }
    }
}
