//! The workshop: what everybody may know of it.

use serde::{Deserialize, Serialize};

pub use self::circle::Circle;
pub use self::ops::WorkshopOp;
pub use self::run::{Announcement, Attention, Run, Timer, TimerChange, Whom};
pub use self::spotlight::{Queue, Screens, Spotlight};
pub use self::step::{AtEnd, Kind, Names, Plan, Skip, Step};
pub use self::walk::NextVisit;
use crate::docs::dots::DotVote;
use crate::ids::{GroupId, JoinCode, Millis, Seq, StepId};
use crate::sorted::{SortedMap, SortedSet};

mod apply;
mod circle;
mod ops;
mod run;
mod spotlight;
mod step;
mod walk;

/// How far the workshop is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Phase {
    /// People arrive; the lead has not begun.
    #[default]
    Lobby,
    /// Groups work.
    Open,
    /// It is over: everybody may read, nobody writes.
    Ended,
}

/// Whether somebody new may come in. Who is in already comes back in any case.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Door {
    /// Whoever has the code comes in.
    #[default]
    Open,
    /// Nobody new comes in, nor who is expected and has not come yet.
    Closed,
}

/// The language that a workshop speaks until a person chooses another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

/// A group, as everybody knows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Its number.
    pub id: GroupId,
    /// A name of its own, or none.
    pub name: String,
}

/// One gathering.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Workshop {
    /// What it is called.
    pub title: String,
    /// What it is for, in a sentence; may be empty.
    pub goal: String,
    /// The language it begins with.
    pub language: Language,
    /// The code to join with; none before `Create`.
    pub code: Option<JoinCode>,
    /// When it was made.
    pub made_at: Millis,
    /// How far it is.
    pub phase: Phase,
    /// Seats of each group.
    pub seats: u16,
    /// The groups, by number.
    pub groups: Vec<Group>,
    /// The run-sheet; without steps everybody has the whole board all the time.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Where the room is; nowhere before the lead begins.
    #[serde(default)]
    pub run: Option<Run>,
    /// Groups that go their own way: elsewhere, or with their own time.
    #[serde(default)]
    pub apart: SortedMap<GroupId, Run>,
    /// The entry with which the last silence of each group ended: what was written in it is shown.
    #[serde(default)]
    pub spoken: SortedMap<GroupId, Seq>,
    /// How long the room is ours, in minutes; 0 when nobody has said so.
    #[serde(default)]
    pub room_minutes: u16,
    /// Where everybody's eyes are to be.
    #[serde(default)]
    pub attention: Attention,
    /// Since when.
    #[serde(default)]
    pub attention_since: Millis,
    /// Whether a silence has ever begun here in which no names are kept. Nobody writes without a name where that was never said.
    #[serde(default)]
    pub promised: Names,
    /// Timers that stand still only because everybody looks up, or the workshop is not open: whose.
    #[serde(default)]
    pub held: Vec<Whom>,
    /// The last word to everybody.
    #[serde(default)]
    pub announcement: Option<Announcement>,
    /// Steps with which roles go round.
    #[serde(default)]
    pub turns_roles: SortedSet<StepId>,
    /// With which of them they have, in each group: with each once, however often it is begun.
    #[serde(default)]
    pub turned_roles: SortedMap<GroupId, SortedSet<StepId>>,
    /// What each group has brought before everybody, in each step of 1-2-4-all. Nothing of it is here before the room is there.
    #[serde(default)]
    pub brought: SortedMap<StepId, SortedMap<GroupId, Brought>>,
    /// The room's vote with dots that is open, or the last one.
    #[serde(default)]
    pub dots: Option<DotVote>,
    /// What the lead shows, if anything.
    #[serde(default)]
    pub spotlight: Option<Spotlight>,
    /// Who presents next.
    #[serde(default)]
    pub queue: Queue,
    /// Whether somebody new may come in.
    #[serde(default)]
    pub door: Door,
}

/// What a group brings before everybody, as its board had it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Brought {
    /// The entry of its board up to which it was read.
    pub as_of: Seq,
    /// The theme of the group.
    pub theme: String,
    /// The wording of the card that it chose; none when it has taken its choice back.
    pub card: Option<String>,
}

impl Workshop {
    /// The group of this number.
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The step of this name.
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// Where a group is: with the room, or on its own way.
    pub fn run_of(&self, group: GroupId) -> Option<Run> {
        self.apart.get(&group).copied().or(self.run)
    }

    /// The step that a group is in.
    pub fn step_of(&self, group: GroupId) -> Option<&Step> {
        self.step(self.run_of(group)?.step)
    }

    /// How often roles have gone round in a group.
    pub fn rounds_of_roles(&self, group: GroupId) -> u16 {
        self.turned_roles.get(&group).and_then(|steps| u16::try_from(steps.len()).ok()).unwrap_or(0)
    }

    /// The first step that takes place.
    pub fn first_step(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.skip == Skip::No)
    }

    /// The step that follows one, those left out that are passed over.
    pub fn next_after(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().skip_while(|step| step.id != id).skip(1).find(|step| step.skip == Skip::No)
    }

    /// The step before one, those left out that are passed over.
    pub fn last_before(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().take_while(|step| step.id != id).filter(|step| step.skip == Skip::No).last()
    }

    /// Whether a group writes in silence: what its people write goes into their trays.
    pub fn is_silent(&self, group: GroupId) -> bool {
        let silence =
            self.phase == Phase::Open && self.step_of(group).is_some_and(|step| step.plan.kind == Kind::Silence);
        // Who talks with a partner reads out what they wrote; the table sees it later.
        silence || matches!(self.circle_of(group), Some((_, Circle::Alone | Circle::Pair)))
    }

    /// The groups that write in silence.
    fn silent(&self) -> Vec<GroupId> {
        self.groups.iter().map(|group| group.id).filter(|group| self.is_silent(*group)).collect()
    }

    /// Whether participants of a group may write at their board at this moment.
    pub fn takes_input(&self, group: GroupId, now: Millis) -> bool {
        self.closes_at(group).is_none_or(|at| now < at)
    }

    /// When participants of a group may write at their board no longer, unless something happens before.
    pub fn closes_at(&self, group: GroupId) -> Option<Millis> {
        // Who looks up has stopped by themselves; what was on its way is not refused for it.
        if self.attention == Attention::Locked {
            return Some(self.attention_since);
        }
        let run = self.run_of(group)?;
        let closes = self.step(run.step)?.plan.at_end == AtEnd::Close;
        match run.timer {
            Timer::Runs { until } if closes => Some(until),
            Timer::Paused { left_ms: 0 } if closes => Some(Millis(0)),
            Timer::Runs { .. } | Timer::Paused { .. } => None,
        }
    }
}
