//! What the lead shows: one group's board, or one card of it; and the groups that present, one after another.

use serde::{Deserialize, Serialize};

use super::{Phase, Workshop};
use crate::ids::{CardId, GroupId, Seq};

/// Where something is shown. Variants are only ever appended (wire and store).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Screens {
    /// On the projector, and on the phones of everybody: the other groups read the board as long as it is shown.
    #[default]
    Everywhere,
    /// On the projector alone: nobody's phone moves, and nobody reads what they did not read before.
    Projector,
}

/// What is shown now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Spotlight {
    /// Whose board.
    pub group: GroupId,
    /// Which card of it; all of it, if none. The board knows whether that card is still there.
    pub card: Option<CardId>,
    /// Where.
    pub screens: Screens,
    /// The entry with which it began. Shown again, it is another spotlight: who had turned away is called once more.
    pub since: Seq,
}

/// Who presents next.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Queue {
    /// The groups that have not presented yet, the next one first.
    pub groups: Vec<GroupId>,
    /// Where they are shown.
    pub screens: Screens,
}

impl Queue {
    /// The group that presents next.
    pub fn next(&self) -> Option<GroupId> {
        self.groups.first().copied()
    }
}

impl Workshop {
    /// What everybody is brought to, on their own screens too.
    pub fn brought_to(&self) -> Option<Spotlight> {
        self.spotlight.filter(|spotlight| self.phase == Phase::Open && spotlight.screens == Screens::Everywhere)
    }

    /// The group whose board the people of a group look at: the one that everybody is brought to, else that of a gallery walk. Never
    /// their own: who is shown stays where they are.
    pub fn visited_by(&self, group: GroupId) -> Option<GroupId> {
        match self.brought_to() {
            Some(spotlight) => Some(spotlight.group).filter(|shown| *shown != group),
            None => self.walks_to(group),
        }
    }
}
