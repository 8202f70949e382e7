//! How a link stands: what the group said of it, as long as both ends still read as they did then. Knows the board alone.

use shared::Millis;
use shared::access::By;
use shared::docs::board::{Answer, Board, Card, Reading};

use super::chain::Link;

/// What the group said of a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// It follows.
    pub holds: usize,
    /// Something is missing between.
    pub jumps: usize,
    /// To be checked.
    pub checks: usize,
    /// Answers to what it said before; they count no longer.
    pub older: usize,
}

impl Standing {
    /// As the board has it now.
    pub fn of(board: &Board, link: Link) -> Self {
        let mut standing = Self::default();
        let worded = worded_at(board, link);
        for reading in readings(board, link) {
            let count = match reading.answer {
                _ if reading.at < worded => &mut standing.older,
                Answer::Holds => &mut standing.holds,
                Answer::Jumps => &mut standing.jumps,
                Answer::Check => &mut standing.checks,
            };
            *count += 1;
        }
        standing
    }

    /// How many said something of it as it reads now.
    pub const fn answered(self) -> usize {
        self.holds + self.jumps + self.checks
    }

    /// How many said this.
    pub const fn said(self, answer: Answer) -> usize {
        match answer {
            Answer::Holds => self.holds,
            Answer::Jumps => self.jumps,
            Answer::Check => self.checks,
        }
    }

    /// Whether everything that was said was about other words.
    pub const fn is_reworded(self) -> bool {
        self.answered() == 0 && self.older > 0
    }
}

/// What somebody said of a link as it reads now.
pub fn answer_of(board: &Board, link: Link, by: By) -> Option<Answer> {
    let worded = worded_at(board, link);
    readings(board, link).find(|one| one.by == by && one.at >= worded).map(|one| one.answer)
}

/// Whether somebody answered, and the words were changed then.
pub fn is_outdated(board: &Board, link: Link, by: By) -> bool {
    let worded = worded_at(board, link);
    readings(board, link).any(|one| one.by == by && one.at < worded)
}

fn readings(board: &Board, link: Link) -> impl Iterator<Item = &Reading> {
    let all = board.get(link.cause).map(|card| card.readings.as_slice()).unwrap_or_default();
    all.iter().filter(move |reading| board.stands_for(reading.under) == link.effect)
}

/// When either end was worded last.
fn worded_at(board: &Board, link: Link) -> Millis {
    let at = |card: &Card| card.history.last.map_or(card.at, |(_, at)| at);
    let ends = [link.cause, link.effect].into_iter().filter_map(|id| board.get(id)).map(at);
    ends.max().unwrap_or(Millis(0))
}

#[cfg(test)]
mod tests {
    use shared::docs::board::BoardOp;
    use shared::text::Splice;
    use shared::{CardId, PersonId};

    use super::super::chain::tests::Table;
    use super::*;

    fn standing(holds: usize, jumps: usize, checks: usize, older: usize) -> Standing {
        Standing { holds, jumps, checks, older }
    }

    #[test]
    fn answers_are_counted_once_for_each_person_and_can_be_taken_back() {
        let mut table = Table::default();
        let link = Link { cause: table.add(CardId::THEME, "一"), effect: CardId::THEME };
        assert_eq!(Standing::of(&table.board, link), Standing::default());
        table.read(1, 20, link, Some(Answer::Holds));
        table.read(2, 21, link, Some(Answer::Jumps));
        table.read(3, 22, link, Some(Answer::Check));
        table.read(3, 23, link, Some(Answer::Holds));
        assert_eq!(Standing::of(&table.board, link), standing(2, 1, 0, 0));
        table.read(1, 24, link, None);
        assert_eq!(Standing::of(&table.board, link), standing(1, 1, 0, 0));
        assert_eq!(answer_of(&table.board, link, By::Person(PersonId(1))), None);
        assert_eq!(answer_of(&table.board, link, By::Person(PersonId(2))), Some(Answer::Jumps));
    }

    #[test]
    fn what_was_said_of_other_words_counts_no_longer() {
        let mut table = Table::default();
        let one = table.add(CardId::THEME, "一");
        let (upper, lower) =
            (Link { cause: one, effect: CardId::THEME }, Link { cause: table.add(one, "二"), effect: one });
        let by = By::Person(PersonId(2));
        for link in [upper, lower] {
            table.read(2, 20, link, Some(Answer::Holds));
        }
        let more = Splice { at: 0, delete: 0, insert: "もう".to_owned() };
        for edit in table.board.get(lower.cause).unwrap().text.clone().splice(&more, 9_000) {
            table.act(1, 30, BoardOp::EditText { card: lower.cause, edit });
        }
        assert_eq!(Standing::of(&table.board, upper), standing(1, 0, 0, 0), "neither end of it changed");
        assert_eq!(Standing::of(&table.board, lower), standing(0, 0, 0, 1));
        assert!(Standing::of(&table.board, lower).is_reworded() && is_outdated(&table.board, lower, by));
        table.read(2, 40, lower, Some(Answer::Holds));
        assert_eq!(Standing::of(&table.board, lower), standing(1, 0, 0, 0));
        assert!(!is_outdated(&table.board, lower, by));
    }

    #[test]
    fn links_to_several_effects_are_read_apart() {
        let mut table = Table::default();
        let (one, other) = (table.add(CardId::THEME, "一"), table.add(CardId::THEME, "別"));
        let cause = table.add(one, "二");
        table.act(1, 20, BoardOp::LinkCard { card: cause, under: other });
        table.read(1, 30, Link { cause, effect: one }, Some(Answer::Holds));
        table.read(1, 30, Link { cause, effect: other }, Some(Answer::Jumps));
        assert_eq!(Standing::of(&table.board, Link { cause, effect: one }), standing(1, 0, 0, 0));
        assert_eq!(Standing::of(&table.board, Link { cause, effect: other }), standing(0, 1, 0, 0));
    }
}
