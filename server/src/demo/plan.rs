//! What is left to do in a group, and who may do what next. It knows the script, and neither a board nor a clock.

use std::sync::Arc;

use shared::CardId;
use shared::docs::board::{Star, StarFor};

use super::script::{Course, Pace, Said, Table};

#[cfg(test)]
mod tests;

/// Steps among which somebody chooses.
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

/// Something to do; cards by their place in the script.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// Propose a theme.
    Propose(usize),
    /// Say which of the proposed ones one has seen oneself.
    Witness(usize),
    /// Begin a secret vote over them.
    OpenVote,
    /// Vote, as one of several who do.
    Vote(usize),
    /// Close the vote.
    CloseVote,
    /// Write the theme.
    Theme,
    /// Say what the group knows already.
    Premise(usize),
    /// Put it better.
    Sharpen,
    /// Write a card.
    Add(usize),
    /// Put it better.
    Reword(usize),
    /// Move it where it belongs.
    Move(usize),
    /// Say how sure one is of it.
    Mark(usize),
    /// Star it.
    Star(usize),
    /// Say what there is to say about it: who can act, how we know it.
    Say(usize),
    /// Put it in its lane.
    Lane(usize),
    /// Call everybody to it.
    Call(usize),
    /// It is a cause of another one too.
    Link(usize),
    /// It says the same as another.
    Merge(usize),
    /// Have something to say: a hand goes up, and down again.
    Hand,
    /// Answer to it.
    React(usize),
    /// Read it backwards, as one of several who do.
    Read(usize, usize),
}

impl Step {
    const fn card(self) -> Option<usize> {
        match self {
            Self::Theme
            | Self::Sharpen
            | Self::Propose(_)
            | Self::Witness(_)
            | Self::OpenVote
            | Self::Vote(_)
            | Self::CloseVote
            | Self::Premise(_)
            | Self::Hand => None,
            Self::Add(card)
            | Self::Reword(card)
            | Self::Move(card)
            | Self::Mark(card)
            | Self::Star(card)
            | Self::Say(card)
            | Self::Lane(card)
            | Self::Call(card)
            | Self::Link(card)
            | Self::Merge(card)
            | Self::React(card)
            | Self::Read(card, _) => Some(card),
        }
    }
}

/// How a step ended.
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
    Do(Step),
    /// Nothing at the moment: others must finish first.
    Wait,
    /// Nothing any more.
    Over,
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
    steps: Vec<(Step, Progress)>,
    /// The cards that are there, with how many were there before them.
    written: Vec<Option<(CardId, usize)>>,
}

impl Plan {
    pub(super) fn new(table: Arc<Table>) -> Self {
        let mut steps: Vec<Step> =
            (0..table.proposals.len()).flat_map(|n| [Step::Propose(n), Step::Witness(n)]).collect();
        if table.proposals.len() > 1 {
            steps.push(Step::OpenVote);
            steps.extend((0..table.guests.len()).map(Step::Vote));
            steps.push(Step::CloseVote);
        }
        steps.push(Step::Theme);
        steps.extend((0..table.premises.len()).map(Step::Premise));
        steps.extend(table.theme.later.as_ref().map(|_| Step::Sharpen));
        for (index, card) in table.cards.iter().enumerate() {
            steps.push(Step::Add(index));
            steps.extend((card.course == Course::Moved).then_some(Step::Move(index)));
            steps.extend(card.wording.later.as_ref().map(|_| Step::Reword(index)));
            steps.extend(card.mark.map(|_| Step::Mark(index)));
            steps.extend((card.said != Said::default()).then_some(Step::Say(index)));
            steps.extend(card.said.lane.as_ref().map(|_| Step::Lane(index)));
            steps.extend(card.said.call.map(|_| Step::Call(index)));
            steps.extend(card.said.also.map(|_| Step::Link(index)));
            steps.extend(matches!(card.course, Course::Same(_)).then_some(Step::Merge(index)));
            steps.extend((index % ANSWERED_EACH == 0).then_some(Step::React(index)));
        }
        steps.extend((table.pace == Pace::Together).then_some(Step::Hand));
        let stars = || table.cards.iter().enumerate().filter(|(_, card)| card.star != Star::None);
        steps.extend(stars().map(|(index, _)| Step::Star(index)));
        // What ends in a root cause is read backwards, by several of them.
        let rooted = stars().filter(|(_, card)| card.star.is_for(StarFor::RootCause)).map(|(index, _)| index);
        let mut chains: Vec<usize> = rooted.flat_map(|index| path(&table, index)).collect();
        chains.sort_unstable();
        chains.dedup();
        steps.extend(chains.into_iter().flat_map(|card| (0..READERS).map(move |reader| Step::Read(card, reader))));
        let written = vec![None; table.cards.len()];
        Self { table, steps: steps.into_iter().map(|step| (step, Progress::Open)).collect(), written }
    }

