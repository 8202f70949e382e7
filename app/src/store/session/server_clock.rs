//! The server's clock, as well as it is known here. A phone's own clock may be wrong by hours: what it says is only counted from.
//! How long an answer took says how far the server's word has aged on the way; the quickest answer is believed (as NTP does).

use std::cell::Cell;

use shared::Millis;

/// Questions after coming in: the first answers are late while everything else comes over the same line.
const ASKED_AT_FIRST: u32 = 3;
/// After so long an answer is believed that took longer, too: clocks drift, and somebody may set them.
const BELIEVED_MS: u64 = 60_000;

/// What the server's clock says.
#[derive(Default)]
pub(super) struct ServerClock {
    ahead_ms: Cell<i64>,
    /// The question that is on its way, and when it left.
    asked: Cell<Option<(u32, u64)>>,
    /// How many were asked since coming in.
    count: Cell<u32>,
    /// How long the answer took that is believed, and when it came.
    best: Cell<Option<(u64, u64)>>,
}

impl ServerClock {
    /// The server's clock, when this phone's own says `here`.
    pub(super) fn at(&self, here: Millis) -> Millis {
        Millis(here.0.saturating_add_signed(self.ahead_ms.get()))
    }

    /// The server has greeted us with its clock. How long that took nobody knows: it is asked.
    pub(super) fn greeted(&self, now: Millis, here: Millis) {
        self.set(now, here, 0);
        self.asked.set(None);
        self.count.set(0);
        self.best.set(None);
    }

    /// The number of a question to be asked now, if one is to be.
    pub(super) fn asks(&self, here: Millis) -> Option<u32> {
        let fresh = self.best.get().is_some_and(|(_, at)| here.0.abs_diff(at) < BELIEVED_MS);
        if self.asked.get().is_some() || (fresh && self.count.get() >= ASKED_AT_FIRST) {
            return None;
        }
        self.count.set(self.count.get().wrapping_add(1).max(1));
        self.asked.set(Some((self.count.get(), here.0)));
        Some(self.count.get())
    }

    /// An answer: what the server's clock said when it left there.
    pub(super) fn answered(&self, n: u32, now: Millis, here: Millis) {
        let Some((_, at)) = self.asked.get().filter(|(asked, _)| *asked == n) else { return };
        self.asked.set(None);
        // A phone whose own clock was set back meanwhile knows nothing by this answer.
        let Some(took) = here.0.checked_sub(at) else { return };
        let old = self.best.get().filter(|(_, at)| here.0.abs_diff(*at) < BELIEVED_MS);
        if old.is_none_or(|(best, _)| took <= best) {
            self.best.set(Some((took, here.0)));
            self.set(now, here, took / 2);
        }
    }

    fn set(&self, now: Millis, here: Millis, aged_ms: u64) {
        let signed = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
        self.ahead_ms.set(signed(now.0.saturating_add(aged_ms)).saturating_sub(signed(here.0)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A phone whose clock is wrong by `wrong` ms, on a line that takes so long there and back.
    fn off_by(wrong: i64, ways: &[(u64, u64)]) -> u64 {
        let (clock, mut now) = (ServerClock::default(), 1_790_000_000_000_u64);
        let here = |now: u64| Millis(now.saturating_add_signed(wrong));
        let (_, back) = ways[0];
        clock.greeted(Millis(now), here(now + back));
        now += back;
        for (there, back) in ways {
            let Some(n) = clock.asks(here(now)) else { break };
            let said = Millis(now + there);
            now += there + back;
            clock.answered(n, said, here(now));
        }
        clock.at(here(now)).0.abs_diff(now)
    }

    #[test]
    fn a_clock_that_is_wrong_by_hours_is_right_within_half_the_quickest_way() {
        for wrong in [0, -7_200_000, 5 * 3_600_000 + 123] {
            assert_eq!(off_by(wrong, &[(3, 3)]), 0);
            assert!(off_by(wrong, &[(20, 1_400), (15, 30), (400, 20)]) <= 8);
            assert!(off_by(wrong, &[(100, 300)]) <= 100);
        }
    }

    #[test]
    fn an_answer_that_nobody_asked_for_says_nothing() {
        let clock = ServerClock::default();
        clock.greeted(Millis(1_000_000), Millis(1_000_000));
        clock.answered(0, Millis(9_000_000), Millis(1_000_100));
        assert_eq!(clock.at(Millis(1_000_100)), Millis(1_000_100));
        let n = clock.asks(Millis(1_000_100)).unwrap();
        assert_eq!(clock.asks(Millis(1_000_101)), None, "one at a time");
        clock.answered(n + 1, Millis(9_000_000), Millis(1_000_200));
        assert_eq!(clock.at(Millis(1_000_200)), Millis(1_000_200));
    }

    #[test]
    fn after_a_while_it_is_asked_again_and_believed_though_it_takes_longer() {
        let clock = ServerClock::default();
        clock.greeted(Millis(0), Millis(0));
        for at in [10, 20, 30] {
            let n = clock.asks(Millis(at)).unwrap();
            clock.answered(n, Millis(at), Millis(at));
        }
        assert_eq!(clock.asks(Millis(40)), None);
        // Its owner sets the phone's clock an hour ahead.
        let n = clock.asks(Millis(3_600_000)).unwrap();
        clock.answered(n, Millis(100), Millis(3_600_020));
        assert_eq!(clock.at(Millis(3_600_020)), Millis(110));
    }
}
