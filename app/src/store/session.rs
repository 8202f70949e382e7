//! One workshop in this page: says who we are, takes what comes, sends what is done. The only one who talks to the link.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use shared::access::{By, Capability};
use shared::docs::board::BoardOp;
use shared::docs::roster::Roster;
use shared::docs::workshop::{Workshop, WorkshopOp};
use shared::limits::OPS_PER_MESSAGE_MAX;
use shared::presence::Doing;
use shared::replica::Received;
use shared::text::TextEdit;
use shared::wire::{ClientMessage, Invite, Refusal, ServerMessage};
use shared::{
    AnyDoc, ClientId, DocId, Entry, GroupId, Millis, Model, Op, OpId, Reject, Replica, Seq, Token, WorkshopId,
};

use super::board::{self, BoardStore, Home};
use super::outbox::Outbox;
use crate::net::{Event, Link, LinkState};
use crate::platform::storage::{self, Kept};
use crate::platform::{clock, random};

/// A burst of keystrokes is gathered for so long before it is sent.
const GATHER: Duration = Duration::from_millis(15);

/// Who we are here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Me {
    /// What we may.
    pub capability: Capability,
    /// Where we sit.
    pub seat: Option<GroupId>,
}

/// Where one's words are now. Said in words, always.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Saved {
    /// All of them on the server's disk.
    Saved,
    /// On their way.
    Saving,
    /// So many changes are kept on this phone until the server can be reached.
    KeptHere(usize),
    /// So many changes are in this page only: storage is forbidden here.
    InPageOnly(usize),
    /// Nothing to save, but the server cannot be reached.
    Offline,
}

/// Something that went wrong, for a person to read. Words that could not be taken are in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// Distinguishes two of the same.
    pub n: u32,
    /// Why.
    pub why: Reject,
    /// What was written and not taken, to be copied.
    pub words: Option<String>,
}

struct Inner {
    workshop: WorkshopId,
    token: Token,
    client: ClientId,
    ops: Cell<u32>,
    chars: Cell<u32>,
    ahead_ms: Cell<i64>,
    link: RefCell<Option<Link>>,
    outbox: RefCell<Option<Outbox>>,
    unsent: RefCell<Vec<(DocId, OpId, Op)>>,
    flush_waits: Cell<bool>,
    pending: ArcRwSignal<usize>,
    kept: ArcRwSignal<Kept>,
    me: ArcRwSignal<Option<Me>>,
    invite: ArcRwSignal<Option<Arc<Invite>>>,
    refused: ArcRwSignal<Option<Refusal>>,
    notices: ArcRwSignal<Vec<Notice>>,
    workshop_doc: RefCell<Option<Replica<Workshop>>>,
    workshop_view: ArcRwSignal<Option<Arc<Workshop>>>,
    roster_doc: RefCell<Option<Replica<Roster>>>,
    roster_view: ArcRwSignal<Option<Arc<Roster>>>,
    boards: RefCell<BTreeMap<GroupId, (Rc<board::Inner>, BoardStore)>>,
    groups: ArcRwSignal<Vec<GroupId>>,
    owner: Owner,
    myself: Weak<Self>,
}

/// A handle on a workshop. Copied freely; the connection closes with the owner it was opened under.
#[derive(Clone, Copy)]
pub struct Session {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

/// The key under which this phone keeps its token for a workshop.
pub(super) fn token_key(workshop: WorkshopId) -> String {
    format!("naze.me.{workshop}")
}

impl Session {
    /// The token that this phone has for a workshop.
    pub fn token(workshop: WorkshopId) -> Option<Token> {
        storage::get(&token_key(workshop))?.parse().ok()
    }

    /// Keeps a token for a workshop on this phone.
    pub fn keep_token(workshop: WorkshopId, token: Token) {
        storage::set(&token_key(workshop), &token.to_string());
    }

    /// Connects to a workshop. The session lives as long as the current owner.
    pub fn open(workshop: WorkshopId, token: Token) -> Self {
        let owner = Owner::current().unwrap_or_default();
        let inner = Rc::new_cyclic(|myself| Inner {
            workshop,
            token,
            client: random::client(),
            ops: Cell::new(0),
            chars: Cell::new(0),
            ahead_ms: Cell::new(0),
            link: RefCell::default(),
            outbox: RefCell::default(),
            unsent: RefCell::default(),
            flush_waits: Cell::new(false),
            pending: ArcRwSignal::new(0),
            kept: ArcRwSignal::new(Kept::OnDevice),
            me: ArcRwSignal::default(),
            invite: ArcRwSignal::default(),
            refused: ArcRwSignal::default(),
            notices: ArcRwSignal::default(),
            workshop_doc: RefCell::default(),
            workshop_view: ArcRwSignal::default(),
            roster_doc: RefCell::default(),
            roster_view: ArcRwSignal::default(),
            boards: RefCell::default(),
            groups: ArcRwSignal::default(),
            owner,
            myself: myself.clone(),
        });
        let weak = Rc::downgrade(&inner);
        let link = Link::open(move |event| {
            if let Some(inner) = weak.upgrade() {
                inner.hear(event);
            }
        });
        inner.link.replace(Some(link));
        // Between opening and keeping the link nothing can have come: sockets report from later turns of the event loop.
        Self { inner: StoredValue::new_local(inner) }
    }

