//! Everybody who follows a doc. A message is encoded once, and the same bytes go to each of them.

use bytes::Bytes;
use shared::presence::Doing;
use shared::wire::{Close, ServerMessage, encode};
use shared::{By, Capability};

use super::outbox::Pushed;
use super::{ConnId, Standing, Subscriber};
use crate::registry::{Counted, Metrics};

/// One who follows.
pub(super) struct Follower {
    pub(super) subscriber: Subscriber,
    /// What they are at here; none if they are not at this board.
    pub(super) doing: Option<Doing>,
    _counted: Counted,
}

/// All who follow.
#[derive(Default)]
pub(super) struct Fanout {
    followers: Vec<Follower>,
}

/// Whether somebody left during a fan-out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    Nobody,
    Somebody,
}

impl Fanout {
    pub(super) fn followers(&self) -> &[Follower] {
        &self.followers
    }

    pub(super) fn find(&self, conn: ConnId) -> Option<&Subscriber> {
        self.followers.iter().map(|follower| &follower.subscriber).find(|subscriber| subscriber.conn == conn)
    }

    /// Participants are at their board by being there; others say so, because they follow all boards. Visitors are not there.
    pub(super) fn add(&mut self, subscriber: Subscriber, counted: Counted) {
        let is_at_home = matches!(subscriber.who, Capability::Participant(_)) && subscriber.standing == Standing::Own;
        let doing = is_at_home.then_some(Doing::Reading);
        if self.followers.is_empty() {
            // A tray has one follower, and there is one for every person.
            self.followers.reserve_exact(1);
        }
        self.followers.push(Follower { subscriber, doing, _counted: counted });
    }

    pub(super) fn remove(&mut self, conn: ConnId) {
        self.followers.retain(|follower| follower.subscriber.conn != conn);
    }

    pub(super) fn set_doing(&mut self, conn: ConnId, doing: Option<Doing>) {
        if let Some(follower) = self.followers.iter_mut().find(|follower| follower.subscriber.conn == conn)
            && follower.subscriber.standing == Standing::Own
        {
            follower.doing = doing;
        }
    }

    /// Closes and forgets those whom `which` picks.
    pub(super) fn close(&mut self, why: Close, which: impl Fn(&Subscriber) -> bool) {
        self.followers.retain(|follower| {
            let goes = which(&follower.subscriber);
            if goes {
                follower.subscriber.outbox.close(why);
            }
            !goes
        });
    }

    /// Closes those who write in the name of `by`.
    pub(super) fn close_all_of(&mut self, by: By, why: Close) {
        self.close(why, |subscriber| subscriber.who.by() == Some(by));
    }

    /// Closes those who write in the name of `by` and follow this doc as their own.
    pub(super) fn close_own_of(&mut self, by: By, why: Close) {
        self.close(why, |subscriber| subscriber.who.by() == Some(by) && subscriber.standing == Standing::Own);
    }

    /// What must arrive goes to all.
    pub(super) fn push(&mut self, message: &Bytes, metrics: &Metrics) -> Left {
        metrics.deliveries.add(self.followers.len());
        self.send(metrics, |subscriber| subscriber.outbox.push(message.clone()))
    }

    /// What may be lost goes to all who have room for it.
    pub(super) fn offer(&mut self, message: &Bytes, metrics: &Metrics) -> Left {
        self.send(metrics, |subscriber| subscriber.outbox.offer(message.clone()))
    }

    fn send(&mut self, metrics: &Metrics, send: impl Fn(&Subscriber) -> Pushed) -> Left {
        let before = self.followers.len();
        self.followers.retain(|follower| match send(&follower.subscriber) {
            Pushed::Waits => true,
            Pushed::Closed => false,
            Pushed::Overflowed => {
                metrics.overflows.add(1);
                false
            }
        });
        if self.followers.len() == before { Left::Nobody } else { Left::Somebody }
    }
}

/// A message as all will get it.
pub(super) fn encoded(message: &ServerMessage) -> Bytes {
    Bytes::from(encode(message))
}
