//! What is seen of a roster: who sits at which table, how mixed it is, who has no seat, which rules are not kept.

use shared::docs::roster::{Hold, Pair, Roster};
use shared::seating::plan::{Mode, Plan};
use shared::seating::{self, Mixed, TRAITS};
use shared::{GroupId, PersonId, SortedMap};

/// A table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SeenTable {
    /// Who sits there.
    pub people: Vec<u32>,
    /// How mixed it is.
    pub mixed: [Mixed; TRAITS],
}

/// All of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Seen {
    /// The tables, in their order.
    pub tables: Vec<SeenTable>,
    /// Who has no seat yet.
    pub without: Vec<u32>,
    /// Who does not come, or has gone.
    pub away: Vec<u32>,
    /// Rules that are not kept.
    pub broken: Vec<Pair>,
}

impl Seen {
    /// As it is, or as it is proposed.
    pub fn of(roster: &Roster, tables: u16, seats: u16, proposed: &SortedMap<PersonId, GroupId>) -> Self {
        let plan = Plan::of(roster, tables, seats, Mode::Mend);
        let at = plan.tables(proposed);
        let mut seen = Self::default();
        for mixed in seating::mixed(&plan.room, &at) {
            seen.tables.push(SeenTable { people: Vec::new(), mixed });
        }
        for (id, table) in plan.people.iter().zip(&at) {
            match seen.tables.get_mut(usize::from(*table)) {
                Some(table) => table.people.push(id.0),
                None => seen.without.push(id.0),
            }
        }
        let people = roster.people.iter().map(|(id, one)| (id, &one.about));
        let all = people.chain(roster.guests.iter().map(|(id, one)| (id, &one.about)));
        seen.away = all.filter(|(_, about)| about.hold == Hold::Away).map(|(id, _)| id.0).collect();
        let who = |at: u16| plan.people.get(usize::from(at)).copied();
        for bond in seating::broken(&plan.room, &at) {
            let of = |pair: &&Pair| who(bond.a) == Some(pair.a) && who(bond.b) == Some(pair.b);
            seen.broken.extend(roster.pairs.iter().find(of));
        }
        seen
    }
}
