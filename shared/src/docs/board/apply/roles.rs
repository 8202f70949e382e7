//! Roles are given and taken back.

use super::Undo;
use crate::doc::Reject;
use crate::docs::board::roles::Given;
use crate::docs::board::{Board, BoardOp, Role, Seated};

impl Board {
    /// Gives these roles to these, and takes them from whoever had them; the others stay as they are.
    pub(super) fn give_roles(&mut self, roles: &[(Role, Option<Given>)]) -> Undo {
        if roles.len() > Role::ALL.len() {
            return Err(Reject::OutOfRange);
        }
        let sits = |given: &Given| self.members.get(&given.to).is_some_and(|member| member.seated == Seated::Here);
        if !roles.iter().filter_map(|(_, given)| given.as_ref()).all(sits) {
            return Err(Reject::NoPerson);
        }
        let before: Vec<_> = roles.iter().map(|(role, _)| (*role, self.roles.get(role).copied())).collect();
        for (role, given) in roles {
            match given {
                Some(given) => drop(self.roles.insert(*role, *given)),
                None => drop(self.roles.remove(role)),
            }
        }
        // Who had one may have left by the time it is undone: then that is refused, like any other giving.
        Ok((before != roles).then_some(BoardOp::GiveRoles { roles: before }))
    }
}
