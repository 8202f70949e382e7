//! Reading a board as a tree: every card drawn once, under its home. Removed cards are known here and shown to nobody.

use super::{Board, Card, Kept, Note, NoteOn, Seated};
use crate::ids::{CardId, LaneId, NoteId, PersonId};
use crate::limits::CARDS_MAX;

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

    /// How many more cards there is room for. Removed ones take room too: they may come back.
    pub fn room(&self) -> usize {
        CARDS_MAX.saturating_sub(self.cards.len())
    }

    /// The causes that are drawn under a card, in order.
    pub fn children(&self, id: CardId) -> impl DoubleEndedIterator<Item = (CardId, &Card)> {
        self.drawn_under(id).into_iter().filter_map(|id| Some((id, self.get(id)?)))
    }

    fn drawn_under(&self, id: CardId) -> Vec<CardId> {
        let Some(card) = self.get(id) else { return Vec::new() };
        let is_kept = |id: &CardId| self.get(*id).is_some_and(|card| card.kept == Kept::Yes);
        let is_merged = |id: &CardId| matches!(self.get(*id).map(|card| card.kept), Some(Kept::MergedInto(_)));
        let plain = card.merged.is_empty() && card.linked.is_empty() && !card.children.iter().any(is_merged);
        let mut causes = if plain { card.children.clone() } else { self.all_causes(id) };
        causes.retain(|cause| is_kept(cause) && self.home(*cause) == Some(id));
        if id == CardId::THEME && !self.lanes.is_empty() {
            // Lane by lane; what lies in none comes last.
            causes.sort_by_key(|cause| self.lane_of(*cause).map_or((1, None), |(lane, _)| (0, Some(lane))));
        }
        causes
    }

    /// The lane that a first-level cause lies in, with its name.
    pub fn lane_of(&self, id: CardId) -> Option<(LaneId, &str)> {
        let lane = self.get(id).filter(|card| card.parent == Some(CardId::THEME))?.lane?;
        let name = self.lanes.get(&lane)?.name.as_str();
        (!name.is_empty()).then_some((lane, name))
    }

    /// The card and everything above it, as it is drawn, the theme last.
    pub fn path(&self, id: CardId) -> impl Iterator<Item = (CardId, &Card)> {
        let start = self.get(id).map(|card| (id, card));
        std::iter::successors(start, |(id, card)| {
            let above = match card.kept {
                Kept::MergedInto(into) => into,
                _ => self.home(*id)?,
            };
            Some((above, self.get(above)?))
        })
        // The graph has no cycle; the number of cards bounds every path.
        .take(self.cards.len())
    }

    /// How deep a card is drawn: 0 for the theme, 1 for its causes.
    pub fn level(&self, id: CardId) -> Option<usize> {
        self.path(id).count().checked_sub(1)
    }

    /// Whether `id` is `above`, or is drawn somewhere below it.
    pub fn is_under(&self, id: CardId, above: CardId) -> bool {
        self.path(id).any(|(card, _)| card == above)
    }

    /// Levels from a card down to its deepest cause that hangs below it, removed ones included: 0 for a leaf.
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
            left.extend(self.drawn_under(id).into_iter().rev().map(|child| (child, level + 1)));
        }
        outline
    }

    /// Who sits here now.
    pub fn seated(&self) -> impl Iterator<Item = (PersonId, &str)> {
        let here = self.members.iter().filter(|(_, member)| member.seated == Seated::Here);
        here.map(|(id, member)| (*id, member.name.as_str()))
    }

    /// The notes about something that can be seen, the oldest first.
    pub fn notes_on(&self, on: NoteOn) -> Vec<(NoteId, &Note)> {
        let kept = self.notes.iter().filter(|(_, note)| note.on == on && note.kept == Kept::Yes);
        let mut notes: Vec<_> = kept.map(|(id, note)| (*id, note.as_ref())).collect();
        notes.sort_by_key(|(id, note)| (note.at, *id));
        notes
    }
}
