//! Everybody who is in, on one thread with one buffer: reads bytes, counts markers, writes when it is time. It decodes
//! nothing and allocates nothing for a delivery, because it shares the machine with what is measured.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{ErrorKind, Read, Write};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};

use shared::wire::{self, ClientMessage};

use super::meter::Meter;
use super::socket::put_frame;
use super::talk::{Speaker, markers};

/// What one read may bring.
const READ_BYTES: usize = 256 * 1024;
/// A marker is shorter.
const HELD_BYTES: usize = 16;

/// Who only reads says so often that they are there, as a page does.
const STILL_HERE: Duration = Duration::from_secs(20);
/// Nothing came for so long: nothing is under way.
const QUIET: Duration = Duration::from_millis(500);

/// How a client writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pace {
    /// One edit in so long.
    Every(Duration),
    /// As many as come back, with so many on the way; when half of them are back, the others follow at once.
    Window(u32),
}

/// One connection.
struct Seat {
    stream: TcpStream,
    /// None: reads only.
    speaker: Option<Speaker>,
    /// The beginning of a marker whose rest has not come yet.
    held: Vec<u8>,
    out: Vec<u8>,
    on_the_way: u32,
}

/// All connections.
pub struct Crowd {
    poll: Poll,
    seats: Vec<Seat>,
    /// When, in microseconds since `start`, whose turn it is.
    turns: BinaryHeap<Reverse<(u64, usize)>>,
    start: Instant,
    buffer: Vec<u8>,
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

impl Crowd {
    pub fn new() -> Result<Self> {
        let (poll, buffer) = (Poll::new()?, vec![0; READ_BYTES]);
        Ok(Self { poll, seats: Vec::new(), turns: BinaryHeap::new(), start: Instant::now(), buffer })
    }

    pub fn people(&self) -> usize {
        self.seats.len()
    }

    pub fn add(&mut self, stream: std::net::TcpStream, speaker: Option<Speaker>) -> Result<()> {
        let mut stream = TcpStream::from_std(stream);
        let token = Token(self.seats.len());
        self.poll.registry().register(&mut stream, token, Interest::READABLE | Interest::WRITABLE)?;
        self.seats.push(Seat { stream, speaker, held: Vec::with_capacity(HELD_BYTES), out: Vec::new(), on_the_way: 0 });
        Ok(())
    }

    /// Everybody writes from now on.
    pub fn begin(&mut self, pace: Pace) -> Result<()> {
        let now = micros(self.start.elapsed());
        for index in 0..self.seats.len() {
            match (pace, self.seats.get_mut(index)) {
                // Spread over the interval, as people are.
                (Pace::Every(pause), Some(Seat { speaker: Some(speaker), .. })) => {
                    let spread = u64::from(speaker.spread()) * micros(pause) / 1_000;
                    self.turns.push(Reverse((now + spread, index)));
                }
                // The server lets go who says nothing and answers no question, and this crowd answers none.
                (Pace::Every(_), Some(Seat { speaker: None, .. })) => {
                    self.turns.push(Reverse((now + micros(STILL_HERE), index)));
                }
                (Pace::Window(window), Some(seat)) => seat.fill(window, now)?,
                (Pace::Every(_), None) | (Pace::Window(_), None) => {}
            }
        }
        Ok(())
    }

    /// Goes on for so long; what arrives is counted.
    pub fn go_on(&mut self, pace: Pace, time: Duration, meter: &mut Meter) -> Result<()> {
        let mut events = Events::with_capacity(1_024);
        let end = Instant::now() + time;
        while Instant::now() < end {
            let now = micros(self.start.elapsed());
            let due = self.turns.peek().map_or(u64::MAX, |Reverse((due, _))| *due);
            let wait =
                Duration::from_micros(due.saturating_sub(now)).min(end.saturating_duration_since(Instant::now()));
            match self.poll.poll(&mut events, Some(wait)) {
                Err(why) if why.kind() == ErrorKind::Interrupted => continue,
                other => other?,
            }
            for event in &events {
                let seat = self.seats.get_mut(event.token().0).context("an event for nobody")?;
                if event.is_readable() {
                    seat.read(&mut self.buffer, self.start, pace, meter)?;
                }
                if event.is_writable() {
                    seat.flush()?;
                }
            }
            self.write_whose_turn_it_is(pace)?;
        }
        Ok(())
    }

