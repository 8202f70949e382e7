//! A wish that is done later than it was wished: it is about who was there then.

use std::path::Path;

use super::*;
use crate::clock::Clock;
use crate::log::{Key, LogError};

/// From now on nothing can be erased in a store, and all else can be done.
pub(super) fn hinder(folder: &Path) {
    let stop = "CREATE TRIGGER hinder BEFORE INSERT ON erasures BEGIN SELECT RAISE(ABORT, 'no'); END";
    Connection::open(SqliteLog::database(folder)).unwrap().execute_batch(stop).unwrap();
}

pub(super) fn let_go(folder: &Path) {
    Connection::open(SqliteLog::database(folder)).unwrap().execute_batch("DROP TRIGGER hinder").unwrap();
}

pub(super) async fn wished(folder: &Path, workshop: WorkshopId, what: What) -> Result<Erased, LogError> {
    SqliteLog::open(folder).unwrap().erase(Wish::now(workshop, what, Cause::Lead)).await
}

pub(super) async fn open_at(folder: &Path, at: Millis) -> Registry {
    let log: Arc<dyn Log> = Arc::new(SqliteLog::open(folder).unwrap());
    Registry::open_by(Clock::read_by(move || at), log, Limits::default()).await.unwrap()
}

/// 佐藤 goes to the other table, and 鈴木 comes.
async fn goes_on(folder: &Path, workshop: WorkshopId, at: Millis) {
    let registry = open_at(folder, at).await;
    registry.seat(workshop, PersonId(1), GroupId(2)).await.unwrap();
    registry.join(workshop, Token::of([2; 16]), "鈴木", Some(GroupId(1))).await.unwrap();
    registry.close().await;
}

/// What people are called, on the roster and on both boards.
pub(super) async fn called(folder: &Path, workshop: WorkshopId) -> Vec<String> {
    let log = SqliteLog::open(folder).unwrap();
    let mut all = Vec::new();
    for doc in [DocId::Roster, DocId::Board(GroupId(1)), DocId::Board(GroupId(2))] {
        let key = Key { workshop, doc };
        match log.load(key).await.unwrap().replay(key).unwrap() {
            AnyDoc::Roster(roster) => all.extend(roster.model.people.values().map(|person| person.name.clone())),
            AnyDoc::Board(board) => all.extend(board.model.members.values().map(|member| member.name.clone())),
            _ => panic!("another doc"),
        }
    }
    all.sort();
    all.dedup();
    all
}

fn has(folder: &Path, word: &str) -> bool {
    let bytes = std::fs::read(SqliteLog::database(folder)).unwrap();
    bytes.windows(word.len()).any(|part| part == word.as_bytes())
}

async fn who_comes_after_the_wish_keeps_their_name(later: impl Fn(Millis) -> Millis) {
    let folder = tempdir().unwrap();
    let data = folder.path();
    let (workshop, now) = filled(data).await;
    hinder(data);
    wished(data, workshop, What::Names).await.unwrap_err();
    goes_on(data, workshop, later(now)).await;
    assert!(called(data, workshop).await.contains(&"佐藤".to_owned()), "it could not be done yet");
    let_go(data);
    // The name went to the other board after the wish: a copy of it, made by the server.
    let people = called(data, workshop).await;
    assert!(people.contains(&"鈴木".to_owned()) && people.iter().any(|name| name.starts_with("参加者")), "{people:?}");
    assert!(!people.contains(&"佐藤".to_owned()), "{people:?}");
    assert!(!has(data, "佐藤") && has(data, "鈴木"));
}

#[tokio::test]
async fn who_comes_after_a_wish_that_failed_keeps_their_name() {
    who_comes_after_the_wish_keeps_their_name(|now| Millis(now.0 + 60_000)).await;
}

#[tokio::test]
async fn who_comes_after_the_wish_keeps_their_name_by_a_clock_that_was_set_back() {
    who_comes_after_the_wish_keeps_their_name(|now| Millis(now.0 - 3_600_000)).await;
}

