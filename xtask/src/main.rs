//! The project's own commands, called as `cargo xtask …`. It knows the files of the project and
//! none of its crates.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks on the terminal")]

mod bench;
mod check;
mod command;
mod deny;
mod dev;
mod fuzz;
mod machine;
mod page;
mod pictures;
mod project;
mod run;
mod say;
mod server;
mod setup;
mod tidy;

use command::Command;
use project::Project;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = match Command::read(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(what) => {
            say::problem(&format!("{what}\n\n{}", command::HELP));
            return ExitCode::from(2);
        }
    };
    match Project::find().and_then(|project| carry_out(command, &project)) {
        Ok(code) => code,
        Err(failure) => {
            say::problem(&format!("\nerror: {failure:#}"));
            ExitCode::FAILURE
        }
    }
}

fn carry_out(command: Command, project: &Project) -> anyhow::Result<ExitCode> {
    let done = ExitCode::SUCCESS;
    match command {
        Command::Help => say::line(command::HELP),
        Command::Serve(rest) => server::start("serve", &rest, project)?,
        Command::Demo(rest) => server::start("demo", &rest, project)?,
        Command::Dist => server::dist(project)?,
        Command::Dev(rest) => dev::watch(&rest, project)?,
        Command::Bench(rest) => bench::run(&rest, project)?,
        Command::Fuzz(wanted) => fuzz::run(&wanted, project)?,
        Command::Pictures => pictures::take(project)?,
        Command::Setup => return setup::run(project),
        Command::Tidy => tidy::check(project)?,
        Command::Page => {
            page::weight::show(&page::build(page::Kind::Release, project)?)?;
        }
        Command::Size => page::weight::check(&page::build(page::Kind::Release, project)?)?,
        Command::Test(wanted) => return Ok(check::run(&wanted, project)),
    }
    Ok(done)
}
