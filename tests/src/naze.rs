//! The executable as its own process: started, killed as a power cut kills it, started again where it was.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

/// A server with a data folder of its own.
#[derive(Debug)]
pub struct Naze {
    child: Option<Child>,
    data: TempDir,
    port: u16,
}

fn program() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("NAZE_BIN") {
        return Ok(PathBuf::from(path));
    }
    let own = std::env::current_exe()?;
    let beside = own.parent().and_then(|deps| deps.parent()).context("a test has a folder")?;
    Ok(beside.join("naze"))
}

impl Naze {
    /// Starts one on a free port.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start() -> Result<Self> {
        let mut naze = Self { child: None, data: tempfile::tempdir()?, port: 0 };
        naze.again().await?;
        Ok(naze)
    }

    /// Where it is.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Ends it as a power cut does.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Starts it again: same port, same data.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn again(&mut self) -> Result<()> {
        let mut command = Command::new(program()?);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NAZE_")) {
            command.env_remove(name);
        }
        command.args(["serve", "--log", "off", "--listen", &format!("127.0.0.1:{}", self.port)]);
        command.arg("--data").arg(self.data.path()).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child =
            command.spawn().with_context(|| format!("{:?}: `cargo build -p server` makes it", program()))?;
        let out = child.stdout.take().context("it has an output")?;
        self.child = Some(child);
        let mut said = String::new();
        BufReader::new(out).read_line(&mut said)?;
        let Some((_, port)) = said.trim().rsplit_once(':').filter(|_| said.starts_with("listening on ")) else {
            bail!("it said {said:?} instead of where it listens");
        };
        self.port = port.parse()?;
        Ok(())
    }
}

impl Drop for Naze {
    fn drop(&mut self) {
        self.kill();
    }
}
