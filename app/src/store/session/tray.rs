//! What this person has chosen in private, beside what is not confirmed of it yet. Only who takes part has a tray; the server
//! sends it to nobody else.

use std::cell::RefCell;
use std::sync::Arc;

use shared::access::{By, Capability};
use shared::docs::tray::{Ballot, Tray, TrayOp};
use shared::replica::{Pending, Received};
use shared::{Doc, DocId, Entry, Model, NoteId, Op, OpId, Point, Reject, Replica, VoteId};

use super::inner::Inner;
use crate::reactive::*;
use crate::store::board::Home;

/// Where one's ballot is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Cast {
    /// The server has it.
    #[default]
    Taken,
    /// It is on its way, or waits on this phone for a connection.
    OnItsWay,
}

/// One's own choice, as screens show it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TrayView {
    /// What one has chosen last.
    pub ballot: Option<Ballot>,
    /// Where that is.
    pub cast: Cast,
    /// The vote that was over before one's last ballot reached the server.
    pub late: Option<VoteId>,
}

impl TrayView {
    /// What one has chosen in a vote.
    pub fn choices(&self, vote: VoteId) -> &[NoteId] {
        match &self.ballot {
            Some(ballot) if ballot.vote == vote => &ballot.choices,
            _ => &[],
        }
    }
}

/// One's own tray.
#[derive(Default)]
pub(super) struct OwnTray {
    doc: RefCell<Option<Replica<Tray>>>,
    pub(super) view: ArcRwSignal<Arc<TrayView>>,
}

/// What a change of the tray has settled.
#[derive(Default)]
pub(super) struct Settled {
    /// What is no longer pending.
    pub(super) gone: Vec<OpId>,
    /// What of it was refused while we could not hear it: the vote that it was for.
    pub(super) lost: Option<VoteId>,
}

type Change<'a> = &'a mut dyn FnMut(&mut Replica<Tray>);

fn pending_of(replica: &Replica<Tray>) -> Vec<OpId> {
    replica.pending().iter().map(|pending| pending.id).collect()
}

const fn vote_of(op: &TrayOp) -> VoteId {
    match op {
        TrayOp::CastBallot { vote, .. } | TrayOp::EndVote { vote } => *vote,
    }
}

impl OwnTray {
    pub(super) fn point(&self) -> Option<Point> {
        self.doc.borrow().as_ref().map(Replica::point)
    }

    pub(super) fn pending(&self) -> usize {
        self.doc.borrow().as_ref().map_or(0, |replica| replica.pending().len())
    }

    pub(super) fn to_send(&self) -> Vec<(OpId, Op)> {
        self.doc.borrow().as_ref().map(|replica| replica.to_send().collect()).unwrap_or_default()
    }

    fn change(&self, me: By, change: Change<'_>) -> Settled {
        let mut doc = self.doc.borrow_mut();
        let replica = doc.get_or_insert_with(|| Replica::new(me));
        let before = pending_of(replica);
        change(replica);
        let still = pending_of(replica);
        let lost = replica.take_lost().last().map(|lost| vote_of(&lost.op));
        let cast = if still.is_empty() { Cast::Taken } else { Cast::OnItsWay };
        let late = lost.or(self.view.with_untracked(|view| view.late));
        let now = TrayView { ballot: replica.view().ballot.clone(), cast, late };
        drop(doc);
        if self.view.with_untracked(|view| **view != now) {
            self.view.set(Arc::new(now));
        }
        Settled { gone: before.into_iter().filter(|id| !still.contains(id)).collect(), lost }
    }

    pub(super) fn load(&self, me: By, body: &Doc<Tray>) -> Settled {
        self.change(me, &mut |replica| replica.load(body.clone()))
    }

    pub(super) fn receive(&self, me: By, entry: &Entry) -> (Received, Settled) {
        let mut received = Received::Old;
        let settled = self.change(me, &mut |replica| received = replica.receive(entry));
        (received, settled)
    }

    pub(super) fn adopt(&self, me: By, pending: Vec<Pending<Op>>) -> Settled {
        let own = pending
            .into_iter()
            .filter_map(|one| Some(Pending { id: one.id, op: Tray::pick(&one.op)?.clone(), at: one.at }));
        let own: Vec<_> = own.collect();
        self.change(me, &mut |replica| replica.adopt(own.clone()))
    }

    pub(super) fn known(&self, me: By, id: OpId) {
        self.change(me, &mut |replica| {
            replica.known(id);
        });
    }

    pub(super) fn refused(&self, me: By, id: OpId) {
        let mut vote = None;
        self.change(me, &mut |replica| vote = replica.refused(id).map(|op| vote_of(&op)));
        if vote.is_some() {
            self.view.update(|view| Arc::make_mut(view).late = vote);
        }
    }
}

impl Inner {
    /// Only who takes part has one.
    pub(super) fn tray_doc(&self) -> Option<DocId> {
        match self.me.with_untracked(|me| me.map(|me| me.capability)) {
            Some(Capability::Participant(person)) => Some(DocId::Tray(person)),
            _ => None,
        }
    }

    /// Votes for these; for none, takes the ballot back.
    pub(super) fn cast(&self, vote: VoteId, choices: Vec<NoteId>) -> Result<(), Reject> {
        let doc = self.tray_doc().ok_or(Reject::Forbidden)?;
        let (id, at, op) = (self.next_op(), self.now(), TrayOp::CastBallot { vote, choices });
        let mut done = Ok(None);
        self.tray.change(self.me_by(), &mut |replica| done = replica.local(id, at, op.clone()));
        done?;
        self.done(doc, id, at, Op::Tray(op));
        Ok(())
    }

    /// What is no longer pending need not be kept; who voted too late without hearing of it is told now.
    pub(super) fn after_tray(&self, settled: Settled) {
        settled.gone.iter().for_each(|id| self.forget(*id));
        if settled.lost.is_some() {
            self.notify(Some(Reject::VoteIsOver), None);
        }
    }
}
