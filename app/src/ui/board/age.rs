//! How long ago something was, in words. Turns as time goes by.

use std::time::Duration;

use shared::Millis;

use super::state::BoardState;
use crate::i18n::{Texts, fill};
use crate::reactive::*;

const TICK: Duration = Duration::from_secs(20);

/// The server's clock, on this page: what looks at it follows it.
#[derive(Clone, Copy)]
pub struct Clock {
    state: BoardState,
    tick: RwSignal<bool>,
}

impl Clock {
    /// Goes as long as its owner lives.
    pub fn begin(state: BoardState) -> Self {
        let tick = RwSignal::new(false);
        let turn = move || {
            tick.try_update(|tick| *tick = !*tick);
        };
        if let Ok(timer) = set_interval_with_handle(turn, TICK) {
            on_cleanup(move || timer.clear());
        }
        Self { state, tick }
    }

    /// Now; tracked.
    pub fn now(self) -> Millis {
        self.tick.track();
        self.state.board.now()
    }
}

/// How long ago `at` was.
pub fn ago(t: &Texts, now: Millis, at: Millis) -> String {
    let minutes = now.0.saturating_sub(at.0) / 60_000;
    let (text, n) = match minutes {
        0 => return t.talk.now.to_owned(),
        1..60 => (t.talk.minutes, minutes),
        60..1_440 => (t.talk.hours, minutes / 60),
        _ => (t.talk.days, minutes / 1_440),
    };
    fill(text, &[("n", &n.to_string())])
}

#[cfg(test)]
mod tests {
    use shared::docs::workshop::Language;

    use super::*;
    use crate::i18n::texts;

    #[test]
    fn time_is_told_in_the_largest_whole_unit() {
        let ago =
            |minutes: u64| ago(texts(Language::Ja), Millis(9_000_000_000), Millis(9_000_000_000 - minutes * 60_000));
        assert_eq!(
            [0, 1, 59, 60, 1_439, 1_440].map(ago),
            ["たった今", "1分前", "59分前", "1時間前", "23時間前", "1日前"]
        );
        assert_eq!(super::ago(texts(Language::En), Millis(5), Millis(9)), "just now", "a clock that is behind");
    }
}
