//! The server encrypts by itself: a phone is in a secure context, its socket goes over TLS, programs of ours get in too, and who
//! types http:// is led to https://.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use server::client::Client;
use shared::{CardId, GroupId};
use tests::ask;
use tests::browser::{AtBoard, Browser, Device, Page};
use tests::naze::{self, Naze};

const SOON: Duration = Duration::from_secs(30);
const TITLE: &str = "暗号の会";

fn locked(naze: &Naze) -> String {
    format!("https://127.0.0.1:{}", naze.port())
}

/// A browser whose owner has said yes to the warning.
async fn said_yes(browser: &Browser, who: &str, device: Device) -> Result<Page> {
    let page = browser.open(who, device).await?;
    page.cdp("Security.enable", json!({})).await?;
    page.cdp("Security.setIgnoreCertificateErrors", json!({ "ignore": true })).await?;
    Ok(page)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_workshop_goes_on_over_tls_in_a_secure_context() -> Result<()> {
    let Some(browser) = Browser::start("encrypted").await? else { return Ok(()) };
    let naze = Naze::start_with(&["--log", "warn", "--tls", "self-signed"]).await?;
    let base = locked(&naze);
    let lead = said_yes(&browser, "lead", Device::LAPTOP).await?;
    let code = lead.start_workshop(&base, TITLE, "", 2).await?;
    let facts = "return [location.protocol, isSecureContext, typeof crypto.randomUUID, typeof navigator.clipboard]";
    let facts = lead.eval(facts, vec![]).await?;
    ensure!(facts == json!(["https:", true, "function", "object"]), "the page is in {facts}");
    // The lead copies what they see: an address in the open would lead phones into the redirection each time.
    let shown = lead.text_of("return document.body.innerText", vec![]).await?;
    ensure!(!shown.contains("http://"), "the reception shows {shown}");
    let link = lead.lead_link().await?;
    ensure!(link.starts_with(&base), "the lead's link is {link}");
    lead.begin_workshop().await?;
    let phone = said_yes(&browser, "佐藤", Device::PHONE).await?;
    phone.join(&base, &code, "佐藤", 1).await?;
    AtBoard(&phone).write_theme("若い人が入らない").await?;
    AtBoard(&phone).saved().await?;
    let mut program = Client::connect(&base).await?;
    let token = server::access::new_token()?;
    let code = code.parse().map_err(|why| anyhow::anyhow!("{why:?}"))?;
    let joined = program.join(code, token, "Mori", Some(GroupId(1))).await?;
    let session = program.hello(joined.workshop, token).await?;
    session.board(GroupId(1)).add(CardId::THEME, "会費が高い")?;
    session.saved(SOON).await?;
    AtBoard(&phone).card("会費が高い").await?;
    for page in [&lead, &phone] {
        page.behaved().await?;
    }
    Ok(())
}

#[tokio::test]
async fn who_types_http_is_led_on_and_hears_nothing_else() -> Result<()> {
    let naze = Naze::start_with(&["--log", "warn", "--tls", "self-signed"]).await?;
    let (open, base) = (naze.base(), locked(&naze));
    let answer = ask::get(&format!("{open}/j/ABCDEF?x=1")).await?;
    let to = answer.headers.get("location").and_then(|to| to.to_str().ok());
    ensure!((answer.status, to) == (303, Some(&*format!("{base}/j/ABCDEF?x=1"))), "{answer:?}");
    ensure!(answer.body.contains("https:// を付けて") && answer.body.contains("begins with https://"), "{answer:?}");
    ensure!(!answer.headers.contains_key("strict-transport-security"), "{answer:?}");
    let evil = ask::ask(http::Method::GET, &open, &[("host", "evil.example")], "").await?;
    ensure!(evil.status == 421 && !evil.headers.contains_key("location"), "{evil:?}");
    for path in ["/ws", "/api/workshops", "/metrics", "/healthz"] {
        let answer = ask::ask(http::Method::POST, &format!("{open}{path}"), &[], "{}").await?;
        ensure!(answer.status == 303, "{path}: {answer:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_fingerprint_is_said_and_stays_over_a_restart() -> Result<()> {
    let mut naze = Naze::start_with(&["--log", "warn", "--tls", "self-signed"]).await?;
    let fingerprint = |said: String| {
        let line = said.lines().rev().find(|line| line.contains("SHA-256")).map(str::to_owned);
        line.and_then(|line| line.split_whitespace().last().map(str::to_owned))
    };
    let said = async |naze: &Naze| {
        for _ in 0..200 {
            if let Some(found) = fingerprint(naze.said()) {
                return Some(found);
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        None
    };
    let first = said(&naze).await.context("no fingerprint was said")?;
    ensure!(first.len() == 95, "{first}");
    naze.stop().await?;
    let before = naze.said().len();
    naze.again().await?;
    Client::connect(&locked(&naze)).await?;
    let second = naze.said().get(before..).and_then(|said| fingerprint(said.to_owned()));
    ensure!(second.as_ref() == Some(&first), "{first}, then {second:?}");
    Ok(())
}

#[test]
fn a_certificate_that_cannot_be_used_is_named() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str| folder.path().join(name).display().to_string();
    let (missing, wrong) = (file("missing.pem"), file("wrong.pem"));
    std::fs::write(&wrong, "this is no certificate")?;
    let data = file("data");
    let cases: [(&[&str], &[&str]); 4] = [
        (&["--tls-cert", &missing, "--tls-key", &wrong], &["missing.pem", "--tls-cert", "ファイル"]),
        (&["--tls-cert", &wrong, "--tls-key", &wrong], &["wrong.pem", "BEGIN CERTIFICATE", "ファイル"]),
        (&["--tls-cert", &wrong], &["--tls-key"]),
        (&["--tls", "maybe"], &["self-signed"]),
    ];
    for (flags, parts) in cases {
        let mut arguments = vec!["serve", "--listen", "127.0.0.1:0", "--data", &data];
        arguments.extend(flags);
        let output = naze::run(&arguments)?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        ensure!(!output.status.success() && parts.iter().all(|part| said.contains(part)), "{flags:?}: {said}");
    }
    ensure!(!std::path::Path::new(&data).exists(), "something was made");
    Ok(())
}
