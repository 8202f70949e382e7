//! A seating in numbers, so that what a move would cost is told by a few additions. What costs what is said in [`super`].

use super::{Mixed, Room, Sitter, Stays, TRAITS, Tables, Together};

const SIZE: i64 = 100;
const STAY: i64 = 10;
const RULE: i64 = 10_000;

/// A seating, and how many of each kind sit at each table.
pub struct Tally<'a> {
    room: &'a Room,
    pub tables: Tables,
    sizes: Vec<u16>,
    /// For each table, respect and kind, one after another.
    counts: Vec<u16>,
    /// How many kinds there are in each respect, the unknown one included.
    kinds: [usize; TRAITS],
    /// Where the numbers of a respect begin among those of a table, and how many a table has.
    begins: [usize; TRAITS],
    width: usize,
    /// For each sitter, the other one and what is to be with them.
    bonds: Vec<Vec<(u16, Together)>>,
}

fn at<T: Copy + Default>(all: &[T], index: usize) -> T {
    all.get(index).copied().unwrap_or_default()
}

fn pairs(n: u16) -> u64 {
    let n = u64::from(n);
    n * n.saturating_sub(1) / 2
}

impl<'a> Tally<'a> {
    /// Counts a seating.
    pub fn of(room: &'a Room, tables: &Tables) -> Self {
        let mut kinds = [1_usize; TRAITS];
        for sitter in &room.sitters {
            for (most, kind) in kinds.iter_mut().zip(sitter.kinds) {
                *most = (*most).max(usize::from(kind) + 1);
            }
        }
        let mut bonds = vec![Vec::new(); room.sitters.len()];
        for bond in &room.bonds {
            for (one, other) in [(bond.a, bond.b), (bond.b, bond.a)] {
                if let Some(of) = bonds.get_mut(usize::from(one)) {
                    of.push((other, bond.together));
                }
            }
        }
        let (mut begins, mut width) = ([0; TRAITS], 0);
        for (begin, kinds) in begins.iter_mut().zip(kinds) {
            *begin = width;
            width += kinds;
        }
        let number = usize::from(room.tables);
        let (sizes, counts) = (vec![0; number], vec![0; number * width]);
        let mut tally = Self { room, tables: tables.clone(), sizes, counts, kinds, begins, width, bonds };
        for (sitter, table) in room.sitters.iter().zip(tables) {
            tally.add(sitter, *table);
        }
        tally
    }

    /// Where the number of a kind at a table stands.
    fn index(&self, table: u16, respect: usize, kind: u16) -> usize {
        usize::from(table) * self.width + at(&self.begins, respect) + usize::from(kind)
    }

    fn count(&self, table: u16, respect: usize, kind: u16) -> i64 {
        i64::from(at(&self.counts, self.index(table, respect, kind)))
    }

    fn add(&mut self, sitter: &Sitter, table: u16) {
        self.change(sitter, table, |n| n.saturating_add(1));
    }

    fn change(&mut self, sitter: &Sitter, table: u16, change: fn(u16) -> u16) {
        if let Some(size) = self.sizes.get_mut(usize::from(table)) {
            *size = change(*size);
        }
        for (respect, kind) in sitter.kinds.into_iter().enumerate() {
            let index = self.index(table, respect, kind);
            if let Some(count) = self.counts.get_mut(index) {
                *count = change(*count);
            }
        }
    }

    /// Puts somebody elsewhere.
    pub fn put(&mut self, who: usize, table: u16) {
        let Some(sitter) = self.room.sitters.get(who).copied() else { return };
        self.change(&sitter, self.table(who), |n| n.saturating_sub(1));
        self.add(&sitter, table);
        if let Some(is) = self.tables.get_mut(who) {
            *is = table;
        }
    }

    /// Where somebody sits.
    pub fn table(&self, who: usize) -> u16 {
        at(&self.tables, who)
    }

    /// How many sit at a table.
    pub fn size(&self, table: u16) -> u16 {
        at(&self.sizes, usize::from(table))
    }

    /// All of it.
    pub fn cost(&self) -> u64 {
        let rules = super::broken(self.room, &self.tables).len() as u64 * RULE.unsigned_abs();
        let moved =
            self.room.sitters.iter().zip(&self.tables).filter(|(sitter, table)| {
                sitter.stays == Stays::Rather && sitter.now.is_some_and(|now| now != **table)
            });
        let sizes: u64 = self.sizes.iter().map(|size| pairs(*size)).sum();
        let alike = |table: u16| -> u64 {
            let of = |respect: usize| {
                let kinds = at(&self.kinds, respect);
                let first = self.index(table, respect, 1);
                self.counts.iter().skip(first).take(kinds - 1).map(|n| pairs(*n)).sum::<u64>()
            };
            (0..TRAITS).map(of).sum()
        };
        let same: u64 = (0..self.room.tables).map(alike).sum();
        rules + sizes * SIZE.unsigned_abs() + moved.count() as u64 * STAY.unsigned_abs() + same
    }

