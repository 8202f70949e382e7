//! The roster, as the reception shows it. The phones' bundle is built without: whoever joins may not read it, and who may loads the
//! lead's bundle (`ui::elsewhere`).

#[cfg(feature = "conduct")]
pub(super) use self::read::Reception;
#[cfg(not(feature = "conduct"))]
pub(super) use self::unread::Reception;

#[cfg(feature = "conduct")]
mod read {
    use std::cell::RefCell;
    use std::sync::Arc;

    use shared::access::By;
    use shared::docs::roster::Roster;
    use shared::replica::Received;
    use shared::{Doc, Entry, Point, Replica};

    use crate::reactive::*;

    #[derive(Default)]
    pub(in crate::store::session) struct Reception {
        doc: RefCell<Option<Replica<Roster>>>,
        pub(in crate::store::session) view: ArcRwSignal<Option<Arc<Roster>>>,
    }

    impl Reception {
        pub(in crate::store::session) fn point(&self) -> Option<Point> {
            self.doc.borrow().as_ref().map(Replica::point)
        }

        pub(in crate::store::session) fn load(&self, body: Doc<Roster>, me: By) {
            self.change(me, |replica| replica.load(body));
        }

        pub(in crate::store::session) fn receive(&self, entry: &Entry, me: By) -> Received {
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
}

#[cfg(not(feature = "conduct"))]
mod unread {
    use shared::access::By;
    use shared::docs::roster::Roster;
    use shared::replica::Received;
    use shared::{Doc, Entry, Point};

    #[derive(Default)]
    pub(in crate::store::session) struct Reception {}

    #[allow(clippy::unused_self)]
    impl Reception {
        pub(in crate::store::session) fn point(&self) -> Option<Point> {
            None
        }

        pub(in crate::store::session) fn load(&self, _: Doc<Roster>, _: By) {}

        pub(in crate::store::session) fn receive(&self, _: &Entry, _: By) -> Received {
            Received::Old
        }
    }
}
