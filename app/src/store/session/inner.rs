//! What a session keeps: its replicas, its name for operations, its way to the server.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

use leptos::ev;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use shared::access::By;
use shared::docs::workshop::{Workshop, WorkshopOp};
use shared::presence::Doing;
use shared::wire::{self, ClientMessage, Invite, Refusal};
use shared::{ClientId, DocId, GroupId, Millis, Op, OpId, Reject, Replica, Seq, SortedMap, Token, WorkshopId};

use super::reception::Reception;
use super::sending::{GATHER, Sending};
use super::server_clock::ServerClock;
use super::tray::OwnTray;
use super::{Me, Notice};
use crate::net::Link;
use crate::platform::storage::Kept;
use crate::platform::{clock, random};
use crate::reactive::*;
use crate::store::board::{self, BoardStore, Home};
use crate::store::left;
use crate::store::outbox::Outbox;

pub(super) struct Inner {
    pub(super) workshop: WorkshopId,
    pub(super) token: Cell<Token>,
    /// Whether it took the place of one that was replaced.
    pub(super) succeeds: Cell<bool>,
    pub(super) client: ClientId,
    pub(super) ops: Cell<u32>,
    pub(super) chars: Cell<u32>,
    pub(super) clock: ServerClock,
    pub(super) link: RefCell<Option<Link>>,
    pub(super) outbox: RefCell<Option<Outbox>>,
    pub(super) sending: Sending,
    pub(super) pending: ArcRwSignal<usize>,
    pub(super) kept: ArcRwSignal<Kept>,
    /// It was ended for good.
    closed: Cell<bool>,
    /// Asks whoever leaves the page, while that would lose words.
    leaving: RefCell<Option<WindowListenerHandle>>,
    pub(super) me: ArcRwSignal<Option<Me>>,
    pub(super) invite: ArcRwSignal<Option<Arc<Invite>>>,
    pub(super) refused: ArcRwSignal<Option<Refusal>>,
    pub(super) notices: ArcRwSignal<Vec<Notice>>,
    pub(super) workshop_doc: RefCell<Option<Replica<Workshop>>>,
    pub(super) workshop_view: ArcRwSignal<Option<Arc<Workshop>>>,
    pub(super) reception: Reception,
    pub(super) tray: OwnTray,
    pub(super) boards: RefCell<SortedMap<GroupId, (Rc<board::Inner>, BoardStore)>>,
    pub(super) groups: ArcRwSignal<Vec<GroupId>>,
    pub(super) owner: Owner,
    pub(super) myself: Weak<Self>,
}

impl Inner {
    /// Connects. The link, and with it the connection, lives as long as this.
    pub(super) fn open(workshop: WorkshopId, token: Token) -> Rc<Self> {
        let owner = Owner::current().unwrap_or_default();
        let inner = Rc::new_cyclic(|myself| Inner {
            workshop,
            token: Cell::new(token),
            succeeds: Cell::new(false),
            client: random::client(),
            ops: Cell::new(0),
            chars: Cell::new(0),
            clock: ServerClock::default(),
            link: RefCell::default(),
            outbox: RefCell::default(),
            sending: Sending::default(),
            pending: ArcRwSignal::new(0),
            kept: ArcRwSignal::new(Kept::OnDevice),
            closed: Cell::new(false),
            leaving: RefCell::default(),
            me: ArcRwSignal::default(),
            invite: ArcRwSignal::default(),
            refused: ArcRwSignal::default(),
            notices: ArcRwSignal::default(),
            workshop_doc: RefCell::default(),
            workshop_view: ArcRwSignal::default(),
            reception: Reception::default(),
            tray: OwnTray::default(),
            boards: RefCell::default(),
            groups: ArcRwSignal::default(),
            owner,
            myself: myself.clone(),
        });
        let weak = Rc::downgrade(&inner);
        let link = Link::open(move |event| weak.upgrade().map_or(Ok(()), |inner| inner.hear(event)));
        inner.link.replace(Some(link));
        inner
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.stop_asking();
    }
}

