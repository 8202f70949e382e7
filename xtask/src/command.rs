//! What can be typed after `cargo xtask`, and what is said when it cannot be understood.
use crate::{
    check::{Browsers, Stage, Wanted},
    fuzz,
};
use std::ffi::OsString;

pub(crate) const HELP: &str = "\
cargo xtask COMMAND

    serve [FLAGS]      build everything and start the server; FLAGS go to `naze serve`
                       (--listen, --data, --public-url; `serve --help` lists them)
    demo [FLAGS]       the same with a simulated workshop; FLAGS go to `naze demo`
    dev [FLAGS]        rebuild on save, restart the server, reload the page
    test [STAGE] [--quick] [-- FILTERS]
                       check everything, or one stage:
                       format tidy deny page weight clippy clippy-page unit server integration
                       --quick leaves the browsers out; FILTERS go to the tests
    bench [FLAGS]      measure speed; FLAGS go to the bench
    fuzz [--minutes N] [wire|ops|import|http]
                       look for bytes that break a promise, 3 minutes each
    pictures           take the pictures of the docs anew
    dist               one executable, target/dist/naze, that needs nothing beside it
    page               build the page only, and say what each part weighs
    size               the same, and fail when it is too heavy
    tidy               check the house rules
    setup              install what is missing, or name what to type
    help               this text";

/// One command with what belongs to it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Serve(Vec<OsString>),
    Demo(Vec<OsString>),
    Dev(Vec<OsString>),
    Bench(Vec<OsString>),
    Fuzz(fuzz::Wanted),
    Test(Wanted),
    Dist,
    Pictures,
    Page,
    Size,
    Tidy,
    Setup,
    Help,
}

impl Command {
    /// Reads the words after `cargo xtask`.
    ///
    /// # Errors
    /// With a sentence that names the word which was not understood.
    pub(crate) fn read(words: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut words = words;
        let Some(first) = words.next() else {
            return Ok(Self::Help);
        };
        let rest: Vec<OsString> = words.collect();
        let name = first.to_string_lossy().into_owned();
        let alone = |command: Self| match rest.first() {
            None => Ok(command),
            Some(word) if is_help(word) => Ok(Self::Help),
            Some(word) => Err(format!("{name} takes no {}", word.to_string_lossy())),
        };
        match name.as_str() {
            "dist" => alone(Self::Dist),
            "pictures" => alone(Self::Pictures),
            "page" => alone(Self::Page),
            "size" => alone(Self::Size),
            "tidy" => alone(Self::Tidy),
            "setup" => alone(Self::Setup),
            "help" | "--help" | "-h" => Ok(Self::Help),
            "serve" => Ok(Self::Serve(rest)),
            "demo" => Ok(Self::Demo(rest)),
            "dev" => Ok(Self::Dev(rest)),
            "bench" => Ok(Self::Bench(rest)),
            "fuzz" if rest.iter().any(is_help) => Ok(Self::Help),
            "fuzz" => fuzz::Wanted::read(&rest).map(Self::Fuzz),
            "test" => test(&rest),
            other => Err(format!("there is no command {other}")),
        }
    }
}

fn is_help(word: &OsString) -> bool {
    word == "--help" || word == "-h"
}

fn test(words: &[OsString]) -> Result<Command, String> {
    let mut wanted = Wanted { stage: None, browsers: Browsers::Used, filters: Vec::new() };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.to_str() {
            Some("--") => wanted.filters = words.by_ref().cloned().collect(),
            Some("--quick") => wanted.browsers = Browsers::LeftOut,
            Some("--help" | "-h") => return Ok(Command::Help),
            Some(name) if wanted.stage.is_none() && Stage::named(name).is_some() => {
                wanted.stage = Stage::named(name);
            }
            _ => return Err(format!("test takes no {}", word.to_string_lossy())),
        }
    }
    Ok(Command::Test(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        Command::read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn what_follows_serve_is_passed_on_unchanged() {
        let flags = ["--listen", "127.0.0.1:0", "--help"].map(OsString::from);
        assert_eq!(read("serve --listen 127.0.0.1:0 --help"), Ok(Command::Serve(flags.to_vec())));
    }

    #[test]
    fn test_takes_a_stage_a_flag_and_filters() {
        let wanted = Wanted {
            stage: Some(Stage::Integration),
            browsers: Browsers::LeftOut,
            filters: vec!["two".into(), "--nocapture".into()],
        };
        assert_eq!(read("test --quick integration -- two --nocapture"), Ok(Command::Test(wanted)));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert_eq!(read("srve"), Err("there is no command srve".to_owned()));
        assert_eq!(read("dist --fast"), Err("dist takes no --fast".to_owned()));
        assert_eq!(read("test unti"), Err("test takes no unti".to_owned()));
        assert_eq!(read("test unit page"), Err("test takes no page".to_owned()));
        assert_eq!(read(""), Ok(Command::Help));
        assert_eq!(read("size -h"), Ok(Command::Help));
    }

    #[test]
    fn the_help_names_every_stage() {
        for stage in Stage::ALL {
            assert!(HELP.contains(stage.name()), "{}", stage.name());
        }
    }
}
