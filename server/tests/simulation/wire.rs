//! A connection as both ends see it: frames in their order, a window that fills when nobody reads, and an end that comes at any time.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use axum::extract::ws::Message;
use futures_util::{Sink, Stream};

/// How a connection is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Line {
    #[default]
    Up,
    /// The phone is gone; the server is not told, and may read what had arrived.
    Silent,
    /// It has ended for both.
    Ended,
}

#[derive(Default)]
struct Pipe {
    up: VecDeque<Message>,
    down: VecDeque<Message>,
    line: Line,
    window: usize,
    /// The server has let go of it.
    dropped: bool,
    wakers: Vec<Waker>,
}

/// The phone's end.
#[derive(Clone)]
pub(crate) struct Wire(Arc<Mutex<Pipe>>);

/// The server's end.
pub(crate) struct Socket(Wire);

impl Wire {
    /// A connection of which so many frames may be under way to the phone.
    pub(crate) fn new(window: usize) -> (Self, Socket) {
        let wire = Self(Arc::new(Mutex::new(Pipe { window, ..Pipe::default() })));
        (wire.clone(), Socket(wire))
    }

    fn lock(&self) -> MutexGuard<'_, Pipe> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change<T>(&self, work: impl FnOnce(&mut Pipe) -> T) -> T {
        let mut pipe = self.lock();
        let done = work(&mut pipe);
        let wakers = std::mem::take(&mut pipe.wakers);
        drop(pipe);
        wakers.into_iter().for_each(Waker::wake);
        done
    }

    /// A frame reaches the server.
    pub(crate) fn arrive(&self, frame: Message) {
        self.change(|pipe| pipe.up.push_back(frame));
    }

    /// The phone reads a frame.
    pub(crate) fn read(&self) -> Option<Message> {
        self.change(|pipe| pipe.down.pop_front())
    }

    /// Whether there is nothing to read and never will be.
    pub(crate) fn is_over(&self) -> bool {
        let pipe = self.lock();
        pipe.down.is_empty() && (pipe.dropped || pipe.line == Line::Ended)
    }

    /// The phone is told something that the server never said.
    pub(crate) fn answer(&self, frame: Message) {
        self.change(|pipe| pipe.down.push_back(frame));
    }

    pub(crate) fn has_news(&self) -> bool {
        !self.lock().down.is_empty()
    }

    pub(crate) fn becomes(&self, line: Line) {
        self.change(|pipe| {
            pipe.line = line;
            pipe.down.clear();
        });
    }
}

fn broken() -> axum::Error {
    axum::Error::new(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
}

impl Stream for Socket {
    type Item = Result<Message, axum::Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut pipe = self.0.lock();
        match (pipe.up.pop_front(), pipe.line) {
            (Some(frame), _) => Poll::Ready(Some(Ok(frame))),
            (None, Line::Ended) => Poll::Ready(None),
            (None, _) => {
                pipe.wakers.push(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl Sink<Message> for Socket {
    type Error = axum::Error;

    fn poll_ready(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        let mut pipe = self.0.lock();
        match pipe.line {
            Line::Ended => Poll::Ready(Err(broken())),
            Line::Silent => {
                // What nobody acknowledges fills the window at last; here at once.
                pipe.wakers.push(cx.waker().clone());
                Poll::Pending
            }
            Line::Up if pipe.down.len() < pipe.window => Poll::Ready(Ok(())),
            Line::Up => {
                pipe.wakers.push(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    fn start_send(self: Pin<&mut Self>, frame: Message) -> Result<(), Self::Error> {
        self.0.lock().down.push_back(frame);
        Ok(())
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(if self.0.lock().line == Line::Ended { Err(broken()) } else { Ok(()) })
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.0.lock().dropped = true;
    }
}
