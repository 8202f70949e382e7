//! The last secret vote with dots, of a group or of the room. No ballot is in it: the docs that it is read from have none.

use serde::Serialize;
use shared::docs::dots::{DotCount, DotVote, OwnGroup};
use shared::{CardId, GroupId};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct DotsOut {
    state: &'static str,
    /// How many dots everybody had.
    each: u16,
    /// Whether nobody could choose what their own group found.
    own_left_out: bool,
    /// How many voted; none before it was counted.
    ballots: Option<u16>,
    /// In the order in which they were shown.
    options: Vec<OptionOut>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
struct OptionOut {
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<GroupId>,
    card: CardId,
    /// What it said when the vote opened.
    text: String,
    /// None before it was counted.
    dots: Option<u16>,
}

impl DotsOut {
    pub(super) fn of(vote: Option<&DotVote>) -> Option<Self> {
        let vote = vote?;
        let (state, counted) = match &vote.count {
            DotCount::Open => ("open", None),
            DotCount::Counting { .. } => ("counting", None),
            DotCount::Counted { ballots, dots } => ("counted", Some((*ballots, dots))),
        };
        let options = vote.options.iter().enumerate().map(|(at, option)| OptionOut {
            group: option.group,
            card: option.card,
            text: option.words.clone(),
            dots: counted.and_then(|(_, dots)| dots.get(at).copied()),
        });
        Some(Self {
            state,
            each: vote.each,
            own_left_out: vote.own == OwnGroup::LeftOut,
            ballots: counted.map(|(ballots, _)| ballots),
            options: options.collect(),
        })
    }
}
