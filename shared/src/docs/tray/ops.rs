//! What can be done to a tray. Variants are only ever appended (wire and store).

use serde::{Deserialize, Serialize};

use crate::docs::dots::Voters;
use crate::docs::workshop::Names;
use crate::ids::{NoteId, SlipId, VoteId};

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
    /// A card is written in silence.
    PutSlip {
        /// What it says.
        text: String,
        /// Whether its author was told that no name is kept.
        names: Names,
    },
    /// It is to say something else.
    ChangeSlip {
        /// Which.
        slip: SlipId,
        /// What it says from now on.
        text: String,
    },
    /// Its author takes it back.
    TakeBackSlip {
        /// Which.
        slip: SlipId,
    },
    /// These lie on the board now. The server's alone: it follows from the end of the silence.
    HandOver {
        /// Which.
        slips: Vec<SlipId>,
    },
    /// Somebody puts their dots in a vote, or puts them otherwise; without a dot they take their ballot back.
    CastDots {
        /// Who votes in it.
        voters: Voters,
        /// Which.
        vote: VoteId,
        /// How many on each option, in the order of the options.
        dots: Vec<u16>,
    },
}

impl TrayOp {
    /// Whether only the server may do it.
    pub const fn is_servers(&self) -> bool {
        matches!(self, Self::EndVote { .. } | Self::HandOver { .. })
    }
}
