//! Copies of real data folders, with and without somebody writing.

use std::sync::Arc;

use shared::docs::workshop::{Language, WorkshopOp};
use shared::{By, ClientId, DocId, Entry, Millis, Op, OpId, Seq, Stamp, WorkshopId};

use super::*;
use crate::log::{Key, Log};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("naze-backup-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn key() -> Key {
    Key { workshop: WorkshopId::default(), doc: DocId::Workshop }
}

fn entry(seq: u64, op: WorkshopOp) -> Entry {
    let (by, client) = if seq == 1 { (By::Server, ClientId::FROM_ROSTER) } else { (By::Lead, ClientId::of(99)) };
    let id = OpId { client, n: u32::try_from(seq).unwrap() };
    Entry { stamp: Stamp { seq: Seq(seq), at: Millis(1), by, id }, op: Op::Workshop(op) }
}

fn created() -> Entry {
    let code = "ACDEFH".parse().unwrap();
    entry(
        1,
        WorkshopOp::Create {
            title: "t".into(),
            goal: String::new(),
            language: Language::Ja,
            code,
            groups: 2,
            seats: 5,
        },
    )
}

fn retitled(seq: u64) -> Entry {
    entry(seq, WorkshopOp::SetTitle { title: format!("t{seq}") })
}

async fn open_with_two_entries(folder: &Path) -> SqliteLog {
    let log = SqliteLog::open(folder).unwrap();
    log.append(key(), Seq(0), Arc::from([created(), retitled(2)])).await.unwrap();
    log
}

#[tokio::test]
async fn a_copy_is_taken_beside_a_running_server_and_can_be_started_from() {
    let (data, restored) = (Folder::new("running"), Folder::new("restored"));
    let log = open_with_two_entries(&data.0).await;
    let copied = copy(&data.0, &restored.0.join("naze.db")).unwrap();
    assert_eq!(copied.counts, Counts { workshops: 1, people: 0, cards: 0, entries: 2 });
    assert_eq!(copied.bytes, fs::metadata(&copied.file).unwrap().len());
    log.append(key(), Seq(2), Arc::from([retitled(3)])).await.unwrap();

    let names: Vec<_> = fs::read_dir(&restored.0).unwrap().map(|found| found.unwrap().file_name()).collect();
    assert_eq!(names, ["naze.db"], "nothing lies beside the copy");
    let again = SqliteLog::open(&restored.0).unwrap();
    assert_eq!(again.load(key()).await.unwrap().entries, [created(), retitled(2)]);
}

#[tokio::test]
async fn a_copy_is_whole_while_others_write() {
    let data = Folder::new("written");
    let log = Arc::new(open_with_two_entries(&data.0).await);
    let (source, file) = (data.0.clone(), data.0.join("copy"));
    let writing = tokio::spawn(async move {
        for seq in 3..200 {
            log.append(key(), Seq(seq - 1), Arc::from([retitled(seq)])).await.unwrap();
        }
    });
    let copied = tokio::task::spawn_blocking(move || copy(&source, &file)).await.unwrap().unwrap();
    writing.await.unwrap();
    assert!((2..200).contains(&copied.counts.entries), "{copied:?}");
}

#[tokio::test]
async fn nothing_is_written_over() {
    let data = Folder::new("over");
    let _log = open_with_two_entries(&data.0).await;
    let file = data.0.join("copy");
    fs::write(&file, "mine").unwrap();
    assert!(matches!(copy(&data.0, &file), Err(BackupError::Exists(_))));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[tokio::test]
async fn what_cannot_be_copied_leaves_nothing_behind() {
    let data = Folder::new("nothing");
    let file = data.0.join("copy");
    assert!(matches!(copy(&data.0, &file), Err(BackupError::NoData(_))));
    fs::write(SqliteLog::database(&data.0), "this is no database, and long enough to be looked at").unwrap();
    assert!(matches!(copy(&data.0, &file), Err(BackupError::Unreadable(_))));
    assert!(!file.exists());
    let nowhere = data.0.join("no/such/folder/copy");
    assert!(matches!(copy(&data.0, &nowhere), Err(BackupError::NotWritable { .. })));
}

#[tokio::test]
async fn a_damaged_entry_is_found() {
    let data = Folder::new("damaged");
    drop(open_with_two_entries(&data.0).await);
    let database = Connection::open(SqliteLog::database(&data.0)).unwrap();
    let file = data.0.join("copy");
    database.execute("UPDATE entries SET seq = 7 WHERE seq = 2", []).unwrap();
    assert!(matches!(copy(&data.0, &file), Err(BackupError::Damaged(why)) if why.contains("entry 2 is missing")));
    database.execute("UPDATE entries SET seq = 2, body = '{}' WHERE seq = 7", []).unwrap();
    assert!(matches!(copy(&data.0, &file), Err(BackupError::Damaged(_))));
    assert!(!file.exists());
}

#[test]
fn every_refusal_says_what_to_do_in_both_languages() {
    let said = BackupError::NoData("x".into()).said();
    assert!(said.en.contains("--data") && said.ja.contains("--data"));
}
