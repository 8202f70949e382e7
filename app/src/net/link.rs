//! A connection that comes back by itself, by whichever way gets through: a websocket, else round (`detour`); and by a websocket
//! again as soon as one does. Silence alone does not mean that a way is dead: only an unanswered ping of ours does.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::{IntervalHandle, WindowListenerHandle, set_interval_with_handle};
use shared::wire::door::Asks;
use shared::wire::{Close, Unreadable};

use super::detour::Detour;
use super::signal::Signal;
use super::socket::Socket;
use super::way::{self, Way};
use crate::platform::{clock, dom, random, storage};
use crate::reactive::*;

mod ways;

/// How often a link looks after itself, in milliseconds.
const TICK_MS: u64 = 500;
/// After so much silence, of the server or of our own (it closes who says nothing), it asks whether anybody is there.
const QUIET_MS: u64 = 20_000;
/// No answer to that within so much: the socket is dead.
const PONG_MS: u64 = 5_000;
/// The same when the phone was just taken up again: phones end sockets behind a page's back, and somebody looks at it now.
const WOKEN_PONG_MS: u64 = 1_500;
/// What began to open so long before that was begun in another network, or by a page that then stood still.
const STALE_MS: u64 = 1_000;
/// What has not opened within so much never will.
const OPEN_MS: u64 = 8_000;
/// A socket that has not opened within so much is not waited for alone, and one on which nothing came within so much after it
/// opened never carries anything.
const PATIENCE_MS: u64 = 2_000;
/// Who goes round tries a socket again after so much; twice as much each time, up to the most.
const PROBE_MS: u64 = 30_000;
const PROBE_MS_MAX: u64 = 480_000;
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
    /// No: something else answers in its place, as in networks that want a login first. Tries go on.
    Stranger,
}

/// How far a way is that is being tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Try {
    Not,
    Under,
    Failed,
}

/// Of the two ways the one that carries. A socket beside the other one is being tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Socket,
    Detour,
}

#[derive(Clone, Copy)]
enum Phase {
    Down { retry_at: u64 },
    Opening { since: u64, socket: Try, detour: Try },
    Up { by: By, since: u64, said_at: u64, heard_at: Option<u64>, pinged_at: Option<u64> },
}

/// When a socket is tried again by who goes round.
#[derive(Clone, Copy)]
struct Probe {
    at: u64,
    pause: u64,
}

