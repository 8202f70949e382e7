//! Who comes to a room and goes, and what they are told of each other.

use bytes::Bytes;
use shared::Point;
use shared::wire::{Close, ServerMessage};
use tokio::time::Instant;

use super::super::effects::sits_elsewhere;
use super::super::fanout::encoded;
use super::super::presence::who;
use super::super::{ConnId, Subscriber};
use super::Actor;
use crate::registry::Counted;

impl Actor {
    pub(super) fn subscribe(&mut self, subscriber: Subscriber, have: Point) {
        if sits_elsewhere(&self.doc, &subscriber) {
            subscriber.outbox.close(Close::Reseated);
            return;
        }
        self.rooms.metrics.deliveries.add(1);
        let missed = if have == Point::default() { None } else { self.recent.since(have) };
        let message = match missed {
            Some(entries) => self.entries_message(entries).0,
            None => self.whole(),
        };
        subscriber.outbox.push_doc(message);
        let counted = Counted::new(&self.rooms.metrics, |metrics| &metrics.subscriptions);
        self.fanout.add(subscriber.clone(), counted);
        if self.presence.is_some() {
            let present = who(self.fanout.followers());
            subscriber.outbox.offer(encoded(&ServerMessage::Present { doc: self.key.doc, present }));
            self.touch();
        }
    }

    pub(super) fn whole(&mut self) -> Bytes {
        if let Some(whole) = &self.whole {
            return whole.clone();
        }
        let whole = encoded(&ServerMessage::Snapshot { doc: self.key.doc, body: self.doc.clone() });
        self.whole = Some(whole.clone());
        whole
    }

    pub(super) fn unsubscribe(&mut self, conn: ConnId) {
        self.fanout.remove(conn);
        self.touch();
    }

    /// Who is at the board may have changed.
    pub(super) fn touch(&mut self) {
        if let Some(presence) = &mut self.presence {
            presence.touch();
        }
    }

    pub(super) fn tell_presence(&mut self, now: Instant) {
        let Some(presence) = &mut self.presence else { return };
        if let Some(present) = presence.news(now, self.fanout.followers()) {
            let message = encoded(&ServerMessage::Present { doc: self.key.doc, present });
            self.fanout.offer(&message, &self.rooms.metrics);
        }
    }
}
