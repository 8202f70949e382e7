//! Roles in a group (進行・書記・時間係・発表): who has which. They go round when the run-sheet says so: everybody's goes to the next
//! one who sits here, and whoever asks says how often they have gone round.

use serde::{Deserialize, Serialize};

use super::Board;
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
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Given {
    /// To whom.
    pub to: PersonId,
    /// How often roles had gone round by then: see `Workshop::rounds_of_roles`.
    pub round: u16,
}

impl Board {
    /// Who has a role, after roles have gone round so often; nobody when it was given to nobody, or nobody sits here.
    pub fn holder(&self, role: Role, round: u16) -> Option<PersonId> {
        let given = self.roles.get(&role)?;
        let seated: Vec<PersonId> = self.seated().map(|(person, _)| person).collect();
        // Who has moved away is followed by the next one.
        let first = seated.partition_point(|person| *person < given.to);
        let steps = usize::from(round.saturating_sub(given.round));
        seated.get(first.saturating_add(steps).checked_rem(seated.len())?).copied()
    }

    /// The roles that somebody has, after roles have gone round so often.
    pub fn roles_of(&self, person: PersonId, round: u16) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| self.holder(*role, round) == Some(person)).collect()
    }
}
