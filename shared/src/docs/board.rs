//! The board: what a group builds. Its why-tree has the theme at the root; every card answers "why?" of its parent.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::ops::{BoardOp, Mark, Place, Star};
use crate::access::By;
use crate::ids::{CardId, Millis, PersonId};
use crate::sorted::SortedMap;
use crate::text::Text;

mod apply;
mod ops;
mod tree;

/// Whether a member sits here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Seated {
    /// In this group.
    Here,
    /// They have moved; what they wrote stays.
    Elsewhere,
}

/// Somebody who sits, or sat, at this board.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Member {
    /// As they wish to be called.
    pub name: String,
    /// Whether they are of this group now.
    pub seated: Seated,
}

/// Whether a card can be seen, if its parents can.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Kept {
    /// It can.
    Yes,
    /// It was removed, with its branch, and can be restored.
    RemovedBy(By),
}

/// One cause, one sentence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Card {
    /// The effect that this is a cause of; none for the theme.
    pub parent: Option<CardId>,
    /// Its causes in order, removed ones included (they keep their place).
    pub children: Vec<CardId>,
    /// What it says.
    pub text: Text,
    /// Who added it.
    pub by: By,
    /// When.
    pub at: Millis,
    /// Whether it is starred.
    pub star: Star,
    /// Fact, guess or to check; or nothing said.
    pub mark: Option<Mark>,
    /// Whether it was removed.
    pub kept: Kept,
}

/// What a group builds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Board {
    /// Who sits or sat here.
    pub members: SortedMap<PersonId, Member>,
    cards: SortedMap<CardId, Arc<Card>>,
}

impl Default for Board {
    fn default() -> Self {
        let theme = Card {
            parent: None,
            children: Vec::new(),
            text: Text::default(),
            by: By::Server,
            at: Millis(0),
            star: Star::None,
            mark: None,
            kept: Kept::Yes,
        };
        Self { members: SortedMap::new(), cards: SortedMap::from([(CardId::THEME, Arc::new(theme))]) }
    }
}
