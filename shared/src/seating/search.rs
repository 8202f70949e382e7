//! From a beginning to where no move and no exchange makes it better.

use super::{Room, SplitMix, Stays, Tables, Tally};

/// What somebody can do.
#[derive(Clone, Copy)]
enum Step {
    Move(u16),
    Exchange(usize),
}

/// Makes a seating better until it cannot be, or until nothing more may be looked at.
pub fn search(room: &Room, tables: Tables, random: &mut SplitMix, looks: &mut u64) -> Tables {
    let mut tally = Tally::of(room, &tables);
    let mut free: Vec<usize> = (0..room.sitters.len())
        .filter(|who| room.sitters.get(*who).is_some_and(|sitter| sitter.stays != Stays::Fixed || sitter.now.is_none()))
        .collect();
    random.shuffle(&mut free);
    // All of them in a row found nothing: it is done.
    let mut idle = 0;
    while idle < free.len() {
        for who in &free {
            let all = u64::try_from(free.len()).unwrap_or(u64::MAX).saturating_add(room.tables.into());
            let Some(left) = looks.checked_sub(all) else { return tally.tables };
            *looks = left;
            match best(room, &tally, *who, &free) {
                Some(Step::Move(to)) => tally.put(*who, to),
                Some(Step::Exchange(other)) => {
                    let (here, there) = (tally.table(*who), tally.table(other));
                    tally.put(*who, there);
                    tally.put(other, here);
                }
                None => {
                    idle += 1;
                    continue;
                }
            }
            idle = 0;
        }
    }
    tally.tables
}

/// The best that somebody can do; none if all that they can do is no better.
fn best(room: &Room, tally: &Tally<'_>, who: usize, free: &[usize]) -> Option<Step> {
    let here = tally.table(who);
    let (mut least, mut found) = (0, None);
    for to in (0..room.tables).filter(|to| *to != here && tally.size(*to) < room.seats) {
        let more = tally.moved(who, to);
        if more < least {
            (least, found) = (more, Some(Step::Move(to)));
        }
    }
    for other in free.iter().filter(|other| tally.table(**other) != here) {
        let more = tally.exchanged(who, *other);
        if more < least {
            (least, found) = (more, Some(Step::Exchange(*other)));
        }
    }
    found
}
