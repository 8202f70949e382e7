//! What is written at a board and is no cause: proposed themes, what the group knows already, comments on cards; lanes; votes.

use serde::{Deserialize, Serialize};

use super::Kept;
use crate::access::By;
use crate::ids::{CardId, Millis, NoteId, PersonId, Seq, VoteId};
use crate::sorted::SortedMap;
use crate::text::Text;

/// What a note is about. Variants are only ever appended, here and below (wire and store).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum NoteOn {
    /// A comment on a card (or on the theme).
    Card(CardId),
    /// What the group knows already.
    Premise,
    /// A theme that somebody proposes.
    Proposal,
    /// What somebody takes with them, in a sentence, at the end.
    Parting,
    /// 「わたしの一歩」: what somebody will do next themselves.
    OwnStep,
}

/// A text beside the tree.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Note {
    /// What it is about.
    pub on: NoteOn,
    /// What it says.
    pub text: Text,
    /// Who wrote it.
    pub by: By,
    /// When.
    pub at: Millis,
    /// Whether it can be seen.
    pub kept: Kept,
    /// Who has seen this themselves (of a proposed theme).
    pub seen_by: Vec<By>,
}

/// A first-level strip of the board, by actor or by stage.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Lane {
    /// Its name; empty once it was given up.
    pub name: String,
}

/// How far a secret vote over the proposed themes has come. Who voted for what is in nobody's board.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Ballots {
    /// Everybody may vote.
    Open,
    /// Nobody may any more; the server counts.
    Counting {
        /// The entry that closed the vote: the result is numbered after it.
        closed_by: Seq,
    },
    /// The result.
    Counted {
        /// How many voted.
        ballots: u16,
        /// How many for which.
        votes: SortedMap<NoteId, u16>,
    },
}

/// The group speaks one after another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Turns {
    /// Who is still to speak, whoever speaks now first; empty when everybody has.
    pub order: Vec<PersonId>,
    /// Since when the first of them speaks.
    pub since: Millis,
}

/// How somebody gives the word to the next one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Pass {
    /// They have spoken.
    Done,
    /// They would rather speak later: they come last.
    Later,
}

/// A vote of the group.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Vote {
    /// Which: ballots name it.
    pub id: VoteId,
    /// How far it has come.
    pub ballots: Ballots,
}
