//! What the doctor says of a machine, in both languages.

use clap::Parser;

use super::*;
use crate::config::{Cli, Command};

async fn examined(arguments: &[&str], language: Language) -> (Verdict, String) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut all = vec!["naze", "doctor", "--data", data.to_str().unwrap()];
    all.extend(arguments);
    let Command::Doctor(settings) = Cli::parse_from(all).command else { panic!("not the doctor") };
    let reader = announce::Reader::Program;
    let doctor = Doctor { data: &settings.data, reach: &settings.reach, language, reader, phones: Try::Not };
    let mut out = Vec::new();
    let verdict = doctor.run(std::future::pending(), &mut out).await.unwrap();
    assert!(!data.exists(), "it made something");
    (verdict, String::from_utf8(out).unwrap())
}

#[tokio::test]
async fn who_lets_nobody_in_is_told_how() {
    let (verdict, en) = examined(&["--listen", "127.0.0.1:0"], Language::En).await;
    assert!(en.contains("[x]  --listen says") && en.contains("Mend what is marked"), "{en}");
    assert_eq!(verdict, Verdict::NotReady);
    let (_, ja) = examined(&["--listen", "127.0.0.1:0"], Language::Ja).await;
    assert!(ja.contains("［×］--listen の指定") && ja.contains("時計は") && ja.contains("空いています"), "{ja}");
}

#[tokio::test]
async fn a_port_that_another_program_has_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    // It takes connections, and says nothing that we know.
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(stream)
        }
    });
    let (verdict, said) = examined(&["--listen", &at.to_string()], Language::En).await;
    assert!(said.contains(&format!("[x]  port {} is taken by another program", at.port())), "{said}");
    assert_eq!(verdict, Verdict::NotReady);
}

#[tokio::test]
async fn a_naze_that_runs_is_found_and_no_page_is_opened() {
    let (_registry, base) = crate::client::tests::server().await;
    let at = base.strip_prefix("http://").unwrap();
    let (_, said) = examined(&["--listen", at], Language::En).await;
    assert!(said.contains("[ok] Naze is running on port"), "{said}");
}

#[tokio::test]
async fn a_certificate_that_is_wrong_is_named() {
    let (_, said) = examined(&["--tls-cert", "nowhere.pem", "--tls-key", "nowhere.pem"], Language::En).await;
    assert!(said.contains("[x]  there is no file nowhere.pem"), "{said}");
    let (_, said) = examined(&["--tls", "self-signed"], Language::En).await;
    assert!(said.contains("[ok] A certificate will be made"), "{said}");
}