    fn ask<T>(self, ask: impl FnOnce(&Inner) -> T) -> Option<T> {
        self.inner.try_with_value(|inner| ask(inner))
    }

    /// Who we are here; none until the server has said so.
    pub fn me(self) -> ArcRwSignal<Option<Me>> {
        self.ask(|inner| inner.me.clone()).unwrap_or_default()
    }

    /// Why the server will not have us.
    pub fn refused(self) -> ArcRwSignal<Option<Refusal>> {
        self.ask(|inner| inner.refused.clone()).unwrap_or_default()
    }

    /// What the lead shows to others.
    pub fn invite(self) -> ArcRwSignal<Option<Arc<Invite>>> {
        self.ask(|inner| inner.invite.clone()).unwrap_or_default()
    }

    /// The workshop, once it is here.
    pub fn workshop(self) -> ArcRwSignal<Option<Arc<Workshop>>> {
        self.ask(|inner| inner.workshop_view.clone()).unwrap_or_default()
    }

    /// The roster, where we may read it.
    pub fn roster(self) -> ArcRwSignal<Option<Arc<Roster>>> {
        self.ask(|inner| inner.roster_view.clone()).unwrap_or_default()
    }

    /// The groups whose boards are here, in order.
    pub fn groups(self) -> ArcRwSignal<Vec<GroupId>> {
        self.ask(|inner| inner.groups.clone()).unwrap_or_default()
    }

    /// A board that is here.
    pub fn board(self, group: GroupId) -> Option<BoardStore> {
        self.ask(|inner| inner.boards.borrow().get(&group).map(|(_, store)| *store)).flatten()
    }

    /// What went wrong and was not read yet.
    pub fn notices(self) -> ArcRwSignal<Vec<Notice>> {
        self.ask(|inner| inner.notices.clone()).unwrap_or_default()
    }

    /// Whether the server can be reached.
    pub fn link(self) -> ArcRwSignal<LinkState> {
        self.ask(|inner| inner.link.borrow().as_ref().map(Link::state))
            .flatten()
            .unwrap_or_else(|| ArcRwSignal::new(LinkState::Down))
    }

    /// Where one's words are now.
    pub fn saved(self) -> Signal<Saved> {
        let (link, pending) = (self.link(), self.ask(|inner| inner.pending.clone()).unwrap_or_default());
        let kept = self.ask(|inner| inner.kept.clone()).unwrap_or_else(|| ArcRwSignal::new(Kept::OnDevice));
        Signal::derive(move || match (link.get(), pending.get(), kept.get()) {
            (LinkState::Up, 0, _) => Saved::Saved,
            (LinkState::Up, _, _) => Saved::Saving,
            (_, 0, _) => Saved::Offline,
            (_, n, Kept::OnDevice) => Saved::KeptHere(n),
            (_, n, Kept::InPage) => Saved::InPageOnly(n),
        })
    }

    /// The server's clock, as well as it is known here.
    pub fn now(self) -> Millis {
        self.ask(Inner::now).unwrap_or_else(clock::now)
    }

    /// Changes the workshop.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn conduct(self, op: WorkshopOp) -> Result<(), Reject> {
        self.ask(|inner| inner.conduct(op)).unwrap_or(Err(Reject::Forbidden))
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
        Millis(clock::now().0.saturating_add_signed(self.ahead_ms.get()))
    }

    fn done(&self, doc: DocId, id: OpId, at: Millis, op: Op) {
        if let Some(outbox) = &*self.outbox.borrow() {
            let kept = outbox.keep(doc, id, at, &op);
            if self.kept.get_untracked() != kept {
                self.kept.try_set(kept);
            }
        }
        self.pending.try_update(|n| *n += 1);
        self.unsent.borrow_mut().push((doc, id, op));
        self.flush_soon();
    }

    fn doing(&self, doc: DocId, doing: Doing) {
        self.send(&ClientMessage::Doing { doc, doing });
    }
}

impl Inner {
    fn send(&self, message: &ClientMessage) -> bool {
        self.link.borrow().as_ref().is_some_and(|link| link.send(message))
    }

