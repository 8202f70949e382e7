//! The gallery walk: each group looks at the board of another one, one after another, and goes on when the time of a visit is over.

use super::{Kind, Phase, Plan, Timer, Workshop};
use crate::ids::{GroupId, Millis, StepId};

/// The next visit of a walk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NextVisit {
    /// In which step.
    pub step: StepId,
    /// Which round, from 0.
    pub round: u16,
    /// When it begins by itself.
    pub at: Millis,
}

impl Plan {
    /// How many boards of others each group has time for in a walk; each is looked at once. 0 where nobody walks.
    pub fn visits(&self, groups: usize) -> u16 {
        let others = u16::try_from(groups.saturating_sub(1)).unwrap_or(u16::MAX);
        let time_for = self.minutes.saturating_mul(60).checked_div(self.each_s).unwrap_or(1);
        if self.kind == Kind::Gallery { time_for.min(others) } else { 0 }
    }
}

impl Workshop {
    /// The visit that begins by itself when the time of this one is over. None where the last one is under way, the length of a
    /// visit was left open, the clock stands still, or something is shown to everybody.
    pub fn next_visit(&self) -> Option<NextVisit> {
        let run = self.run.filter(|_| self.phase == Phase::Open && self.spotlight.is_none())?;
        let plan = &self.step(run.step)?.plan;
        let round = run.round.checked_add(1).filter(|round| *round < plan.visits(self.groups.len()))?;
        match run.timer {
            Timer::Runs { until } if plan.each_s > 0 => Some(NextVisit { step: run.step, round, at: until }),
            Timer::Runs { .. } | Timer::Paused { .. } => None,
        }
    }

    /// The group whose board the people of a group look at in a gallery walk: another one every round.
    pub(super) fn walks_to(&self, group: GroupId) -> Option<GroupId> {
        let walks = self.step_of(group).is_some_and(|step| step.plan.kind == Kind::Gallery);
        let (run, own) = (self.run_of(group)?, self.groups.iter().position(|known| known.id == group)?);
        let others =
            self.groups.len().checked_sub(1).filter(|others| *others > 0 && walks && self.phase == Phase::Open)?;
        let on = usize::from(run.round).checked_rem(others)?.saturating_add(1);
        self.groups.get(own.saturating_add(on).checked_rem(self.groups.len())?).map(|group| group.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docs::workshop::{AtEnd, Group, Names, Run, Screens, Skip, Spotlight, Step};
    use crate::ids::{ClientId, Seq};

    const STEP: StepId = StepId { client: ClientId::of(99), n: 64 };

    fn walk(each_s: u16, groups: u16) -> Workshop {
        let (title, prompt) = ("t".to_owned(), String::new());
        let plan =
            Plan { kind: Kind::Gallery, title, minutes: 7, each_s, prompt, at_end: AtEnd::GoOn, names: Names::Shown };
        let timer = Timer::Runs { until: Millis(9_000) };
        Workshop {
            phase: Phase::Open,
            groups: (1..=groups).map(|n| Group { id: GroupId(n), name: String::new() }).collect(),
            steps: vec![Step { id: STEP, plan, skip: Skip::No }],
            run: Some(Run { step: STEP, began_at: Millis(0), timer, round: 0 }),
            ..Workshop::default()
        }
    }

    #[test]
    fn a_walk_goes_on_when_a_visit_is_over() {
        let next = Some(NextVisit { step: STEP, round: 1, at: Millis(9_000) });
        assert_eq!(walk(180, 7).next_visit(), next);
        let mut last = walk(180, 7);
        last.run = last.run.map(|run| Run { round: 1, ..run });
        assert_eq!(last.next_visit(), None, "there is time for two");
        assert_eq!(walk(180, 2).next_visit(), None, "there is nobody else to see");
        assert_eq!(walk(0, 7).next_visit(), None, "how long a visit is was left to the lead");
    }

    #[test]
    fn a_walk_waits_for_the_clock_and_for_what_is_shown() {
        let mut stands = walk(180, 7);
        stands.run = stands.run.map(|run| Run { timer: Timer::Paused { left_ms: 0 }, ..run });
        assert_eq!(stands.next_visit(), None);
        let mut shown = walk(180, 7);
        let screens = Screens::Everywhere;
        shown.spotlight = Some(Spotlight { group: GroupId(1), card: None, screens, since: Seq(1) });
        assert_eq!(shown.next_visit(), None);
        let ended = Workshop { phase: Phase::Ended, ..walk(180, 7) };
        assert_eq!(ended.next_visit(), None);
    }
}
