//! From ballots to the result of a vote. Only the server has the ballots of a group; what becomes of them is the same everywhere.

use super::Ballot;
use crate::docs::board::{Ballots, Board, BoardOp, NoteOn, Vote};
use crate::docs::dots::DotBallot;
use crate::docs::workshop::WorkshopOp;
use crate::docs::{AnyDoc, Op};
use crate::ids::{ClientId, GroupId, NoteId, OpId};
use crate::sorted::SortedMap;

/// The result of the vote that waits at a board to be counted, if one does. Its id is made from the entry that closed the vote,
/// so counting twice changes nothing. Ballots of other votes, and choices that nobody proposed, say nothing.
pub fn count(board: &Board, ballots: &[Ballot]) -> Option<(OpId, BoardOp)> {
    let Some(Vote { id: vote, ballots: Ballots::Counting { closed_by } }) = board.vote else { return None };
    let id = OpId { client: ClientId::FROM_TRAYS, n: u32::try_from(closed_by.0).ok()? };
    let is_proposal = |note: &&NoteId| board.notes.get(*note).is_some_and(|note| note.on == NoteOn::Proposal);
    let (mut voted, mut votes) = (0_u16, SortedMap::<NoteId, u16>::new());
    for ballot in ballots.iter().filter(|ballot| ballot.vote == vote) {
        voted = voted.saturating_add(1);
        for note in ballot.choices.iter().filter(is_proposal) {
            let before = votes.get(note).copied().unwrap_or(0);
            votes.insert(*note, before.saturating_add(1));
        }
    }
    Some((id, BoardOp::CountVote { vote, ballots: voted, votes }))
}

/// The result of the vote with dots that waits to be counted at a board, or in the room, if one does. Ballots come with the group of
/// who gave them, where that makes a difference.
pub fn count_dots(doc: &AnyDoc, given: &[(Option<GroupId>, DotBallot)]) -> Option<(OpId, Op)> {
    let given = given.iter().map(|(group, ballot)| (*group, ballot));
    match doc {
        AnyDoc::Board(board) => {
            let vote = board.model.dots.as_ref()?;
            let (id, ballots, dots) = vote.counted(given)?;
            Some((id, Op::Board(BoardOp::CountDots { vote: vote.id, ballots, dots })))
        }
        AnyDoc::Workshop(workshop) => {
            let vote = workshop.model.dots.as_ref()?;
            let (id, ballots, dots) = vote.counted(given)?;
            Some((id, Op::Workshop(WorkshopOp::CountDots { vote: vote.id, ballots, dots })))
        }
        _ => None,
    }
}
