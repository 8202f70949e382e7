//! What there is to do in a group, one thing at a time.

use shared::docs::workshop::Kind;

/// Something to do; cards by their place in the script.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::demo) enum Act {
    /// Propose a theme.
    Propose(usize),
    /// Say which of the proposed ones one has seen oneself.
    Witness(usize),
    /// Begin a secret vote over them.
    OpenVote,
    /// Vote, as one of several who do.
    Vote(usize),
    /// Close the vote.
    CloseVote,
    /// Write the theme.
    Theme,
    /// Say what the group knows already.
    Premise(usize),
    /// Put it better.
    Sharpen,
    /// Write a card in silence, where nobody sees it.
    Slip(usize),
    /// Write a card; what was written in silence lies there already.
    Add(usize),
    /// Put it better.
    Reword(usize),
    /// Move it where it belongs.
    Move(usize),
    /// Say how sure one is of it.
    Mark(usize),
    /// Star it.
    Star(usize),
    /// Say what there is to say about it: who can act, how we know it.
    Say(usize),
    /// Put it in its lane.
    Lane(usize),
    /// Call everybody to it.
    Call(usize),
    /// It is a cause of another one too.
    Link(usize),
    /// It says the same as another.
    Merge(usize),
    /// Get no deeper, and call for help.
    Help,
    /// Have something to say: a hand goes up, and down again.
    Hand,
    /// Answer to it.
    React(usize),
    /// Read it backwards, as one of several who do.
    Read(usize, usize),
}

impl Act {
    pub(super) const fn card(self) -> Option<usize> {
        match self {
            Self::Theme
            | Self::Sharpen
            | Self::Propose(_)
            | Self::Witness(_)
            | Self::OpenVote
            | Self::Vote(_)
            | Self::CloseVote
            | Self::Premise(_)
            | Self::Help
            | Self::Hand => None,
            Self::Slip(card)
            | Self::Add(card)
            | Self::Reword(card)
            | Self::Move(card)
            | Self::Mark(card)
            | Self::Star(card)
            | Self::Say(card)
            | Self::Lane(card)
            | Self::Call(card)
            | Self::Link(card)
            | Self::Merge(card)
            | Self::React(card)
            | Self::Read(card, _) => Some(card),
        }
    }

    /// Whether it is done in a step of this kind.
    pub(super) const fn belongs_to(self, kind: Kind) -> bool {
        match self {
            Self::Propose(_)
            | Self::Witness(_)
            | Self::OpenVote
            | Self::Vote(_)
            | Self::CloseVote
            | Self::Theme
            | Self::Premise(_)
            | Self::Sharpen => {
                matches!(kind, Kind::Theme | Kind::Turns | Kind::Deepen | Kind::ReadBack | Kind::Star | Kind::Free)
            }
            Self::Slip(_) => matches!(kind, Kind::Silence),
            Self::Read(..) => matches!(kind, Kind::ReadBack | Kind::Star | Kind::Free),
            Self::Star(_) => matches!(kind, Kind::Star | Kind::Free),
            // What was not finished in its own step is finished in the next ones.
            _ => matches!(kind, Kind::Turns | Kind::Deepen | Kind::ReadBack | Kind::Star | Kind::Free),
        }
    }
}
