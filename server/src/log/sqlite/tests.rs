//! What only a file can do: be opened again, be in use, be damaged, be full.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use tempfile::{TempDir, tempdir};

use super::*;
use crate::log::contract::{entries, seqs, workshop};

mod torn;

async fn filled() -> TempDir {
    let folder = tempdir().unwrap();
    let log = SqliteLog::open(folder.path()).unwrap();
    for n in 1..=30 {
        log.append(workshop(n), Seq(0), entries(1..=40)).await.unwrap();
    }
    folder
}

fn error(folder: &TempDir) -> LogError {
    SqliteLog::open(folder.path()).err().unwrap()
}

#[tokio::test]
async fn what_was_stored_is_there_after_a_restart() {
    let folder = filled().await;
    let log = SqliteLog::open(folder.path()).unwrap();
    assert_eq!(log.load(workshop(3)).await.unwrap().entries, *entries(1..=40));
    let refused = log.append(workshop(3), Seq(0), entries(1..=1)).await;
    assert!(matches!(refused, Err(LogError::Conflict { last: Seq(40), .. })), "{refused:?}");
    log.append(workshop(3), Seq(40), entries(41..=41)).await.unwrap();
}

#[tokio::test]
async fn a_folder_is_opened_once() {
    let folder = tempdir().unwrap();
    let first = SqliteLog::open(folder.path()).unwrap();
    assert_eq!(error(&folder), LogError::InUse { folder: folder.path().to_owned() });
    drop(first);
    assert!(SqliteLog::open(folder.path()).is_ok());
}

#[tokio::test]
async fn a_damaged_file_is_named_and_left_as_it_is() {
    let folder = filled().await;
    let file = SqliteLog::database(folder.path());
    let sound = fs::read(&file).unwrap();
    let spoiled = |from: usize, to: usize| {
        let mut bytes = sound.clone();
        bytes[from..to].fill(0x5a);
        bytes
    };
    let truncated = sound[..sound.len() / 2].to_vec();
    for damaged in
        [b"not a database at all, but long enough".repeat(100), spoiled(0, 64), spoiled(4096, 20_000), truncated]
    {
        fs::write(&file, &damaged).unwrap();
        let why = error(&folder);
        assert!(matches!(why, LogError::Damaged { .. }), "{why:?}");
        assert!(why.to_string().contains("naze.db"), "{why}");
        assert_eq!(fs::read(&file).unwrap(), damaged);
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_an_error() {
    let folder = filled().await;
    let file = SqliteLog::database(folder.path());
    let spoil = "UPDATE entries SET body = '{\"v\":1}' WHERE seq = 7";
    Connection::open(&file).unwrap().execute(spoil, []).unwrap();
    let log = SqliteLog::open(folder.path()).unwrap();
    assert!(matches!(log.load(workshop(1)).await, Err(LogError::Damaged { .. })));
}

#[tokio::test]
async fn a_newer_file_is_left_alone() {
    let folder = filled().await;
    let file = SqliteLog::database(folder.path());
    Connection::open(&file).unwrap().execute_batch("PRAGMA user_version = 9").unwrap();
    assert_eq!(error(&folder), LogError::Newer { file, version: 9 });
}

#[test]
fn a_folder_that_cannot_be_is_said_so() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let why = SqliteLog::open(&file.join("data")).err().unwrap();
    assert!(matches!(why, LogError::Unusable { .. }), "{why:?}");
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let folder = tempdir().unwrap();
    let mut log = SqliteLog::open(folder.path()).unwrap();
    let small = schema::open_to_write(&log.file).unwrap();
    small.execute_batch("PRAGMA max_page_count = 40").unwrap();
    log.writer = Writer::start(small, log.file.clone(), Arc::clone(&log.commits)).unwrap();
    let mut stored = 0;
    let why = loop {
        match log.append(workshop(1), Seq(stored), entries(stored + 1..=stored + 50)).await {
            Ok(()) => stored += 50,
            Err(why) => break why,
        }
    };
    assert!(matches!(why, LogError::Full { .. }), "{why:?}");
    assert!(stored > 0);
    assert_eq!(seqs(&log, workshop(1)).await, (1..=stored).collect::<Vec<_>>());
    drop(log);
    let log = SqliteLog::open(folder.path()).unwrap();
    log.append(workshop(1), Seq(stored), entries(stored + 1..=stored + 50)).await.unwrap();
}

#[tokio::test]
async fn appends_of_many_share_a_commit() {
    let folder = tempdir().unwrap();
    let log = Arc::new(SqliteLog::open(folder.path()).unwrap());
    let writers: Vec<_> = (0..200_u128)
        .map(|n| {
            let log = Arc::clone(&log);
            tokio::spawn(async move { log.append(workshop(n), Seq(0), entries(1..=1)).await })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    assert!(log.commits() < 100, "{} commits for 200 appends", log.commits());
}

/// While somebody else copies the file, what was erased cannot be swept: that waits, and nobody's saving does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_reads_a_copy_for_long_holds_up_the_sweep_and_nobody_else() {
    let folder = filled().await;
    let log = Arc::new(SqliteLog::open(folder.path()).unwrap());
    let wish = Wish::now(workshop(1).workshop, crate::erase::What::Workshop, crate::erase::Cause::Operator);
    log.erase(wish).await.unwrap();
    let copying = schema::open_to_read(&SqliteLog::database(folder.path())).unwrap();
    let read = copying.unchecked_transaction().unwrap();
    read.query_row("SELECT count(*) FROM entries", [], |row| row.get::<_, i64>(0)).unwrap();
    // A copy that the server itself makes is under way for a while, too.
    let own = log.one_at_a_time().await.unwrap();
    let sweeping = tokio::spawn({
        let log = Arc::clone(&log);
        async move { log.sweep().await }
    });
    let (begun, mut longest, mut own) = (std::time::Instant::now(), Duration::ZERO, Some(own));
    for seq in 41.. {
        let asked = std::time::Instant::now();
        log.append(workshop(3), Seq(seq - 1), entries(seq..=seq)).await.unwrap();
        longest = longest.max(asked.elapsed());
        sleep(Duration::from_millis(5)).await;
        if begun.elapsed() > Duration::from_secs(1) {
            own = None;
        }
        if begun.elapsed() > Duration::from_secs(3) {
            break;
        }
    }
    println!("the longest that an append took while the file was read: {longest:?}");
    assert!(own.is_none() && longest < Duration::from_secs(3), "saving waited {longest:?}");
    assert!(!sweeping.is_finished(), "nothing held it up: the test shows nothing");
    drop(read);
    sweeping.await.unwrap().unwrap();
    assert!(log.erasures().await.unwrap().iter().all(|one| one.swept_at.is_some()));
}
