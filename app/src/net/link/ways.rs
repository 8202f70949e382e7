//! By which way a link goes. A websocket comes first; who has waited for it for a while tries the way round beside it, and the first
//! that opens carries. Who goes round tries a websocket now and then, and changes over when that carries something.

use std::rc::Rc;
use std::time::Duration;

use shared::wire::Close;
use shared::wire::door::Asks;

use super::{By, Event, Inner, LinkState, PROBE_MS, PROBE_MS_MAX, Phase, Probe, Try};
use crate::net::detour::Detour;
use crate::net::signal::Signal;
use crate::net::socket::Socket;
use crate::net::way::{self, Way};
use crate::platform::{clock, dom};
use crate::reactive::*;

impl Inner {
    pub(super) fn connect(self: &Rc<Self>, now: u64) {
        self.phase.set(Phase::Opening { since: now, socket: Try::Not, detour: Try::Not });
        match way::kept() {
            Way::Socket => self.try_socket(),
            Way::Detour | Way::BriefDetour => self.go_round(),
        }
    }

    /// Tries a socket: as the way, or beside the other one.
    pub(super) fn try_socket(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let this = self.next();
        self.socket_no.set(this);
        if let Phase::Opening { since, detour, .. } = self.phase.get() {
            self.phase.set(Phase::Opening { since, socket: Try::Under, detour });
        }
        let socket = Socket::open(&dom::socket_url(), move |signal| {
            if let Some(inner) = weak.upgrade().filter(|inner| inner.socket_no.get() == this) {
                inner.heard_socket(signal);
            }
        });
        let refused = socket.is_none();
        self.socket.replace(socket);
        if refused {
            self.heard_socket(Signal::Gone(0));
        }
    }

    pub(super) fn go_round(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let this = self.next();
        self.detour_no.set(this);
        if let Phase::Opening { since, socket, .. } = self.phase.get() {
            self.phase.set(Phase::Opening { since, socket, detour: Try::Under });
        }
        let detour = Detour::open(move |signal| {
            if let Some(inner) = weak.upgrade().filter(|inner| inner.detour_no.get() == this) {
                inner.heard_detour(signal);
            }
        });
        self.detour.replace(Some(detour));
    }

    fn next(&self) -> u32 {
        self.count.set(self.count.get().wrapping_add(1));
        self.count.get()
    }

    /// It opened, and nothing ever came: the way round may carry more.
    pub(super) fn give_up_socket(self: &Rc<Self>) {
        self.drop_socket();
        self.tell(Event::Down);
        self.phase.set(Phase::Opening { since: clock::now().0, socket: Try::Failed, detour: Try::Not });
        self.go_round();
    }

    /// A passing failure must not leave anybody on the slow way for ever.
    pub(super) fn try_socket_again(self: &Rc<Self>, now: u64) {
        let Probe { at, pause } = self.probe.get();
        if now >= at {
            self.probe.set(Probe { at: now + pause, pause: (pause * 2).min(PROBE_MS_MAX) });
            self.drop_socket();
            self.try_socket();
        }
    }

    pub(super) fn drop_socket(&self) {
        self.socket_no.set(0);
        later(self.socket.take());
    }

    pub(super) fn drop_detour(&self) {
        self.detour_no.set(0);
        later(self.detour.take());
    }

    fn heard_socket(self: &Rc<Self>, signal: Signal) {
        match (self.phase.get(), signal) {
            (Phase::Opening { .. }, Signal::Open) => {
                self.drop_detour();
                self.up(By::Socket);
            }
            (Phase::Opening { since, detour, .. }, Signal::Gone(_)) => {
                self.drop_socket();
                self.phase.set(Phase::Opening { since, socket: Try::Failed, detour });
                match detour {
                    Try::Not => self.go_round(),
                    Try::Under => {}
                    Try::Failed => Self::lose(self, self.pause()),
                }
            }
            // Something on the way lets it open, and then cuts it off.
            (Phase::Up { by: By::Socket, heard_at: None, .. }, Signal::Gone(1_000..1_012)) => self.give_up_socket(),
            (Phase::Up { by: By::Socket, .. }, signal) => self.heard(signal),
            (Phase::Up { by: By::Detour, .. }, Signal::Open) => {
                self.socket.borrow().as_ref().map(|socket| socket.send(&Asks::Ping(0).encode()));
            }
            (Phase::Up { by: By::Detour, .. }, Signal::Frame(_)) => {
                // It carries: whatever was under way on the other one is sent again.
                self.drop_detour();
                self.tell(Event::Down);
                way::keep(Way::Socket);
                self.up(By::Socket);
            }
            (Phase::Up { by: By::Detour, .. }, _) => self.drop_socket(),
            _ => {}
        }
    }

    fn heard_detour(self: &Rc<Self>, signal: Signal) {
        match (self.phase.get(), signal) {
            (Phase::Opening { .. }, Signal::Open) => {
                let now = clock::now().0;
                self.probe.set(Probe { at: now + PROBE_MS, pause: 2 * PROBE_MS });
                self.up(By::Detour);
            }
            (Phase::Opening { since, socket, .. }, signal) => {
                self.drop_detour();
                self.phase.set(Phase::Opening { since, socket, detour: Try::Failed });
                match (signal, socket) {
                    // Whatever else is tried now meets the same stranger.
                    (Signal::Stranger, _) => self.end(LinkState::Stranger, self.pause()),
                    (Signal::Gone(code), Try::Failed) if code == Close::TooMany as u16 => self.full(),
                    (_, Try::Not) => self.try_socket(),
                    (_, Try::Under) => {}
                    (_, Try::Failed) => Self::lose(self, self.pause()),
                }
            }
            (Phase::Up { by: By::Detour, heard_at, .. }, signal) => {
                if heard_at.is_none() && matches!(signal, Signal::Frame(_)) && way::kept() == Way::Socket {
                    way::keep(Way::Detour);
                }
                self.heard(signal);
            }
            _ => {}
        }
    }

    fn up(&self, by: By) {
        let now = clock::now().0;
        self.phase.set(Phase::Up { by, since: now, said_at: now, heard_at: None, pinged_at: None });
        // A server that is full says so when the socket is open, and a stranger may open one: until more is said nothing has changed.
        if !matches!(self.state.get_untracked(), LinkState::Full | LinkState::Stranger) {
            self.state.set(LinkState::Up);
        }
        self.tell(Event::Up);
    }
}

/// We may be inside one of its own callbacks: it goes when that has returned.
fn later<T: 'static>(gone: Option<T>) {
    if gone.is_some() {
        set_timeout(move || drop(gone), Duration::ZERO);
    }
}
