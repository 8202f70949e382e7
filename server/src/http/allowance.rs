//! How often one address may do something in a minute. Kept in memory: a restart forgives.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::registry::network;

const MINUTE: Duration = Duration::from_secs(60);
/// Addresses that are remembered; above it, whoever has been quiet for a minute is forgotten, then everybody.
const REMEMBERED_MAX: usize = 10_000;

/// What is left to each address.
#[derive(Debug)]
pub(super) struct Allowance {
    per_minute: u32,
    spent: Mutex<HashMap<IpAddr, Spent>>,
}

#[derive(Clone, Copy, Debug)]
struct Spent {
    since: Instant,
    times: u32,
}

/// The minute's share is used up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct UsedUp;

impl Allowance {
    pub(super) fn new(per_minute: u32) -> Self {
        Self { per_minute, spent: Mutex::new(HashMap::new()) }
    }

    /// Takes one of the share of `who`.
    pub(super) fn take(&self, who: IpAddr, now: Instant) -> Result<(), UsedUp> {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.len() >= REMEMBERED_MAX {
            spent.retain(|_, spent| now.duration_since(spent.since) < MINUTE);
        }
        if spent.len() >= REMEMBERED_MAX {
            spent.clear();
        }
        let mine = spent.entry(network(who)).or_insert(Spent { since: now, times: 0 });
        if now.duration_since(mine.since) >= MINUTE {
            *mine = Spent { since: now, times: 0 };
        }
        if mine.times >= self.per_minute {
            return Err(UsedUp);
        }
        mine.times += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_gives_a_share_to_each() {
        let allowance = Allowance::new(2);
        let (a, b) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let start = Instant::now();
        let take = |who, after| allowance.take(who, start + Duration::from_secs(after));
        assert_eq!([take(a, 0), take(a, 30), take(a, 59)], [Ok(()), Ok(()), Err(UsedUp)]);
        assert_eq!(take(b, 59), Ok(()));
        assert_eq!([take(a, 60), take(a, 61), take(a, 62)], [Ok(()), Ok(()), Err(UsedUp)]);
    }

    #[test]
    fn a_household_is_one() {
        let allowance = Allowance::new(1);
        let now = Instant::now();
        assert_eq!(allowance.take("2001:db8::1".parse().unwrap(), now), Ok(()));
        assert_eq!(allowance.take("2001:db8::2".parse().unwrap(), now), Err(UsedUp));
        assert_eq!(allowance.take("2001:db8:0:1::1".parse().unwrap(), now), Ok(()));
    }

    #[test]
    fn memory_is_bounded() {
        let allowance = Allowance::new(1);
        let now = Instant::now();
        for n in 0..20_000_u32 {
            let _ = allowance.take(IpAddr::V4(n.into()), now);
        }
        assert!(allowance.spent.lock().unwrap().len() <= REMEMBERED_MAX);
    }
}
