//! From a beginning to where no move and no exchange makes it better.

use super::{Room, Sitter, SplitMix, Stays, Tables, Tally};

/// What somebody can do.
#[derive(Clone, Copy)]
enum Step {
    Move(u16),
    Exchange(usize),
}

/// A seating that is made better.
struct Search<'a> {
    room: &'a Room,
    tally: Tally<'a>,
    /// Who may be moved.
    free: Vec<usize>,
    /// For each sitter, with how many others at their table they have something in common.
    alike: Vec<i64>,
}

/// Makes a seating better until it cannot be, or until nothing more may be looked at.
pub fn search(room: &Room, tables: Tables, random: &mut SplitMix, looks: &mut u64) -> Tables {
    let tally = Tally::of(room, &tables);
    let alike = (0..room.sitters.len()).map(|who| tally.alike_here(who)).collect();
    let is_free = |sitter: &Sitter| sitter.stays != Stays::Fixed || sitter.now.is_none();
    let mut free: Vec<usize> =
        room.sitters.iter().enumerate().filter(|(_, sitter)| is_free(sitter)).map(|(who, _)| who).collect();
    random.shuffle(&mut free);
    let mut search = Search { room, tally, free, alike };
    // All of them in a row found nothing: it is done.
    let mut idle = 0;
    while idle < search.free.len() {
        for at in 0..search.free.len() {
            let all = u64::try_from(search.free.len()).unwrap_or(u64::MAX).saturating_add(room.tables.into());
            let Some(left) = looks.checked_sub(all) else { return search.tally.tables };
            *looks = left;
            let who = search.free.get(at).copied().unwrap_or_default();
            match search.best(who) {
                Some(step) => {
                    search.take(who, step);
                    idle = 0;
                }
                None => idle += 1,
            }
        }
    }
    search.tally.tables
}

impl Search<'_> {
    fn take(&mut self, who: usize, step: Step) {
        let here = self.tally.table(who);
        let there = match step {
            Step::Move(to) => to,
            Step::Exchange(other) => {
                let there = self.tally.table(other);
                self.tally.put(other, here);
                there
            }
        };
        self.tally.put(who, there);
        for (one, alike) in self.alike.iter_mut().enumerate() {
            if [here, there].contains(&self.tally.table(one)) {
                *alike = self.tally.alike_here(one);
            }
        }
    }

    /// The best that somebody can do; none if all that they can do is no better.
    fn best(&self, who: usize) -> Option<Step> {
        let (room, tally) = (self.room, &self.tally);
        let me = room.sitters.get(who)?;
        let here = tally.table(who);
        let (mut least, mut found) = (0, None);
        for to in (0..room.tables).filter(|to| *to != here && tally.size(*to) < room.seats) {
            let more = tally.moved(who, to);
            if more < least {
                (least, found) = (more, Some(Step::Move(to)));
            }
        }
        let known = i64::try_from(me.kinds.len()).unwrap_or(0);
        let mine = self.alike.get(who).copied().unwrap_or_default();
        let going: Vec<i64> =
            (0..room.tables).map(|to| tally.alike(me, to) - mine + tally.bound(who, me, to, None)).collect();
        for other in &self.free {
            let there = tally.table(*other);
            let (Some(them), Some(going)) = (room.sitters.get(*other), going.get(usize::from(there))) else { continue };
            if there == here {
                continue;
            }
            let more = if tally.is_bound(*other, them) {
                tally.exchanged(who, *other)
            } else {
                // No less than this, whatever they find here: mostly that is enough to go on to the next.
                let without = going - self.alike.get(*other).copied().unwrap_or_default();
                if without - 2 * known >= least {
                    continue;
                }
                let same = me.kinds.iter().zip(them.kinds).filter(|(mine, theirs)| **mine == *theirs && *theirs != 0);
                without + tally.alike(them, here) - 2 * i64::try_from(same.count()).unwrap_or(0)
            };
            if more < least {
                (least, found) = (more, Some(Step::Exchange(*other)));
            }
        }
        found
    }
}
