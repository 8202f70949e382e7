//! Where the room, or a group on its own way, is in the run-sheet, and what lies round it. Knows no screen.

use shared::docs::workshop::{Circle, Kind, Phase, Run, Skip, Step, Workshop};
use shared::{GroupId, StepId};

/// A step, as a button names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Which.
    pub id: StepId,
    /// What it is called.
    pub title: String,
}

impl Named {
    fn of(step: &Step) -> Self {
        Self { id: step.id, title: step.plan.title.clone() }
    }
}

/// Where somebody is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Now {
    /// In which step.
    pub step: Named,
    /// With how much time.
    pub run: Run,
    /// The how-manieth step it is of those that take place, from 1.
    pub at: usize,
    /// How many take place.
    pub of: usize,
    /// The step before.
    pub before: Option<Named>,
    /// The step that follows.
    pub next: Option<Named>,
    /// How many rounds it has: boards that each group looks at, circles in which people talk; 0 where it has none.
    pub rounds: u16,
    /// The circle that they are in, in 1-2-4-all.
    pub circle: Option<Circle>,
}

impl Now {
    /// Where the room is; nowhere before it begins, after it ends, and without a run-sheet.
    pub fn of_room(workshop: &Workshop) -> Option<Self> {
        Self::of(workshop, workshop.run?)
    }

    /// Where a group is.
    pub fn of_group(workshop: &Workshop, group: GroupId) -> Option<Self> {
        Self::of(workshop, workshop.run_of(group)?)
    }

    fn of(workshop: &Workshop, run: Run) -> Option<Self> {
        let step = workshop.step(run.step).filter(|_| workshop.phase == Phase::Open)?;
        let takes_place = |one: &&Step| one.id == step.id || one.skip == Skip::No;
        let at = workshop.steps.iter().filter(takes_place).position(|one| one.id == step.id)?;
        Some(Self {
            step: Named::of(step),
            run,
            at: at.saturating_add(1),
            of: workshop.steps.iter().filter(takes_place).count(),
            before: workshop.last_before(step.id).map(Named::of),
            next: workshop.next_after(step.id).map(Named::of),
            rounds: rounds(step, workshop.groups.len()),
            circle: (step.plan.kind == Kind::OneTwoFour).then(|| Circle::of_round(run.round)),
        })
    }

    /// The round that comes next in this step, if another one is planned.
    pub fn next_round(&self) -> Option<u16> {
        self.run.round.checked_add(1).filter(|next| *next < self.rounds)
    }

    /// The circle that comes next, in 1-2-4-all.
    pub fn next_circle(&self) -> Option<Circle> {
        self.circle.and(self.next_round()).map(Circle::of_round)
    }
}

/// How many boards of others there is time for, where each is looked at once; how many circles there are.
fn rounds(step: &Step, groups: usize) -> u16 {
    match step.plan.kind {
        Kind::OneTwoFour => Circle::ROUNDS,
        _ => step.plan.visits(groups),
    }
}

#[cfg(test)]
mod tests {
    use shared::docs::workshop::{Group, Timer};
    use shared::run_sheet::Shipped;
    use shared::{ClientId, Millis};

    use super::*;

    fn id(n: u32) -> StepId {
        StepId { client: ClientId::of(99), n }
    }

    fn workshop() -> Workshop {
        let plans = Shipped::Analyse.plans(shared::docs::workshop::Language::Ja);
        let steps = (1..).zip(plans).map(|(n, plan)| Step { id: id(n), plan, skip: Skip::No }).collect();
        let groups = (1..=7).map(|n| Group { id: GroupId(n), name: String::new() }).collect();
        Workshop { steps, groups, phase: Phase::Open, ..Workshop::default() }
    }

    fn run(n: u32, round: u16) -> Run {
        Run { step: id(n), began_at: Millis(0), timer: Timer::Paused { left_ms: 0 }, round }
    }

    #[test]
    fn steps_that_are_left_out_are_not_counted_and_not_named() {
        let mut workshop = workshop();
        assert_eq!(Now::of_room(&workshop), None);
        workshop.run = Some(run(4, 0));
        workshop.steps[2].skip = Skip::Yes;
        workshop.steps[4].skip = Skip::Yes;
        let now = Now::of_room(&workshop).unwrap();
        assert_eq!((now.at, now.of), (3, 6));
        assert_eq!((now.before.unwrap().id, now.next.unwrap().id), (id(2), id(6)));
        workshop.steps[3].skip = Skip::Yes;
        assert_eq!(Now::of_room(&workshop).map(|now| (now.at, now.of)), Some((3, 6)), "whoever is in it is in it");
        workshop.phase = Phase::Ended;
        assert_eq!(Now::of_room(&workshop), None);
    }

    #[test]
    fn the_last_step_has_none_behind_it_and_a_group_may_be_elsewhere() {
        let mut workshop = workshop();
        workshop.run = Some(run(8, 0));
        workshop.apart.insert(GroupId(2), run(4, 0));
        assert_eq!(Now::of_room(&workshop).unwrap().next, None);
        assert_eq!(Now::of_group(&workshop, GroupId(2)).unwrap().step.id, id(4));
        assert_eq!(Now::of_group(&workshop, GroupId(1)).unwrap().step.id, id(8));
    }

    #[test]
    fn a_gallery_has_as_many_visits_as_there_is_time_for_and_others_to_see() {
        let mut workshop = workshop();
        workshop.run = Some(run(7, 0));
        let rounds = |workshop: &Workshop| Now::of_room(workshop).map(|now| (now.rounds, now.next_round()));
        assert_eq!(rounds(&workshop), Some((2, Some(1))));
        workshop.run = Some(run(7, 1));
        assert_eq!(rounds(&workshop), Some((2, None)));
        workshop.groups.truncate(2);
        assert_eq!(rounds(&workshop), Some((1, None)), "nobody looks at the same board twice");
        workshop.steps[6].plan.each_s = 0;
        assert_eq!(rounds(&workshop), Some((1, None)));
    }
}
