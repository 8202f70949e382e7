//! Who is here and what they are at. May be dropped at any time; never touches a log (law 5).

use serde::{Deserialize, Serialize};

use crate::access::By;
use crate::ids::CardId;

/// What somebody does at a board.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub enum Doing {
    /// Reads.
    #[default]
    Reading,
    /// Writes in a card.
    Writing(CardId),
    /// Writes a new card under this one.
    Adding(CardId),
    /// Writes in silence: so many cards by now, and not a word of them.
    Silent(u16),
}

/// One who is at a board now.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Present {
    /// Who.
    pub by: By,
    /// At what.
    pub doing: Doing,
}
