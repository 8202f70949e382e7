//! Every setting: its default, what is refused, and that the refusal names the flag and says what would be right.

use clap::CommandFactory;

use super::*;

fn serve(arguments: &[&str]) -> Result<Serve, String> {
    let line = ["naze", "serve"].iter().chain(arguments).copied();
    match Cli::try_parse_from(line).map_err(|why| why.to_string())?.command {
        Command::Serve(serve) => Ok(serve),
        other => Err(format!("{other:?}")),
    }
}

#[test]
fn the_definition_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn the_defaults_run_a_workshop() {
    let serve = serve(&[]).unwrap();
    assert_eq!(serve.reach.listen.to_string(), "0.0.0.0:8080");
    assert_eq!(serve.data, PathBuf::from("./naze-data"));
    assert_eq!((serve.reach.public_url, serve.reach.organiser_key), (None, None));
    assert_eq!(serve.limits.seats, SEATS_MAX);
    let Command::Demo(demo) = Cli::try_parse_from(["naze", "demo"]).unwrap().command else { panic!("no demo") };
    assert_eq!((demo.people, demo.language), (34, None));
    assert_ne!(demo.data, serve.data);
}

#[test]
fn the_limits_are_the_registrys_own_until_something_else_is_said() {
    // Only a server of its own has a process to itself, and watches its memory.
    let all = registry::Limits { memory_max: Some(1_024_000_000), ..registry::Limits::default() };
    assert_eq!(registry::Limits::from(&serve(&[]).unwrap().limits), all);
    let set = serve(&["--connections", "7", "--edits-at-once", "9"]).unwrap().limits;
    let limits = registry::Limits::from(&set);
    assert_eq!((limits.connections_max, limits.ops_burst_max), (7, 9));
}

#[test]
fn what_makes_no_sense_is_refused_by_name() {
    for (flag, bad, right) in [
        ("--listen", "8080", "0.0.0.0:8080"),
        ("--listen", "localhost:8080", "127.0.0.1:8080"),
        ("--listen", "0.0.0.0:99999", "address and a port"),
        ("--public-url", "naze.example.jp", "https://naze.example.jp"),
        ("--public-url", "https://a.jp/path", "no path"),
        ("--organiser-key", "short", "12 to 200 characters"),
        ("--connections", "0", "1..=100000"),
        ("--connections-per-address", "100001", "1..=100000"),
        ("--wrong-codes-per-minute", "0", "1..=6000"),
        ("--joins-per-minute", "0", "1..=100000"),
        ("--edits-per-second", "0", "1..=100000"),
        ("--edits-at-once", "1000001", "1..=1000000"),
        ("--new-workshops-per-minute", "-1", "1..=6000"),
        ("--seats", "13", "1..=12"),
        ("--seats", "many", "invalid digit"),
        ("--log", "loud", "debug"),
        ("--data", "", "required"),
    ] {
        let message = serve(&[&format!("{flag}={bad}")]).unwrap_err();
        assert!(message.contains(flag) && message.contains(right), "{flag} {bad}: {message}");
    }
    for (flag, bad, right) in [
        ("--speed", "0", "0.1 to 100"),
        ("--speed", "nan", "0.1 to 100"),
        ("--people", "35", "1..=34"),
        ("--language", "de", "ja"),
    ] {
        let message = Cli::try_parse_from(["naze", "demo", &format!("{flag}={bad}")]).unwrap_err().to_string();
        assert!(message.contains(flag) && message.contains(right), "{flag} {bad}: {message}");
    }
}

#[test]
fn what_is_unknown_is_refused() {
    assert!(serve(&["--port", "80"]).unwrap_err().contains("--port"));
    assert!(serve(&["--listn", "0.0.0.0:80"]).unwrap_err().contains("--listen"));
    assert!(Cli::try_parse_from(["naze", "start"]).unwrap_err().to_string().contains("start"));
    assert!(Cli::try_parse_from(["naze", "backup"]).unwrap_err().to_string().contains("<FILE>"));
}

#[test]
fn a_refused_key_is_not_repeated() {
    let message = serve(&["--organiser-key", "se cret"]).unwrap_err();
    assert!(!message.contains("se cret"), "{message}");
    let kept = serve(&["--organiser-key", "a-good-long-key"]).unwrap();
    assert!(!format!("{kept:?}").contains("good"));
}

#[test]
fn every_setting_is_explained_in_both_languages() {
    for command in Cli::command().get_subcommands() {
        for argument in command.get_arguments().filter(|argument| argument.get_id() != "help") {
            let help = argument.get_long_help().map(ToString::to_string).unwrap_or_default();
            let japanese = help.chars().any(|c| ('\u{3040}'..='\u{30ff}').contains(&c));
            assert!(japanese && help.contains('.'), "{}: {help}", argument.get_id());
        }
    }
}
