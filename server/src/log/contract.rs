//! What every log promises, run over each of them.

use std::sync::Arc;

use shared::docs::workshop::{Language, WorkshopOp};
use shared::{By, ClientId, DocId, GroupId, Millis, Op, OpId, PersonId, Stamp, WorkshopId};

use super::*;

fn key(workshop: u128, doc: DocId) -> Key {
    Key { workshop: WorkshopId(uuid::Uuid::from_u128(workshop)), doc }
}

/// A workshop's log: created, then renamed again and again.
pub(super) fn entries(seqs: std::ops::RangeInclusive<u64>) -> Arc<[Entry]> {
    let entry = |seq: u64| {
        let id = OpId { client: ClientId::of(7_000), n: u32::try_from(seq).unwrap() };
        let op = match seq {
            1 => WorkshopOp::Create {
                title: "会".to_owned(),
                goal: String::new(),
                language: Language::En,
                code: "K7M4XR".parse().unwrap(),
                groups: 2,
                seats: 5,
            },
            _ => WorkshopOp::SetTitle { title: format!("第{seq}回") },
        };
        Entry { stamp: Stamp { seq: Seq(seq), at: Millis(seq), by: By::Server, id }, op: Op::Workshop(op) }
    };
    seqs.map(entry).collect()
}

pub(super) fn workshop(n: u128) -> Key {
    key(n, DocId::Workshop)
}

pub(super) async fn seqs(log: &dyn Log, key: Key) -> Vec<u64> {
    log.load(key).await.unwrap().entries.iter().map(|entry| entry.stamp.seq.0).collect()
}

async fn what_is_appended_is_loaded(log: &dyn Log) {
    assert_eq!(log.load(workshop(1)).await, Ok(Stored::default()));
    log.append(workshop(1), Seq(0), entries(1..=2)).await.unwrap();
    log.append(workshop(1), Seq(2), entries(3..=3)).await.unwrap();
    let stored = log.load(workshop(1)).await.unwrap();
    assert_eq!(stored.entries, *entries(1..=3));
    assert_eq!(stored.replay(workshop(1)).unwrap().seq(), Seq(3));
}

async fn what_does_not_follow_is_refused(log: &dyn Log) {
    log.append(workshop(2), Seq(0), entries(1..=3)).await.unwrap();
    let conflict = |after, last| Err(LogError::Conflict { key: workshop(2), after: Seq(after), last: Seq(last) });
    assert_eq!(log.append(workshop(2), Seq(2), entries(3..=3)).await, conflict(2, 3));
    assert_eq!(log.append(workshop(2), Seq(4), entries(5..=5)).await, conflict(4, 3));
    assert_eq!(log.append(workshop(2), Seq(3), entries(5..=5)).await, conflict(3, 3));
    assert_eq!(log.append(workshop(2), Seq(3), entries(3..=4)).await, conflict(3, 3));
    assert_eq!(seqs(log, workshop(2)).await, [1, 2, 3]);
    log.append(workshop(2), Seq(3), entries(4..=4)).await.unwrap();
}

async fn of_two_writers_one_wins(log: &dyn Log) {
    let (one, other) =
        tokio::join!(log.append(workshop(3), Seq(0), entries(1..=1)), log.append(workshop(3), Seq(0), entries(1..=1)));
    assert_eq!([&one, &other].iter().filter(|result| result.is_ok()).count(), 1, "{one:?} {other:?}");
    assert_eq!(seqs(log, workshop(3)).await, [1]);
}

async fn a_snapshot_stands_for_what_is_before_it(log: &dyn Log) {
    log.append(workshop(4), Seq(0), entries(1..=5)).await.unwrap();
    let whole = log.load(workshop(4)).await.unwrap().replay(workshop(4)).unwrap();
    let early = Stored { snapshot: None, entries: entries(1..=2).to_vec() }.replay(workshop(4)).unwrap();
    log.put_snapshot(workshop(4), whole.clone()).await.unwrap();
    log.put_snapshot(workshop(4), early).await.unwrap();
    log.append(workshop(4), Seq(5), entries(6..=6)).await.unwrap();
    let stored = log.load(workshop(4)).await.unwrap();
    assert_eq!(stored.snapshot, Some(whole));
    assert_eq!(stored.entries, *entries(6..=6));
    assert_eq!(stored.replay(workshop(4)).unwrap().seq(), Seq(6));
}

async fn docs_do_not_meet(log: &dyn Log) {
    let (board, tray) = (|n| DocId::Board(GroupId(n)), |n| DocId::Tray(PersonId(n)));
    let docs = [DocId::Workshop, DocId::Roster, board(1), board(11), DocId::Doors, tray(1), tray(11)];
    for doc in docs {
        log.append(key(5, doc), Seq(0), entries(1..=1)).await.unwrap();
    }
    let mut known = log.keys().await.unwrap();
    known.retain(|known| known.workshop == key(5, DocId::Workshop).workshop);
    known.sort_unstable();
    let mut wanted = docs.map(|doc| key(5, doc));
    wanted.sort_unstable();
    assert_eq!(known, wanted);
}

async fn many_at_once_are_all_kept(log: Arc<dyn Log>) {
    let writers = (100..150_u128).map(|n| {
        let log = Arc::clone(&log);
        tokio::spawn(async move {
            for seq in 1..=20 {
                log.append(workshop(n), Seq(seq - 1), entries(seq..=seq)).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    for n in 100..150 {
        assert_eq!(seqs(&*log, workshop(n)).await, (1..=20).collect::<Vec<_>>());
    }
}

async fn contract(log: Arc<dyn Log>) {
    what_is_appended_is_loaded(&*log).await;
    what_does_not_follow_is_refused(&*log).await;
    of_two_writers_one_wins(&*log).await;
    a_snapshot_stands_for_what_is_before_it(&*log).await;
    docs_do_not_meet(&*log).await;
    many_at_once_are_all_kept(log).await;
}

#[tokio::test]
async fn memory_keeps_the_contract() {
    contract(Arc::new(MemoryLog::new())).await;
}

#[tokio::test]
async fn sqlite_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    contract(Arc::new(SqliteLog::open(folder.path()).unwrap())).await;
}

#[tokio::test]
async fn a_log_with_a_hole_is_not_replayed() {
    let holed = Stored { snapshot: None, entries: [entries(1..=2), entries(4..=4)].concat() };
    assert!(matches!(holed.replay(workshop(1)), Err(LogError::Failed { .. })));
    let twice = Stored { snapshot: None, entries: [entries(1..=2), entries(2..=2)].concat() };
    assert!(matches!(twice.replay(workshop(1)), Err(LogError::Failed { .. })));
}
