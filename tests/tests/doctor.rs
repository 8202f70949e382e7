//! `naze doctor` as an operator meets it: what it says, how it ends, and the page that a phone sees which got here.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use anyhow::{Context, Result, ensure};
use http::Method;
use serde_json::json;
use tests::ask;
use tests::browser::{Browser, Device, SOON};
use tests::naze::{self, Naze};

/// A phone's word for itself, and where a proxy says that it is.
const PHONE: (&str, &str) = ("user-agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1");
const FROM: (&str, &str) = ("x-forwarded-for", "203.0.113.9");

/// A doctor that waits for a phone; behind a proxy, so that a test may come from elsewhere.
struct Waiting {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
    base: String,
    said: String,
    _data: tempfile::TempDir,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Waiting {
    fn begin(wait: &str, more: &[&str]) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let mut command =
            naze::command(&["doctor", "--listen", "127.0.0.1:0", "--wait", wait, "--lang", "en", "--data"])?;
        command.arg(data.path()).args(["--public-url", "https://naze.example.jp"]).args(more);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()?;
        let out = BufReader::new(child.stdout.take().context("an output")?);
        let mut waiting = Self { child, out, base: String::new(), said: String::new(), _data: data };
        let line = waiting.line("is free")?;
        let port: u16 = line.split_whitespace().nth(2).context("a port")?.parse()?;
        waiting.base = format!("http://127.0.0.1:{port}");
        waiting.line("It ends with the first phone")?;
        Ok(waiting)
    }

    /// The next line that says so.
    fn line(&mut self, part: &str) -> Result<String> {
        loop {
            let mut line = String::new();
            ensure!(self.out.read_line(&mut line)? > 0, "never said {part:?}: {}", self.said);
            self.said.push_str(&line);
            if line.contains(part) {
                return Ok(line);
            }
        }
    }

    fn end(mut self) -> Result<(bool, String)> {
        std::io::Read::read_to_string(&mut self.out, &mut self.said)?;
        Ok((self.child.wait()?.success(), self.said.clone()))
    }
}

#[tokio::test]
async fn a_phone_that_got_here_is_shown_with_what_works() -> Result<()> {
    let mut doctor = Waiting::begin("60", &[])?;
    let page = ask::ask(Method::GET, &format!("{}/j/ABCDEF", doctor.base), &[PHONE, FROM], "").await?;
    ensure!(
        page.status == 200 && page.body.contains("届きました！") && page.body.contains("You reached it!"),
        "{page:?}"
    );
    let policy = page.headers.get("content-security-policy").context("a policy")?.to_str()?;
    ensure!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
    doctor.line("203.0.113.9  iPhone (Safari)  got here")?;
    let told = format!("socket=blocked&stream=works&clock={}", 1_000);
    ask::ask(Method::POST, &format!("{}/doctor/told", doctor.base), &[PHONE, FROM], &told).await?;
    let (well, said) = doctor.end()?;
    ensure!(well && said.contains("websockets: are blocked  streams: work"), "{said}");
    ensure!(said.contains("seconds") && said.contains("Ready"), "{said}");
    Ok(())
}

#[tokio::test]
async fn without_a_phone_it_says_what_to_look_at() -> Result<()> {
    let mut doctor = Waiting::begin("2", &[])?;
    // This machine itself is no phone.
    ask::get(&doctor.base).await?;
    doctor.line("this machine itself")?;
    let (well, said) = doctor.end()?;
    ensure!(!well && said.contains("client isolation") && said.contains("mobile data"), "{said}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_tries_both_ways_and_shows_it_large() -> Result<()> {
    let Some(browser) = Browser::start("doctor").await? else { return Ok(()) };
    let mut doctor = Waiting::begin("60", &[])?;
    let phone = browser.open("phone", Device::PHONE).await?;
    phone.cdp("Network.enable", json!({})).await?;
    phone.cdp("Network.setExtraHTTPHeaders", json!({ "headers": { "x-forwarded-for": "203.0.113.9" } })).await?;
    phone.goto(&doctor.base).await?;
    let states = "const all = [...document.querySelectorAll('dd')].map((e) => e.dataset.state);
        return all.every(Boolean) ? all.join(' ') : null";
    let states = phone.until_within(SOON, "both tries", states, vec![]).await?;
    ensure!(states == "works works", "{states}");
    let large = "return parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)
        >= 40 && document.documentElement.scrollWidth <= innerWidth && !document.querySelector('#verdict').hidden";
    phone.until("large letters within the screen", large, vec![]).await?;
    doctor.line("websockets: work  streams: work")?;
    phone.behaved().await?;
    let (well, said) = doctor.end()?;
    ensure!(well, "{said}");
    Ok(())
}

#[tokio::test]
async fn beside_a_server_it_asks_that_one() -> Result<()> {
    for flags in [&["--log", "warn"][..], &["--log", "warn", "--tls", "self-signed"]] {
        let naze = Naze::start_with(flags).await?;
        let listen = format!("127.0.0.1:{}", naze.port());
        let output =
            naze::run(&["doctor", "--listen", &listen, "--lang", "ja", "--public-url", "https://naze.example.jp"])?;
        let said = String::from_utf8(output.stdout)?;
        ensure!(said.contains("で Naze が動いています") && said.contains("https://naze.example.jp/"), "{said}");
        ensure!(output.status.success() && said.contains("準備はできています"), "{said}");
    }
    let other = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let listen = other.local_addr()?.to_string();
    let output = naze::run(&["doctor", "--listen", &listen, "--lang", "en", "--once"])?;
    let said = String::from_utf8(output.stdout)?;
    ensure!(!output.status.success() && said.contains("is taken by another program"), "{said}");
    Ok(())
}
