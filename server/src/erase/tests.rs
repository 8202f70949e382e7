//! What becomes of an entry, and of a wish that a crash cut off.

use std::sync::Arc;

use rusqlite::Connection;
use shared::docs::board::Seated;
use shared::docs::roster::Hold;
use shared::ids::TokenHash;
use shared::run_sheet::Shipped;
use shared::{AnyDoc, By, ClientId, DocId, GroupId, OpId, Seq, Token};
use tempfile::tempdir;

use super::*;
use crate::log::{Log, SqliteLog};
use crate::registry::{Limits, New, Registry};

mod ahead;
mod late;
mod leaps;

fn entry(seq: u64, op: RosterOp) -> Entry {
    let id = OpId { client: ClientId::SERVER, n: u32::try_from(seq).unwrap() };
    Entry { stamp: Stamp { seq: Seq(seq), at: Millis(1_000), by: By::Server, id }, op: Op::Roster(op) }
}

fn about() -> About {
    About { age: "七十代".into(), actor: "自治会".into(), hold: Hold::Fixed }
}

fn join(seq: u64) -> Entry {
    let key = TokenHash([7; 32]);
    entry(seq, RosterOp::Join { key, name: "佐藤".into(), section: "福祉課".into(), group: GroupId(1), seats: 5 })
}

#[test]
fn a_name_goes_and_the_effect_stays() {
    let (person, new) = rewritten(&join(12), What::Names, Language::Ja).unwrap();
    assert_eq!((person, new.stamp.at, new.stamp.seq), (PersonId(12), Millis(1_001), Seq(12)));
    let Op::Roster(RosterOp::Join { name, section, group, .. }) = &new.op else { panic!("{new:?}") };
    assert_eq!((name.as_str(), section.as_str(), *group), ("参加者12", "", GroupId(1)));
    assert_eq!(rewritten(&new, What::Names, Language::Ja), None, "once is enough: the log stays the same then");
    let described = entry(13, RosterOp::Describe { person: PersonId(12), section: "福祉課".into(), about: about() });
    let (_, new) = rewritten(&described, What::Person(PersonId(12)), Language::En).unwrap();
    let Op::Roster(RosterOp::Describe { about, .. }) = &new.op else { panic!("{new:?}") };
    assert_eq!(*about, About { hold: Hold::Fixed, ..About::default() }, "how they are seated is no secret");
}

#[test]
fn nobody_else_is_touched() {
    assert_eq!(rewritten(&join(12), What::Person(PersonId(11)), Language::Ja), None);
    let member = Member { name: "佐藤".into(), seated: Seated::Here };
    let op = Op::Board(BoardOp::SetMember { person: PersonId(12), member });
    let seated = Entry { op, ..join(3) };
    assert_eq!(
        rewritten(&seated, What::Person(PersonId(3)), Language::Ja),
        None,
        "whose it is, is not its number here"
    );
    assert!(rewritten(&seated, What::Person(PersonId(12)), Language::Ja).is_some());
    assert_eq!(rewritten(&entry(4, RosterOp::Forget { person: PersonId(12) }), What::Names, Language::Ja), None);
}

#[test]
fn what_stands_in_its_place_is_a_name_in_both_languages() {
    for language in [Language::Ja, Language::En] {
        assert!(shared::text::is_name(&label(PersonId(u32::MAX), language)));
    }
}

#[test]
fn a_line_that_was_cut_off_is_passed_over_and_the_next_one_is_read() {
    let folder = tempdir().unwrap();
    let ledger = Ledger::of(folder.path());
    assert_eq!(ledger.read().unwrap(), []);
    let wish = Wish::now(WorkshopId::default(), What::Names, Cause::Lead);
    ledger.add(&wish).unwrap();
    let file = folder.path().join(LEDGER);
    let cut = serde_json::to_string(&wish).unwrap();
    std::fs::write(&file, [std::fs::read(&file).unwrap(), cut.as_bytes()[..40].to_vec()].concat()).unwrap();
    let next = Wish::now(WorkshopId::default(), What::Workshop, Cause::Lead);
    ledger.add(&next).unwrap();
    let read = || ledger.read().unwrap().into_iter().map(|noted| (noted.wish, noted.failed)).collect::<Vec<_>>();
    assert_eq!(read(), [(wish, 0), (next, 0)]);
    ledger.add_failed(&wish).unwrap();
    assert_eq!(read(), [(wish, 1), (next, 0)], "a start could not do it");
    let again = Wish { at: Millis(wish.at.0 + 9), ..wish };
    ledger.add(&again).unwrap();
    assert_eq!(read(), [(next, 0), (again, 0)], "the last line of a wish counts");
}

