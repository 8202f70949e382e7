//! What a group may need, the most pressing first. Gentle: guesses from numbers, shown to the lead alone.

use super::{Found, MINUTE, Signs, Theme, minutes};
use crate::docs::board::Help;
use crate::ids::{CardId, Millis};

/// Why a group may need the lead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// It has called for help, so many minutes ago.
    Called(u64),
    /// It has called, and somebody is on the way.
    Coming,
    /// People sit here, and none of their devices is connected.
    NobodyHere,
    /// There should be a theme by now.
    NoTheme,
    /// No card for so many minutes.
    Silent(u64),
    /// So many levels, and no branch anywhere.
    OneChain(usize),
    /// So many causes side by side, and nobody asked why any of them is so.
    OneLevel(usize),
    /// This card says again what the one above it says.
    Repeats(CardId),
    /// So many per cent of the cards are one person's.
    OneVoice(usize),
    /// All ends, so many, are out of the group's hands.
    OutOfHands(usize),
}

/// How much a need weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// Somebody may look in when they are near.
    Gentle,
    /// Somebody should go there.
    Stuck,
    /// Somebody has been asked to go there.
    Called,
}

impl Need {
    /// How much it weighs.
    pub const fn weight(self) -> Weight {
        match self {
            Self::Called(_) | Self::Coming => Weight::Called,
            Self::NobodyHere | Self::NoTheme | Self::Silent(_) => Weight::Stuck,
            Self::OneChain(_) | Self::OneLevel(_) | Self::Repeats(_) | Self::OneVoice(_) | Self::OutOfHands(_) => {
                Weight::Gentle
            }
        }
    }
}

/// Whether a theme is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Due {
    /// As soon as others have been writing for a while.
    #[default]
    WithTheOthers,
    /// The step in which it is chosen is over.
    Now,
}

/// What a board does not know of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Moment {
    /// How many people are at the board now.
    pub present: usize,
    /// When the first card of any group was written: before that nobody is late.
    pub began: Option<Millis>,
    /// The server's clock.
    pub now: Millis,
    /// Whether there should be a theme.
    pub theme: Due,
}

/// A phone that sleeps for less than this is no absence.
const ABSENT_MINUTES: u64 = 2;
/// A group without a new card, or without a theme, for so long may be stuck.
const STUCK_MINUTES: u64 = 5;
/// From here on a chain without any branch is worth a question.
const CHAIN_MIN: usize = 4;
/// From here on a single level is worth a question.
const LEVEL_MIN: usize = 6;

