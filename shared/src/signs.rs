//! What a board tells the lead's wall. Pure functions over the board; what is "long ago" is for whoever has a clock.

use std::collections::BTreeSet;

use crate::access::By;
use crate::docs::board::{Board, Star};
use crate::ids::{CardId, Millis};

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
    /// When the last card was added; none as long as there is none.
    pub last_card_at: Option<Millis>,
    /// Seated members who have not written a card yet.
    pub not_yet_written: usize,
}

/// Reads the signs of a board.
pub fn read(board: &Board) -> Signs {
    let outline = board.outline();
    let cards = outline.iter().filter(|(id, _)| *id != CardId::THEME);
    let seen: Vec<_> = cards.filter_map(|(id, level)| Some((board.get(*id)?, *level))).collect();
    let writers: BTreeSet<By> = board.ever().map(|(_, card)| card.by).collect();
    Signs {
        cards: seen.len(),
        depth: seen.iter().map(|(_, level)| *level).max().unwrap_or(0),
        breadth: seen.iter().filter(|(_, level)| *level == 1).count(),
        stars: seen.iter().filter(|(card, _)| card.star == Star::RootCause).count(),
        last_card_at: seen.iter().map(|(card, _)| card.at).max(),
        not_yet_written: board.seated().filter(|(person, _)| !writers.contains(&By::Person(*person))).count(),
    }
}
