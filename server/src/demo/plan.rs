//! What is left to do in a group, and who may do what next. It knows the script, and neither a board nor a clock.

use std::sync::Arc;

use shared::CardId;
use shared::docs::board::{Star, StarFor};
use shared::docs::workshop::Kind;

pub(super) use self::act::Act;
use super::script::{Course, Pace, Said, Table};

mod act;

#[cfg(test)]
mod tests;

/// Acts among which somebody chooses.
const CHOICE: usize = 4;
/// Cards that come in between before somebody goes back to one.
const LATER: usize = 2;

/// Those who read a link backwards.
const READERS: usize = 3;
/// Every so many cards one gets an answer at once.
const ANSWERED_EACH: usize = 3;

/// A card and those above it.
fn path(table: &Table, card: usize) -> Vec<usize> {
    std::iter::successors(Some(card), |card| table.cards.get(*card)?.parent).collect()
}

/// How an act ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// It is done.
    Done,
    /// The card is there, under this id.
    Written(CardId),
    /// The card is not there, or not any more: nothing that builds on it is done.
    Dropped,
}

/// What somebody is told who asks what to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Next {
    /// This.
    Do(Act),
    /// Nothing at the moment: others must finish first, or it is for another step.
    Wait,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Progress {
    Open,
    Taken,
    Over,
}

/// What is left to do in a group.
#[derive(Debug)]
pub(super) struct Plan {
    table: Arc<Table>,
    acts: Vec<(Act, Progress)>,
    /// The cards that are there, with how many were there before them.
    written: Vec<Option<(CardId, usize)>>,
    /// The cards that were written in silence.
    slips: Vec<usize>,
}

impl Plan {
    pub(super) fn new(table: Arc<Table>) -> Self {
        let mut acts: Vec<Act> = (0..table.proposals.len()).flat_map(|n| [Act::Propose(n), Act::Witness(n)]).collect();
        if table.proposals.len() > 1 {
            acts.push(Act::OpenVote);
            acts.extend((0..table.guests.len()).map(Act::Vote));
            acts.push(Act::CloseVote);
        }
        acts.push(Act::Theme);
        acts.extend((0..table.premises.len()).map(Act::Premise));
        acts.extend(table.theme.later.as_ref().map(|_| Act::Sharpen));
        let cards = table.cards.iter().enumerate();
        let of_silence = cards.filter(|(_, card)| card.parent.is_none() && card.course == Course::Stays);
        acts.extend(of_silence.map(|(index, _)| Act::Slip(index)));
        for (index, card) in table.cards.iter().enumerate() {
            acts.push(Act::Add(index));
            acts.extend((card.course == Course::Moved).then_some(Act::Move(index)));
            acts.extend(card.wording.later.as_ref().map(|_| Act::Reword(index)));
            acts.extend(card.mark.map(|_| Act::Mark(index)));
            acts.extend((card.said != Said::default()).then_some(Act::Say(index)));
            acts.extend(card.said.lane.as_ref().map(|_| Act::Lane(index)));
            acts.extend(card.said.call.map(|_| Act::Call(index)));
            acts.extend(card.said.also.map(|_| Act::Link(index)));
            acts.extend(matches!(card.course, Course::Same(_)).then_some(Act::Merge(index)));
            acts.extend((index % ANSWERED_EACH == 0).then_some(Act::React(index)));
        }
        acts.extend((table.pace == Pace::Stuck).then_some(Act::Help));
        acts.extend((table.pace == Pace::Together).then_some(Act::Hand));
        let stars = || table.cards.iter().enumerate().filter(|(_, card)| card.star != Star::None);
        acts.extend(stars().map(|(index, _)| Act::Star(index)));
        // What ends in a root cause is read backwards, by several of them.
        let rooted = stars().filter(|(_, card)| card.star.is_for(StarFor::RootCause)).map(|(index, _)| index);
        let mut chains: Vec<usize> = rooted.flat_map(|index| path(&table, index)).collect();
        chains.sort_unstable();
        chains.dedup();
        acts.extend(chains.into_iter().flat_map(|card| (0..READERS).map(move |reader| Act::Read(card, reader))));
        let written = vec![None; table.cards.len()];
        Self { table, acts: acts.into_iter().map(|act| (act, Progress::Open)).collect(), written, slips: Vec::new() }
    }

    /// Takes an act for a step of this kind: one of the first that can be done now. `choose` picks a number below the one that it
    /// is given.
    pub(super) fn take(&mut self, kind: Kind, mut choose: impl FnMut(usize) -> usize) -> Next {
        let choice = if self.table.pace == Pace::Chain { 1 } else { CHOICE };
        let open = |index: &usize| {
            self.acts.get(*index).is_some_and(|(act, progress)| *progress == Progress::Open && act.belongs_to(kind))
        };
        let ready: Vec<usize> =
            (0..self.acts.len()).filter(open).filter(|index| self.is_ready(*index)).take(choice).collect();
        if let Some(index) = ready.get(choose(ready.len()))
            && let Some((act, progress)) = self.acts.get_mut(*index)
        {
            *progress = Progress::Taken;
            return Next::Do(*act);
        }
        Next::Wait
    }

