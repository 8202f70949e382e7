//! A ceiling on the memory of the whole process. Each connection and each doc has limits of its own; their sum has this one. It looks at
//! what the system says that the process holds, because nothing else counts everything, and says how tight it is. What then gives way
//! is decided where it is: rooms close, newcomers are told to wait, the largest boards stop growing, who reads nothing is closed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use memory_stats::memory_stats;
use tokio::time::Instant;

use crate::room::{Outbox, Waiting};

/// How often it is looked at while nothing happens.
pub(crate) const LOOK: Duration = Duration::from_millis(100);
/// A look is good for so long: what asks meanwhile is answered the same.
const GOOD_FOR: Duration = Duration::from_millis(5);
/// Parts of the ceiling, of a hundred, from which it is tight, full, and over. What is left above the last is for what is under way.
const TIGHT_FROM: u64 = 50;
const FULL_FROM: u64 = 60;
const OVER_FROM: u64 = 70;
/// Which part of the ceiling may wait for those who read: beyond it those for whom most waits are closed.
const WAITING_PART: u64 = 12;
/// Nobody is closed for whom less waits: that would let go next to nothing.
const HELD_MIN: usize = 64 * 1024;
/// Which part of the ceiling all docs share, as they are sent: in memory they take several times as much.
const DOCS_PART: u64 = 16;
/// So much may a doc have in any case, in bytes as it is sent: more than a group writes in an afternoon.
const DOC_BYTES_MIN: u64 = 64 * 1024;

/// How tight it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Room {
    /// There is room.
    Plenty,
    /// Rooms that nobody is in are closed at once, and not only when nobody has been in them for long.
    Tight,
    /// And nothing new begins: no workshop, no person. Docs that have more than their share do not grow.
    Full,
    /// And nobody comes in; those for whom most waits are closed.
    Over,
}

struct Looked {
    at: Option<Instant>,
    room: Room,
}

