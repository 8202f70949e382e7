//! The secret vote with dots over cards of the board. It is no step of the work: there is nothing to undo.

use super::Undo;
use crate::doc::{Reject, Stamp};
use crate::docs::board::{Board, BoardOp};
use crate::docs::dots::{self, DotOption, DotVote, OwnGroup};
use crate::ids::CardId;
use crate::limits::DOT_OPTIONS_MAX;

impl Board {
    pub(super) fn dots(&mut self, stamp: &Stamp, op: &BoardOp) -> Undo {
        match op {
            BoardOp::OpenDots { cards, each } => {
                let vote = DotVote::begin(stamp, self.options(cards)?, *each, OwnGroup::Counts)?;
                dots::open(&mut self.dots, vote)?;
            }
            BoardOp::CloseDots { vote } => dots::close(&mut self.dots, *vote, stamp.seq)?,
            BoardOp::CountDots { vote, ballots, dots } => dots::count(&mut self.dots, *vote, *ballots, dots)?,
            _ => {}
        }
        Ok(None)
    }

    /// These cards, as they read now.
    fn options(&self, cards: &[CardId]) -> Result<Vec<DotOption>, Reject> {
        if cards.len() > DOT_OPTIONS_MAX {
            return Err(Reject::OutOfRange);
        }
        let option = |id: &CardId| match self.get(*id).filter(|_| *id != CardId::THEME && self.is_seen(*id)) {
            Some(card) => Ok(DotOption { group: None, card: *id, words: card.text.read() }),
            None => Err(Reject::NoCard(*id)),
        };
        cards.iter().map(option).collect()
    }
}