impl Home for Inner {
    fn next_op(&self) -> OpId {
        self.ops.set(self.ops.get().saturating_add(1));
        OpId { client: self.client, n: self.ops.get() }
    }

    fn next_chars(&self, count: u32) -> u32 {
        let first = self.chars.get();
        self.chars.set(first.saturating_add(count));
        first
    }

    fn now(&self) -> Millis {
        self.clock.at(clock::now())
    }

    fn done(&self, doc: DocId, id: OpId, at: Millis, op: Op) {
        if let Some(outbox) = &*self.outbox.borrow() {
            // Of several changes one may have found no room. What follows it is not kept either: another page would send that first,
            // and the server, which takes the numbers of a client in their order, would think that it has had this one.
            let gap = self.pending.get_untracked() > 0 && self.kept.get_untracked() == Kept::InPage;
            let kept = if gap { Kept::InPage } else { outbox.keep(doc, id, at, &op) };
            if self.kept.get_untracked() != kept {
                self.kept.set(kept);
            }
        }
        self.count_pending();
        self.ask_who_leaves();
        self.sending.add(doc, id, op);
        self.flush_in(GATHER);
    }

    fn doing(&self, doc: DocId, doing: Doing) {
        self.send(&ClientMessage::Doing { doc, doing });
    }
}

impl Inner {
    pub(super) fn send(&self, message: &ClientMessage) -> bool {
        self.link.borrow().as_ref().is_some_and(|link| link.send(&wire::encode(message)))
    }

    pub(super) fn conduct(&self, op: WorkshopOp) -> Result<(), Reject> {
        let (id, at) = (self.next_op(), self.now());
        let mut done = Err(Reject::Forbidden);
        self.with_workshop(|replica| done = replica.local(id, at, op.clone()).map(|_| ()));
        done?;
        self.done(DocId::Workshop, id, at, Op::Workshop(op));
        Ok(())
    }

    pub(super) fn me_by(&self) -> By {
        self.me.with_untracked(|me| me.and_then(|me| me.capability.by())).unwrap_or(By::Server)
    }

    pub(super) fn with_workshop(&self, act: impl FnOnce(&mut Replica<Workshop>)) {
        let mut doc = self.workshop_doc.borrow_mut();
        let replica = doc.get_or_insert_with(|| Replica::new(self.me_by()));
        act(replica);
        if replica.seq() > Seq::default() {
            self.workshop_view.set(Some(Arc::new(replica.view().clone())));
        }
    }

    pub(super) fn with_board(&self, group: GroupId, act: impl FnOnce(&board::Inner)) {
        let board = self.boards.borrow().get(&group).map(|(board, _)| board.clone());
        if let Some(board) = board {
            act(&board);
        }
    }

    /// The board of a group, made when it is first heard of.
    pub(super) fn open_board(&self, group: GroupId) -> Rc<board::Inner> {
        if let Some((board, _)) = self.boards.borrow().get(&group) {
            return board.clone();
        }
        let home: Rc<dyn Home> = match self.myself.upgrade() {
            Some(home) => home,
            None => Rc::new(Gone),
        };
        let board = board::Inner::new(group, self.me_by(), home);
        let store = self.owner.with(|| BoardStore::handle(board.clone()));
        self.boards.borrow_mut().insert(group, (board.clone(), store));
        self.groups.set(self.boards.borrow().keys().copied().collect());
        board
    }

    pub(super) fn forget(&self, id: OpId) {
        if let Some(outbox) = &*self.outbox.borrow() {
            outbox.forget(id);
        }
    }

    pub(super) fn count_pending(&self) {
        let boards: usize = self.boards.borrow().values().map(|(board, _)| board.pending()).sum();
        let workshop = self.workshop_doc.borrow().as_ref().map_or(0, |replica| replica.pending().len());
        let pending = boards + workshop + self.tray.pending();
        if self.pending.get_untracked() != pending {
            self.pending.set(pending);
            self.ask_who_leaves();
        }
    }