#[tokio::test]
async fn what_was_written_by_a_clock_that_was_ahead_goes_too() {
    let folder = tempdir().unwrap();
    let data = folder.path();
    let (workshop, now) = filled(data).await;
    goes_on(data, workshop, Millis(now.0 + 70 * 365 * DAY_MS)).await;
    hinder(data);
    wished(data, workshop, What::Names).await.unwrap_err();
    let_go(data);
    let people = called(data, workshop).await;
    assert!(people.iter().all(|name| name.starts_with("参加者")), "{people:?}");
    assert!(!has(data, "佐藤") && !has(data, "鈴木"));
    let log: Arc<dyn Log> = Arc::new(SqliteLog::open(data).unwrap());
    let registry = Registry::open(log, Limits { names_kept_days: Some(2), ..Limits::default() }).await.unwrap();
    assert_eq!(registry.data(workshop).await.unwrap().names_until, None, "it counts as done");
}

#[tokio::test]
async fn who_asks_again_means_everybody_who_is_there_by_then() {
    let folder = tempdir().unwrap();
    let data = folder.path();
    let (workshop, now) = filled(data).await;
    hinder(data);
    for _ in 0..3 {
        wished(data, workshop, What::Names).await.unwrap_err();
    }
    let lines = || std::fs::read_to_string(data.join(LEDGER)).unwrap().matches("\"workshop\"").count();
    assert_eq!(lines(), 1, "nothing was written since: the wish is the same");
    goes_on(data, workshop, Millis(now.0 + 60_000)).await;
    wished(data, workshop, What::Names).await.unwrap_err();
    assert_eq!((lines(), Ledger::of(data).read().unwrap().len()), (2, 1), "dated anew, and still one wish");
    let_go(data);
    let people = called(data, workshop).await;
    assert!(people.iter().all(|name| name.starts_with("参加者")), "{people:?}");
}

#[tokio::test]
async fn a_workshop_in_which_somebody_wrote_after_it_was_wished_away_waits_for_another_word() {
    let folder = tempdir().unwrap();
    let data = folder.path();
    let (workshop, now) = filled(data).await;
    hinder(data);
    wished(data, workshop, What::Workshop).await.unwrap_err();
    goes_on(data, workshop, Millis(now.0 - 3_600_000)).await;
    let_go(data);
    assert!(called(data, workshop).await.contains(&"鈴木".to_owned()), "words went that came after it");
    let log = SqliteLog::open(data).unwrap();
    assert_eq!(log.open_wishes().await.unwrap().len(), 1, "it is not forgotten");
    log.erase(Wish::now(workshop, What::Workshop, Cause::Lead)).await.unwrap();
    assert!(log.keys().await.unwrap().iter().all(|key| key.workshop != workshop));
    assert_eq!(log.open_wishes().await.unwrap(), []);
}

#[tokio::test]
async fn a_workshop_that_was_wished_away_goes_at_the_next_start() {
    let folder = tempdir().unwrap();
    let data = folder.path();
    let (workshop, _) = filled(data).await;
    hinder(data);
    wished(data, workshop, What::Workshop).await.unwrap_err();
    let_go(data);
    assert!(SqliteLog::open(data).unwrap().keys().await.unwrap().iter().all(|key| key.workshop != workshop));
}

#[tokio::test]
async fn starts_that_cannot_do_it_are_noted_and_it_is_done_when_one_can() {
    let folder = tempdir().unwrap();
    let data = folder.path();
    let (workshop, _) = filled(data).await;
    hinder(data);
    wished(data, workshop, What::Names).await.unwrap_err();
    for failed in [1, 2, 3, 3, 3] {
        let open = SqliteLog::open(data).unwrap().open_wishes().await.unwrap();
        assert!(matches!(open.as_slice(), [noted] if noted.failed == failed), "{failed}: {open:?}");
    }
    let_go(data);
    assert_eq!(SqliteLog::open(data).unwrap().open_wishes().await.unwrap(), []);
    assert!(!has(data, "佐藤"));
}

/// Puts a copy in the place of the store; what was there is kept aside.
pub(super) fn put_back(copy: &Path, data: &Path) {
    // Their names have seconds.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    crate::backup::restore::restore(copy, data).unwrap();
}

