//! 1-2-4-みんな: one question, first alone, then in twos, then at the table, then before everybody ("1-2-4-All" of Keith McCandless and
//! Henri Lipmanowicz, *The Surprising Power of Liberating Structures*, 2013). Each circle is a round of one step.

use super::{Kind, Phase, Plan, Workshop};
use crate::ids::{GroupId, StepId};

/// With whom one thinks. In the order in which they follow each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Circle {
    /// ひとりで: everybody writes in silence.
    Alone,
    /// ふたりで: what was written stays one's own; a pair shares one draft.
    Pair,
    /// 班で: everything lies on the board.
    Table,
    /// みんなで: one card of each group for everybody.
    All,
}

impl Circle {
    /// All of them.
    pub const EVERY: [Self; 4] = [Self::Alone, Self::Pair, Self::Table, Self::All];

    /// How many rounds the step has.
    pub const ROUNDS: u16 = 4;

    /// That of a round. Rounds beyond the last, from when the step was another, are the last.
    pub const fn of_round(round: u16) -> Self {
        match round {
            0 => Self::Alone,
            1 => Self::Pair,
            2 => Self::Table,
            _ => Self::All,
        }
    }

    /// Its part of the time: 1, 2, 4 and 5 minutes of twelve, as its authors have it.
    const fn part(self) -> u64 {
        match self {
            Self::Alone => 1,
            Self::Pair => 2,
            Self::Table => 4,
            Self::All => 5,
        }
    }

    /// All parts together.
    const WHOLE: u64 = 12;

    /// How long it takes of a step that takes so long.
    pub(super) const fn share_of(self, length_ms: u64) -> u64 {
        length_ms.saturating_mul(self.part()) / Self::WHOLE
    }
}

impl Plan {
    /// How many rounds a step of this kind has, where that follows from the kind.
    pub(super) const fn rounds(&self) -> Option<u16> {
        match self.kind {
            Kind::OneTwoFour => Some(Circle::ROUNDS),
            _ => None,
        }
    }
}

impl Workshop {
    /// The step of 1-2-4-all that a group is in, and its circle there.
    pub fn circle_of(&self, group: GroupId) -> Option<(StepId, Circle)> {
        let run = self.run_of(group).filter(|_| self.phase == Phase::Open)?;
        self.step(run.step).filter(|step| step.plan.kind == Kind::OneTwoFour)?;
        Some((run.step, Circle::of_round(run.round)))
    }

    /// The step in which the room hears every group: what they chose is copied to here, and never before.
    pub fn plenary(&self) -> Option<StepId> {
        let run = self.run.filter(|_| self.phase == Phase::Open)?;
        let step = self.step(run.step).filter(|step| step.plan.kind == Kind::OneTwoFour)?;
        (Circle::of_round(run.round) == Circle::All).then_some(step.id)
    }
}
