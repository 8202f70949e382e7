//! The workshop: what everybody may know of it.

use serde::{Deserialize, Serialize};

use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::ids::{GroupId, JoinCode, Millis};
use crate::limits::{GOAL_CHARS_MAX, GROUP_NAME_CHARS_MAX, GROUPS_MAX, SEATS_MAX, TITLE_CHARS_MAX};
use crate::text::is_line;

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
}

/// What can happen to a workshop.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum WorkshopOp {
    /// The first entry of every log.
    Create {
        /// Its title.
        title: String,
        /// Its goal, may be empty.
        goal: String,
        /// Its language.
        language: Language,
        /// Its code.
        code: JoinCode,
        /// How many groups.
        groups: u16,
        /// Seats of each.
        seats: u16,
    },
    /// Another title.
    SetTitle {
        /// The title.
        title: String,
    },
    /// Another goal.
    SetGoal {
        /// The goal.
        goal: String,
    },
    /// One group more, with the next number.
    AddGroup,
    /// A group takes a name.
    NameGroup {
        /// Which.
        group: GroupId,
        /// Its name; empty for none.
        name: String,
    },
    /// The lead begins, ends, or goes back.
    SetPhase {
        /// To what.
        phase: Phase,
    },
}

impl WorkshopOp {
    /// Whether only the server may do this.
    pub const fn is_servers(&self) -> bool {
        matches!(self, Self::Create { .. })
    }
}

impl Workshop {
    /// The group of this number.
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    fn add_group(&mut self) -> Result<(), Reject> {
        let next = u16::try_from(self.groups.len()).map_err(|_| Reject::DocFull)?.saturating_add(1);
        if next > GROUPS_MAX {
            return Err(Reject::DocFull);
        }
        self.groups.push(Group { id: GroupId(next), name: String::new() });
        Ok(())
    }

    fn create(&mut self, stamp: &Stamp, op: &WorkshopOp) -> Result<(), Reject> {
        let WorkshopOp::Create { title, goal, language, code, groups, seats } = op else {
            return Err(Reject::WrongDoc);
        };
        if stamp.by != By::Server {
            return Err(Reject::Forbidden);
        }
        if self.code.is_some() {
            return Err(Reject::IdTaken);
        }
        if !(1..=GROUPS_MAX).contains(groups) || !(1..=SEATS_MAX).contains(seats) {
            return Err(Reject::OutOfRange);
        }
        let mut made = Self {
            title: line(title, 1, TITLE_CHARS_MAX)?,
            goal: line(goal, 0, GOAL_CHARS_MAX)?,
            language: *language,
            code: Some(*code),
            made_at: stamp.at,
            phase: Phase::Lobby,
            seats: *seats,
            groups: Vec::new(),
        };
        for _ in 0..*groups {
            made.add_group()?;
        }
        *self = made;
        Ok(())
    }
}

fn line(text: &str, min: usize, max: usize) -> Result<String, Reject> {
    let length = text.chars().count();
    if length > max {
        Err(Reject::TextFull)
    } else if length < min || !is_line(text) {
        Err(Reject::BadText)
    } else {
        Ok(text.to_owned())
    }
}

impl Model for Workshop {
    type Op = WorkshopOp;

    fn apply(&mut self, stamp: &Stamp, op: &WorkshopOp) -> Result<Option<WorkshopOp>, Reject> {
        match op {
            WorkshopOp::Create { .. } => self.create(stamp, op).map(|()| None),
            WorkshopOp::SetTitle { title } => {
                let title = std::mem::replace(&mut self.title, line(title, 1, TITLE_CHARS_MAX)?);
                Ok(Some(WorkshopOp::SetTitle { title }))
            }
            WorkshopOp::SetGoal { goal } => {
                let goal = std::mem::replace(&mut self.goal, line(goal, 0, GOAL_CHARS_MAX)?);
                Ok(Some(WorkshopOp::SetGoal { goal }))
            }
            WorkshopOp::AddGroup => self.add_group().map(|()| None),
            WorkshopOp::NameGroup { group, name } => {
                let name = line(name, 0, GROUP_NAME_CHARS_MAX)?;
                let found = self.groups.iter_mut().find(|g| g.id == *group).ok_or(Reject::NoGroup(*group))?;
                let name = std::mem::replace(&mut found.name, name);
                Ok(Some(WorkshopOp::NameGroup { group: *group, name }))
            }
            WorkshopOp::SetPhase { phase } => {
                let phase = std::mem::replace(&mut self.phase, *phase);
                Ok(Some(WorkshopOp::SetPhase { phase }))
            }
        }
    }

    super::model_ops!(Workshop);
}
