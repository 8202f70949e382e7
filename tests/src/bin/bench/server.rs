//! The measured process: started, read from `/proc`, ended with its handle.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use tests::load::process;
use tests::load::talk::Kind;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A running server with nothing in it.
pub(crate) struct Server {
    pub(crate) kind: Kind,
    pub(crate) address: String,
    process: Child,
    _data: TempDir,
}

impl Server {
    pub(crate) async fn start(kind: Kind) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let mut command = match kind {
            Kind::Floor => Command::new(beside("floor")?),
            Kind::Naze => {
                let naze = std::env::var_os("NAZE_BIN").context("NAZE_BIN is not set: use `cargo xtask bench`")?;
                let mut command = Command::new(naze);
                command.args(["serve", "--listen", "127.0.0.1:0", "--log", "warn", "--data"]).arg(data.path());
                // Limits protect a hall from one of its phones; here all of them are one machine that pushes on purpose.
                command.args([
                    "--edits-per-second",
                    "100000",
                    "--edits-at-once",
                    "1000000",
                    "--joins-per-minute",
                    "100000",
                ]);
                command
            }
        };
        let mut process = command.stdout(Stdio::piped()).kill_on_drop(true).spawn().context("starting the server")?;
        let stdout = process.stdout.take().context("no output")?;
        let mut lines = BufReader::new(stdout).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some(address) = line.strip_prefix("listening on http://") {
                let address = address.to_owned();
                // Read on, or a server that says more blocks on a full pipe.
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(Self { kind, address, process, _data: data });
            }
        }
        bail!("the server ended before it listened")
    }

    fn pid(&self) -> Result<String> {
        Ok(self.process.id().context("the server has ended")?.to_string())
    }

    /// See [`process::cpu_seconds`].
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        process::cpu_seconds(&self.pid()?)
    }

    /// See [`process::memory_bytes`].
    pub(crate) fn memory_bytes(&self) -> Result<u64> {
        process::memory_bytes(&self.pid()?)
    }
}

fn beside(name: &str) -> Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name(name);
    if path.exists() { Ok(path) } else { bail!("{} is missing: cargo build --release -p tests --bins", path.display()) }
}
