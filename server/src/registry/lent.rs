//! Codes with which somebody goes on with another phone. They are good for a few minutes and once, and are kept in memory alone:
//! whoever needs one after a restart asks again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use shared::ids::TokenHash;
use shared::{JoinCode, PersonId, WorkshopId};
use tokio::time::Instant;

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

/// Who lent a code: it is good as long as their key is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lender {
    /// Whoever has the key of the place itself.
    Own(TokenHash),
    /// The lead, for somebody whose phone is empty or lost.
    Lead(TokenHash),
}

struct Lent {
    place: Place,
    lender: Lender,
    /// For whom it is being used up: whoever asks again with the same key is answered the same.
    taker: Option<TokenHash>,
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
    pub(super) fn lend(&self, code: JoinCode, place: Place, lender: Lender, now: Instant) -> bool {
        self.with(now, |book| {
            if book.contains_key(&code) {
                return false;
            }
            book.retain(|_, lent| lent.place != place);
            let fits = book.len() < LENT_MAX;
            if fits {
                book.insert(code, Lent { place, lender, taker: None, until: now + GOOD_FOR });
            }
            fits
        })
    }

    /// The place that a code is good for.
    pub(super) fn find(&self, code: JoinCode, now: Instant) -> Option<Place> {
        self.with(now, |book| book.get(&code).map(|lent| lent.place))
    }

    /// Keeps a code for this key alone, if it is good for this workshop: the place, and who lent it.
    pub(super) fn reserve(
        &self,
        code: JoinCode,
        workshop: WorkshopId,
        taker: TokenHash,
        now: Instant,
    ) -> Option<(Place, Lender)> {
        self.with(now, |book| {
            let lent = book.get_mut(&code).filter(|lent| lent.place.workshop == workshop)?;
            let free = lent.taker.is_none_or(|known| known == taker);
            free.then(|| {
                lent.taker = Some(taker);
                (lent.place, lent.lender)
            })
        })
    }

    /// The code was used.
    pub(super) fn used(&self, code: JoinCode, now: Instant) {
        self.with(now, |book| book.remove(&code));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENDER: Lender = Lender::Own(TokenHash([1; 32]));

    fn place(person: u32) -> Place {
        Place { workshop: WorkshopId::default(), person: PersonId(person) }
    }

    fn code(n: u64) -> JoinCode {
        JoinCode::of(n.to_le_bytes())
    }

    #[test]
    fn a_code_is_good_for_one_and_for_some_minutes() {
        let (lents, now) = (Lents::default(), Instant::now());
        let (one, other) = (TokenHash([2; 32]), TokenHash([3; 32]));
        assert!(lents.lend(code(1), place(1), LENDER, now));
        assert_eq!(lents.find(code(1), now), Some(place(1)));
        assert_eq!(lents.find(code(1), now + GOOD_FOR), None);
        assert!(lents.lend(code(1), place(1), LENDER, now));
        let here = WorkshopId::default();
        assert_eq!(lents.reserve(code(1), WorkshopId(uuid::Uuid::from_u128(7)), one, now), None, "of another workshop");
        for _ in 0..2 {
            assert_eq!(lents.reserve(code(1), here, one, now), Some((place(1), LENDER)), "asking twice is asking once");
        }
        assert_eq!(lents.reserve(code(1), here, other, now), None);
        lents.used(code(1), now);
        assert_eq!(lents.reserve(code(1), here, one, now), None);
    }

    #[test]
    fn a_place_has_one_code_and_a_code_one_place() {
        let (lents, now) = (Lents::default(), Instant::now());
        assert!(lents.lend(code(1), place(1), LENDER, now));
        assert!(lents.lend(code(2), place(1), LENDER, now));
        assert_eq!((lents.find(code(1), now), lents.find(code(2), now)), (None, Some(place(1))));
        assert!(!lents.lend(code(2), place(2), LENDER, now), "the code is taken");
        assert_eq!(lents.find(code(2), now), Some(place(1)));
    }

    #[test]
    fn there_is_a_limit() {
        let (lents, now) = (Lents::default(), Instant::now());
        let all = u32::try_from(LENT_MAX).unwrap();
        assert!((0..all).all(|n| lents.lend(code(n.into()), place(n), LENDER, now)));
        assert!(!lents.lend(code(u64::from(all)), place(all), LENDER, now));
        assert!(lents.lend(code(u64::from(all)), place(0), LENDER, now), "in place of one's own");
        assert!(lents.lend(code(0), place(all + 1), LENDER, now + GOOD_FOR));
    }
}
