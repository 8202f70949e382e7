//! Starting where it cannot be, and stopping.

use std::path::PathBuf;

use clap::Parser;

use super::*;
use crate::config::{Cli, Command, Serve};
use crate::log::LogError;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("naze-start-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        Self(folder)
    }

    fn serve(&self, listen: &str) -> Serve {
        let data = self.0.to_str().unwrap();
        let Command::Serve(serve) = Cli::parse_from(["naze", "serve", "--data", data, "--listen", listen]).command
        else {
            panic!("not serve");
        };
        serve
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn started(serve: &Serve) -> Result<Running, StartError> {
    start(&serve.data, &serve.reach, &serve.limits).await
}

async fn failure(serve: &Serve) -> StartError {
    match started(serve).await {
        Ok(_) => panic!("it started"),
        Err(why) => why,
    }
}

#[tokio::test]
async fn it_starts_stops_and_starts_again() {
    let folder = Folder::new("again");
    for _ in 0..2 {
        let running = started(&folder.serve("127.0.0.1:0")).await.unwrap();
        let listen = running.listen;
        assert_ne!(listen.port(), 0);
        assert!(tokio::net::TcpStream::connect(listen).await.is_ok());
        running.stop().await;
        assert!(tokio::net::TcpStream::connect(listen).await.is_err());
    }
}

#[tokio::test]
async fn a_taken_port_is_named_with_another() {
    let (first, second) = (Folder::new("port"), Folder::new("port-second"));
    let running = started(&first.serve("127.0.0.1:0")).await.unwrap();
    let port = running.listen.port();
    let said = failure(&second.serve(&running.listen.to_string())).await.said();
    assert!(said.en.contains(&format!("port {port} is taken")) && said.en.contains("--listen 127.0.0.1:"), "{said}");
    assert!(said.ja.contains(&port.to_string()));
    assert!(!second.0.exists(), "nothing was made");
    running.stop().await;
}

#[tokio::test]
async fn a_folder_that_is_open_is_named() {
    let folder = Folder::new("open");
    let running = started(&folder.serve("127.0.0.1:0")).await.unwrap();
    let why = failure(&folder.serve("127.0.0.1:0")).await;
    assert!(matches!(why, StartError::Log(LogError::InUse { .. })));
    assert!(why.said().en.contains("--data") && why.said().ja.contains("--data"));
    running.stop().await;
}

#[tokio::test]
async fn a_damaged_file_is_named_and_left_as_it_was() {
    let folder = Folder::new("damaged");
    std::fs::create_dir_all(&folder.0).unwrap();
    let file = SqliteLog::database(&folder.0);
    let garbage = "this is no database at all. ".repeat(100);
    std::fs::write(&file, &garbage).unwrap();
    let why = failure(&folder.serve("127.0.0.1:0")).await;
    assert!(matches!(why, StartError::Log(LogError::Damaged { .. })), "{}", why.said());
    assert!(why.said().ja.contains("naze.db"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), garbage);
}

#[tokio::test]
async fn a_folder_that_is_a_file_cannot_be_used() {
    let folder = Folder::new("file");
    std::fs::write(&folder.0, "a file").unwrap();
    let why = failure(&folder.serve("127.0.0.1:0")).await;
    assert!(matches!(why, StartError::Log(LogError::Unusable { .. })));
    let _ = std::fs::remove_file(&folder.0);
}

#[tokio::test]
async fn an_address_of_another_machine_is_named() {
    let folder = Folder::new("address");
    let said = failure(&folder.serve("192.0.2.1:0")).await.said();
    assert!(said.en.contains("192.0.2.1"), "{said}");
}