struct Inner {
    phase: Cell<Phase>,
    socket: RefCell<Option<Socket>>,
    detour: RefCell<Option<Detour>>,
    probe: Cell<Probe>,
    failures: Cell<u32>,
    /// The phone was taken up again, and nothing was heard since.
    woken: Cell<bool>,
    /// Counts the ways that were tried, and which of them are listened to: what an earlier one still says is heard by nobody.
    count: Cell<u32>,
    socket_no: Cell<u32>,
    detour_no: Cell<u32>,
    /// Our requests were sent elsewhere since the last try: to the login of a network.
    sent_elsewhere: Cell<bool>,
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
            phase: Cell::new(Phase::Down { retry_at: 0 }),
            socket: RefCell::default(),
            detour: RefCell::default(),
            probe: Cell::new(Probe { at: 0, pause: PROBE_MS }),
            failures: Cell::new(0),
            woken: Cell::new(false),
            count: Cell::new(0),
            socket_no: Cell::new(0),
            detour_no: Cell::new(0),
            sent_elsewhere: Cell::new(false),
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
        self.0.said_now();
        self.0.send(message)
    }

    /// Drops the connection and begins anew at once: the one way to recover from anything.
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
        let wake = || {
            let weak = Rc::downgrade(self);
            move || with(&weak, Self::wake)
        };
        let (online, offline, shown, visible) = (wake(), wake(), wake(), wake());
        let seen = move || {
            if dom::is_visible() {
                visible();
            }
        };
        let (elsewhere, leaving) = (Rc::downgrade(self), Rc::downgrade(self));
        self.wakes.borrow_mut().extend([
            // The page's policy lets it ask its own server alone: what is broken here is a redirection of ours.
            window_event_listener_untyped("securitypolicyviolation", move |_| {
                with(&elsewhere, |inner| inner.sent_elsewhere.set(true));
            }),
            window_event_listener(ev::online, move |_| online()),
            // Not every browser ends a socket with its network: who writes now must not be told "saving" for long.
            window_event_listener(ev::offline, move |_| offline()),
            window_event_listener(ev::pageshow, move |event| {
                if event.persisted() {
                    shown();
                }
            }),
            // It bubbles up from the document.
            window_event_listener(ev::visibilitychange, move |_| seen()),
            // Browsers keep a page to come back to only if it has nothing open. What was sent is still sent.
            window_event_listener(ev::pagehide, move |_| {
                with(&leaving, |inner| Self::lose(inner, RETRY_MS_MAX));
            }),
        ]);
    }

    /// The phone is back from somewhere: try at once, or make sure that the connection still lives. The network may be another.
    fn wake(self: &Rc<Self>) {
        let now = clock::now().0;
        // What failed before failed somewhere else.
        self.failures.set(0);
        match self.phase.get() {
            Phase::Down { .. } => self.phase.set(Phase::Down { retry_at: 0 }),
            Phase::Opening { since, .. } if now.abs_diff(since) > STALE_MS => return Self::lose(self, 0),
            Phase::Opening { .. } => {}
            Phase::Up { by, .. } => {
                self.woken.set(true);
                self.ping(now);
                if by == By::Detour {
                    self.probe.set(Probe { at: now, pause: PROBE_MS });
                }
            }
        }
        self.tick();
    }

    fn tick(self: &Rc<Self>) {
        let now = clock::now().0;
        let long = |since: u64, most: u64| now.abs_diff(since) > most;
        match self.phase.get() {
            Phase::Down { retry_at } if now >= retry_at => self.connect(now),
            Phase::Down { .. } => {}
            Phase::Opening { since, .. } if long(since, OPEN_MS) => Self::lose(self, self.pause()),
            Phase::Opening { since, detour: Try::Not, .. } if long(since, PATIENCE_MS) => self.go_round(),
            Phase::Opening { .. } => {}
            Phase::Up { pinged_at: Some(at), .. } if self.woken.get() && long(at, WOKEN_PONG_MS) => Self::lose(self, 0),
            Phase::Up { pinged_at: Some(at), by, .. } if long(at, PONG_MS) => {
                if by == By::Detour {
                    way::keep(Way::BriefDetour);
                }
                Self::lose(self, self.pause());
            }
            Phase::Up { by: By::Socket, since, heard_at: None, .. }
                if long(since, PATIENCE_MS) && !way::socket_carries() =>
            {
                self.give_up_socket();
            }
            Phase::Up { by, since, said_at, heard_at, pinged_at } => {
                let quiet = long(said_at, QUIET_MS) || long(heard_at.unwrap_or(since), QUIET_MS);
                if pinged_at.is_none() && quiet {
                    self.said_now();
                    self.ping(now);
                }
                if by == By::Detour {
                    self.try_socket_again(now);
                }
            }
        }
    }

    fn said_now(&self) {
        if let Phase::Up { by, since, heard_at, pinged_at, .. } = self.phase.get() {
            self.phase.set(Phase::Up { by, since, said_at: clock::now().0, heard_at, pinged_at });
        }
    }

    fn send(&self, message: &[u8]) -> bool {
        match self.phase.get() {
            Phase::Up { by: By::Socket, .. } => {
                self.socket.borrow().as_ref().is_some_and(|socket| socket.send(message))
            }
            Phase::Up { by: By::Detour, .. } => {
                self.detour.borrow().as_ref().is_some_and(|detour| detour.send(message))
            }
            _ => false,
        }
    }

    /// Asks whether anybody is there, unless that was asked.
    fn ping(&self, now: u64) {
        if let Phase::Up { by, since, said_at, heard_at, pinged_at: None } = self.phase.get()
            && self.send(&Asks::Ping(0).encode())
        {
            self.phase.set(Phase::Up { by, since, said_at, heard_at, pinged_at: Some(now) });
        }
    }

    /// Nothing that could not be read.
    fn tell(&self, event: Event) {
        let _ = (self.handler)(event);
    }

    /// What the way says that carries.
    fn heard(self: &Rc<Self>, signal: Signal) {
        match signal {
            Signal::Open | Signal::Stranger => {}
            Signal::Frame(frame) => {
                if let Phase::Up { by, since, said_at, .. } = self.phase.get() {
                    if by == By::Socket {
                        way::keep(Way::Socket);
                    }
                    let heard_at = Some(clock::now().0);
                    self.phase.set(Phase::Up { by, since, said_at, heard_at, pinged_at: None });
                }
                self.failures.set(0);
                self.woken.set(false);
                if self.state.get_untracked() != LinkState::Up {
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
            Signal::Gone(code) if code == Close::TooMany as u16 => self.full(),
            Signal::Gone(_) => Self::lose(self, self.pause()),
        }
    }

    fn full(self: &Rc<Self>) {
        self.failures.set(u32::MAX);
        self.end(LinkState::Full, self.pause());
    }

    /// How long to wait before the next try: longer each time, and not the same for everybody in the hall.
    fn pause(&self) -> u64 {
        let failures = self.failures.get();
        self.failures.set(failures.saturating_add(1));
        let pause = 300_u64.saturating_mul(1 << failures.min(5)).min(RETRY_MS_MAX);
        pause + pause * u64::from(random::byte()) / 512
    }

    fn lose(self: &Rc<Self>, pause: u64) {
        self.end(LinkState::Down, pause);
    }

    /// Down, for a reason that is said; as long as it is the same, it is said once.
    fn end(self: &Rc<Self>, why: LinkState, pause: u64) {
        self.phase.set(Phase::Down { retry_at: clock::now().0 + pause });
        self.woken.set(false);
        self.drop_socket();
        self.drop_detour();
        let why = match why {
            LinkState::Down if self.sent_elsewhere.take() => LinkState::Stranger,
            why => why,
        };
        if self.state.get_untracked() != why {
            self.state.set(why);
        }
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
