//! One board in this page: a replica, and a signal for each card, so that a change moves one card and nothing else.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use shared::access::By;
use shared::docs::board::{Board, BoardOp, Kept, Mark, Member, Place, Star};
use shared::presence::{Doing, Present};
use shared::replica::{Pending, Received};
use shared::signs::{self, Signs};
use shared::text::{Text, TextEdit};
use shared::{CardId, Doc, DocId, Entry, GroupId, Millis, Model, Op, OpId, PersonId, Reject, Replica};

use super::undo::{Act, StepKey, UndoStack};

/// What a card shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardView {
    /// What it says.
    pub text: String,
    /// The card above; none for the theme.
    pub parent: Option<CardId>,
    /// Who added it.
    pub by: By,
    /// When.
    pub at: Millis,
    /// Whether it is starred.
    pub star: Star,
    /// How sure the group is.
    pub mark: Option<Mark>,
    /// Whether it was removed.
    pub kept: Kept,
}

impl Default for CardView {
    fn default() -> Self {
        let (text, parent, by, at) = (String::new(), None, By::Server, Millis(0));
        Self { text, parent, by, at, star: Star::None, mark: None, kept: Kept::Yes }
    }
}

#[derive(Clone, Default)]
struct CardSignals {
    view: ArcRwSignal<CardView>,
    children: ArcRwSignal<Vec<CardId>>,
}

/// What a board needs of its session: names for operations, the way to the server, the clock.
pub(super) trait Home {
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

pub(super) struct Inner {
    group: GroupId,
    home: Rc<dyn Home>,
    replica: RefCell<Replica<Board>>,
    cards: RefCell<BTreeMap<CardId, CardSignals>>,
    members: ArcRwSignal<Arc<BTreeMap<PersonId, Member>>>,
    signs: ArcRwSignal<Signs>,
    present: ArcRwSignal<Arc<Vec<Present>>>,
    changed: ArcRwSignal<u64>,
    loaded: ArcRwSignal<bool>,
    undo: RefCell<UndoStack>,
    can: ArcRwSignal<(bool, bool)>,
    keys: Cell<u32>,
}

/// A handle on a board. Copied freely; does nothing once its session is gone.
#[derive(Clone, Copy)]
pub struct BoardStore(StoredValue<Rc<Inner>, LocalStorage>);

impl BoardStore {
    pub(super) fn handle(inner: Rc<Inner>) -> Self {
        Self(StoredValue::new_local(inner))
    }

    fn ask<T>(self, ask: impl FnOnce(&Inner) -> T) -> Option<T> {
        self.0.try_with_value(|inner| ask(inner))
    }

    /// Whose board.
    pub fn group(self) -> GroupId {
        self.ask(|inner| inner.group).unwrap_or(GroupId(0))
    }

    /// A card, as it is shown. The signal lives as long as the session; a card that is not there yet is empty.
    pub fn card(self, id: CardId) -> ArcRwSignal<CardView> {
        self.ask(|inner| inner.signals(id).view).unwrap_or_default()
    }

    /// The causes of a card that can be seen, in order.
    pub fn children(self, id: CardId) -> ArcRwSignal<Vec<CardId>> {
        self.ask(|inner| inner.signals(id).children).unwrap_or_default()
    }

    /// Who sits or sat here.
    pub fn members(self) -> ArcRwSignal<Arc<BTreeMap<PersonId, Member>>> {
        self.ask(|inner| inner.members.clone()).unwrap_or_default()
    }

    /// Who is at this board now, and at what.
    pub fn present(self) -> ArcRwSignal<Arc<Vec<Present>>> {
        self.ask(|inner| inner.present.clone()).unwrap_or_default()
    }

    /// The board in numbers.
    pub fn signs(self) -> ArcRwSignal<Signs> {
        self.ask(|inner| inner.signs.clone()).unwrap_or_default()
    }

    /// Counts every change of anything here: for drawings of the whole board.
    pub fn changed(self) -> ArcRwSignal<u64> {
        self.ask(|inner| inner.changed.clone()).unwrap_or_default()
    }

    /// Whether the board has come from the server yet.
    pub fn loaded(self) -> ArcRwSignal<bool> {
        self.ask(|inner| inner.loaded.clone()).unwrap_or_default()
    }

    /// Reads the whole board as it is seen here; untracked.
    pub fn read<T>(self, read: impl FnOnce(&Board) -> T) -> Option<T> {
        self.ask(|inner| read(inner.replica.borrow().view()))
    }

