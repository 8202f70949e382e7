//! Which code belongs to which workshop. Read by nobody but the server.

use serde::{Deserialize, Serialize};

use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::ids::{JoinCode, WorkshopId};
use crate::limits::WORKSHOPS_MAX;
use crate::sorted::SortedMap;

/// The codes that are given out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Directory {
    /// A code and where it leads.
    pub codes: SortedMap<JoinCode, WorkshopId>,
}

/// What can happen to the directory.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum DirectoryOp {
    /// A workshop takes a code.
    Open {
        /// The code, not yet taken.
        code: JoinCode,
        /// The workshop.
        workshop: WorkshopId,
    },
    /// A workshop is no more: its code leads nowhere, and may be given to another one.
    Close {
        /// The code.
        code: JoinCode,
    },
}

impl Model for Directory {
    type Op = DirectoryOp;

    fn apply(&mut self, stamp: &Stamp, op: &DirectoryOp) -> Result<Option<DirectoryOp>, Reject> {
        if stamp.by != By::Server {
            return Err(Reject::Forbidden);
        }
        match op {
            DirectoryOp::Open { .. } if self.codes.len() >= WORKSHOPS_MAX => Err(Reject::DocFull),
            DirectoryOp::Open { code, .. } if self.codes.contains_key(code) => Err(Reject::IdTaken),
            DirectoryOp::Open { code, workshop } => {
                self.codes.insert(*code, *workshop);
                Ok(None)
            }
            DirectoryOp::Close { code } => {
                self.codes.remove(code);
                Ok(None)
            }
        }
    }

    super::model_ops!(Directory);
}
