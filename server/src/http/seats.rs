//! Who may talk HTTP at the same time. One address may take half of the seats: what it does with them is no concern of the others.
//! A whole hall may share one, so whoever finds no seat waits for a moment instead of being sent away.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::registry::network;

/// Connections that talk HTTP at once. One that became a websocket does not count: those have a limit of their own.
pub(crate) const SEATS: usize = 4_000;
/// Of these, for one address.
const SEATS_EACH: usize = SEATS / 2;

/// Who takes connections before this server does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Front {
    /// Nobody: an address is a house, or a hall.
    Open,
    /// A proxy on this machine, behind which everybody comes from its one address. It has limits of its own.
    Proxy,
}

impl Front {
    /// Seats of one address.
    fn seats_of(self, from: IpAddr) -> usize {
        if self == Self::Proxy && from.to_canonical().is_loopback() { SEATS } else { SEATS_EACH }
    }
}

/// How many requests a connection may make.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Turns {
    /// It ends with its first answer: when a hall full of phones opens the page at once, nobody keeps a seat for later.
    One,
    /// As many as it likes.
    Many,
}

struct House {
    visits: usize,
    seats: Arc<Semaphore>,
}

/// The seats.
pub(super) struct Seats {
    front: Front,
    all: Arc<Semaphore>,
    houses: Mutex<HashMap<IpAddr, House>>,
}

/// A connection that was taken; dropping it makes room.
pub(super) struct Visit {
    seats: Arc<Seats>,
    house: IpAddr,
    own: Arc<Semaphore>,
    /// Of all the seats those which its address may have.
    share: usize,
    held: Option<[OwnedSemaphorePermit; 2]>,
}

impl Seats {
    pub(super) fn new(front: Front) -> Arc<Self> {
        Arc::new(Self { front, all: Arc::new(Semaphore::new(SEATS)), houses: Mutex::default() })
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashMap<IpAddr, House>) -> T) -> T {
        work(&mut self.houses.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes a connection; none if as many of its address wait as are served.
    pub(super) fn visit(self: &Arc<Self>, from: IpAddr) -> Option<Visit> {
        let house = network(from);
        let share = self.front.seats_of(from);
        let own = self.with(|houses| {
            let fresh = || House { visits: 0, seats: Arc::new(Semaphore::new(share)) };
            let found = houses.entry(house).or_insert_with(fresh);
            (found.visits < 2 * share).then(|| {
                found.visits += 1;
                Arc::clone(&found.seats)
            })
        })?;
        Some(Visit { seats: Arc::clone(self), house, own, share, held: None })
    }
}

impl Visit {
    /// Waits for a seat, first among those of the same address. None only when there are no seats any more.
    pub(super) async fn sit(&mut self) -> Option<Turns> {
        let own = Arc::clone(&self.own).acquire_owned().await.ok()?;
        let seat = Arc::clone(&self.seats.all).acquire_owned().await.ok()?;
        self.held = Some([own, seat]);
        let is_scarce = self.own.available_permits() < self.share / 2 || self.seats.all.available_permits() < SEATS / 2;
        Some(if is_scarce { Turns::One } else { Turns::Many })
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.seats.with(|houses| {
            if let Some(house) = houses.get_mut(&self.house) {
                house.visits = house.visits.saturating_sub(1);
                if house.visits == 0 {
                    houses.remove(&self.house);
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    const HALL: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 7));
    const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(203, 0, 113, 8));

    async fn sits(visit: &mut Visit) -> Option<Turns> {
        timeout(Duration::from_millis(20), visit.sit()).await.ok().flatten()
    }

    #[tokio::test]
    async fn one_address_takes_its_half_and_waits_for_more() {
        let seats = Seats::new(Front::Open);
        let mut all = Vec::new();
        for n in 0..SEATS_EACH {
            let mut visit = seats.visit(HALL).unwrap();
            let turns = visit.sit().await.unwrap();
            assert_eq!(turns, if n < SEATS_EACH / 2 { Turns::Many } else { Turns::One }, "{n}");
            all.push(visit);
        }
        let mut late = seats.visit(HALL).unwrap();
        assert_eq!(sits(&mut late).await, None, "it waits");
        let mut other = seats.visit(OTHER).unwrap();
        assert!(sits(&mut other).await.is_some(), "whoever comes from elsewhere has a seat");
        drop(all.pop());
        assert_eq!(sits(&mut late).await, Some(Turns::One), "somebody went");
    }

    #[tokio::test]
    async fn more_than_wait_are_sent_away_and_nothing_is_kept_of_who_went() {
        let seats = Seats::new(Front::Open);
        let waiting: Vec<_> = (0..2 * SEATS_EACH).map(|_| seats.visit(HALL).unwrap()).collect();
        assert!(seats.visit(HALL).is_none());
        assert!(seats.visit(OTHER).is_some());
        drop(waiting);
        assert!(seats.with(|houses| houses.is_empty()));
        assert!(seats.visit(HALL).is_some());
    }

    #[tokio::test]
    async fn behind_a_proxy_everybody_comes_from_one_address() {
        let here = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
        let seats = Seats::new(Front::Proxy);
        let mut all: Vec<_> = (0..SEATS).map(|_| seats.visit(here).unwrap()).collect();
        for (n, visit) in all.iter_mut().enumerate() {
            assert!(sits(visit).await.is_some(), "{n}");
        }
        assert!(
            seats.visit(HALL).is_some_and(|visit| visit.share == SEATS_EACH),
            "who comes past the proxy has a share"
        );
        assert_eq!(Front::Open.seats_of(here), SEATS_EACH);
        assert_eq!(Front::Proxy.seats_of(std::net::Ipv6Addr::LOCALHOST.into()), SEATS);
    }
}
