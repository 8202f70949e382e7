//! A doc in a browser: what the log has confirmed, what is still pending, and the view that both give.
//!
//! `view = confirmed + pending`, always. Pending operations leave when their own entry comes back (saved), when the server
//! says that it knew them, or when it refuses them, heard or unheard. Nothing else removes them: they are sent again until
//! then.

use crate::access::By;
use crate::doc::{Doc, Entry, Model, Outcome, Reject, Stamp};
use crate::docs::Op;
use crate::ids::{Millis, OpId, Seq};
use crate::trail::Point;

/// An operation that the log has not confirmed yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pending<O> {
    /// Its name.
    pub id: OpId,
    /// What.
    pub op: O,
    /// When it was done, by the clock here. Until it is confirmed.
    pub at: Millis,
}

/// What a received entry meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Received {
    /// One of ours: it is saved.
    Saved,
    /// Somebody else's.
    Others,
    /// Seen before.
    Old,
    /// An entry is missing before this one: ask for what follows [`Replica::seq`].
    Gap,
}

/// A doc with local changes.
#[derive(Clone, Debug)]
pub struct Replica<M: Model> {
    me: By,
    confirmed: Doc<M>,
    pending: Vec<Pending<M::Op>>,
    lost: Vec<Pending<M::Op>>,
    view: Doc<M>,
}

impl<M: Model> Replica<M> {
    /// An empty replica that writes in the name of `me`.
    pub fn new(me: By) -> Self {
        Self { me, confirmed: Doc::default(), pending: Vec::new(), lost: Vec::new(), view: Doc::default() }
    }

    /// What a person sees: their own changes at once.
    pub const fn view(&self) -> &M {
        &self.view.model
    }

    /// What the log has, without anything pending.
    pub const fn confirmed(&self) -> &Doc<M> {
        &self.confirmed
    }

    /// The last entry taken.
    pub const fn seq(&self) -> Seq {
        self.confirmed.seq
    }

    /// How far the log was taken, and which log it was: for `Hello`.
    pub const fn point(&self) -> Point {
        self.confirmed.point()
    }

    /// What is not saved yet, in the order in which it was done and must be sent.
    pub fn pending(&self) -> &[Pending<M::Op>] {
        &self.pending
    }

    /// Does something here and now. Returns the operation that undoes it.
    ///
    /// # Errors
    /// When it does not fit what is seen; then nothing is kept and nothing must be sent.
    pub fn local(&mut self, id: OpId, at: Millis, op: M::Op) -> Result<Option<M::Op>, Reject> {
        match self.view.apply(&self.stamp(id, at), &op) {
            Outcome::Applied(inverse) => {
                self.pending.push(Pending { id, op, at });
                Ok(inverse)
            }
            Outcome::Duplicate => Err(Reject::IdTaken),
            Outcome::Rejected(why) => Err(why),
        }
    }

    /// Takes up what was pending in an earlier life of this page, without asking whether it fits: the server will say.
    pub fn adopt(&mut self, pending: Vec<Pending<M::Op>>) {
        let new = |known: &[Pending<M::Op>], id| known.iter().all(|known| known.id != id);
        for one in pending {
            if new(&self.pending, one.id) {
                self.pending.push(one);
            }
        }
        self.settle();
        self.replay();
    }

    /// Takes the log's next entry.
    pub fn receive(&mut self, entry: &Entry) -> Received {
        if entry.stamp.seq <= self.confirmed.seq {
            return Received::Old;
        }
        if entry.stamp.seq != self.confirmed.seq.next() {
            return Received::Gap;
        }
        self.take(entry);
        let own = self.pending.iter().position(|pending| pending.id == entry.stamp.id);
        let settled = own.is_none() && self.pending.is_empty();
        if let Some(index) = own {
            self.pending.remove(index);
        }
        self.lose_what_was_passed();
        if settled {
            self.show(entry);
        } else {
            self.replay();
        }
        if own.is_some() { Received::Saved } else { Received::Others }
    }

    /// Takes the doc as the server has it; what it holds of ours is no longer pending.
    pub fn load(&mut self, doc: Doc<M>) {
        self.confirmed = doc;
        self.settle();
        self.replay();
    }

    /// What was refused while we could not hear it: the log has gone on to later operations of the same client. Each is
    /// given once, so that its words are not lost.
    pub fn take_lost(&mut self) -> Vec<Pending<M::Op>> {
        std::mem::take(&mut self.lost)
    }

    /// Entries come one by one: a number that they passed will never come.
    fn lose_what_was_passed(&mut self) {
        let confirmed = &self.confirmed;
        self.lost.extend(self.pending.extract_if(.., |pending| confirmed.knows(pending.id)));
    }

    /// A doc that came as a whole knows only each client's last number: what is in it is saved, what it passed is lost.
    fn settle(&mut self) {
        let model = &self.confirmed.model;
        self.pending.retain(|pending| !(self.confirmed.knows(pending.id) && model.holds(pending.id, &pending.op)));
        self.lose_what_was_passed();
    }

    /// The server has had this operation all along: it is saved. True if it was pending here.
    pub fn known(&mut self, id: OpId) -> bool {
        self.drop_pending(id).is_some()
    }

    /// The server refused this operation: it is undone here and given back, so that its words are not lost.
    pub fn refused(&mut self, id: OpId) -> Option<M::Op> {
        self.drop_pending(id).map(|pending| pending.op)
    }

    fn drop_pending(&mut self, id: OpId) -> Option<Pending<M::Op>> {
        let index = self.pending.iter().position(|pending| pending.id == id)?;
        let dropped = self.pending.remove(index);
        self.replay();
        Some(dropped)
    }

    fn take(&mut self, entry: &Entry) {
        self.confirmed.take(&entry.stamp, &entry.op);
    }

    /// The short way when nothing is pending: the view takes the same entry.
    fn show(&mut self, entry: &Entry) {
        self.view.take(&entry.stamp, &entry.op);
    }

    fn replay(&mut self) {
        self.view = self.confirmed.clone();
        for index in 0..self.pending.len() {
            let Some(pending) = self.pending.get(index) else { break };
            let stamp = self.stamp(pending.id, pending.at);
            self.view.apply(&stamp, &pending.op);
        }
    }

    const fn stamp(&self, id: OpId, at: Millis) -> Stamp {
        Stamp { seq: self.view.seq.next(), at, by: self.me, id }
    }

    /// The pending operations as they go to the server.
    pub fn to_send(&self) -> impl Iterator<Item = (OpId, Op)> {
        self.pending.iter().map(|pending| (pending.id, M::wrap(pending.op.clone())))
    }
}
