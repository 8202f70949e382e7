//! What a board keeps: the replica, a signal for each card, one's own steps.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use shared::access::By;
use shared::docs::board::{Board, BoardOp, Member};
use shared::presence::{Doing, Present};
use shared::replica::{Pending, Received};
use shared::signs::{self, Signs};
use shared::{
    CardId, Doc, DocId, Entry, GroupId, Millis, Model, Op, OpId, PersonId, Reject, Replica, SortedMap, SortedSet,
};

use super::card_view::CardView;
use super::shape::{Scope, Shape, touched};
use super::words::{Untaken, Words, changes, words_of};
use crate::reactive::*;
use crate::store::undo::{Act, StepKey, Turned, UndoStack};

#[derive(Clone, Default)]
pub(super) struct CardSignals {
    pub(super) view: ArcRwSignal<CardView>,
    pub(super) children: ArcRwSignal<Vec<CardId>>,
}

/// What a board needs of its session: names for operations, the way to the server, the clock.
pub(in crate::store) trait Home {
    /// The name of the next operation of this tab.
    fn next_op(&self) -> OpId;
    /// Numbers for so many new characters: the first of them.
    fn next_chars(&self, count: u32) -> u32;
    /// The server's clock, as far as it is known here.
    fn now(&self) -> Millis;
    /// An operation was done here: keep it, send it.
    fn done(&self, doc: DocId, id: OpId, at: Millis, op: Op);
    /// Tell the others what this person is at.
    fn doing(&self, doc: DocId, doing: Doing);
}

pub(in crate::store) struct Inner {
    pub(super) group: GroupId,
    pub(super) home: Rc<dyn Home>,
    pub(super) replica: RefCell<Replica<Board>>,
    pub(super) cards: RefCell<SortedMap<CardId, CardSignals>>,
    pub(super) members: ArcRwSignal<Arc<SortedMap<PersonId, Member>>>,
    signs: ArcRwSignal<Signs>,
    /// Phones never ask for the board in numbers.
    counts: Cell<bool>,
    pub(super) present: ArcRwSignal<Arc<Vec<Present>>>,
    pub(super) changed: ArcRwSignal<u64>,
    pub(super) loaded: ArcRwSignal<bool>,
    pub(super) undo: RefCell<UndoStack>,
    pub(super) can: ArcRwSignal<(bool, bool)>,
    pub(super) keys: Cell<u32>,
}

