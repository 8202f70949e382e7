//! Who may read and write which doc: one pure table, asked by the server for every doc and every operation.

use serde::{Deserialize, Serialize};

use crate::doc::Reject;
use crate::docs::board::{Ballots, Board, NoteOn};
use crate::docs::tray::TrayOp;
use crate::docs::{AnyDoc, DocId, Op};
use crate::ids::{GroupId, NoteId, PersonId};

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

impl Capability {
    /// In whose name its holder writes; an observer in nobody's.
    pub const fn by(self) -> Option<By> {
        match self {
            Self::Lead => Some(By::Lead),
            Self::Helper => Some(By::Helper),
            Self::Participant(person) => Some(By::Person(person)),
            Self::Observer => None,
        }
    }

    /// Whether the holder may read all of `doc`. `seat` is the group that a participant sits in.
    pub fn may_read(self, seat: Option<GroupId>, doc: DocId) -> bool {
        match doc {
            DocId::Workshop => true,
            DocId::Roster => matches!(self, Self::Lead | Self::Helper),
            DocId::Board(group) => match self {
                Self::Lead | Self::Helper | Self::Observer => true,
                Self::Participant(_) => seat == Some(group),
            },
            DocId::Tray(person) => self == Self::Participant(person),
            DocId::Doors | DocId::Directory => false,
        }
    }

    /// Whether the holder may append `op` to `doc`.
    pub fn may_write(self, seat: Option<GroupId>, doc: DocId, op: &Op) -> bool {
        match (doc, op) {
            (DocId::Workshop, Op::Workshop(op)) => self == Self::Lead && !op.is_servers(),
            (DocId::Board(group), Op::Board(op)) => {
                let member = match self {
                    Self::Lead | Self::Helper => true,
                    Self::Participant(_) => seat == Some(group),
                    Self::Observer => false,
                };
                member && !op.is_servers()
            }
            (DocId::Tray(person), Op::Tray(op)) => self == Self::Participant(person) && !op.is_servers(),
            _ => false,
        }
    }
}

/// The doc that has a say in an operation on another one, at the moment at which that is taken: a vote is open at a board, and
/// ballots are in trays. `seat` is the group that its author sits in.
pub const fn depends_on(seat: Option<GroupId>, op: &Op) -> Option<DocId> {
    match (seat, op) {
        (Some(group), Op::Tray(TrayOp::CastBallot { .. })) => Some(DocId::Board(group)),
        _ => None,
    }
}

/// Whether the doc that an operation depends on allows it now.
///
/// # Errors
/// The reason why it does not.
pub fn allows(doc: &AnyDoc, op: &Op) -> Result<(), Reject> {
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
        _ => Ok(()),
    }
}

