//! What a board tells the lead's wall. Pure functions over the board; what time it is, and who is there, is told by whoever asks.

use crate::access::By;
use crate::docs::board::{Board, StarFor};
use crate::ids::{CardId, Millis};
use crate::sorted::SortedSet;

/// A board in numbers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Signs {
    /// Cards that can be seen, the theme not counted.
    pub cards: usize,
    /// Levels below the theme.
    pub depth: usize,
    /// First-level causes.
    pub breadth: usize,
    /// Root causes starred.
    pub stars: usize,
    /// When the first card was added; none as long as there is none.
    pub first_card_at: Option<Millis>,
    /// When the last card was added; none as long as there is none.
    pub last_card_at: Option<Millis>,
    /// Whether the theme says anything.
    pub theme: Theme,
    /// Members who sit here.
    pub seated: usize,
    /// Seated members who have not written a card yet.
    pub not_yet_written: usize,
}

/// Whether there is a theme.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// Not yet.
    #[default]
    Empty,
    /// There is.
    Written,
}

/// Why a group may need the lead. Gentle: a guess from numbers, shown to the lead alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// People sit here, and none of their devices is connected.
    NobodyHere,
    /// Others have been writing for a while; here there is no theme yet.
    NoTheme,
    /// No card for so many minutes.
    Silent(u64),
    /// So many levels, and no branch anywhere.
    OneChain(usize),
    /// So many causes side by side, and nobody asked why any of them is so.
    OneLevel(usize),
}

const MINUTE: u64 = 60_000;
/// A phone that sleeps for less than this is no absence.
const ABSENT_MINUTES: u64 = 2;
/// A group without a new card, or without a theme, for so long may be stuck.
const STUCK_MINUTES: u64 = 5;
/// From here on a chain without any branch is worth a question.
const CHAIN_MIN: usize = 4;
/// From here on a single level is worth a question.
const LEVEL_MIN: usize = 6;

/// Whole minutes from one moment to another.
pub const fn minutes(from: Millis, to: Millis) -> u64 {
    to.0.saturating_sub(from.0) / MINUTE
}

/// Reads the signs of a board.
pub fn read(board: &Board) -> Signs {
    let outline = board.outline();
    let cards = outline.iter().filter(|(id, _)| *id != CardId::THEME);
    let seen: Vec<_> = cards.filter_map(|(id, level)| Some((board.get(*id)?, *level))).collect();
    let writers: SortedSet<By> = board.ever().map(|(_, card)| (card.by, ())).collect();
    Signs {
        cards: seen.len(),
        depth: seen.iter().map(|(_, level)| *level).max().unwrap_or(0),
        breadth: seen.iter().filter(|(_, level)| *level == 1).count(),
        stars: seen.iter().filter(|(card, _)| card.star.is_for(StarFor::RootCause)).count(),
        first_card_at: seen.iter().map(|(card, _)| card.at).min(),
        last_card_at: seen.iter().map(|(card, _)| card.at).max(),
        theme: if board.theme().trim().is_empty() { Theme::Empty } else { Theme::Written },
        seated: board.seated().count(),
        not_yet_written: board.seated().filter(|(person, _)| !writers.contains_key(&By::Person(*person))).count(),
    }
}

/// What a group may need most. `present` counts who is at the board now, `began` is when the first card of any group was
/// written: before that nobody is late.
pub fn need(signs: &Signs, present: usize, began: Option<Millis>, now: Millis) -> Option<Need> {
    let began = began?;
    let quiet = minutes(signs.last_card_at.unwrap_or(began), now);
    if signs.seated == 0 {
        None
    } else if present == 0 && quiet >= ABSENT_MINUTES {
        Some(Need::NobodyHere)
    } else if signs.theme == Theme::Empty && minutes(began, now) >= STUCK_MINUTES {
        Some(Need::NoTheme)
    } else if quiet >= STUCK_MINUTES {
        Some(Need::Silent(quiet))
    } else if signs.depth >= CHAIN_MIN && signs.cards == signs.depth {
        Some(Need::OneChain(signs.depth))
    } else if signs.depth == 1 && signs.breadth >= LEVEL_MIN {
        Some(Need::OneLevel(signs.breadth))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: Option<Millis> = Some(Millis(MINUTE));

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

    #[test]
    fn a_group_at_work_needs_nothing() {
        assert_eq!(need(&busy(), 3, BEGAN, at(12)), None);
        assert_eq!(need(&Signs { seated: 0, ..Signs::default() }, 0, BEGAN, at(99)), None);
    }

    #[test]
    fn before_anybody_has_begun_nobody_is_late() {
        let waiting = Signs { seated: 5, ..Signs::default() };
        assert_eq!(need(&waiting, 0, None, at(99)), None);
        assert_eq!(need(&waiting, 5, BEGAN, at(5)), None);
    }

    #[test]
    fn the_theme_is_asked_for_once_others_have_written_for_a_while() {
        let empty = Signs { theme: Theme::Empty, ..busy() };
        assert_eq!(need(&empty, 3, BEGAN, at(5)), None);
        assert_eq!(need(&empty, 3, BEGAN, at(12)), Some(Need::NoTheme));
    }

    #[test]
    fn silence_counts_from_the_last_card_or_from_the_first_of_anybody() {
        assert_eq!(need(&busy(), 3, BEGAN, at(14)), None);
        assert_eq!(need(&busy(), 3, BEGAN, at(17)), Some(Need::Silent(7)));
        let none_yet = Signs { cards: 0, depth: 0, breadth: 0, last_card_at: None, ..busy() };
        assert_eq!(need(&none_yet, 3, BEGAN, at(7)), Some(Need::Silent(6)));
        assert_eq!(need(&busy(), 0, BEGAN, at(12)), Some(Need::NobodyHere));
        assert_eq!(need(&busy(), 0, BEGAN, at(11)), None);
    }

    #[test]
    fn the_shape_of_the_tree_is_seen() {
        let chain = Signs { cards: 4, depth: 4, breadth: 1, ..busy() };
        assert_eq!(need(&chain, 3, BEGAN, at(12)), Some(Need::OneChain(4)));
        assert_eq!(need(&Signs { cards: 5, ..chain }, 3, BEGAN, at(12)), None);
        let flat = Signs { cards: 6, depth: 1, breadth: 6, ..busy() };
        assert_eq!(need(&flat, 3, BEGAN, at(12)), Some(Need::OneLevel(6)));
    }
}
