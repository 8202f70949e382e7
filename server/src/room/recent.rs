//! The last entries of a doc, for connections that come back after a short time. Who was away longer gets the whole doc.

use std::collections::VecDeque;
use std::sync::Arc;

use shared::{Entry, Seq};

/// Entries that are kept at least, if there are so many.
const RECENT_MIN: usize = 256;

/// Entries that follow one another, the last one being the doc's. They are kept as they were stored: in batches, not copied.
#[derive(Default)]
pub(super) struct Recent {
    batches: VecDeque<Arc<[Entry]>>,
    count: usize,
}

impl Recent {
    pub(super) fn add(&mut self, batch: Arc<[Entry]>) {
        self.count += batch.len();
        self.batches.push_back(batch);
        while let Some(oldest) = self.batches.pop_front() {
            if self.count - oldest.len() < RECENT_MIN {
                self.batches.push_front(oldest);
                break;
            }
            self.count -= oldest.len();
        }
    }

    /// What follows `have` in a doc that is at `seq`; none if that is not known any more, or never was.
    pub(super) fn since(&self, have: Seq, seq: Seq) -> Option<Vec<Entry>> {
        if have == seq {
            return Some(Vec::new());
        }
        let first = self.entries().next()?.stamp.seq;
        (have.next() >= first && have < seq)
            .then(|| self.entries().filter(|entry| entry.stamp.seq > have).cloned().collect())
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.batches.iter().flat_map(|batch| batch.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::docs::workshop::WorkshopOp;
    use shared::{By, ClientId, Millis, Op, OpId, Stamp};

    fn entry(n: u64) -> Entry {
        let id = OpId { client: ClientId::of(99), n: u32::try_from(n).unwrap() };
        Entry { stamp: Stamp { seq: Seq(n), at: Millis(0), by: By::Lead, id }, op: Op::Workshop(WorkshopOp::AddGroup) }
    }

    fn since(recent: &Recent, have: u64, seq: u64) -> Option<Vec<u64>> {
        recent.since(Seq(have), Seq(seq)).map(|entries| entries.iter().map(|entry| entry.stamp.seq.0).collect())
    }

    #[test]
    fn what_was_missed_is_found_or_known_to_be_lost() {
        let mut recent = Recent::default();
        assert_eq!(since(&recent, 0, 0), Some(vec![]));
        assert_eq!(since(&recent, 0, 7), None);
        for n in 0..500 {
            recent.add([entry(n * 2 + 1), entry(n * 2 + 2)].into());
        }
        assert_eq!(since(&recent, 1_000, 1_000), Some(vec![]));
        assert_eq!(since(&recent, 998, 1_000), Some(vec![999, 1_000]));
        assert_eq!(since(&recent, 744, 1_000).map(|all| all.len()), Some(RECENT_MIN));
        assert_eq!(since(&recent, 743, 1_000), None);
        assert_eq!(since(&recent, 1_001, 1_000), None);
    }
}
