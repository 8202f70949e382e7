//! The clock was nine hours ahead, and was then corrected: what was written meanwhile is dated after all that follows.

use std::path::Path;

use rusqlite::Connection;

use super::late::{called, files_with, hinder, let_go, open_at, put_back, wished};
use super::*;

const AHEAD_MS: u64 = 9 * 60 * 60 * 1_000;
const NAMES: [&str; 3] = ["佐藤", "高橋", "鈴木"];

async fn comes(folder: &Path, workshop: WorkshopId, name: &str, group: u16, at: Millis) -> PersonId {
    let registry = open_at(folder, at).await;
    let token = Token::of([u8::try_from(name.chars().next().unwrap() as u32 % 251).unwrap(); 16]);
    let joined = registry.join(workshop, token, name, Some(GroupId(group))).await.unwrap();
    registry.close().await;
    joined.person
}

/// 佐藤 came by a clock that was right, 高橋 by one that was ahead, and 鈴木 to the same group when it was corrected: no doc ends with an
/// entry that is dated ahead.
async fn corrected(folder: &Path) -> (WorkshopId, Millis, PersonId) {
    let (workshop, now) = filled(folder).await;
    let ahead = comes(folder, workshop, "高橋", 2, Millis(now.0 + AHEAD_MS)).await;
    comes(folder, workshop, "鈴木", 2, clock::now()).await;
    for name in NAMES {
        assert!(!files_with(folder, name).is_empty(), "{name} was never there");
    }
    (workshop, now, ahead)
}

fn left(folder: &Path) -> Vec<&'static str> {
    NAMES.into_iter().filter(|name| !files_with(folder, name).is_empty()).collect()
}

async fn at_once(what: impl Fn(PersonId) -> What) -> Vec<&'static str> {
    let folder = tempdir().unwrap();
    let (workshop, _, ahead) = corrected(folder.path()).await;
    let log = SqliteLog::open(folder.path()).unwrap();
    log.erase(Wish::now(workshop, what(ahead), Cause::Lead)).await.unwrap();
    log.sweep().await.unwrap();
    drop(log);
    left(folder.path())
}

#[tokio::test]
async fn all_names_go_at_once() {
    assert_eq!(at_once(|_| What::Names).await, Vec::<&str>::new());
}

#[tokio::test]
async fn the_name_of_one_who_came_by_it_goes_at_once() {
    assert_eq!(at_once(What::Person).await, ["佐藤", "鈴木"]);
}

#[tokio::test]
async fn the_whole_workshop_goes_at_once() {
    assert_eq!(at_once(|_| What::Workshop).await, Vec::<&str>::new());
}

#[tokio::test]
async fn all_names_of_then_go_late_and_who_came_after_the_wish_keeps_theirs() {
    let folder = tempdir().unwrap();
    let data = folder.path();
    let (workshop, ..) = corrected(data).await;
    hinder(data);
    wished(data, workshop, What::Names).await.unwrap_err();
    comes(data, workshop, "田中", 2, Millis(clock::now().0 + 60_000)).await;
    let_go(data);
    drop(SqliteLog::open(data).unwrap());
    assert_eq!(left(data), Vec::<&str>::new());
    assert!(called(data, workshop).await.contains(&"田中".to_owned()), "they came after it");
    // Nobody is told that it is done already: it is done for them, too, when it is asked for again.
    let registry = open_at(data, clock::now()).await;
    registry.erase(workshop, What::Names, Cause::Lead).await.unwrap();
    registry.sweep().await;
    registry.close().await;
    assert_eq!(files_with(data, "田中"), Vec::<String>::new());
}

#[tokio::test]
async fn a_whole_workshop_goes_late_unless_somebody_came_after_the_wish() {
    for comes_late in [false, true] {
        let folder = tempdir().unwrap();
        let data = folder.path();
        let (workshop, ..) = corrected(data).await;
        hinder(data);
        wished(data, workshop, What::Workshop).await.unwrap_err();
        if comes_late {
            comes(data, workshop, "田中", 2, Millis(clock::now().0 + 60_000)).await;
        }
        let_go(data);
        drop(SqliteLog::open(data).unwrap());
        assert_eq!(left(data).is_empty(), !comes_late);
        assert_eq!(files_with(data, "田中").is_empty(), !comes_late);
    }
}

#[tokio::test]
async fn what_was_wished_by_a_version_that_looked_at_the_last_entry_goes_late() {
    let folder = tempdir().unwrap();
    let data = folder.path();
    let (workshop, ..) = corrected(data).await;
    hinder(data);
    wished(data, workshop, What::Names).await.unwrap_err();
    let ledger = std::fs::read_to_string(data.join(LEDGER)).unwrap();
    let mut line: serde_json::Value =
        serde_json::from_str(ledger.lines().find(|line| !line.is_empty()).unwrap()).unwrap();
    line["at"] = clock::now().0.into();
    line["upto"].as_object_mut().unwrap().remove("latest").unwrap();
    std::fs::write(data.join(LEDGER), format!("{line}\n")).unwrap();
    let_go(data);
    drop(SqliteLog::open(data).unwrap());
    assert_eq!(left(data), Vec::<&str>::new());
}

#[tokio::test]
async fn a_copy_of_before_the_wish_that_is_put_back_loses_them_too() {
    for what in [What::Names, What::Workshop] {
        let (folder, elsewhere) = (tempdir().unwrap(), tempdir().unwrap());
        let data = folder.path();
        let copy = |name: &str| elsewhere.path().join(name);
        let (workshop, now) = filled(data).await;
        comes(data, workshop, "高橋", 2, Millis(now.0 + AHEAD_MS)).await;
        crate::backup::copy(data, &copy("short.db")).unwrap();
        comes(data, workshop, "鈴木", 2, clock::now()).await;
        crate::backup::copy(data, &copy("all.db")).unwrap();
        wished(data, workshop, what).await.unwrap();
        for name in ["short.db", "all.db"] {
            put_back(&copy(name), data);
            assert!(!left(data).is_empty());
            drop(SqliteLog::open(data).unwrap());
            assert_eq!(left(data), Vec::<&str>::new(), "{what:?} {name}");
        }
    }
}

