//! Whether a run-sheet fits. Arithmetic over minutes: nothing is forbidden, the lead is told.

use crate::docs::workshop::{Kind, Skip, Step};
use crate::ids::StepId;

/// A step is not proposed to be shorter than this, in minutes.
const SHORTEST: u16 = 5;

/// What could be left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// A step takes only so many minutes.
    Shorten {
        /// Which.
        step: StepId,
        /// To how many minutes.
        minutes: u16,
    },
    /// A step is passed over.
    Skip {
        /// Which.
        step: StepId,
    },
}

/// What does not fit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Misfit {
    /// Everybody in turn takes longer than the step.
    Turns {
        /// Which step.
        step: StepId,
        /// How many people, in the largest group.
        people: u16,
        /// How many minutes they need.
        needs: u16,
    },
    /// The steps take longer than the room is ours.
    Room {
        /// How many minutes the steps take.
        takes: u32,
        /// How many the room is ours.
        room: u16,
        /// What could be left out, so that it fits; empty when nothing but another run-sheet helps.
        cuts: Vec<Cut>,
    },
}

/// Steps that a workshop can do without, the first of them most easily.
const OPTIONAL: [Kind; 3] = [Kind::Gallery, Kind::CheckIn, Kind::ReadBack];

/// What does not fit. `people` sit in the largest group; `room` is how many minutes the room is ours, 0 when nobody has said so.
pub fn misfits(steps: &[Step], people: u16, room: u16) -> Vec<Misfit> {
    let taking_place: Vec<&Step> = steps.iter().filter(|step| step.skip == Skip::No).collect();
    let mut misfits: Vec<Misfit> = taking_place.iter().filter_map(|step| turns(step, people)).collect();
    let takes: u32 = taking_place.iter().map(|step| u32::from(step.plan.minutes)).sum();
    if room > 0 && takes > u32::from(room) {
        let cuts = cuts(&taking_place, takes - u32::from(room));
        misfits.push(Misfit::Room { takes, room, cuts });
    }
    misfits
}

fn turns(step: &Step, people: u16) -> Option<Misfit> {
    let in_turn = matches!(step.plan.kind, Kind::CheckIn | Kind::Turns | Kind::CheckOut);
    let needs = u32::from(people) * u32::from(step.plan.each_s);
    let needs = u16::try_from(needs.div_ceil(60)).unwrap_or(u16::MAX);
    (in_turn && needs > step.plan.minutes).then_some(Misfit::Turns { step: step.id, people, needs })
}

/// The fewest changes that gain so many minutes: the longest step shorter, else what a workshop can do without left out, too.
fn cuts(steps: &[&Step], over: u32) -> Vec<Cut> {
    let shorten = |over: u32, without: &[StepId]| {
        let left = steps.iter().filter(|step| !without.contains(&step.id));
        let longest = left.max_by_key(|step| step.plan.minutes)?;
        let minutes = u32::from(longest.plan.minutes).checked_sub(over).and_then(|left| u16::try_from(left).ok())?;
        (minutes >= SHORTEST).then_some(Cut::Shorten { step: longest.id, minutes })
    };
    let (mut left, mut out, mut cuts) = (over, Vec::new(), Vec::new());
    for kind in OPTIONAL.into_iter().map(Some).chain([None]) {
        // No more than half of the longest step: it is the work itself.
        let longest = steps.iter().map(|step| u32::from(step.plan.minutes)).max().unwrap_or(0);
        if left <= longest / 2
            && let Some(cut) = shorten(left, &out)
        {
            cuts.push(cut);
            return cuts;
        }
        let Some(kind) = kind else { break };
        for step in steps.iter().filter(|step| step.plan.kind == kind) {
            cuts.push(Cut::Skip { step: step.id });
            out.push(step.id);
            left = left.saturating_sub(step.plan.minutes.into());
            if left == 0 {
                return cuts;
            }
        }
    }
    Vec::new()
}
