//! What was written beside the tree, and the result of the last vote. No ballot is in it: the board that it is read from has none.

use serde::Serialize;
use shared::docs::board::{Ballots, Board, Note, NoteOn};
use shared::{NoteId, SortedMap};

use super::{Author, Names, time};

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct NoteOut {
    id: NoteId,
    text: String,
    by: Author,
    at: String,
    /// Who has seen it themselves; only of a proposed theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen_by: Option<Vec<Author>>,
    /// Votes in the last vote, if it was counted; likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    votes: Option<u16>,
}

/// How far the last vote has come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct VoteOut {
    state: &'static str,
    /// How many voted; none before it was counted.
    ballots: Option<u16>,
}

impl VoteOut {
    pub(super) fn of(board: &Board) -> Option<Self> {
        Some(match board.vote.as_ref()?.ballots {
            Ballots::Open => Self { state: "open", ballots: None },
            Ballots::Counting { .. } => Self { state: "counting", ballots: None },
            Ballots::Counted { ballots, .. } => Self { state: "counted", ballots: Some(ballots) },
        })
    }
}

fn out(id: NoteId, note: &Note, names: &Names<'_>) -> NoteOut {
    let (text, by, at) = (note.text.read(), names.author(note.by), time(note.at));
    NoteOut { id, text, by, at, seen_by: None, votes: None }
}

/// The notes about something, the oldest first.
pub(super) fn notes(names: &Names<'_>, on: NoteOn) -> Vec<NoteOut> {
    names.board.notes_on(on).into_iter().map(|(id, note)| out(id, note, names)).collect()
}

/// What the group knew already.
pub(super) fn premises(names: &Names<'_>) -> Vec<NoteOut> {
    notes(names, NoteOn::Premise)
}

/// Themes that were proposed, with who knows them from their own life, and their votes.
pub(super) fn proposals(names: &Names<'_>) -> Vec<NoteOut> {
    let votes = names.board.vote.as_ref().and_then(|vote| match &vote.ballots {
        Ballots::Counted { votes, .. } => Some(votes),
        Ballots::Open | Ballots::Counting { .. } => None,
    });
    let votes_of = |id: NoteId| votes.map(|votes: &SortedMap<NoteId, u16>| votes.get(&id).copied().unwrap_or(0));
    let proposal = |(id, note): (NoteId, &Note)| NoteOut {
        seen_by: Some(note.seen_by.iter().map(|by| names.author(*by)).collect()),
        votes: votes_of(id),
        ..out(id, note, names)
    };
    names.board.notes_on(NoteOn::Proposal).into_iter().map(proposal).collect()
}
