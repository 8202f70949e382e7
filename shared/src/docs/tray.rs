//! The tray of one person: what they have written or chosen and nobody else may see. It is sent to them alone; what becomes of
//! it is the server's to derive.

use serde::{Deserialize, Serialize};

pub use self::count::{count, count_dots};
pub use self::ops::TrayOp;
use crate::docs::dots::DotBallot;
use crate::docs::workshop::Names;
use crate::ids::{NoteId, Seq, SlipId, VoteId};

mod apply;
mod count;
mod ops;

/// Which proposed themes somebody would like.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ballot {
    /// In which vote.
    pub vote: VoteId,
    /// Each at most once, in the order of their ids: it tells nothing about who came first to mind. Never empty.
    pub choices: Vec<NoteId>,
}

/// A card that was written in silence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Slip {
    /// Which.
    pub id: SlipId,
    /// The entry that put it here.
    pub put_by: Seq,
    /// What it says.
    pub text: String,
    /// Whether it was promised that no name is kept with it.
    pub names: Names,
}

/// What is one person's alone.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tray {
    /// Their ballot in the last vote in which they voted.
    pub ballot: Option<Ballot>,
    /// Votes that are over, the last one at the end: a ballot that comes later would not be counted any more.
    pub over: Vec<VoteId>,
    /// What they wrote in silence and is not on the board yet, in the order in which it was written.
    #[serde(default)]
    pub slips: Vec<Slip>,
    /// Where they have put their dots, in the last votes in which they did: a group and the room may vote at the same time.
    #[serde(default)]
    pub dots: Vec<DotBallot>,
}

impl Tray {
    /// What they have chosen in a vote; nothing, if they have not voted in it.
    pub fn choices(&self, vote: VoteId) -> &[NoteId] {
        match &self.ballot {
            Some(ballot) if ballot.vote == vote => &ballot.choices,
            _ => &[],
        }
    }

    /// Their ballot in a vote with dots; none, if they have not voted in it.
    pub fn dots_in(&self, vote: VoteId) -> Option<&DotBallot> {
        self.dots.iter().find(|ballot| ballot.vote == vote)
    }
}
