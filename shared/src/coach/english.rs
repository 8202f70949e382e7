//! The rules for words in English. Every text that is not Japanese is taken for English; what is neither has hardly a word they know.

use std::ops::Range;

use super::{
    folded::Folded,
    list::{List, last_place, places},
};

mod lists;
mod noun;
mod several;
mod words;

use lists::*;
pub(super) use noun::only_noun;
pub(super) use several::several;
use words::Words;

/// More words than this say which and whose.
const SPECIFIC: usize = 9;
/// Longer causes say more than that a solution is not there.
const DESCRIBED: usize = 11;
/// A whole card that is no more than a noun.
const SHORT: usize = 2;

pub(super) fn blame(card: &Folded) -> Option<Range<usize>> {
    let words = Words::new(card.body());
    let person = words.find(PEOPLE);
    let bad = |at: usize| {
        if let Some(end) = words.after(at, BAD_DEEDS) {
            return Some(at..end);
        }
        let from = words.skip(words.after(at, BE)?, DEGREES);
        let of_somebody = || words.after(from, BAD_OF_SOMEBODY).filter(|_| person.is_some());
        words.after(from, BAD).or_else(of_somebody).map(|end| at..end)
    };
    // "Lazy staff".
    let named = || words.after(0, BAD).and_then(|end| words.after(end, PEOPLE)).filter(|end| *end == words.len());
    let found = (0..words.len()).find_map(bad).or_else(|| named().map(|end| 0..end))?;
    let start = person.filter(|person| person.end <= found.start && found.start - person.end < 3);
    place(card, &words, &(start.map_or(found.start, |person| person.start)..found.end))
}

pub(super) fn vague(card: &Folded) -> Option<Range<usize>> {
    let words = Words::new(card.body());
    if words.len() > SPECIFIC || card.body().contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let nothing = words.find(SAYING_NOTHING).filter(|found| found.start < 4);
    let nothing = nothing.or_else(|| words.find(TOGETHER).filter(|found| found.end == words.len()));
    let found = nothing
        .or_else(|| bare(&words))
        .or_else(|| little(&words))
        .or_else(|| faulty(&words))
        .or_else(|| short_of(&words))?;
    place(card, &words, &found)
}

pub(super) fn missing(card: &Folded) -> Option<Range<usize>> {
    let words = Words::new(card.body());
    if words.len() > DESCRIBED {
        return None;
    }
    let of_them =
        || words.after(words.skip(0, OPENINGS), SHORTAGE).filter(|from| *from < words.len() && words.len() < from + 3);
    let of_things = of_them().filter(|from| words.after(*from, MEASURED).is_none()).map(|_| 0..words.len());
    let scarce = words.find(SCARCE).filter(|found| found.end == words.len() && found.start < 3);
    let found = scarce.or(of_things).or_else(|| without(&words)).or_else(|| lacking(&words))?;
    place(card, &words, &found)
}

/// "Because of silos".
fn bare(words: &Words) -> Option<Range<usize>> {
    let end = words.after(words.skip(0, OPENINGS), BARE)?;
    (end == words.len()).then_some(0..end)
}

/// "Poor communication", "low awareness of …".
fn little(words: &Words) -> Option<Range<usize>> {
    (0..words.len().min(6)).find_map(|at| {
        let from = words.after(at, LITTLE)?;
        let noun = words.skip(from, QUALIFIERS);
        let end = words.after(noun, ABSTRACT).or_else(|| words.after(from, ABSTRACT))?;
        ends(words, end, OF_WHAT).then_some(at..end)
    })
}

/// "Coordination is lacking", "the system is bad".
fn faulty(words: &Words) -> Option<Range<usize>> {
    (0..words.len().min(4)).find_map(|at| {
        let noun = words.after(at, ABSTRACT)?;
        let fine = || words.after(words.skip(words.after(noun, IS_NOT)?, DEGREES), FINE);
        let faulty = || words.after(words.skip(words.after(noun, BE)?, DEGREES), FAULTY);
        let end = fine().or_else(faulty)?;
        (end == words.len()).then_some(at..end)
    })
}

/// "Inadequate handover": a short card, of whatever cannot be measured.
fn short_of(words: &Words) -> Option<Range<usize>> {
    let start = words.skip(0, OPENINGS);
    let from = words.after(start, SHORT_OF)?;
    let named = from < words.len() && words.len() <= from + SHORT;
    let plain = |at: usize| words.after(at, MEASURED).or_else(|| words.after(at, SOLUTIONS)).is_some();
    (named && !(from..words.len()).any(plain)).then_some(start..words.len())
}

/// "There is no manual", "part-timers get no training".
fn without(words: &Words) -> Option<Range<usize>> {
    (0..words.len().min(6)).find_map(|at| {
        let from = words.after(at, WITHOUT)?;
        let had = || at < 4 && at.checked_sub(1).is_some_and(|before| HAVING.has(words.get(before)));
        let opens = at == words.skip(0, OPENINGS) || !BARE_WITHOUT.has(words.get(at)) || had();
        let noun =
            (from..from + 4).find_map(|noun| words.after(noun, SOLUTIONS).filter(|end| ends(words, *end, FOR_WHAT)));
        noun.filter(|_| opens).map(|end| at..end)
    })
}

/// "Spare parts are missing".
fn lacking(words: &Words) -> Option<Range<usize>> {
    (0..words.len().min(4)).find_map(|at| {
        let noun = words.after(at, SOLUTIONS)?;
        let end = words.after(words.after(noun, BE)?, LACKING)?;
        (end == words.len()).then_some(at..end)
    })
}

/// Whether all is said here, or only said of what.
fn ends(words: &Words, at: usize, onwards: List) -> bool {
    at >= words.len() || onwards.has(words.get(at))
}

/// The place of these words, unless they are somebody's, or denied.
fn place(card: &Folded, words: &Words, found: &Range<usize>) -> Option<Range<usize>> {
    let at = words.range(found)?;
    let before = card.body().get(..at.start)?;
    let quoted = before.matches('"').count() % 2 == 1;
    (!quoted && words.find(HEARSAY).is_none()).then_some(at)
}
