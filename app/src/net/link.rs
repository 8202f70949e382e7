//! A connection that comes back by itself. Silence alone does not mean that a socket is dead: only an unanswered ping of ours does.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::{IntervalHandle, WindowListenerHandle, set_interval_with_handle};
use shared::wire::door::Asks;
use shared::wire::{Close, Unreadable};

use super::socket::{Signal, Socket};
use crate::platform::{clock, dom, random, storage};
use crate::reactive::*;

/// How often a link looks after itself, in milliseconds.
const TICK_MS: u64 = 500;
/// After so much silence, of the server or of our own (it closes who says nothing), it asks whether anybody is there.
const QUIET_MS: u64 = 20_000;
/// No answer to that within so much: the socket is dead.
const PONG_MS: u64 = 5_000;
/// A socket that has not opened within so much never will.
const OPEN_MS: u64 = 8_000;
/// The longest pause between two tries.
const RETRY_MS_MAX: u64 = 8_000;
/// A server that is busy is asked again after so much.
const BUSY_MS: u64 = 3_000;
/// A page that is too old reloads at most once in so much.
const RELOAD_MS: u64 = 60_000;

/// What a link tells.
pub enum Event {
    /// It is open (again): say who you are.
    Up,
    /// A message came, as it was sent: whoever hears it knows which messages to expect.
    Frame(Vec<u8>),
    /// It is gone; it will come back by itself.
    Down,
}

/// Whether the server can be reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkState {
    /// Not yet.
    Connecting,
    /// Yes.
    Up,
    /// No longer; tries go on.
    Down,
    /// No: the server has no room for more connections. Tries go on.
    Full,
}

enum Phase {
    Down { retry_at: u64 },
    Opening { since: u64, socket: Socket },
    Up { socket: Socket, said_at: u64, heard_at: u64, pinged_at: Option<u64> },
}

struct Inner {
    phase: RefCell<Phase>,
    failures: Cell<u32>,
    /// Counts the sockets: what an earlier one still says is heard by nobody.
    socket: Cell<u32>,
    state: ArcRwSignal<LinkState>,
    handler: Box<dyn Fn(Event) -> Result<(), Unreadable>>,
    timer: Cell<Option<IntervalHandle>>,
    wakes: RefCell<Vec<WindowListenerHandle>>,
}

/// A handle on the connection. Dropping the last one closes it.
#[derive(Clone)]
pub struct Link(Rc<Inner>);

impl Link {
    /// Connects, and keeps connected for as long as the handle lives. A message that the handler cannot read is of another
    /// version.
    pub fn open(handler: impl Fn(Event) -> Result<(), Unreadable> + 'static) -> Self {
        let link = Self(Rc::new(Inner {
            phase: RefCell::new(Phase::Down { retry_at: 0 }),
            failures: Cell::new(0),
            socket: Cell::new(0),
            state: ArcRwSignal::new(LinkState::Connecting),
            handler: Box::new(handler),
            timer: Cell::new(None),
            wakes: RefCell::default(),
        }));
        let weak = Rc::downgrade(&link.0);
        let tick = move || with(&weak, Inner::tick);
        link.0.timer.set(set_interval_with_handle(tick, Duration::from_millis(TICK_MS)).ok());
        link.0.listen_for_wakes();
        link.0.tick();
        link
    }

    /// Whether the server can be reached.
    pub fn state(&self) -> ArcRwSignal<LinkState> {
        self.0.state.clone()
    }

    /// Sends a message. False when there is nobody to send it to.
    pub fn send(&self, message: &[u8]) -> bool {
        match &mut *self.0.phase.borrow_mut() {
            Phase::Up { socket, said_at, .. } => {
                *said_at = clock::now().0;
                socket.send(message)
            }
            _ => false,
        }
    }

    /// Drops the socket and begins anew at once: the one way to recover from anything.
    pub fn reconnect(&self) {
        Inner::lose(&self.0, 0);
    }

    /// The same after a while: the server is there, and cannot answer now.
    pub fn reconnect_later(&self) {
        Inner::lose(&self.0, BUSY_MS);
    }
}

fn with(weak: &Weak<Inner>, act: impl Fn(&Rc<Inner>)) {
    if let Some(inner) = weak.upgrade() {
        act(&inner);
    }
}

impl Inner {
    fn listen_for_wakes(self: &Rc<Self>) {
        let wake = |weak: Weak<Self>| move || with(&weak, Self::wake);
        let (online, shown, visible) =
            (wake(Rc::downgrade(self)), wake(Rc::downgrade(self)), wake(Rc::downgrade(self)));
        let seen = move || {
            if dom::is_visible() {
                visible();
            }
        };
        self.wakes.borrow_mut().extend([
            window_event_listener(ev::online, move |_| online()),
            window_event_listener(ev::pageshow, move |_| shown()),
            // It bubbles up from the document.
            window_event_listener(ev::visibilitychange, move |_| seen()),
        ]);
    }

    /// The phone is back from somewhere: try at once, or make sure that the socket still lives.
    fn wake(self: &Rc<Self>) {
        match &mut *self.phase.borrow_mut() {
            Phase::Down { retry_at } => *retry_at = 0,
            Phase::Opening { .. } => {}
            Phase::Up { socket, pinged_at, .. } => {
                if pinged_at.is_none() && socket.send(&Asks::Ping(0).encode()) {
                    *pinged_at = Some(clock::now().0);
                }
            }
        }
        self.tick();
    }

