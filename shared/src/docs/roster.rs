//! The roster: who takes part and where they sit. Read by the lead and helpers alone.

use serde::{Deserialize, Serialize};

use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::docs::board::{BoardOp, Member, Seated};
use crate::docs::{DocId, Op};
use crate::ids::{ClientId, GroupId, Millis, OpId, PersonId, Seq, TokenHash};
use crate::limits::{NAME_CHARS_MAX, PEOPLE_MAX};
use crate::sorted::SortedMap;
use crate::text::is_name;

/// One who takes part.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    /// As they wish to be called.
    pub name: String,
    /// Where they work or come from; may be empty.
    pub section: String,
    /// The group they sit in.
    pub group: GroupId,
    /// The group they sat in before.
    pub from: Option<GroupId>,
    /// The entry that seated them where they are.
    pub seated_by: Seq,
    /// When they joined.
    pub joined_at: Millis,
}

/// Everybody who joined.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Roster {
    /// The people, in the order in which they came.
    pub people: SortedMap<PersonId, Person>,
    /// The hash of each person's token: coming back with it is being the same person.
    pub keys: SortedMap<TokenHash, PersonId>,
}

/// What can happen to the roster.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum RosterOp {
    /// Somebody joins and is seated. Their id is the number of this entry.
    Join {
        /// The hash of the token that their phone made.
        key: TokenHash,
        /// Their name.
        name: String,
        /// Their section, may be empty.
        section: String,
        /// Where they sit.
        group: GroupId,
        /// Seats of that group: refused when all are taken.
        seats: u16,
    },
    /// Somebody is seated elsewhere.
    Seat {
        /// Who.
        person: PersonId,
        /// Where.
        group: GroupId,
        /// Seats of that group: refused when all are taken.
        seats: u16,
    },
    /// Somebody for whom another phone has written goes on with their own: no other key is theirs from then on.
    TakeOver {
        /// Who.
        person: PersonId,
        /// The hash of the token that their phone made.
        key: TokenHash,
    },
}

impl Roster {
    /// How many sit in a group.
    pub fn seated(&self, group: GroupId) -> usize {
        self.people.values().filter(|person| person.group == group).count()
    }

    /// The group with most room, the lowest number first; none when all `seats` of all are taken.
    pub fn roomiest(&self, groups: impl Iterator<Item = GroupId>, seats: u16) -> Option<GroupId> {
        groups
            .map(|group| (self.seated(group), group))
            .filter(|(taken, _)| *taken < usize::from(seats))
            .min()
            .map(|(_, group)| group)
    }

    fn keys_of(&self, person: PersonId) -> impl Iterator<Item = TokenHash> {
        self.keys.iter().filter(move |(_, whose)| **whose == person).map(|(key, _)| *key)
    }

    fn room_in(&self, group: GroupId, seats: u16) -> Result<(), Reject> {
        if self.seated(group) < usize::from(seats) { Ok(()) } else { Err(Reject::GroupFull(group)) }
    }
}

impl Model for Roster {
    type Op = RosterOp;

    fn apply(&mut self, stamp: &Stamp, op: &RosterOp) -> Result<Option<RosterOp>, Reject> {
        if stamp.by != By::Server {
            return Err(Reject::Forbidden);
        }
        match op {
            RosterOp::Join { key, name, section, group, seats } => {
                let id = PersonId(u32::try_from(stamp.seq.0).map_err(|_| Reject::DocFull)?);
                if self.keys.contains_key(key) || self.people.contains_key(&id) {
                    return Err(Reject::IdTaken);
                }
                if self.people.len() >= PEOPLE_MAX {
                    return Err(Reject::DocFull);
                }
                if !is_name(name) || section.chars().count() > NAME_CHARS_MAX {
                    return Err(Reject::BadText);
                }
                self.room_in(*group, *seats)?;
                let (name, section) = (name.clone(), section.clone());
                let person =
                    Person { name, section, group: *group, from: None, seated_by: stamp.seq, joined_at: stamp.at };
                self.people.insert(id, person);
                self.keys.insert(*key, id);
                Ok(None)
            }
            RosterOp::Seat { person, group, seats } => {
                let sits = self.people.get(person).ok_or(Reject::NoPerson)?.group;
                if sits == *group {
                    return Ok(None);
                }
                self.room_in(*group, *seats)?;
                if let Some(found) = self.people.get_mut(person) {
                    found.group = *group;
                    found.from = Some(sits);
                    found.seated_by = stamp.seq;
                }
                Ok(Some(RosterOp::Seat { person: *person, group: sits, seats: *seats }))
            }
            RosterOp::TakeOver { person, key } => {
                if !self.people.contains_key(person) {
                    return Err(Reject::NoPerson);
                }
                if self.keys.contains_key(key) {
                    return Err(Reject::IdTaken);
                }
                let before: Vec<TokenHash> = self.keys_of(*person).collect();
                before.iter().for_each(|key| {
                    self.keys.remove(key);
                });
                self.keys.insert(*key, *person);
                Ok(None)
            }
        }
    }

    super::model_ops!(Roster);
}

/// What follows for the boards from where a person sits now: members come and go. The ids are made from the entry that
/// seated them, so following twice changes nothing. To repair after a crash, follow everybody in the order of
/// [`Person::seated_by`].
pub fn follow(roster: &Roster, id: PersonId) -> Vec<(DocId, OpId, Op)> {
    let Some(person) = roster.people.get(&id) else { return Vec::new() };
    let Ok(n) = u32::try_from(person.seated_by.0) else { return Vec::new() };
    let set = |group, seated| {
        let member = Member { name: person.name.clone(), seated };
        let op = Op::Board(BoardOp::SetMember { person: id, member });
        (DocId::Board(group), OpId { client: ClientId::FROM_ROSTER, n }, op)
    };
    let left = person.from.map(|group| set(group, Seated::Elsewhere));
    left.into_iter().chain([set(person.group, Seated::Here)]).collect()
}
