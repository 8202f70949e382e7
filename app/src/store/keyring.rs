//! The keys that this phone has been given. One phone may hold several to one workshop (the lead tries the way of a
//! participant): each tab goes on with its own, and the phone keeps the one that may most.

use shared::{Capability, JoinCode, PersonId, SortedMap, Token, WorkshopId};

use super::own::Came;
use crate::platform::{clock, random, storage};

const ABOUT: &str = "naze.about.";
const DOOR: &str = "naze.joined.";

/// What a key allows, as far as a list of workshops tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// Looks at what one group built.
    Keeper,
    /// Looks.
    Observer,
    /// Takes part.
    Participant,
    /// Helps.
    Helper,
    /// Conducts.
    Lead,
}

/// A workshop that was opened on this phone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Which.
    pub workshop: WorkshopId,
    /// As what.
    pub role: Role,
    /// Its title, as it was then.
    pub title: String,
    /// When, by the clock here.
    at: u64,
}

impl From<Capability> for Role {
    fn from(capability: Capability) -> Self {
        match capability {
            Capability::Lead => Self::Lead,
            Capability::Helper => Self::Helper,
            Capability::Participant(_) => Self::Participant,
            Capability::Observer => Self::Observer,
            Capability::Keeper(_) => Self::Keeper,
        }
    }
}

impl Role {
    const ALL: [(Self, &str); 5] = [
        (Self::Keeper, "keeper"),
        (Self::Observer, "observer"),
        (Self::Participant, "participant"),
        (Self::Helper, "helper"),
        (Self::Lead, "lead"),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(role, _)| *role == self).map_or("", |(_, word)| word)
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(role, _)| *role)
    }
}

fn key(workshop: WorkshopId) -> String {
    format!("naze.me.{workshop}")
}

/// The key to use for a workshop in this tab.
pub fn token(workshop: WorkshopId) -> Option<Token> {
    let key = key(workshop);
    storage::in_tab(&key).or_else(|| storage::get(&key))?.parse().ok()
}

/// A key came by link or by joining: this tab goes on with it.
pub fn enter(workshop: WorkshopId, token: Token) {
    let (key, token) = (key(workshop), token.to_string());
    storage::set_in_tab(&key, &token);
    if storage::get(&key).is_none() {
        storage::set(&key, &token);
    }
}

/// Where keys are kept that are to take the place of others.
fn successors_in(workshop: WorkshopId) -> String {
    format!("naze.next.{workshop}.")
}

/// Where the key is kept that is to take the place of another, from before the server is asked until it has known it.
fn successor_of(workshop: WorkshopId, token: Token) -> String {
    format!("{}{token}", successors_in(workshop))
}

/// A key is known to the server, or was forgotten: the notes that lead to it, which kept a lost answer from locking its owner out, are
/// not needed. One that leads away from it is, as long as it may still be asked for.
fn forget_notes_of(workshop: WorkshopId, token: &str) {
    for note in storage::keys(&successors_in(workshop)) {
        if storage::get(&note).is_some_and(|next| next == token) {
            storage::remove(&note);
        }
    }
}

/// The lead's key that this phone keeps: where another tab has replaced the one of this tab, it goes on with that.
pub fn of_lead(workshop: WorkshopId) -> Option<Token> {
    let about = read(workshop, &storage::get(&format!("{ABOUT}{workshop}"))?)?;
    storage::get(&key(workshop)).filter(|_| about.role == Role::Lead)?.parse().ok()
}

/// The key that took the place of one, or is to.
pub fn successor(workshop: WorkshopId, token: Token) -> Option<Token> {
    storage::get(&successor_of(workshop, token))?.parse().ok()
}

/// A key that is to take the place of one: the same as long as that has not been done.
pub fn make_successor(workshop: WorkshopId, token: Token) -> Token {
    successor(workshop, token).unwrap_or_else(|| {
        let next = random::token();
        storage::set(&successor_of(workshop, token), &next.to_string());
        next
    })
}

/// A key took the place of another: this tab goes on with it, and the phone too.
pub fn replaced(workshop: WorkshopId, before: Token, next: Token) {
    let (key, next) = (key(workshop), next.to_string());
    storage::set_in_tab(&key, &next);
    if storage::get(&key).is_some_and(|kept| kept == before.to_string()) {
        storage::set(&key, &next);
    }
}

/// Which key of a workshop came by a link in this tab.
fn linked(workshop: WorkshopId) -> String {
    format!("naze.link.{workshop}")
}

/// A key came by a link: this tab goes on with it.
pub fn enter_by_link(workshop: WorkshopId, token: Token) {
    storage::set_in_tab(&linked(workshop), &token.to_string());
    enter(workshop, token);
}

/// Whether this key came by a link. People who take part have no links: theirs is made by their own phone, and whoever sends one
/// has it too, would read what they write in silence, and lets them write in another's name.
pub fn came_by_link(workshop: WorkshopId, token: Token) -> bool {
    storage::in_tab(&linked(workshop)).is_some_and(|kept| kept == token.to_string())
}

fn people_in(workshop: WorkshopId) -> String {
    format!("naze.who.{workshop}.")
}

/// So much of a key tells it from the others on this phone, and lets nobody guess the rest.
const SHORT: usize = 8;

/// Where it is noted whose a key is: under its beginning, for the note stays longer than the key. Keys that this phone was given before
/// that was noted have none.
fn person_of(workshop: WorkshopId, token: Token) -> String {
    let short: String = token.to_string().chars().take(SHORT).collect();
    people_in(workshop) + &short
}

fn read_person(kept: &str) -> Option<PersonId> {
    kept.parse().ok().map(PersonId)
}