    fn flush_soon(&self) {
        if self.flush_waits.replace(true) {
            return;
        }
        let myself = self.myself.clone();
        let flush = move || {
            if let Some(inner) = myself.upgrade() {
                inner.flush_waits.set(false);
                inner.flush();
            }
        };
        set_timeout(flush, GATHER);
    }

    /// Sends what was gathered, a message for each run of operations on one doc. Without a connection it is dropped here and
    /// sent again from the pending lists after the next `Welcome`.
    fn flush(&self) {
        let unsent = self.unsent.take();
        for run in unsent.chunk_by(|a, b| a.0 == b.0) {
            for part in run.chunks(OPS_PER_MESSAGE_MAX) {
                let Some((doc, ..)) = part.first() else { continue };
                let ops = part.iter().map(|(_, id, op)| (*id, op.clone())).collect();
                self.send(&ClientMessage::Ops { doc: *doc, ops });
            }
        }
    }

    fn hear(&self, event: Event) {
        match event {
            Event::Up => self.say_hello(),
            Event::Down => self.unsent.borrow_mut().clear(),
            Event::Message(message) => self.take(message),
        }
    }

    fn say_hello(&self) {
        let mut have: Vec<(DocId, Seq)> = Vec::new();
        have.extend(self.workshop_doc.borrow().as_ref().map(|doc| (DocId::Workshop, doc.seq())));
        have.extend(self.roster_doc.borrow().as_ref().map(|doc| (DocId::Roster, doc.seq())));
        have.extend(self.boards.borrow().iter().map(|(group, (board, _))| (DocId::Board(*group), board.seq())));
        self.send(&ClientMessage::Hello { workshop: self.workshop, token: self.token, client: self.client, have });
    }

    fn take(&self, message: ServerMessage) {
        match message {
            ServerMessage::Welcome { you, seat, now, invite } => self.welcome(you, seat, now, invite),
            ServerMessage::Snapshot { doc, body } => self.load(doc, body),
            ServerMessage::Entries { doc, entries } => {
                let gap =
                    entries.iter().map(|entry| self.receive(doc, entry)).any(|received| received == Received::Gap);
                if gap {
                    // One way to recover from anything: come back and say what we have.
                    self.reconnect();
                }
                self.count_pending();
            }
            ServerMessage::Known { doc, id } => {
                self.forget(id);
                match doc {
                    DocId::Board(group) => self.with_board(group, |board| board.known(id)),
                    _ => self.with_workshop(|replica| {
                        replica.known(id);
                    }),
                }
                self.count_pending();
            }
            ServerMessage::Rejected { doc, id, why } => self.rejected(doc, id, why),
            ServerMessage::Present { doc: DocId::Board(group), present } => {
                self.with_board(group, |board| board.set_present(present));
            }
            ServerMessage::Refused(why) => {
                self.refused.try_set(Some(why));
            }
            ServerMessage::Pong { now, .. } => self.set_clock(now),
            ServerMessage::Present { .. } | ServerMessage::Door { .. } | ServerMessage::Joined { .. } => {}
        }
    }

    fn welcome(&self, you: Capability, seat: Option<GroupId>, now: Millis, invite: Option<Invite>) {
        let first = self.me.with_untracked(Option::is_none);
        let me = Me { capability: you, seat };
        self.set_clock(now);
        self.refused.try_set(None);
        self.invite.try_set(invite.map(Arc::new));
        if let Some(by) = you.by().filter(|_| first) {
            let outbox = Outbox::new(self.workshop, by);
            for (doc, pending) in outbox.all() {
                match doc {
                    DocId::Board(group) => self.open_board(group).adopt(pending),
                    DocId::Workshop => self.with_workshop(|replica| {
                        let own = pending.into_iter().filter_map(|one| {
                            let op = Workshop::pick(&one.op)?.clone();
                            Some(shared::replica::Pending { id: one.id, op, at: one.at })
                        });
                        replica.adopt(own.collect());
                    }),
                    _ => {}
                }
            }
            self.outbox.replace(Some(outbox));
        }
        if self.me.with_untracked(|known| *known != Some(me)) {
            self.me.try_set(Some(me));
        }
        self.resend();
        self.count_pending();
    }

    /// Everything that is not saved goes again, under its own ids.
    fn resend(&self) {
        let mut unsent: Vec<(DocId, OpId, Op)> = Vec::new();
        if let Some(replica) = &*self.workshop_doc.borrow() {
            unsent.extend(replica.to_send().map(|(id, op)| (DocId::Workshop, id, op)));
        }
        for (group, (board, _)) in &*self.boards.borrow() {
            unsent.extend(board.to_send().into_iter().map(|(id, op)| (DocId::Board(*group), id, op)));
        }
        self.unsent.replace(unsent);
        self.flush();
    }

