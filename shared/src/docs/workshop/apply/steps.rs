//! The run-sheet and the way through it.

use std::mem::replace;

use super::Undo;
use crate::doc::{Reject, Stamp};
use crate::docs::board::Given;
use crate::docs::workshop::{
    Circle, Group, Kind, Names, Phase, Plan, Run, Skip, Step, Timer, TimerChange, Whom, Workshop, WorkshopOp,
};
use crate::ids::{GroupId, Millis, StepId};
use crate::limits::{ROLE_ROUNDS_MAX, STEPS_MAX};
use crate::sorted::SortedSet;

/// Bits of a step's number that tell the steps of one operation apart.
const OF_ONE_OPERATION: u32 = 6;

impl Step {
    /// How long a round of it takes: a visit, where it is one after another; all of it, where it has one.
    fn length_ms(&self, round: u16) -> u64 {
        let whole = u64::from(self.plan.minutes) * 60_000;
        match (self.plan.kind, self.plan.each_s) {
            (Kind::Gallery | Kind::OneTwoFour, each_s @ 1..) => u64::from(each_s) * 1_000,
            (Kind::OneTwoFour, 0) => Circle::of_round(round).share_of(whole),
            _ => whole,
        }
    }

    /// Somebody in it from now on.
    pub(super) fn begun(&self, now: Millis) -> Run {
        Run { step: self.id, began_at: now, timer: Timer::begin(now, self.length_ms(0)), round: 0 }
    }
}

/// The name of the step that an operation makes as its `index`-th.
fn named(stamp: &Stamp, index: usize) -> Result<StepId, Reject> {
    let room = u32::MAX >> OF_ONE_OPERATION;
    let index = u32::try_from(index).ok().filter(|index| *index < 1 << OF_ONE_OPERATION).ok_or(Reject::DocFull)?;
    if stamp.id.n > room {
        return Err(Reject::OutOfRange);
    }
    Ok(StepId { client: stamp.id.client, n: stamp.id.n << OF_ONE_OPERATION | index })
}

impl Workshop {
    pub(super) fn set_steps(&mut self, stamp: &Stamp, plans: &[Plan]) -> Undo {
        let mut steps: Vec<Step> = self.steps.iter().filter(|step| self.is_in_use(step.id)).cloned().collect();
        if plans.len().saturating_add(steps.len()) > STEPS_MAX {
            return Err(Reject::DocFull);
        }
        for (index, plan) in plans.iter().enumerate() {
            plan.check()?;
            steps.push(Step { id: named(stamp, index)?, plan: plan.clone(), skip: Skip::No });
        }
        let kept = |id: &StepId| steps.iter().any(|step| step.id == *id);
        let gone: Vec<StepId> = self.turns_roles.keys().filter(|id| !kept(id)).copied().collect();
        gone.iter().for_each(|id| {
            self.turns_roles.remove(id);
        });
        let gone: Vec<StepId> = self.brought.keys().filter(|id| !kept(id)).copied().collect();
        gone.iter().for_each(|id| drop(self.brought.remove(id)));
        self.steps = steps;
        Ok(None)
    }

    pub(super) fn add_step(&mut self, stamp: &Stamp, plan: &Plan, after: Option<StepId>) -> Undo {
        plan.check()?;
        if self.steps.len() >= STEPS_MAX {
            return Err(Reject::DocFull);
        }
        let (id, at) = (named(stamp, 0)?, self.place_after(after)?);
        self.steps.insert(at, Step { id, plan: plan.clone(), skip: Skip::No });
        Ok(Some(WorkshopOp::RemoveStep { step: id }))
    }

    pub(super) fn edit_step(&mut self, id: StepId, plan: &Plan) -> Undo {
        plan.check()?;
        let in_use = self.is_in_use(id);
        let step = self.steps.iter_mut().find(|step| step.id == id).ok_or(Reject::NoStep)?;
        if in_use && step.plan.names == Names::Hidden && plan.names == Names::Shown {
            return Err(Reject::IsAnonymous);
        }
        let plan = replace(&mut step.plan, plan.clone());
        let undo = (plan != step.plan).then_some(WorkshopOp::EditStep { step: id, plan });
        Ok(undo)
    }

    pub(super) fn remove_step(&mut self, id: StepId) -> Undo {
        let at = self.place(id)?;
        if self.is_in_use(id) {
            return Err(Reject::StepInUse);
        }
        self.steps.remove(at);
        self.turns_roles.remove(&id);
        self.brought.remove(&id);
        Ok(None)
    }

    pub(super) fn move_step(&mut self, id: StepId, after: Option<StepId>) -> Undo {
        let from = self.place(id)?;
        if after == Some(id) {
            return Ok(None);
        }
        let to = self.place_after(after)?;
        let was = from.checked_sub(1).and_then(|before| self.steps.get(before)).map(|step| step.id);
        if was == after {
            return Ok(None);
        }
        let step = self.steps.remove(from);
        self.steps.insert(if from < to { to - 1 } else { to }, step);
        Ok(Some(WorkshopOp::MoveStep { step: id, after: was }))
    }

    pub(super) fn skip_step(&mut self, id: StepId, skip: Skip) -> Undo {
        let at = self.place(id)?;
        let was = self.steps.get_mut(at).map_or(skip, |step| replace(&mut step.skip, skip));
        Ok((was != skip).then_some(WorkshopOp::SkipStep { step: id, skip: was }))
    }