/// The server has said whose this key is.
pub fn note_person(workshop: WorkshopId, token: Token, person: PersonId) {
    if self::person(workshop, token) != Some(person) {
        storage::set(&person_of(workshop, token), &person.0.to_string());
    }
}

/// Whose this key is, or was.
pub fn person(workshop: WorkshopId, token: Token) -> Option<PersonId> {
    read_person(&storage::get(&person_of(workshop, token))?)
}

/// Whose the other keys on this phone are: who joined here by another name.
pub fn people_besides(workshop: WorkshopId, token: Token) -> Vec<PersonId> {
    let own = person_of(workshop, token);
    let others = storage::keys(&people_in(workshop)).into_iter().filter(|key| *key != own);
    others.filter_map(|key| read_person(&storage::get(&key)?)).collect()
}

/// Whose a key was is not asked any more.
pub fn forget_person(workshop: WorkshopId, token: Token) {
    storage::remove(&person_of(workshop, token));
}

/// The workshop is no more: neither are anybody's keys to it on this phone, nor what was noted of them.
pub fn forget_workshop(workshop: WorkshopId) {
    let id = workshop.to_string();
    for door in storage::keys(DOOR) {
        if storage::get(&door).is_some_and(|kept| kept.starts_with(&id)) {
            storage::remove(&door);
        }
    }
    // Where there is one of each at most, the name is its own beginning.
    for prefix in [people_in(workshop), successors_in(workshop), key(workshop), format!("{ABOUT}{workshop}")] {
        storage::keys(&prefix).iter().for_each(|key| storage::remove(key));
    }
}

/// How a key came here, as far as that is known.
pub fn came(workshop: WorkshopId, token: Token) -> Came {
    let is_kept = storage::get(&key(workshop)).is_some_and(|kept| kept == token.to_string());
    let about = storage::get(&format!("{ABOUT}{workshop}")).filter(|_| is_kept);
    let role = about.and_then(|about| read(workshop, &about)).map(|about| about.role);
    if came_by_link(workshop, token) || role.is_some_and(|role| role != Role::Participant) {
        Came::Otherwise
    } else {
        Came::ToTakePart
    }
}

/// Somebody joined through this door.
pub fn joined(code: JoinCode, workshop: WorkshopId, token: Token) {
    enter(workshop, token);
    storage::set(&format!("{DOOR}{code}"), &format!("{workshop} {token}"));
}

/// The workshop that this phone has joined through this door before; this tab goes on with the key of then.
pub fn return_through(code: JoinCode) -> Option<WorkshopId> {
    let kept = storage::get(&format!("{DOOR}{code}"))?;
    let (workshop, token) = kept.split_once(' ')?;
    let workshop = workshop.parse().ok()?;
    enter(workshop, token.parse().ok()?);
    Some(workshop)
}

/// The server knows this key: the phone keeps it, unless it has one that may more.
pub fn recognised(workshop: WorkshopId, token: Token, role: Role, title: &str) {
    forget_notes_of(workshop, &token.to_string());
    let before = storage::get(&format!("{ABOUT}{workshop}")).and_then(|kept| read(workshop, &kept));
    if before.is_none_or(|before| before.role <= role) {
        storage::set(&key(workshop), &token.to_string());
        storage::set(&format!("{ABOUT}{workshop}"), &format!("{}|{}|{title}", clock::now().0, role.word()));
    }
}

/// Whether this phone can go back to a workshop.
pub fn knows(workshop: WorkshopId) -> bool {
    storage::get(&format!("{ABOUT}{workshop}")).is_some()
}

/// The workshops that this phone can go back to, the last one first.
pub fn known() -> Vec<Known> {
    let keys = storage::keys(ABOUT);
    let known = keys.iter().filter_map(|key| {
        let workshop = key.strip_prefix(ABOUT)?.parse().ok()?;
        read(workshop, &storage::get(key)?)
    });
    let in_order: SortedMap<_, _> = known.map(|known| ((known.at, known.workshop), known)).collect();
    in_order.values().rev().cloned().collect()
}

/// The server does not know this key, or not any more.
pub fn forget(workshop: WorkshopId, token: Token) {
    let (key, text) = (key(workshop), token.to_string());
    storage::remove_in_tab(&key);
    storage::remove(&successor_of(workshop, token));
    forget_person(workshop, token);
    forget_notes_of(workshop, &text);
    if storage::get(&key).is_some_and(|kept| kept == text) {
        storage::remove(&key);
        storage::remove(&format!("{ABOUT}{workshop}"));
    }
    for door in storage::keys(DOOR) {
        if storage::get(&door).is_some_and(|kept| kept.ends_with(&text)) {
            storage::remove(&door);
        }
    }
}

fn read(workshop: WorkshopId, kept: &str) -> Option<Known> {
    let mut parts = kept.splitn(3, '|');
    let at = parts.next()?.parse().ok()?;
    let role = Role::of(parts.next()?)?;
    Some(Known { workshop, role, title: parts.next()?.to_owned(), at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_again() {
        let id = WorkshopId::default();
        let read = read(id, "17|lead|協働|推進研修").unwrap();
        assert_eq!((read.role, read.title.as_str(), read.at), (Role::Lead, "協働|推進研修", 17));
        for bad in ["", "17", "17|lead", "x|lead|t", "17|boss|t"] {
            assert_eq!(super::read(id, bad), None, "{bad}");
        }
    }

    #[test]
    fn the_lead_may_most() {
        assert!(Role::Lead > Role::Helper && Role::Helper > Role::Participant && Role::Participant > Role::Observer);
        assert!(Role::Observer > Role::Keeper);
    }
}