    /// Nobody writes any more; what is under way arrives.
    pub fn rest(&mut self, patience: Duration, meter: &mut Meter) -> Result<()> {
        self.turns.clear();
        let end = Instant::now() + patience;
        let mut before = u64::MAX;
        // What comes back to who said it may come to others a moment later.
        while self.on_the_way() > 0 || meter.deliveries != before {
            if Instant::now() > end {
                bail!("{} edits never came back", self.on_the_way());
            }
            before = meter.deliveries;
            self.go_on(Pace::Every(patience), QUIET, meter)?;
        }
        Ok(())
    }

    fn on_the_way(&self) -> u64 {
        self.seats.iter().map(|seat| u64::from(seat.on_the_way)).sum()
    }

    /// What everybody has said so far.
    pub fn said(&self) -> u64 {
        self.seats.iter().filter_map(|seat| seat.speaker.as_ref()).map(|speaker| u64::from(speaker.said())).sum()
    }

    fn write_whose_turn_it_is(&mut self, pace: Pace) -> Result<()> {
        let Pace::Every(pause) = pace else { return Ok(()) };
        let now = micros(self.start.elapsed());
        while let Some(Reverse((due, index))) = self.turns.peek().copied().filter(|Reverse((due, _))| *due <= now) {
            self.turns.pop();
            let seat = self.seats.get_mut(index).context("a turn for nobody")?;
            let pause = if seat.speaker.is_some() { pause } else { STILL_HERE };
            self.turns.push(Reverse((due + micros(pause).max(1), index)));
            seat.say(now)?;
            seat.flush()?;
        }
        Ok(())
    }
}

impl Seat {
    fn say(&mut self, now: u64) -> Result<()> {
        if let Some(speaker) = &mut self.speaker {
            put_frame(&mut self.out, &speaker.say(now))?;
            self.on_the_way += 1;
        } else {
            put_frame(&mut self.out, &wire::encode(&ClientMessage::Ping(0)))?;
        }
        Ok(())
    }

    fn fill(&mut self, window: u32, now: u64) -> Result<()> {
        if self.speaker.is_some() && self.on_the_way <= window / 2 {
            while self.on_the_way < window {
                self.say(now)?;
            }
            self.flush()?;
        }
        Ok(())
    }

    /// Reads what is there, until there is no more.
    fn read(&mut self, buffer: &mut [u8], start: Instant, pace: Pace, meter: &mut Meter) -> Result<()> {
        let me = self.speaker.as_ref().map(|speaker| speaker.member);
        loop {
            let held = self.held.len();
            let (before, rest) = buffer.split_at_mut_checked(held).context("more is held than can be read")?;
            before.copy_from_slice(&self.held);
            let came = match self.stream.read(rest) {
                Ok(0) => bail!("the server closed a connection"),
                Ok(came) => came,
                Err(why) if why.kind() == ErrorKind::WouldBlock => break,
                Err(why) => return Err(why.into()),
            };
            let now = micros(start.elapsed());
            meter.bytes += u64::try_from(came)?;
            let bytes = buffer.get(..held + came).context("more came than was read")?;
            let mut own = 0;
            let left = markers(bytes, |marker| {
                own += u32::from(Some(marker.member) == me);
                meter.delivered(now.saturating_sub(marker.micros));
            });
            self.held.clear();
            self.held.extend(bytes.iter().skip(bytes.len() - left));
            self.on_the_way = self.on_the_way.saturating_sub(own);
            // A short read has emptied the socket: the next bytes are another event.
            if held + came < buffer.len() {
                break;
            }
        }
        if let Pace::Window(window) = pace {
            self.fill(window, micros(start.elapsed()))?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        while !self.out.is_empty() {
            match self.stream.write(&self.out) {
                Ok(written) => drop(self.out.drain(..written)),
                // There will be an event when there is room.
                Err(why) if why.kind() == ErrorKind::WouldBlock => break,
                Err(why) => return Err(why.into()),
            }
        }
        Ok(())
    }
}
