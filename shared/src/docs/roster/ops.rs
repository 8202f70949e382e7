//! What can happen to the roster. Variants are only ever appended (wire and store). All of it is done by the server: what the
//! lead wants of it is asked for with the lead's key.

use serde::{Deserialize, Serialize};

use super::{About, Rule};
use crate::ids::{GroupId, PersonId, TokenHash};

/// An operation on the roster.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum RosterOp {
    /// Somebody joins and is seated. Their id is the number of this entry.
    Join {
        /// The hash of the token that their phone made.
        key: TokenHash,
        /// Their name.
        name: String,
        /// Their section, may be empty.
        section: String,
        /// Where they sit.
        group: GroupId,
        /// Seats of that group: refused when all are taken.
        seats: u16,
    },
    /// Somebody is seated elsewhere.
    Seat {
        /// Who.
        person: PersonId,
        /// Where.
        group: GroupId,
        /// Seats of that group: refused when all are taken.
        seats: u16,
    },
    /// Somebody for whom another phone has written goes on with their own: no other key is theirs from then on.
    TakeOver {
        /// Who.
        person: PersonId,
        /// The hash of the token that their phone made.
        key: TokenHash,
    },
    /// Somebody is expected. Their id is the number of this entry.
    Expect {
        /// Their name.
        name: String,
        /// Their section, may be empty.
        section: String,
        /// What else the lead knows of them.
        about: About,
    },
    /// The lead says something else of somebody, who is here or expected.
    Describe {
        /// Who.
        person: PersonId,
        /// Their section, may be empty.
        section: String,
        /// What else the lead knows of them.
        about: About,
    },
    /// Somebody is expected no longer.
    Forget {
        /// Who.
        person: PersonId,
    },
    /// A seat is kept for somebody who is expected.
    Reserve {
        /// Who.
        person: PersonId,
        /// Where.
        group: GroupId,
    },
    /// Two are to sit together, or apart.
    Pair {
        /// One.
        a: PersonId,
        /// The other.
        b: PersonId,
        /// How; none when it does not matter any more.
        rule: Option<Rule>,
    },
    /// Somebody who was expected is here. They stay who they are.
    Arrive {
        /// Who.
        person: PersonId,
        /// The hash of the token that their phone made.
        key: TokenHash,
        /// Where they sit.
        group: GroupId,
        /// Seats of that group: refused when all are taken.
        seats: u16,
    },
    /// Somebody who is here is taken out: their key opens nothing any more. What they wrote stays.
    Remove {
        /// Who.
        person: PersonId,
    },
    /// Somebody who was taken out may come back, with the key that they have.
    LetBackIn {
        /// Who.
        person: PersonId,
        /// Where they sit.
        group: GroupId,
        /// Seats of that group: refused when all are taken.
        seats: u16,
    },
}