    /// How mixed each table is.
    pub fn mixed(&self) -> Vec<[Mixed; TRAITS]> {
        let mut in_room = [0_u16; TRAITS];
        for (respect, number) in in_room.iter_mut().enumerate() {
            let kinds = u16::try_from(at(&self.kinds, respect)).unwrap_or(u16::MAX);
            let is_there = |kind: &u16| (0..self.room.tables).any(|table| self.count(table, respect, *kind) > 0);
            *number = u16::try_from((1..kinds).filter(is_there).count()).unwrap_or(u16::MAX);
        }
        let of = |table: u16| {
            let mut mixed = [Mixed::default(); TRAITS];
            for (respect, one) in mixed.iter_mut().enumerate() {
                let kinds = u16::try_from(at(&self.kinds, respect)).unwrap_or(u16::MAX);
                let present = (1..kinds).filter(|kind| self.count(table, respect, *kind) > 0).count();
                let known = i64::from(self.size(table)) - self.count(table, respect, 0);
                let known = u16::try_from(known).unwrap_or_default();
                *one = Mixed {
                    present: u16::try_from(present).unwrap_or(u16::MAX),
                    possible: known.min(at(&in_room, respect)),
                };
            }
            mixed
        };
        (0..self.room.tables).map(of).collect()
    }

    /// With how many at a table somebody has something in common, counted once for each thing; who sits there with themselves too.
    pub fn alike(&self, sitter: &Sitter, table: u16) -> i64 {
        let alike = |(respect, kind): (usize, u16)| if kind == 0 { 0 } else { self.count(table, respect, kind) };
        sitter.kinds.into_iter().enumerate().map(alike).sum()
    }

    /// With how many others at their own table.
    pub fn alike_here(&self, who: usize) -> i64 {
        let Some(sitter) = self.room.sitters.get(who) else { return 0 };
        let itself = sitter.kinds.into_iter().map(|kind| i64::from(kind != 0)).sum::<i64>();
        self.alike(sitter, self.table(who)) - itself
    }

    /// What somebody new would cost at a table.
    pub fn joining(&self, sitter: &Sitter, table: u16) -> i64 {
        self.alike(sitter, table) + i64::from(self.size(table)) * SIZE
    }

    /// Whether something is to be kept in mind about somebody beside what they are.
    pub fn is_bound(&self, who: usize, sitter: &Sitter) -> bool {
        sitter.stays == Stays::Rather || self.bonds.get(who).is_some_and(|bonds| !bonds.is_empty())
    }

    /// What the rules about one, and their wish to stay, cost more at another table; `but` is the one they change places with.
    pub fn bound(&self, who: usize, sitter: &Sitter, to: u16, but: Option<usize>) -> i64 {
        let from = self.table(who);
        let mut more = 0;
        for (other, together) in self.bonds.get(who).into_iter().flatten() {
            if but == Some(usize::from(*other)) {
                continue;
            }
            let theirs = self.table(usize::from(*other));
            let sign = if *together == Together::Yes { -RULE } else { RULE };
            more += sign * (i64::from(theirs == to) - i64::from(theirs == from));
        }
        if sitter.stays == Stays::Rather && sitter.now.is_some() {
            more += STAY * (i64::from(sitter.now == Some(from)) - i64::from(sitter.now == Some(to)));
        }
        more
    }

    /// What it costs more to put somebody elsewhere.
    pub fn moved(&self, who: usize, to: u16) -> i64 {
        let Some(sitter) = self.room.sitters.get(who) else { return 0 };
        let sizes = i64::from(self.size(to)) - i64::from(self.size(self.table(who))) + 1;
        self.alike(sitter, to) - self.alike_here(who) + sizes * SIZE + self.bound(who, sitter, to, None)
    }

    /// What it costs more when two change places.
    pub fn exchanged(&self, one: usize, other: usize) -> i64 {
        let (Some(a), Some(b)) = (self.room.sitters.get(one), self.room.sitters.get(other)) else { return 0 };
        let (here, there) = (self.table(one), self.table(other));
        let mut more = self.bound(one, a, there, Some(other)) + self.bound(other, b, here, Some(one));
        for (respect, (mine, theirs)) in a.kinds.into_iter().zip(b.kinds).enumerate() {
            if mine == theirs {
                continue;
            }
            if mine != 0 {
                more += self.count(there, respect, mine) - self.count(here, respect, mine) + 1;
            }
            if theirs != 0 {
                more += self.count(here, respect, theirs) - self.count(there, respect, theirs) + 1;
            }
        }
        more
    }
}