/// What a group may need, the most pressing first.
pub fn needs(signs: &Signs, help: Option<&Help>, found: &Found, moment: &Moment) -> Vec<Need> {
    let mut needs = Vec::new();
    if let Some(help) = help {
        needs.push(if help.comes.is_some() { Need::Coming } else { Need::Called(minutes(help.at, moment.now)) });
    }
    if signs.seated == 0 {
        return needs;
    }
    if moment.theme == Due::Now && signs.theme == Theme::Empty {
        needs.push(Need::NoTheme);
    }
    let Some(began) = moment.began else { return needs };
    let quiet = minutes(signs.last_card_at.unwrap_or(began), moment.now);
    if moment.present == 0 && quiet >= ABSENT_MINUTES {
        // Nobody is there who could be asked.
        needs.retain(|need| need.weight() == Weight::Called);
        needs.push(Need::NobodyHere);
        return needs;
    }
    if signs.theme == Theme::Empty && moment.now.0.saturating_sub(began.0) >= STUCK_MINUTES * MINUTE {
        needs.retain(|need| *need != Need::NoTheme);
        needs.push(Need::NoTheme);
    }
    if quiet >= STUCK_MINUTES {
        needs.push(Need::Silent(quiet));
    }
    if signs.depth >= CHAIN_MIN && signs.cards == signs.depth {
        needs.push(Need::OneChain(signs.depth));
    }
    if signs.depth == 1 && signs.breadth >= LEVEL_MIN {
        needs.push(Need::OneLevel(signs.breadth));
    }
    needs.extend(found.repeats.map(Need::Repeats));
    needs.extend(found.one_voice.map(Need::OneVoice));
    needs.extend(found.out_of_hands.map(Need::OutOfHands));
    needs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::By;
    use crate::ids::{ClientId, OpId, PersonId};

    fn at(minute: u64) -> Millis {
        Millis(minute * MINUTE)
    }

    fn busy() -> Signs {
        Signs {
            cards: 3,
            depth: 2,
            breadth: 2,
            theme: Theme::Written,
            seated: 5,
            first_card_at: Some(at(2)),
            last_card_at: Some(at(10)),
            ..Signs::default()
        }
    }

    /// Somebody began in the first minute.
    fn then(present: usize, minute: u64) -> Moment {
        Moment { present, began: Some(at(1)), now: at(minute), theme: Due::WithTheOthers }
    }

    fn of(signs: &Signs, moment: Moment) -> Vec<Need> {
        needs(signs, None, &Found::default(), &moment)
    }

    #[test]
    fn a_group_at_work_needs_nothing() {
        assert_eq!(of(&busy(), then(3, 12)), []);
        assert_eq!(of(&Signs::default(), then(0, 99)), []);
    }

    #[test]
    fn before_anybody_has_begun_nobody_is_late() {
        let waiting = Signs { seated: 5, ..Signs::default() };
        assert_eq!(of(&waiting, Moment { began: None, ..then(0, 99) }), []);
        assert_eq!(of(&waiting, then(5, 5)), []);
    }

    #[test]
    fn the_theme_is_asked_for_once_others_have_written_for_a_while() {
        let empty = Signs { theme: Theme::Empty, ..busy() };
        assert_eq!(of(&empty, then(3, 5)), []);
        assert_eq!(of(&empty, then(3, 12)), [Need::NoTheme]);
    }

    #[test]
    fn after_its_step_the_theme_is_asked_for_though_nobody_has_written_anything() {
        let empty = Signs { seated: 5, ..Signs::default() };
        let after = Moment { began: None, theme: Due::Now, ..then(5, 3) };
        assert_eq!(of(&empty, after), [Need::NoTheme]);
        assert_eq!(of(&Signs { theme: Theme::Written, ..empty.clone() }, after), []);
        assert_eq!(of(&Signs { seated: 0, ..empty.clone() }, after), [], "an empty table");
        let later = Moment { theme: Due::Now, ..then(5, 6) };
        assert_eq!(of(&empty, later), [Need::NoTheme, Need::Silent(5)], "said once");
    }

    #[test]
    fn silence_counts_from_the_last_card_or_from_the_first_of_anybody() {
        assert_eq!(of(&busy(), then(3, 14)), []);
        assert_eq!(of(&busy(), then(3, 17)), [Need::Silent(7)]);
        let none_yet = Signs { cards: 0, depth: 0, breadth: 0, last_card_at: None, ..busy() };
        assert_eq!(of(&none_yet, then(3, 7)), [Need::Silent(6)]);
        assert_eq!(of(&busy(), then(0, 12)), [Need::NobodyHere]);
        assert_eq!(of(&busy(), then(0, 11)), []);
    }

    #[test]
    fn the_shape_of_the_tree_is_seen() {
        let chain = Signs { cards: 4, depth: 4, breadth: 1, ..busy() };
        assert_eq!(of(&chain, then(3, 12)), [Need::OneChain(4)]);
        assert_eq!(of(&Signs { cards: 5, ..chain }, then(3, 12)), []);
        let flat = Signs { cards: 6, depth: 1, breadth: 6, ..busy() };
        assert_eq!(of(&flat, then(3, 12)), [Need::OneLevel(6)]);
    }

    #[test]
    fn who_has_called_comes_first_whatever_else_there_is() {
        let id = OpId { client: ClientId::of(99), n: 1 };
        let help = Help { id, by: By::Person(PersonId(1)), at: at(12), comes: None };
        let found = Found { repeats: Some(CardId::THEME), ..Found::default() };
        let called = needs(&busy(), Some(&help), &found, &then(3, 17));
        assert_eq!(called, [Need::Called(5), Need::Silent(7), Need::Repeats(CardId::THEME)]);
        assert!(called.is_sorted_by_key(|need| std::cmp::Reverse(need.weight())));
        let comes = Help { comes: Some(By::Lead), ..help };
        assert_eq!(needs(&busy(), Some(&comes), &Found::default(), &then(0, 17)), [Need::Coming, Need::NobodyHere]);
        let empty = Signs::default();
        assert_eq!(needs(&empty, Some(&help), &found, &Moment::default()), [Need::Called(0)], "before all begins, too");
    }
}
