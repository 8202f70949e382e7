//! Who sits with whom: groups of one size in which sections, ages and kinds of actor are mixed. It knows people as numbers; from
//! a roster to those and back is [`plan`]'s business.
//!
//! The method is the exchange of Lotfi and Cerveny for the maximally diverse grouping problem, as Weitz and Lakshminarayanan
//! compare it ("An empirical comparison of heuristic methods for creating maximally diverse groups", Journal of the Operational
//! Research Society 49, 1998): from a random deal on, each person in turn makes the best move to another table or exchange
//! with somebody else, until none makes it better; the best of several deals stays. What is made small is [`cost`]:
//!
//! - 1 for each two at a table who are of the same section, of the same age or of the same kind of actor,
//! - 100 for each two at a table, whoever they are, which is least when all tables are of a size,
//! - 10 for who is here and has to move,
//! - 10,000 for each two who are together and should not be, or are apart and should not be.
//!
//! Who is fixed is never moved, and no table gets more people than it has seats as long as there are seats elsewhere. The same
//! room and the same seed give the same seating everywhere: whole numbers, and a generator of its own.

mod deal;
pub mod plan;
mod search;
mod tally;
#[cfg(test)]
mod tests;

pub use self::deal::SplitMix;
use self::deal::deal;
use self::search::search;
use self::tally::Tally;

/// Things about a person in which a table is to be mixed.
pub const TRAITS: usize = 3;
/// Tries from different beginnings, where there is time for them.
const TRIES: u64 = 8;
/// Moves and exchanges that are looked at in all tries together. A thousand people take a tenth of a second on a laptop and less than
/// a second in a page; four times as many looks make it no better.
const LOOKS_MAX: u64 = 4_000_000;

/// Whether somebody may be moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stays {
    /// They go where it mixes best.
    Free,
    /// They sit already, and rather stay.
    Rather,
    /// They stay.
    Fixed,
}

/// One who is to be seated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sitter {
    /// Of which kind they are in each respect, from 1; 0 where it is not known, which is like nothing else.
    pub kinds: [u16; TRAITS],
    /// The table where they are, from 0.
    pub now: Option<u16>,
    /// Whether they may be moved.
    pub stays: Stays,
}

/// Two people between whom there is a rule, by their places among the sitters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bond {
    /// One.
    pub a: u16,
    /// The other.
    pub b: u16,
    /// Whether they are to sit together, or apart.
    pub together: Together,
}

/// Whether two are to sit together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Together {
    /// At one table.
    Yes,
    /// At two.
    No,
}

/// Everybody who is to be seated, and where.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Room {
    /// The people.
    pub sitters: Vec<Sitter>,
    /// How many tables.
    pub tables: u16,
    /// Seats of each.
    pub seats: u16,
    /// Rules between two.
    pub bonds: Vec<Bond>,
}

/// The table of each sitter, in their order.
pub type Tables = Vec<u16>;

/// How mixed a table is in one respect.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mixed {
    /// How many kinds sit there.
    pub present: u16,
    /// How many could: no more than people of whom it is known, and no more than there are in the room.
    pub possible: u16,
}

/// What a seating costs: the less, the better.
pub fn cost(room: &Room, tables: &Tables) -> u64 {
    Tally::of(room, tables).cost()
}

/// How mixed each table is in each respect.
pub fn mixed(room: &Room, tables: &Tables) -> Vec<[Mixed; TRAITS]> {
    Tally::of(room, tables).mixed()
}

/// The rules that a seating does not keep. Who sits nowhere breaks none.
pub fn broken(room: &Room, tables: &Tables) -> Vec<Bond> {
    let at = |sitter: u16| tables.get(usize::from(sitter)).filter(|table| **table < room.tables);
    let is_broken = |bond: &&Bond| match (at(bond.a), at(bond.b)) {
        (Some(one), Some(other)) => (one == other) != (bond.together == Together::Yes),
        _ => false,
    };
    room.bonds.iter().filter(is_broken).copied().collect()
}

/// Seats everybody. Who sits already and rather stays begins there; the others begin anywhere.
pub fn mix(room: &Room, seed: u64) -> Tables {
    let mut looks = LOOKS_MAX;
    let mut best: Option<(u64, Tables)> = None;
    for n in 0..TRIES {
        let mut random = SplitMix::new(seed.wrapping_add(n));
        let tables = search(room, deal(room, &mut random), &mut random, &mut looks);
        let cost = cost(room, &tables);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, tables));
        }
        // Another try is of no use if it cannot be brought to its end.
        if looks < LOOKS_MAX / 2 {
            break;
        }
    }
    best.map(|(_, tables)| tables).unwrap_or_default()
}

/// Where somebody who comes late is seated, so that it stays mixed: the table that costs least, among those with a seat.
/// `seated` are those who are there and those for whom seats are kept.
pub fn place(room: &Room, seated: &Tables, newcomer: Sitter, open: impl Fn(u16) -> bool) -> Option<u16> {
    let tally = Tally::of(room, seated);
    (0..room.tables).filter(|table| open(*table)).min_by_key(|table| (tally.joining(&newcomer, *table), *table))
}
