//! Cards come, move, go, are linked and merged.

use std::mem::replace;
use std::sync::Arc;

use super::{Undo, not_theme};
use crate::access::By;
use crate::doc::{Reject, Stamp};
use crate::docs::board::{Board, BoardOp, Card, Kept, Place};
use crate::ids::{CardId, PersonId};
use crate::limits::{CARD_CHARS_MAX, DEPTH_MAX, LINKS_MAX};
use crate::text::Text;

/// Numbers that the characters of one revealed card have to themselves.
const CHARS_OF_ONE: u32 = 256;
const _: () = assert!(CARD_CHARS_MAX <= CHARS_OF_ONE as usize, "two cards would share characters");

impl Board {
    /// A cause that stands for itself: what was merged into another moves with that one.
    fn standing(&self, id: CardId) -> Result<&Card, Reject> {
        let card = self.there(not_theme(id)?)?;
        if let Kept::MergedInto(_) = card.kept { Err(Reject::NoCard(id)) } else { Ok(card) }
    }

    pub(super) fn add(&mut self, stamp: &Stamp, parent: CardId, place: Place, text: Text) -> Undo {
        let id = CardId::from(stamp.id);
        if self.cards.contains_key(&id) {
            return Err(Reject::IdTaken);
        }
        if self.room() == 0 {
            return Err(Reject::BoardFull);
        }
        if self.level(parent).ok_or(Reject::NoCard(parent))? >= DEPTH_MAX {
            return Err(Reject::TooDeep);
        }
        insert(&mut self.change(parent)?.children, id, place);
        self.cards.insert(id, Arc::new(Card::new(Some(parent), text, stamp.by, stamp.at)));
        Ok(Some(BoardOp::RemoveCard { card: id }))
    }

    /// A card that was written in silence. By whom it was written is all that is kept of its author.
    pub(super) fn reveal(&mut self, stamp: &Stamp, author: Option<PersonId>, text: &str) -> Undo {
        let start = stamp.id.n.checked_mul(CHARS_OF_ONE).ok_or(Reject::OutOfRange)?;
        let text = Text::new(stamp.id.client, start, text)?;
        let stamp = Stamp { by: author.map_or(By::Server, By::Person), ..*stamp };
        self.add(&stamp, CardId::THEME, Place::Last, text)?;
        Ok(None)
    }

    /// Whether a card may be moved under another one: where it hangs now.
    ///
    /// # Errors
    /// Why not.
    pub fn may_move(&self, id: CardId, parent: CardId) -> Result<CardId, Reject> {
        let from = self.standing(id)?.parent.ok_or(Reject::IsTheme)?;
        let level = self.level(parent).ok_or(Reject::NoCard(parent))?;
        if self.leads_to(&[self.stands_for(id)], self.stands_for(parent)) {
            return Err(Reject::Cycle);
        }
        if level.saturating_add(self.height(id)) >= DEPTH_MAX {
            return Err(Reject::TooDeep);
        }
        Ok(from)
    }

    pub(super) fn move_card(&mut self, id: CardId, parent: CardId, place: Place) -> Undo {
        let from = self.may_move(id, parent)?;
        let siblings = &mut self.change(from)?.children;
        let index = siblings.iter().position(|card| *card == id).ok_or(Reject::NoCard(id))?;
        siblings.remove(index);
        let back = match index.checked_sub(1).and_then(|before| siblings.get(before)) {
            Some(before) => Place::After(*before),
            None => Place::First,
        };
        insert(&mut self.change(parent)?.children, id, place);
        self.change(id)?.parent = Some(parent);
        Ok(Some(BoardOp::MoveCard { card: id, parent: from, place: back }))
    }

    pub(super) fn remove_card(&mut self, stamp: &Stamp, id: CardId) -> Undo {
        let card = self.cause(id)?;
        // What was merged is out of sight already; whoever removes it meant what they saw.
        if let Kept::MergedInto(_) = card.kept {
            return Ok(None);
        }
        let was = replace(&mut card.kept, Kept::RemovedBy(stamp.by));
        Ok((was == Kept::Yes).then_some(BoardOp::RestoreCard { card: id }))
    }

    pub(super) fn restore_card(&mut self, id: CardId) -> Undo {
        let was = replace(&mut self.cause(id)?.kept, Kept::Yes);
        Ok(match was {
            Kept::Yes => None,
            Kept::RemovedBy(_) => Some(BoardOp::RemoveCard { card: id }),
            Kept::MergedInto(into) => {
                // A cause of it may have been merged further up meanwhile: apart, each would be a cause of the other.
                if [id, self.stands_for(into)].into_iter().any(|card| self.leads_to(&self.all_causes(card), card)) {
                    self.change(id)?.kept = was;
                    return Err(Reject::Cycle);
                }
                Some(BoardOp::MergeCard { card: id, into })
            }
        })
    }

    pub(super) fn link(&mut self, id: CardId, under: CardId) -> Undo {
        let card = self.standing(id)?;
        self.there(under)?;
        if card.parent == Some(under) || card.also.contains_key(&under) {
            return Ok(None);
        }
        if card.also.len() >= LINKS_MAX {
            return Err(Reject::DocFull);
        }
        if self.leads_to(&[self.stands_for(id)], self.stands_for(under)) {
            return Err(Reject::Cycle);
        }
        self.change(id)?.also.add(under);
        self.change(under)?.linked.add(id);
        Ok(Some(BoardOp::UnlinkCard { card: id, under }))
    }

    pub(super) fn unlink(&mut self, id: CardId, under: CardId) -> Undo {
        self.standing(id)?;
        self.there(under)?;
        let was = self.change(id)?.also.remove(&under);
        self.change(under)?.linked.remove(&id);
        Ok(was.map(|()| BoardOp::LinkCard { card: id, under }))
    }

    pub(super) fn merge(&mut self, id: CardId, into: CardId) -> Undo {
        let into = self.stands_for(into);
        if self.there(not_theme(id)?)?.kept != Kept::Yes {
            return Err(Reject::NoCard(id));
        }
        // One that was removed takes it out of sight with its branch, and brings it back with it.
        self.there(not_theme(into)?)?;
        if !self.may_merge(id, into) {
            return Err(Reject::Cycle);
        }
        let level = self.level(into).ok_or(Reject::NoCard(into))?;
        if level.saturating_add(self.height(id)) > DEPTH_MAX {
            return Err(Reject::TooDeep);
        }
        self.change(id)?.kept = Kept::MergedInto(into);
        self.change(into)?.merged.add(id);
        Ok(Some(BoardOp::RestoreCard { card: id }))
    }
}

fn insert(siblings: &mut Vec<CardId>, id: CardId, place: Place) {
    let index = match place {
        Place::First => 0,
        Place::Last => siblings.len(),
        Place::After(sibling) => siblings.iter().position(|card| *card == sibling).map_or(siblings.len(), |at| at + 1),
    };
    siblings.insert(index, id);
}
