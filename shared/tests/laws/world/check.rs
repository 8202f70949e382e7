//! What must be true of a world that has come to rest.

use shared::docs::board::BoardOp;
use shared::{Model, OpId};

use super::{Words, World};
use crate::tree;

impl World {
    pub(crate) fn check(&self) -> Result<(), String> {
        let expected = postcard::to_allocvec(self.hub.doc()).unwrap();
        if postcard::to_allocvec(&self.hub.replay()?).unwrap() != expected {
            return Err("a fresh replay of the log gives another doc".into());
        }
        tree::check(self.board())?;
        for (who, phone) in self.phones.iter().enumerate() {
            let pending: Vec<OpId> = phone.sends().iter().map(|(id, _)| *id).collect();
            if !pending.is_empty() {
                return Err(format!("phone {who} still has pending {pending:?}"));
            }
            if postcard::to_allocvec(phone.replica.confirmed()).unwrap() != expected {
                return Err(format!("phone {who} has another doc than the hub"));
            }
            if phone.replica.view() != self.board() {
                return Err(format!("phone {who} shows something else than the hub has"));
            }
        }
        self.check_cards()?;
        self.check_fates()
    }

    /// As many cards as were added: nothing twice, nothing lost.
    fn check_cards(&self) -> Result<(), String> {
        let mut added: Vec<OpId> = self
            .hub
            .log()
            .iter()
            .filter(|entry| matches!(shared::docs::board::Board::pick(&entry.op), Some(BoardOp::AddCard { .. })))
            .map(|entry| entry.stamp.id)
            .filter(|id| self.hub.has(*id))
            .collect();
        added.sort_unstable();
        added.dedup();
        let cards = self.board().ever().count();
        if added.len() == cards { Ok(()) } else { Err(format!("{} cards were added, {cards} are there", added.len())) }
    }

    /// Everything that somebody did is in the log, or its author was told that it was refused: never silence, never both.
    /// What brings no words may end as if it had been saved: its author sees how things are.
    fn check_fates(&self) -> Result<(), String> {
        for (id, fate) in &self.fates {
            match (self.hub.has(*id), fate.told_refused) {
                (false, false) if fate.words == Words::Own || !fate.told_saved => {
                    return Err(format!("{id} is neither in the log nor refused aloud ({fate:?})"));
                }
                (true, true) if !fate.came_late => return Err(format!("{id} was refused and is in the log")),
                _ => {}
            }
        }
        Ok(())
    }
}
