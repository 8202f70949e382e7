//! Links and the code are replaced: what somebody has who should not have it opens nothing any more. One entry does each, so a
//! crash leaves all of it done or nothing; the rest follows from the entry (`room/effects`).

use shared::docs::directory::DirectoryOp;
use shared::docs::doors::{Doors, DoorsOp, Link};
use shared::ids::TokenHash;
use shared::wire::{Refusal, Renew};
use shared::{AnyDoc, Capability, DocId, Op, Reject, Token, WorkshopId};

use super::Registry;
use crate::access::{Keys, hash, new_code, new_token, secret_is_leads};
use crate::log::Key;
use crate::room::{Decided, Gone, bring_code};

/// So many codes are tried before the server is called busy: with all workshops that it keeps, one in a thousand is taken.
const CODES_TRIED_MAX: u32 = 8;

/// Another key for the lead, and those that follow from it.
fn lead_op(doors: &Doors, lead: Token, keep: TokenHash) -> Op {
    let Keys { lead, helper, observer } = Keys::of(lead);
    let [lead, helper, observer] = [lead, helper, observer].map(|key| hash(&key));
    let keep = secret_is_leads(doors).then_some(keep);
    Op::Doors(DoorsOp::RenewLead { lead, helper, observer, keep })
}

impl Registry {
    /// Replaces what the holder of the lead's key wants replaced.
    ///
    /// # Errors
    /// When the key is not the lead's (any more), or it cannot be stored now.
    pub async fn renew(&self, workshop: WorkshopId, key: &Token, what: Renew) -> Result<(), Refusal> {
        match what {
            Renew::Lead(next) => self.renew_lead(workshop, Some(key), next).await?,
            Renew::Link(link) => self.renew_link(workshop, key, link).await?,
            Renew::Keep => self.renew_keep(workshop, key).await?,
            Renew::Code => self.renew_code(workshop, key).await?,
        }
        // Which workshop and what, and never a key.
        tracing::info!(%workshop, what = word(what), "replaced by the lead");
        Ok(())
    }

    /// Gives the lead another key, for who owns the data folder and needs none.
    ///
    /// # Errors
    /// When there is no such workshop, or it cannot be stored now.
    pub async fn renew_lead_as_owner(&self, workshop: WorkshopId, next: Token) -> Result<(), Refusal> {
        self.renew_lead(workshop, None, next).await?;
        tracing::info!(%workshop, what = "lead", "replaced by the owner of the data");
        Ok(())
    }

    async fn renew_lead(&self, workshop: WorkshopId, key: Option<&Token>, next: Token) -> Result<(), Refusal> {
        self.facts_now(workshop).await?;
        let (now, new) = (key.map(hash), hash(&next));
        let keep = hash(&new_token().map_err(|_| Refusal::Busy)?);
        let decide = move |doors: &Doors| {
            let may = now.is_none_or(|now| doors.grants.get(&now) == Some(&Capability::Lead));
            may.then(|| lead_op(doors, next, keep))
        };
        match self.decide_on_doors(workshop, decide).await? {
            Decided::Stored(_) => Ok(()),
            // Whoever asks again, because the answer was lost, has the new key and no longer the old one.
            _ => match self.grant(workshop, new).await? {
                Some(Capability::Lead) => Ok(()),
                _ => Err(self.why_not(workshop, key).await),
            },
        }
    }

    async fn renew_link(&self, workshop: WorkshopId, key: &Token, link: Link) -> Result<(), Refusal> {
        let (lead, now) = (*key, hash(key));
        let decide = move |doors: &Doors| {
            doors.grants.get(&now).filter(|capability| **capability == Capability::Lead)?;
            let (helpers, observers) = (doors.helper_links, doors.observer_links);
            let key = match link {
                Link::Helper => Keys::after(lead, helpers.saturating_add(1), observers).helper,
                Link::Observer => Keys::after(lead, helpers, observers.saturating_add(1)).observer,
            };
            Some(Op::Doors(DoorsOp::RenewLink { link, key: hash(&key) }))
        };
        self.done(workshop, key, decide).await
    }

    async fn renew_keep(&self, workshop: WorkshopId, key: &Token) -> Result<(), Refusal> {
        let (now, secret) = (hash(key), hash(&new_token().map_err(|_| Refusal::Busy)?));
        let decide = move |doors: &Doors| {
            let may = doors.grants.get(&now) == Some(&Capability::Lead);
            may.then_some(Op::Doors(DoorsOp::RenewKeep { secret }))
        };
        self.done(workshop, key, decide).await
    }

    async fn renew_code(&self, workshop: WorkshopId, key: &Token) -> Result<(), Refusal> {
        let (Capability::Lead, _) = self.capability(workshop, key).await? else { return Err(Refusal::NoSuchKey) };
        let directory = self.inner.rooms.open(Key::directory());
        for _ in 0..CODES_TRIED_MAX {
            let code = new_code().map_err(|_| Refusal::Busy)?;
            let renew = Op::Directory(DirectoryOp::Renew { code, workshop });
            match directory.decide(move |_| Some(renew)).await.map_err(|Gone| Refusal::Busy)? {
                Decided::Rejected(Reject::IdTaken) => {}
                Decided::Stored(_) => {
                    return bring_code(workshop, &self.inner.rooms).await.map_err(|Gone| Refusal::Busy);
                }
                _ => return Err(Refusal::NoSuchWorkshop),
            }
        }
        Err(Refusal::Busy)
    }

    async fn decide_on_doors(
        &self,
        workshop: WorkshopId,
        decide: impl FnOnce(&Doors) -> Option<Op> + Send + 'static,
    ) -> Result<Decided, Refusal> {
        let on_doors = move |doc: &AnyDoc| match doc {
            AnyDoc::Doors(doors) => decide(&doors.model),
            _ => None,
        };
        self.room(workshop, DocId::Doors).decide(on_doors).await.map_err(|Gone| Refusal::Busy)
    }

    async fn done(
        &self,
        workshop: WorkshopId,
        key: &Token,
        decide: impl FnOnce(&Doors) -> Option<Op> + Send + 'static,
    ) -> Result<(), Refusal> {
        self.facts_now(workshop).await?;
        match self.decide_on_doors(workshop, decide).await? {
            Decided::Stored(_) => Ok(()),
            Decided::Known | Decided::Nothing | Decided::Rejected(_) => Err(self.why_not(workshop, Some(key)).await),
        }
    }

    /// Why somebody with this key replaces nothing.
    async fn why_not(&self, workshop: WorkshopId, key: Option<&Token>) -> Refusal {
        let Some(key) = key else { return Refusal::Busy };
        self.capability(workshop, key).await.err().unwrap_or(Refusal::NoSuchKey)
    }

    async fn grant(&self, workshop: WorkshopId, key: TokenHash) -> Result<Option<Capability>, Refusal> {
        let granted = move |doc: &AnyDoc| match doc {
            AnyDoc::Doors(doors) => doors.model.grants.get(&key).copied(),
            _ => None,
        };
        self.room(workshop, DocId::Doors).inspect(granted).await.map_err(|Gone| Refusal::Busy)
    }
}

const fn word(what: Renew) -> &'static str {
    match what {
        Renew::Lead(_) => "lead",
        Renew::Link(Link::Helper) => "helper",
        Renew::Link(Link::Observer) => "observer",
        Renew::Keep => "keep",
        Renew::Code => "code",
    }
}