    /// How many acts that can be done in a step of this kind are not over yet.
    pub(super) fn left(&self, kind: Kind) -> usize {
        let left = |(act, progress): &&(Act, Progress)| *progress != Progress::Over && act.belongs_to(kind);
        self.acts.iter().filter(left).count()
    }

    /// Says how an act that was taken ended.
    pub(super) fn finish(&mut self, act: Act, outcome: Outcome) {
        self.end(|other| other == act);
        match (act, outcome) {
            (Act::Add(card), Outcome::Written(id)) => {
                let before = self.count();
                if let Some(slot) = self.written.get_mut(card) {
                    *slot = Some((id, before));
                }
            }
            (Act::Add(card), Outcome::Done | Outcome::Dropped) => self.drop_branch(card),
            (Act::Slip(card), Outcome::Done) => self.slips.push(card),
            _ => {}
        }
    }

    /// Whether a card was written in silence.
    pub(super) fn was_silent(&self, card: usize) -> bool {
        self.slips.contains(&card)
    }

    /// The id of a card that is there; the theme's for none.
    pub(super) fn id(&self, card: Option<usize>) -> Option<CardId> {
        match card {
            None => Some(CardId::THEME),
            Some(card) => self.written.get(card).copied().flatten().map(|(id, _)| id),
        }
    }

    fn is_ready(&self, index: usize) -> bool {
        let Some((act, _)) = self.acts.get(index) else { return false };
        let before = || self.acts.iter().take(index);
        let over = |progress: Progress| progress == Progress::Over;
        match *act {
            Act::Propose(_) | Act::Slip(_) => true,
            Act::Theme | Act::Witness(_) | Act::OpenVote | Act::CloseVote | Act::Premise(_) | Act::Sharpen => {
                before().all(|(_, progress)| over(*progress))
            }
            Act::Vote(_) => {
                before().filter(|(act, _)| !matches!(act, Act::Vote(_))).all(|(_, progress)| over(*progress))
            }
            Act::Add(card) => self.may_add(card, index),
            Act::Reword(card)
            | Act::Move(card)
            | Act::Mark(card)
            | Act::Say(card)
            | Act::Lane(card)
            | Act::Call(card)
            | Act::React(card) => {
                let since = self.written.get(card).copied().flatten().map(|(_, before)| self.count() - before);
                since.is_some_and(|since| since > LATER || self.all_added())
            }
            Act::Star(_) | Act::Link(_) | Act::Merge(_) => self.all_added(),
            Act::Help => self.first_level_is_there(),
            Act::Hand => self.count() * 2 > self.written.len() || self.all_added(),
            // What is read has to stand still.
            Act::Read(..) => before()
                .filter(|(act, _)| !matches!(act, Act::Read(..) | Act::Star(_) | Act::Slip(_)))
                .all(|(_, progress)| over(*progress)),
        }
    }

    /// Whether a card can be written now: the theme is there, and the card that it is a cause of.
    fn may_add(&self, card: usize, index: usize) -> bool {
        let before = || self.acts.iter().take(index);
        let waits_for = |act: &Act| match act {
            Act::Theme | Act::Sharpen => true,
            Act::Add(_) => self.table.pace == Pace::Chain,
            // It is being written in silence.
            Act::Slip(of) => *of == card,
            _ => false,
        };
        let is_free = |(act, progress): &(Act, Progress)| match act {
            Act::Slip(_) => *progress != Progress::Taken,
            _ => *progress == Progress::Over,
        };
        let parent = self.table.cards.get(card).and_then(|card| card.parent);
        let is_stuck = || self.acts.iter().any(|(act, progress)| *act == Act::Help && *progress != Progress::Over);
        before().filter(|(act, _)| waits_for(act)).all(is_free)
            && self.id(parent).is_some()
            && (parent.is_none() || !is_stuck())
    }

    fn first_level_is_there(&self) -> bool {
        let first = |act: &Act| match act {
            Act::Add(card) => self.table.cards.get(*card).is_some_and(|card| card.parent.is_none()),
            _ => false,
        };
        self.acts.iter().filter(|(act, _)| first(act)).all(|(_, progress)| *progress == Progress::Over)
    }

    fn all_added(&self) -> bool {
        let mut adds = self.acts.iter().filter(|(act, _)| matches!(act, Act::Add(_)));
        adds.all(|(_, progress)| *progress == Progress::Over)
    }

    fn count(&self) -> usize {
        self.written.iter().flatten().count()
    }

    fn drop_branch(&mut self, card: usize) {
        let mut branch = vec![card];
        for (index, other) in self.table.cards.iter().enumerate().skip(card) {
            if other.parent.is_some_and(|parent| branch.contains(&parent)) {
                branch.push(index);
            }
        }
        self.end(|act| act.card().is_some_and(|card| branch.contains(&card)));
    }

    fn end(&mut self, which: impl Fn(Act) -> bool) {
        for (act, progress) in &mut self.acts {
            if which(*act) {
                *progress = Progress::Over;
            }
        }
    }
}