pub(super) fn files_with(folder: &Path, word: &str) -> Vec<String> {
    let all = std::fs::read_dir(folder).unwrap().map(|found| found.unwrap().path()).filter(|path| path.is_file());
    let has = |path: &std::path::PathBuf| {
        std::fs::read(path).unwrap().windows(word.len()).any(|part| part == word.as_bytes())
    };
    all.filter(has).map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

fn kept_aside(folder: &Path) -> Vec<std::path::PathBuf> {
    crate::backup::restore::aside(folder).iter().map(|one| one.store().to_owned()).collect()
}

#[tokio::test]
async fn what_two_restores_have_kept_aside_loses_the_names_and_stays() {
    let (folder, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
    let data = folder.path();
    let (workshop, _) = filled(data).await;
    let (old, new) = (elsewhere.path().join("old.db"), elsewhere.path().join("new.db"));
    crate::backup::copy(data, &old).unwrap();
    wished(data, workshop, What::Names).await.unwrap();
    // Swept: a copy that is put back says of itself that nothing is left to do.
    drop(SqliteLog::open(data).unwrap());
    crate::backup::copy(data, &new).unwrap();
    put_back(&old, data);
    put_back(&new, data);
    std::fs::write(data.join("naze.db.new"), "佐藤").unwrap();
    assert_eq!(files_with(data, "佐藤").len(), 2, "the second one kept the old copy aside");
    drop(SqliteLog::open(data).unwrap());
    assert_eq!(files_with(data, "佐藤"), Vec::<String>::new());
    let aside = kept_aside(data);
    assert_eq!(aside.len(), 2, "and all else in them is there");
    for store in aside {
        assert_eq!(crate::backup::restore::check(&store).unwrap().people, 1, "{}", store.display());
    }
    // What is erased later goes from them too, while a server runs.
    let log: Arc<dyn Log> = Arc::new(SqliteLog::open(data).unwrap());
    let registry = Registry::open(log, Limits::default()).await.unwrap();
    registry.join(workshop, Token::of([2; 16]), "鈴木", Some(GroupId(1))).await.unwrap();
    registry.close().await;
    drop(registry);
    put_back(&new, data);
    assert!(!files_with(data, "鈴木").is_empty());
    let log = SqliteLog::open(data).unwrap();
    assert!(!files_with(data, "鈴木").is_empty(), "nobody has wished that yet");
    log.erase(Wish::now(workshop, What::Names, Cause::Lead)).await.unwrap();
    log.sweep().await.unwrap();
    assert_eq!(files_with(data, "鈴木"), Vec::<String>::new());
    assert_eq!(kept_aside(data).len(), 3);
}

#[tokio::test]
async fn a_damaged_store_that_is_kept_aside_goes_unless_it_was_erased_before() {
    let (folder, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
    let data = folder.path();
    let (workshop, _) = filled(data).await;
    let old = elsewhere.path().join("old.db");
    let damage = || {
        let file = SqliteLog::database(data);
        let mut bytes = std::fs::read(&file).unwrap();
        bytes[..100].fill(0x5a);
        std::fs::write(file, bytes).unwrap();
    };
    crate::backup::copy(data, &old).unwrap();
    damage();
    put_back(&old, data);
    wished(data, workshop, What::Names).await.unwrap();
    drop(SqliteLog::open(data).unwrap());
    assert_eq!(kept_aside(data), Vec::<std::path::PathBuf>::new(), "it has the name and cannot be rewritten");
    damage();
    put_back(&old, data);
    drop(SqliteLog::open(data).unwrap());
    assert_eq!(
        kept_aside(data).len(),
        1,
        "the record stands in it: it is what somebody may want to rescue something from"
    );
    assert_eq!(files_with(data, "佐藤"), Vec::<String>::new());
}

#[tokio::test]
async fn a_copy_in_which_somebody_else_has_that_number_is_told_by_its_times() {
    let (folder, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
    let data = folder.path();
    let (workshop, now) = filled(data).await;
    let (short, long) = (elsewhere.path().join("short.db"), elsewhere.path().join("long.db"));
    crate::backup::copy(data, &short).unwrap();
    goes_on(data, workshop, now).await;
    crate::backup::copy(data, &long).unwrap();
    put_back(&short, data);
    // In this history nobody has come since, and the names are erased.
    wished(data, workshop, What::Names).await.unwrap();
    put_back(&long, data);
    let people = called(data, workshop).await;
    assert!(people.iter().all(|name| name.starts_with("参加者")), "{people:?}");
}
