//! Reading a board as a tree. Removed cards are known here and shown to nobody.

use super::{Board, Card, Kept, Seated};
use crate::ids::{CardId, PersonId};
use crate::limits::DEPTH_MAX;

impl Board {
    /// A card, removed or not.
    pub fn get(&self, id: CardId) -> Option<&Card> {
        self.cards.get(&id).map(AsRef::as_ref)
    }

    /// The theme, as it reads now.
    pub fn theme(&self) -> String {
        self.get(CardId::THEME).map(|card| card.text.read()).unwrap_or_default()
    }

    /// Every card there ever was but the theme, in the order of their ids.
    pub fn ever(&self) -> impl Iterator<Item = (CardId, &Card)> {
        self.cards.iter().filter(|(id, _)| **id != CardId::THEME).map(|(id, card)| (*id, card.as_ref()))
    }

    /// The causes of a card that can be seen, in order.
    pub fn children(&self, id: CardId) -> impl DoubleEndedIterator<Item = (CardId, &Card)> {
        let children = self.get(id).map(|card| card.children.as_slice()).unwrap_or_default();
        children.iter().filter_map(|id| Some((*id, self.get(*id)?))).filter(|(_, card)| card.kept == Kept::Yes)
    }

    /// The card and everything above it, the theme last. Bounded by `limits::DEPTH_MAX`.
    pub fn path(&self, id: CardId) -> impl Iterator<Item = (CardId, &Card)> {
        let start = self.get(id).map(|card| (id, card));
        std::iter::successors(start, |(_, card)| {
            let parent = card.parent?;
            Some((parent, self.get(parent)?))
        })
        .take(DEPTH_MAX + 1)
    }

    /// How deep a card is: 0 for the theme, 1 for its causes.
    pub fn level(&self, id: CardId) -> Option<usize> {
        self.path(id).count().checked_sub(1)
    }

    /// Whether `id` is `above`, or somewhere below it.
    pub fn is_under(&self, id: CardId, above: CardId) -> bool {
        self.path(id).any(|(card, _)| card == above)
    }

    /// Whether a card can be seen: neither it nor anything above it was removed.
    pub fn is_seen(&self, id: CardId) -> bool {
        self.get(id).is_some() && self.path(id).all(|(_, card)| card.kept == Kept::Yes)
    }

    /// Levels from a card down to its deepest cause, removed ones included: 0 for a leaf.
    pub fn height(&self, id: CardId) -> usize {
        let mut height = 0;
        let mut left = vec![(id, 0)];
        while let Some((id, level)) = left.pop() {
            height = height.max(level);
            let children = self.get(id).map(|card| card.children.as_slice()).unwrap_or_default();
            left.extend(children.iter().map(|child| (*child, level + 1)));
        }
        height
    }

    /// The cards that can be seen, in reading order with their level; the theme first, at level 0.
    pub fn outline(&self) -> Vec<(CardId, usize)> {
        let mut outline = Vec::new();
        let mut left = vec![(CardId::THEME, 0)];
        while let Some((id, level)) = left.pop() {
            outline.push((id, level));
            left.extend(self.children(id).rev().map(|(child, _)| (child, level + 1)));
        }
        outline
    }

    /// Who sits here now.
    pub fn seated(&self) -> impl Iterator<Item = (PersonId, &str)> {
        let here = self.members.iter().filter(|(_, member)| member.seated == Seated::Here);
        here.map(|(id, member)| (*id, member.name.as_str()))
    }
}
