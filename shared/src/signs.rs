//! What boards tell the lead's wall: numbers, what a group may need, what the words of its cards and all boards together show. Pure
//! functions; what time it is, and who is there, is told by whoever asks.

pub use self::endings::{Endings, same_ending};
pub use self::found::{Found, found};
pub use self::need::{Due, Moment, Need, Weight, needs};
use crate::access::By;
use crate::docs::board::{Board, StarFor};
use crate::ids::{CardId, Millis};
use crate::sorted::SortedSet;

mod endings;
mod found;
mod need;

const MINUTE: u64 = 60_000;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Model, Stamp};
    use crate::docs::board::{BoardOp, Member, Place, Seated};
    use crate::ids::{ClientId, OpId, PersonId, Seq};

    /// A board with people, on which something is done in whose name one likes; 0 is the lead.
    pub(super) struct Table {
        pub(super) board: Board,
        n: u32,
    }

    impl Table {
        pub(super) fn of(people: u32) -> Self {
            let mut table = Self { board: Board::default(), n: 0 };
            for person in 1..=people {
                let member = Member { name: format!("{person}"), seated: Seated::Here };
                table.by(By::Server, BoardOp::SetMember { person: PersonId(person), member });
            }
            table
        }

        fn by(&mut self, by: By, op: BoardOp) -> CardId {
            self.n += 1;
            let id = OpId { client: ClientId::of(99), n: self.n };
            let stamp = Stamp { seq: Seq(self.n.into()), at: Millis(u64::from(self.n) * MINUTE), by, id };
            self.board.apply(&stamp, &op).unwrap();
            CardId::from(id)
        }

        pub(super) fn act(&mut self, person: u32, op: BoardOp) -> CardId {
            self.by(if person == 0 { By::Lead } else { By::Person(PersonId(person)) }, op)
        }

        pub(super) fn add(&mut self, person: u32, parent: CardId, text: &str) -> CardId {
            // Each character is numbered once.
            let start = self.n * 1_000;
            self.act(person, BoardOp::AddCard { parent, place: Place::Last, text: text.to_owned(), start })
        }
    }

    #[test]
    fn a_board_is_told_in_numbers() {
        let mut table = Table::of(3);
        let first = table.add(1, CardId::THEME, "一");
        table.add(2, first, "二");
        table.add(1, CardId::THEME, "三");
        let signs = read(&table.board);
        assert_eq!((signs.cards, signs.depth, signs.breadth), (3, 2, 2));
        assert_eq!((signs.seated, signs.not_yet_written, signs.theme), (3, 1, Theme::Empty));
        assert_eq!((signs.first_card_at, signs.last_card_at), (Some(Millis(4 * MINUTE)), Some(Millis(6 * MINUTE))));
    }
}
