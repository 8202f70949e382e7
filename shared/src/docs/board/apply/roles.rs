//! Roles are given and taken back.

use super::Undo;
use crate::doc::Reject;
use crate::docs::board::roles::Given;
use crate::docs::board::{Board, BoardOp, Role};

impl Board {
    /// Gives these roles to these, and takes them from whoever had them; the others stay as they are.
    pub(super) fn give_roles(&mut self, roles: &[(Role, Option<Given>)]) -> Undo {
        if roles.len() > Role::ALL.len() {
            return Err(Reject::OutOfRange);
        }
        // Who has left may be given one: it goes to the next one, as if they had left afterwards.
        let fits = |given: &Given| {
            given.order.contains(&given.to)
                && given.order.len() <= self.members.len()
                && given.order.iter().all(|person| self.members.contains_key(person))
        };
        if !roles.iter().filter_map(|(_, given)| given.as_ref()).all(fits) {
            return Err(Reject::NoPerson);
        }
        let before: Vec<_> = roles.iter().map(|(role, _)| (*role, self.roles.get(role).cloned())).collect();
        for (role, given) in roles {
            match given {
                Some(given) => drop(self.roles.insert(*role, given.clone())),
                None => drop(self.roles.remove(role)),
            }
        }
        Ok((before != roles).then_some(BoardOp::GiveRoles { roles: before }))
    }
}
