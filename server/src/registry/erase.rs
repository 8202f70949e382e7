//! Erasing while the server runs: rooms of the workshop are closed, its log is rewritten, and everybody comes back to what it is now.

use serde::Serialize;
use shared::docs::roster::Roster;
use shared::docs::workshop::Phase;
use shared::{AnyDoc, DocId, Millis, PersonId, WorkshopId};

use super::Registry;
use crate::erase::{Cause, Doubt, Erased, What, Wish, due, is_by_a_leap};
use crate::log::{Key, LogError};
use crate::room::Gone;

#[cfg(test)]
mod tests;

/// A clock that is so much behind the newest entry was set back, or was ahead before.
const BEHIND_MS: u64 = 24 * 60 * 60 * 1_000;

/// Workshops whose names are due by the clock.
#[derive(Default)]
struct Due {
    due: Vec<WorkshopId>,
    /// Those that are so only because it leapt.
    held: Vec<WorkshopId>,
}

/// Why nothing was erased, or not all of it yet.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotErased {
    /// There is no such workshop.
    #[error("there is no such workshop")]
    NoSuchWorkshop,
    /// There is no such person in it.
    #[error("there is no such person")]
    NoSuchPerson,
    /// The store cannot do it now. Was it written down already, it is done at the next start.
    #[error(transparent)]
    Log(#[from] LogError),
}

/// What is known of the data of a workshop; it names nobody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Data {
    /// People whose names are, or were, on the roster.
    pub people: usize,
    /// When names are erased by themselves, unless something is written meanwhile; never, if none.
    pub names_until: Option<Millis>,
    /// So many days after the end.
    pub days: Option<u16>,
    /// What was erased so far.
    pub erased: Vec<Erased>,
}

impl Registry {
    /// Erases, for good. When it returns, it is done and survives a crash; traces in the files are gone a moment later.
    ///
    /// # Errors
    /// When there is no such workshop or person, or the store cannot do it now.
    pub async fn erase(&self, workshop: WorkshopId, what: What, by: Cause) -> Result<Erased, NotErased> {
        let erasing = self.clone();
        // A task of its own: who asked may go away in the middle, and rooms that opened then would have what is just being erased.
        let done = self.inner.rooms.tasks.spawn(async move { erasing.erase_whole(workshop, what, by).await });
        done.await.unwrap_or(Err(NotErased::Log(LogError::Closed)))
    }

    async fn erase_whole(&self, workshop: WorkshopId, what: What, by: Cause) -> Result<Erased, NotErased> {
        let inner = &self.inner;
        let one = inner.erasing.acquire().await.map_err(|_| LogError::Closed)?;
        if !self.exists(workshop).await.map_err(|Gone| LogError::Closed)? {
            return Err(NotErased::NoSuchWorkshop);
        }
        if let (What::Person(person), Cause::Lead) = (what, by)
            && !self.is_on_roster(workshop, person).await?
        {
            return Err(NotErased::NoSuchPerson);
        }
        if let Some(done) = self.done_already(workshop, what).await? {
            return Ok(done);
        }
        let erased = {
            let _closed = inner.rooms.rest(workshop).await;
            let _directory = match what {
                What::Workshop => Some(inner.rooms.rest(Key::directory().workshop).await),
                What::Names | What::Person(_) => None,
            };
            inner.rooms.log.erase(Wish::now(workshop, what, by)).await?
        };
        tracing::info!(%workshop, ?what, ?by, people = erased.people, "erased");
        drop(one);
        let sweeping = self.clone();
        // Nobody waits for it: the file is written anew, which takes as long as it is large.
        inner.rooms.tasks.spawn(async move { sweeping.sweep().await });
        Ok(erased)
    }

    /// Whether the lead can mean somebody by that number. Whoever has the data folder may mean somebody who is not listed any more.
    async fn is_on_roster(&self, workshop: WorkshopId, person: PersonId) -> Result<bool, LogError> {
        let there = move |roster: &Roster| {
            roster.people.contains_key(&person)
                || roster.guests.contains_key(&person)
                || roster.removed.contains_key(&person)
        };
        self.roster(workshop, there).await.map_err(|Gone| LogError::Closed)
    }

    /// What was erased already, if nothing was written since: to write the file anew once more would help nobody.
    async fn done_already(&self, workshop: WorkshopId, what: What) -> Result<Option<Erased>, LogError> {
        let log = &self.inner.rooms.log;
        let Some(&written) = log.last_written().await?.get(&workshop) else { return Ok(None) };
        let same = |one: &Erased| one.wish.workshop == workshop && one.wish.what == what && one.is_last_of(written);
        Ok(log.erasures().await?.into_iter().rev().find(same))
    }

