//! Whether every group ends at the same cause. Then the whole room may have stopped at a word that everybody says.

use crate::coach;
use crate::docs::board::Board;
use crate::sorted::SortedMap;

/// Fewer groups that agree are no sign.
const GROUPS_MIN: usize = 3;
/// Above this level nobody has asked why yet: there it is no ending.
const LEVEL_MIN: usize = 2;

/// The ends of a tree, each by its words alone, with its wording.
pub type Endings = SortedMap<String, String>;

/// What every group ends with, as the first of them worded it. Groups that have not come so far are not counted.
pub fn same_ending<'a>(groups: impl Iterator<Item = &'a Endings>) -> Option<String> {
    let groups: Vec<&Endings> = groups.filter(|ends| !ends.is_empty()).collect();
    let (first, others) = groups.split_first().filter(|_| groups.len() >= GROUPS_MIN)?;
    let common = first.iter().find(|(core, _)| others.iter().all(|ends| ends.contains_key(*core)));
    common.map(|(_, words)| words.clone())
}

/// Where a tree ends.
pub(super) fn endings(board: &Board) -> Endings {
    let outline = board.outline();
    let ends = outline.iter().filter(|(id, level)| *level >= LEVEL_MIN && board.children(*id).next().is_none());
    let words = ends.filter_map(|(id, _)| board.get(*id)).map(|card| card.text.read());
    words.map(|words| (coach::core(&words), words)).filter(|(core, _)| !core.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::Table;
    use super::*;
    use crate::ids::CardId;

    fn group(ends: &[&str]) -> Endings {
        let mut table = Table::of(3);
        let first = table.add(1, CardId::THEME, "なぜか");
        for end in ends {
            table.add(1, first, end);
        }
        endings(&table.board)
    }

    fn of(groups: &[&[&str]]) -> Option<String> {
        let boards: Vec<Endings> = groups.iter().map(|ends| group(ends)).collect();
        same_ending(boards.iter())
    }

    #[test]
    fn what_all_end_with_is_found_whatever_stands_around_it() {
        let found = of(&[&["時間がない", "予算がない"], &["予算がないから。"], &["人がいない", "予算が ない"]]);
        assert_eq!(found.as_deref(), Some("予算がない"));
    }

    #[test]
    fn one_group_that_ends_elsewhere_or_too_few_groups_are_no_sign() {
        assert_eq!(of(&[&["予算がない"], &["予算がない"], &["道が狭い"]]), None);
        assert_eq!(of(&[&["予算がない"], &["予算がない"]]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn groups_that_have_not_come_so_far_are_not_counted() {
        assert_eq!(of(&[&["予算がない"], &[], &["予算がない"], &["予算がない"]]).as_deref(), Some("予算がない"));
        assert_eq!(of(&[&["予算がない"], &[], &["予算がない"]]), None);
    }
}
