//! One device for a table: who writes for somebody lends them a code, and they go on with a phone of their own. The lead lends one to
//! whoever's phone is empty or lost.

use shared::docs::roster::RosterOp;
use shared::ids::TokenHash;
use shared::wire::{Refusal, ServerMessage};
use shared::{AnyDoc, Capability, DocId, JoinCode, Millis, Op, PersonId, Token, WorkshopId};
use tokio::time::Instant;

use super::lent::{GOOD_FOR, Lender, Place};
use super::{Joined, Registry};
use crate::access::{hash, new_code};
use crate::room::Gone;

/// So many codes are tried before the server is called busy: one in a thousand is taken where ten thousand workshops are.
const CODES_TRIED_MAX: u32 = 8;

/// What is behind a code that was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Behind {
    /// The door of a workshop.
    Door(WorkshopId),
    /// The place of somebody who may go on with another phone.
    Place(Place),
}

/// Why the lead gets no code for somebody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotLent {
    Refused(Refusal),
    NoSuchPerson,
}

impl From<Refusal> for NotLent {
    fn from(why: Refusal) -> Self {
        Self::Refused(why)
    }
}

impl Registry {
    /// What a code leads to.
    ///
    /// # Errors
    /// When it leads nowhere, or the server cannot read its store now.
    pub(crate) async fn behind(&self, code: JoinCode) -> Result<Behind, Refusal> {
        match self.find(code).await {
            Ok(workshop) => Ok(Behind::Door(workshop)),
            Err(Refusal::NoSuchCode) => {
                self.inner.lents.find(code, Instant::now()).map(Behind::Place).ok_or(Refusal::NoSuchCode)
            }
            Err(why) => Err(why),
        }
    }

    /// Gives the holder of a participant's token a code with which that participant goes on with another phone.
    ///
    /// # Errors
    /// When the token is no participant's, or no code is to be had now.
    pub(crate) async fn lend(&self, workshop: WorkshopId, token: &Token) -> Result<ServerMessage, Refusal> {
        let (Capability::Participant(person), _) = self.capability(workshop, token).await? else {
            return Err(Refusal::NoSuchKey);
        };
        let (code, until) = self.code_for(Place { workshop, person }, Lender::Own(hash(token))).await?;
        Ok(ServerMessage::Lent { code, until })
    }

    /// Gives the lead a code with which this person goes on with another phone. The code, and until when it is good.
    ///
    /// # Errors
    /// When the token is not the lead's, there is no such person here, or no code is to be had now.
    pub(crate) async fn lend_for(
        &self,
        workshop: WorkshopId,
        token: &Token,
        person: PersonId,
    ) -> Result<(JoinCode, Millis), NotLent> {
        let (Capability::Lead, _) = self.capability(workshop, token).await? else {
            return Err(Refusal::NoSuchKey.into());
        };
        let is_here = self.roster(workshop, move |roster| roster.people.contains_key(&person)).await;
        if !is_here.map_err(|Gone| Refusal::Busy)? {
            return Err(NotLent::NoSuchPerson);
        }
        Ok(self.code_for(Place { workshop, person }, Lender::Lead(hash(token))).await?)
    }

    async fn code_for(&self, place: Place, lender: Lender) -> Result<(JoinCode, Millis), Refusal> {
        for _ in 0..CODES_TRIED_MAX {
            let code = new_code().map_err(|_| Refusal::Busy)?;
            let free = self.find(code).await == Err(Refusal::NoSuchCode);
            if free && self.inner.lents.lend(code, place, lender, Instant::now()) {
                let good_for_ms = u64::try_from(GOOD_FOR.as_millis()).unwrap_or(0);
                return Ok((code, Millis(self.clock().now().0.saturating_add(good_for_ms))));
            }
        }
        Err(Refusal::Busy)
    }

    /// Whether it is still the lead's key.
    async fn is_the_leads(&self, workshop: WorkshopId, key: TokenHash) -> Result<bool, Refusal> {
        let is_theirs = move |doc: &AnyDoc| match doc {
            AnyDoc::Doors(doors) => {
                !doors.model.replaced.contains_key(&key) && doors.model.grants.get(&key) == Some(&Capability::Lead)
            }
            _ => false,
        };
        self.room(workshop, DocId::Doors).inspect(is_theirs).await.map_err(|Gone| Refusal::Busy)
    }

    /// Whose place it is, for who has the code.
    pub(crate) async fn place(&self, place: Place) -> Result<ServerMessage, Refusal> {
        let Place { workshop, person } = place;
        let seat = self.roster(workshop, move |roster| roster.people.get(&person).map(|p| (p.name.clone(), p.group)));
        let (name, group) = seat.await.map_err(|Gone| Refusal::Busy)?.ok_or(Refusal::NoSuchCode)?;
        let about = |doc: &AnyDoc| match doc {
            AnyDoc::Workshop(doc) => Some((doc.model.title.clone(), doc.model.language)),
            _ => None,
        };
        let about = self.room(workshop, DocId::Workshop).inspect(about).await.ok().flatten();
        let (title, language) = about.ok_or(Refusal::Busy)?;
        Ok(ServerMessage::Place { workshop, title, language, group, name })
    }

    /// Somebody goes on with another phone: its token is theirs from now on, and no other. Who asks again is who they are.
    ///
    /// # Errors
    /// When the code is not good any more, or there is no such workshop.
    pub(crate) async fn take_over(
        &self,
        workshop: WorkshopId,
        code: JoinCode,
        token: Token,
    ) -> Result<Joined, Refusal> {
        self.facts_now(workshop).await?;
        let key = hash(&token);
        if let Some(joined) = self.joined(workshop, key).await? {
            return Ok(joined);
        }
        // Kept for this key before it is used: of two phones with one code one gets the place.
        let (place, lender) =
            self.inner.lents.reserve(code, workshop, key, Instant::now()).ok_or(Refusal::NoSuchCode)?;
        if let Lender::Lead(lead) = lender
            && !self.is_the_leads(workshop, lead).await?
        {
            return Err(Refusal::NoSuchCode);
        }
        let still_theirs = move |doc: &AnyDoc| {
            let AnyDoc::Roster(roster) = doc else { return None };
            let theirs = match lender {
                // Who lent it may have been taken over themselves meanwhile: then it is not theirs to lend any more.
                Lender::Own(own) => roster.model.keys.get(&own) == Some(&place.person),
                Lender::Lead(_) => roster.model.people.contains_key(&place.person),
            };
            theirs.then_some(Op::Roster(RosterOp::TakeOver { person: place.person, key }))
        };
        // Whether it was stored is not known when the room is gone: the phone asks again, with the same token.
        let _decided = self.room(workshop, DocId::Roster).decide(still_theirs).await.map_err(|Gone| Refusal::Busy)?;
        self.inner.lents.used(code, Instant::now());
        self.joined(workshop, key).await?.ok_or(Refusal::NoSuchCode)
    }
}
