//! What a group says about a card beside its words: how sure it is, who can act, where it stops, whether a link holds.

use serde::{Deserialize, Serialize};

use crate::access::By;
use crate::ids::{CardId, Millis};

/// Whether a card is starred. Variants are only ever appended, here and below (wire and store).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Star {
    /// It is not.
    #[default]
    None,
    /// As a root cause.
    RootCause,
    /// As the place to act: the deepest cause is not always the best one.
    PlaceToAct,
    /// As a root cause, and there is where to act.
    Both,
}

/// For what a card is starred.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StarFor {
    /// 根本原因: the chain ends here.
    RootCause,
    /// ここに働きかける: the group would begin here.
    PlaceToAct,
}

impl Star {
    /// Whether the card is starred for this.
    pub const fn is_for(self, what: StarFor) -> bool {
        match what {
            StarFor::RootCause => matches!(self, Self::RootCause | Self::Both),
            StarFor::PlaceToAct => matches!(self, Self::PlaceToAct | Self::Both),
        }
    }

    /// The same with this star put on, or taken away if it is there.
    #[must_use]
    pub const fn toggled(self, what: StarFor) -> Self {
        match (self, what) {
            (Self::None, StarFor::RootCause) | (Self::Both, StarFor::PlaceToAct) => Self::RootCause,
            (Self::None, StarFor::PlaceToAct) | (Self::Both, StarFor::RootCause) => Self::PlaceToAct,
            (Self::RootCause, StarFor::PlaceToAct) | (Self::PlaceToAct, StarFor::RootCause) => Self::Both,
            (Self::RootCause, StarFor::RootCause) | (Self::PlaceToAct, StarFor::PlaceToAct) => Self::None,
        }
    }
}

/// How sure the group is of a card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Mark {
    /// 事実: somebody knows it.
    Fact,
    /// 推測: somebody supposes it.
    Guess,
    /// 要確認: it is to be checked.
    ToCheck,
}

/// Who can act on a cause.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Reach {
    /// 自分たちで: people like those at this table.
    Us,
    /// 誰かと一緒に: with others.
    WithOthers,
    /// 手が届かない: out of our hands.
    OutOfHands,
}

/// Why a group asks no further here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Stop {
    /// Without this cause the chain would plausibly end, and somebody here can act on it.
    WouldEnd,
    /// It has to be checked before it makes sense to go on.
    CheckFirst,
    /// Nobody here can change what is below.
    OutOfHands,
    /// For another reason, written beside it.
    Other,
}

/// A line of text that belongs to a card, beside its wording.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Line {
    /// How do we know?
    Evidence,
    /// Why do we stop here?
    StopReason,
}

/// What somebody says when a link is read backwards: "cause, therefore effect".
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Answer {
    /// つながる: it follows.
    Holds,
    /// 飛んでいる: something is missing between.
    Jumps,
    /// 確かめたい: I should like to check.
    Check,
}

/// One person's answer about one link of a card.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reading {
    /// The effect at the other end of the link.
    pub under: CardId,
    /// Whose answer.
    pub by: By,
    /// What they said.
    pub answer: Answer,
    /// When: the wording may have changed since.
    pub at: Millis,
}

/// A short answer to a card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Reaction {
    /// そうそう: I agree.
    Agree,
    /// ？: I have a question.
    Question,
    /// うちも: it is the same with us.
    UsToo,
}

/// Whether somebody gives a sign, or takes it back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Given {
    /// They do.
    Yes,
    /// No longer.
    No,
}

/// What a group is called to a card for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CallFor {
    /// Look here, please.
    Look,
    /// Let us read back from here.
    ReadBack,
}

/// A call to come to a card; it scrolls nobody's screen by force.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Call {
    /// Where to.
    pub card: CardId,
    /// What for.
    pub what: CallFor,
    /// Who calls.
    pub by: By,
    /// When.
    pub at: Millis,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_put_on_and_taken_away_without_touching_the_other() {
        for star in [Star::None, Star::RootCause, Star::PlaceToAct, Star::Both] {
            for (what, other) in [(StarFor::RootCause, StarFor::PlaceToAct), (StarFor::PlaceToAct, StarFor::RootCause)]
            {
                let toggled = star.toggled(what);
                assert_ne!(toggled.is_for(what), star.is_for(what), "{star:?} {what:?}");
                assert_eq!(toggled.is_for(other), star.is_for(other), "{star:?} {what:?}");
                assert_eq!(toggled.toggled(what), star);
            }
        }
    }
}
