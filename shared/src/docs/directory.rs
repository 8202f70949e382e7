//! Which code belongs to which workshop. Read by nobody but the server.

use serde::{Deserialize, Serialize};

use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::ids::{JoinCode, WorkshopId};
use crate::limits::{CODES_REPLACED_MAX, WORKSHOPS_MAX};
use crate::sorted::SortedMap;

/// The codes that are given out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Directory {
    /// A code and where it leads.
    pub codes: SortedMap<JoinCode, WorkshopId>,
    /// Codes that lead nowhere any more, and to where they led. Nobody else gets one: whoever still has it would come to strangers.
    #[serde(default)]
    pub replaced: SortedMap<JoinCode, WorkshopId>,
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
    /// A workshop takes another code. The one before leads nowhere from then on.
    Renew {
        /// The code, not yet taken.
        code: JoinCode,
        /// The workshop.
        workshop: WorkshopId,
    },
    /// A workshop is no more: its codes lead nowhere, and may be given to another one.
    Close {
        /// The code.
        code: JoinCode,
    },
}

impl Directory {
    /// The code that leads to a workshop.
    pub fn code_of(&self, workshop: WorkshopId) -> Option<JoinCode> {
        self.codes.iter().find(|(_, id)| **id == workshop).map(|(code, _)| *code)
    }

    fn is_taken(&self, code: JoinCode) -> bool {
        self.codes.contains_key(&code) || self.replaced.contains_key(&code)
    }

    fn renew(&mut self, code: JoinCode, workshop: WorkshopId) -> Result<(), Reject> {
        let before = self.code_of(workshop).ok_or(Reject::OutOfRange)?;
        self.codes.remove(&before);
        self.codes.insert(code, workshop);
        if self.replaced.len() >= CODES_REPLACED_MAX {
            // Which one is forgotten does not matter: it is a code that leads nowhere, as any that was never given out.
            let first = self.replaced.keys().next().copied();
            first.and_then(|first| self.replaced.remove(&first));
        }
        self.replaced.insert(before, workshop);
        Ok(())
    }

    fn close(&mut self, code: JoinCode) {
        let Some(workshop) = self.codes.remove(&code) else { return };
        let before: Vec<JoinCode> =
            self.replaced.iter().filter(|(_, id)| **id == workshop).map(|(code, _)| *code).collect();
        for code in before {
            self.replaced.remove(&code);
        }
    }
}

impl Model for Directory {
    type Op = DirectoryOp;

    fn apply(&mut self, stamp: &Stamp, op: &DirectoryOp) -> Result<Option<DirectoryOp>, Reject> {
        if stamp.by != By::Server {
            return Err(Reject::Forbidden);
        }
        match op {
            DirectoryOp::Open { .. } if self.codes.len() >= WORKSHOPS_MAX => Err(Reject::DocFull),
            DirectoryOp::Open { code, .. } | DirectoryOp::Renew { code, .. } if self.is_taken(*code) => {
                Err(Reject::IdTaken)
            }
            DirectoryOp::Open { code, workshop } => {
                self.codes.insert(*code, *workshop);
                Ok(None)
            }
            DirectoryOp::Renew { code, workshop } => self.renew(*code, *workshop).map(|()| None),
            DirectoryOp::Close { code } => {
                self.close(*code);
                Ok(None)
            }
        }
    }

    super::model_ops!(Directory);
}
