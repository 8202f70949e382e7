//! Copies that are made by themselves, and that go.

use std::sync::Arc;

use shared::docs::workshop::Language;
use shared::run_sheet::Shipped;
use tempfile::{TempDir, tempdir};

use super::*;
use crate::log::Log;
use crate::registry::{Limits, New, Registry};

async fn one_more(data: &Path) {
    let log: Arc<dyn Log> = Arc::new(SqliteLog::open(data).unwrap());
    let registry = Registry::open(log, Limits::default()).await.unwrap();
    let (title, goal, run_sheet) = ("会".to_owned(), String::new(), Shipped::Blank);
    registry.create(New { title, goal, language: Language::Ja, groups: 2, seats: 5, run_sheet }).await.unwrap();
    registry.close().await;
}

async fn filled() -> TempDir {
    let folder = tempdir().unwrap();
    one_more(folder.path()).await;
    folder
}

#[tokio::test]
async fn one_is_made_when_something_was_written_and_the_oldest_go() {
    let folder = filled().await;
    let data = folder.path();
    let mut made = vec![make(data, 3).unwrap().unwrap()];
    assert_eq!(make(data, 3).unwrap(), None, "nothing was written since");
    for _ in 0..4 {
        one_more(data).await;
        made.push(make(data, 3).unwrap().unwrap());
    }
    assert_eq!(all(data), made[2..], "the newest three, in their order");
    assert_eq!(restore::check(&made[4]).unwrap().workshops, 5);
}

#[tokio::test]
async fn nothing_is_copied_where_nothing_is() {
    let folder = tempdir().unwrap();
    drop(SqliteLog::open(folder.path()).unwrap());
    assert_eq!(make(folder.path(), 3).unwrap(), None);
    assert!(all(folder.path()).is_empty());
}

#[tokio::test]
async fn a_damaged_store_takes_the_place_of_no_copy() {
    let folder = filled().await;
    let data = folder.path();
    let good = make(data, 1).unwrap().unwrap();
    one_more(data).await;
    let store = rusqlite::Connection::open(SqliteLog::database(data)).unwrap();
    store.execute("UPDATE entries SET body = '{}' WHERE seq = 1", []).unwrap();
    drop(store);
    make(data, 1).unwrap_err();
    assert_eq!(all(data), std::slice::from_ref(&good));
    assert_eq!(ours(data, |_| true), std::slice::from_ref(&good), "no part of one is left");
    assert_eq!(last_good(data), Some(good));
}

#[tokio::test]
async fn the_last_good_one_is_not_a_damaged_one() {
    let folder = filled().await;
    let data = folder.path();
    let first = make(data, 9).unwrap().unwrap();
    one_more(data).await;
    let second = make(data, 9).unwrap().unwrap();
    assert_eq!(last_good(data), Some(second.clone()));
    fs::write(&second, "spoilt, and long enough to be looked at as a store of anything").unwrap();
    assert_eq!(last_good(data), Some(first));
}

#[tokio::test]
async fn of_a_damaged_store_good_copies_stay_until_there_is_a_new_one() {
    let folder = filled().await;
    let data = folder.path();
    let good = make(data, 9).unwrap().unwrap();
    let store = rusqlite::Connection::open(SqliteLog::database(data)).unwrap();
    store.execute("UPDATE entries SET body = '{}' WHERE seq = 1", []).unwrap();
    drop(store);
    renew(data).unwrap_err();
    assert_eq!(last_good(data), Some(good));
}