/// A data folder with a workshop in which somebody called 佐藤 sits.
async fn filled(folder: &std::path::Path) -> (WorkshopId, Millis) {
    let log: Arc<dyn Log> = Arc::new(SqliteLog::open(folder).unwrap());
    let registry = Registry::open(log, Limits::default()).await.unwrap();
    let new = New {
        title: "会".into(),
        goal: String::new(),
        language: Language::Ja,
        groups: 2,
        seats: 5,
        run_sheet: Shipped::Blank,
    };
    let made = registry.create(new).await.unwrap();
    registry.join(made.id, Token::of([1; 16]), "佐藤", Some(GroupId(1))).await.unwrap();
    registry.close().await;
    (made.id, clock::now())
}

async fn names(folder: &std::path::Path, workshop: WorkshopId) -> Vec<String> {
    let log = SqliteLog::open(folder).unwrap();
    let mut names = Vec::new();
    for doc in [DocId::Roster, DocId::Board(GroupId(1))] {
        let key = crate::log::Key { workshop, doc };
        match log.load(key).await.unwrap().replay(key).unwrap() {
            AnyDoc::Roster(roster) => names.extend(roster.model.people.values().map(|person| person.name.clone())),
            AnyDoc::Board(board) => names.extend(board.model.members.values().map(|member| member.name.clone())),
            _ => panic!("another doc"),
        }
    }
    names
}

#[tokio::test]
async fn what_was_wished_before_a_crash_is_done_at_the_next_start() {
    let folder = tempdir().unwrap();
    let (workshop, _) = filled(folder.path()).await;
    assert_eq!(names(folder.path(), workshop).await, ["佐藤", "佐藤"]);
    Ledger::of(folder.path()).add(&Wish::now(workshop, What::Names, Cause::Lead)).unwrap();
    assert_eq!(names(folder.path(), workshop).await, ["参加者1", "参加者1"]);
    let log = SqliteLog::open(folder.path()).unwrap();
    let erased = log.erasures().await.unwrap();
    assert!(matches!(erased.as_slice(), [Erased { people: 1, swept_at: Some(_), .. }]), "{erased:?}");
}

#[tokio::test]
async fn what_was_not_swept_before_a_crash_is_swept_at_the_next_start() {
    let folder = tempdir().unwrap();
    let (workshop, _) = filled(folder.path()).await;
    let log = SqliteLog::open(folder.path()).unwrap();
    log.erase(Wish::now(workshop, What::Names, Cause::Lead)).await.unwrap();
    assert!(log.erasures().await.unwrap().iter().all(|one| one.swept_at.is_none()));
    drop(log);
    let log = SqliteLog::open(folder.path()).unwrap();
    assert!(log.erasures().await.unwrap().iter().all(|one| one.swept_at.is_some()));
}

#[tokio::test]
async fn the_clock_is_told_the_time_and_does_it_once() {
    let folder = tempdir().unwrap();
    let (workshop, end) = filled(folder.path()).await;
    let log: Arc<dyn Log> = Arc::new(SqliteLog::open(folder.path()).unwrap());
    let registry = Registry::open(log, Limits { names_kept_days: Some(2), ..Limits::default() }).await.unwrap();
    let days = |days: u64| Millis(end.0 + days * DAY_MS);
    assert_eq!(registry.erase_due(days(61), Cause::Clock).await, 0, "nobody ended it: it has 60 days more");
    assert_eq!(registry.erase_due(days(63), Cause::Clock).await, 1);
    assert_eq!(registry.erase_due(days(64), Cause::Clock).await, 0, "nothing was written since");
    let data = registry.data(workshop).await.unwrap();
    assert_eq!((data.names_until, data.erased.len()), (None, 1));
    registry.join(workshop, Token::of([2; 16]), "鈴木", Some(GroupId(2))).await.unwrap();
    let again = registry.data(workshop).await.unwrap().names_until.unwrap();
    assert!(again >= days(62), "somebody new came: {again:?}");
}

