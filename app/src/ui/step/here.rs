//! Which step a group is in, as its people's screens follow it. Outside of a run-sheet there is none: then everybody has the
//! whole board.

use shared::docs::workshop::{AtEnd, Attention, Circle, Phase, Plan, Run, Workshop};
use shared::{Capability, GroupId, StepId};

use super::clock::{Reading, clock};
use super::lead_says::attention;
use crate::reactive::*;
use crate::store::Session;

/// Where a group is.
#[derive(Clone, Copy)]
pub struct Here {
    /// In which workshop.
    pub session: Session,
    /// Which group.
    pub group: GroupId,
    /// Its step, and the time of it.
    pub run: Memo<Option<Run>>,
    /// What its step is.
    pub plan: Memo<Option<Plan>>,
    /// The step of 1-2-4-all that it is in, and its circle there.
    pub circle: Memo<Option<(StepId, Circle)>>,
    /// What the clock says.
    pub clock: Memo<Option<Reading>>,
}

impl Here {
    /// Follows a group.
    pub fn of(session: Session, group: GroupId) -> Self {
        let run = Memo::new(move |_| open(session, |workshop| workshop.run_of(group)));
        let plan = Memo::new(move |_| open(session, |workshop| workshop.step_of(group).map(|step| step.plan.clone())));
        let circle = Memo::new(move |_| open(session, |workshop| workshop.circle_of(group)));
        Self { session, group, run, plan, circle, clock: clock(session, run.into()) }
    }

    /// The group whose board its people look at in a gallery walk; tracked.
    pub fn visited(self) -> Option<GroupId> {
        open(self.session, |workshop| workshop.visited_by(self.group))
    }

    /// Whether the time is over; tracked.
    pub fn is_over(self) -> bool {
        matches!(self.clock.get(), Some(Reading::Over(_)))
    }

    /// Whether writing at the board is closed for who sits there, because the time of the step is over, or the lead
    /// wants everybody's eyes.
    pub fn is_closed(self) -> Memo<bool> {
        let me = self.session.me();
        Memo::new(move |_| {
            let closes = self.plan.with(|plan| plan.as_ref().is_some_and(|plan| plan.at_end == AtEnd::Close));
            let sits = me.with(|me| matches!(me.map(|me| me.capability), Some(Capability::Participant(_))));
            sits && (attention(self.session) != Attention::Work || (closes && self.is_over()))
        })
    }
}

/// Something of a workshop that is under way; tracked.
fn open<T>(session: Session, read: impl FnOnce(&Workshop) -> Option<T>) -> Option<T> {
    let workshop = session.workshop();
    workshop.with(|doc| doc.as_ref().filter(|doc| doc.phase == Phase::Open).and_then(|doc| read(doc)))
}
