//! Everybody in whose name this phone writes: its owner, and people at the table who have no phone. Each of them has a key and a
//! session of their own, exactly as if they had a phone: nothing else here, and nothing on the server, knows the difference.

use shared::access::By;
use shared::wire::{ClientMessage, Refusal, ServerMessage};
use shared::{GroupId, JoinCode, Millis, PersonId, Token, WorkshopId};

use super::Session;
use super::errand::Errand;
use super::keyring;
use super::outbox::Outbox;
use crate::platform::storage::Kept;
use crate::platform::{random, storage};
use crate::reactive::*;

mod leaving;

/// Somebody for whom this phone writes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Writer {
    /// Who.
    pub person: PersonId,
    /// Their name, as it was given.
    pub name: String,
    token: Token,
}

impl Writer {
    /// Their key.
    pub const fn token(&self) -> Token {
        self.token
    }
}

/// How adding somebody goes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Adding {
    /// Nobody is being added.
    #[default]
    Nobody,
    /// The server was asked, or will be as soon as it can be reached.
    Asked,
    /// This one is there; and whether this phone remembers.
    Added(String, Kept),
    /// There is no place for them.
    Refused(Refusal),
}

/// A code with which somebody goes on with a phone of their own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lent {
    /// Good until then, by the server's clock.
    Code(JoinCode, Millis),
    /// There is none.
    Refused(Refusal),
}

/// A handle on all of them. Sessions close with the owner it was begun under.
#[derive(Clone, Copy)]
pub struct Writers {
    workshop: WorkshopId,
    own: Session,
    others: RwSignal<Vec<Writer>>,
    now: RwSignal<Option<PersonId>>,
    sessions: RwSignal<Vec<(PersonId, Session)>>,
    adding: RwSignal<Adding>,
    errands: StoredValue<Vec<Errand>>,
    owner: StoredValue<Owner>,
}

fn prefix(workshop: WorkshopId) -> String {
    format!("naze.for.{workshop}.")
}

fn key(workshop: WorkshopId, person: PersonId) -> String {
    format!("{}{:010}", prefix(workshop), person.0)
}

fn key_of_now(workshop: WorkshopId) -> String {
    format!("naze.as.{workshop}")
}

/// Who is being added: each with a key of their own, which is theirs from then on.
fn prefix_of_new(workshop: WorkshopId) -> String {
    format!("naze.for-new.{workshop}.")
}

fn read(kept: &str, person: PersonId) -> Option<Writer> {
    let (token, name) = kept.split_once(' ')?;
    Some(Writer { person, name: name.to_owned(), token: token.parse().ok()? })
}

fn kept(workshop: WorkshopId) -> Vec<Writer> {
    let prefix = prefix(workshop);
    let one = |key: &String| read(&storage::get(key)?, PersonId(key.strip_prefix(&prefix)?.parse().ok()?));
    storage::keys(&prefix).iter().filter_map(one).collect()
}

fn silent_prefix(workshop: WorkshopId) -> String {
    format!("naze.silent.{workshop}.")
}

/// Where this phone keeps what somebody has begun to write in silence, and has not put down.
pub fn silent_key(workshop: WorkshopId, person: PersonId) -> String {
    let mut key = silent_prefix(workshop);
    key.push_str(&person.0.to_string());
    key
}

/// Who has begun to write something in silence here.
fn silent_people(workshop: WorkshopId) -> impl Iterator<Item = PersonId> {
    let prefix = silent_prefix(workshop);
    let person = move |key: String| key.strip_prefix(&prefix)?.parse().ok().map(PersonId);
    storage::keys(&silent_prefix(workshop)).into_iter().filter_map(person)
}

/// The workshop is no more: neither are names and keys of those for whom this phone wrote, nor anybody's key to it.
fn forget(workshop: WorkshopId) {
    for key in [prefix(workshop), prefix_of_new(workshop), silent_prefix(workshop)]
        .iter()
        .flat_map(|prefix| storage::keys(prefix))
    {
        storage::remove(&key);
    }
    keyring::forget_workshop(workshop);
    storage::remove_in_tab(&key_of_now(workshop));
}

