//! The roster, as the reception shows it. Empty for whoever may not read it. Most phones never see one, so that what it takes to
//! follow it comes with the lead's screens: until then what the server sends is put by.

use std::cell::RefCell;
use std::sync::Arc;

use shared::access::By;
use shared::docs::roster::Roster;
use shared::replica::Received;
use shared::{Doc, Entry, Point, Replica};

use crate::reactive::*;

/// What follows the roster.
pub(super) trait Roll {
    fn point(&self) -> Point;
    fn load(&mut self, body: Doc<Roster>);
    fn receive(&mut self, entry: &Entry) -> Received;
    fn view(&self) -> Arc<Roster>;
}

/// It, once the screens that need it are here.
struct Followed(Replica<Roster>);

impl Roll for Followed {
    fn point(&self) -> Point {
        self.0.point()
    }

    fn load(&mut self, body: Doc<Roster>) {
        self.0.load(body);
    }

    fn receive(&mut self, entry: &Entry) -> Received {
        self.0.receive(entry)
    }

    fn view(&self) -> Arc<Roster> {
        Arc::new(self.0.view().clone())
    }
}

#[derive(Default)]
pub(super) struct Reception {
    roll: RefCell<Option<Box<dyn Roll>>>,
    /// What came before there was a roll: the whole, and what followed.
    put_by: RefCell<(Option<Doc<Roster>>, Vec<Entry>)>,
    pub(super) view: ArcRwSignal<Option<Arc<Roster>>>,
}

impl Reception {
    pub(super) fn point(&self) -> Option<Point> {
        self.roll.borrow().as_ref().map(|roll| roll.point())
    }

    pub(super) fn load(&self, body: Doc<Roster>) {
        if self.roll.borrow().is_none() {
            self.put_by.replace((Some(body), Vec::new()));
        } else {
            self.change(|roll| roll.load(body));
        }
    }

    pub(super) fn receive(&self, entry: &Entry) -> Received {
        if self.roll.borrow().is_none() {
            self.put_by.borrow_mut().1.push(entry.clone());
            return Received::Old;
        }
        let mut received = Received::Old;
        self.change(|roll| received = roll.receive(entry));
        received
    }

    /// Follows the roster from now on. Called by the lead's screens alone: what it reaches comes with them.
    pub(super) fn follow(&self, me: By) {
        if self.roll.borrow().is_some() {
            return;
        }
        self.roll.replace(Some(Box::new(Followed(Replica::new(me)))));
        let (body, entries) = self.put_by.take();
        if let Some(body) = body {
            self.change(|roll| {
                roll.load(body);
                for entry in &entries {
                    roll.receive(entry);
                }
            });
        }
    }

    fn change(&self, change: impl FnOnce(&mut dyn Roll)) {
        if let Some(roll) = &mut *self.roll.borrow_mut() {
            change(roll.as_mut());
            self.view.set(Some(roll.view()));
        }
    }
}
