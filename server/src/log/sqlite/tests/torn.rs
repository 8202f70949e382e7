//! A power cut in the middle of a write: the file that is written first ends at any byte, or goes on with what nobody wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shared::{Entry, Seq};
use tempfile::tempdir;

use super::super::SqliteLog;
use crate::log::contract::{entries, workshop};
use crate::log::{Key, Log};

/// Batches that are stored before the power goes.
const BATCHES: u64 = 40;
/// Places at which it goes, beside those at which a batch ends.
const PLACES: u64 = 60;

/// Numbers from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end.max(1)
    }
}

/// A batch that was answered, and how long the file was then.
struct Answered {
    key: Key,
    upto: u64,
    wal_bytes: usize,
}

fn wal(folder: &Path) -> PathBuf {
    SqliteLog::database(folder).with_extension("db-wal")
}

/// How far each log is after these batches.
fn ends(answered: &[Answered]) -> BTreeMap<Key, u64> {
    answered.iter().map(|batch| (batch.key, batch.upto)).collect()
}

async fn read(log: &SqliteLog, key: Key) -> Vec<Entry> {
    log.load(key).await.unwrap().entries
}

#[tokio::test]
async fn a_torn_write_loses_nothing_that_was_answered_and_shows_no_half_of_a_batch() {
    let folder = tempdir().unwrap();
    let log = SqliteLog::open(folder.path()).unwrap();
    let mut dice = Dice(1);
    let mut answered: Vec<Answered> = Vec::new();
    for _ in 0..BATCHES {
        let key = workshop(1 + dice.below(4) as u128);
        let after = ends(&answered).get(&key).copied().unwrap_or(0);
        let upto = after + 1 + dice.below(12);
        log.append(key, Seq(after), entries(after + 1..=upto)).await.unwrap();
        let wal_bytes = usize::try_from(fs::metadata(wal(folder.path())).unwrap().len()).unwrap();
        answered.push(Answered { key, upto, wal_bytes });
    }
    // Taken while it is open: whoever closes it puts all of it in order.
    let base = fs::read(SqliteLog::database(folder.path())).unwrap();
    let whole = fs::read(wal(folder.path())).unwrap();
    let mut places: Vec<usize> = answered.iter().flat_map(|batch| [batch.wal_bytes, batch.wal_bytes - 1]).collect();
    places.extend((0..PLACES).map(|_| usize::try_from(dice.below(whole.len() as u64)).unwrap()));
    for place in places {
        let mut torn = whole[..place].to_vec();
        if dice.below(2) == 0 {
            // The disk had made room already.
            torn.extend((0..dice.below(9_000)).map(|_| u8::try_from(dice.below(256)).unwrap()));
        }
        check(&base, &torn, place, &answered).await;
    }
}

async fn check(base: &[u8], torn: &[u8], place: usize, answered: &[Answered]) {
    let folder = tempdir().unwrap();
    fs::write(SqliteLog::database(folder.path()), base).unwrap();
    fs::write(wal(folder.path()), torn).unwrap();
    let log = SqliteLog::open(folder.path()).unwrap();
    let mut now = BTreeMap::new();
    for key in ends(answered).into_keys() {
        let there = read(&log, key).await;
        let last = there.len() as u64;
        assert_eq!(there, *entries(1..=last), "cut at {place}");
        now.insert(key, last);
    }
    now.retain(|_, last| *last > 0);
    let safe = answered.iter().filter(|batch| batch.wal_bytes <= place).count();
    let is_there = |batches: usize| ends(&answered[..batches]) == now;
    assert!(is_there(safe), "cut at {place}: {safe} batches were answered, and {now:?} is there");
    let key = answered[0].key;
    let last = now.get(&key).copied().unwrap_or(0);
    let next: Arc<[Entry]> = entries(last + 1..=last + 1);
    log.append(key, Seq(last), next).await.unwrap();
    assert_eq!(read(&log, key).await.len() as u64, last + 1, "it goes on");
}
