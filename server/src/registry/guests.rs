//! How many connections there are and from where, and who guesses codes.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::Limits;

/// Wrong codes are counted for so long.
const WINDOW: Duration = Duration::from_secs(60);
/// Addresses without a connection that are remembered for what they did.
const ADDRESSES_MAX: usize = 10_000;
/// So many times the wrong codes that a house may try, and nobody from there is listened to until the minute is over.
const EXTREME: u32 = 10;
/// People of one house who may come at once.
const TOGETHER: u32 = 100;
/// How long somebody is kept waiting when many come at once.
const WAIT_MAX: Duration = Duration::from_secs(20);

/// The server, or this address, has as many connections as it may.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("too many connections: close other windows of this workshop, or try again in a minute")]
pub struct Full;

/// What a house has guessed so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Guesses {
    /// Few wrong codes, as people mistype.
    Few,
    /// Many: somebody there guesses. Others sit in the same hall, and have the right one.
    Many,
    /// More than any hall mistypes.
    TooMany,
}

struct Guest {
    connections: usize,
    wrong: u32,
    since: Instant,
    /// When the next of them would come if they came one after another.
    next: Instant,
}

#[derive(Default)]
struct Book {
    connections: usize,
    guests: HashMap<IpAddr, Guest>,
}

/// Who is here.
#[derive(Default)]
pub(super) struct Guests {
    book: Mutex<Book>,
}

/// A connection that was let in; dropping it makes room.
pub struct Admission {
    guests: Arc<Guests>,
    address: IpAddr,
}

impl Drop for Admission {
    fn drop(&mut self) {
        self.guests.with(|book| {
            book.connections = book.connections.saturating_sub(1);
            if let Some(guest) = book.guests.get_mut(&self.address) {
                guest.connections = guest.connections.saturating_sub(1);
                if guest.connections == 0 && guest.wrong == 0 && guest.next <= Instant::now() {
                    book.guests.remove(&self.address);
                }
            }
        });
    }
}

/// One household or hall: an IPv6 network hands out 2⁶⁴ addresses to one machine.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 => v4,
    }
}