    /// The text of a card with its character ids, for a field; untracked.
    pub fn text(self, id: CardId) -> Text {
        self.read(|board| board.get(id).map(|card| card.text.clone())).flatten().unwrap_or_default()
    }

    /// A key for a step of several operations.
    pub fn step(self) -> StepKey {
        let next = |inner: &Inner| {
            inner.keys.set(inner.keys.get().wrapping_add(1));
            StepKey(inner.keys.get())
        };
        self.ask(next).unwrap_or(StepKey(0))
    }

    /// Adds a card.
    ///
    /// # Errors
    /// When it does not fit; nothing has happened then.
    pub fn add(self, parent: CardId, place: Place, text: &str, key: Option<StepKey>) -> Result<CardId, Reject> {
        self.act(|inner| {
            let count = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            let start = inner.home.next_chars(count);
            inner.act(BoardOp::AddCard { parent, place, text: text.to_owned(), start }, key).map(CardId::from)
        })
    }

    /// Numbers for so many characters that a field is about to add.
    pub fn next_chars(self, count: u32) -> u32 {
        self.ask(|inner| inner.home.next_chars(count)).unwrap_or(0)
    }

    /// Changes the wording of a card.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn edit(self, card: CardId, edits: Vec<TextEdit>, key: Option<StepKey>) -> Result<(), Reject> {
        self.act(|inner| {
            edits.into_iter().try_for_each(|edit| inner.act(BoardOp::EditText { card, edit }, key).map(|_| ()))
        })
    }

    /// Does anything else: move, remove, restore, star, mark.
    ///
    /// # Errors
    /// When it does not fit: a cycle, the theme, a card that is not there.
    pub fn act_on(self, op: BoardOp) -> Result<(), Reject> {
        self.act(|inner| inner.act(op, None).map(|_| ()))
    }

    fn act<T>(self, act: impl FnOnce(&Inner) -> Result<T, Reject>) -> Result<T, Reject> {
        self.ask(act).unwrap_or(Err(Reject::Forbidden))
    }

    /// Undoes one's own last step. False when there was nothing left of it to undo.
    pub fn undo(self) -> bool {
        self.ask(|inner| inner.turn(UndoStack::undo)).unwrap_or(false)
    }

    /// Does again what was undone last.
    pub fn redo(self) -> bool {
        self.ask(|inner| inner.turn(UndoStack::redo)).unwrap_or(false)
    }

    /// Whether one can undo, and do again.
    pub fn can(self) -> ArcRwSignal<(bool, bool)> {
        self.ask(|inner| inner.can.clone()).unwrap_or_default()
    }

    /// Tells the others what one is at.
    pub fn doing(self, doing: Doing) {
        self.ask(|inner| inner.home.doing(DocId::Board(inner.group), doing));
    }
}

