//! The last entries of a doc, for connections that come back after a short time. Who was away longer gets the whole doc.

use std::collections::VecDeque;
use std::sync::Arc;

use shared::{Entry, Point};

/// Entries that are sent to who comes back; who missed more gets the whole doc. At least so many are kept.
const RECENT_MAX: usize = 256;

/// Entries that follow one another, the last one being the doc's. They are kept as they were stored: in batches, not copied.
pub(super) struct Recent {
    batches: VecDeque<Arc<[Entry]>>,
    count: usize,
    /// Before the first of them.
    before: Point,
    /// At the last of them.
    end: Point,
}

fn through(from: Point, batch: &[Entry]) -> Point {
    batch.iter().fold(from, |point, entry| point.after(&entry.stamp))
}

impl Recent {
    /// None yet, of a log that was taken so far.
    pub(super) const fn after(point: Point) -> Self {
        Self { batches: VecDeque::new(), count: 0, before: point, end: point }
    }

    pub(super) fn add(&mut self, batch: Arc<[Entry]>) {
        self.count += batch.len();
        self.end = through(self.end, &batch);
        self.batches.push_back(batch);
        while let Some(oldest) = self.batches.pop_front() {
            if self.count - oldest.len() < RECENT_MAX {
                self.batches.push_front(oldest);
                break;
            }
            self.count -= oldest.len();
            self.before = through(self.before, &oldest);
        }
    }

    /// The last entry.
    pub(super) const fn end(&self) -> Point {
        self.end
    }

    /// What follows `have`; none if that is not known any more, or never was in this log.
    pub(super) fn since(&self, have: Point) -> Option<Vec<Entry>> {
        let mut entries = self.batches.iter().flat_map(|batch| batch.iter());
        let mut point = self.before;
        while point.seq < have.seq {
            point = point.after(&entries.next()?.stamp);
        }
        let missed = self.end.seq.0.saturating_sub(have.seq.0);
        let few = usize::try_from(missed).is_ok_and(|missed| missed <= RECENT_MAX);
        (point == have && few).then(|| entries.cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::docs::workshop::WorkshopOp;
    use shared::{By, ClientId, Millis, Op, OpId, Seq, Stamp};

    fn entry(n: u64) -> Entry {
        let id = OpId { client: ClientId::of(99), n: u32::try_from(n).unwrap() };
        Entry { stamp: Stamp { seq: Seq(n), at: Millis(0), by: By::Lead, id }, op: Op::Workshop(WorkshopOp::AddGroup) }
    }

    fn at(n: u64) -> Point {
        (1..=n).fold(Point::default(), |point, n| point.after(&entry(n).stamp))
    }

    fn since(recent: &Recent, have: Point) -> Option<Vec<u64>> {
        recent.since(have).map(|entries| entries.iter().map(|entry| entry.stamp.seq.0).collect())
    }

    fn a_thousand() -> Recent {
        let mut recent = Recent::after(Point::default());
        for n in 0..500 {
            recent.add([entry(n * 2 + 1), entry(n * 2 + 2)].into());
        }
        recent
    }

    #[test]
    fn what_was_missed_is_found_or_known_to_be_lost() {
        assert_eq!(since(&Recent::after(at(7)), at(7)), Some(vec![]));
        assert_eq!(since(&Recent::after(at(7)), at(0)), None);
        let recent = a_thousand();
        assert_eq!(recent.end(), at(1_000));
        assert_eq!(since(&recent, at(1_000)), Some(vec![]));
        assert_eq!(since(&recent, at(998)), Some(vec![999, 1_000]));
        assert_eq!(since(&recent, at(744)).map(|all| all.len()), Some(RECENT_MAX));
        assert_eq!(since(&recent, at(743)), None);
        assert_eq!(since(&recent, at(1_001)), None);
    }

    #[test]
    fn what_another_log_had_under_the_same_number_is_not_gone_on_from() {
        let recent = a_thousand();
        for n in [744, 998, 999, 1_000] {
            let mut lost = entry(n);
            lost.stamp.id.n += 1;
            let other = at(n - 1).after(&lost.stamp);
            assert_eq!(since(&recent, other), None);
        }
    }
}
