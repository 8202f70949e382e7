//! One workshop in this page, as screens use it: signals to read, things to do.

use std::rc::Rc;
use std::sync::Arc;

use shared::access::{By, Capability};
use shared::docs::dots::Voters;
use shared::docs::roster::Roster;
use shared::docs::tray::TrayOp;
use shared::docs::workshop::{Workshop, WorkshopOp};
use shared::wire::{Invite, Refusal};
use shared::{GroupId, Millis, NoteId, Reject, Token, VoteId, WorkshopId};

use self::inner::Inner;
pub use self::tray::{Cast, TrayView};
use super::board::{BoardStore, Home};
use crate::net::{Link, LinkState};
use crate::platform::clock;
use crate::platform::storage::Kept;
use crate::reactive::*;
use crate::store::Words;

mod incoming;
mod inner;
mod reception;
mod sending;
mod server_clock;
mod tray;

/// Who we are here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Me {
    /// What we may.
    pub capability: Capability,
    /// Where we sit.
    pub seat: Option<GroupId>,
}

impl Me {
    /// The group that one is one of. Whoever has a link to keep sees a group, and is none of it.
    pub const fn sits(self) -> Option<GroupId> {
        match self.capability {
            Capability::Participant(_) => self.seat,
            Capability::Lead | Capability::Helper | Capability::Observer | Capability::Keeper(_) => None,
        }
    }
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
    /// Why; none when it was refused while we could not hear the reason.
    pub why: Option<Reject>,
    /// What was written and not taken, to be copied.
    pub words: Option<String>,
    /// Where the words were to stand.
    pub(crate) about: Option<(GroupId, Words)>,
}

/// A handle on a workshop. Copied freely; the connection closes with the owner it was opened under.
#[derive(Clone, Copy)]
pub struct Session {
    inner: StoredValue<Rc<Inner>>,
}

impl Session {
    /// Connects to a workshop. The session lives as long as the current owner.
    pub fn open(workshop: WorkshopId, token: Token) -> Self {
        Self { inner: StoredValue::new(Inner::open(workshop, token)) }
    }

    /// Which workshop it is; none once the session is gone.
    pub fn id(self) -> Option<WorkshopId> {
        self.ask(|inner| inner.workshop)
    }

    /// The key with which we are in, or tried to be; none once the session is gone.
    pub fn token(self) -> Option<Token> {
        self.ask(|inner| inner.token.get())
    }

    /// Another key takes the place of ours; all else stays.
    pub fn go_on_with(self, next: Token) {
        self.ask(|inner| inner.go_on_with(next));
    }

    /// Tries again to get in.
    pub fn try_again(self) {
        self.ask(|inner| inner.with_link(Link::reconnect));
    }

    fn ask<T>(self, ask: impl FnOnce(&Inner) -> T) -> Option<T> {
        self.inner.try_get_value().map(|inner| ask(&inner))
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

    /// Follows the roster, for screens that show it.
    pub fn follow_roster(self) {
        self.ask(|inner| inner.reception.follow(inner.me_by()));
    }

    /// The roster, where we may read it and it is followed.
    pub fn roster(self) -> ArcRwSignal<Option<Arc<Roster>>> {
        self.ask(|inner| inner.reception.view.clone()).unwrap_or_default()
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

    /// How many changes are not saved yet, as whoever made them counts: a card with its letters is one.
    pub fn pending(self) -> ArcRwSignal<usize> {
        self.ask(|inner| inner.pending.clone()).unwrap_or_default()
    }

    /// The words among them, as they would have stood where the board is here; with those that are only kept on the phone.
    pub fn unsaved_words(self, by: By) -> Vec<String> {
        self.ask(|inner| inner.unsaved_words(by)).unwrap_or_default()
    }

    /// Ends the connection for good.
    pub fn close(self) {
        self.ask(Inner::close);
    }

    /// The server's clock, as well as it is known here.
    pub fn now(self) -> Millis {
        self.ask(|inner| inner.now()).unwrap_or_else(clock::now)
    }

    /// What one has chosen in private.
    pub fn tray(self) -> ArcRwSignal<Arc<TrayView>> {
        self.ask(|inner| inner.tray.view.clone()).unwrap_or_default()
    }

    /// Votes for these of the proposed themes, in secret; for none, takes the ballot back.
    ///
    /// # Errors
    /// When one does not take part here, or the vote is known to be over.
    pub fn cast(self, vote: VoteId, choices: Vec<NoteId>) -> Result<(), Reject> {
        self.in_private(TrayOp::CastBallot { vote, choices })
    }

    /// Puts dots, in secret; without one, takes the ballot back.
    ///
    /// # Errors
    /// When one does not take part here, or the vote is known to be over.
    pub fn cast_dots(self, voters: Voters, vote: VoteId, dots: Vec<u16>) -> Result<(), Reject> {
        self.in_private(TrayOp::CastDots { voters, vote, dots })
    }

    /// Words that have no place any more are given back to whoever wrote them.
    pub fn give_words_back(self, why: Reject, words: String) {
        self.ask(|inner| inner.give_words_back(Some(why), words));
    }

    /// Chooses or writes in private.
    ///
    /// # Errors
    /// When one does not take part here, or it does not fit.
    pub fn in_private(self, op: TrayOp) -> Result<(), Reject> {
        self.ask(|inner| inner.in_private(op)).unwrap_or(Err(Reject::Forbidden))
    }

    /// Changes the workshop.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn conduct(self, op: WorkshopOp) -> Result<(), Reject> {
        self.ask(|inner| inner.conduct(op)).unwrap_or(Err(Reject::Forbidden))
    }
}