/// The ceiling, and how near it is.
pub(crate) struct Memory {
    /// None: there is none, as where nothing tells how much is used.
    bytes_max: Option<u64>,
    used: AtomicU64,
    pub(crate) waiting: Waiting,
    looked: Mutex<Looked>,
    outboxes: Mutex<Vec<Weak<Outbox>>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn bytes(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

impl Memory {
    pub(crate) fn new(bytes_max: Option<u64>) -> Self {
        Self {
            bytes_max,
            used: AtomicU64::new(0),
            waiting: Waiting::default(),
            looked: Mutex::new(Looked { at: None, room: Room::Plenty }),
            outboxes: Mutex::default(),
        }
    }

    /// How tight it is now.
    pub(crate) fn room(&self) -> Room {
        let Some(max) = self.bytes_max else { return Room::Plenty };
        let mut looked = lock(&self.looked);
        let now = Instant::now();
        if looked.at.is_none_or(|at| now.saturating_duration_since(at) >= GOOD_FOR) {
            let used = memory_stats().map_or(0, |stats| bytes(stats.physical_mem));
            self.used.store(used, Ordering::Relaxed);
            *looked = Looked { at: Some(now), room: room(used, max) };
        }
        looked.room
    }

    /// The ceiling, if there is one, and what was used when it was last looked at.
    pub(crate) fn figures(&self) -> (u64, u64, u64) {
        (self.bytes_max.unwrap_or(0), self.used.load(Ordering::Relaxed), bytes(self.waiting.bytes()))
    }

    /// Whether a doc of so many bytes, one of so many, has more than its share.
    pub(crate) fn is_large(&self, doc_bytes: usize, docs: u64) -> bool {
        let share = self.bytes_max.unwrap_or(u64::MAX) / DOCS_PART / docs.max(1);
        bytes(doc_bytes) > share.max(DOC_BYTES_MIN)
    }

    /// What waits in it counts from now on.
    pub(crate) fn counts(&self, outbox: &Arc<Outbox>) {
        if self.bytes_max.is_some() {
            lock(&self.outboxes).push(Arc::downgrade(outbox));
        }
    }

    /// Closes those for whom most waits, if too much does, until it is little enough. How many.
    pub(crate) fn shed(&self) -> usize {
        let Some(max) = self.bytes_max else { return 0 };
        // Of whoever has gone nothing is kept, however many come and go.
        lock(&self.outboxes).retain(|outbox| outbox.strong_count() > 0);
        let (mut sum, share) = (bytes(self.waiting.bytes()), max / WAITING_PART);
        let Some(goal) = goal(self.room(), sum, share) else { return 0 };
        let open =
            lock(&self.outboxes).iter().filter_map(Weak::upgrade).filter(|outbox| outbox.is_open()).collect::<Vec<_>>();
        let mut waiting: Vec<_> = open.into_iter().map(|outbox| (outbox.bytes(), outbox)).collect();
        waiting.sort_unstable_by_key(|(held, _)| std::cmp::Reverse(*held));
        let mut shed = 0;
        for (held, outbox) in waiting {
            if sum <= goal || held < HELD_MIN {
                break;
            }
            outbox.cut();
            sum = sum.saturating_sub(bytes(held));
            shed += 1;
        }
        shed
    }
}

/// Down to how much of what waits is let go, if any is. What waits for many is mostly the same bytes, and counted for each: as long as there
/// is room, nobody is closed for it.
const fn goal(room: Room, waits: u64, share: u64) -> Option<u64> {
    match room {
        Room::Over => Some(waits / 2),
        Room::Full | Room::Tight if waits > share => Some(share / 2),
        Room::Full | Room::Tight | Room::Plenty => None,
    }
}

fn room(used: u64, max: u64) -> Room {
    let part = used.saturating_mul(100) / max.max(1);
    match part {
        OVER_FROM.. => Room::Over,
        FULL_FROM.. => Room::Full,
        TIGHT_FROM.. => Room::Tight,
        _ => Room::Plenty,
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::room::{Next, OutboxLimits};

    fn outbox(memory: &Memory, held: usize) -> Arc<Outbox> {
        let outbox = Arc::new(Outbox::counted(OutboxLimits::default(), memory.waiting.clone()));
        memory.counts(&outbox);
        outbox.push_doc(Bytes::from(vec![0; held]));
        outbox
    }

    #[test]
    fn it_gets_tight_step_by_step() {
        use Room::{Full, Over, Plenty, Tight};
        let rooms = [0, 49, 50, 59, 60, 69, 70, 100, 500].map(|used| room(used, 100));
        assert_eq!(rooms, [Plenty, Plenty, Tight, Tight, Full, Full, Over, Over, Over]);
    }

    #[test]
    fn nobody_is_closed_for_what_waits_as_long_as_there_is_room() {
        use Room::{Full, Over, Plenty, Tight};
        let goals = |waits| [Plenty, Tight, Full, Over].map(|room| goal(room, waits, 100));
        assert_eq!(goals(100), [None, None, None, Some(50)]);
        assert_eq!(goals(101), [None, Some(50), Some(50), Some(50)]);
        assert_eq!(goals(400), [None, Some(50), Some(50), Some(200)]);
    }

    #[tokio::test]
    async fn what_waits_for_many_is_counted_for_each_and_closes_nobody_where_there_is_room() {
        // The same bytes: two thousand megabytes that wait take one, of a ceiling that this process is far from.
        let memory = Memory::new(Some(4 << 30));
        let same = Bytes::from(vec![0; 1 << 20]);
        let outboxes: Vec<_> = (0..2_000).map(|_| outbox(&memory, 0)).collect();
        for outbox in &outboxes {
            let _pushed = outbox.push_doc(same.clone());
        }
        assert!(bytes(memory.waiting.bytes()) > (4 << 30) / WAITING_PART, "{}", memory.waiting.bytes());
        assert_eq!((memory.room(), memory.shed()), (Room::Plenty, 0));
        assert!(outboxes.iter().all(|outbox| outbox.is_open()));
    }

    #[tokio::test]
    async fn those_for_whom_most_waits_are_closed_first_and_no_more_of_them_than_must() {
        // A look at the machine finds it over in any case; so half of what waits goes.
        let memory = Memory::new(Some(6_000));
        let (few, many, none) = (outbox(&memory, 90_000), outbox(&memory, 500_000), outbox(&memory, 0));
        assert_eq!(memory.shed(), 1);
        assert!(few.is_open() && none.is_open() && !many.is_open());
        let mut batch = Vec::new();
        assert_eq!(many.take(&mut batch).await, Next::Stop, "what waited is let go at once");
        assert!(batch.is_empty());
        assert_eq!(memory.waiting.bytes(), 90_000);
        drop((few, many));
        assert_eq!(memory.waiting.bytes(), 0);
    }

    #[tokio::test]
    async fn nothing_is_kept_of_who_has_gone() {
        let memory = Memory::new(Some(1 << 50));
        for _ in 0..10_000 {
            drop(outbox(&memory, 1));
        }
        let stays = outbox(&memory, 1);
        assert_eq!(memory.shed(), 0);
        assert_eq!(lock(&memory.outboxes).len(), 1);
        drop(stays);
    }

    #[tokio::test]
    async fn this_process_is_over_a_tiny_ceiling_and_within_a_vast_one() {
        assert_eq!(Memory::new(Some(1_000_000)).room(), Room::Over);
        assert_eq!(Memory::new(Some(1 << 50)).room(), Room::Plenty);
        assert_eq!(Memory::new(None).room(), Room::Plenty, "where nothing is said there is none");
    }

    #[test]
    fn a_doc_is_large_when_it_has_more_than_its_share_of_many() {
        let memory = Memory::new(Some(64 << 20));
        assert!(!memory.is_large(1 << 20, 1) && memory.is_large(1 << 20, 64));
        assert!(!memory.is_large(60_000, 10_000), "what a group writes in an afternoon never is");
    }
}
