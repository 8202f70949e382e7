//! At the door: what is behind a code, and what a token allows.

use shared::docs::roster::Roster;
use shared::docs::workshop::{Door, Phase};
use shared::wire::{Refusal, ServerMessage, Table};
use shared::{AnyDoc, Capability, DocId, GroupId, JoinCode, Token, WorkshopId};
use tokio::sync::watch;

use super::Registry;
use crate::access::hash;
use crate::log::Key;
use crate::room::{Facts, Gone};

impl Registry {
    /// The workshop that a code leads to.
    ///
    /// # Errors
    /// When it leads nowhere, or the server cannot read its store now. A page forgets what is not there, so the one is
    /// never said for the other.
    pub async fn find(&self, code: JoinCode) -> Result<WorkshopId, Refusal> {
        let leads_to = move |doc: &AnyDoc| {
            let AnyDoc::Directory(directory) = doc else { return Err(Refusal::NoSuchCode) };
            let was = directory.model.replaced.contains_key(&code);
            let no = if was { Refusal::CodeReplaced } else { Refusal::NoSuchCode };
            directory.model.codes.get(&code).copied().ok_or(no)
        };
        let found = self.inner.rooms.open(Key::directory()).inspect(leads_to).await.map_err(|Gone| Refusal::Busy)?;
        let workshop = found?;
        match self.facts_now(workshop).await {
            Err(Refusal::NoSuchWorkshop) => Err(Refusal::NoSuchCode),
            facts => facts.map(|_| workshop),
        }
    }

    /// What the holder of a token may here, and where they sit.
    ///
    /// # Errors
    /// When there is no such workshop, the token opens nothing there, or the server cannot read its store now.
    pub async fn capability(
        &self,
        workshop: WorkshopId,
        token: &Token,
    ) -> Result<(Capability, Option<GroupId>), Refusal> {
        self.made_here(workshop).await?;
        let key = hash(token);
        let granted = move |doc: &AnyDoc| match doc {
            AnyDoc::Doors(doors) if doors.model.replaced.contains_key(&key) => Err(Refusal::LinkReplaced),
            AnyDoc::Doors(doors) => Ok(doors.model.grants.get(&key).copied()),
            _ => Ok(None),
        };
        let doors = self.room(workshop, DocId::Doors);
        if let Some(capability) = doors.inspect(granted).await.map_err(|Gone| Refusal::Busy)?? {
            return Ok((capability, None));
        }
        let seat = move |roster: &Roster| {
            let Some(person) = roster.keys.get(&key).copied() else {
                return if roster.former.contains(&key) { Err(Refusal::TakenOver) } else { Ok(None) };
            };
            match roster.people.get(&person) {
                Some(one) => Ok(Some((Capability::Participant(person), Some(one.group)))),
                None if roster.removed.contains_key(&person) => Err(Refusal::Removed),
                None => Ok(None),
            }
        };
        if let Some(found) = self.roster(workshop, seat).await.map_err(|Gone| Refusal::Busy)?? {
            return Ok(found);
        }
        self.keeper(workshop, key).await?.ok_or(Refusal::NoSuchKey)
    }

    /// What somebody sees who has only the code.
    ///
    /// # Errors
    /// When the code leads nowhere, the door is closed, or the server cannot read its store now.
    pub(crate) async fn door(&self, code: JoinCode) -> Result<ServerMessage, Refusal> {
        let workshop = self.find(code).await?;
        let facts = self.facts_now(workshop).await?;
        // Who comes after the end is told that, whatever the door is.
        if facts.door == Door::Closed && facts.phase != Phase::Ended {
            return Err(Refusal::DoorClosed);
        }
        let taken = |roster: &Roster| {
            let mut taken = std::collections::BTreeMap::<GroupId, u16>::new();
            roster.people.values().for_each(|person| *taken.entry(person.group).or_default() += 1);
            taken
        };
        let taken = self.roster(workshop, taken).await.map_err(|Gone| Refusal::Busy)?;
        let door = move |doc: &AnyDoc| {
            let AnyDoc::Workshop(doc) = doc else { return None };
            let shown = &doc.model;
            let table = |group: &shared::docs::workshop::Group| Table {
                group: group.id,
                name: group.name.clone(),
                taken: taken.get(&group.id).copied().unwrap_or(0),
                seats: shown.seats,
            };
            Some(ServerMessage::Door {
                workshop,
                title: shown.title.clone(),
                goal: shown.goal.clone(),
                language: shown.language,
                phase: shown.phase,
                tables: shown.groups.iter().map(table).collect(),
            })
        };
        self.room(workshop, DocId::Workshop).inspect(door).await.ok().flatten().ok_or(Refusal::Busy)
    }

    /// The facts of a workshop that was made here, now and whenever they change.
    pub(crate) async fn facts(&self, workshop: WorkshopId) -> Result<watch::Receiver<Facts>, Refusal> {
        self.made_here(workshop).await?;
        let facts = self.room(workshop, DocId::Workshop).facts().await.map_err(|Gone| Refusal::Busy)?;
        // A workshop without groups is one whose making was interrupted.
        if facts.borrow().groups == 0 { Err(Refusal::NoSuchWorkshop) } else { Ok(facts) }
    }

    async fn made_here(&self, workshop: WorkshopId) -> Result<(), Refusal> {
        match self.exists(workshop).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Refusal::NoSuchWorkshop),
            Err(Gone) => Err(Refusal::Busy),
        }
    }

    pub(super) async fn facts_now(&self, workshop: WorkshopId) -> Result<Facts, Refusal> {
        self.facts(workshop).await.map(|facts| facts.borrow().clone())
    }

    pub(super) async fn roster<T: Send + 'static>(
        &self,
        workshop: WorkshopId,
        read: impl FnOnce(&Roster) -> T + Send + 'static,
    ) -> Result<T, Gone> {
        let read = move |doc: &AnyDoc| match doc {
            AnyDoc::Roster(roster) => Some(read(&roster.model)),
            _ => None,
        };
        self.room(workshop, DocId::Roster).inspect(read).await?.ok_or(Gone)
    }
}