pub(super) type Turn = fn(&mut UndoStack, Act<'_>) -> Option<Turned>;

impl Inner {
    pub(in crate::store) fn new(group: GroupId, me: By, home: Rc<dyn Home>) -> Rc<Self> {
        let inner = Self {
            group,
            home,
            replica: RefCell::new(Replica::new(me)),
            cards: RefCell::default(),
            members: ArcRwSignal::default(),
            signs: ArcRwSignal::default(),
            counts: Cell::new(false),
            present: ArcRwSignal::default(),
            changed: ArcRwSignal::new(0),
            loaded: ArcRwSignal::new(false),
            undo: RefCell::default(),
            can: ArcRwSignal::default(),
            keys: Cell::new(0),
        };
        Rc::new(inner)
    }

    pub(super) fn signals(&self, id: CardId) -> CardSignals {
        let mut cards = self.cards.borrow_mut();
        if let Some(known) = cards.get(&id) {
            return known.clone();
        }
        let new = CardSignals::default();
        cards.insert(id, new.clone());
        new
    }

    /// The board in numbers, from now on kept up to date.
    pub(super) fn signs(&self) -> ArcRwSignal<Signs> {
        if !self.counts.replace(true) {
            self.signs.set(signs::read(self.replica.borrow().view()));
        }
        self.signs.clone()
    }

    pub(super) fn act(&self, op: BoardOp, key: Option<StepKey>) -> Result<OpId, Reject> {
        let (id, inverse) = self.apply(op)?;
        if let Some(inverse) = inverse {
            self.undo.borrow_mut().remember(inverse, key);
        }
        self.can.set(self.undo.borrow().can());
        Ok(id)
    }

    /// Applies here, keeps and sends; the undo stack is the caller's business.
    fn apply(&self, op: BoardOp) -> Result<(OpId, Option<BoardOp>), Reject> {
        let (id, at) = (self.home.next_op(), self.home.now());
        let inverse = self.replica.borrow_mut().local(id, at, op.clone())?;
        self.publish_after(id, &op, SortedSet::new());
        self.home.done(DocId::Board(self.group), id, at, Board::wrap(op));
        Ok((id, inverse))
    }

    pub(super) fn turn(&self, turn: Turn) -> Option<Turned> {
        // Out of the cell while it works: applying may be seen by others who look at it.
        let mut stack = self.undo.take();
        let about = turn(&mut stack, &mut |op| self.apply(op).ok().and_then(|(_, inverse)| inverse));
        self.undo.replace(stack);
        self.can.set(self.undo.borrow().can());
        about
    }

    pub(in crate::store) fn point(&self) -> shared::Point {
        self.replica.borrow().point()
    }

    pub(in crate::store) fn pending(&self) -> usize {
        changes(self.replica.borrow().pending().iter().map(|pending| (pending.id, &pending.op)))
    }

    /// The words that are not saved yet, each text once, as it stands here.
    pub(in crate::store) fn unsaved_words(&self) -> Vec<String> {
        let replica = self.replica.borrow();
        let mut abouts: Vec<Words> = Vec::new();
        for about in replica.pending().iter().filter_map(|pending| words_of(pending.id, &pending.op)) {
            if !abouts.contains(&about) {
                abouts.push(about);
            }
        }
        abouts.iter().filter_map(|about| about.read(replica.view())).map(|text| text.read()).collect()
    }

    pub(in crate::store) fn to_send(&self) -> Vec<(OpId, Op)> {
        self.replica.borrow().to_send().collect()
    }

    /// Takes up what an earlier life of this page left, or another tab; what of it was refused meanwhile. What the log is known to
    /// have passed was heard of by whoever did it, or will be by who reads the phone next.
    pub(in crate::store) fn adopt(&self, pending: Vec<Pending<Op>>) -> Vec<Pending<BoardOp>> {
        let known = |id| self.replica.borrow().confirmed().knows(id);
        let own = pending
            .into_iter()
            .filter(|one| !known(one.id))
            .filter_map(|one| Some(Pending { id: one.id, op: Board::pick(&one.op)?.clone(), at: one.at }));
        let own: Vec<_> = own.collect();
        if own.is_empty() {
            return Vec::new();
        }
        self.replica.borrow_mut().adopt(own);
        self.publish_all();
        self.replica.borrow_mut().take_lost()
    }

    /// Takes the doc as the server has it; which of ours it has already, and what of ours it refused.
    pub(in crate::store) fn load(&self, doc: Doc<Board>) -> (Vec<OpId>, Vec<Pending<BoardOp>>) {
        let ids = |replica: &Replica<Board>| replica.pending().iter().map(|pending| pending.id).collect::<Vec<_>>();
        let before = ids(&self.replica.borrow());
        self.replica.borrow_mut().load(doc);
        self.publish_all();
        self.loaded.set(true);
        let still = ids(&self.replica.borrow());
        let saved = before.into_iter().filter(|id| !still.contains(id)).collect();
        (saved, self.replica.borrow_mut().take_lost())
    }

    pub(in crate::store) fn receive(&self, entry: &Entry) -> (Received, Vec<Pending<BoardOp>>) {
        let cards = self.pending_touches();
        let received = self.replica.borrow_mut().receive(entry);
        if let Some(op) = Board::pick(&entry.op) {
            self.publish_after(entry.stamp.id, op, cards);
        }
        (received, self.replica.borrow_mut().take_lost())
    }

    pub(in crate::store) fn known(&self, id: OpId) {
        self.replica.borrow_mut().known(id);
        self.publish_all();
    }

    /// Undoes an operation that was refused. Where it was about words: the card, and the words as they stood there.
    pub(in crate::store) fn refused(&self, id: OpId) -> Option<Untaken> {
        let untaken = {
            let replica = self.replica.borrow();
            let op = replica.pending().iter().find(|pending| pending.id == id).map(|pending| &pending.op);
            op.and_then(|op| words_of(id, op)).map(|about| {
                // What was refused before its words is gone already, and so are its words: they were told with it.
                let words = about.read(replica.view()).map(|text| text.read()).unwrap_or_default();
                Untaken { about, words }
            })
        };
        self.replica.borrow_mut().refused(id);
        self.publish_all();
        untaken
    }

    pub(in crate::store) fn set_present(&self, present: Vec<Present>) {
        self.present.set(Arc::new(present));
    }

    fn pending_touches(&self) -> SortedSet<CardId> {
        let replica = self.replica.borrow();
        let board = replica.view();
        SortedSet::of(replica.pending().iter().flat_map(|pending| touched(board, pending.id, &pending.op)))
    }

    /// Shows what an operation changed; these cards may have changed too.
    fn publish_after(&self, id: OpId, op: &BoardOp, mut cards: SortedSet<CardId>) {
        let shape = Shape::of(op);
        if shape == Shape::Woven || (shape == Shape::Tree && !self.replica.borrow().view().is_plain()) {
            return self.publish_all();
        }
        cards.add_all(touched(self.replica.borrow().view(), id, op));
        self.publish(cards, if shape == Shape::Same { Scope::Cards } else { Scope::Whole });
    }

    fn publish_all(&self) {
        let mut cards: SortedSet<CardId> = self.cards.borrow().keys().map(|id| (*id, ())).collect();
        cards.add_all(self.replica.borrow().view().ever().map(|(id, _)| id));
        cards.add(CardId::THEME);
        self.publish(cards, Scope::Whole);
    }

    /// Brings the signals of these cards up to date; and of the cards above them, before and now.
    fn publish(&self, mut cards: SortedSet<CardId>, scope: Scope) {
        if scope == Scope::Whole {
            let above = cards
                .keys()
                .flat_map(|id| [self.signals(*id).view.with_untracked(|view| view.parent), self.parent(*id)]);
            let above: Vec<CardId> = above.flatten().collect();
            cards.add_all(above);
        }
        let now: Vec<_> = cards.keys().map(|id| (self.signals(*id), self.see(*id))).collect();
        let loses = |(signals, (_, children)): &&(CardSignals, (CardView, Vec<CardId>))| {
            signals.children.with_untracked(|before| before.iter().any(|child| !children.contains(child)))
        };
        // A branch that moves is taken away before it is drawn elsewhere: a phone need not hold a large one twice.
        let (from, to): (Vec<_>, Vec<_>) = now.iter().partition(loses);
        for (signals, (view, children)) in from.into_iter().chain(to) {
            if signals.view.with_untracked(|now| now != view) {
                signals.view.set(view.clone());
            }
            if signals.children.with_untracked(|now| now != children) {
                signals.children.set(children.clone());
            }
        }
        if scope == Scope::Whole || cards.contains_key(&CardId::THEME) {
            self.publish_whole();
        }
        self.changed.update(|count| *count += 1);
    }

    fn parent(&self, id: CardId) -> Option<CardId> {
        self.replica.borrow().view().home(id)
    }

    fn see(&self, id: CardId) -> (CardView, Vec<CardId>) {
        let replica = self.replica.borrow();
        let board = replica.view();
        (CardView::of(board, id), board.children(id).map(|(child, _)| child).collect())
    }

    fn publish_whole(&self) {
        let (signs, members) = {
            let replica = self.replica.borrow();
            (self.counts.get().then(|| signs::read(replica.view())), replica.view().members.clone())
        };
        if let Some(signs) = signs.filter(|signs| self.signs.with_untracked(|now| now != signs)) {
            self.signs.set(signs);
        }
        if self.members.with_untracked(|now| **now != members) {
            self.members.set(Arc::new(members));
        }
    }
}