#[tokio::test]
async fn a_doc_that_cannot_be_read_through_is_left_as_it_is() {
    let folder = tempdir().unwrap();
    let (workshop, _) = filled(folder.path()).await;
    let store = Connection::open(SqliteLog::database(folder.path())).unwrap();
    let spoil =
        "UPDATE entries SET body = json_set(body, '$.op.Roster.Join.name', char(10)) WHERE body LIKE '%Roster%'";
    assert_eq!(store.execute(spoil, []).unwrap(), 1);
    store.execute("UPDATE entries SET seq = 9 WHERE body LIKE '%Roster%'", []).unwrap();
    drop(store);
    let log = SqliteLog::open(folder.path()).unwrap();
    let before: Vec<u8> = std::fs::read(SqliteLog::database(folder.path())).unwrap();
    log.erase(Wish::now(workshop, What::Names, Cause::Lead)).await.unwrap_err();
    assert!(log.erasures().await.unwrap().is_empty());
    assert_eq!(std::fs::read(SqliteLog::database(folder.path())).unwrap(), before);
}

#[tokio::test]
async fn a_line_that_cannot_be_read_keeps_no_other_workshop_from_its_time() {
    let folder = tempdir().unwrap();
    let (spoilt, _) = filled(folder.path()).await;
    let store = Connection::open(SqliteLog::database(folder.path())).unwrap();
    let spoil = "UPDATE entries SET body = '{not json' WHERE doc IN (SELECT id FROM docs WHERE workshop = ?1)";
    store.execute(spoil, [spoilt.to_string()]).unwrap();
    drop(store);
    let log = SqliteLog::open(folder.path()).unwrap();
    assert!(!log.last_written().await.unwrap().contains_key(&spoilt));
}

#[tokio::test]
async fn of_one_person_of_whom_nothing_is_left_no_line_is_added_anywhere() {
    let folder = tempdir().unwrap();
    let (workshop, _) = filled(folder.path()).await;
    let log = SqliteLog::open(folder.path()).unwrap();
    let wish = |person| Wish::now(workshop, What::Person(PersonId(person)), Cause::Lead);
    assert_eq!(log.erase(wish(99)).await.unwrap().people, 0);
    assert_eq!((log.erasures().await.unwrap(), Ledger::of(folder.path()).read().unwrap()), (vec![], vec![]));
    assert_eq!(log.erase(wish(1)).await.unwrap().people, 1);
    log.erase(wish(1)).await.unwrap();
    assert_eq!((log.erasures().await.unwrap().len(), Ledger::of(folder.path()).read().unwrap().len()), (1, 1));
}

#[tokio::test]
async fn a_damaged_line_keeps_no_workshop_and_what_fails_is_wished_once() {
    let folder = tempdir().unwrap();
    let (workshop, _) = filled(folder.path()).await;
    let store = Connection::open(SqliteLog::database(folder.path())).unwrap();
    let spoil = "UPDATE entries SET body = '{not json' WHERE doc IN (SELECT id FROM docs WHERE workshop = ?1)";
    store.execute(spoil, [workshop.to_string()]).unwrap();
    drop(store);
    let log = SqliteLog::open(folder.path()).unwrap();
    for _ in 0..3 {
        log.erase(Wish::now(workshop, What::Names, Cause::Clock)).await.unwrap_err();
    }
    assert_eq!(Ledger::of(folder.path()).read().unwrap().len(), 1);
    log.erase(Wish::now(workshop, What::Workshop, Cause::Operator)).await.unwrap();
    assert!(log.keys().await.unwrap().iter().all(|key| key.workshop != workshop));
}
