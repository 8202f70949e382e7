//! What is true of every board after every history, and what a person sees of it.

use std::collections::BTreeMap;

use shared::CardId;
use shared::docs::board::{Board, Mark, Star};
use shared::limits::{CARD_CHARS_MAX, CARDS_MAX, DEPTH_MAX};

/// Every card, removed ones included, hangs in the tree exactly once, where it says; no cycle, nothing over a limit.
pub(crate) fn check(board: &Board) -> Result<(), String> {
    let mut met: BTreeMap<CardId, usize> = BTreeMap::new();
    let mut left = vec![(CardId::THEME, None, 0)];
    while let Some((id, parent, level)) = left.pop() {
        let card = board.get(id).ok_or_else(|| format!("{id} is a child of {parent:?}, but there is no such card"))?;
        if met.insert(id, level).is_some() {
            return Err(format!("{id} hangs in the tree twice"));
        }
        if card.parent != parent {
            return Err(format!("{id} is a child of {parent:?}, but says {:?}", card.parent));
        }
        if level > DEPTH_MAX {
            return Err(format!("{id} is {level} levels deep"));
        }
        if card.text.chars() as usize > CARD_CHARS_MAX || card.text.chars() as usize != card.text.read().chars().count()
        {
            return Err(format!("{id} has {} characters: {:?}", card.text.chars(), card.text.read()));
        }
        left.extend(card.children.iter().map(|child| (*child, Some(id), level + 1)));
    }
    let all = board.ever().count() + 1;
    if met.len() != all {
        return Err(format!("{} cards hang in the tree, {all} are there", met.len()));
    }
    if all > CARDS_MAX {
        return Err(format!("{all} cards"));
    }
    match met.iter().find(|(id, level)| board.level(**id) != Some(**level)) {
        Some((id, level)) => Err(format!("{id} is at level {level}, but says {:?}", board.level(*id))),
        None => Ok(()),
    }
}

/// What can be seen of a card.
pub(crate) type Seen = (CardId, usize, String, Star, Option<Mark>);

/// All that a person sees of a board, in the order in which it is read.
pub(crate) fn seen(board: &Board) -> Vec<Seen> {
    let look = |(id, level)| board.get(id).map(|card| (id, level, card.text.read(), card.star, card.mark));
    board.outline().into_iter().filter_map(look).collect()
}
