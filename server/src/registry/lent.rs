//! Codes with which somebody goes on with another phone. They are good for a few minutes and once, and are kept in memory alone:
//! whoever needs one after a restart asks again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use shared::{JoinCode, PersonId, WorkshopId};

/// How long a code is good: long enough to find one's glasses, too short to be found later on a photograph.
pub(super) const GOOD_FOR: Duration = Duration::from_secs(600);
/// Codes at a time, of all workshops.
const LENT_MAX: usize = 10_000;

/// Whose seat a code leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// In which workshop.
    pub workshop: WorkshopId,
    /// Whose.
    pub person: PersonId,
}

struct Lent {
    place: Place,
    until: Instant,
}

/// The codes that are good now.
#[derive(Default)]
pub(super) struct Lents {
    book: Mutex<HashMap<JoinCode, Lent>>,
}

impl Lents {
    fn with<T>(&self, now: Instant, work: impl FnOnce(&mut HashMap<JoinCode, Lent>) -> T) -> T {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        book.retain(|_, lent| lent.until > now);
        work(&mut book)
    }

    /// Makes a code good for a place, and the last one for the same place bad. False when the code is taken, or there are as many
    /// as there may be.
    pub(super) fn lend(&self, code: JoinCode, place: Place, now: Instant) -> bool {
        self.with(now, |book| {
            if book.contains_key(&code) {
                return false;
            }
            book.retain(|_, lent| lent.place != place);
            let fits = book.len() < LENT_MAX;
            if fits {
                book.insert(code, Lent { place, until: now + GOOD_FOR });
            }
            fits
        })
    }

    /// The place that a code is good for.
    pub(super) fn find(&self, code: JoinCode, now: Instant) -> Option<Place> {
        self.with(now, |book| book.get(&code).map(|lent| lent.place))
    }

    /// Uses a code up, if it is good for this workshop.
    pub(super) fn take(&self, code: JoinCode, workshop: WorkshopId, now: Instant) -> Option<Place> {
        self.with(now, |book| {
            let place = book.get(&code).map(|lent| lent.place).filter(|place| place.workshop == workshop)?;
            book.remove(&code);
            Some(place)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(person: u32) -> Place {
        Place { workshop: WorkshopId::default(), person: PersonId(person) }
    }

    fn code(n: u64) -> JoinCode {
        JoinCode::of(n.to_le_bytes())
    }

    #[test]
    fn a_code_is_good_once_and_for_some_minutes() {
        let (lents, now) = (Lents::default(), Instant::now());
        assert!(lents.lend(code(1), place(1), now));
        assert_eq!(lents.find(code(1), now), Some(place(1)));
        assert_eq!(lents.find(code(1), now + GOOD_FOR), None);
        assert!(lents.lend(code(1), place(1), now));
        assert_eq!(lents.take(code(1), WorkshopId(uuid::Uuid::from_u128(7)), now), None, "of another workshop");
        assert_eq!(lents.take(code(1), WorkshopId::default(), now), Some(place(1)));
        assert_eq!(lents.take(code(1), WorkshopId::default(), now), None);
    }

    #[test]
    fn a_place_has_one_code_and_a_code_one_place() {
        let (lents, now) = (Lents::default(), Instant::now());
        assert!(lents.lend(code(1), place(1), now));
        assert!(lents.lend(code(2), place(1), now));
        assert_eq!((lents.find(code(1), now), lents.find(code(2), now)), (None, Some(place(1))));
        assert!(!lents.lend(code(2), place(2), now), "the code is taken");
        assert_eq!(lents.find(code(2), now), Some(place(1)));
    }

    #[test]
    fn there_is_a_limit() {
        let (lents, now) = (Lents::default(), Instant::now());
        let all = u32::try_from(LENT_MAX).unwrap();
        assert!((0..all).all(|n| lents.lend(code(n.into()), place(n), now)));
        assert!(!lents.lend(code(u64::from(all)), place(all), now));
        assert!(lents.lend(code(u64::from(all)), place(0), now), "in place of one's own");
        assert!(lents.lend(code(0), place(all + 1), now + GOOD_FOR));
    }
}
