//! Roles in a group (進行・書記・時間係・発表): who has which. They go round when the run-sheet says so: everybody's goes to the next
//! one of those who sat here when it was given, and whoever asks says how often roles have gone round. Who comes later takes nothing
//! from anybody: they are among the others when roles are given again.

use serde::{Deserialize, Serialize};

use super::{Board, Seated};
use crate::ids::PersonId;

/// What somebody looks after for the group. Variants are only ever appended (wire and store).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Role {
    /// 進行: everybody speaks, nobody is lost.
    Facilitator,
    /// 書記: what was said stands on a card.
    Scribe,
    /// 時間係: their phone rings.
    Timekeeper,
    /// 発表: tells the others.
    Presenter,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Facilitator, Self::Scribe, Self::Timekeeper, Self::Presenter];
}

/// To whom a role was given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Given {
    /// To whom.
    pub to: PersonId,
    /// How often roles had gone round by then: see `Workshop::rounds_of_roles`.
    pub round: u16,
    /// Among whom it goes round, in this order.
    pub order: Vec<PersonId>,
}

impl Board {
    /// Who has a role, after roles have gone round so often; nobody when it was given to nobody, or nobody sits here.
    pub fn holder(&self, role: Role, round: u16) -> Option<PersonId> {
        let given = self.roles.get(&role)?;
        let first = given.order.iter().position(|person| *person == given.to)?;
        let at = first.saturating_add(usize::from(round.saturating_sub(given.round))).checked_rem(given.order.len())?;
        // Who has moved away is followed by the next one.
        let next = given.order.iter().cycle().skip(at).take(given.order.len());
        next.copied().find(|person| self.members.get(person).is_some_and(|member| member.seated == Seated::Here))
    }

    /// The roles that somebody has, after roles have gone round so often.
    pub fn roles_of(&self, person: PersonId, round: u16) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| self.holder(*role, round) == Some(person)).collect()
    }
}