    fn tick(self: &Rc<Self>) {
        enum Do {
            Nothing,
            Open,
            Lose,
        }
        let now = clock::now().0;
        let next = match &mut *self.phase.borrow_mut() {
            Phase::Down { retry_at } if now >= *retry_at => Do::Open,
            Phase::Opening { since, .. } if now.abs_diff(*since) > OPEN_MS => Do::Lose,
            Phase::Up { pinged_at: Some(at), .. } if now.abs_diff(*at) > PONG_MS => Do::Lose,
            Phase::Up { socket, said_at, heard_at, pinged_at } => {
                let quiet = |since: u64| now.abs_diff(since) > QUIET_MS;
                if pinged_at.is_none() && (quiet(*said_at) || quiet(*heard_at)) {
                    socket.send(&Asks::Ping(0).encode());
                    (*said_at, *pinged_at) = (now, Some(now));
                }
                Do::Nothing
            }
            _ => Do::Nothing,
        };
        match next {
            Do::Nothing => {}
            Do::Open => self.connect(now),
            Do::Lose => Self::lose(self, self.pause()),
        }
    }

    fn connect(self: &Rc<Self>, now: u64) {
        let weak = Rc::downgrade(self);
        let this = self.next_socket();
        let socket = Socket::open(&dom::socket_url(), move |signal| {
            if let Some(inner) = weak.upgrade().filter(|inner| inner.socket.get() == this) {
                inner.heard(signal);
            }
        });
        *self.phase.borrow_mut() = match socket {
            Some(socket) => Phase::Opening { since: now, socket },
            None => Phase::Down { retry_at: now + self.pause() },
        };
    }

    /// Nothing that could not be read.
    fn tell(&self, event: Event) {
        let _ = (self.handler)(event);
    }

    fn next_socket(&self) -> u32 {
        self.socket.set(self.socket.get().wrapping_add(1));
        self.socket.get()
    }

    fn heard(self: &Rc<Self>, signal: Signal) {
        let now = clock::now().0;
        match signal {
            Signal::Open => {
                let phase = std::mem::replace(&mut *self.phase.borrow_mut(), Phase::Down { retry_at: 0 });
                if let Phase::Opening { socket, .. } = phase {
                    *self.phase.borrow_mut() = Phase::Up { socket, said_at: now, heard_at: now, pinged_at: None };
                    // A server that is full says so when the socket is open: until it says more nothing has changed.
                    if self.state.get_untracked() != LinkState::Full {
                        self.state.set(LinkState::Up);
                    }
                    self.tell(Event::Up);
                }
            }
            Signal::Frame(frame) => {
                if let Phase::Up { heard_at, pinged_at, .. } = &mut *self.phase.borrow_mut() {
                    (*heard_at, *pinged_at) = (now, None);
                }
                self.failures.set(0);
                if self.state.get_untracked() == LinkState::Full {
                    self.state.set(LinkState::Up);
                }
                if (self.handler)(Event::Frame(frame)).is_err() {
                    self.reload_page();
                }
            }
            // What the server cannot read is of another version, too: we only send what we can read ourselves.
            Signal::Gone(code) if code == Close::OldPage as u16 || code == Close::NotUnderstood as u16 => {
                self.reload_page()
            }
            Signal::Gone(code) if code == Close::Reseated as u16 || code == Close::Replaced as u16 => {
                Self::lose(self, 0);
            }
            Signal::Gone(code) if code == Close::TooMany as u16 => {
                self.failures.set(u32::MAX);
                Self::lose(self, self.pause());
                self.state.set(LinkState::Full);
            }
            Signal::Gone(_) => Self::lose(self, self.pause()),
        }
    }

    /// How long to wait before the next try: longer each time, and not the same for everybody in the hall.
    fn pause(&self) -> u64 {
        let failures = self.failures.get();
        self.failures.set(failures.saturating_add(1));
        let pause = 300_u64.saturating_mul(1 << failures.min(5)).min(RETRY_MS_MAX);
        pause + pause * u64::from(random::byte()) / 512
    }

    fn lose(self: &Rc<Self>, pause: u64) {
        self.next_socket();
        let lost = Phase::Down { retry_at: clock::now().0 + pause };
        let before = std::mem::replace(&mut *self.phase.borrow_mut(), lost);
        // We may be inside one of its own callbacks: it goes when that has returned.
        set_timeout(move || drop(before), Duration::ZERO);
        self.state.set(LinkState::Down);
        self.tell(Event::Down);
        if pause == 0 {
            self.tick();
        }
    }

    /// The server speaks another version. Where what is written is kept on the phone, the page can go and come back.
    fn reload_page(self: &Rc<Self>) {
        const KEY: &str = "naze.reloaded";
        let now = clock::now().0;
        let last = storage::get(KEY).and_then(|at| at.parse::<u64>().ok()).unwrap_or(0);
        // Where nothing can be kept, reloading would lose what is not saved, and would not know that it was done already.
        if now.abs_diff(last) > RELOAD_MS && storage::set(KEY, &now.to_string()) == storage::Kept::OnDevice {
            // A page that may not reload goes on trying to connect.
            let _ = window().location().reload();
        }
        Self::lose(self, RETRY_MS_MAX);
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
        for wake in self.wakes.borrow_mut().drain(..) {
            wake.remove();
        }
    }
}
