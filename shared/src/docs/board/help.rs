//! What goes between a group and who conducts: a call for help, and a question that a group may take or put away. Variants are
//! only ever appended (wire and store).

use serde::{Deserialize, Serialize};

use crate::access::By;
use crate::ids::{Millis, OpId};

/// A group calls for help. It is gone when it has been helped, or has taken the call back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Help {
    /// Which call: the operation that called.
    pub id: OpId,
    /// Who called.
    pub by: By,
    /// When.
    pub at: Millis,
    /// Who is on the way, if somebody is.
    pub comes: Option<By>,
}

/// What becomes of a call for help.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Heard {
    /// Somebody is on the way.
    OnMyWay,
    /// The group has been helped.
    Done,
}

/// A short question to one group alone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Nudge {
    /// Which: the operation that asked.
    pub id: OpId,
    /// What is asked.
    pub text: String,
    /// Who asks.
    pub by: By,
    /// When.
    pub at: Millis,
    /// What became of it, and by whose hand.
    pub reply: Option<(By, Reply)>,
}

/// What a group does with a question.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Reply {
    /// They write an answer.
    Taken,
    /// Not now.
    PutAway,
}