    pub(super) fn turn_roles(&mut self, step: StepId, given: Given) -> Undo {
        self.place(step)?;
        let (changed, was) = match given {
            Given::Yes => (self.turns_roles.insert(step, ()).is_none(), Given::No),
            Given::No => (self.turns_roles.remove(&step).is_some(), Given::Yes),
        };
        Ok(changed.then_some(WorkshopOp::TurnRoles { step, given: was }))
    }

    /// Roles go round in a group, with a step that has begun there.
    pub(super) fn turn_roles_in(&mut self, group: GroupId, step: StepId) {
        if self.turned_roles.get(&group).is_none() {
            self.turned_roles.insert(group, SortedSet::new());
        }
        if let Some(turned) = self.turned_roles.get_mut(&group).filter(|turned| turned.len() < ROLE_ROUNDS_MAX) {
            turned.insert(step, ());
        }
    }

    /// The step that each group is in.
    pub(super) fn steps_now(&self) -> Vec<(GroupId, StepId)> {
        let step = |group: &Group| Some((group.id, self.run_of(group.id)?.step));
        self.groups.iter().filter_map(step).collect()
    }

    pub(super) fn go_to(&mut self, stamp: &Stamp, whom: Whom, from: Option<StepId>, id: StepId) -> Undo {
        let mut run = self.step(id).ok_or(Reject::NoStep)?.begun(stamp.at);
        if self.phase != Phase::Open {
            return Err(Reject::NotOpen);
        }
        let now = match whom {
            Whom::All => self.run,
            Whom::Group(group) => {
                self.group(group).ok_or(Reject::NoGroup(group))?;
                self.run_of(group)
            }
        };
        match now.map(|run| run.step) {
            // Two people who mean the same press once.
            Some(now) if now == id && from != Some(id) => return Ok(None),
            now if now != from => return Err(Reject::StepMoved),
            _ => {}
        }
        run.timer = self.waiting(stamp, whom, run.timer);
        match whom {
            Whom::All => {
                self.run = Some(run);
                // Who had gone ahead, and is met here, is with the room again.
                self.meet(run);
            }
            Whom::Group(group) => {
                if self.run.is_some_and(|room| room.step == id) && from != Some(id) {
                    self.apart.remove(&group);
                } else {
                    self.apart.insert(group, run);
                }
            }
        }
        Ok(None)
    }

    pub(super) fn set_timer(&mut self, stamp: &Stamp, whom: Whom, step: StepId, change: TimerChange) -> Undo {
        let changed = |run: Option<Run>| match run.filter(|run| run.step == step) {
            Some(run) => Ok(Run { timer: run.timer.changed(stamp.at, change), ..run }),
            None => Err(Reject::StepMoved),
        };
        match whom {
            Whom::All => {
                self.run = Some(changed(self.run)?);
            }
            Whom::Group(group) => {
                self.group(group).ok_or(Reject::NoGroup(group))?;
                let run = changed(self.run_of(group))?;
                self.apart.insert(group, run);
            }
        }
        if self.holds() {
            self.meant(whom, change);
        }
        Ok(None)
    }

    pub(super) fn next_round(&mut self, stamp: &Stamp, whom: Whom, id: StepId, round: u16) -> Undo {
        let step = self.step(id).ok_or(Reject::NoStep)?;
        let (length_ms, rounds) = (step.length_ms(round), step.plan.rounds());
        let run = match whom {
            Whom::All => self.run,
            Whom::Group(group) => {
                self.group(group).ok_or(Reject::NoGroup(group))?;
                self.run_of(group)
            }
        };
        let run = run.filter(|run| run.step == id).ok_or(Reject::StepMoved)?;
        if run.round == round {
            return Ok(None);
        }
        if rounds.is_some_and(|rounds| round >= rounds) {
            return Err(Reject::OutOfRange);
        }
        if run.round.checked_add(1) != Some(round) {
            return Err(Reject::StepMoved);
        }
        let timer = self.waiting(stamp, whom, Timer::begin(stamp.at, length_ms));
        let run = Run { round, timer, ..run };
        match whom {
            Whom::All => {
                self.run = Some(run);
                // Who had more time for an earlier round is met here; who is further already goes on there.
                self.meet(run);
            }
            Whom::Group(group) if self.run.is_some_and(|room| room.step == id && room.round == round) => {
                self.apart.remove(&group);
            }
            Whom::Group(group) => drop(self.apart.insert(group, run)),
        }
        Ok(None)
    }

    /// Groups on their own way that are in this step, and no further in it, are with the room again.
    fn meet(&mut self, room: Run) {
        let is_met = |run: &Run| run.step == room.step && run.round <= room.round;
        let met: Vec<_> = self.apart.iter().filter(|(_, run)| is_met(run)).map(|(group, _)| *group).collect();
        met.iter().for_each(|group| {
            self.apart.remove(group);
        });
    }

    fn place(&self, id: StepId) -> Result<usize, Reject> {
        self.steps.iter().position(|step| step.id == id).ok_or(Reject::NoStep)
    }

    fn place_after(&self, after: Option<StepId>) -> Result<usize, Reject> {
        after.map_or(Ok(0), |after| self.place(after).map(|at| at.saturating_add(1)))
    }

    /// Whether somebody is in this step.
    fn is_in_use(&self, id: StepId) -> bool {
        self.run.iter().chain(self.apart.values()).any(|run| run.step == id)
    }
}
