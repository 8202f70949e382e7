//! Whose each client id is, in a workshop as a whole. A doc knows it for itself, and ids can be seen: without this somebody
//! could be the first to use the lead's id at a board to which the lead has not come yet, and keep them out.
//!
//! It knows the docs that are open. The one that everybody reads, the workshop, is open whenever somebody is in.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::{By, ClientId, DocId};

use crate::log::Key;

/// The owners, by open doc.
#[derive(Default)]
pub(crate) struct Owners {
    of: Mutex<BTreeMap<Key, BTreeMap<ClientId, By>>>,
}

impl Owners {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Key, BTreeMap<ClientId, By>>> {
        self.of.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A doc has taken operations of these.
    pub(crate) fn learn(&self, key: Key, owners: impl IntoIterator<Item = (ClientId, By)>) {
        self.lock().entry(key).or_default().extend(owners);
    }

    /// A doc is no longer open.
    pub(crate) fn forget(&self, key: Key) {
        self.lock().remove(&key);
    }

    /// Whether another doc of the same workshop has taken operations of this client from somebody else.
    pub(crate) fn is_anothers(&self, key: Key, client: ClientId, by: By) -> bool {
        let first = Key { doc: DocId::Workshop, ..key };
        let of = self.lock();
        let mut docs = of.range(first..).take_while(|(other, _)| other.workshop == key.workshop);
        docs.any(|(_, owners)| owners.get(&client).is_some_and(|owner| *owner != by))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{GroupId, PersonId, WorkshopId};

    #[test]
    fn an_id_is_its_owners_in_the_whole_workshop_and_in_no_other() {
        let board = |group| Key { workshop: WorkshopId::default(), doc: DocId::Board(GroupId(group)) };
        let elsewhere = Key { workshop: WorkshopId(uuid::Uuid::from_u128(1)), ..board(1) };
        let workshop = Key { doc: DocId::Workshop, ..board(1) };
        let (client, person) = (ClientId::of(99), By::Person(PersonId(1)));
        let owners = Owners::default();
        owners.learn(board(7), [(client, By::Lead)]);
        for key in [workshop, board(1), board(200)] {
            assert!(owners.is_anothers(key, client, person), "{key}");
            assert!(!owners.is_anothers(key, client, By::Lead), "{key}");
            assert!(!owners.is_anothers(key, ClientId::of(98), person), "{key}");
        }
        assert!(!owners.is_anothers(elsewhere, client, person));
        owners.forget(board(7));
        assert!(!owners.is_anothers(workshop, client, person));
    }
}