type Turn = fn(&mut UndoStack, Act<'_>) -> bool;

impl Inner {
    pub(super) fn new(group: GroupId, me: By, home: Rc<dyn Home>) -> Rc<Self> {
        let inner = Self {
            group,
            home,
            replica: RefCell::new(Replica::new(me)),
            cards: RefCell::default(),
            members: ArcRwSignal::default(),
            signs: ArcRwSignal::default(),
            present: ArcRwSignal::default(),
            changed: ArcRwSignal::new(0),
            loaded: ArcRwSignal::new(false),
            undo: RefCell::default(),
            can: ArcRwSignal::default(),
            keys: Cell::new(0),
        };
        Rc::new(inner)
    }

    fn signals(&self, id: CardId) -> CardSignals {
        self.cards.borrow_mut().entry(id).or_default().clone()
    }

    fn act(&self, op: BoardOp, key: Option<StepKey>) -> Result<OpId, Reject> {
        let (id, inverse) = self.apply(op)?;
        if let Some(inverse) = inverse {
            self.undo.borrow_mut().remember(inverse, key);
        }
        self.can.try_set(self.undo.borrow().can());
        Ok(id)
    }

    /// Applies here, keeps and sends; the undo stack is the caller's business.
    fn apply(&self, op: BoardOp) -> Result<(OpId, Option<BoardOp>), Reject> {
        let (id, at) = (self.home.next_op(), self.home.now());
        let inverse = self.replica.borrow_mut().local(id, at, op.clone())?;
        self.publish(touched(id, &op));
        self.home.done(DocId::Board(self.group), id, at, Board::wrap(op));
        Ok((id, inverse))
    }

    fn turn(&self, turn: Turn) -> bool {
        // Out of the cell while it works: applying may be seen by others who look at it.
        let mut stack = self.undo.take();
        let did = turn(&mut stack, &mut |op| self.apply(op).ok().and_then(|(_, inverse)| inverse));
        self.undo.replace(stack);
        self.can.try_set(self.undo.borrow().can());
        did
    }

    pub(super) fn seq(&self) -> shared::Seq {
        self.replica.borrow().seq()
    }

    pub(super) fn to_send(&self) -> Vec<(OpId, Op)> {
        self.replica.borrow().to_send().collect()
    }

    pub(super) fn adopt(&self, pending: Vec<Pending<Op>>) {
        let own = pending
            .into_iter()
            .filter_map(|one| Some(Pending { id: one.id, op: Board::pick(&one.op)?.clone(), at: one.at }));
        self.replica.borrow_mut().adopt(own.collect());
        self.publish_all();
    }

    /// Takes the doc as the server has it; which of ours it has already.
    pub(super) fn load(&self, doc: Doc<Board>) -> Vec<OpId> {
        let before: Vec<OpId> = self.replica.borrow().pending().iter().map(|pending| pending.id).collect();
        self.replica.borrow_mut().load(doc);
        self.publish_all();
        self.loaded.try_set(true);
        let still: BTreeSet<OpId> = self.replica.borrow().pending().iter().map(|pending| pending.id).collect();
        before.into_iter().filter(|id| !still.contains(id)).collect()
    }

    pub(super) fn receive(&self, entry: &Entry) -> Received {
        let received = self.replica.borrow_mut().receive(entry);
        if let Some(op) = Board::pick(&entry.op) {
            let mut cards = touched(entry.stamp.id, op);
            cards.extend(self.pending_touches());
            self.publish(cards);
        }
        received
    }

    pub(super) fn known(&self, id: OpId) {
        self.replica.borrow_mut().known(id);
        self.publish_all();
    }

    /// The operation that was refused, undone here.
    pub(super) fn refused(&self, id: OpId) -> Option<BoardOp> {
        let op = self.replica.borrow_mut().refused(id);
        self.publish_all();
        op
    }

    pub(super) fn set_present(&self, present: Vec<Present>) {
        self.present.try_set(Arc::new(present));
    }

    fn pending_touches(&self) -> BTreeSet<CardId> {
        self.replica.borrow().pending().iter().flat_map(|pending| touched(pending.id, &pending.op)).collect()
    }

    fn publish_all(&self) {
        let mut cards: BTreeSet<CardId> = self.cards.borrow().keys().copied().collect();
        cards.extend(self.replica.borrow().view().ever().map(|(id, _)| id));
        cards.insert(CardId::THEME);
        self.publish(cards);
    }

    /// Brings the signals of these cards up to date, and of the cards above them, before and now.
    fn publish(&self, mut cards: BTreeSet<CardId>) {
        let above =
            cards.iter().flat_map(|id| [self.signals(*id).view.with_untracked(|view| view.parent), self.parent(*id)]);
        let above: Vec<CardId> = above.flatten().collect();
        cards.extend(above);
        for id in cards {
            let signals = self.signals(id);
            let (view, children) = self.see(id);
            if signals.view.with_untracked(|now| *now != view) {
                signals.view.try_set(view);
            }
            if signals.children.with_untracked(|now| *now != children) {
                signals.children.try_set(children);
            }
        }
        self.publish_whole();
    }

    fn parent(&self, id: CardId) -> Option<CardId> {
        self.replica.borrow().view().get(id)?.parent
    }

    fn see(&self, id: CardId) -> (CardView, Vec<CardId>) {
        let replica = self.replica.borrow();
        let board = replica.view();
        let Some(card) = board.get(id) else { return (CardView::default(), Vec::new()) };
        let view = CardView {
            text: card.text.read(),
            parent: card.parent,
            by: card.by,
            at: card.at,
            star: card.star,
            mark: card.mark,
            kept: card.kept,
        };
        (view, board.children(id).map(|(child, _)| child).collect())
    }

    fn publish_whole(&self) {
        let (signs, members) = {
            let replica = self.replica.borrow();
            (signs::read(replica.view()), replica.view().members.clone())
        };
        if self.signs.with_untracked(|now| *now != signs) {
            self.signs.try_set(signs);
        }
        if self.members.with_untracked(|now| **now != members) {
            self.members.try_set(Arc::new(members));
        }
        self.changed.try_update(|count| *count += 1);
    }
}

/// The cards whose look an operation may change.
fn touched(id: OpId, op: &BoardOp) -> BTreeSet<CardId> {
    match op {
        BoardOp::AddCard { .. } => BTreeSet::from([CardId::from(id)]),
        other => other.card().into_iter().collect(),
    }
}
