//! A beginning: everybody somewhere, at random, tables of a size.

use super::{Room, Sitter, Stays, Tables};

/// Numbers that look random and follow from a seed: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", 2014).
#[derive(Clone, Copy, Debug)]
pub struct SplitMix(u64);

impl SplitMix {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// The next one below a limit; 0 if that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        self.next().checked_rem(limit).and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
    }

    /// All of them in another order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.below(at.saturating_add(1)));
        }
    }
}

/// Where somebody begins; none if anywhere.
fn begins(room: &Room, sitter: &Sitter) -> Option<u16> {
    sitter.now.filter(|table| sitter.stays != Stays::Free && *table < room.tables)
}

/// Deals the seats: who stays is where they are, the others come where fewest are.
pub fn deal(room: &Room, random: &mut SplitMix) -> Tables {
    let mut sizes = vec![0_u32; usize::from(room.tables.max(1))];
    let mut tables: Vec<Option<u16>> = room.sitters.iter().map(|sitter| begins(room, sitter)).collect();
    for table in tables.iter().flatten() {
        if let Some(size) = sizes.get_mut(usize::from(*table)) {
            *size += 1;
        }
    }
    let mut order: Vec<usize> = (0..tables.len()).filter(|at| tables.get(*at) == Some(&None)).collect();
    random.shuffle(&mut order);
    for at in order {
        let least = sizes.iter().enumerate().min_by_key(|(_, size)| **size).map(|(table, _)| table).unwrap_or(0);
        if let Some(size) = sizes.get_mut(least) {
            *size += 1;
        }
        if let Some(table) = tables.get_mut(at) {
            *table = u16::try_from(least).ok();
        }
    }
    tables.into_iter().map(Option::unwrap_or_default).collect()
}
