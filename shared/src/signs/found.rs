//! What the cards of one board show beside their number: words said twice, whose they are, who can act. It reads all of a board, and
//! is not asked at every letter.

use super::endings::{Endings, endings};
use crate::access::By;
use crate::coach;
use crate::docs::board::{Board, Card, Reach};
use crate::ids::{CardId, PersonId};
use crate::sorted::SortedMap;

/// What was found on a board.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Found {
    /// The first card that says again what the one above it says.
    pub repeats: Option<CardId>,
    /// How many per cent of the cards one person wrote, if these are too many.
    pub one_voice: Option<usize>,
    /// How many ends there are, if all of them are out of the group's hands.
    pub out_of_hands: Option<usize>,
    /// Where the tree ends.
    pub endings: Endings,
}

/// With fewer cards nobody has written too many of them.
const VOICE_CARDS_MIN: usize = 8;
/// Where fewer sit, one of them writes more than half.
const VOICE_SEATED_MIN: usize = 3;
/// More per cent than these are too many.
const VOICE_MAX: usize = 60;
/// One end alone tells nothing.
const ENDS_MIN: usize = 2;

/// Looks at a board.
pub fn found(board: &Board) -> Found {
    let outline = board.outline();
    let seen: Vec<(CardId, &Card)> = outline
        .iter()
        .filter_map(|(id, _)| Some((*id, board.get(*id)?)))
        .filter(|(id, _)| *id != CardId::THEME)
        .collect();
    Found {
        repeats: repeats(board, &seen),
        one_voice: one_voice(board, &seen),
        out_of_hands: out_of_hands(board, &seen),
        endings: endings(board),
    }
}

fn repeats(board: &Board, seen: &[(CardId, &Card)]) -> Option<CardId> {
    let says_again = |(id, card): &&(CardId, &Card)| {
        let above = board.home(*id).and_then(|above| board.get(above)).map(|above| above.text.read());
        above.is_some_and(|above| coach::repeats(&card.text.read(), &above))
    };
    seen.iter().find(says_again).map(|(id, _)| *id)
}

/// What the lead, a helper or the server put there is nobody's voice.
fn one_voice(board: &Board, seen: &[(CardId, &Card)]) -> Option<usize> {
    let mut wrote: SortedMap<PersonId, usize> = SortedMap::new();
    let mut all = 0_usize;
    for (_, card) in seen {
        if let By::Person(person) = card.by {
            all += 1;
            let n = wrote.get(&person).copied().unwrap_or(0);
            wrote.insert(person, n + 1);
        }
    }
    let most = wrote.iter().map(|(_, n)| *n).max().unwrap_or(0);
    let share = (most * 100).checked_div(all)?;
    let many = all >= VOICE_CARDS_MIN && board.seated().count() >= VOICE_SEATED_MIN;
    (many && most * 100 > all * VOICE_MAX).then_some(share)
}

fn out_of_hands(board: &Board, seen: &[(CardId, &Card)]) -> Option<usize> {
    let ends = || seen.iter().filter(|(id, _)| board.children(*id).next().is_none());
    let all = ends().count();
    (all >= ENDS_MIN && ends().all(|(_, card)| card.reach == Some(Reach::OutOfHands))).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::super::tests::Table;
    use super::*;
    use crate::docs::board::BoardOp;

    #[test]
    fn a_card_that_says_what_the_one_above_says_is_found() {
        let mut table = Table::of(4);
        let first = table.add(1, CardId::THEME, "役員の負担が重い");
        table.add(2, first, "仕事が増える一方");
        assert_eq!(found(&table.board).repeats, None);
        let again = table.add(2, first, "役員の負担が重いから");
        assert_eq!(found(&table.board).repeats, Some(again));
        table.act(1, BoardOp::RemoveCard { card: again });
        assert_eq!(found(&table.board).repeats, None, "what cannot be seen says nothing");
    }

    #[test]
    fn more_than_three_in_five_cards_of_one_person_are_many() {
        let mut table = Table::of(4);
        for n in 0..5 {
            table.add(1, CardId::THEME, &format!("原因{n}"));
        }
        assert_eq!(found(&table.board).one_voice, None, "too few cards to tell");
        for n in 5..8 {
            table.add(2, CardId::THEME, &format!("原因{n}"));
        }
        assert_eq!(found(&table.board).one_voice, Some(62));
        table.add(3, CardId::THEME, "別の原因");
        assert_eq!(found(&table.board).one_voice, None, "five of nine");
    }

    #[test]
    fn sixty_per_cent_are_not_more_than_sixty_and_two_people_are_no_crowd() {
        let share = |people: u32, mine: u32, others: u32| {
            let mut table = Table::of(people);
            for n in 0..mine + others {
                table.add(if n < mine { 1 } else { 2 }, CardId::THEME, &format!("原因{n}"));
            }
            found(&table.board).one_voice
        };
        assert_eq!(share(3, 6, 4), None);
        assert_eq!(share(3, 7, 4), Some(63));
        assert_eq!(share(2, 9, 1), None);
        assert_eq!(share(3, 9, 1), Some(90));
    }

    #[test]
    fn what_the_lead_wrote_is_no_voice_of_the_group() {
        let mut table = Table::of(3);
        for n in 0..9 {
            table.add(0, CardId::THEME, &format!("原因{n}"));
        }
        assert_eq!(found(&table.board).one_voice, None);
    }

    #[test]
    fn every_end_out_of_hands_is_found_and_one_within_reach_ends_it() {
        let mut table = Table::of(3);
        let first = table.add(1, CardId::THEME, "法律で決まっている");
        let out = |card| BoardOp::SetReach { card, reach: Some(Reach::OutOfHands) };
        table.act(1, out(first));
        assert_eq!(found(&table.board).out_of_hands, None, "one end tells nothing");
        let second = table.add(2, CardId::THEME, "国の予算がない");
        table.act(1, out(second));
        assert_eq!(found(&table.board).out_of_hands, Some(2));
        table.add(3, second, "要望を出していない");
        assert_eq!(found(&table.board).out_of_hands, None);
    }
}
