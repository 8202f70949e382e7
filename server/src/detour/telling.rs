//! One answer that tells what waits, as server-sent events: the form that proxies know not to keep back. It ends by itself before
//! anything on the way loses patience, and says so: an answer that just ends was cut off, and its line with it.
//!
//! `data:` a frame in base64 · `event:ask` whether they are there · `event:next` ask for the next answer · `event:close` `data:` a
//! close code

use std::convert::Infallible;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use bytes::Bytes;
use futures_util::{Stream, stream};
use tokio::time::{Instant, sleep_until};

use super::line::{Line, Manner};
use crate::room::Next;

/// The longest that one may last. Many proxies cut off what lasts a minute.
pub(crate) const LASTS_MAX: Duration = Duration::from_secs(50);
/// The longest when all of it is kept back until it ends.
const BRIEF_MAX: Duration = Duration::from_secs(20);
/// After so many bytes it ends too: browsers keep all of an answer until it has ended.
const BYTES_MAX: usize = 512 * 1024;
/// The first thing that arrives, and shows that things do.
const HERE: &str = ":\n\n";
const NEXT: &str = "event:next\ndata:\n\n";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Begins,
    Tells,
    /// The last of it is said, and there is more to come with the next one.
    Pauses,
    /// The last of it is said, and of all.
    Ends,
    Over,
}

/// An answer.
pub(crate) struct Telling {
    line: Arc<Line>,
    manner: Manner,
    stage: Stage,
    until: Instant,
    bytes: usize,
    batch: Vec<Bytes>,
}

impl Drop for Telling {
    fn drop(&mut self) {
        // What was under way is lost: the peer resumes with a new line.
        if self.stage != Stage::Over {
            self.line.ended();
        }
    }
}

impl Telling {
    pub(super) fn new(line: Arc<Line>, manner: Manner) -> Self {
        let time = if manner == Manner::Brief { BRIEF_MAX } else { LASTS_MAX };
        let until = Instant::now() + time;
        Self { line, manner, stage: Stage::Begins, until, bytes: 0, batch: Vec::new() }
    }

    /// Its parts. Whoever takes one has passed on the one before.
    pub(crate) fn events(self) -> impl Stream<Item = Result<Bytes, Infallible>> {
        stream::unfold(self, |mut telling| async move {
            let part = telling.next().await?;
            Some((Ok(Bytes::from(part)), telling))
        })
    }

    async fn next(&mut self) -> Option<String> {
        match self.stage {
            Stage::Begins => {
                self.stage = Stage::Tells;
                Some(HERE.to_owned())
            }
            Stage::Tells => self.tell().await,
            Stage::Pauses => {
                self.line.outbox.sent();
                self.stage = Stage::Over;
                self.line.paused();
                None
            }
            Stage::Ends | Stage::Over => {
                self.stage = Stage::Over;
                self.line.ended();
                None
            }
        }
    }

    async fn tell(&mut self) -> Option<String> {
        let outbox = Arc::clone(&self.line.outbox);
        outbox.sent();
        let next = tokio::select! {
            biased;
            next = outbox.take(&mut self.batch) => Some(next),
            () = self.line.hurry.notified() => None,
            () = sleep_until(self.until) => None,
        };
        let mut events = self.frames();
        self.bytes += events.len();
        let mut is_enough = self.manner == Manner::Brief || self.bytes > BYTES_MAX || Instant::now() >= self.until;
        match next {
            None => is_enough = true,
            Some(Next::Send) => {}
            Some(Next::Ask) => events.push_str("event:ask\ndata:\n\n"),
            Some(Next::Close(why)) => {
                // Writing to a String does not fail.
                let _ = write!(events, "event:close\ndata:{}\n\n", why as u16);
                self.stage = Stage::Ends;
                return Some(events);
            }
            Some(Next::Stop) => return None,
        }
        if is_enough {
            events.push_str(NEXT);
            self.stage = Stage::Pauses;
        }
        Some(events)
    }

    fn frames(&mut self) -> String {
        let mut events = String::new();
        let bytes = self.batch.iter().map(Bytes::len).sum();
        for frame in self.batch.drain(..) {
            events.push_str("data:");
            STANDARD_NO_PAD.encode_string(frame, &mut events);
            events.push_str("\n\n");
        }
        self.line.metrics.bytes_out.add(bytes);
        events
    }
}
