//! The board: what a group builds. Its why-tree has the theme at the root; every card answers "why?" of its parent.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::help::{Heard, Help, Nudge, Reply};
pub use self::marks::{Answer, Call, CallFor, Given, Line, Mark, Reach, Reaction, Reading, Star, StarFor, Stop};
pub use self::notes::{Ballots, Lane, Note, NoteOn, Pass, Turns, Vote};
pub use self::one_two_four::{OneTwoFour, Pair};
pub use self::ops::{BoardOp, Place};
pub use self::roles::{Given as GivenRole, Role};
use self::written::Written;
use crate::access::By;
use crate::docs::dots::DotVote;
use crate::ids::{CardId, LaneId, Millis, NoteId, PersonId, StepId};
use crate::sorted::{SortedMap, SortedSet};
use crate::text::Text;

mod apply;
mod graph;
mod help;
mod marks;
mod notes;
mod one_two_four;
mod ops;
mod roles;
mod tree;
mod written;

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
    /// It says the same as this one, which stands for it.
    MergedInto(CardId),
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
    /// Other effects that it is a cause of.
    #[serde(default)]
    pub also: SortedSet<CardId>,
    /// Causes that hang elsewhere and are a cause of this one too.
    #[serde(default)]
    pub linked: SortedSet<CardId>,
    /// Cards that were ever merged into this one; those that still are say so themselves.
    #[serde(default)]
    pub merged: SortedSet<CardId>,
    /// How its text came to be.
    #[serde(default)]
    pub history: History,
    /// Who can act on it.
    #[serde(default)]
    pub reach: Option<Reach>,
    /// Why nobody asks further.
    #[serde(default)]
    pub stop: Option<Stop>,
    /// How the group knows it.
    #[serde(default)]
    pub evidence: Text,
    /// Why nobody asks further, in words.
    #[serde(default)]
    pub stop_reason: Text,
    /// The lane that it lies in, if it is a first-level cause.
    #[serde(default)]
    pub lane: Option<LaneId>,
    /// What was said about its links when they were read backwards.
    #[serde(default)]
    pub readings: Vec<Reading>,
    /// Short answers to it.
    #[serde(default)]
    pub reactions: Vec<(Reaction, By)>,
}

/// How a text came to be.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct History {
    /// The first wording, once there is a second one: what it said when its author had stopped for a while, or before somebody
    /// else changed it.
    pub first: Option<String>,
    /// Who else changed it, in the order in which they came.
    pub editors: Vec<By>,
    /// Who changed it last, and when.
    pub last: Option<(By, Millis)>,
}

impl Card {
    fn new(parent: Option<CardId>, text: Text, by: By, at: Millis) -> Self {
        let history = History { last: Some((by, at)), ..History::default() };
        Self {
            parent,
            children: Vec::new(),
            text,
            by,
            at,
            star: Star::None,
            mark: None,
            kept: Kept::Yes,
            also: SortedSet::new(),
            linked: SortedSet::new(),
            merged: SortedSet::new(),
            history,
            reach: None,
            stop: None,
            evidence: Text::default(),
            stop_reason: Text::default(),
            lane: None,
            readings: Vec::new(),
            reactions: Vec::new(),
        }
    }

    /// A line that belongs to it.
    pub const fn line(&self, line: Line) -> &Text {
        match line {
            Line::Evidence => &self.evidence,
            Line::StopReason => &self.stop_reason,
        }
    }
}

/// What a group builds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Board {
    /// Who sits or sat here.
    pub members: SortedMap<PersonId, Member>,
    cards: SortedMap<CardId, Arc<Card>>,
    /// Proposed themes, premises, comments; removed ones included.
    #[serde(default)]
    pub notes: SortedMap<NoteId, Arc<Note>>,
    /// First-level strips, in the order in which they were made; given-up ones included.
    #[serde(default)]
    pub lanes: SortedMap<LaneId, Lane>,
    /// Hands that are up, the first raised first.
    #[serde(default)]
    pub hands: Vec<(By, Millis)>,
    /// The call that stands.
    #[serde(default)]
    pub call: Option<Call>,
    /// The vote that is open, or the last one.
    #[serde(default)]
    pub vote: Option<Vote>,
    /// The turns that are being taken, or the last ones.
    #[serde(default)]
    pub turns: Option<Turns>,
    /// The call for help that is open.
    #[serde(default)]
    pub help: Option<Help>,
    /// What the group was asked last.
    #[serde(default)]
    pub nudge: Option<Nudge>,
    /// Who has which role: see [`Board::holder`].
    #[serde(default)]
    pub roles: SortedMap<Role, GivenRole>,
    /// What was made in each step of 1-2-4-all.
    #[serde(default)]
    pub one_two_four: SortedMap<StepId, Arc<OneTwoFour>>,
    /// The vote with dots that is open, or the last one.
    #[serde(default)]
    pub dots: Option<DotVote>,
    /// What all texts ever had: it follows from them, so it is neither sent nor stored.
    #[serde(skip)]
    written: Written,
}

impl Default for Board {
    fn default() -> Self {
        let mut theme = Card::new(None, Text::default(), By::Server, Millis(0));
        theme.history.last = None;
        Self {
            members: SortedMap::new(),
            cards: SortedMap::from([(CardId::THEME, Arc::new(theme))]),
            notes: SortedMap::new(),
            lanes: SortedMap::new(),
            hands: Vec::new(),
            call: None,
            vote: None,
            turns: None,
            help: None,
            nudge: None,
            roles: SortedMap::new(),
            one_two_four: SortedMap::new(),
            dots: None,
            written: Written::default(),
        }
    }
}
