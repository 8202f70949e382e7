//! What can be done to a tray. Variants are only ever appended (wire and store).

use serde::{Deserialize, Serialize};

use crate::ids::{NoteId, VoteId};

/// An operation on a tray.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum TrayOp {
    /// Somebody votes, or votes otherwise; with no choice they take their ballot back.
    CastBallot {
        /// In which vote.
        vote: VoteId,
        /// For which of the proposed themes: as many as they like.
        choices: Vec<NoteId>,
    },
    /// A vote is over here: what the tray holds now is counted. The server's alone: it follows from the end of the vote.
    EndVote {
        /// Which.
        vote: VoteId,
    },
}

impl TrayOp {
    /// Whether only the server may do it.
    pub const fn is_servers(&self) -> bool {
        matches!(self, Self::EndVote { .. })
    }
}
