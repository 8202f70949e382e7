//! One question to the server beside one's own session, over a connection of its own, asked until it is answered.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::set_timeout;
use shared::wire::{self, ClientMessage, Refusal, ServerMessage, Unreadable};

use crate::net::{Event, Link};

type Answered = Box<dyn Fn(Result<ServerMessage, Refusal>)>;

struct Inner {
    link: RefCell<Option<Link>>,
    question: ClientMessage,
    answered: Answered,
}

/// A question on its way. Dropping it takes it back.
pub struct Errand(Rc<Inner>);

impl Errand {
    /// Asks, and again after each loss of the connection, until there is an answer.
    pub fn ask(question: ClientMessage, answered: Answered) -> Self {
        let inner = Rc::new(Inner { link: RefCell::default(), question, answered });
        let weak = Rc::downgrade(&inner);
        let link = Link::open(move |event| weak.upgrade().map_or(Ok(()), |inner| inner.hear(event)));
        inner.link.replace(Some(link));
        Self(inner)
    }
}

impl Drop for Errand {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl Inner {
    fn hear(self: &Rc<Self>, event: Event) -> Result<(), Unreadable> {
        let link = self.link.borrow().clone();
        match event {
            Event::Up => {
                link.inspect(|link| {
                    link.send(&wire::encode(&self.question));
                });
            }
            Event::Down => {}
            Event::Frame(frame) => match wire::decode(&frame)? {
                // The server could not look. It will.
                ServerMessage::Refused(Refusal::Busy) => {
                    link.inspect(Link::reconnect_later);
                }
                ServerMessage::Pong { .. } => {}
                ServerMessage::Refused(why) => self.take(Err(why)),
                answer => self.take(Ok(answer)),
            },
        }
        Ok(())
    }

    fn take(self: &Rc<Self>, answer: Result<ServerMessage, Refusal>) {
        // Not while its own message is being heard.
        let done = self.clone();
        set_timeout(move || done.end(), Duration::ZERO);
        (self.answered)(answer);
    }

    fn end(&self) {
        self.link.replace(None);
    }
}
