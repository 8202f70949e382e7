//! The executable from outside: what it prints, how it ends. What it does while it runs is tested where it is done.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect fails"
)]

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The executable, untouched by what the developer has set.
fn naze(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_naze"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NAZE_")) {
        command.env_remove(name);
    }
    command.args(arguments).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
    command
}

fn ended(arguments: &[&str]) -> Output {
    naze(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A server that is gone when the test is.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--log", "off", "--data", data.to_str().unwrap()];
        let mut child = naze(&arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut first).unwrap();
        let address = first.trim_end().strip_prefix("listening on http://").unwrap().to_owned();
        Self { child, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_second_server_is_told_what_is_in_the_way() {
    let (data, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = Server::start(data.path());
    let taken = ended(&["serve", "--listen", &server.address, "--data", other.path().to_str().unwrap()]);
    let said = text(&taken.stderr);
    assert_eq!(taken.status.code(), Some(1), "{said}");
    assert!(said.contains("is taken by another program; stop it or use --listen 127.0.0.1:"), "{said}");
    assert!(said.contains("ほかのプログラムが使っています"), "{said}");
    let open = ended(&["serve", "--listen", "127.0.0.1:0", "--data", data.path().to_str().unwrap()]);
    let said = text(&open.stderr);
    assert_eq!((open.status.code(), open.stdout.len()), (Some(1), 0), "{said}");
    assert!(said.contains("already open") && said.contains("--data"), "{said}");
}

#[test]
fn what_makes_no_sense_is_a_matter_of_usage() {
    for (arguments, flag) in
        [(&["serve", "--listen", "8080"][..], "--listen"), (&["serve", "--prot", "1"], "--prot"), (&[], "serve")]
    {
        let output = ended(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(flag), "{arguments:?}");
    }
    let misspelt = naze(&["serve"]).env("NAZE_LISTN", "127.0.0.1:0").output().unwrap();
    assert_eq!(misspelt.status.code(), Some(2));
    assert!(text(&misspelt.stderr).contains("did you mean NAZE_LISTEN?"));
}

#[test]
fn a_backup_is_made_beside_a_running_server() {
    let data = tempfile::tempdir().unwrap();
    let _server = Server::start(data.path());
    let file = data.path().join("copy.db");
    let arguments = ["backup", file.to_str().unwrap(), "--data", data.path().to_str().unwrap()];
    let first = ended(&arguments);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    assert!(text(&first.stdout).contains("naze serve --data FOLDER"));
    let second = ended(&arguments);
    assert_eq!(second.status.code(), Some(1));
    assert!(text(&second.stderr).contains("exists already"));
}

#[cfg(unix)]
#[test]
fn it_stops_soon_when_it_is_told_to() {
    for signal in ["-TERM", "-INT"] {
        let data = tempfile::tempdir().unwrap();
        let mut server = Server::start(data.path());
        let told = Instant::now();
        assert!(Command::new("kill").args([signal, &server.child.id().to_string()]).status().unwrap().success());
        let mut rest = String::new();
        server.child.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
        assert_eq!(server.child.wait().unwrap().code(), Some(0), "{signal}");
        assert!(told.elapsed() < Duration::from_secs(6), "{signal}");
    }
}
