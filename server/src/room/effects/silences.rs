//! After a silence: what the people of a group wrote in it comes out of their trays and onto their board. It knows whose silence
//! has ended; what follows from that is the reveal's.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::docs::workshop::Workshop;
use shared::{GroupId, Seq};

use super::reveal::{Whose, revealed};
use crate::log::Key;
use crate::registry::Rooms;

/// The silences of a workshop.
#[derive(Default)]
pub(in crate::room) struct Silences {
    /// The last one of each group that was followed.
    followed: BTreeMap<GroupId, Seq>,
}

impl Silences {
    /// Follows every silence that has ended. A workshop that was just opened is looked at too: what a crash prevented is done
    /// now. The room does not wait for it.
    pub(super) fn follow(&mut self, key: Key, workshop: &Workshop, rooms: &Arc<Rooms>) {
        for (group, ended_by) in workshop.spoken.iter() {
            if self.followed.insert(*group, *ended_by) != Some(*ended_by) {
                rooms.tasks.spawn(revealed(key, Whose::Group(*group), Arc::clone(rooms)));
            }
        }
    }
}
