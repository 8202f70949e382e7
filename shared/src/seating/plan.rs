//! From a roster to a room of numbers, and back: who is to be seated, of which kinds they are, where they are now.

use super::{Bond, Room, Sitter, Stays, TRAITS, Tables, Together, mix, place};
use crate::docs::roster::{About, Hold, Roster, Rule, same};
use crate::ids::{GroupId, PersonId};
use crate::sorted::SortedMap;

/// How much may change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Everybody who is not fixed is seated anew.
    Anew,
    /// As little as is needed: who is here rather stays, for those who are expected another seat can be kept.
    Mend,
}

/// A roster as a room.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    /// Who each sitter is.
    pub people: Vec<PersonId>,
    /// The room.
    pub room: Room,
}

/// Numbers for kinds, from 1 in the order in which they are met.
#[derive(Default)]
struct Kinds([SortedMap<String, u16>; TRAITS]);

impl Kinds {
    fn of(&mut self, section: &str, about: &About) -> [u16; TRAITS] {
        let mut numbers = [0; TRAITS];
        for ((number, known), text) in numbers.iter_mut().zip(&mut self.0).zip([section, &about.age, &about.actor]) {
            let text = same(text);
            if text.is_empty() {
                continue;
            }
            let next = u16::try_from(known.len()).unwrap_or(u16::MAX).saturating_add(1);
            *number = known.get(&text).copied().unwrap_or(next);
            if *number == next {
                known.insert(text, next);
            }
        }
        numbers
    }
}

/// The table of a group.
fn table(group: GroupId) -> Option<u16> {
    group.0.checked_sub(1)
}

impl Plan {
    /// Everybody who is here or expected, but who is away, at this many tables with this many seats.
    pub fn of(roster: &Roster, tables: u16, seats: u16, mode: Mode) -> Self {
        Self::with_kinds(roster, tables, seats, mode).0
    }

    fn with_kinds(roster: &Roster, tables: u16, seats: u16, mode: Mode) -> (Self, Kinds) {
        let tables = match mode {
            // Who is fixed stays where they are: fewer tables than that are not to be had.
            Mode::Anew => tables.max(roster.last_fixed()),
            Mode::Mend => tables,
        };
        let mut kinds = Kinds::default();
        let mut plan = Self { people: Vec::new(), room: Room { tables, seats, ..Room::default() } };
        let here =
            roster.people.iter().map(|(id, one)| (*id, &one.section, &one.about, Some(one.group), Stays::Rather));
        let to_come = roster.guests.iter().map(|(id, one)| (*id, &one.section, &one.about, one.group, Stays::Free));
        for (id, section, about, group, stays) in here.chain(to_come) {
            if about.hold == Hold::Away {
                continue;
            }
            let now = group.and_then(table).filter(|table| *table < tables);
            let stays = match (about.hold, mode) {
                (Hold::Fixed, _) => Stays::Fixed,
                (_, Mode::Anew) => Stays::Free,
                (_, Mode::Mend) => stays,
            };
            plan.people.push(id);
            plan.room.sitters.push(Sitter { kinds: kinds.of(section, about), now, stays });
        }
        for pair in &roster.pairs {
            let together = match pair.rule {
                Rule::Together => Together::Yes,
                Rule::Apart => Together::No,
            };
            if let (Some(a), Some(b)) = (plan.place_of(pair.a), plan.place_of(pair.b)) {
                plan.room.bonds.push(Bond { a, b, together });
            }
        }
        (plan, kinds)
    }

    fn place_of(&self, person: PersonId) -> Option<u16> {
        let at = self.people.iter().position(|id| *id == person)?;
        u16::try_from(at).ok()
    }

    /// Where everybody is now; none as long as somebody has no seat.
    pub fn now(&self) -> Option<Tables> {
        self.room.sitters.iter().map(|sitter| sitter.now).collect()
    }

    /// Seats everybody.
    pub fn mix(&self, seed: u64) -> Vec<(PersonId, GroupId)> {
        let group = |table: u16| GroupId(table.saturating_add(1));
        self.people.iter().copied().zip(mix(&self.room, seed).into_iter().map(group)).collect()
    }

    /// A seating as tables; who is not in it, where they are now, or at no table.
    pub fn tables(&self, seats: &SortedMap<PersonId, GroupId>) -> Tables {
        let at = |(id, sitter): (&PersonId, &Sitter)| {
            seats.get(id).copied().and_then(table).or(sitter.now).unwrap_or(u16::MAX)
        };
        self.people.iter().zip(&self.room.sitters).map(at).collect()
    }
}

impl Roster {
    /// The highest number of a group in which somebody is fixed; 0 when nobody is.
    pub fn last_fixed(&self) -> u16 {
        let here = self.people.values().map(|one| (&one.about, Some(one.group)));
        let to_come = self.guests.values().map(|one| (&one.about, one.group));
        let fixed = here.chain(to_come).filter(|(about, _)| about.hold == Hold::Fixed);
        fixed.filter_map(|(_, group)| group).map(|group| group.0).max().unwrap_or(0)
    }

    /// Where somebody who comes now is seated, so that it stays mixed: where a seat is kept for them, else where it costs
    /// least. A seat that is kept for somebody who is expected is given away only where there is no other.
    pub fn seat_for(&self, guest: Option<PersonId>, groups: u16, seats: u16) -> Option<GroupId> {
        let free = |table: u16| self.seated(GroupId(table.saturating_add(1))) < usize::from(seats);
        let guest = guest.and_then(|id| self.guests.get(&id));
        if let Some(kept) =
            guest.and_then(|guest| guest.group).filter(|group| table(*group).is_some_and(|at| at < groups && free(at)))
        {
            return Some(kept);
        }
        let (plan, mut kinds) = Plan::with_kinds(self, groups, seats, Mode::Mend);
        let kinds = guest.map(|guest| kinds.of(&guest.section, &guest.about)).unwrap_or_default();
        let newcomer = Sitter { kinds, now: None, stays: Stays::Free };
        let seated = plan.tables(&SortedMap::default());
        let kept = |at: u16| seated.iter().filter(|table| **table == at).count() >= usize::from(seats);
        let found = place(&plan.room, &seated, newcomer, |at| free(at) && !kept(at));
        let found = found.or_else(|| place(&plan.room, &seated, newcomer, free));
        found.map(|table| GroupId(table.saturating_add(1)))
    }
}
