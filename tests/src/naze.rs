//! The executable as its own process: started, killed as a power cut kills it, asked to stop, started again where it was.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// Within this long a command ends that ends by itself.
const ENDS: Duration = Duration::from_secs(30);
/// Within this long it stops when it is asked to.
const STOPS: Duration = Duration::from_secs(15);

/// A server with a data folder of its own.
#[derive(Debug)]
pub struct Naze {
    child: Option<Child>,
    data: PathBuf,
    /// Keeps the folder as long as this lives, if it is its own.
    _own: Option<TempDir>,
    port: u16,
    settings: Vec<String>,
    /// What it wrote on both outputs, shown when its test fails.
    said: Arc<Mutex<String>>,
}

fn program() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("NAZE_BIN") {
        return Ok(PathBuf::from(path));
    }
    let own = std::env::current_exe()?;
    let beside = own.parent().and_then(|deps| deps.parent()).context("a test has a folder")?;
    Ok(beside.join("naze"))
}

/// The executable with arguments, and without the variables of whoever runs the tests.
///
/// # Errors
/// When it cannot be told where the executable is.
pub fn command(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new(program()?);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NAZE_")) {
        command.env_remove(name);
    }
    command.args(arguments).stdin(Stdio::null());
    Ok(command)
}

/// Runs a command of the executable that ends by itself.
///
/// # Errors
/// When it cannot be started, or does not end.
pub fn run(arguments: &[&str]) -> Result<Output> {
    let mut command = command(arguments)?;
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().with_context(missing)?;
    let pid = pid(&child)?;
    let (done, ended) = mpsc::channel();
    // Nobody listens any more when it took too long.
    std::thread::spawn(move || drop(done.send(child.wait_with_output())));
    match ended.recv_timeout(ENDS) {
        Ok(output) => Ok(output?),
        Err(_) => {
            kill_process(pid, Signal::KILL)?;
            bail!("naze {arguments:?} still ran after {ENDS:?}");
        }
    }
}

fn pid(child: &Child) -> Result<Pid> {
    Pid::from_raw(i32::try_from(child.id())?).context("a process has a number")
}

fn missing() -> String {
    format!("{:?}: `cargo build -p server` makes it", program())
}

impl Naze {
    /// Starts one on a free port.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start() -> Result<Self> {
        Self::start_with(&["--log", "warn"]).await
    }

    /// Starts one with these flags.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start_with(settings: &[&str]) -> Result<Self> {
        Self::start_in(tempfile::tempdir()?, settings).await
    }

    /// Starts one on data that is there already.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start_in(data: TempDir, settings: &[&str]) -> Result<Self> {
        let folder = data.path().to_owned();
        Self::begin(folder, Some(data), settings).await
    }

    /// Starts one on a folder that somebody else keeps.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start_at(data: &Path, settings: &[&str]) -> Result<Self> {
        Self::begin(data.to_owned(), None, settings).await
    }

    async fn begin(data: PathBuf, own: Option<TempDir>, settings: &[&str]) -> Result<Self> {
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let mut naze = Self { child: None, data, _own: own, port: 0, settings, said: Arc::default() };
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

    /// Its process.
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Ends it as a power cut does.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Asks it to stop, as a system does that shuts down. How it ended.
    ///
    /// # Errors
    /// When it does not.
    pub async fn stop(&mut self) -> Result<ExitStatus> {
        let mut child = self.child.take().context("it does not run")?;
        kill_process(pid(&child)?, Signal::TERM)?;
        let begun = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status);
            }
            if begun.elapsed() > STOPS {
                let _ = child.kill();
                bail!("it was asked to stop and did not within {STOPS:?}: {}", self.said());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Starts it again: same port, same data.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn again(&mut self) -> Result<()> {
        self.spawn(command(&[])?)
    }

    /// Starts it again on a disk that takes files of so many bytes and no larger ones.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn again_with_files_up_to(&mut self, bytes: u64) -> Result<()> {
        let naze = command(&[])?;
        let mut limited = Command::new("sh");
        // Ignored, the signal becomes an error of the write, as it is with a full disk. The unit of dash is 512 bytes.
        limited.args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", &(bytes / 512).to_string()]);
        limited.arg(naze.get_program()).stdin(Stdio::null());
        for (name, _) in naze.get_envs() {
            limited.env_remove(name);
        }
        self.spawn(limited)
    }

    fn spawn(&mut self, mut command: Command) -> Result<()> {
        command.args(["serve", "--listen", &format!("127.0.0.1:{}", self.port)]);
        command.args(&self.settings).arg("--data").arg(&self.data);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(missing)?;
        let (out, errors) = (child.stdout.take(), child.stderr.take());
        self.child = Some(child);
        self.keep(errors.context("it has an error output")?);
        let mut out = BufReader::new(out.context("it has an output")?);
        let mut first = String::new();
        out.read_line(&mut first)?;
        self.keep(out);
        let Some((_, port)) = first.trim().rsplit_once(':').filter(|_| first.starts_with("listening on ")) else {
            bail!("it said {first:?} instead of where it listens; and: {}", self.said());
        };
        self.port = port.parse()?;
        Ok(())
    }

    /// What it has written so far, since it was first started.
    pub fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads an output to its end: a full pipe would stop the server.
    fn keep(&self, output: impl Read + Send + 'static) {
        let said = Arc::clone(&self.said);
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
                said.push_str(&line);
                said.push('\n');
            }
        });
    }
}

impl Drop for Naze {
    #[expect(clippy::print_stderr, reason = "the test that fails shows it")]
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("the server said:\n{}", self.said());
        }
    }
}
