//! It is over on this phone for somebody: whose words it still has, and what of them goes once they were seen.

use shared::PersonId;
use shared::access::{By, Capability};

use super::{Writers, forget, key, silent_key, silent_people};
use crate::platform::storage;
use crate::store::keyring;
use crate::store::left;
use crate::store::outbox::Outbox;
use crate::store::own::Own;

/// What is in this page and on the phone is told once.
fn add(words: &mut Vec<String>, more: Vec<String>) {
    for one in more {
        if !words.contains(&one) {
            words.push(one);
        }
    }
}

impl Writers {
    /// Who this phone's owner is, also when the server does not say it any more.
    pub fn whose(self) -> Own {
        let Some(token) = self.own.token() else { return Own::Nobody };
        let now = self.own.me().get_untracked().and_then(|me| match me.capability {
            Capability::Participant(person) => Some(person),
            _ => None,
        });
        let said = now.or_else(|| keyring::person(self.workshop, token));
        let mut others = self.written_for();
        others.extend(keyring::people_besides(self.workshop, token));
        Own::of(keyring::came(self.workshop, token), said, &Outbox::people(self.workshop), &others)
    }

    fn written_for(self) -> Vec<PersonId> {
        self.others.with_untracked(|all| all.iter().map(|one| one.person).collect())
    }

    /// Words of somebody that are not saved, and what they have begun to write in silence.
    pub fn words_of(self, person: PersonId) -> Vec<String> {
        let open = self.sessions.with_untracked(|all| all.iter().find(|(of, _)| *of == person).map(|(_, open)| *open));
        let session = if self.whose().person() == Some(person) { Some(self.own) } else { open };
        let mut words = match session {
            Some(session) => session.unsaved_words(By::Person(person)),
            None => left::words_of(self.workshop, By::Person(person), &[], Vec::new()),
        };
        // How names were to be is told before the words.
        if let Some((_, begun)) =
            storage::get(&silent_key(self.workshop, person)).as_deref().and_then(|s| s.split_once(' '))
        {
            words.push(begun.to_owned());
        }
        words
    }

    fn words_of_all(self, people: &[PersonId], words: &mut Vec<String>) {
        people.iter().for_each(|person| add(words, self.words_of(*person)));
    }

    /// The owner's words that are not saved; those of who leads or helps, where that is what the phone is for.
    pub fn own_words(self) -> Vec<String> {
        if let Some(person) = self.whose().person() {
            return self.words_of(person);
        }
        let mut words = self.own.unsaved_words(By::Lead);
        add(&mut words, self.own.unsaved_words(By::Helper));
        words
    }

    /// The owner's, and those of everybody for whom the owner writes.
    pub fn words_here(self) -> Vec<String> {
        let mut words = self.own_words();
        self.words_of_all(&self.written_for(), &mut words);
        words
    }

    /// Those of other people who use the same phone, by another name.
    pub fn words_of_others(self) -> Vec<String> {
        let mut words = Vec::new();
        self.words_of_all(&self.others_here(), &mut words);
        words
    }

    fn others_here(self) -> Vec<PersonId> {
        let (own, others) = (self.whose().person(), self.written_for());
        let mut people = Outbox::people(self.workshop);
        people.extend(silent_people(self.workshop));
        people.retain(|person| Some(*person) != own && !others.contains(person));
        people
    }

    /// The owner cannot go on here: nothing more of theirs is kept. What others have on this phone stays, and so does what cannot be told
    /// whose it is.
    pub fn forget_own(self) {
        if let Own::Known(person) = self.whose() {
            self.forget_words(person);
        }
        if let Some(token) = self.own.token() {
            keyring::forget(self.workshop, token);
        }
        self.own.close();
    }

    /// The workshop is no more, and nobody can go on: what [`Self::words_here`] told goes. What others have here stays, with the key that
    /// leads to it.
    pub fn forget_here(self) {
        let mut people = self.written_for();
        people.extend(self.whose().person());
        for person in people {
            self.forget_words(person);
            storage::remove(&key(self.workshop, person));
        }
        Outbox::new(self.workshop, By::Lead).clear();
        Outbox::new(self.workshop, By::Helper).clear();
    }

    /// The same, and the others have seen theirs: nothing is left of it.
    pub fn forget_all(self) {
        self.others_here().into_iter().for_each(|person| self.forget_words(person));
        self.forget_here();
        self.forget_own();
        forget(self.workshop);
        self.sessions.with_untracked(|all| all.iter().for_each(|(_, session)| session.close()));
    }

    pub(super) fn forget_words(self, person: PersonId) {
        storage::remove(&silent_key(self.workshop, person));
        Outbox::new(self.workshop, By::Person(person)).clear();
    }
}
