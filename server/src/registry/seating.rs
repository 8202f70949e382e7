//! What the lead does to the roster: brings in a list of who is expected, says more about people, seats them. Each thing is
//! looked at on the roster as it is when it is done.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use shared::docs::roster::{About, Hold, Roster, RosterOp, same};
use shared::wire::Refusal;
use shared::{AnyDoc, DocId, GroupId, Op, PersonId, WorkshopId};

use super::Registry;
use crate::room::{Decided, Facts, Gone};
use crate::roster_list::Line;

/// What became of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Imported {
    /// So many were not known before.
    pub added: u32,
    /// So many were, and are described anew.
    pub changed: u32,
    /// So many were known already, with all that the list says.
    pub same: u32,
}

/// Why people were not seated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotSeated {
    /// The server cannot do it now, or there is no such workshop.
    Refused(Refusal),
    /// Only the server itself may do this.
    NotTheLeads,
    /// There is no such group.
    NoGroup(GroupId),
    /// More would sit in this group than it has seats.
    GroupFull(GroupId),
}

impl From<Refusal> for NotSeated {
    fn from(why: Refusal) -> Self {
        Self::Refused(why)
    }
}

impl From<Gone> for NotSeated {
    fn from(_: Gone) -> Self {
        Self::Refused(Refusal::Busy)
    }
}

/// Somebody of a list among those who are known: their section and what else is known of them.
fn known<'a>(roster: &'a Roster, line: &Line) -> Option<(PersonId, &'a str, &'a About)> {
    let (name, section) = (same(&line.name), same(&line.section));
    let people = roster.people.iter().map(|(id, one)| (*id, &one.name, &one.section, &one.about));
    let guests = roster.guests.iter().map(|(id, one)| (*id, &one.name, &one.section, &one.about));
    let mut of_this_name = people.chain(guests).filter(|(_, theirs, ..)| same(theirs) == name);
    // Who came before the list did has no section yet.
    let found = of_this_name.find(|(.., theirs, _)| theirs.is_empty() || same(theirs) == section);
    found.map(|(id, _, section, about)| (id, section.as_str(), about))
}

/// What is to be done for a line, if anything.
fn for_line(roster: &Roster, line: Line) -> Option<RosterOp> {
    let Line { name, section, age, actor, group } = line.clone();
    let hold = if group.is_some() { Hold::Fixed } else { Hold::Free };
    let Some((person, before, about)) = known(roster, &line) else {
        return Some(RosterOp::Expect { name, section, about: About { age, actor, hold } });
    };
    let new = About { age, actor, hold: if group.is_some() { Hold::Fixed } else { about.hold } };
    (before != section || *about != new).then_some(RosterOp::Describe { person, section, about: new })
}

/// The seats that a list keeps for those who are expected.
fn kept(roster: &Roster, lines: &[Line]) -> Vec<RosterOp> {
    let seat = |line: &Line| {
        let (person, group) = (known(roster, line)?.0, line.group?);
        let is_new = roster.guests.get(&person)?.group != Some(group);
        is_new.then_some(RosterOp::Reserve { person, group })
    };
    lines.iter().filter_map(seat).collect()
}

/// Whether all can sit where they are to: the groups are there, and none that gets somebody more has too many then.
fn fits(roster: &Roster, facts: &Facts, ops: &[RosterOp]) -> Result<(), NotSeated> {
    let mut seats: BTreeMap<PersonId, GroupId> = roster.people.iter().map(|(id, one)| (*id, one.group)).collect();
    let mut grown = Vec::new();
    for op in ops {
        let (RosterOp::Seat { person, group, .. } | RosterOp::Reserve { person, group }) = op else { continue };
        if facts.groups().all(|known| known != *group) {
            return Err(NotSeated::NoGroup(*group));
        }
        if let Some(seat) = seats.get_mut(person).filter(|seat| **seat != *group) {
            *seat = *group;
            grown.push(*group);
        }
    }
    let sit = |group: GroupId| seats.values().filter(|seat| **seat == group).count();
    let full = grown.into_iter().find(|group| sit(*group) > usize::from(facts.seats));
    full.map_or(Ok(()), |group| Err(NotSeated::GroupFull(group)))
}

