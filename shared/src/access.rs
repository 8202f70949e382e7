//! Who may read and write which doc: one pure table, asked by the server for every doc and every operation.

use serde::{Deserialize, Serialize};

use crate::doc::Reject;
use crate::docs::board::{Ballots, Board, BoardOp, NoteOn};
use crate::docs::dots::{DotVote, Voters};
use crate::docs::tray::TrayOp;
use crate::docs::{AnyDoc, DocId, Op};
use crate::ids::{GroupId, NoteId, PersonId, VoteId};

/// What a token allows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Capability {
    /// 進行役: conducts the workshop.
    Lead,
    /// 補助: may help any group at its board.
    Helper,
    /// 参加者: writes at the board of their own group.
    Participant(PersonId),
    /// 見学: sees all boards, writes nothing and is not counted.
    Observer,
    /// 持ち帰り: sees what one group built, for as long as it is kept. Whoever sat there has the link, and may give it away.
    Keeper(GroupId),
}

/// Whose operation an entry is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum By {
    /// The server itself, following from something else that happened.
    Server,
    /// The lead.
    Lead,
    /// A helper.
    Helper,
    /// A participant.
    Person(PersonId),
}

/// Where a participant is: what they may depends on it. Whoever is no participant is nowhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// The group that they sit in.
    pub seat: Option<GroupId>,
    /// The group whose board theirs looks at: everybody is brought there, or walks there.
    pub visits: Option<GroupId>,
}

impl Place {
    /// In a group, at its own board.
    pub const fn at(seat: GroupId) -> Self {
        Self { seat: Some(seat), visits: None }
    }

    /// Whether this board is another group's, which is looked at now.
    pub fn is_visited(self, doc: DocId) -> bool {
        self.seat.is_some() && self.visits != self.seat && self.visits.map(DocId::Board) == Some(doc)
    }
}

impl Capability {
    /// In whose name its holder writes; who only looks in nobody's.
    pub const fn by(self) -> Option<By> {
        match self {
            Self::Lead => Some(By::Lead),
            Self::Helper => Some(By::Helper),
            Self::Participant(person) => Some(By::Person(person)),
            Self::Observer | Self::Keeper(_) => None,
        }
    }

    /// Whether the holder may read all of `doc`.
    pub fn may_read(self, place: Place, doc: DocId) -> bool {
        match doc {
            DocId::Workshop => true,
            DocId::Roster => matches!(self, Self::Lead | Self::Helper),
            DocId::Board(group) => match self {
                Self::Lead | Self::Helper | Self::Observer => true,
                Self::Participant(_) => place.seat == Some(group) || place.is_visited(doc),
                Self::Keeper(kept) => kept == group,
            },
            DocId::Tray(person) => self == Self::Participant(person),
            DocId::Doors | DocId::Directory => false,
        }
    }

    /// Whether the holder may append `op` to `doc`, as far as that can be told without looking into a doc: see [`depends_on`].
    pub fn may_write(self, place: Place, doc: DocId, op: &Op) -> bool {
        match (doc, op) {
            (DocId::Workshop, Op::Workshop(op)) => match self {
                Self::Lead => !op.is_servers(),
                Self::Helper => op.is_helpers(),
                Self::Participant(_) | Self::Observer | Self::Keeper(_) => false,
            },
            (DocId::Board(group), Op::Board(op)) => {
                let member = match self {
                    Self::Lead | Self::Helper => !op.is_groups_own(),
                    Self::Participant(_) if place.is_visited(doc) => is_visitors(op),
                    Self::Participant(_) => place.seat == Some(group) && !op.is_conductors(),
                    Self::Observer | Self::Keeper(_) => false,
                };
                member && !op.is_servers()
            }
            (DocId::Tray(person), Op::Tray(op)) => self == Self::Participant(person) && !op.is_servers(),
            _ => false,
        }
    }
}

/// What a visitor may do at the board of others: answer a card, and ask. What they wrote themselves they may change.
const fn is_visitors(op: &BoardOp) -> bool {
    matches!(
        op,
        BoardOp::React { .. }
            | BoardOp::AddNote { on: NoteOn::Card(_), .. }
            | BoardOp::EditNote { .. }
            | BoardOp::RemoveNote { .. }
    )
}

/// The doc that has a say in an operation on `doc`, at the moment at which that is taken: a vote is open at a board or
/// in the room, and ballots are in trays; a note that a visitor would change is theirs.
pub fn depends_on(place: Place, doc: DocId, op: &Op) -> Option<DocId> {
    match op {
        Op::Tray(TrayOp::CastBallot { .. } | TrayOp::CastDots { voters: Voters::Group, .. }) => {
            place.seat.map(DocId::Board)
        }
        Op::Tray(TrayOp::CastDots { voters: Voters::Room, .. }) => Some(DocId::Workshop),
        Op::Board(BoardOp::EditNote { .. } | BoardOp::RemoveNote { .. }) if place.is_visited(doc) => Some(doc),
        _ => None,
    }
}

/// Whether the doc that an operation of somebody depends on allows it now.
///
/// # Errors
/// The reason why it does not.
pub fn allows(doc: &AnyDoc, by: Option<By>, place: Place, op: &Op) -> Result<(), Reject> {
    match (doc, op) {
        (AnyDoc::Board(board), Op::Tray(TrayOp::CastBallot { vote, choices })) => {
            let open = board.model.vote.as_ref().filter(|now| now.id == *vote && now.ballots == Ballots::Open);
            let unknown = choices.iter().find(|note| !is_proposal(&board.model, **note));
            match (open, unknown) {
                (None, _) => Err(Reject::VoteIsOver),
                (Some(_), Some(note)) => Err(Reject::NoNote(*note)),
                (Some(_), None) => Ok(()),
            }
        }
        (AnyDoc::Board(board), Op::Tray(TrayOp::CastDots { voters: Voters::Group, vote, dots })) => {
            takes(board.model.dots.as_ref(), *vote, place, dots)
        }
        (AnyDoc::Workshop(workshop), Op::Tray(TrayOp::CastDots { voters: Voters::Room, vote, dots })) => {
            takes(workshop.model.dots.as_ref(), *vote, place, dots)
        }
        (AnyDoc::Board(board), Op::Board(BoardOp::EditNote { note, .. } | BoardOp::RemoveNote { note })) => {
            let found = board.model.notes.get(note).ok_or(Reject::NoNote(*note))?;
            if Some(found.by) == by { Ok(()) } else { Err(Reject::Forbidden) }
        }
        _ => Ok(()),
    }
}

fn takes(now: Option<&DotVote>, vote: VoteId, place: Place, dots: &[u16]) -> Result<(), Reject> {
    now.filter(|now| now.id == vote).ok_or(Reject::VoteIsOver)?.takes(place.seat, dots)
}

fn is_proposal(board: &Board, note: NoteId) -> bool {
    board.notes.get(&note).is_some_and(|note| note.on == NoteOn::Proposal)
}

#[cfg(test)]
mod tests;
