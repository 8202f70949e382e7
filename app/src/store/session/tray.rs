//! What this person has chosen or written in private, beside what is not confirmed of it yet. Only who takes part has a tray; the server
//! sends it to nobody else.

use std::cell::RefCell;
use std::sync::Arc;

use shared::access::{By, Capability};
use shared::docs::dots::DotBallot;
use shared::docs::tray::{Ballot, Slip, Tray, TrayOp};
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
    /// What one has written in silence and is not on the board yet.
    pub slips: Vec<Slip>,
    /// Where one has put one's dots.
    pub dots: Vec<DotBallot>,
}

impl TrayView {
    /// What one has chosen in a vote.
    pub fn choices(&self, vote: VoteId) -> &[NoteId] {
        match &self.ballot {
            Some(ballot) if ballot.vote == vote => &ballot.choices,
            _ => &[],
        }
    }

    /// One's ballot in a vote with dots; none, if one has not voted in it.
    pub fn dots_in(&self, vote: VoteId) -> Option<&DotBallot> {
        self.dots.iter().find(|ballot| ballot.vote == vote)
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
    /// What of it was refused while we could not hear it.
    pub(super) lost: Vec<TrayOp>,
}

type Change<'a> = &'a mut dyn FnMut(&mut Replica<Tray>);

fn pending_of(replica: &Replica<Tray>) -> Vec<OpId> {
    replica.pending().iter().map(|pending| pending.id).collect()
}

/// The vote that a ballot was for.
const fn vote_of(op: &TrayOp) -> Option<VoteId> {
    match op {
        TrayOp::CastBallot { vote, .. } | TrayOp::CastDots { vote, .. } => Some(*vote),
        _ => None,
    }
}

/// The words that were written in silence.
fn words_of(op: TrayOp) -> Option<String> {
    match op {
        TrayOp::PutSlip { text, .. } | TrayOp::ChangeSlip { text, .. } => Some(text),
        _ => None,
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
        let lost: Vec<TrayOp> = replica.take_lost().into_iter().map(|lost| lost.op).collect();
        let cast = if still.is_empty() { Cast::Taken } else { Cast::OnItsWay };
        let late = lost.iter().rev().find_map(vote_of).or(self.view.with_untracked(|view| view.late));
        let tray = replica.view();
        let (ballot, dots) = (tray.ballot.clone(), tray.dots.clone());
        let now = TrayView { ballot, cast, late, slips: tray.slips.clone(), dots };
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
            .filter(|one| !self.doc.borrow().as_ref().is_some_and(|doc| doc.confirmed().knows(one.id)))
            .filter_map(|one| Some(Pending { id: one.id, op: Tray::pick(&one.op)?.clone(), at: one.at }));
        let own: Vec<_> = own.collect();
        self.change(me, &mut |replica| replica.adopt(own.clone()))
    }

    pub(super) fn known(&self, me: By, id: OpId) {
        self.change(me, &mut |replica| {
            replica.known(id);
        });
    }

    /// It was refused; gives back the words of it.
    pub(super) fn refused(&self, me: By, id: OpId) -> Option<String> {
        let mut refused = None;
        self.change(me, &mut |replica| refused = replica.refused(id));
        let vote = refused.as_ref().and_then(vote_of);
        if vote.is_some() {
            self.view.update(|view| Arc::make_mut(view).late = vote);
        }
        refused.and_then(words_of)
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

    /// Chooses or writes in private.
    pub(super) fn in_private(&self, op: TrayOp) -> Result<(), Reject> {
        let doc = self.tray_doc().ok_or(Reject::Forbidden)?;
        let (id, at) = (self.next_op(), self.now());
        let mut done = Ok(None);
        self.tray.change(self.me_by(), &mut |replica| done = replica.local(id, at, op.clone()));
        done?;
        self.done(doc, id, at, Op::Tray(op));
        Ok(())
    }

    /// What is no longer pending need not be kept; who voted or wrote too late without hearing of it is told now.
    pub(super) fn after_tray(&self, settled: Settled) {
        settled.gone.iter().for_each(|id| self.forget(*id));
        for lost in settled.lost {
            let why = if vote_of(&lost).is_some() { Reject::VoteIsOver } else { Reject::NoSlip };
            match words_of(lost) {
                Some(words) => self.give_words_back(None, words),
                None => self.notify(Some(why), None),
            }
        }
    }
}