    /// Ends the connection for good: nothing can be saved any more, so nobody is held back for it.
    pub(super) fn close(&self) {
        self.closed.set(true);
        self.link.take();
        self.ask_who_leaves();
    }

    /// Where nothing can be kept, leaving loses what is not saved: the browser asks first. Nowhere else is anybody asked.
    pub(super) fn ask_who_leaves(&self) {
        let hope = if self.closed.get() { Hope::Gone } else { Hope::after(self.refused.get_untracked()) };
        let loses = loses(self.pending.get_untracked(), self.kept.get_untracked(), hope);
        let asks = self.leaving.borrow().is_some();
        if loses && !asks {
            let ask = window_event_listener(ev::beforeunload, |event| {
                event.prevent_default();
                // Older browsers ask for this alone.
                event.set_return_value("-");
            });
            self.leaving.replace(Some(ask));
        } else if !loses {
            self.stop_asking();
        }
    }

    fn stop_asking(&self) {
        if let Some(asks) = self.leaving.take() {
            asks.remove();
        }
    }

    /// What is pending here, and what an earlier life of this page, or another tab, has left on the phone.
    pub(super) fn unsaved_words(&self, by: By) -> Vec<String> {
        let (mut words, mut told) = (Vec::new(), Vec::new());
        for (board, _) in self.boards.borrow().values() {
            words.extend(board.unsaved_words());
            told.extend(board.to_send().into_iter().map(|(id, _)| id));
        }
        words.extend(left::words_of(self.workshop, by, &told, self.tray.to_send()));
        words.retain(|words: &String| !words.trim().is_empty());
        words
    }

    /// Asks for the server's clock, if that is due.
    pub(super) fn ask_clock(&self) {
        if let Some(n) = self.clock.asks(clock::now()) {
            self.send(&ClientMessage::Ping(n));
        }
    }

    pub(super) fn with_link(&self, act: fn(&Link)) {
        let link = self.link.borrow().clone();
        if let Some(link) = link {
            act(&link);
        }
    }
}

/// Whether what is not saved can still be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Hope {
    Left,
    Gone,
}

impl Hope {
    /// Who was taken out may be let in again, and a lead's new link takes the place of the old one in this very page.
    const fn after(refused: Option<Refusal>) -> Self {
        match refused {
            Some(Refusal::NoSuchKey | Refusal::TakenOver | Refusal::NoSuchWorkshop) => Self::Gone,
            _ => Self::Left,
        }
    }
}

/// Whether leaving the page loses what staying could save.
fn loses(pending: usize, kept: Kept, hope: Hope) -> bool {
    pending > 0 && kept == Kept::InPage && hope == Hope::Left
}

/// Stands in for a session that is being dropped: nothing can be done in it.
struct Gone;

impl Home for Gone {
    fn next_op(&self) -> OpId {
        OpId { client: ClientId::GENESIS, n: 0 }
    }
    fn next_chars(&self, _: u32) -> u32 {
        0
    }
    fn now(&self) -> Millis {
        clock::now()
    }
    fn done(&self, _: DocId, _: OpId, _: Millis, _: Op) {}
    fn doing(&self, _: DocId, _: Doing) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leaves_is_asked_only_as_long_as_staying_helps() {
        assert!(loses(1, Kept::InPage, Hope::after(None)));
        assert!(!loses(0, Kept::InPage, Hope::Left) && !loses(1, Kept::OnDevice, Hope::Left));
        for (why, hope) in [
            (Refusal::NoSuchKey, Hope::Gone),
            (Refusal::TakenOver, Hope::Gone),
            (Refusal::NoSuchWorkshop, Hope::Gone),
            (Refusal::Removed, Hope::Left),
            (Refusal::LinkReplaced, Hope::Left),
            (Refusal::Busy, Hope::Left),
        ] {
            assert_eq!(Hope::after(Some(why)), hope, "{why:?}");
        }
        assert!(!loses(1, Kept::InPage, Hope::Gone));
    }
}
