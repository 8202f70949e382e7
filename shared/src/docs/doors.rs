//! Which tokens open a workshop, for the lead, helpers and observers. Read by nobody but the server.
//! Participants' tokens are in the roster, beside their seat.

use serde::{Deserialize, Serialize};

use crate::access::{By, Capability};
use crate::doc::{Model, Reject, Stamp};
use crate::ids::TokenHash;
use crate::limits::KEYS_REPLACED_MAX;
use crate::sorted::SortedMap;

/// Grants of one workshop at the most.
const GRANTS_MAX: usize = 1_000;

/// The grants of a workshop.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Doors {
    /// What the holder of each token may.
    pub grants: SortedMap<TokenHash, Capability>,
    /// What the holders of tokens might that open nothing any more: they are told so.
    #[serde(default)]
    pub replaced: SortedMap<TokenHash, Capability>,
    /// How often the helpers' link was replaced since the lead has this key: the next one follows from it.
    #[serde(default)]
    pub helper_links: u32,
    /// Likewise the observers'.
    #[serde(default)]
    pub observer_links: u32,
    /// From what the links to keep follow; none as long as they follow from the workshop's secret.
    #[serde(default)]
    pub keep: Option<TokenHash>,
    /// The workshop's secret, where it was the lead's key before there was one: it stays when that key is replaced.
    #[serde(default)]
    pub secret: Option<TokenHash>,
}

/// What can happen to the doors. Each replaces in one entry all that has to go together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum DoorsOp {
    /// The holder of a token may something from now on.
    Grant {
        /// The token's hash.
        key: TokenHash,
        /// What it allows.
        capability: Capability,
    },
    /// Another key for the lead. The helpers' and the observers' follow from it, and whoever had the lead's link saw theirs: so
    /// all keys of before open nothing any more.
    RenewLead {
        /// Conducts.
        lead: TokenHash,
        /// Helps.
        helper: TokenHash,
        /// Sees.
        observer: TokenHash,
        /// From what the links to keep follow from now on, where they followed from the lead's key.
        keep: Option<TokenHash>,
    },
    /// Another key for helpers, or for observers. Those of before open nothing any more.
    RenewLink {
        /// For whom.
        link: Link,
        /// The new one.
        key: TokenHash,
    },
    /// Other links to keep, in all groups. Those of before open nothing any more.
    RenewKeep {
        /// From what they follow.
        secret: TokenHash,
    },
}

/// A link that is replaced alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Link {
    /// The helpers'.
    Helper,
    /// The observers', which the projector has too.
    Observer,
}

impl Link {
    /// What its holder may.
    pub const fn capability(self) -> Capability {
        match self {
            Self::Helper => Capability::Helper,
            Self::Observer => Capability::Observer,
        }
    }
}

impl Doors {
    /// Refuses keys that are, or were, somebody's.
    fn are_new(&self, keys: &[TokenHash]) -> Result<(), Reject> {
        let known = |key: &TokenHash| self.grants.contains_key(key) || self.replaced.contains_key(key);
        let twice = keys.iter().enumerate().any(|(at, key)| keys.iter().skip(at).skip(1).any(|other| other == key));
        if twice || keys.iter().any(known) { Err(Reject::IdTaken) } else { Ok(()) }
    }

    /// What held this capability opens nothing any more.
    fn replace(&mut self, capability: Capability) {
        let of = |(key, allows): (&TokenHash, &Capability)| (*allows == capability).then_some(*key);
        let keys: Vec<TokenHash> = self.grants.iter().filter_map(of).collect();
        if self.replaced.len().saturating_add(keys.len()) > KEYS_REPLACED_MAX {
            // Who has one of these is still not let in; it is only no longer said why.
            self.replaced = SortedMap::default();
        }
        for key in keys {
            self.grants.remove(&key);
            self.replaced.insert(key, capability);
        }
    }

    fn renew_lead(&mut self, keys: [TokenHash; 3], keep: Option<TokenHash>) -> Result<(), Reject> {
        self.are_new(&keys)?;
        let has_secret = self.grants.values().any(|allows| matches!(allows, Capability::Participant(_)));
        if self.secret.is_none() && !has_secret {
            let lead = self.grants.iter().find(|(_, allows)| **allows == Capability::Lead).map(|(key, _)| *key);
            self.secret = lead;
        }
        let all = [Capability::Lead, Capability::Helper, Capability::Observer];
        for (key, capability) in keys.into_iter().zip(all) {
            self.replace(capability);
            self.grants.insert(key, capability);
        }
        (self.helper_links, self.observer_links) = (0, 0);
        self.keep = keep.or(self.keep);
        Ok(())
    }

    fn renew_link(&mut self, link: Link, key: TokenHash) -> Result<(), Reject> {
        self.are_new(&[key])?;
        self.replace(link.capability());
        self.grants.insert(key, link.capability());
        let times = match link {
            Link::Helper => &mut self.helper_links,
            Link::Observer => &mut self.observer_links,
        };
        *times = times.saturating_add(1);
        Ok(())
    }
}

impl Model for Doors {
    type Op = DoorsOp;

    fn apply(&mut self, stamp: &Stamp, op: &DoorsOp) -> Result<Option<DoorsOp>, Reject> {
        if stamp.by != By::Server {
            return Err(Reject::Forbidden);
        }
        match op {
            DoorsOp::Grant { .. } if self.grants.len() >= GRANTS_MAX => Err(Reject::DocFull),
            DoorsOp::Grant { key, capability } => {
                self.are_new(&[*key])?;
                self.grants.insert(*key, *capability);
                Ok(None)
            }
            DoorsOp::RenewLead { lead, helper, observer, keep } => {
                self.renew_lead([*lead, *helper, *observer], *keep).map(|()| None)
            }
            DoorsOp::RenewLink { link, key } => self.renew_link(*link, *key).map(|()| None),
            DoorsOp::RenewKeep { secret } => {
                self.keep = Some(*secret);
                Ok(None)
            }
        }
    }

    super::model_ops!(Doors);
}

#[cfg(test)]
mod tests;
