//! When each step begins, and when all of it ends. Arithmetic alone; it knows no screen.

use shared::docs::workshop::{Kind, Phase, Run, Skip, Step, Workshop};
use shared::{Millis, StepId};

const MINUTE_MS: u64 = 60_000;

/// How far a step is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It lies behind the room.
    Done,
    /// The room is in it.
    Now,
    /// It is to come.
    Ahead,
    /// It is passed over.
    Skipped,
}

/// A step in its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slot {
    /// Which.
    pub step: StepId,
    /// How far it is.
    pub state: State,
    /// When it begins, or began, to the minute; none where that is not known, or nobody goes there.
    pub begins: Option<Millis>,
}

/// All of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Day {
    /// The steps, in order.
    pub slots: Vec<Slot>,
    /// How many minutes the steps take that take place.
    pub minutes: u32,
    /// When the last one ends, to the minute; none after the workshop is over, and where there is no step.
    pub ends: Option<Millis>,
}

/// To the minute: what is said does not change with every second.
const fn minute(at: u64) -> Millis {
    Millis(at - at % MINUTE_MS)
}

fn length_ms(step: &Step) -> u64 {
    u64::from(step.plan.minutes) * MINUTE_MS
}

/// When the step that somebody is in ends, if all goes on as it does.
fn end_of(step: &Step, run: Run, now: Millis) -> u64 {
    let of_timer = now.0.saturating_add(run.timer.left_ms(now));
    // A visit is not the whole walk, and a round not the whole step.
    if matches!(step.plan.kind, Kind::Gallery | Kind::OneTwoFour) {
        of_timer.max(run.began_at.0.saturating_add(length_ms(step)))
    } else {
        of_timer
    }
}

impl Day {
    /// As it looks now: what is to come begins when what is before it ends, and before the beginning it begins now.
    pub fn of(workshop: &Workshop, now: Millis) -> Self {
        let run = workshop.run;
        let here = run.and_then(|run| workshop.steps.iter().position(|step| step.id == run.step));
        let over = workshop.phase == Phase::Ended;
        let mut begins = now.0;
        let mut day = Self::default();
        for (at, step) in workshop.steps.iter().enumerate() {
            let takes_place = step.skip == Skip::No;
            let state = match here {
                Some(here) if at == here && !over => State::Now,
                _ if !takes_place => State::Skipped,
                Some(here) if at <= here => State::Done,
                _ => State::Ahead,
            };
            let mut slot = Slot { step: step.id, state, begins: None };
            match (state, run) {
                (State::Now, Some(run)) => {
                    slot.begins = Some(minute(run.began_at.0));
                    begins = end_of(step, run, now);
                }
                (State::Ahead, _) if !over => {
                    slot.begins = Some(minute(begins));
                    begins = begins.saturating_add(length_ms(step));
                }
                _ => {}
            }
            if takes_place {
                day.minutes = day.minutes.saturating_add(u32::from(step.plan.minutes));
            }
            day.slots.push(slot);
        }
        day.ends = (!over && !day.slots.is_empty()).then(|| minute(begins));
        day
    }

    /// A step in its place.
    pub fn slot(&self, id: StepId) -> Option<Slot> {
        self.slots.iter().find(|slot| slot.step == id).copied()
    }
}

#[cfg(test)]
mod tests {
    use shared::ClientId;
    use shared::docs::workshop::{Language, Timer};
    use shared::run_sheet::Shipped;

    use super::*;

    const BEGAN: u64 = 100 * MINUTE_MS;

    fn id(n: u32) -> StepId {
        StepId { client: ClientId::of(99), n }
    }

    fn workshop() -> Workshop {
        let plans = Shipped::Analyse.plans(Language::Ja);
        let steps = (1..).zip(plans).map(|(n, plan)| Step { id: id(n), plan, skip: Skip::No }).collect();
        Workshop { steps, ..Workshop::default() }
    }

    fn begins(day: &Day) -> Vec<Option<u64>> {
        day.slots.iter().map(|slot| slot.begins.map(|at| at.0 / MINUTE_MS)).collect()
    }

    #[test]
    fn before_the_beginning_it_begins_now() {
        let mut workshop = workshop();
        workshop.steps[6].skip = Skip::Yes;
        let day = Day::of(&workshop, Millis(BEGAN + 1_234));
        let expected = [Some(100), Some(105), Some(113), Some(118), Some(138), Some(143), None, Some(148)];
        assert_eq!(begins(&day), expected);
        assert_eq!((day.minutes, day.ends), (53, Some(Millis(153 * MINUTE_MS))));
        assert_eq!(day.slot(id(7)).map(|slot| slot.state), Some(State::Skipped));
        assert_eq!(Day::of(&Workshop::default(), Millis(0)), Day::default());
    }

    #[test]
    fn what_is_to_come_waits_for_the_step_that_the_room_is_in() {
        let mut workshop = workshop();
        workshop.phase = Phase::Open;
        let timer = Timer::Runs { until: Millis(BEGAN + 20 * MINUTE_MS) };
        workshop.run = Some(Run { step: id(4), began_at: Millis(BEGAN), timer, round: 0 });
        let at = |workshop: &Workshop, minutes: u64| begins(&Day::of(workshop, Millis(BEGAN + minutes * MINUTE_MS)));
        let expected = [None, None, None, Some(100), Some(120), Some(125), Some(130), Some(137)];
        assert_eq!(at(&workshop, 3), expected);
        assert_eq!(at(&workshop, 25)[4], Some(125), "it is late by five minutes");
        workshop.run =
            Some(Run { step: id(4), began_at: Millis(BEGAN), timer: Timer::Paused { left_ms: MINUTE_MS }, round: 0 });
        assert_eq!(at(&workshop, 30)[4], Some(131), "a pause moves all of it");
    }

    #[test]
    fn a_visit_is_not_the_whole_walk_and_what_is_over_is_over() {
        let mut workshop = workshop();
        workshop.phase = Phase::Open;
        let timer = Timer::Runs { until: Millis(BEGAN + 3 * MINUTE_MS) };
        workshop.run = Some(Run { step: id(7), began_at: Millis(BEGAN), timer, round: 0 });
        assert_eq!(begins(&Day::of(&workshop, Millis(BEGAN)))[7], Some(107));
        workshop.phase = Phase::Ended;
        let day = Day::of(&workshop, Millis(BEGAN));
        assert_eq!((day.ends, day.slots[6].state, day.slots[7].begins), (None, State::Done, None));
    }
}
