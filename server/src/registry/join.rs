//! Somebody joins, or is seated elsewhere. Where they sit is decided inside the roster's room, so two never take one seat.

use shared::docs::roster::{Hold, Roster, RosterOp};
use shared::docs::workshop::{Door, Phase};
use shared::ids::TokenHash;
use shared::text::{is_fair_name, tidy_name};
use shared::wire::Refusal;
use shared::{AnyDoc, DocId, GroupId, Op, PersonId, Reject, Token, WorkshopId};

use super::{Registry, names};
use crate::access::hash;
use crate::memory::Room;
use crate::room::{Decided, Gone};

/// Somebody who is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Joined {
    /// As whom.
    pub person: PersonId,
    /// Where they sit.
    pub group: GroupId,
}

impl Registry {
    /// Seats somebody in the group of their choice, or where a seat is kept for who is expected under this name, or where it
    /// stays mixed. Who comes again with the same token is the same person, and stays where they are.
    ///
    /// # Errors
    /// When there is no seat, no name, no such workshop, or it is over.
    pub async fn join(
        &self,
        workshop: WorkshopId,
        token: Token,
        name: &str,
        group: Option<GroupId>,
    ) -> Result<Joined, Refusal> {
        let facts = self.facts_now(workshop).await?;
        let key = hash(&token);
        if let Some(joined) = self.joined(workshop, key).await? {
            return Ok(joined);
        }
        if facts.phase == Phase::Ended {
            return Err(Refusal::Ended);
        }
        if self.memory() >= Room::Full {
            return Err(Refusal::ServerFull);
        }
        if facts.door == Door::Closed {
            return Err(Refusal::DoorClosed);
        }
        let name = tidy_name(name);
        if !is_fair_name(&name) {
            return Err(Refusal::BadName);
        }
        if let Some(group) = group.filter(|chosen| facts.groups().all(|group| group != *chosen)) {
            return Err(Refusal::GroupFull(group));
        }
        let seat = move |doc: &AnyDoc| {
            let AnyDoc::Roster(roster) = doc else { return None };
            if roster.model.keys.contains_key(&key) {
                return None;
            }
            let (roster, seats) = (&roster.model, facts.seats);
            let expected = roster.expected(&name);
            let fixed = expected.and_then(|id| roster.guests.get(&id)).is_some_and(|one| one.about.hold == Hold::Fixed);
            let group = group.filter(|_| !fixed).or_else(|| roster.seat_for(expected, facts.groups, seats))?;
            Some(Op::Roster(match expected {
                Some(person) => RosterOp::Arrive { person, key, group, seats },
                None => RosterOp::Join {
                    key,
                    name: names::apart(roster, group, &name),
                    section: String::new(),
                    group,
                    seats,
                },
            }))
        };
        match self.room(workshop, DocId::Roster).decide(seat).await.map_err(|Gone| Refusal::Busy)? {
            Decided::Stored(_) | Decided::Known | Decided::Nothing => {
                // Nobody new and nobody known: there was no seat.
                self.joined(workshop, key).await?.ok_or(Refusal::AllFull)
            }
            Decided::Rejected(Reject::GroupFull(group)) => Err(Refusal::GroupFull(group)),
            Decided::Rejected(Reject::BadText) => Err(Refusal::BadName),
            Decided::Rejected(_) => Err(Refusal::AllFull),
        }
    }

    /// Seats somebody elsewhere; their sessions are closed and come back at the other board.
    ///
    /// # Errors
    /// When there is no such person, group or workshop, or no seat.
    pub async fn seat(&self, workshop: WorkshopId, person: PersonId, group: GroupId) -> Result<(), Refusal> {
        let facts = self.facts_now(workshop).await?;
        if facts.groups().all(|known| known != group) {
            return Err(Refusal::GroupFull(group));
        }
        let op = Op::Roster(RosterOp::Seat { person, group, seats: facts.seats });
        match self.room(workshop, DocId::Roster).decide(move |_| Some(op)).await.map_err(|Gone| Refusal::Busy)? {
            Decided::Stored(_) | Decided::Known | Decided::Nothing => Ok(()),
            Decided::Rejected(Reject::GroupFull(group)) => Err(Refusal::GroupFull(group)),
            Decided::Rejected(_) => Err(Refusal::NoSuchKey),
        }
    }

    /// Who a key is, if it is anybody.
    ///
    /// # Errors
    /// When they were taken out.
    pub(super) async fn joined(&self, workshop: WorkshopId, key: TokenHash) -> Result<Option<Joined>, Refusal> {
        let who = move |roster: &Roster| {
            let Some(person) = roster.keys.get(&key).copied() else { return Ok(None) };
            match roster.people.get(&person) {
                Some(one) => Ok(Some(Joined { person, group: one.group })),
                // Who was taken out does not come in again with the same phone.
                None => Err(Refusal::Removed),
            }
        };
        self.roster(workshop, who).await.map_err(|Gone| Refusal::Busy)?
    }
}
