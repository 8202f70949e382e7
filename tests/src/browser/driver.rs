//! The driver between tests and Chromium.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

/// Starts before it is given up.
const STARTS: usize = 5;

/// A chromedriver of our own, on a port that it chose.
#[derive(Debug)]
pub(super) struct Driver {
    child: Child,
    port: u16,
    /// Kept, so that what it says later does not end it.
    out: Option<BufReader<ChildStdout>>,
}

impl Driver {
    /// It looks for a free port and binds it in two steps: when another driver takes that port in between, it ends, and is started again.
    pub(super) fn start() -> Result<Self> {
        let program = std::env::var("NAZE_CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut said = String::new();
        for _ in 0..STARTS {
            match Self::started(&program)? {
                Ok(driver) => return Ok(driver),
                Err(last_words) => said = last_words,
            }
        }
        bail!("{program} ended {STARTS} times before it said on which port it listens: {said}")
    }

    /// A driver that listens, or what one said that ended at once.
    fn started(program: &str) -> Result<Result<Self, String>> {
        let mut child = Command::new(program)
            .args(["--port=0", "--log-level=SEVERE"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| {
                format!("{program} does not start: install chromium-driver, or say where it is in NAZE_CHROMEDRIVER")
            })?;
        let mut out = BufReader::new(child.stdout.take().context("chromedriver has no output")?);
        let mut driver = Self { child, port: 0, out: None };
        let mut said = String::new();
        loop {
            let before = said.len();
            if out.read_line(&mut said)? == 0 {
                return Ok(Err(said));
            }
            let line = said.get(before..).unwrap_or_default();
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                driver.port = port.trim().trim_end_matches('.').parse()?;
                driver.out = Some(out);
                return Ok(Ok(driver));
            }
        }
    }

    /// A session of its own in the Chromium at `address`.
    pub(super) async fn session(&self, address: &str) -> Result<Client> {
        let mut wanted = Capabilities::new();
        wanted.insert("goog:chromeOptions".to_owned(), json!({ "debuggerAddress": address }));
        ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .context("chromedriver gives no session")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
