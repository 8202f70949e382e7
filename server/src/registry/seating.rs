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
    /// So many are not on the roster: it is full.
    pub refused: u32,
}

/// What became of a line.
enum Became {
    Added,
    Changed,
    Same,
    Refused,
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

/// Whether a list has others of the same name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Name {
    /// Nobody else is called so.
    Alone,
    /// Others are; the section tells them apart.
    Shared,
}

/// Each line of a list with whether its name is on others too.
fn with_names(lines: Vec<Line>) -> Vec<(Line, Name)> {
    let mut names: BTreeMap<String, u32> = BTreeMap::new();
    for line in &lines {
        *names.entry(same(&line.name)).or_default() += 1;
    }
    let of = |line: &Line| if names.get(&same(&line.name)) > Some(&1) { Name::Shared } else { Name::Alone };
    let with = |line| {
        let name = of(&line);
        (line, name)
    };
    lines.into_iter().map(with).collect()
}

/// Somebody who is known already.
struct Known<'a> {
    id: PersonId,
    section: &'a str,
    about: &'a About,
    /// Where they sit; none as long as they are expected.
    sits: Option<GroupId>,
}

/// Somebody of a list among those who are known.
fn known<'a>(roster: &'a Roster, line: &Line, name: Name) -> Option<Known<'a>> {
    let called = same(&line.name);
    let people = roster.people.iter().filter(|(_, one)| same(&one.name) == called).map(|(id, one)| Known {
        id: *id,
        section: &one.section,
        about: &one.about,
        sits: Some(one.group),
    });
    let guests = roster.guests.iter().filter(|(_, one)| same(&one.name) == called).map(|(id, one)| Known {
        id: *id,
        section: &one.section,
        about: &one.about,
        sits: None,
    });
    let mut found: Vec<Known<'_>> = people.chain(guests).collect();
    let section = same(&line.section);
    let at = found.iter().position(|one| same(one.section) == section);
    let at = at.or_else(|| match name {
        Name::Shared => None,
        // A list without sections means the one who is called so.
        Name::Alone if section.is_empty() => (found.len() == 1).then_some(0),
        // Who came before the list did has no section yet.
        Name::Alone => found.iter().position(|one| one.section.is_empty()),
    })?;
    Some(found.swap_remove(at))
}

/// What a list says, or what was known where it says nothing.
fn or_before(said: String, before: &str) -> String {
    if said.is_empty() { before.to_owned() } else { said }
}

/// Whether a line means somebody who was removed: the list that they were on brings nobody back, the lead does.
fn was_removed(roster: &Roster, line: &Line) -> bool {
    let (called, section) = (same(&line.name), same(&line.section));
    let is_meant = |one: &str| section.is_empty() || one.is_empty() || same(one) == section;
    roster.removed.values().any(|one| same(&one.name) == called && is_meant(&one.section))
}

/// What is to be done for a line, if anything.
fn for_line(roster: &Roster, line: Line, name: Name) -> Option<RosterOp> {
    let Some(Known { id, section: before, about, sits }) = known(roster, &line, name) else {
        if was_removed(roster, &line) {
            return None;
        }
        let Line { name, section, age, actor, group } = line;
        let hold = if group.is_some() { Hold::Fixed } else { Hold::Free };
        return Some(RosterOp::Expect { name, section, about: About { age, actor, hold } });
    };
    let hold = match (about.hold, line.group) {
        // A list does not know who stays away, and moves nobody who sits already.
        (Hold::Away, _) | (_, None) => about.hold,
        (_, Some(group)) if sits.is_some_and(|at| at != group) => about.hold,
        (_, Some(_)) => Hold::Fixed,
    };
    let section = or_before(line.section, before);
    let new = About { age: or_before(line.age, &about.age), actor: or_before(line.actor, &about.actor), hold };
    (before != section || *about != new).then_some(RosterOp::Describe { person: id, section, about: new })
}

/// The seats that a list keeps for those who are expected.
fn kept(roster: &Roster, lines: &[(Line, Name)]) -> Vec<RosterOp> {
    let seat = |(line, name): &(Line, Name)| {
        let (person, group) = (known(roster, line, *name)?.id, line.group?);
        let is_new = roster.guests.get(&person)?.group != Some(group);
        is_new.then_some(RosterOp::Reserve { person, group })
    };
    lines.iter().filter_map(seat).collect()
}

/// Whether all can sit where they are to: the groups are there, and none that gets somebody more has too many then. Who has gone
/// takes no seat, as when it is mixed.
fn fits(roster: &Roster, facts: &Facts, ops: &[RosterOp]) -> Result<(), NotSeated> {
    let here = roster.people.iter().filter(|(_, one)| one.about.hold != Hold::Away);
    let mut seats: BTreeMap<PersonId, GroupId> = here.map(|(id, one)| (*id, one.group)).collect();
    let mut grown = Vec::new();
    for op in ops {
        let (RosterOp::Seat { person, group, .. }
        | RosterOp::Reserve { person, group }
        | RosterOp::LetBackIn { person, group, .. }) = op
        else {
            continue;
        };
        if facts.groups().all(|known| known != *group) {
            return Err(NotSeated::NoGroup(*group));
        }
        if matches!(op, RosterOp::LetBackIn { .. }) && roster.removed.contains_key(person) {
            seats.insert(*person, *group);
            grown.push(*group);
        } else if let Some(seat) = seats.get_mut(person).filter(|seat| **seat != *group) {
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
        | RosterOp::Pair { .. }
        | RosterOp::Remove { .. }
        | RosterOp::LetBackIn { .. } => true,
    }
}

impl Registry {
    /// Brings in a list: who is not known is expected from now on, who is is described as the list has it.
    ///
    /// # Errors
    /// When there is no such workshop, or it cannot be stored now.
    pub async fn import(&self, workshop: WorkshopId, lines: Vec<Line>) -> Result<Imported, Refusal> {
        self.facts_now(workshop).await?;
        let lines = with_names(lines);
        let done = lines.iter().cloned().map(|(line, name)| self.import_one(workshop, line, name));
        let mut imported = Imported::default();
        for what in join_all(done).await {
            match what.map_err(|Gone| Refusal::Busy)? {
                Became::Added => imported.added += 1,
                Became::Changed => imported.changed += 1,
                Became::Same => imported.same += 1,
                Became::Refused => imported.refused += 1,
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

    async fn import_one(&self, workshop: WorkshopId, line: Line, name: Name) -> Result<Became, Gone> {
        let (tell, told) = tokio::sync::oneshot::channel();
        let one = move |doc: &AnyDoc| {
            let AnyDoc::Roster(roster) = doc else { return None };
            let op = for_line(&roster.model, line, name);
            let became = match op {
                Some(RosterOp::Expect { .. }) => Became::Added,
                Some(_) => Became::Changed,
                None => Became::Same,
            };
            // Nobody to tell: whoever asked has gone away.
            let _ = tell.send(became);
            op.map(Op::Roster)
        };
        match self.room(workshop, DocId::Roster).decide(one).await? {
            Decided::Stored(_) => told.await.map_err(|_| Gone),
            Decided::Known | Decided::Nothing => Ok(Became::Same),
            Decided::Rejected(_) => Ok(Became::Refused),
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
                RosterOp::LetBackIn { person, group, .. } => RosterOp::LetBackIn { person, group, seats: u16::MAX },
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
