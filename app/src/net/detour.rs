//! The way round where no websocket gets through: the same frames, said by one request after another and heard from answers that
//! last. What is on the way may keep an answer back until it has ended; then answers are asked to end as soon as they tell something.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::time::Duration;

use js_sys::JsString;
use leptos::prelude::set_timeout;
use shared::limits::CLIENT_MESSAGE_BYTES_MAX;
use shared::wire::Close;
use shared::wire::door::Asks;

use super::base64;
use super::request::Request;
use super::signal::Signal;
use super::way::{self, Way};

/// An answer of which nothing has arrived after so much is kept back by something on the way.
const KEPT_BACK: Duration = Duration::from_millis(1_500);
/// A request that got no answer is sent again so often, after so much.
const TRIES: u32 = 3;
const TRY_AGAIN: Duration = Duration::from_millis(300);
/// Frames that one request may say.
const FRAMES_MAX: usize = 64;
/// Frames that may wait: more are for a new line.
const WAITING_MAX: usize = 4_096;
/// Characters of a line's name.
const NAME: usize = 32;
/// What browsers say of a connection that just broke.
const BROKE: u16 = 1_006;

/// A line, open or opening.
pub(super) struct Detour(Rc<Inner>);

struct Inner {
    report: Box<dyn Fn(Signal)>,
    name: RefCell<String>,
    opening: RefCell<Option<Request>>,
    hearing: RefCell<Option<Request>>,
    /// Characters of the answer that were read, and whether it said that another one follows.
    read: Cell<u32>,
    goes_on: Cell<bool>,
    hurrying: RefCell<Option<Request>>,
    saying: RefCell<Option<Request>>,
    /// The number of the request that says something.
    number: Cell<u32>,
    waiting: RefCell<VecDeque<Vec<u8>>>,
    over: Cell<bool>,
}

fn with(weak: &Weak<Inner>, act: impl FnOnce(&Rc<Inner>)) {
    if let Some(inner) = weak.upgrade().filter(|inner| !inner.over.get()) {
        act(&inner);
    }
}

impl Detour {
    /// Begins to open one.
    pub(super) fn open(report: impl Fn(Signal) + 'static) -> Self {
        let inner = Rc::new(Inner {
            report: Box::new(report),
            name: RefCell::default(),
            opening: RefCell::default(),
            hearing: RefCell::default(),
            read: Cell::new(0),
            goes_on: Cell::new(false),
            hurrying: RefCell::default(),
            saying: RefCell::default(),
            number: Cell::new(0),
            waiting: RefCell::default(),
            over: Cell::new(false),
        });
        let weak = Rc::downgrade(&inner);
        let opened = move |answer: &Request| {
            if answer.is_done() {
                with(&weak, |inner| inner.opened(answer.status(), &answer.text()));
            }
        };
        inner.opening.replace(Request::post("/detour", &[], opened));
        Self(inner)
    }

    /// Sends a frame. False when there is no line (any more).
    pub(super) fn send(&self, frame: &[u8]) -> bool {
        let inner = &self.0;
        if inner.over.get() || inner.name.borrow().is_empty() || inner.waiting.borrow().len() >= WAITING_MAX {
            return false;
        }
        inner.waiting.borrow_mut().push_back(frame.to_vec());
        inner.say_next();
        true
    }
}

impl Drop for Detour {
    fn drop(&mut self) {
        self.0.over.set(true);
        for request in [&self.0.opening, &self.0.hearing, &self.0.hurrying, &self.0.saying] {
            request.take();
        }
    }
}

impl Inner {
    fn tell(&self, signal: Signal) {
        (self.report)(signal);
    }

    fn gone(&self, code: u16) {
        if !self.over.replace(true) {
            self.tell(Signal::Gone(code));
        }
    }

