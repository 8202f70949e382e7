//! What is shown to everybody, and who presents next.

use std::mem::replace;

use super::Undo;
use crate::doc::{Reject, Stamp};
use crate::docs::workshop::{Phase, Queue, Screens, Spotlight, Workshop, WorkshopOp};
use crate::ids::{CardId, GroupId};

impl Workshop {
    pub(super) fn show(
        &mut self,
        stamp: &Stamp,
        group: GroupId,
        card: Option<CardId>,
        screens: Screens,
    ) -> Result<(), Reject> {
        if self.phase != Phase::Open {
            return Err(Reject::NotOpen);
        }
        self.group(group).ok_or(Reject::NoGroup(group))?;
        self.spotlight = Some(Spotlight { group, card, screens, since: stamp.seq });
        Ok(())
    }

    pub(super) fn set_queue(&mut self, groups: &[GroupId], screens: Screens) -> Undo {
        for (at, group) in groups.iter().enumerate() {
            self.group(*group).ok_or(Reject::NoGroup(*group))?;
            if groups.iter().take(at).any(|before| before == group) {
                return Err(Reject::OutOfRange);
            }
        }
        let before = replace(&mut self.queue, Queue { groups: groups.to_vec(), screens });
        let Queue { groups, screens } = before;
        Ok(Some(WorkshopOp::SetQueue { groups, screens }))
    }

    pub(super) fn next_group(&mut self, stamp: &Stamp, group: GroupId) -> Undo {
        if self.queue.next() != Some(group) {
            // Two people who mean the same press once.
            let shown = self.spotlight.is_some_and(|spotlight| spotlight.group == group);
            return if shown { Ok(None) } else { Err(Reject::StepMoved) };
        }
        self.show(stamp, group, None, self.queue.screens)?;
        self.queue.groups.retain(|waits| *waits != group);
        Ok(None)
    }
}
