//! The one function that changes a workshop. Each branch checks everything before it changes anything.

use std::mem::replace;

use super::{Announcement, Group, Names, Phase, Whom, Workshop, WorkshopOp};
use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::docs::dots::{self, DotOption, DotVote, OwnGroup};
use crate::ids::{GroupId, JoinCode};
use crate::limits::{
    ANNOUNCEMENT_CHARS_MAX, GOAL_CHARS_MAX, GROUP_NAME_CHARS_MAX, GROUPS_MAX, ROOM_MINUTES_MAX, SEATS_MAX,
    TITLE_CHARS_MAX,
};
use crate::text::is_line;

mod bring;
mod hold;
mod spotlight;
mod steps;

/// What an operation gives: the one that undoes it, where it changed something.
type Undo = Result<Option<WorkshopOp>, Reject>;

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

    fn apply(&mut self, stamp: &Stamp, op: &WorkshopOp) -> Undo {
        let silent = self.silent();
        let steps = self.steps_now();
        let undo = self.change(stamp, op)?;
        for (group, step) in self.steps_now() {
            if self.turns_roles.contains_key(&step) && !steps.contains(&(group, step)) {
                self.turn_roles_in(group, step);
            }
        }
        // Whoever was silent and is not any more has what they wrote shown: the server follows from here.
        for group in silent {
            if !self.is_silent(group) {
                self.spoken.insert(group, stamp.seq);
            }
        }
        let nameless = |group: &Group| {
            self.is_silent(group.id) && self.step_of(group.id).is_some_and(|step| step.plan.names == Names::Hidden)
        };
        if self.groups.iter().any(nameless) {
            self.promised = Names::Hidden;
        }
        Ok(undo)
    }

    crate::docs::model_ops!(Workshop);
}

impl Workshop {
    fn change(&mut self, stamp: &Stamp, op: &WorkshopOp) -> Undo {
        match op {
            WorkshopOp::Create { .. } => self.create(stamp, op).map(|()| None),
            WorkshopOp::SetTitle { title } => {
                let title = replace(&mut self.title, line(title, 1, TITLE_CHARS_MAX)?);
                Ok(Some(WorkshopOp::SetTitle { title }))
            }
            WorkshopOp::SetGoal { goal } => {
                let goal = replace(&mut self.goal, line(goal, 0, GOAL_CHARS_MAX)?);
                Ok(Some(WorkshopOp::SetGoal { goal }))
            }
            WorkshopOp::AddGroup => self.add_group().map(|()| None),
            WorkshopOp::NameGroup { group, name } => {
                let name = line(name, 0, GROUP_NAME_CHARS_MAX)?;
                let found = self.groups.iter_mut().find(|g| g.id == *group).ok_or(Reject::NoGroup(*group))?;
                let name = replace(&mut found.name, name);
                Ok(Some(WorkshopOp::NameGroup { group: *group, name }))
            }
            WorkshopOp::SetPhase { phase } => self.set_phase(stamp, *phase),
            WorkshopOp::SetSteps { plans } => self.set_steps(stamp, plans),
            WorkshopOp::AddStep { plan, after } => self.add_step(stamp, plan, *after),
            WorkshopOp::EditStep { step, plan } => self.edit_step(*step, plan),
            WorkshopOp::RemoveStep { step } => self.remove_step(*step),
            WorkshopOp::MoveStep { step, after } => self.move_step(*step, *after),
            WorkshopOp::SkipStep { step, skip } => self.skip_step(*step, *skip),
            WorkshopOp::GoTo { whom, from, step } => self.go_to(stamp, *whom, *from, *step),
            WorkshopOp::SetTimer { whom, step, change } => self.set_timer(stamp, *whom, *step, *change),
            WorkshopOp::Rejoin { group } => {
                self.apart.remove(group);
                Ok(None)
            }
            WorkshopOp::NextRound { step, round } => self.next_round(stamp, Whom::All, *step, *round),
            WorkshopOp::NextRoundOf { group, step, round } => {
                self.next_round(stamp, Whom::Group(*group), *step, *round)
            }
            WorkshopOp::Bring { .. } if stamp.by != By::Server => Err(Reject::Forbidden),
            WorkshopOp::Bring { step, group, brought } => self.bring(*step, *group, brought),
            WorkshopOp::Announce { text } => {
                let text = line(text, 0, ANNOUNCEMENT_CHARS_MAX)?;
                self.announcement = (!text.trim().is_empty()).then_some(Announcement { text, at: stamp.at });
                Ok(None)
            }
            WorkshopOp::SetAttention { attention } => self.set_attention(stamp, *attention),
            WorkshopOp::TurnRoles { step, given } => self.turn_roles(*step, *given),
            WorkshopOp::OpenDots { options, each, own } => self.open_dots(stamp, options, *each, *own),
            WorkshopOp::CloseDots { vote } => dots::close(&mut self.dots, *vote, stamp.seq).map(|()| None),
            WorkshopOp::CountDots { .. } if stamp.by != By::Server => Err(Reject::Forbidden),
            WorkshopOp::CountDots { vote, ballots, dots } => {
                dots::count(&mut self.dots, *vote, *ballots, dots).map(|()| None)
            }
            WorkshopOp::Show { group, card, screens } => {
                self.show(stamp, *group, *card, *screens)?;
                Ok(None)
            }
            WorkshopOp::EndShow => {
                self.spotlight = None;
                Ok(None)
            }
            WorkshopOp::SetQueue { groups, screens } => self.set_queue(groups, *screens),
            WorkshopOp::NextGroup { group } => self.next_group(stamp, *group),
            WorkshopOp::SetRoomTime { minutes } if *minutes > ROOM_MINUTES_MAX => Err(Reject::OutOfRange),
            WorkshopOp::SetRoomTime { minutes } => {
                let minutes = replace(&mut self.room_minutes, *minutes);
                Ok(Some(WorkshopOp::SetRoomTime { minutes }))
            }
            WorkshopOp::SetCode { code } => self.set_code(stamp, *code),
            WorkshopOp::SetDoor { door } => {
                let was = replace(&mut self.door, *door);
                Ok((was != *door).then_some(WorkshopOp::SetDoor { door: was }))
            }
        }
    }

    fn set_code(&mut self, stamp: &Stamp, code: JoinCode) -> Undo {
        if stamp.by != By::Server || self.code.is_none() {
            return Err(Reject::Forbidden);
        }
        self.code = Some(code);
        Ok(None)
    }

    fn open_dots(&mut self, stamp: &Stamp, options: &[DotOption], each: u16, own: OwnGroup) -> Undo {
        if self.phase != Phase::Open {
            return Err(Reject::NotOpen);
        }
        for group in options.iter().filter_map(|option| option.group) {
            self.group(group).ok_or(Reject::NoGroup(group))?;
        }
        let vote = DotVote::begin(stamp, options.to_vec(), each, own)?;
        dots::open(&mut self.dots, vote).map(|()| None)
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
            seats: *seats,
            ..Self::default()
        };
        for _ in 0..*groups {
            made.add_group()?;
        }
        *self = made;
        Ok(())
    }
}
