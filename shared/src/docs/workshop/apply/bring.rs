//! What groups bring before everybody.

use super::{Undo, line};
use crate::doc::Reject;
use crate::docs::workshop::{Brought, Workshop};
use crate::ids::{GroupId, StepId};
use crate::limits::CARD_CHARS_MAX;
use crate::sorted::SortedMap;

impl Workshop {
    /// Takes what a board says now; what was read there earlier, or is here already, changes nothing.
    pub(super) fn bring(&mut self, step: StepId, group: GroupId, brought: &Brought) -> Undo {
        self.step(step).ok_or(Reject::NoStep)?;
        self.group(group).ok_or(Reject::NoGroup(group))?;
        line(&brought.theme, 0, CARD_CHARS_MAX)?;
        brought.card.as_ref().map(|card| line(card, 0, CARD_CHARS_MAX)).transpose()?;
        let known = self.brought.get(&step).and_then(|groups| groups.get(&group));
        if known.is_some_and(|known| known.as_of >= brought.as_of) {
            return Ok(None);
        }
        if !self.brought.contains_key(&step) {
            self.brought.insert(step, SortedMap::new());
        }
        if let Some(groups) = self.brought.get_mut(&step) {
            groups.insert(group, brought.clone());
        }
        Ok(None)
    }
}
