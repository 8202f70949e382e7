//! The rules for words in Japanese: which words, and what may stand around them.

use std::ops::Range;

use super::{
    folded::{Folded, is_kanji},
    list::{List, last_place, places},
};

mod lists;
mod noun;
mod several;

use lists::*;
pub(super) use noun::only_noun;
pub(super) use several::several;

/// Words before a vague one that are more than this say which and whose.
const SPECIFIC: usize = 14;
/// Before a word that is vague only by itself.
const ALONE: usize = 5;
/// A whole card that is no more than a noun.
const SHORT: usize = 9;
/// Longer causes say more than that a solution is not there.
const DESCRIBED: usize = 22;
/// From a person to what is said of them.
const NEAR: usize = 10;

pub(super) fn blame(card: &Folded) -> Option<Range<usize>> {
    let body = card.body();
    let of_somebody =
        || lack(body, LOOSE_CHARACTER, FAULTS, DESCRIBED).filter(|at| person_before(body, at.start).is_some());
    let found = lack(body, CHARACTER, FAULTS, DESCRIBED)
        .or_else(of_somebody)
        .or_else(|| bad_one(body))
        .or_else(|| bad_person(body))
        .or_else(|| fault_of(body))?;
    (!is_hearsay(body, &found)).then_some(found)
}

pub(super) fn vague(card: &Folded) -> Option<Range<usize>> {
    let body = card.body();
    if body.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = lack(body, VAGUE_ANYWHERE, LACKS, SPECIFIC)
        .or_else(|| lack(body, VAGUE_ALONE, LACKS, ALONE))
        .or_else(|| at_the_end(body, SAYING_NOTHING, ALONE + 3))
        .or_else(|| at_the_end(body, ALWAYS_VAGUE, 2 * DESCRIBED))
        .or_else(|| short_of(body))?;
    (!is_hearsay(body, &found)).then_some(found)
}

pub(super) fn missing(card: &Folded) -> Option<Range<usize>> {
    let body = card.body();
    let found = lack(body, SOLUTIONS, MISSING, DESCRIBED).or_else(|| lack(body, EXPERTS, TOO_FEW, SHORT))?;
    let before = body.get(..found.start)?;
    (!before.contains('、') && !is_hearsay(body, &found)).then_some(found)
}

/// One of the nouns, whatever lacks of it, and nothing more but an ending. At most so many characters stand before it.
fn lack(body: &str, nouns: List, lacks: List, before: usize) -> Option<Range<usize>> {
    nouns.words().find_map(|noun| {
        places(body, noun).find_map(|start| {
            let rest = body.get(start + noun.len()..)?;
            let rest = PARTICLES.strip(rest).unwrap_or(rest);
            let rest = ADVERBS.strip(rest).unwrap_or(rest);
            let said = lacks.words().any(|lack| rest.strip_prefix(lack).is_some_and(ends));
            let short = body.get(..start)?.chars().nth(before).is_none();
            (said && short).then_some(start..body.len())
        })
    })
}

/// One of the words at the end, with little before it.
fn at_the_end(body: &str, words: List, before: usize) -> Option<Range<usize>> {
    words.words().find_map(|word| {
        let start = last_place(body, word)?;
        let short = body.get(..start)?.chars().nth(before).is_none();
        (short && body.get(start + word.len()..).is_some_and(ends)).then_some(start..body.len())
    })
}

/// Whether there is nothing in it but endings.
fn ends(mut rest: &str) -> bool {
    let shorter =
        |rest| ENDINGS.words().filter_map(|ending| str::strip_prefix(rest, ending)).min_by_key(|left| left.len());
    while let Some(left) = shorter(rest) {
        rest = left;
    }
    rest.is_empty()
}

/// Whether it is told as the words of somebody, or denied.
fn is_hearsay(body: &str, at: &Range<usize>) -> bool {
    let (Some(before), Some(rest)) = (body.get(..at.start), body.get(at.start..)) else { return true };
    let quoted = before.matches(['「', '『', '"']).count() > before.matches(['」', '』']).count();
    quoted || HEARSAY.words().any(|word| places(rest, word).next().is_some())
}

/// Where the person begins of whom the words from here on are said.
fn person_before(body: &str, start: usize) -> Option<usize> {
    let before = body.get(..start)?;
    let person = |person: &str, follows: List| {
        let at = last_place(before, person)?;
        let between = before.get(at + person.len()..)?;
        let near = between.chars().nth(NEAR).is_none() && !between.contains('、');
        (follows.strip(between).is_some() && near && !before.get(..at)?.ends_with("たく")).then_some(at)
    };
    let known = PEOPLE.words().find_map(|word| person(word, OF_PEOPLE));
    // 「店員が」: the word begins with the kanji before it.
    known.or_else(|| {
        PEOPLE_END.words().find_map(|end| {
            let at = person(end, OF_PEOPLE)?;
            let word: usize = before.get(..at)?.chars().rev().take_while(|c| is_kanji(*c)).map(char::len_utf8).sum();
            (word > 0).then_some(at - word)
        })
    })
}

/// A word that nobody says of a thing, or one that is said of a person.
fn bad_one(body: &str) -> Option<Range<usize>> {
    let by_itself = BAD_BY_THEMSELVES.words().find_map(|word| {
        let start = last_place(body, word)?;
        let end = start + word.len();
        let person = person_before(body, start);
        let said = person.is_some() || ends(body.get(end..)?);
        said.then_some(person.unwrap_or(start)..end)
    });
    by_itself.or_else(|| {
        BAD_OF_SOMEBODY.words().find_map(|word| {
            let start = last_place(body, word)?;
            let person = person_before(body, start)?;
            body.get(start + word.len()..).is_some_and(ends).then_some(person..body.len())
        })
    })
}

/// A person, and that they are bad.
fn bad_person(body: &str) -> Option<Range<usize>> {
    PEOPLE.words().find_map(|person| {
        places(body, person).find_map(|start| {
            let rest = body.get(start + person.len()..)?;
            let rest = MANY.strip(rest).unwrap_or(rest);
            BAD_PEOPLE.words().any(|word| rest.strip_prefix(word).is_some_and(ends)).then_some(start..body.len())
        })
    })
}

/// 「担当の山田のせい」.
fn fault_of(body: &str) -> Option<Range<usize>> {
    let at = last_place(body, "のせい").filter(|at| body.get(at + "のせい".len()..).is_some_and(ends))?;
    let person = PEOPLE.words().find_map(|person| last_place(body.get(..at)?, person))?;
    body.get(person..at)?.chars().nth(NEAR).is_none().then_some(person..body.len())
}

/// A short card like 「確認不足」, of whatever cannot be measured.
fn short_of(body: &str) -> Option<Range<usize>> {
    let mut stem = body;
    while let Some(left) = SAID.strip_end(stem) {
        stem = left;
    }
    let what = VAGUE_ENDS.strip_end(stem)?.trim_end_matches(['が', 'の', 'は']);
    let plain = [MEASURED, SOLUTIONS, EXPERTS].iter().any(|list| list.strip_end(what).is_some());
    let short = what.chars().nth(SHORT).is_none() && what.chars().nth(1).is_some();
    (short && !plain && !what.contains(['が', 'を', 'は', '、'])).then_some(0..stem.len())
}