    /// Leaves no traces of what was erased; what cannot be done now is tried again by [`Registry::erase_due`].
    pub async fn sweep(&self) {
        let Ok(_one) = self.inner.erasing.acquire().await else { return };
        if let Err(why) = self.inner.rooms.log.sweep().await {
            tracing::error!(%why, "traces of what was erased may still be in the data folder; tried again in an hour");
        }
    }

    /// Makes a copy of everything, if something was written since the last one.
    pub async fn back_up(&self, kept: u16) {
        match self.inner.rooms.log.back_up(kept).await {
            Ok(Some(file)) => tracing::info!(file = %file.display(), "a backup was made and read through"),
            Ok(None) => {}
            Err(why) => tracing::error!(%why, "no backup could be made; the older ones are as they were"),
        }
    }

    /// Erases the names of all workshops whose time has come. How many there were. The clock alone is not believed when it leapt
    /// ([`is_by_a_leap`]); an operator who asks is.
    pub async fn erase_due(&self, now: Millis, by: Cause) -> usize {
        let Some(days) = self.inner.limits.names_kept_days else { return 0 };
        let found = self.all_due(now, days).await.unwrap_or_else(|why| {
            tracing::error!(%why, "it cannot be told whose names are to be erased; tried again in an hour");
            Due::default()
        });
        let held = if by == Cause::Clock { Vec::new() } else { found.held };
        let mut done = 0;
        for workshop in found.due.into_iter().chain(held) {
            match self.erase(workshop, What::Names, by).await {
                Ok(_) => done += 1,
                Err(why) => tracing::error!(%workshop, %why, "names could not be erased; tried again in an hour"),
            }
        }
        self.sweep().await;
        done
    }

    /// Why names are not erased by the clock as it is now, if so.
    pub async fn doubt(&self, now: Millis) -> Option<Doubt> {
        let days = self.inner.limits.names_kept_days?;
        let newest = self.inner.rooms.log.last_written().await.ok()?.into_values().map(|written| written.last).max()?;
        if newest.0 > now.0.saturating_add(BEHIND_MS) {
            return Some(Doubt::Behind);
        }
        let held = self.all_due(now, days).await.ok()?.held.len();
        (held > 0).then_some(Doubt::Leapt { held })
    }

    async fn all_due(&self, now: Millis, days: u16) -> Result<Due, LogError> {
        let log = &self.inner.rooms.log;
        let (all, erased) = (log.last_written().await?, log.erasures().await?);
        let mut found = Due::default();
        for (&workshop, &written) in &all {
            let last = written.last;
            let done = |one: &Erased| {
                one.wish.workshop == workshop && one.wish.what == What::Names && one.is_enough_for(written)
            };
            // Whose time has not come even if it had ended is not opened for it.
            if now < due(last, Phase::Ended, days) || erased.iter().any(done) {
                continue;
            }
            if self.phase(workshop).await.is_ok_and(|phase| due(last, phase, days) <= now) {
                let is_held = is_by_a_leap(last, all.values().map(|written| written.last), now);
                if is_held { &mut found.held } else { &mut found.due }.push(workshop);
            }
        }
        Ok(found)
    }

    async fn phase(&self, workshop: WorkshopId) -> Result<Phase, Gone> {
        let phase = |doc: &AnyDoc| match doc {
            AnyDoc::Workshop(workshop) => workshop.model.phase,
            _ => Phase::default(),
        };
        self.room(workshop, DocId::Workshop).inspect(phase).await
    }

    /// What is known of the data of a workshop.
    ///
    /// # Errors
    /// When the store cannot be read now.
    pub async fn data(&self, workshop: WorkshopId) -> Result<Data, LogError> {
        let log = &self.inner.rooms.log;
        let closed = |Gone| LogError::Closed;
        let people = self.roster(workshop, |roster| roster.people.len() + roster.guests.len() + roster.removed.len());
        let people = people.await.map_err(closed)?;
        let phase = self.phase(workshop).await.map_err(closed)?;
        let mut erased = log.erasures().await?;
        erased.retain(|one| one.wish.workshop == workshop);
        let days = self.inner.limits.names_kept_days;
        let written = log.last_written().await?.get(&workshop).copied();
        let is_done = |now| erased.iter().any(|one| one.wish.what == What::Names && one.is_enough_for(now));
        let open = written.filter(|now| !is_done(*now));
        let names_until = open.zip(days).map(|(now, days)| due(now.last, phase, days));
        Ok(Data { people, names_until, days, erased })
    }
}
