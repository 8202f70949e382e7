//! The group itself: hands, calls, votes. These are no steps of the work: there is nothing to undo.

use super::Undo;
use crate::access::By;
use crate::doc::{Reject, Stamp};
use crate::docs::board::{Ballots, Board, Call, CallFor, Pass, Seated, Turns, Vote};
use crate::ids::{CardId, Millis, NoteId, PersonId, VoteId};
use crate::limits::{HANDS_MAX, NOTES_MAX};
use crate::sorted::SortedMap;

/// Two presses so close to each other mean the same.
const AT_ONCE_MS: u64 = 5_000;

const fn is_just_now(before: Millis, now: Millis) -> bool {
    now.0.saturating_sub(before.0) < AT_ONCE_MS
}

impl Board {
    /// Who has moved away has no turn any more; who comes speaks last.
    pub(super) fn seat_in_turns(&mut self, stamp: &Stamp, person: PersonId, seated: Seated) {
        let Some(turns) = self.turns.as_mut().filter(|turns| !turns.order.is_empty()) else { return };
        match seated {
            Seated::Here if !turns.order.contains(&person) => turns.order.push(person),
            Seated::Here => {}
            Seated::Elsewhere => {
                if turns.order.first() == Some(&person) {
                    turns.since = stamp.at;
                }
                turns.order.retain(|waits| *waits != person);
            }
        }
    }

    pub(super) fn raise_hand(&mut self, stamp: &Stamp) -> Undo {
        if self.hands.iter().any(|(by, _)| *by == stamp.by) {
            return Ok(None);
        }
        if self.hands.len() >= HANDS_MAX {
            return Err(Reject::DocFull);
        }
        self.hands.push((stamp.by, stamp.at));
        Ok(None)
    }

    pub(super) fn lower_hand(&mut self, of: By) -> Undo {
        self.hands.retain(|(by, _)| *by != of);
        Ok(None)
    }

    pub(super) fn call_to(&mut self, stamp: &Stamp, card: Option<CardId>, what: CallFor) -> Undo {
        self.call = match card {
            Some(card) => {
                self.there(card)?;
                Some(Call { card, what, by: stamp.by, at: stamp.at })
            }
            None => None,
        };
        Ok(None)
    }

    pub(super) fn take_turns(&mut self, stamp: &Stamp) -> Undo {
        if self.turns.as_ref().is_some_and(|turns| !turns.order.is_empty() && is_just_now(turns.since, stamp.at)) {
            // Two who press at once begin once.
            return Ok(None);
        }
        let mut order: Vec<PersonId> = self.seated().map(|(person, _)| person).collect();
        // Nobody chooses who begins: it follows from where the operation stands in the log.
        let people = u64::try_from(order.len()).unwrap_or(0);
        let first = stamp.seq.0.checked_rem(people).and_then(|first| usize::try_from(first).ok()).unwrap_or(0);
        // Less than there are: a rest of a division.
        order.rotate_left(first);
        self.turns = Some(Turns { order, since: stamp.at });
        Ok(None)
    }

    pub(super) fn pass_turn(&mut self, stamp: &Stamp, of: PersonId, how: Pass) -> Undo {
        let Some(turns) = self.turns.as_mut().filter(|turns| turns.order.first() == Some(&of)) else { return Ok(None) };
        match how {
            Pass::Done => drop(turns.order.remove(0)),
            Pass::Later => turns.order.rotate_left(1),
        }
        turns.since = stamp.at;
        Ok(None)
    }

    pub(super) fn open_vote(&mut self, stamp: &Stamp) -> Undo {
        match self.vote.as_ref().map(|vote| &vote.ballots) {
            Some(Ballots::Open | Ballots::Counting { .. }) => Err(Reject::VoteIsOpen),
            Some(Ballots::Counted { .. }) | None => {
                self.vote = Some(Vote { id: VoteId::from(stamp.id), ballots: Ballots::Open });
                Ok(None)
            }
        }
    }

    /// The vote that is meant, if it is the last one.
    fn vote(&mut self, id: VoteId) -> Result<&mut Ballots, Reject> {
        self.vote.as_mut().filter(|vote| vote.id == id).map(|vote| &mut vote.ballots).ok_or(Reject::VoteIsOver)
    }

    pub(super) fn close_vote(&mut self, stamp: &Stamp, id: VoteId) -> Undo {
        match self.vote(id)? {
            ballots @ Ballots::Open => *ballots = Ballots::Counting { closed_by: stamp.seq },
            Ballots::Counting { .. } | Ballots::Counted { .. } => return Err(Reject::VoteIsOver),
        }
        Ok(None)
    }

    pub(super) fn count_vote(&mut self, id: VoteId, ballots: u16, votes: &SortedMap<NoteId, u16>) -> Undo {
        if votes.len() > NOTES_MAX {
            return Err(Reject::OutOfRange);
        }
        match self.vote(id)? {
            now @ Ballots::Counting { .. } => *now = Ballots::Counted { ballots, votes: votes.clone() },
            Ballots::Open | Ballots::Counted { .. } => return Err(Reject::VoteIsOver),
        }
        Ok(None)
    }
}
