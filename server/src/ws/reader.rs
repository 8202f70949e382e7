//! Reads frames for as long as the connection lives, and watches the clock beside it: whoever says nothing is asked, and
//! closed when there is no answer.

use std::sync::Arc;

use axum::extract::ws::Message;
use futures_util::StreamExt;
use futures_util::stream::SplitStream;
use shared::wire::Close;
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite;

use super::Socket;
use super::session::Session;
use crate::room::Outbox;

/// What the clock means when it strikes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waits {
    FirstFrame,
    Frame,
    Answer,
}

enum Event {
    Frame(Option<Result<Message, axum::Error>>),
    Outbox,
    Clock,
    Stop,
    Workshop(Result<(), Close>),
}

/// Serves the session until its outbox is closed, by whomever.
pub(super) async fn run(stream: &mut SplitStream<impl Socket>, session: &mut Session, outbox: &Arc<Outbox>) {
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
            frame = stream.next() => Event::Frame(frame),
        };
        let work = async {
            match event {
                Event::Frame(Some(Ok(frame))) => {
                    until = Instant::now() + times.silence;
                    if std::mem::replace(&mut waits, Waits::Frame) != Waits::Frame {
                        clock.as_mut().reset(until);
                    }
                    take(session, frame).await?;
                }
                Event::Frame(Some(Err(why))) if is_too_large(&why) => return Err(Some(Close::NotUnderstood)),
                Event::Frame(Some(Err(_)) | None) => return Err(None),
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

/// `Err(None)`: the peer is gone.
async fn take(session: &mut Session, frame: Message) -> Result<(), Option<Close>> {
    match frame {
        Message::Binary(bytes) => session.take(&bytes).await.map_err(Some),
        Message::Text(_) => Err(Some(Close::NotUnderstood)),
        Message::Ping(_) | Message::Pong(_) => Ok(()),
        // tungstenite answers it while it is read on.
        Message::Close(_) => Err(None),
    }
}

fn is_too_large(why: &axum::Error) -> bool {
    let inner = std::error::Error::source(why).and_then(|inner| inner.downcast_ref::<tungstenite::Error>());
    matches!(inner, Some(tungstenite::Error::Capacity(_)))
}
