//! What there is to vote on: what groups have starred, or what they chose for everybody; at a table that has starred nothing, where its chains
//! end.

use super::DotOption;
use crate::docs::board::{Board, Star};
use crate::ids::{CardId, GroupId};
use crate::limits::DOT_OPTIONS_MAX;

/// The causes of a board with words, in reading order.
fn causes(board: &Board) -> impl Iterator<Item = CardId> {
    let all = board.outline().into_iter().map(|(id, _)| id).filter(|id| *id != CardId::THEME);
    all.filter(|id| board.get(*id).is_some_and(|card| !card.text.read().trim().is_empty()))
}

fn is_starred(board: &Board, id: CardId) -> bool {
    board.get(id).is_some_and(|card| card.star != Star::None)
}

/// The cards that a group votes on at its table: those with a star; if there are not two, its deepest causes.
pub fn at_table(board: &Board) -> Vec<CardId> {
    let starred: Vec<CardId> = causes(board).filter(|id| is_starred(board, *id)).collect();
    let mut cards = match starred.len() {
        0 | 1 => causes(board).filter(|id| board.children(*id).next().is_none()).collect(),
        _ => starred,
    };
    cards.truncate(DOT_OPTIONS_MAX);
    cards
}

/// What one group brings to the vote of the room: its cards with a star; without any, the card that it chose for everybody last.
pub fn brought(group: GroupId, board: &Board) -> Vec<DotOption> {
    let option = |id: CardId| {
        let words = board.get(id)?.text.read();
        Some(DotOption { group: Some(group), card: id, words })
    };
    let starred: Vec<DotOption> = causes(board).filter(|id| is_starred(board, *id)).filter_map(option).collect();
    if starred.is_empty() {
        let chosen = board.one_two_four.keys().rev().find_map(|step| board.for_all(*step));
        return chosen.and_then(option).into_iter().collect();
    }
    starred
}

/// What the room votes on, group by group. Where it is too much, every group brings as many as the others, its first ones first.
pub fn of_room(groups: &[Vec<DotOption>]) -> Vec<DotOption> {
    let most = groups.iter().map(Vec::len).max().unwrap_or(0);
    let places = (0..most).flat_map(|nth| (0..groups.len()).map(move |group| (group, nth)));
    let there = |(group, nth): &(usize, usize)| groups.get(*group).is_some_and(|own| *nth < own.len());
    let mut taken: Vec<(usize, usize)> = places.filter(there).take(DOT_OPTIONS_MAX).collect();
    taken.sort_unstable();
    taken.into_iter().filter_map(|(group, nth)| groups.get(group)?.get(nth).cloned()).collect()
}
