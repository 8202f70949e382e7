//! The executable, as somebody meets it who makes mistakes: it says what is wrong and what to do, and damages nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::process::Output;

use shared::CardId;
use tests::ask;
use tests::naze::{self, Naze};
use tests::phone::{Owner, Phone};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Both languages say it, and the command has failed.
fn says(output: &Output, parts: &[&str]) {
    let said = text(&output.stderr);
    assert!(!output.status.success(), "it went well: {said}");
    for part in parts {
        assert!(said.contains(part), "{part:?} is not in: {said}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

fn is_japanese(said: &str) -> bool {
    said.chars().any(|c| ('\u{3040}'..='\u{30ff}').contains(&c))
}

#[tokio::test]
async fn a_port_in_use_and_a_folder_in_use_are_named() {
    let naze = Naze::start().await.unwrap();
    let port = naze.port();
    let listen = format!("127.0.0.1:{port}");
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("not yet there");
    let output = naze::run(&["serve", "--listen", &listen, "--data", other.to_str().unwrap()]).unwrap();
    says(&output, &[&format!("port {port} is taken"), "--listen"]);
    assert!(is_japanese(&text(&output.stderr)));
    assert!(!other.exists(), "nothing was made");
    let data = naze.data().to_str().unwrap();
    let output = naze::run(&["serve", "--listen", "127.0.0.1:0", "--data", data]).unwrap();
    says(&output, &[data, "--data"]);
    assert!(is_japanese(&text(&output.stderr)));
    // Whoever was there first goes on.
    ask::make(&naze.base(), 1).await.unwrap();
}

#[test]
fn a_wrong_setting_is_named_with_its_limit() {
    let cases: [(&[&str], &[&str]); 11] = [
        (&["serve", "--listen", "8080"], &["--listen", "0.0.0.0:8080"]),
        (&["serve", "--listen", "192.0.2.1:0", "--data", "unused"], &["192.0.2.1"]),
        (&["serve", "--public-url", "naze.example.jp"], &["--public-url", "http"]),
        (&["serve", "--connections", "0"], &["--connections", "1"]),
        (&["serve", "--connections", "many"], &["--connections"]),
        (&["serve", "--seats", "13"], &["--seats", "12"]),
        (&["serve", "--organiser-key", "short"], &["--organiser-key", "12"]),
        (&["serve", "--prot", "8080"], &["--prot"]),
        (&["sevre"], &["sevre"]),
        (&["demo", "--speed", "0"], &["--speed", "0.1"]),
        (&["backup"], &["FILE"]),
    ];
    for (arguments, parts) in cases {
        let output = naze::run(arguments).unwrap();
        says(&output, parts);
        let said = text(&output.stderr);
        assert!(!said.contains("short\""), "a key is not repeated: {said}");
    }
}

#[test]
fn a_wrong_variable_is_named_like_its_flag() {
    for (name, value) in [("NAZE_SEATS", "13"), ("NAZE_LISTEN", "here"), ("NAZE_SAETS", "5")] {
        let output = naze::command(&["serve"]).unwrap().env(name, value).output().unwrap();
        let flag = if name == "NAZE_SAETS" { name } else { &name.replace("NAZE_", "--").to_lowercase() };
        says(&output, &[flag]);
    }
}

#[test]
fn help_names_every_command_in_both_languages() {
    let output = naze::run(&["--help"]).unwrap();
    assert!(output.status.success());
    let said = text(&output.stdout);
    for part in ["serve", "demo", "backup", "lead-link"] {
        assert!(said.contains(part), "{said}");
    }
    let serve = text(&naze::run(&["serve", "--help"]).unwrap().stdout);
    for part in ["--listen", "--data", "--public-url", "--organiser-key", "NAZE_LISTEN", "0.0.0.0:8080", "./naze-data"]
    {
        assert!(serve.contains(part), "{part} is not in: {serve}");
    }
    assert!(is_japanese(&said) && is_japanese(&serve));
    assert!(text(&naze::run(&["--version"]).unwrap().stdout).starts_with("naze "));
}

/// A server with something in it that was stopped; its data.
async fn stopped_with_something() -> (Naze, ask::Made, serde_json::Value) {
    let mut naze = Naze::start().await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, 2).await.unwrap();
    let mut phone = Phone::new(Owner::join(&base, &made, "someone", 1).await.unwrap()).unwrap();
    phone.connect(&base).await.unwrap();
    for n in 0..20 {
        phone.add(CardId::THEME, &format!("原因{n}")).unwrap();
    }
    phone.flush().await.unwrap();
    phone.saved().await.unwrap();
    let export = ask::export(&base, &made).await.unwrap();
    assert!(naze.stop().await.unwrap().success());
    (naze, made, export)
}

#[tokio::test]
async fn a_damaged_file_is_named_and_left_alone() {
    let (naze, _, _) = stopped_with_something().await;
    let folder = tempfile::tempdir().unwrap();
    let (file, data) = (folder.path().join("naze.db"), folder.path().to_str().unwrap());
    let from = naze.data().to_str().unwrap();
    assert!(naze::run(&["backup", file.to_str().unwrap(), "--data", from]).unwrap().status.success());
    let good = std::fs::read(&file).unwrap();
    let cut = &good[..good.len() / 2];
    let mut overwritten = good.clone();
    overwritten[..64].fill(b'x');
    for damaged in [&b"this is no database at all, and long enough to be looked at"[..], cut, &overwritten] {
        std::fs::write(&file, damaged).unwrap();
        let output = naze::run(&["serve", "--listen", "127.0.0.1:0", "--data", data]).unwrap();
        says(&output, &["naze.db"]);
        assert!(is_japanese(&text(&output.stderr)));
        assert_eq!(std::fs::read(&file).unwrap(), damaged, "it is left as it was");
    }
}

#[tokio::test]
async fn a_copy_that_was_made_while_people_wrote_can_be_served() {
    let mut naze = Naze::start().await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, 1).await.unwrap();
    let owner = Owner::join(&base, &made, "writer", 1).await.unwrap();
    let mut phone = Phone::new(owner).unwrap();
    phone.connect(&base).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let data = naze.data().to_str().unwrap().to_owned();
    let mut saved_before = Vec::new();
    for n in 0..6 {
        for _ in 0..30 {
            phone.add(CardId::THEME, "前").unwrap();
        }
        phone.flush().await.unwrap();
        phone.saved().await.unwrap();
        saved_before.push(phone.replica.view().ever().count());
        // More is on its way while the copy is made.
        for _ in 0..30 {
            phone.add(CardId::THEME, "後").unwrap();
        }
        phone.flush().await.unwrap();
        let file = folder.path().join(format!("{n}.db"));
        let output = naze::run(&["backup", file.to_str().unwrap(), "--data", &data]).unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains(file.to_str().unwrap()));
        phone.saved().await.unwrap();
    }
    let again = folder.path().join("0.db");
    let output = naze::run(&["backup", again.to_str().unwrap(), "--data", &data]).unwrap();
    says(&output, &["0.db", "exists"]);
    assert!(naze.stop().await.unwrap().success());
    for (n, before) in saved_before.into_iter().enumerate() {
        let restored = tempfile::tempdir().unwrap();
        std::fs::copy(folder.path().join(format!("{n}.db")), restored.path().join("naze.db")).unwrap();
        let naze = Naze::start_in(restored, &["--log", "warn"]).await.unwrap();
        let mut back = Phone::new(owner).unwrap();
        back.connect(&naze.base()).await.unwrap();
        let cards = back.replica.view().ever().count();
        assert!((before..=before + 30).contains(&cards), "copy {n} has {cards} cards, {before} were saved before it");
    }
}

