//! What an operation does to the roster.

use super::{About, Guest, Pair, Person, Roster, RosterOp, Rule};
use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::ids::{GroupId, PersonId, TokenHash};
use crate::limits::{FORMER_KEYS_MAX, PAIRS_MAX, PEOPLE_MAX, TRAIT_CHARS_MAX};
use crate::text::{is_line, is_name};

/// Whether it can be said of somebody.
fn is_trait(text: &str) -> bool {
    text.chars().count() <= TRAIT_CHARS_MAX && is_line(text)
}

fn are_traits(section: &str, about: &About) -> Result<(), Reject> {
    if [section, &about.age, &about.actor].into_iter().all(is_trait) { Ok(()) } else { Err(Reject::BadText) }
}

fn new_id(stamp: &Stamp) -> Result<PersonId, Reject> {
    u32::try_from(stamp.seq.0).map(PersonId).map_err(|_| Reject::DocFull)
}

impl Roster {
    fn keys_of(&self, person: PersonId) -> impl Iterator<Item = TokenHash> {
        self.keys.iter().filter(move |(_, whose)| **whose == person).map(|(key, _)| *key)
    }

    fn room_in(&self, group: GroupId, seats: u16) -> Result<(), Reject> {
        if self.seated(group) < usize::from(seats) { Ok(()) } else { Err(Reject::GroupFull(group)) }
    }

    /// Somebody sits down for the first time.
    fn sit(
        &mut self,
        stamp: &Stamp,
        id: PersonId,
        key: TokenHash,
        guest: Guest,
        at: (GroupId, u16),
    ) -> Result<(), Reject> {
        let (group, seats) = at;
        if self.keys.contains_key(&key) || self.people.contains_key(&id) {
            return Err(Reject::IdTaken);
        }
        self.room_in(group, seats)?;
        let Guest { name, section, about, .. } = guest;
        let person = Person { name, section, group, from: None, seated_by: stamp.seq, joined_at: stamp.at, about };
        self.people.insert(id, person);
        self.keys.insert(key, id);
        Ok(())
    }

    fn has_room(&self) -> Result<(), Reject> {
        let all = self.people.len().saturating_add(self.guests.len()).saturating_add(self.removed.len());
        if all < PEOPLE_MAX { Ok(()) } else { Err(Reject::DocFull) }
    }

    fn remove(&mut self, stamp: &Stamp, id: PersonId) -> Result<(), Reject> {
        let person = self.people.remove(&id).ok_or(Reject::NoPerson)?;
        self.pairs.retain(|pair| pair.a != id && pair.b != id);
        self.removed.insert(id, Person { seated_by: stamp.seq, ..person });
        Ok(())
    }

    fn let_back_in(&mut self, stamp: &Stamp, id: PersonId, group: GroupId, seats: u16) -> Result<(), Reject> {
        let person = self.removed.get(&id).ok_or(Reject::NoPerson)?.clone();
        self.room_in(group, seats)?;
        self.removed.remove(&id);
        let from = Some(person.group);
        self.people.insert(id, Person { group, from, seated_by: stamp.seq, ..person });
        Ok(())
    }

    fn seat(
        &mut self,
        stamp: &Stamp,
        person: PersonId,
        group: GroupId,
        seats: u16,
    ) -> Result<Option<RosterOp>, Reject> {
        let sits = self.people.get(&person).ok_or(Reject::NoPerson)?.group;
        if sits == group {
            return Ok(None);
        }
        self.room_in(group, seats)?;
        if let Some(found) = self.people.get_mut(&person) {
            found.group = group;
            found.from = Some(sits);
            found.seated_by = stamp.seq;
        }
        Ok(Some(RosterOp::Seat { person, group: sits, seats }))
    }

    fn describe(&mut self, person: PersonId, section: &str, about: &About) -> Result<(), Reject> {
        are_traits(section, about)?;
        let place = match (self.people.get_mut(&person), self.guests.get_mut(&person)) {
            (Some(person), _) => (&mut person.section, &mut person.about),
            (None, Some(guest)) => (&mut guest.section, &mut guest.about),
            (None, None) => return Err(Reject::NoPerson),
        };
        section.clone_into(place.0);
        about.clone_into(place.1);
        Ok(())
    }