/// What the lead may do; the rest follows from people who come.
const fn is_leads(op: &RosterOp) -> bool {
    match op {
        RosterOp::Join { .. } | RosterOp::TakeOver { .. } | RosterOp::Arrive { .. } | RosterOp::Expect { .. } => false,
        RosterOp::Seat { .. }
        | RosterOp::Describe { .. }
        | RosterOp::Forget { .. }
        | RosterOp::Reserve { .. }
        | RosterOp::Pair { .. } => true,
    }
}

impl Registry {
    /// Brings in a list: who is not known is expected from now on, who is is described as the list has it.
    ///
    /// # Errors
    /// When there is no such workshop, or it cannot be stored now.
    pub async fn import(&self, workshop: WorkshopId, lines: Vec<Line>) -> Result<Imported, Refusal> {
        self.facts_now(workshop).await?;
        let done = lines.iter().cloned().map(|line| self.import_one(workshop, line));
        let mut imported = Imported::default();
        for what in join_all(done).await {
            match what.map_err(|Gone| Refusal::Busy)? {
                Some(RosterOp::Expect { .. }) => imported.added += 1,
                Some(_) => imported.changed += 1,
                None => imported.same += 1,
            }
        }
        let kept = self.roster(workshop, move |roster| kept(roster, &lines)).await.map_err(|Gone| Refusal::Busy)?;
        let room = self.room(workshop, DocId::Roster);
        let keep = kept.into_iter().map(|op| room.decide(move |_| Some(Op::Roster(op))));
        for decided in join_all(keep).await {
            decided.map_err(|Gone| Refusal::Busy)?;
        }
        Ok(imported)
    }

    async fn import_one(&self, workshop: WorkshopId, line: Line) -> Result<Option<RosterOp>, Gone> {
        let (tell, told) = tokio::sync::oneshot::channel();
        let one = move |doc: &AnyDoc| {
            let AnyDoc::Roster(roster) = doc else { return None };
            let op = for_line(&roster.model, line);
            // Nobody to tell: whoever asked has gone away.
            let _ = tell.send(op.clone());
            op.map(Op::Roster)
        };
        match self.room(workshop, DocId::Roster).decide(one).await? {
            Decided::Stored(_) => told.await.map_err(|_| Gone),
            Decided::Known | Decided::Nothing | Decided::Rejected(_) => Ok(None),
        }
    }

    /// Does what the lead wants of the roster. All of it is looked at before any of it is done; what does not fit any more,
    /// because somebody came or went meanwhile, is passed over. How many things were done.
    ///
    /// # Errors
    /// When it is not the lead's to do, a group is not there, or would be too full.
    pub async fn rearrange(&self, workshop: WorkshopId, ops: Vec<RosterOp>) -> Result<u32, NotSeated> {
        if !ops.iter().all(is_leads) {
            return Err(NotSeated::NotTheLeads);
        }
        let facts = self.facts_now(workshop).await?;
        let wanted = ops.clone();
        self.roster(workshop, move |roster| fits(roster, &facts, &wanted)).await??;
        let mut done = 0;
        let room = self.room(workshop, DocId::Roster);
        let answers = join_all(ops.into_iter().map(|op| {
            // Two who change places in full groups are three in one of them for a moment: seats were counted above.
            let op = match op {
                RosterOp::Seat { person, group, .. } => RosterOp::Seat { person, group, seats: u16::MAX },
                op => op,
            };
            room.decide(move |_| Some(Op::Roster(op)))
        }));
        for decided in answers.await {
            if matches!(decided?, Decided::Stored(_)) {
                done += 1;
            }
        }
        Ok(done)
    }
}