    fn opened(self: &Rc<Self>, status: u32, said: &str) {
        match status {
            200 if said.len() == NAME && said.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                said.clone_into(&mut self.name.borrow_mut());
                if way::kept() == Way::BriefDetour {
                    self.be_brief();
                }
                self.hear();
                self.tell(Signal::Open);
            }
            503 if said.contains("too_many_here") => self.gone(Close::TooMany as u16),
            // Who answers in the server's place has not let us into the network yet.
            200 | 511 => {
                self.over.set(true);
                self.tell(Signal::Stranger);
            }
            _ => self.gone(BROKE),
        }
    }

    fn named(&self) -> Vec<u8> {
        self.name.borrow().clone().into_bytes()
    }

    fn hear(self: &Rc<Self>) {
        self.read.set(0);
        self.goes_on.set(false);
        let weak = Rc::downgrade(self);
        let heard = move |answer: &Request| with(&weak, |inner| inner.heard(answer));
        let_go(self.hearing.replace(Request::post("/detour/hear", &self.named(), heard)));
        if way::kept() != Way::BriefDetour {
            let weak = Rc::downgrade(self);
            let arrives = move || {
                with(&weak, |inner| {
                    if inner.read.get() == 0 {
                        way::keep(Way::BriefDetour);
                        inner.be_brief();
                    }
                });
            };
            set_timeout(arrives, KEPT_BACK);
        }
    }

    fn be_brief(&self) {
        let_go(self.hurrying.replace(Request::post("/detour/brief", &self.named(), |_| {})));
    }

    fn heard(self: &Rc<Self>, answer: &Request) {
        if !answer.is_arriving() {
            return;
        }
        let events = self.unread(&answer.partly());
        for event in events.split("\n\n") {
            self.take(event);
            if self.over.get() {
                return;
            }
        }
        match answer.status() {
            _ if !answer.is_done() => {}
            200 if self.goes_on.get() => self.hear(),
            _ => self.gone(BROKE),
        }
    }

    /// The whole events that have come since the last time.
    fn unread(&self, all: &JsString) -> String {
        let read = self.read.get();
        let end = u32::try_from(all.last_index_of("\n\n", i32::MAX)).map_or(0, |at| at + 2);
        self.read.set(end.max(read));
        if end > read { all.slice(read, end).into() } else { String::new() }
    }

    fn take(self: &Rc<Self>, event: &str) {
        if let Some(frame) = event.strip_prefix("data:") {
            self.tell(Signal::Frame(base64::decode(frame)));
        } else if let Some(code) = event.strip_prefix("event:close\ndata:") {
            self.gone(code.parse().unwrap_or(BROKE));
        } else if event.starts_with("event:ask") {
            self.waiting.borrow_mut().push_back(Asks::Ping(0).encode());
            self.say_next();
        } else if event.starts_with("event:next") {
            self.goes_on.set(true);
        }
    }

    /// Says what waits, unless something is being said.
    fn say_next(self: &Rc<Self>) {
        if self.saying.borrow().is_some() || self.waiting.borrow().is_empty() {
            return;
        }
        self.number.set(self.number.get() + 1);
        let mut body = self.named();
        body.extend(self.number.get().to_le_bytes());
        let (mut frames, mut bytes) = (0, 0);
        let waiting = &mut *self.waiting.borrow_mut();
        while let Some(frame) = waiting.front() {
            bytes += frame.len();
            if frames == FRAMES_MAX || (frames > 0 && bytes > CLIENT_MESSAGE_BYTES_MAX) {
                break;
            }
            body.extend(u32::try_from(frame.len()).unwrap_or_default().to_le_bytes());
            body.extend(frame);
            waiting.pop_front();
            frames += 1;
        }
        self.say(body.into(), TRIES);
    }

    /// The same request again counts once: it has a number.
    fn say(self: &Rc<Self>, body: Rc<[u8]>, tries: u32) {
        let (weak, again) = (Rc::downgrade(self), body.clone());
        let said = move |answer: &Request| {
            if !answer.is_done() {
                return;
            }
            let (again, status) = (again.clone(), answer.status());
            with(&weak, |inner| match status {
                204 => {
                    let_go(inner.saying.take());
                    inner.say_next();
                }
                0 if tries > 1 => {
                    let weak = Rc::downgrade(inner);
                    set_timeout(move || with(&weak, |inner| inner.say(again, tries - 1)), TRY_AGAIN);
                }
                _ => inner.gone(BROKE),
            });
        };
        let_go(self.saying.replace(Request::post("/detour/say", &body, said)));
    }
}

/// We may be inside of its own callback: it goes when that has returned.
fn let_go(request: Option<Request>) {
    if let Some(request) = request {
        set_timeout(move || drop(request), Duration::ZERO);
    }
}
