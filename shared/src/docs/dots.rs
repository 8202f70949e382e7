//! A secret vote with dots: everybody puts a few on options that were fixed when it opened. One form for a group at its table and
//! for the whole room. It knows no ballot but those that it is given to count, and nothing of whose they are but the group.

use serde::{Deserialize, Serialize};

pub use self::options::{at_table, brought, of_room};
use crate::doc::{Reject, Stamp};
use crate::ids::{CardId, ClientId, GroupId, Millis, OpId, Seq, VoteId};
use crate::limits::{CARD_CHARS_MAX, DOT_OPTIONS_MAX, DOTS_MAX};
use crate::text::is_line;

mod options;
#[cfg(test)]
mod tests;

/// Who votes, and so in which doc the vote is. Variants are only ever appended, here and below (wire and store).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Voters {
    /// A group, over causes of its own board.
    Group,
    /// Everybody, over causes of all groups.
    Room,
}

/// Whether one may put dots on what one's own group found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum OwnGroup {
    /// One may.
    #[default]
    Counts,
    /// One may not, and it does not count.
    LeftOut,
}

/// What dots can be put on. Its words are those that it had when the vote opened: they are what people chose.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DotOption {
    /// Whose cause it is; nobody else's, at a group's own table.
    pub group: Option<GroupId>,
    /// The card.
    pub card: CardId,
    /// What it said.
    pub words: String,
}

/// How far a vote has come. Who put dots on what is in neither of its docs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum DotCount {
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
        /// Dots on each option, in the order of the options.
        dots: Vec<u16>,
    },
}

/// A vote.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DotVote {
    /// Which: ballots name it.
    pub id: VoteId,
    /// When it opened.
    pub at: Millis,
    /// What can be chosen. Fixed, so that nothing shifts under a finger.
    pub options: Vec<DotOption>,
    /// How many dots everybody has.
    pub each: u16,
    /// Whether one's own group can be chosen.
    pub own: OwnGroup,
    /// How far it has come.
    pub count: DotCount,
}

/// Where somebody has put their dots.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DotBallot {
    /// In which vote.
    pub vote: VoteId,
    /// How many on each option, in the order of the options. Never without a dot.
    pub dots: Vec<u16>,
}

/// An option with what it got.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ranked {
    /// Which, by its place among the options.
    pub option: usize,
    /// Its dots.
    pub dots: u16,
    /// Its place, from 1; those with as many dots have the same one, and the next place is that much further.
    pub place: usize,
    /// How many have this place: several are a tie.
    pub level: usize,
}

/// How many dots are suggested: a third of the options, rounded up. This is the N/3 rule of multivoting ("at least one third of the
/// items on the list": Scholtes, Joiner and Streibel, The Team Handbook): with fewer little is told apart, with more everything is
/// chosen. Nobody keeps more than [`DOTS_MAX`] in mind.
pub fn suggested(options: usize) -> u16 {
    u16::try_from(options.div_ceil(3)).unwrap_or(DOTS_MAX).clamp(1, DOTS_MAX)
}

/// How many dots there are on a ballot.
pub fn put(dots: &[u16]) -> u16 {
    dots.iter().fold(0, |sum, dots| sum.saturating_add(*dots))
}

impl DotOption {
    fn check(&self) -> Result<(), Reject> {
        if self.words.chars().count() > CARD_CHARS_MAX {
            Err(Reject::TextFull)
        } else if !is_line(&self.words) {
            Err(Reject::BadText)
        } else {
            Ok(())
        }
    }
}

impl DotVote {
    pub(super) fn begin(stamp: &Stamp, options: Vec<DotOption>, each: u16, own: OwnGroup) -> Result<Self, Reject> {
        if !(2..=DOT_OPTIONS_MAX).contains(&options.len()) || !(1..=DOTS_MAX).contains(&each) {
            return Err(Reject::OutOfRange);
        }
        for (at, option) in options.iter().enumerate() {
            option.check()?;
            let is_same = |other: &DotOption| (other.group, other.card) == (option.group, option.card);
            if options.iter().take(at).any(is_same) {
                return Err(Reject::IdTaken);
            }
        }
        Ok(Self { id: VoteId::from(stamp.id), at: stamp.at, options, each, own, count: DotCount::Open })
    }

    /// Whether everybody may vote.
    pub fn is_open(&self) -> bool {
        self.count == DotCount::Open
    }

    /// Whether somebody of this group may put dots on an option.
    pub fn may_choose(&self, option: &DotOption, from: Option<GroupId>) -> bool {
        self.own == OwnGroup::Counts || option.group.is_none() || option.group != from
    }

