//! A board as a graph of causes and effects. A card may be a cause of several effects, and cards that say the same count as
//! one: the one that they were merged into stands for them. The graph has no cycle, removed cards included: they may come back.

use super::{Board, Kept};
use crate::ids::CardId;
use crate::sorted::SortedSet;

impl Board {
    /// The card that stands for this one: itself, unless it was merged into another.
    pub fn stands_for(&self, id: CardId) -> CardId {
        let mut now = id;
        // No chain of mergers is longer than there are cards.
        for _ in 0..self.cards.len() {
            match self.get(now).map(|card| card.kept) {
                Some(Kept::MergedInto(into)) => now = into,
                _ => break,
            }
        }
        now
    }

    /// The card, and all that were merged into it: those that it stands for.
    pub fn wordings(&self, id: CardId) -> Vec<CardId> {
        let mut wordings = vec![id];
        let mut next = 0;
        while let Some(card) = wordings.get(next).and_then(|id| self.get(*id)) {
            let into = wordings.get(next).copied();
            let still = |id: &&CardId| self.get(**id).map(|card| card.kept) == into.map(Kept::MergedInto);
            wordings.extend(card.merged.keys().filter(still));
            next += 1;
        }
        wordings
    }

    /// All causes of a card, removed ones included: its own in order, then those that are linked.
    pub(super) fn all_causes(&self, id: CardId) -> Vec<CardId> {
        let mut causes = Vec::new();
        let wordings = self.wordings(id);
        let cards = || wordings.iter().filter_map(|id| self.get(*id));
        let own = cards().flat_map(|card| card.children.iter());
        for cause in own.chain(cards().flat_map(|card| card.linked.keys())) {
            let cause = self.stands_for(*cause);
            if cause != id && !causes.contains(&cause) {
                causes.push(cause);
            }
        }
        causes
    }

    /// All effects of a card, removed ones included: first the one that it hangs under.
    pub fn effects(&self, id: CardId) -> Vec<CardId> {
        let mut effects = Vec::new();
        for card in self.wordings(id).into_iter().filter_map(|id| self.get(id)) {
            for effect in card.parent.iter().chain(card.also.keys()) {
                let effect = self.stands_for(*effect);
                if effect != id && !effects.contains(&effect) {
                    effects.push(effect);
                }
            }
        }
        effects
    }

    /// The effect that a card is drawn under: the one that it hangs under; if that cannot be seen, another that can.
    pub fn home(&self, id: CardId) -> Option<CardId> {
        let card = self.get(id)?;
        if card.also.is_empty() && card.merged.is_empty() {
            return card.parent.map(|parent| self.stands_for(parent)).filter(|parent| *parent != id);
        }
        let effects = self.effects(id);
        effects.iter().find(|effect| self.is_seen(**effect)).or(effects.first()).copied()
    }

    /// Whether a card can be seen: it was not removed, and it is a cause of something that can be seen, or the theme.
    pub fn is_seen(&self, id: CardId) -> bool {
        let mut met = SortedSet::of([id]);
        let mut left = vec![id];
        while let Some(id) = left.pop() {
            let Some(card) = self.get(id) else { continue };
            if card.kept != Kept::Yes {
                continue;
            }
            if id == CardId::THEME {
                return true;
            }
            if card.also.is_empty() && card.merged.is_empty() {
                left.extend(card.parent.map(|parent| self.stands_for(parent)));
                continue;
            }
            // The last is looked at first: it is the one that the card hangs under.
            left.extend(self.effects(id).into_iter().rev().filter(|effect| met.add(*effect)));
        }
        false
    }

    /// Whether one gets from a card down to another, over whatever causes there are or may be again.
    pub(super) fn leads_to(&self, from: &[CardId], to: CardId) -> bool {
        let mut met = SortedSet::of(from.iter().copied());
        let mut left = from.to_vec();
        while let Some(id) = left.pop() {
            if id == to {
                return true;
            }
            left.extend(self.all_causes(id).into_iter().filter(|cause| met.add(*cause)));
        }
        false
    }

    /// A card, and everything that one gets to from it down, removed ones included.
    pub fn below(&self, id: CardId) -> SortedSet<CardId> {
        let id = self.stands_for(id);
        let mut met = SortedSet::of([id]);
        let mut left = vec![id];
        while let Some(id) = left.pop() {
            left.extend(self.all_causes(id).into_iter().filter(|cause| met.add(*cause)));
        }
        met
    }

    /// A card, and everything that one gets to from it up, removed ones included.
    pub fn above(&self, id: CardId) -> SortedSet<CardId> {
        let id = self.stands_for(id);
        let mut met = SortedSet::of([id]);
        let mut left = vec![id];
        while let Some(id) = left.pop() {
            left.extend(self.effects(id).into_iter().filter(|effect| met.add(*effect)));
        }
        met
    }

    /// Whether a card may be merged into another without one becoming its own cause: it may go up into its effect, but whatever
    /// else leads from one to the other would lead back to itself.
    pub fn may_merge(&self, id: CardId, into: CardId) -> bool {
        let mut below = self.all_causes(into);
        below.retain(|cause| *cause != id);
        !self.leads_to(&[id], into) && !self.leads_to(&below, id)
    }

    /// Where branches meet: cards that are a cause of several effects that can be seen, in reading order, with these effects.
    pub fn meetings(&self) -> Vec<(CardId, Vec<CardId>)> {
        let several = |(id, _)| {
            let mut effects = self.effects(id);
            effects.retain(|effect| self.is_seen(*effect));
            (effects.len() > 1).then_some((id, effects))
        };
        self.outline().into_iter().filter_map(several).collect()
    }

    /// Causes of a card that hang elsewhere: they are shown as references.
    pub fn references(&self, id: CardId) -> Vec<CardId> {
        let mut references = self.all_causes(id);
        references.retain(|cause| self.home(*cause) != Some(id) && self.is_seen(*cause));
        references
    }

    /// Whether no card is linked or merged anywhere: then what an operation changes is the card, and the cards above it.
    pub fn is_plain(&self) -> bool {
        self.cards.values().all(|card| card.also.is_empty() && card.merged.is_empty())
    }
}
