//! Several servers on one folder, and power cuts while one starts on a store of an older version.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tests::ask;
use tests::naze::{self, Naze};

const SERVERS: usize = 5;
const CUTS: u32 = 30;

fn golden() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/store-v1/data")
}

#[test]
fn of_servers_that_start_on_one_folder_at_once_one_runs() {
    let data = tempfile::tempdir().unwrap();
    let start = |_| {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--data", data.path().to_str().unwrap()];
        naze::command(&arguments).unwrap().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let mut children: Vec<Child> = (0..SERVERS).map(start).collect();
    let mut running = 0;
    for child in &mut children {
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        if first.starts_with("listening on ") {
            running += 1;
            continue;
        }
        let mut told = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut told).unwrap();
        assert!(told.contains("already open by another naze") && told.contains("すでに動いている"), "{told}");
    }
    for child in &mut children {
        let _ = child.kill();
        let _ = child.wait();
    }
    assert_eq!(running, 1, "so many of {SERVERS} run on one folder");
}

fn version(data: &std::path::Path) -> i64 {
    let store = rusqlite::Connection::open(data.join("naze.db")).unwrap();
    store.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
}

/// The fixture is of version 1; each start makes it one of today's. However often that is cut off, it is one or the other.
#[tokio::test]
async fn power_cuts_while_an_old_store_is_opened_leave_it_old_or_new() {
    let keys: Value = serde_json::from_str(&std::fs::read_to_string(golden().join("keys.json")).unwrap()).unwrap();
    let copy = || {
        let data = tempfile::tempdir().unwrap();
        std::fs::copy(golden().join("naze.db"), data.path().join("naze.db")).unwrap();
        data
    };
    let begin = |data: &std::path::Path| {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()];
        naze::command(&arguments).unwrap().stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    };
    assert_eq!(version(copy().path()), 1);
    let whole = copy();
    let begun = Instant::now();
    let mut child = begin(whole.path());
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let takes = begun.elapsed();
    child.kill().unwrap();
    child.wait().unwrap();
    let today = version(whole.path());
    let (mut old, mut new) = (0, 0);
    let mut last = None;
    for n in 0..CUTS {
        let data = copy();
        let mut child = begin(data.path());
        std::thread::sleep(takes * n / CUTS + Duration::from_micros(500));
        child.kill().unwrap();
        child.wait().unwrap();
        match version(data.path()) {
            1 => old += 1,
            version if version == today => new += 1,
            other => panic!("cut {n} left a store of version {other}"),
        }
        last = Some(data);
    }
    println!("{CUTS} power cuts over a start of {takes:?}: {old} left version 1, {new} version {today}");
    assert!(old > 0, "every cut came too late");
    let naze = Naze::start_in(last.unwrap(), &["--log", "warn"]).await.unwrap();
    let (id, lead) = (keys["workshop"].as_str().unwrap(), keys["lead"].as_str().unwrap());
    let address = format!("{}/api/workshops/{id}/export.json", naze.base());
    let answer =
        ask::ask(http::Method::GET, &address, &[("authorization", &format!("Bearer {lead}"))], "").await.unwrap();
    assert!(answer.status == 200 && answer.body.contains("役員の負担が重い"), "{}", answer.body);
}
