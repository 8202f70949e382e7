//! How far a log was taken, and which log it was. A server that was put back to an old backup goes on under numbers that
//! it had given before: the number of an entry alone does not say what came before it. Knows no doc.

use serde::{Deserialize, Serialize};

use crate::doc::Stamp;
use crate::ids::Seq;

/// What all entries so far come down to: logs that are alike up to here have the same, and others another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Trail(u64);

impl Trail {
    /// The trail one entry further. An operation that is sent again to a log that had lost it is named alike; it was not
    /// taken at the same moment.
    #[must_use]
    pub const fn after(self, stamp: &Stamp) -> Self {
        self.mix(stamp.seq.0).mix(stamp.at.0).mix(stamp.id.client.bits()).mix(stamp.id.n as u64)
    }

    /// A step of the generator `splitmix64`: every bit of what comes in changes half of what comes out.
    const fn mix(self, value: u64) -> Self {
        let mixed = (self.0 ^ value).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self(mixed ^ (mixed >> 31))
    }
}

/// A place in a log, and the way there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Point {
    /// The last entry.
    pub seq: Seq,
    /// What it and all before it come down to.
    pub trail: Trail,
}

impl Point {
    /// The place one entry further.
    #[must_use]
    pub const fn after(self, stamp: &Stamp) -> Self {
        Self { seq: stamp.seq, trail: self.trail.after(stamp) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::By;
    use crate::ids::{ClientId, Millis, OpId};

    fn stamp(seq: u64, at: u64, client: u64, n: u32) -> Stamp {
        let id = OpId { client: ClientId::of(client), n };
        Stamp { seq: Seq(seq), at: Millis(at), by: By::Lead, id }
    }

    #[test]
    fn logs_are_told_apart_by_any_entry_that_differs() {
        let log = [stamp(1, 50, 77, 1), stamp(2, 60, 77, 2), stamp(3, 70, 88, 1)];
        let point = |log: &[Stamp]| log.iter().fold(Point::default(), |point, stamp| point.after(stamp));
        let same = point(&log);
        assert_eq!(same, point(&log));
        assert_eq!(same.seq, Seq(3));
        for (index, other) in [
            (0, stamp(1, 51, 77, 1)),
            (0, stamp(1, 50, 78, 1)),
            (0, stamp(1, 50, 77, 3)),
            (1, stamp(2, 61, 77, 2)),
            (2, stamp(3, 70, 88, 2)),
        ] {
            let mut another = log;
            another[index] = other;
            assert_ne!(same, point(&another), "{other:?}");
        }
        assert_ne!(point(&[log[0], log[1]]).trail, point(&[log[1], log[0]]).trail);
    }
}
