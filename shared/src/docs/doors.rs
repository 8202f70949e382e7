//! Which tokens open a workshop, for the lead, helpers and observers. Read by nobody but the server.
//! Participants' tokens are in the roster, beside their seat.

use serde::{Deserialize, Serialize};

use crate::access::{By, Capability};
use crate::doc::{Model, Reject, Stamp};
use crate::ids::TokenHash;
use crate::sorted::SortedMap;

/// Grants of one workshop at the most.
const GRANTS_MAX: usize = 1_000;

/// The grants of a workshop.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Doors {
    /// What the holder of each token may.
    pub grants: SortedMap<TokenHash, Capability>,
}

/// What can happen to the doors.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum DoorsOp {
    /// The holder of a token may something from now on.
    Grant {
        /// The token's hash.
        key: TokenHash,
        /// What it allows.
        capability: Capability,
    },
}

impl Model for Doors {
    type Op = DoorsOp;

    fn apply(&mut self, stamp: &Stamp, op: &DoorsOp) -> Result<Option<DoorsOp>, Reject> {
        if stamp.by != By::Server {
            return Err(Reject::Forbidden);
        }
        match op {
            DoorsOp::Grant { .. } if self.grants.len() >= GRANTS_MAX => Err(Reject::DocFull),
            DoorsOp::Grant { key, .. } if self.grants.contains_key(key) => Err(Reject::IdTaken),
            DoorsOp::Grant { key, capability } => {
                self.grants.insert(*key, *capability);
                Ok(None)
            }
        }
    }

    super::model_ops!(Doors);
}
