//! How long people take, and what they choose: the demo's clock and its dice.

use std::time::Duration;

use shared::Millis;
use shared::docs::workshop::Language;
use tokio::time::sleep;

/// Somebody's pace.
#[derive(Clone, Debug)]
pub(super) struct Human {
    speed: f64,
    chars_per_second: f64,
    dice: u64,
}

impl Human {
    /// `number` makes each of them another person.
    pub(super) const fn new(number: u64, speed: f64, language: Language) -> Self {
        let chars_per_second = match language {
            Language::Ja => 3.5,
            Language::En => 8.0,
        };
        Self { speed, chars_per_second, dice: number.wrapping_mul(0x9e37_79b9_7f4a_7c15) }
    }

    /// A number below `below`, or 0. SplitMix64: good enough for hesitation.
    pub(super) const fn choose(&mut self, below: usize) -> usize {
        self.dice = self.dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.dice;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        if below == 0 { 0 } else { (z % below as u64) as usize }
    }

    /// Waits between `from` and `to` seconds of a person's time.
    pub(super) async fn wait(&mut self, from: u32, to: u32) {
        let thousandth = f64::from(u32::try_from(self.choose(1_000)).unwrap_or_default()) / 1_000.0;
        let seconds = f64::from(from) + f64::from(to.saturating_sub(from)) * thousandth;
        sleep(Duration::from_secs_f64(seconds / self.speed)).await;
    }

    /// How many seconds of a person's time have gone by.
    pub(super) fn seconds_since(&self, from: Millis, to: Millis) -> u64 {
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "hours at most"
        )]
        let seconds = (to.0.saturating_sub(from.0) as f64 / 1_000.0 * self.speed) as u64;
        seconds
    }

    /// So many seconds of a person's time.
    pub(super) fn time(&self, seconds: u32) -> Duration {
        Duration::from_secs_f64(f64::from(seconds) / self.speed)
    }

    /// Waits as long as it takes to type this.
    pub(super) async fn type_out(&mut self, text: &str) {
        let seconds = f64::from(u32::try_from(text.chars().count()).unwrap_or_default()) / self.chars_per_second;
        sleep(Duration::from_secs_f64(seconds / self.speed)).await;
    }

    /// Cuts a text into what is typed at once: a few words where there are spaces, else a few characters, as they leave
    /// a conversion.
    pub(super) fn pieces(&mut self, text: &str) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut piece = String::new();
        let mut left = self.next_length();
        for c in text.chars() {
            piece.push(c);
            let whole = if text.is_ascii() || text.contains(' ') { c == ' ' } else { true };
            left = left.saturating_sub(1);
            if left == 0 && whole {
                pieces.push(std::mem::take(&mut piece));
            }
            if left == 0 {
                left = if whole { self.next_length() } else { 1 };
            }
        }
        pieces.extend((!piece.is_empty()).then_some(piece));
        pieces
    }

    const fn next_length(&mut self) -> usize {
        3 + self.choose(5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_whole_text() {
        let mut human = Human::new(7, 1.0, Language::Ja);
        for text in ["引き継ぎが、3月末の一日だけで終わる", "City counters close at 17:15 on weekdays", "防災", ""]
        {
            let pieces = human.pieces(text);
            assert_eq!(pieces.concat(), text);
            assert!(pieces.iter().all(|piece| piece.chars().count() <= 20), "{pieces:?}");
        }
        let words = human.pieces("City counters close at 17:15 on weekdays");
        assert!(words.len() > 3 && words.iter().rev().skip(1).all(|piece| piece.ends_with(' ')), "{words:?}");
    }

    #[test]
    fn choices_are_within_bounds_and_differ() {
        let mut human = Human::new(1, 1.0, Language::En);
        let chosen: std::collections::BTreeSet<usize> = (0..200).map(|_| human.choose(4)).collect();
        assert_eq!(chosen.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(human.choose(0), 0);
    }
}