fn is_proposal(board: &Board, note: NoteId) -> bool {
    board.notes.get(&note).is_some_and(|note| note.on == NoteOn::Proposal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Entry, Outcome, Stamp};
    use crate::docs::board::{BoardOp, Member, Seated};
    use crate::docs::roster::RosterOp;
    use crate::docs::workshop::{Phase, WorkshopOp};
    use crate::ids::{CardId, ClientId, Millis, OpId, VoteId};
    use crate::sorted::SortedMap;

    const CAPABILITIES: [Capability; 4] =
        [Capability::Lead, Capability::Helper, Capability::Participant(PersonId(3)), Capability::Observer];

    fn vote() -> VoteId {
        VoteId { client: ClientId::of(99), n: 1 }
    }

    fn docs() -> [DocId; 8] {
        [
            DocId::Workshop,
            DocId::Roster,
            DocId::Board(GroupId(1)),
            DocId::Board(GroupId(2)),
            DocId::Doors,
            DocId::Directory,
            DocId::Tray(PersonId(3)),
            DocId::Tray(PersonId(4)),
        ]
    }

    #[test]
    fn the_table_of_readers() {
        let table: Vec<String> = CAPABILITIES
            .iter()
            .map(|c| docs().iter().map(|d| if c.may_read(Some(GroupId(1)), *d) { 'r' } else { '-' }).collect())
            .collect();
        assert_eq!(table, ["rrrr----", "rrrr----", "r-r---r-", "r-rr----"]);
    }

    #[test]
    fn the_table_of_writers() {
        let ops = [
            Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Open }),
            Op::Roster(RosterOp::Seat { person: PersonId(1), group: GroupId(1), seats: 5 }),
            Op::Board(BoardOp::RemoveCard { card: CardId::THEME }),
            Op::Tray(TrayOp::CastBallot { vote: vote(), choices: Vec::new() }),
        ];
        let table: Vec<String> = CAPABILITIES
            .iter()
            .map(|c| {
                docs()
                    .iter()
                    .map(|d| if ops.iter().any(|op| c.may_write(Some(GroupId(1)), *d, op)) { 'w' } else { '-' })
                    .collect()
            })
            .collect();
        assert_eq!(table, ["w-ww----", "--ww----", "--w---w-", "--------"]);
    }

    #[test]
    fn nobody_writes_what_is_the_servers() {
        let member = Op::Board(BoardOp::SetMember {
            person: PersonId(1),
            member: Member { name: "x".into(), seated: Seated::Here },
        });
        let count = Op::Board(BoardOp::CountVote { vote: vote(), ballots: 0, votes: SortedMap::new() });
        let end = Op::Tray(TrayOp::EndVote { vote: vote() });
        for capability in CAPABILITIES {
            for op in [&member, &count, &end] {
                for doc in docs() {
                    assert!(!capability.may_write(Some(GroupId(1)), doc, op));
                }
            }
        }
    }

    #[test]
    fn a_ballot_is_taken_while_its_vote_is_open_and_for_what_was_proposed() {
        let mut board = AnyDoc::empty(DocId::Board(GroupId(1)));
        let mut n = 0;
        let mut act = |board: &mut AnyDoc, by: By, op: BoardOp| {
            n += 1;
            let client = if by == By::Server { ClientId::FROM_TRAYS } else { ClientId::of(99) };
            let stamp = Stamp { seq: board.seq().next(), at: Millis(0), by, id: OpId { client, n } };
            assert!(matches!(board.apply(&Entry { stamp, op: Op::Board(op) }), Outcome::Applied(_)));
            stamp.id
        };
        let add = |on, text: &str| BoardOp::AddNote { on, text: text.into(), start: 0 };
        let proposed = NoteId::from(act(&mut board, By::Lead, add(NoteOn::Proposal, "a")));
        let premise = NoteId::from(act(&mut board, By::Lead, add(NoteOn::Premise, "b")));
        let cast = |vote, choices: &[NoteId]| Op::Tray(TrayOp::CastBallot { vote, choices: choices.to_vec() });
        assert_eq!(allows(&board, &cast(vote(), &[proposed])), Err(Reject::VoteIsOver), "there is none");
        let open = VoteId::from(act(&mut board, By::Lead, BoardOp::OpenVote));
        assert_eq!(allows(&board, &cast(open, &[proposed])), Ok(()));
        assert_eq!(allows(&board, &cast(open, &[])), Ok(()));
        assert_eq!(allows(&board, &cast(open, &[proposed, premise])), Err(Reject::NoNote(premise)));
        assert_eq!(allows(&board, &cast(vote(), &[proposed])), Err(Reject::VoteIsOver), "another");
        act(&mut board, By::Lead, BoardOp::CloseVote { vote: open });
        assert_eq!(allows(&board, &cast(open, &[proposed])), Err(Reject::VoteIsOver), "it is being counted");
        act(&mut board, By::Server, BoardOp::CountVote { vote: open, ballots: 0, votes: SortedMap::new() });
        assert_eq!(allows(&board, &cast(open, &[proposed])), Err(Reject::VoteIsOver), "it was counted");
        let (ballot, seat) = (cast(open, &[]), Some(GroupId(1)));
        assert_eq!(depends_on(seat, &ballot), Some(DocId::Board(GroupId(1))));
        assert_eq!(depends_on(seat, &Op::Board(BoardOp::OpenVote)), None);
    }

    #[test]
    fn an_operation_fits_its_own_doc_only() {
        let phase = Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Open });
        for doc in docs().into_iter().filter(|doc| *doc != DocId::Workshop) {
            assert!(!Capability::Lead.may_write(None, doc, &phase));
        }
    }
}
