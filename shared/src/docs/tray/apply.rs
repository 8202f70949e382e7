//! The one function that changes a tray. A choice in private is no step of the work: there is nothing to undo.

use super::{Ballot, Slip, Tray, TrayOp};
use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::docs::dots::{DotBallot, put};
use crate::docs::workshop::Names;
use crate::ids::{NoteId, OpId, SlipId, VoteId};
use crate::limits::{
    CARD_CHARS_MAX, CHOICES_MAX, DOT_BALLOTS_MAX, DOT_OPTIONS_MAX, DOTS_MAX, SLIPS_MAX, VOTES_OVER_MAX,
};
use crate::sorted::SortedSet;
use crate::text::is_line;

impl Model for Tray {
    type Op = TrayOp;

    fn apply(&mut self, stamp: &Stamp, op: &TrayOp) -> Result<Option<TrayOp>, Reject> {
        match op {
            TrayOp::CastBallot { vote, choices } => self.cast(*vote, choices)?,
            TrayOp::EndVote { .. } | TrayOp::HandOver { .. } if stamp.by != By::Server => {
                return Err(Reject::Forbidden);
            }
            TrayOp::EndVote { vote } => self.end(*vote),
            TrayOp::PutSlip { text, names } => self.put(stamp, text, *names)?,
            TrayOp::ChangeSlip { slip, text } => {
                let text = written(text)?;
                self.slips.iter_mut().find(|known| known.id == *slip).ok_or(Reject::NoSlip)?.text = text;
            }
            TrayOp::TakeBackSlip { slip } => {
                let at = self.slips.iter().position(|known| known.id == *slip).ok_or(Reject::NoSlip)?;
                self.slips.remove(at);
            }
            TrayOp::CastDots { vote, dots, .. } => self.cast_dots(*vote, dots)?,
            TrayOp::HandOver { slips } => self.slips.retain(|slip| !slips.contains(&slip.id)),
        }
        Ok(None)
    }

    fn holds(&self, _id: OpId, op: &TrayOp) -> bool {
        match op {
            // Of one that is gone nobody can tell here whether it went with these words: better to be given them back than to lose them.
            TrayOp::ChangeSlip { slip, .. } => self.slips.iter().any(|known| known.id == *slip),
            _ => true,
        }
    }

    crate::docs::model_ops!(Tray);
}

/// What a card may say.
fn written(text: &str) -> Result<String, Reject> {
    if text.chars().count() > CARD_CHARS_MAX {
        Err(Reject::TextFull)
    } else if text.trim().is_empty() || !is_line(text) {
        Err(Reject::BadText)
    } else {
        Ok(text.to_owned())
    }
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

    fn cast_dots(&mut self, vote: VoteId, dots: &[u16]) -> Result<(), Reject> {
        if self.over.contains(&vote) {
            return Err(Reject::VoteIsOver);
        }
        if dots.len() > DOT_OPTIONS_MAX {
            return Err(Reject::OutOfRange);
        }
        if put(dots) > DOTS_MAX {
            return Err(Reject::TooManyDots);
        }
        self.dots.retain(|ballot| ballot.vote != vote);
        if put(dots) > 0 {
            self.dots.push(DotBallot { vote, dots: dots.to_vec() });
        }
        if self.dots.len() > DOT_BALLOTS_MAX {
            // What may still be counted stays, as long as there is anything else.
            let at = self.dots.iter().position(|ballot| self.over.contains(&ballot.vote)).unwrap_or(0);
            self.dots.remove(at);
        }
        Ok(())
    }

    fn put(&mut self, stamp: &Stamp, text: &str, names: Names) -> Result<(), Reject> {
        if self.slips.len() >= SLIPS_MAX {
            return Err(Reject::DocFull);
        }
        let text = written(text)?;
        self.slips.push(Slip { id: SlipId::from(stamp.id), put_by: stamp.seq, text, names });
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
