//! What one server, one address and one connection may take. Defaults suit one machine and a hall behind one address.

use std::time::Duration;

use crate::room::OutboxLimits;

/// Days for which names are kept, when nothing else is said: enough for a report, and for questions about it.
pub const NAMES_KEPT_DAYS: u16 = 30;

/// The limits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Connections in all.
    pub connections_max: usize,
    /// Connections from one address: a whole hall may share one.
    pub connections_per_address_max: usize,
    /// Wrong codes from one address in a minute.
    pub wrong_codes_per_minute_max: u32,
    /// People who join from one address in a minute, when many come at once.
    pub joins_per_minute_max: u32,
    /// Operations (and other messages) of one connection in a second, on average.
    pub ops_per_second_max: u32,
    /// The same at once, after a pause: what was done offline.
    pub ops_burst_max: u32,
    /// What may wait for one connection.
    pub outbox: OutboxLimits,
    /// Bytes of memory that the process may take; none if nobody watches.
    pub memory_max: Option<u64>,
    /// How long a connection is waited for.
    pub times: Times,
    /// Days for which names are kept after the end of a workshop; none if nothing erases them but people.
    pub names_kept_days: Option<u16>,
}

/// How long things are waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Times {
    /// For the first frame of a connection.
    pub first_frame: Duration,
    /// Who says nothing for so long is asked whether they are there. A page says something every 20 seconds.
    pub silence: Duration,
    /// For the answer to that: silence alone does not mean that a socket is dead, a browser answers for a page that sleeps.
    pub answer: Duration,
    /// Before a doc that could not be opened is tried again for who wants to see it.
    pub unreadable: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            first_frame: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            answer: Duration::from_secs(30),
            unreadable: Duration::from_secs(30),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 10_000,
            connections_per_address_max: 2_500,
            wrong_codes_per_minute_max: 30,
            joins_per_minute_max: 600,
            ops_per_second_max: 60,
            ops_burst_max: 600,
            outbox: OutboxLimits::default(),
            memory_max: None,
            times: Times::default(),
            names_kept_days: Some(NAMES_KEPT_DAYS),
        }
    }
}
