//! Where in the run-sheet the room, or one group, is, and how much time is left there.

use serde::{Deserialize, Serialize};

use crate::ids::{GroupId, Millis, StepId};
use crate::limits::TIMER_MS_MAX;

/// Who is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Whom {
    /// Every group that is with the room.
    All,
    /// One group alone.
    Group(GroupId),
}

/// The time of a step. By the server's clock, so that a restart changes nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Timer {
    /// It runs.
    Runs {
        /// Until then; what lies behind is overtime.
        until: Millis,
    },
    /// It stands still.
    Paused {
        /// With so much left, in milliseconds.
        left_ms: u64,
    },
}

/// What can be done to a timer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum TimerChange {
    /// It stands still.
    Pause,
    /// It goes on.
    GoOn,
    /// So many seconds more; if the time was over, from now on.
    More(u16),
}

impl Timer {
    /// Begins now.
    pub(crate) const fn begin(now: Millis, length_ms: u64) -> Self {
        Self::Runs { until: Millis(now.0.saturating_add(length_ms)) }
    }

    /// What is left, in milliseconds; 0 when the time is over.
    pub const fn left_ms(self, now: Millis) -> u64 {
        match self {
            Self::Runs { until } => until.0.saturating_sub(now.0),
            Self::Paused { left_ms } => left_ms,
        }
    }

    /// How long it has been over, in milliseconds; 0 when it is not.
    pub const fn over_ms(self, now: Millis) -> u64 {
        match self {
            Self::Runs { until } => now.0.saturating_sub(until.0),
            Self::Paused { .. } => 0,
        }
    }

    /// Whether the time is over.
    pub const fn is_over(self, now: Millis) -> bool {
        self.left_ms(now) == 0
    }

    /// What becomes of it.
    #[must_use]
    pub(crate) fn changed(self, now: Millis, change: TimerChange) -> Self {
        match (self, change) {
            (Self::Runs { .. }, TimerChange::Pause) => Self::Paused { left_ms: self.left_ms(now) },
            (Self::Paused { left_ms }, TimerChange::GoOn) => Self::begin(now, left_ms),
            (_, TimerChange::Pause | TimerChange::GoOn) => self,
            (_, TimerChange::More(seconds)) => {
                let left_ms = self.left_ms(now).saturating_add(u64::from(seconds) * 1_000).min(TIMER_MS_MAX);
                match self {
                    Self::Runs { .. } => Self::begin(now, left_ms),
                    Self::Paused { .. } => Self::Paused { left_ms },
                }
            }
        }
    }
}

/// Where everybody's eyes are to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Attention {
    /// On the work.
    #[default]
    Work,
    /// On the lead: nobody writes, and the time stands still.
    EyesUp,
    /// On the work, but nobody writes at a board.
    Locked,
}

/// A word of the lead to everybody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Announcement {
    /// What is said.
    pub text: String,
    /// When.
    pub at: Millis,
}

/// Where somebody is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Run {
    /// In which step.
    pub step: StepId,
    /// Since when.
    pub began_at: Millis,
    /// How much time is left; of this round, where a step has several.
    pub timer: Timer,
    /// Which round of the step, from 0.
    pub round: u16,
}