#[tokio::test]
async fn who_comes_after_it_was_done_is_not_taken_for_done() {
    let folder = tempdir().unwrap();
    let data = folder.path();
    let (workshop, now) = filled(data).await;
    comes(data, workshop, "高橋", 2, Millis(now.0 + AHEAD_MS)).await;
    for name in ["鈴木", "田中"] {
        comes(data, workshop, name, 1, clock::now()).await;
        let registry = open_at(data, clock::now()).await;
        let people = registry.erase(workshop, What::Names, Cause::Lead).await.unwrap().people;
        registry.sweep().await;
        let again = registry.erase(workshop, What::Names, Cause::Lead).await.unwrap().people;
        assert_eq!(again, people, "nothing was written since: it is answered from what is noted");
        registry.close().await;
        assert_eq!(files_with(data, name), Vec::<String>::new());
    }
    assert_eq!(SqliteLog::open(data).unwrap().erasures().await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_was_done_before_numbers_were_noted_is_done_for_the_clock_and_not_for_who_asks() {
    let folder = tempdir().unwrap();
    let data = folder.path();
    let (workshop, now) = filled(data).await;
    wished(data, workshop, What::Names).await.unwrap();
    let older = "UPDATE erasures SET body = json_remove(body, '$.upto')";
    assert_eq!(Connection::open(SqliteLog::database(data)).unwrap().execute(older, []).unwrap(), 1);
    let registry = open_at(data, clock::now()).await;
    let due = Millis(now.0 + 100 * DAY_MS);
    assert_eq!(registry.erase_due(due, Cause::Clock).await, 0, "every workshop of before would be written anew");
    assert_eq!(registry.doubt(Millis(now.0 + 500 * DAY_MS)).await, None, "and none is held");
    let told = registry.data(workshop).await.unwrap();
    assert_eq!((told.names_until, told.erased.len()), (None, 1));
    // Somebody may have been left out then: who asks is not told that it is done.
    registry.erase(workshop, What::Names, Cause::Lead).await.unwrap();
    assert_eq!(registry.data(workshop).await.unwrap().erased.len(), 2);
    // Who comes since has their time, too.
    registry.join(workshop, Token::of([2; 16]), "鈴木", Some(GroupId(2))).await.unwrap();
    assert!(registry.data(workshop).await.unwrap().names_until.is_some());
    assert_eq!(registry.erase_due(due, Cause::Clock).await, 1);
}

#[tokio::test]
async fn names_of_who_came_after_a_late_wish_are_due_by_the_clock() {
    let folder = tempdir().unwrap();
    let data = folder.path();
    let (workshop, now) = filled(data).await;
    hinder(data);
    wished(data, workshop, What::Names).await.unwrap_err();
    comes(data, workshop, "田中", 2, clock::now()).await;
    let_go(data);
    // Done later than anything was written, and not for everybody.
    let registry = open_at(data, clock::now()).await;
    assert!(registry.data(workshop).await.unwrap().names_until.is_some());
    assert_eq!(registry.erase_due(Millis(now.0 + 100 * DAY_MS), Cause::Clock).await, 1);
    assert_eq!(files_with(data, "田中"), Vec::<String>::new());
}

fn dated(times: &[u64]) -> Vec<Entry> {
    let one = |(place, at): (usize, &u64)| {
        let mut one = join(u64::try_from(place).unwrap() + 1);
        one.stamp.at = Millis(*at);
        one
    };
    times.iter().enumerate().map(one).collect()
}

#[test]
fn what_has_come_since_is_told_by_numbers_where_the_roster_goes_on_and_else_by_times() {
    let upto = Some(Reach { roster: 3, at: Millis(2_000), entries: 9, latest: Millis(90_000) });
    let wish = Wish { at: Millis(5_000), upto, ..Wish::now(WorkshopId::default(), What::Names, Cause::Lead) };
    let since = |times: &[u64]| wish.since(&dated(times)).into_iter().map(|seq| seq.0).collect::<Vec<_>>();
    assert_eq!(since(&[1_000, 90_000, 2_000]), [0_u64; 0], "all were there");
    assert_eq!(since(&[1_000, 90_001, 2_001]), [0_u64; 0], "also when they were rewritten");
    assert_eq!(since(&[1_000, 90_000, 2_000, 6_000, 1_500]), [4, 5], "after it, and by a clock that was set back");
    assert_eq!(since(&[1_000, 90_000, 2_000, 4_000]), [0_u64; 0], "in a copy of before the wish that was longer");
    assert_eq!(since(&[1_000, 90_000]), [0_u64; 0], "a copy of before");
    assert_eq!(since(&[1_000, 7_000, 9_000, 90_001]), [4], "another history: later than all that was there");
    let roster = dated(&[1_000, 90_000, 2_000, 6_000]);
    let come = wish.since(&roster);
    assert_eq!(roster.iter().map(|entry| wish.is_about(entry, &come)).collect::<Vec<_>>(), [true, true, true, false]);
    let far = |entries, latest| Reach { entries, latest: Millis(latest), ..Reach::default() };
    assert!(!wish.is_overtaken(far(9, 90_000), &roster[..3]), "nothing was written since");
    assert!(wish.is_overtaken(far(10, 90_000), &roster[..3]), "something was, and its time is hidden by the one ahead");
}
