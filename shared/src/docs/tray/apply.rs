//! The one function that changes a tray. A choice in private is no step of the work: there is nothing to undo.

use super::{Ballot, Tray, TrayOp};
use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::ids::{NoteId, VoteId};
use crate::limits::{CHOICES_MAX, VOTES_OVER_MAX};
use crate::sorted::SortedSet;

impl Model for Tray {
    type Op = TrayOp;

    fn apply(&mut self, stamp: &Stamp, op: &TrayOp) -> Result<Option<TrayOp>, Reject> {
        match op {
            TrayOp::CastBallot { vote, choices } => self.cast(*vote, choices)?,
            TrayOp::EndVote { .. } if stamp.by != By::Server => return Err(Reject::Forbidden),
            TrayOp::EndVote { vote } => self.end(*vote),
        }
        Ok(None)
    }

    crate::docs::model_ops!(Tray);
}

impl Tray {
    fn cast(&mut self, vote: VoteId, choices: &[NoteId]) -> Result<(), Reject> {
        if self.over.contains(&vote) {
            return Err(Reject::VoteIsOver);
        }
        if choices.len() > CHOICES_MAX {
            return Err(Reject::OutOfRange);
        }
        let choices: Vec<NoteId> = SortedSet::of(choices.iter().copied()).keys().copied().collect();
        if !choices.is_empty() {
            self.ballot = Some(Ballot { vote, choices });
        } else if !self.choices(vote).is_empty() {
            self.ballot = None;
        }
        Ok(())
    }

    fn end(&mut self, vote: VoteId) {
        if self.over.contains(&vote) {
            return;
        }
        self.over.push(vote);
        if self.over.len() > VOTES_OVER_MAX {
            self.over.remove(0);
        }
    }
}
