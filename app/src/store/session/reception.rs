//! The roster, as the reception shows it. Empty for whoever may not read it.

use std::cell::RefCell;
use std::sync::Arc;

use shared::access::By;
use shared::docs::roster::Roster;
use shared::replica::Received;
use shared::{Doc, Entry, Point, Replica};

use crate::reactive::*;

#[derive(Default)]
pub(super) struct Reception {
    doc: RefCell<Option<Replica<Roster>>>,
    pub(super) view: ArcRwSignal<Option<Arc<Roster>>>,
}

impl Reception {
    pub(super) fn point(&self) -> Option<Point> {
        self.doc.borrow().as_ref().map(Replica::point)
    }

    pub(super) fn load(&self, body: Doc<Roster>, me: By) {
        self.change(me, |replica| replica.load(body));
    }

    pub(super) fn receive(&self, entry: &Entry, me: By) -> Received {
        let mut received = Received::Old;
        self.change(me, |replica| received = replica.receive(entry));
        received
    }

    fn change(&self, me: By, change: impl FnOnce(&mut Replica<Roster>)) {
        let mut doc = self.doc.borrow_mut();
        let replica = doc.get_or_insert_with(|| Replica::new(me));
        change(replica);
        self.view.set(Some(Arc::new(replica.view().clone())));
    }
}