impl Guests {
    fn with<T>(&self, work: impl FnOnce(&mut Book) -> T) -> T {
        work(&mut self.book.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether one more may come.
    pub(super) fn may_enter(&self, address: IpAddr, limits: &Limits) -> Result<(), Full> {
        self.with(|book| book.may_enter(network(address), limits))
    }

    /// Lets one more in.
    pub(super) fn enter(self: &Arc<Self>, address: IpAddr, limits: &Limits) -> Result<Admission, Full> {
        let address = network(address);
        self.with(|book| {
            book.may_enter(address, limits)?;
            book.connections += 1;
            book.guest(address).connections += 1;
            Ok(Admission { guests: Arc::clone(self), address })
        })
    }

    /// How many wrong codes this address has tried in this minute.
    pub(super) fn guesses(&self, address: IpAddr, limits: &Limits, now: Instant) -> Guesses {
        let most = limits.wrong_codes_per_minute_max;
        self.with(|book| match book.guests.get(&network(address)) {
            Some(guest) if now.duration_since(guest.since) >= WINDOW || guest.wrong < most => Guesses::Few,
            Some(guest) if guest.wrong < most.saturating_mul(EXTREME) => Guesses::Many,
            Some(_) => Guesses::TooMany,
            None => Guesses::Few,
        })
    }

    /// One more of this house joins: how long they have to wait so that nobody fills all seats in a moment.
    pub(super) fn newcomer(&self, address: IpAddr, limits: &Limits, now: Instant) -> Result<Duration, Full> {
        let each = WINDOW / limits.joins_per_minute_max.max(1);
        self.with(|book| {
            book.forget(now);
            let guest = book.guest(network(address));
            let next = guest.next.max(now);
            let wait = next.saturating_duration_since(now).saturating_sub(each * TOGETHER);
            if wait > WAIT_MAX {
                return Err(Full);
            }
            guest.next = next + each;
            Ok(wait)
        })
    }

    /// It tried a wrong one.
    pub(super) fn guessed(&self, address: IpAddr, now: Instant) {
        self.with(|book| {
            book.forget(now);
            let guest = book.guest(network(address));
            if now.duration_since(guest.since) >= WINDOW {
                guest.wrong = 0;
                guest.since = now;
            }
            guest.wrong = guest.wrong.saturating_add(1);
        });
    }
}

impl Book {
    fn may_enter(&self, address: IpAddr, limits: &Limits) -> Result<(), Full> {
        let here = self.guests.get(&address).map_or(0, |guest| guest.connections);
        let fits = self.connections < limits.connections_max && here < limits.connections_per_address_max;
        if fits { Ok(()) } else { Err(Full) }
    }

    fn guest(&mut self, address: IpAddr) -> &mut Guest {
        let now = Instant::now();
        self.guests.entry(address).or_insert_with(|| Guest { connections: 0, wrong: 0, since: now, next: now })
    }

    /// Keeps the book short when many addresses guess.
    fn forget(&mut self, now: Instant) {
        if self.guests.len() > ADDRESSES_MAX {
            let recent = |guest: &Guest| now.duration_since(guest.since) < WINDOW || guest.next > now;
            self.guests.retain(|_, guest| guest.connections > 0 || recent(guest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALL: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 7));

    #[test]
    fn a_connection_makes_room_when_it_goes() {
        let limits = Limits { connections_per_address_max: 2, ..Limits::default() };
        let guests = Arc::new(Guests::default());
        let first = guests.enter(HALL, &limits).ok();
        let _second = guests.enter(HALL, &limits).ok();
        assert!(guests.enter(HALL, &limits).is_err());
        assert!(guests.may_enter("2001:db8::1".parse().unwrap(), &limits).is_ok());
        drop(first);
        assert!(guests.enter(HALL, &limits).is_ok());
    }

    #[test]
    fn the_server_as_a_whole_has_a_limit() {
        let limits = Limits { connections_max: 1, ..Limits::default() };
        let guests = Arc::new(Guests::default());
        let _first = guests.enter(HALL, &limits).ok();
        assert_eq!(guests.may_enter("2001:db8::1".parse().unwrap(), &limits), Err(Full));
    }

    #[test]
    fn guessing_is_stopped_for_a_minute() {
        let limits = Limits { wrong_codes_per_minute_max: 3, ..Limits::default() };
        let guests = Guests::default();
        let now = Instant::now();
        for n in 0..30 {
            assert_eq!(guests.guesses(HALL, &limits, now), if n < 3 { Guesses::Few } else { Guesses::Many });
            guests.guessed(HALL, now);
        }
        assert_eq!(guests.guesses(HALL, &limits, now), Guesses::TooMany);
        assert_eq!(guests.guesses(HALL, &limits, now + WINDOW + WINDOW), Guesses::Few);
    }

    #[test]
    fn a_hall_comes_in_as_it_comes_and_a_crowd_of_ghosts_one_after_another() {
        let limits = Limits::default();
        let guests = Guests::default();
        let start = Instant::now();
        // A thousand people in three minutes.
        for n in 0..1_000 {
            let now = start + Duration::from_millis(180) * n;
            assert_eq!(guests.newcomer(HALL, &limits, now), Ok(Duration::ZERO));
        }
        let ghosts = start + Duration::from_secs(3_600);
        let waits: Vec<_> = (0..1_000).map(|_| guests.newcomer(HALL, &limits, ghosts)).collect();
        assert!(waits[..100].iter().all(|wait| *wait == Ok(Duration::ZERO)));
        assert_eq!(waits[200], Ok(Duration::from_secs(10)));
        assert_eq!(waits[999], Err(Full));
        assert_eq!(guests.newcomer("2001:db8::1".parse().unwrap(), &limits, ghosts), Ok(Duration::ZERO));
    }

    #[test]
    fn one_network_counts_as_one() {
        let limits = Limits { connections_per_address_max: 1, ..Limits::default() };
        let guests = Arc::new(Guests::default());
        let _first = guests.enter("2001:db8::1".parse().unwrap(), &limits).ok();
        assert_eq!(guests.may_enter("2001:db8::ffff".parse().unwrap(), &limits), Err(Full));
        assert_eq!(guests.may_enter("2001:db8:0:1::1".parse().unwrap(), &limits), Ok(()));
        let _mapped = guests.enter("::ffff:203.0.113.7".parse().unwrap(), &limits).ok();
        assert_eq!(guests.may_enter(HALL, &limits), Err(Full));
    }
}