    /// Whether somebody of this group may vote so.
    ///
    /// # Errors
    /// The reason why they may not.
    pub fn takes(&self, from: Option<GroupId>, dots: &[u16]) -> Result<(), Reject> {
        if !self.is_open() {
            return Err(Reject::VoteIsOver);
        }
        if dots.len() > self.options.len() {
            return Err(Reject::OutOfRange);
        }
        if put(dots) > self.each {
            return Err(Reject::TooManyDots);
        }
        let own = |(option, dots): (&DotOption, &u16)| *dots > 0 && !self.may_choose(option, from);
        if self.options.iter().zip(dots).any(own) { Err(Reject::OwnGroup) } else { Ok(()) }
    }

    /// The result of a vote that waits to be counted: its id, how many voted, dots on each option. The id is made from the entry that
    /// closed the vote, so counting twice changes nothing. Ballots of other votes and with more dots than there are say nothing;
    /// dots on one's own group do not, where that is left out: somebody may have changed seats since.
    pub fn counted<'a>(
        &self,
        ballots: impl Iterator<Item = (Option<GroupId>, &'a DotBallot)>,
    ) -> Option<(OpId, u16, Vec<u16>)> {
        let DotCount::Counting { closed_by } = self.count else { return None };
        let id = OpId { client: ClientId::FROM_DOTS, n: u32::try_from(closed_by.0).ok()? };
        let (mut voted, mut all) = (0_u16, vec![0_u16; self.options.len()]);
        for (from, ballot) in ballots.filter(|(_, ballot)| ballot.vote == self.id && put(&ballot.dots) <= self.each) {
            let mut says = false;
            for ((option, sum), dots) in self.options.iter().zip(&mut all).zip(&ballot.dots) {
                if *dots > 0 && self.may_choose(option, from) {
                    *sum = sum.saturating_add(*dots);
                    says = true;
                }
            }
            voted = voted.saturating_add(u16::from(says));
        }
        Some((id, voted, all))
    }

    /// What came of it, most dots first; those with as many stay in the order of the options. Nothing before it was counted.
    pub fn ranking(&self) -> Vec<Ranked> {
        let DotCount::Counted { dots, .. } = &self.count else { return Vec::new() };
        let place = |mine: u16| dots.iter().filter(|dots| **dots > mine).count().saturating_add(1);
        let level = |mine: u16| dots.iter().filter(|dots| **dots == mine).count();
        let ranked =
            |(option, dots): (usize, &u16)| Ranked { option, dots: *dots, place: place(*dots), level: level(*dots) };
        let mut all: Vec<Ranked> = dots.iter().enumerate().map(ranked).collect();
        all.sort_by_key(|ranked| ranked.place);
        all
    }

    /// Dots on a card of a group's own board, once they are counted.
    pub fn on(&self, card: CardId) -> Option<u16> {
        let DotCount::Counted { dots, .. } = &self.count else { return None };
        let at = self.options.iter().position(|option| option.card == card)?;
        dots.get(at).copied()
    }
}

/// A vote takes the place of the last one, if that is over.
pub(super) fn open(place: &mut Option<DotVote>, vote: DotVote) -> Result<(), Reject> {
    match place.as_ref().map(|last| &last.count) {
        Some(DotCount::Open | DotCount::Counting { .. }) => Err(Reject::VoteIsOpen),
        Some(DotCount::Counted { .. }) | None => {
            *place = Some(vote);
            Ok(())
        }
    }
}

fn last(place: &mut Option<DotVote>, id: VoteId) -> Result<&mut DotVote, Reject> {
    place.as_mut().filter(|vote| vote.id == id).ok_or(Reject::VoteIsOver)
}

/// Nobody may vote any more.
pub(super) fn close(place: &mut Option<DotVote>, id: VoteId, closed_by: Seq) -> Result<(), Reject> {
    let vote = last(place, id)?;
    if !vote.is_open() {
        return Err(Reject::VoteIsOver);
    }
    vote.count = DotCount::Counting { closed_by };
    Ok(())
}

/// The workshop is over, and with it a vote that nobody has closed.
pub(super) fn end(place: &mut Option<DotVote>, closed_by: Seq) {
    if let Some(vote) = place.as_mut().filter(|vote| vote.is_open()) {
        vote.count = DotCount::Counting { closed_by };
    }
}

/// The result is there.
pub(super) fn count(place: &mut Option<DotVote>, id: VoteId, ballots: u16, dots: &[u16]) -> Result<(), Reject> {
    let vote = last(place, id)?;
    if !matches!(vote.count, DotCount::Counting { .. }) {
        return Err(Reject::VoteIsOver);
    }
    if dots.len() != vote.options.len() {
        return Err(Reject::OutOfRange);
    }
    vote.count = DotCount::Counted { ballots, dots: dots.to_vec() };
    Ok(())
}