/// Whether somebody's key is good for nothing any more.
pub const fn is_over(why: Refusal) -> bool {
    matches!(why, Refusal::NoSuchKey | Refusal::TakenOver)
}

/// Everybody in whose name this page writes.
pub fn use_writers() -> Writers {
    expect_context()
}

impl Writers {
    /// Opens the owner's own session, and those of others of whom something is not saved yet.
    pub fn begin(workshop: WorkshopId, token: Token) -> Self {
        let others = kept(workshop);
        let now = storage::in_tab(&key_of_now(workshop)).and_then(|kept| kept.parse().ok().map(PersonId));
        let now = now.filter(|now| others.iter().any(|writer| writer.person == *now));
        let writers = Self {
            workshop,
            own: Session::open(workshop, token),
            others: RwSignal::new(others.clone()),
            now: RwSignal::new(now),
            sessions: RwSignal::default(),
            adding: RwSignal::default(),
            errands: StoredValue::new(Vec::new()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        for writer in others {
            if !Outbox::new(workshop, By::Person(writer.person)).all().is_empty() {
                writers.open(writer.person);
            }
        }
        for key in storage::keys(&prefix_of_new(workshop)) {
            writers.go_on_adding(key);
        }
        writers
    }

    /// Those who have no phone; tracked.
    pub fn others(self) -> Vec<Writer> {
        self.others.get()
    }

    /// In whose name this page writes now, if not in its owner's; tracked.
    pub fn now(self) -> Option<Writer> {
        let now = self.now.get()?;
        self.others.with(|others| others.iter().find(|writer| writer.person == now).cloned())
    }

    /// Their session; tracked.
    pub fn session(self) -> Session {
        match self.now.get() {
            Some(person) => self.open(person).unwrap_or(self.own),
            None => self.own,
        }
    }

    /// The sessions that are open and not shown; tracked.
    pub fn aside(self) -> Vec<Session> {
        let now = self.now.get();
        let gone: Vec<PersonId> = self.gone().into_iter().map(|(writer, _)| writer.person).collect();
        let shown = |person: &PersonId| Some(*person) != now && !gone.contains(person);
        let all = self.sessions.get().into_iter().filter(|(person, _)| shown(person));
        all.map(|(_, session)| session).chain(now.map(|_| self.own)).collect()
    }

    /// Those whose keys are good for nothing any more, and why, while this page shows something else; tracked.
    pub fn gone(self) -> Vec<(Writer, Refusal)> {
        let (now, others) = (self.now.get(), self.others.get());
        let gone = self.sessions.get().into_iter().filter_map(|(person, session)| {
            let why = session.refused().get().filter(|why| is_over(*why) && Some(person) != now)?;
            Some((others.iter().find(|writer| writer.person == person)?.clone(), why))
        });
        gone.collect()
    }

    fn open(self, person: PersonId) -> Option<Session> {
        let known = self.sessions.with_untracked(|all| all.iter().find(|(of, _)| *of == person).map(|(_, s)| *s));
        if known.is_some() {
            return known;
        }
        let token = self.others.with_untracked(|all| all.iter().find(|of| of.person == person).map(|of| of.token))?;
        let session = self.owner.try_get_value()?.with(|| Session::open(self.workshop, token));
        self.sessions.update(|all| all.push((person, session)));
        Some(session)
    }

    /// From now on this page writes in the name of this person; of its owner, for none.
    pub fn write_as(self, person: Option<PersonId>) {
        let key = key_of_now(self.workshop);
        match person {
            Some(person) => storage::set_in_tab(&key, &person.0.to_string()),
            None => storage::remove_in_tab(&key),
        }
        person.and_then(|person| self.open(person));
        self.now.set(person);
    }

    /// Somebody goes on with a phone of their own: this one writes for them no more.
    pub fn let_go(self, person: PersonId) {
        storage::remove(&key(self.workshop, person));
        self.forget_words(person);
        if self.now.get_untracked() == Some(person) {
            self.write_as(None);
        }
        self.others.update(|others| {
            others
                .iter()
                .filter(|of| of.person == person)
                .for_each(|of| keyring::forget_person(self.workshop, of.token));
            others.retain(|writer| writer.person != person);
        });
        let session = self.sessions.with_untracked(|all| all.iter().find(|(of, _)| *of == person).map(|(_, s)| *s));
        self.sessions.update(|all| all.retain(|(of, _)| *of != person));
        if let Some(session) = session {
            session.close();
        }
    }

    /// How adding somebody goes; tracked.
    pub fn adding(self) -> Adding {
        self.adding.get()
    }

    /// What was said about the last one is not said again.
    pub fn begin_adding(self) {
        self.adding.update(|adding| {
            if *adding != Adding::Asked {
                *adding = Adding::Nobody;
            }
        });
    }

    /// Seats somebody who has no phone at this table. The key is kept before it is sent: asking twice is joining once.
    pub fn add(self, name: &str, code: JoinCode, group: GroupId) {
        let key = format!("{}{}", prefix_of_new(self.workshop), random::token());
        storage::set(&key, &format!("{code} {} {name}", group.0));
        self.go_on_adding(key);
    }

    fn go_on_adding(self, key: String) {
        let kept = storage::get(&key).unwrap_or_default();
        let token = key.strip_prefix(&prefix_of_new(self.workshop)).unwrap_or_default().parse::<Token>();
        let mut parts = kept.splitn(3, ' ');
        let mut next = || parts.next().unwrap_or_default();
        let (Ok(token), Ok(code), Ok(group)) = (token, next().parse(), next().parse()) else {
            return storage::remove(&key);
        };
        let name = next().to_owned();
        let question = ClientMessage::Join { code, token, name: name.clone(), group: Some(GroupId(group)) };
        self.adding.set(Adding::Asked);
        let answered = move |answer| self.added(token, &name, answer);
        let errand = Errand::ask(question, Box::new(answered));
        self.errands.try_update_value(|errands| errands.push(errand));
    }

    fn added(self, token: Token, name: &str, answer: Result<ServerMessage, Refusal>) {
        let new = format!("{}{token}", prefix_of_new(self.workshop));
        match answer {
            Ok(ServerMessage::Joined { person, .. }) => {
                let kept = storage::set(&key(self.workshop, person), &format!("{token} {name}"));
                self.others.update(|others| others.push(Writer { person, name: name.to_owned(), token }));
                self.adding.try_set(Adding::Added(name.to_owned(), kept));
            }
            Ok(_) => {
                self.adding.try_set(Adding::Nobody);
            }
            Err(why) => {
                self.adding.try_set(Adding::Refused(why));
            }
        }
        storage::remove(&new);
    }

    /// Asks for a code with which the holder of this key goes on with another phone. The question is taken back when the answer is
    /// dropped.
    pub fn lend(self, token: Token, answered: impl Fn(Lent) + 'static) -> Errand {
        let workshop = self.workshop;
        let question = ClientMessage::Lend { workshop, token };
        let answered = move |answer| match answer {
            Ok(ServerMessage::Lent { code, until }) => answered(Lent::Code(code, until)),
            Ok(_) => answered(Lent::Refused(Refusal::Busy)),
            Err(why) => answered(Lent::Refused(why)),
        };
        Errand::ask(question, Box::new(answered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_kept_is_read_again() {
        let (token, person) = (random_token(), PersonId(7));
        let again = |kept: &str| read(kept, person);
        let kept = again(&format!("{token} 山田 太郎")).unwrap();
        assert_eq!((kept.name.as_str(), kept.token, kept.person), ("山田 太郎", token, person));
        assert_eq!((again(""), again("x 山田"), again("7")), (None, None, None));
    }

    fn random_token() -> Token {
        Token::of([7; 16])
    }

    #[test]
    fn keys_of_people_are_told_from_one_who_is_being_added() {
        let workshop = WorkshopId::default();
        assert!(!prefix_of_new(workshop).starts_with(&prefix(workshop)));
        assert!(key(workshop, PersonId(9)) < key(workshop, PersonId(10)), "in the order in which they came");
    }
}
