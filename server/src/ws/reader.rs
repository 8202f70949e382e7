//! Reads frames for as long as the connection lives, and watches the clock beside it: whoever says nothing is asked, and
//! closed when there is no answer.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use shared::wire::Close;
use tokio::time::{Instant, sleep_until};

use super::session::Session;
use crate::room::Outbox;

/// What comes from a peer, whatever carries it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Heard {
    /// A message.
    Frame(Bytes),
    /// It is there.
    Sign,
    /// What cannot be a message.
    Garbage,
    /// It is gone.
    Gone,
}

/// What the clock means when it strikes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waits {
    FirstFrame,
    Frame,
    Answer,
}

enum Event {
    Heard(Heard),
    Outbox,
    Clock,
    Stop,
    Workshop(Result<(), Close>),
}

/// Serves the session until its outbox is closed, by whomever.
pub(crate) async fn run(stream: &mut (impl Stream<Item = Heard> + Unpin), session: &mut Session, outbox: &Arc<Outbox>) {
    let stop = session.stopping();
    let stopped = stop.cancelled();
    let times = session.times();
    let (mut waits, mut until) = (Waits::FirstFrame, Instant::now() + times.first_frame);
    let clock = sleep_until(until);
    tokio::pin!(stopped, clock);
    while outbox.is_open() {
        // What is rare comes first: frames may come without a pause.
        let event = tokio::select! {
            biased;
            () = &mut stopped => Event::Stop,
            () = outbox.changed() => Event::Outbox,
            changed = session.workshop_changed() => Event::Workshop(changed),
            () = &mut clock => Event::Clock,
            heard = stream.next() => Event::Heard(heard.unwrap_or(Heard::Gone)),
        };
        let work = async {
            match event {
                Event::Heard(Heard::Gone) => return Err(None),
                Event::Heard(Heard::Garbage) => return Err(Some(Close::NotUnderstood)),
                Event::Heard(heard) => {
                    until = Instant::now() + times.silence;
                    if std::mem::replace(&mut waits, Waits::Frame) != Waits::Frame {
                        clock.as_mut().reset(until);
                    }
                    if let Heard::Frame(frame) = heard {
                        session.take(&frame).await.map_err(Some)?;
                    }
                }
                Event::Clock => {
                    if Instant::now() >= until {
                        if waits != Waits::Frame {
                            return Err(Some(Close::Silent));
                        }
                        (waits, until) = (Waits::Answer, Instant::now() + times.answer);
                        outbox.ask();
                    }
                    clock.as_mut().reset(until);
                }
                Event::Stop => return Err(Some(Close::Restart)),
                Event::Workshop(changed) => changed.map_err(Some)?,
                Event::Outbox => {}
            }
            session.subscribe_next().await.map_err(Some)
        };
        let ended = tokio::select! {
            biased;
            done = work => done.err(),
            // A room that takes long must not keep a connection that is being closed.
            () = outbox.closed() => return,
        };
        match ended {
            None => {}
            Some(Some(why)) => outbox.close(why),
            Some(None) => outbox.over(),
        }
    }
}