    fn load(&self, doc: DocId, body: AnyDoc) {
        match (doc, body) {
            (DocId::Workshop, AnyDoc::Workshop(body)) => self.with_workshop(|replica| replica.load(body)),
            (DocId::Roster, AnyDoc::Roster(body)) => self.with_roster(|replica| replica.load(body)),
            (DocId::Board(group), AnyDoc::Board(body)) => {
                let saved = self.open_board(group).load(body);
                saved.into_iter().for_each(|id| self.forget(id));
            }
            _ => self.reconnect(),
        }
        self.count_pending();
    }

    fn receive(&self, doc: DocId, entry: &Entry) -> Received {
        let mut received = Received::Old;
        match doc {
            DocId::Workshop => self.with_workshop(|replica| received = replica.receive(entry)),
            DocId::Roster => self.with_roster(|replica| received = replica.receive(entry)),
            DocId::Board(group) => received = self.open_board(group).receive(entry),
            DocId::Doors | DocId::Directory => {}
        }
        if received == Received::Saved {
            self.forget(entry.stamp.id);
        }
        received
    }

    fn rejected(&self, doc: DocId, id: OpId, why: Reject) {
        self.forget(id);
        let mut words = None;
        match doc {
            DocId::Board(group) => self.with_board(group, |board| words = board.refused(id).and_then(words_of)),
            _ => self.with_workshop(|replica| {
                replica.refused(id);
            }),
        }
        self.notices.try_update(|notices| {
            let n = notices.last().map_or(0, |last| last.n.wrapping_add(1));
            notices.push(Notice { n, why, words });
        });
        self.count_pending();
    }

    fn conduct(&self, op: WorkshopOp) -> Result<(), Reject> {
        let (id, at) = (self.next_op(), self.now());
        let mut done = Err(Reject::Forbidden);
        self.with_workshop(|replica| done = replica.local(id, at, op.clone()).map(|_| ()));
        done?;
        self.done(DocId::Workshop, id, at, Op::Workshop(op));
        Ok(())
    }

    fn me_by(&self) -> By {
        self.me.with_untracked(|me| me.and_then(|me| me.capability.by())).unwrap_or(By::Server)
    }

    fn with_workshop(&self, act: impl FnOnce(&mut Replica<Workshop>)) {
        let mut doc = self.workshop_doc.borrow_mut();
        let replica = doc.get_or_insert_with(|| Replica::new(self.me_by()));
        act(replica);
        if replica.seq() > Seq::default() {
            self.workshop_view.try_set(Some(Arc::new(replica.view().clone())));
        }
    }

    fn with_roster(&self, act: impl FnOnce(&mut Replica<Roster>)) {
        let mut doc = self.roster_doc.borrow_mut();
        let replica = doc.get_or_insert_with(|| Replica::new(self.me_by()));
        act(replica);
        self.roster_view.try_set(Some(Arc::new(replica.view().clone())));
    }

    fn with_board(&self, group: GroupId, act: impl FnOnce(&board::Inner)) {
        let board = self.boards.borrow().get(&group).map(|(board, _)| board.clone());
        if let Some(board) = board {
            act(&board);
        }
    }

    /// The board of a group, made when it is first heard of.
    fn open_board(&self, group: GroupId) -> Rc<board::Inner> {
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
        self.groups.try_set(self.boards.borrow().keys().copied().collect());
        board
    }

    fn forget(&self, id: OpId) {
        if let Some(outbox) = &*self.outbox.borrow() {
            outbox.forget(id);
        }
    }

    fn count_pending(&self) {
        let boards: usize = self.boards.borrow().values().map(|(board, _)| board.to_send().len()).sum();
        let workshop = self.workshop_doc.borrow().as_ref().map_or(0, |replica| replica.pending().len());
        if self.pending.get_untracked() != boards + workshop {
            self.pending.try_set(boards + workshop);
        }
    }

    fn set_clock(&self, now: Millis) {
        let here = clock::now().0;
        let ahead = i64::try_from(now.0).unwrap_or(0).saturating_sub(i64::try_from(here).unwrap_or(0));
        self.ahead_ms.set(ahead);
    }

    fn reconnect(&self) {
        let link = self.link.borrow().clone();
        if let Some(link) = link {
            link.reconnect();
        }
    }
}

/// The words that a refused operation carried.
fn words_of(op: BoardOp) -> Option<String> {
    match op {
        BoardOp::AddCard { text, .. } | BoardOp::EditText { edit: TextEdit::Insert { text, .. }, .. } => Some(text),
        _ => None,
    }
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
