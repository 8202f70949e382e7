//! Pairs, their drafts, and the card for everybody.

use std::mem::replace;
use std::sync::Arc;

use super::Undo;
use crate::access::By;
use crate::doc::{Reject, Stamp};
use crate::docs::board::one_two_four::paired;
use crate::docs::board::{Board, BoardOp, OneTwoFour, Pair, Place};
use crate::ids::{CardId, PairId, PersonId, StepId};
use crate::limits::{PAIRS_EACH_MAX, STEPS_MAX};
use crate::text::{Text, TextEdit};

impl Board {
    /// What is made in a step, to be changed.
    fn made_in(&mut self, step: StepId) -> Result<&mut OneTwoFour, Reject> {
        if !self.one_two_four.contains_key(&step) {
            if self.one_two_four.len() >= STEPS_MAX {
                return Err(Reject::DocFull);
            }
            self.one_two_four.insert(step, Arc::default());
        }
        self.one_two_four.get_mut(&step).map(Arc::make_mut).ok_or(Reject::NoStep)
    }

    /// The pair, to be changed.
    fn change_pair(&mut self, step: StepId, pair: PairId) -> Result<&mut Pair, Reject> {
        let made = self.one_two_four.get_mut(&step).map(Arc::make_mut).ok_or(Reject::NoStep)?;
        made.pairs.get_mut(usize::from(pair.0)).ok_or(Reject::NoPair)
    }

    /// Everybody who sits here is in a pair from now on; who was in one already stays in it.
    pub(super) fn form_pairs(&mut self, step: StepId) -> Undo {
        let seated: Vec<PersonId> = self.seated().map(|(person, _)| person).collect();
        let before: Vec<Vec<PersonId>> = self.pairs(step).map(|(_, pair)| pair.people.clone()).collect();
        let now = paired(&before, &seated);
        if now == before {
            return Ok(None);
        }
        if now.len() > PAIRS_EACH_MAX {
            return Err(Reject::DocFull);
        }
        if self.one_two_four.len() >= STEPS_MAX {
            // What somebody has put into a step that nobody talked in gives way.
            let unpaired = self.one_two_four.iter().find(|(_, made)| made.pairs.is_empty()).map(|(step, _)| *step);
            unpaired.inspect(|step| drop(self.one_two_four.remove(step)));
        }
        let made = self.made_in(step)?;
        made.pairs.resize(now.len(), Pair::default());
        for (pair, people) in made.pairs.iter_mut().zip(now) {
            pair.people = people;
        }
        Ok(None)
    }

    /// Only those who share a draft write it, and who conducts.
    pub(super) fn edit_pair(&mut self, stamp: &Stamp, step: StepId, id: PairId, edit: &TextEdit) -> Undo {
        let pair = self.change_pair(step, id)?;
        if let By::Person(person) = stamp.by
            && !pair.people.contains(&person)
        {
            return Err(Reject::Forbidden);
        }
        let undo = pair.draft.apply(stamp.id.client, edit)?;
        Ok(undo.map(|edit| BoardOp::EditPair { step, pair: id, edit }))
    }

    /// A draft becomes a card, as it reads now: the last first-level cause. Two who press at once make one.
    pub(super) fn take_pair(&mut self, stamp: &Stamp, step: StepId, id: PairId, start: u32) -> Undo {
        let pair = self.pair(step, id).ok_or(Reject::NoPair)?;
        if self.card_of(pair).is_some() {
            return Ok(None);
        }
        let draft = pair.draft.read();
        if draft.trim().is_empty() {
            return Err(Reject::BadText);
        }
        let text = Text::new(stamp.id.client, start, draft.trim())?;
        let undo = self.add(stamp, CardId::THEME, Place::Last, text)?;
        self.change_pair(step, id)?.card = Some(CardId::from(stamp.id));
        Ok(undo)
    }

    /// The card for everybody is this one from now on, or none.
    pub(super) fn choose_for_all(&mut self, step: StepId, card: Option<CardId>) -> Undo {
        if let Some(card) = card {
            self.cause(card)?;
        }
        if card.is_none() && !self.one_two_four.contains_key(&step) {
            return Ok(None);
        }
        let was = replace(&mut self.made_in(step)?.for_all, card);
        Ok((was != card).then_some(BoardOp::ChooseForAll { step, card: was }))
    }
}
