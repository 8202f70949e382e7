//! Calls for help, and questions to a group. These are no steps of the work: there is nothing to undo. Whoever comes second finds it
//! done, and is not told off.

use super::Undo;
use crate::access::By;
use crate::doc::{Reject, Stamp};
use crate::docs::board::{Board, Given, Heard, Help, Nudge, Reply};
use crate::ids::OpId;
use crate::limits::NUDGE_CHARS_MAX;
use crate::text::is_line;

impl Board {
    /// There is one call at most: who calls while one is open has called already.
    pub(super) fn call_help(&mut self, stamp: &Stamp, given: Given) -> Undo {
        match given {
            Given::Yes if self.help.is_none() => {
                self.help = Some(Help { id: stamp.id, by: stamp.by, at: stamp.at, comes: None });
            }
            Given::Yes => {}
            Given::No => self.help = None,
        }
        Ok(None)
    }

    pub(super) fn answer_help(&mut self, stamp: &Stamp, call: OpId, heard: Heard) -> Undo {
        if let Some(help) = self.help.as_mut().filter(|help| help.id == call) {
            match heard {
                Heard::OnMyWay => help.comes = help.comes.or(Some(stamp.by)),
                Heard::Done => self.help = None,
            }
        }
        Ok(None)
    }

    /// Asks; with no words, takes the question back.
    pub(super) fn nudge(&mut self, stamp: &Stamp, text: &str) -> Undo {
        if text.chars().count() > NUDGE_CHARS_MAX {
            return Err(Reject::TextFull);
        }
        if !is_line(text) {
            return Err(Reject::BadText);
        }
        let says = !text.trim().is_empty();
        let (by, at) = (stamp.by, stamp.at);
        self.nudge = says.then(|| Nudge { id: stamp.id, text: text.to_owned(), by, at, reply: None });
        Ok(None)
    }

    /// What one of a group does with a question counts for all of them.
    pub(super) fn reply(&mut self, by: By, nudge: OpId, reply: Reply) -> Undo {
        if let Some(nudge) = self.nudge.as_mut().filter(|known| known.id == nudge && known.reply.is_none()) {
            nudge.reply = Some((by, reply));
        }
        Ok(None)
    }
}
