//! Whether a card in English has more than one cause in it.

use std::ops::Range;

use super::{BE, DEGREES, Folded, List, Words, last_place, places};

/// Words that begin another cause, wherever they stand but at the beginning.
const FURTHER: List = List(
    "in addition|additionally|moreover|furthermore|on top of that|on top of this|what's more|not to mention\
     |secondly|plus they|plus the|plus it|and besides",
);

/// A second sentence that begins so goes on with the first one.
const GOING_ON: List = List("for example|e.g|so|this|that|because|therefore|which|but|i.e|thus|especially");

/// Whoever is told something of, behind "and".
const SUBJECTS: List =
    List("there|there's|it|it's|they|they're|we|we're|the|a|an|she|he|also|on|at|no|nobody|we don't");

/// What makes a sentence of a part.
const SAYS: List = List("is|are|was|were|has|have|isn't|aren't|can|do|does|can't|cannot|don't|doesn't");

/// Points that end no sentence: "Mr. Smith", "No. 2".
const SHORTENED: List = List("mr|mrs|dr|ms|no|st|etc|approx|vs|pm|am");

pub(in crate::coach) fn several(card: &Folded) -> Option<Range<usize>> {
    let body = card.body();
    if body.contains('"') {
        return None;
    }
    let words = Words::new(body);
    let further = words.find(FURTHER).filter(|at| at.start > 1).and_then(|at| words.range(&at));
    further
        .or_else(|| marks(body))
        .or_else(|| sentences(body))
        .or_else(|| and_also(&words))
        .or_else(|| this_and_that(&words))
        .or_else(|| in_a_row(body))
}

/// Semicolons, strokes and numbers between two causes.
fn marks(body: &str) -> Option<Range<usize>> {
    let pair = |first: &str, second: &str| {
        let (start, next) = (places(body, first).next()?, last_place(body, second)?);
        (start < next).then_some(start..next + second.len())
    };
    let between = |mark: &str| {
        let at = places(body, mark).next()?;
        let (before, after) = (body.get(..at)?, body.get(at + mark.len()..)?);
        let enough = |part: &str| Words::new(part).len() > 1;
        (enough(before) && enough(after) && places(before, " not ").next().is_none()).then_some(at..at + mark.len())
    };
    let signs = ["; ", " / ", "\n"].into_iter().find_map(between);
    let pairs = [("1)", " 2)"), ("1.", " 2."), ("- ", " - "), ("* ", " * "), ("not only", " but ")];
    signs.or_else(|| pairs.into_iter().find_map(|(first, second)| pair(first, second)))
}

/// A full stop, and another sentence that does not go on with the first, nor prove it by a number.
fn sentences(body: &str) -> Option<Range<usize>> {
    let (at, stop) = body.match_indices(['.', '!']).find(|(at, stop)| {
        let begins = body.get(at + stop.len()..).is_some_and(|rest| rest.starts_with([' ', '\n']));
        begins && body.get(..*at).is_some_and(|before| Words::new(before).len() > 2 && !shortens(before))
    })?;
    let rest = body.get(at + stop.len()..)?.trim_start();
    let words = Words::new(rest);
    let goes_on = words.after(0, GOING_ON).is_some() || words.len() < 3;
    let proof = body.contains(|c: char| c.is_ascii_digit());
    (!goes_on && !proof).then(|| body.len() - rest.len()..body.len())
}

fn shortens(before: &str) -> bool {
    let last = before.rsplit([' ', '.']).next().unwrap_or("");
    last.len() < 2 || SHORTENED.has(last)
}

/// "… and it also …", "… and there is … as well".
fn and_also(words: &Words) -> Option<Range<usize>> {
    let and = (2..words.len()).find(|at| matches!(words.get(*at), "and" | "plus"))?;
    let also = (and + 1..words.len()).find(|at| words.get(*at) == "also" && at - and < 6);
    let last = words.len() - 1;
    let too = matches!(words.get(last), "too" | "either") || words.get(last) == "well" && words.get(last - 1) == "as";
    let subject = words.after(and + 1, SUBJECTS).is_some();
    let found = and..also.map_or(words.len(), |at| at + 1);
    (subject && (also.is_some() || too)).then(|| words.range(&found)).flatten()
}

/// "The boats are old and fuel is expensive".
fn this_and_that(words: &Words) -> Option<Range<usize>> {
    let and = (2..words.len()).find(|at| words.get(*at) == "and")?;
    let be = |from: usize, to: usize| (from..to).find_map(|at| words.after(at, BE));
    let it = |at: usize| {
        matches!(words.get(at), "it" | "it's" | "they" | "they're" | "we" | "she" | "he").then(|| words.get(at))
    };
    if it(0).is_some() && it(0) == it(and + 1) {
        return words.range(&(and..words.len()));
    }
    let (first, second) = (be(1, and)?, be(and + 2, words.len())?);
    let brief = |be: usize, to: usize| words.skip(be, DEGREES) + 1 == to;
    let found = and..words.len();
    (brief(first, and) && brief(second, words.len()) && second - and < 5).then(|| words.range(&found)).flatten()
}

/// Three or more sentences with nothing but commas between.
fn in_a_row(body: &str) -> Option<Range<usize>> {
    let parts = || body.split(", ");
    let says = |part: &str| {
        let words = Words::new(part);
        words.len() > 2 && words.find(SAYS).is_some()
    };
    let first = body.find(", ")?;
    (parts().count() > 2 && parts().all(says)).then_some(first..body.len())
}
