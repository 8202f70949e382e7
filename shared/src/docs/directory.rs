//! Which code belongs to which workshop. Read by nobody but the server.

use serde::{Deserialize, Serialize};

use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::ids::{JoinCode, WorkshopId};
use crate::limits::{CODES_REPLACED_EACH_MAX, CODES_REPLACED_MAX, WORKSHOPS_MAX};
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

    fn replaced_of(&self, workshop: WorkshopId) -> Vec<JoinCode> {
        self.replaced.iter().filter(|(_, id)| **id == workshop).map(|(code, _)| *code).collect()
    }

    fn renew(&mut self, code: JoinCode, workshop: WorkshopId) -> Result<(), Reject> {
        let before = self.code_of(workshop).ok_or(Reject::OutOfRange)?;
        self.codes.remove(&before);
        self.codes.insert(code, workshop);
        // Which of its own are forgotten does not matter: the map does not know their age.
        let own = self.replaced_of(workshop);
        for code in own.iter().skip(CODES_REPLACED_EACH_MAX.saturating_sub(1)) {
            self.replaced.remove(code);
        }
        if self.replaced.len() >= CODES_REPLACED_MAX {
            // Nor does it matter here: it is a code that leads nowhere, as any that was never given out.
            let first = self.replaced.keys().next().copied();
            first.and_then(|first| self.replaced.remove(&first));
        }
        self.replaced.insert(before, workshop);
        Ok(())
    }

    fn close(&mut self, code: JoinCode) {
        let Some(workshop) = self.codes.remove(&code) else { return };
        for code in self.replaced_of(workshop) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Doc;
    use crate::ids::{ClientId, OpId};
    use crate::{Millis, Outcome};

    #[test]
    fn who_replaces_often_forgets_their_own_codes_and_nobody_elses() {
        let mut doc = Doc::<Directory>::default();
        let mut n = 0;
        let mut act = |doc: &mut Doc<Directory>, op: DirectoryOp| {
            n += 1;
            let id = OpId { client: ClientId::SERVER, n };
            let stamp = Stamp { seq: doc.seq.next(), at: Millis(0), by: By::Server, id };
            assert!(matches!(doc.apply(&stamp, &op), Outcome::Applied(_)), "{op:?}");
        };
        let code = |n: usize| -> JoinCode {
            let letters = ['A', 'C', 'D', 'E', 'F', 'H', 'J', 'K', 'M', 'N'];
            format!("K7M4{}{}", letters[n / 10], letters[n % 10]).parse().unwrap()
        };
        let (quiet, busy) = (WorkshopId(uuid::Uuid::from_u128(1)), WorkshopId(uuid::Uuid::from_u128(2)));
        act(&mut doc, DirectoryOp::Open { code: code(0), workshop: quiet });
        act(&mut doc, DirectoryOp::Renew { code: code(1), workshop: quiet });
        act(&mut doc, DirectoryOp::Open { code: code(2), workshop: busy });
        for n in 3..50 {
            act(&mut doc, DirectoryOp::Renew { code: code(n), workshop: busy });
            assert_eq!(doc.model.replaced.get(&code(n - 1)), Some(&busy), "the last one is known as replaced");
        }
        assert_eq!(doc.model.replaced.get(&code(0)), Some(&quiet));
        assert_eq!(doc.model.replaced.len(), 1 + CODES_REPLACED_EACH_MAX);
        assert_eq!((doc.model.code_of(quiet), doc.model.code_of(busy)), (Some(code(1)), Some(code(49))));
    }
}
