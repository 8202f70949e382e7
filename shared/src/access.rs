//! Who may read and write which doc: one pure table, asked by the server for every doc and every operation.

use serde::{Deserialize, Serialize};

use crate::docs::{DocId, Op};
use crate::ids::{GroupId, PersonId};

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
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docs::board::{BoardOp, Member, Seated};
    use crate::docs::roster::RosterOp;
    use crate::docs::workshop::{Phase, WorkshopOp};
    use crate::ids::{CardId, ClientId, VoteId};
    use crate::sorted::SortedMap;

    const CAPABILITIES: [Capability; 4] =
        [Capability::Lead, Capability::Helper, Capability::Participant(PersonId(3)), Capability::Observer];

    fn docs() -> [DocId; 6] {
        [
            DocId::Workshop,
            DocId::Roster,
            DocId::Board(GroupId(1)),
            DocId::Board(GroupId(2)),
            DocId::Doors,
            DocId::Directory,
        ]
    }

    #[test]
    fn the_table_of_readers() {
        let table: Vec<String> = CAPABILITIES
            .iter()
            .map(|c| docs().iter().map(|d| if c.may_read(Some(GroupId(1)), *d) { 'r' } else { '-' }).collect())
            .collect();
        assert_eq!(table, ["rrrr--", "rrrr--", "r-r---", "r-rr--"]);
    }

    #[test]
    fn the_table_of_writers() {
        let ops = [
            Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Open }),
            Op::Roster(RosterOp::Seat { person: PersonId(1), group: GroupId(1), seats: 5 }),
            Op::Board(BoardOp::RemoveCard { card: CardId::THEME }),
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
        assert_eq!(table, ["w-ww--", "--ww--", "--w---", "------"]);
    }

    #[test]
    fn nobody_writes_what_is_the_servers() {
        let member = Op::Board(BoardOp::SetMember {
            person: PersonId(1),
            member: Member { name: "x".into(), seated: Seated::Here },
        });
        let (vote, votes) = (VoteId { client: ClientId::of(99), n: 1 }, SortedMap::new());
        let count = Op::Board(BoardOp::CountVote { vote, ballots: 0, votes });
        for capability in CAPABILITIES {
            for op in [&member, &count] {
                assert!(!capability.may_write(Some(GroupId(1)), DocId::Board(GroupId(1)), op));
            }
        }
    }

    #[test]
    fn an_operation_fits_its_own_doc_only() {
        let phase = Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Open });
        for doc in docs().into_iter().filter(|doc| *doc != DocId::Workshop) {
            assert!(!Capability::Lead.may_write(None, doc, &phase));
        }
    }
}