    /// Takes a step: one of the first that can be done now. `choose` picks a number below the one that it is given.
    pub(super) fn take(&mut self, mut choose: impl FnMut(usize) -> usize) -> Next {
        let choice = if self.table.pace == Pace::Chain { 1 } else { CHOICE };
        let open = |index: &usize| self.steps.get(*index).is_some_and(|(_, progress)| *progress == Progress::Open);
        let ready: Vec<usize> =
            (0..self.steps.len()).filter(open).filter(|index| self.is_ready(*index)).take(choice).collect();
        if let Some(index) = ready.get(choose(ready.len()))
            && let Some((step, progress)) = self.steps.get_mut(*index)
        {
            *progress = Progress::Taken;
            return Next::Do(*step);
        }
        let all_over = self.steps.iter().all(|(_, progress)| *progress == Progress::Over);
        if all_over { Next::Over } else { Next::Wait }
    }

    /// Says how a step that was taken ended.
    pub(super) fn finish(&mut self, step: Step, outcome: Outcome) {
        self.end(|other| other == step);
        match (step, outcome) {
            (Step::Add(card), Outcome::Written(id)) => {
                let before = self.count();
                if let Some(slot) = self.written.get_mut(card) {
                    *slot = Some((id, before));
                }
            }
            (Step::Add(card), Outcome::Done | Outcome::Dropped) => self.drop_branch(card),
            _ => {}
        }
    }

    /// The id of a card that is there; the theme's for none.
    pub(super) fn id(&self, card: Option<usize>) -> Option<CardId> {
        match card {
            None => Some(CardId::THEME),
            Some(card) => self.written.get(card).copied().flatten().map(|(id, _)| id),
        }
    }

    fn is_ready(&self, index: usize) -> bool {
        let Some((step, _)) = self.steps.get(index) else { return false };
        let before = || self.steps.iter().take(index);
        match *step {
            Step::Propose(_) => true,
            Step::Theme | Step::Witness(_) | Step::OpenVote | Step::CloseVote | Step::Premise(_) | Step::Sharpen => {
                before().all(|(_, progress)| *progress == Progress::Over)
            }
            Step::Vote(_) => before()
                .filter(|(step, _)| !matches!(step, Step::Vote(_)))
                .all(|(_, progress)| *progress == Progress::Over),
            Step::Add(card) => {
                let theme = before().filter(|(step, _)| matches!(step, Step::Theme | Step::Sharpen));
                let adds = before().filter(|(step, _)| self.table.pace == Pace::Chain && matches!(step, Step::Add(_)));
                let parent = self.table.cards.get(card).and_then(|card| card.parent);
                theme.chain(adds).all(|(_, progress)| *progress == Progress::Over) && self.id(parent).is_some()
            }
            Step::Reword(card)
            | Step::Move(card)
            | Step::Mark(card)
            | Step::Say(card)
            | Step::Lane(card)
            | Step::Call(card)
            | Step::React(card) => {
                let since = self.written.get(card).copied().flatten().map(|(_, before)| self.count() - before);
                since.is_some_and(|since| since > LATER || self.all_added())
            }
            Step::Star(_) | Step::Link(_) | Step::Merge(_) => self.all_added(),
            Step::Hand => self.count() * 2 > self.written.len() || self.all_added(),
            // Last of all: what is read has to stand still.
            Step::Read(..) => before()
                .filter(|(step, _)| !matches!(step, Step::Read(..)))
                .all(|(_, progress)| *progress == Progress::Over),
        }
    }

    fn all_added(&self) -> bool {
        let mut adds = self.steps.iter().filter(|(step, _)| matches!(step, Step::Add(_)));
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
        self.end(|step| step.card().is_some_and(|card| branch.contains(&card)));
    }

    fn end(&mut self, which: impl Fn(Step) -> bool) {
        for (step, progress) in &mut self.steps {
            if which(*step) {
                *progress = Progress::Over;
            }
        }
    }
}
