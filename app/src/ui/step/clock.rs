//! The time of a step in words that change once a second, at the second, by the server's clock: phones whose own clocks are
//! wrong by hours say the same. It knows nothing of who looks at it.

use std::time::Duration;

use shared::Millis;
use shared::docs::workshop::{Run, Timer};

use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::follow;

/// What the clock of a step says, in whole seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    /// So much is left.
    Left(u64),
    /// It has been over for so long.
    Over(u64),
    /// It stands still, with so much left.
    Paused(u64),
}

impl Reading {
    /// What a timer says now. `0:00` comes at the very moment at which the time is over.
    pub const fn of(timer: Timer, now: Millis) -> Self {
        let left = timer.left_ms(now).div_ceil(1_000);
        match timer {
            Timer::Paused { .. } => Self::Paused(left),
            Timer::Runs { .. } if left == 0 => Self::Over(timer.over_ms(now) / 1_000),
            Timer::Runs { .. } => Self::Left(left),
        }
    }

    /// `12:05`, or `+0:35` when the time is over.
    pub fn digits(self) -> String {
        let (mut text, seconds) = match self {
            Self::Left(seconds) | Self::Paused(seconds) => (String::new(), seconds),
            Self::Over(0) => (String::new(), 0),
            Self::Over(seconds) => ("+".to_owned(), seconds),
        };
        text.push_str(&(seconds / 60).to_string());
        text.push_str(if seconds % 60 < 10 { ":0" } else { ":" });
        text.push_str(&(seconds % 60).to_string());
        text
    }

    /// Whether less than a minute is left, or nothing.
    pub const fn is_short(self) -> bool {
        match self {
            Self::Left(seconds) => seconds < 60,
            Self::Over(_) => true,
            Self::Paused(_) => false,
        }
    }
}

/// How many milliseconds later a timer says something else; none when it stands still.
fn changes_in(timer: Timer, now: Millis) -> Option<u64> {
    match timer {
        Timer::Paused { .. } => None,
        Timer::Runs { .. } => Some(match timer.left_ms(now) {
            0 => 1_000 - timer.over_ms(now) % 1_000,
            left => (left - 1) % 1_000 + 1,
        }),
    }
}

/// The clock of where somebody is; it says something else once a second, and nothing where there is no step.
pub fn clock(session: Session, run: Signal<Option<Run>>) -> Memo<Option<Reading>> {
    let tick = RwSignal::new(0_u32);
    let waits: StoredValue<Option<TimeoutHandle>> = StoredValue::new(None);
    let stop = move || {
        if let Some(Some(handle)) = waits.try_update_value(Option::take) {
            handle.clear();
        }
    };
    follow(move || {
        tick.track();
        stop();
        // Each second is counted from the clock, not from the one before: nothing adds up.
        let Some(wait) = run.get().and_then(|run| changes_in(run.timer, session.now())) else { return };
        let turn = move || {
            tick.try_update(|tick| *tick = tick.wrapping_add(1));
        };
        let handle = set_timeout_with_handle(turn, Duration::from_millis(wait)).ok();
        waits.try_set_value(handle);
    });
    on_cleanup(stop);
    Memo::new(move |_| {
        tick.track();
        run.get().map(|run| Reading::of(run.timer, session.now()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUNS: Timer = Timer::Runs { until: Millis(100_000) };

    fn says(timer: Timer, now: u64) -> String {
        Reading::of(timer, Millis(now)).digits()
    }

    #[test]
    fn minutes_and_seconds_go_down_to_nothing_and_then_over() {
        assert_eq!(says(RUNS, 0), "1:40");
        assert_eq!(says(RUNS, 95_000), "0:05");
        assert_eq!(says(RUNS, 99_999), "0:01");
        assert_eq!(says(RUNS, 100_000), "0:00");
        assert_eq!(says(RUNS, 100_999), "0:00");
        assert_eq!(says(RUNS, 135_000), "+0:35");
        assert_eq!(says(Timer::Runs { until: Millis(3_600_000) }, 0), "60:00");
        assert_eq!(says(Timer::Paused { left_ms: 61_500 }, 999_999), "1:02");
    }

    #[test]
    fn a_clock_turns_at_the_moment_at_which_it_says_something_else() {
        for now in [0, 1, 999, 1_000, 50_123, 99_999, 100_000, 100_001, 100_999, 101_000, 135_500] {
            let wait = changes_in(RUNS, Millis(now)).unwrap();
            assert!((1..=1_000).contains(&wait), "{now}: {wait}");
            assert_eq!(Reading::of(RUNS, Millis(now)), Reading::of(RUNS, Millis(now + wait - 1)), "{now}: too late");
            if now + wait != 100_000 {
                assert_ne!(Reading::of(RUNS, Millis(now)), Reading::of(RUNS, Millis(now + wait)), "{now}: too early");
            }
        }
        assert_eq!(changes_in(Timer::Paused { left_ms: 5 }, Millis(0)), None);
    }

    #[test]
    fn the_last_minute_is_short_and_a_pause_is_not() {
        assert!(!Reading::Left(60).is_short() && Reading::Left(59).is_short() && Reading::Over(0).is_short());
        assert!(!Reading::Paused(5).is_short());
    }
}