    fn pair(&mut self, one: PersonId, other: PersonId, rule: Option<Rule>) -> Result<(), Reject> {
        let knows = |id| self.people.contains_key(id) || self.guests.contains_key(id);
        if one == other || !knows(&one) || !knows(&other) {
            return Err(Reject::NoPerson);
        }
        let (a, b) = (one.min(other), one.max(other));
        let at = self.pairs.iter().position(|pair| (pair.a, pair.b) == (a, b));
        match (at, rule) {
            (Some(at), None) => drop(self.pairs.remove(at)),
            (Some(at), Some(rule)) => {
                if let Some(pair) = self.pairs.get_mut(at) {
                    pair.rule = rule;
                }
            }
            (None, Some(_)) if self.pairs.len() >= PAIRS_MAX => return Err(Reject::DocFull),
            (None, Some(rule)) => self.pairs.push(Pair { a, b, rule }),
            (None, None) => {}
        }
        Ok(())
    }

    fn take_over(&mut self, person: PersonId, key: TokenHash) -> Result<(), Reject> {
        if !self.people.contains_key(&person) {
            return Err(Reject::NoPerson);
        }
        if self.keys.contains_key(&key) {
            return Err(Reject::IdTaken);
        }
        let before: Vec<TokenHash> = self.keys_of(person).collect();
        before.iter().for_each(|key| {
            self.keys.remove(key);
        });
        self.keys.insert(key, person);
        self.former.retain(|known| *known != key);
        self.former.extend(before);
        self.former.drain(..self.former.len().saturating_sub(FORMER_KEYS_MAX));
        Ok(())
    }

    fn expect(&mut self, stamp: &Stamp, guest: Guest) -> Result<(), Reject> {
        self.has_room()?;
        if !is_name(&guest.name) {
            return Err(Reject::BadText);
        }
        are_traits(&guest.section, &guest.about)?;
        let id = new_id(stamp)?;
        if self.people.contains_key(&id) || self.guests.contains_key(&id) {
            return Err(Reject::IdTaken);
        }
        self.guests.insert(id, guest);
        Ok(())
    }
}

impl Model for Roster {
    type Op = RosterOp;

    fn apply(&mut self, stamp: &Stamp, op: &RosterOp) -> Result<Option<RosterOp>, Reject> {
        if stamp.by != By::Server {
            return Err(Reject::Forbidden);
        }
        let guest = |name: &str, section: &str, about: &About| Guest {
            name: name.to_owned(),
            section: section.to_owned(),
            about: about.clone(),
            group: None,
        };
        match op {
            RosterOp::Join { key, name, section, group, seats } => {
                let id = new_id(stamp)?;
                if self.keys.contains_key(key) || self.guests.contains_key(&id) {
                    return Err(Reject::IdTaken);
                }
                self.has_room()?;
                if !is_name(name) || !is_trait(section) {
                    return Err(Reject::BadText);
                }
                self.sit(stamp, id, *key, guest(name, section, &About::default()), (*group, *seats))?;
            }
            RosterOp::Seat { person, group, seats } => return self.seat(stamp, *person, *group, *seats),
            RosterOp::TakeOver { person, key } => self.take_over(*person, *key)?,
            RosterOp::Expect { name, section, about } => self.expect(stamp, guest(name, section, about))?,
            RosterOp::Describe { person, section, about } => self.describe(*person, section, about)?,
            RosterOp::Forget { person } => {
                self.guests.remove(person).ok_or(Reject::NoPerson)?;
                self.pairs.retain(|pair| pair.a != *person && pair.b != *person);
            }
            RosterOp::Reserve { person, group } => {
                self.guests.get_mut(person).ok_or(Reject::NoPerson)?.group = Some(*group);
            }
            RosterOp::Pair { a, b, rule } => self.pair(*a, *b, *rule)?,
            RosterOp::Remove { person } => self.remove(stamp, *person)?,
            RosterOp::LetBackIn { person, group, seats } => self.let_back_in(stamp, *person, *group, *seats)?,
            RosterOp::Arrive { person, key, group, seats } => {
                let mut guest = self.guests.get(person).ok_or(Reject::NoPerson)?.clone();
                guest.about.hold = guest.about.hold.of_who_is_here();
                self.sit(stamp, *person, *key, guest, (*group, *seats))?;
                self.guests.remove(person);
            }
        }
        Ok(None)
    }

    crate::docs::model_ops!(Roster);
}