#[tokio::test]
async fn what_there_is_no_copy_of_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (missing, file) = (folder.path().join("nothing"), folder.path().join("copy.db"));
    let output = naze::run(&["backup", file.to_str().unwrap(), "--data", missing.to_str().unwrap()]).unwrap();
    says(&output, &["nothing", "--data"]);
    assert!(!file.exists() && !missing.exists());
    let (naze, _, _) = stopped_with_something().await;
    let data = naze.data().to_str().unwrap();
    let output = naze::run(&["backup", "/nowhere/copy.db", "--data", data]).unwrap();
    says(&output, &["/nowhere/copy.db"]);
}

#[tokio::test]
async fn one_file_is_all_there_is_after_a_stop() {
    let (naze, made, before) = stopped_with_something().await;
    let copied = tempfile::tempdir().unwrap();
    std::fs::copy(naze.data().join("naze.db"), copied.path().join("naze.db")).unwrap();
    let copy = Naze::start_in(copied, &["--log", "warn"]).await.unwrap();
    assert_eq!(ask::export(&copy.base(), &made).await.unwrap(), before);
}

#[tokio::test]
async fn the_next_start_has_everything_of_the_last() {
    let (mut naze, made, before) = stopped_with_something().await;
    naze.again().await.unwrap();
    assert_eq!(ask::export(&naze.base(), &made).await.unwrap(), before);
    naze.kill();
    naze.again().await.unwrap();
    assert_eq!(ask::export(&naze.base(), &made).await.unwrap(), before);
    assert!(naze.said().contains(&format!("http://127.0.0.1:{}", naze.port())), "{}", naze.said());
}
