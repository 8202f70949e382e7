//! The driver between tests and Chromium.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

/// A chromedriver of our own, on a port that it chose.
#[derive(Debug)]
pub(super) struct Driver {
    child: Child,
    port: u16,
    /// Kept, so that what it says later does not end it.
    out: Option<BufReader<ChildStdout>>,
}

impl Driver {
    pub(super) fn start() -> Result<Self> {
        let program = std::env::var("NAZE_CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut child = Command::new(&program)
            .args(["--port=0", "--log-level=SEVERE"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| {
                format!("{program} does not start: install chromium-driver, or say where it is in NAZE_CHROMEDRIVER")
            })?;
        let mut out = BufReader::new(child.stdout.take().context("chromedriver has no output")?);
        let mut driver = Self { child, port: 0, out: None };
        let mut line = String::new();
        while out.read_line(&mut line)? > 0 {
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                driver.port = port.trim().trim_end_matches('.').parse()?;
                driver.out = Some(out);
                return Ok(driver);
            }
            line.clear();
        }
        bail!("{program} ended before it said on which port it listens")
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
