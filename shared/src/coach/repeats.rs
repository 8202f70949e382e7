//! Whether a card says again what its parent says. It knows how words are written, and not what they mean.

use std::ops::Range;

use super::{
    folded::{Folded, hiragana, is_kanji},
    list::{List, places},
};

/// How a sentence may end without saying more. The longer first.
const ENDINGS: List = List(
    "ということ|のである|からです|のです|なのだ|ました|ている|ていた|しまう|しまった|ため|ので|から|こと|です|ます|のだ|だ|の|て|っ|た|る|い|く|し",
);

/// How a denial goes on behind 「な」.
const NOT: List = List("ない|なく|なかっ|なけ");
/// One of these instead of another says something else; so does another number.
const CONTRARY: &str = "多少高低長短早遅速増減大小強弱有無新古上下広狭遠近重軽明暗厚薄前後一二三四五六七八九十百半";
/// The same in English.
const CONTRARY_WORDS: List = List(
    "more|most|fewer|few|less|little|high|low|long|short|early|late|old|new|big|small|good|bad|no|nobody|one|two|three|half|never",
);

/// In a thousandth: above this the letters are the same but for a few.
const ALIKE: usize = 780;
/// Above this they are alike if no new word is in it.
const ALIKE_WITHOUT_NEWS: usize = 540;

pub(super) fn japanese(card: &Folded, parent: &Folded) -> Option<Range<usize>> {
    let (said, above) = (letters(card.body()), letters(parent.body()));
    if said.len() < 3 || above.len() < 3 {
        return None;
    }
    let alike = overlap(&pairs(&said), &pairs(&above));
    let mut news = said.iter().filter(|c| is_word(**c) && !above.contains(c));
    let again = match (news.next(), news.next()) {
        (None, _) => alike >= ALIKE_WITHOUT_NEWS,
        (Some(new), None) => alike >= ALIKE && !new.is_ascii_digit() && !CONTRARY.contains(*new),
        _ => false,
    };
    (again && is_denied(card.body()) == is_denied(parent.body())).then_some(0..card.body().len())
}

/// Whether it is told of what does not happen. 「少ない」 is no denial.
fn is_denied(body: &str) -> bool {
    let denied = |at: usize| {
        body.get(at..).is_some_and(|rest| NOT.strip(rest).is_some())
            && !body.get(..at).is_some_and(|left| left.ends_with('少'))
    };
    places(body, "な").any(denied) || places(body, "ません").next().is_some()
}

/// What a text says without what may stand around it.
pub(super) fn core(text: &Folded) -> String {
    if text.is_japanese() { letters(text.body()).into_iter().collect() } else { words(text.body()).join(" ") }
}

/// Letters alone, kana as hiragana, without the ending.
fn letters(body: &str) -> Vec<char> {
    let mut stem = body;
    while let Some(left) = ENDINGS.strip_end(stem) {
        stem = left;
    }
    stem.chars().filter(|c| c.is_alphanumeric()).flat_map(|c| alias(hiragana(c))).collect()
}

/// 「減った」 is 「少ない」, and 「参加者」 are 「参加する人」.
fn alias(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        '減' => ('少', Some('な')),
        '者' => ('人', None),
        '無' => ('な', None),
        _ => (c, None),
    };
    [first].into_iter().chain(second)
}

/// What is no kana stands for a word.
fn is_word(c: char) -> bool {
    is_kanji(c) || c.is_ascii_alphanumeric()
}

fn pairs(letters: &[char]) -> Vec<[char; 2]> {
    letters.windows(2).filter_map(|pair| <[char; 2]>::try_from(pair).ok()).collect()
}

/// Small words that change nothing.
const SMALL: List = List(
    "a|an|the|is|are|was|were|be|been|being|am|has|have|had|do|does|did|of|to|at|in|on|for|from|by|into|and\
     |that|there|because|as|so|it|its|they|their|very|only|now|just|too|get|gets|got|always|really|still|s\
     |will|many|often|lots|usually|one|during|sometimes|every",
);

pub(super) fn english(card: &Folded, parent: &Folded) -> Option<Range<usize>> {
    let (said, above) = (words(card.body()), words(parent.body()));
    if said.len() < 2 || above.len() < 2 {
        return None;
    }
    let mut news = said.iter().filter(|word| !above.contains(word));
    let contrary = |new: &str| {
        new.starts_with(|c: char| c.is_ascii_digit()) || CONTRARY_WORDS.words().any(|word| stem(word) == new)
    };
    let again = match (news.next(), news.next()) {
        (None, _) => overlap(&said, &above) >= ALIKE_WITHOUT_NEWS + 160,
        (Some(new), None) => overlap(&said, &above) >= ALIKE + 80 && !contrary(new),
        _ => false,
    };
    (again && said.contains(&"not") == above.contains(&"not")).then_some(0..card.body().len())
}

/// Words that say something, without their endings.
fn words(body: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in body.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        let (word, negated) = match word.strip_suffix("n't") {
            Some("ca") => ("can", true),
            Some(word) => (word, true),
            None if word == "cannot" => ("can", true),
            None => (word, false),
        };
        let word = word.trim_matches('\'').trim_end_matches("'s");
        if !word.is_empty() && !SMALL.has(word) {
            words.push(stem(word));
        }
        if negated {
            words.push("not");
        }
    }
    words
}

fn stem(word: &str) -> &str {
    let long = |stem: &&str| stem.len() > 2;
    let one = word.strip_suffix('s').filter(long).unwrap_or(word);
    let cut = ["ing", "ed", "e"].iter().find_map(|end| one.strip_suffix(end).filter(long)).unwrap_or(one);
    let mut last = cut.chars().rev();
    match (last.next(), last.next()) {
        // stopping, stopped: as stop.
        (Some(one), Some(other)) if one == other && one.is_ascii_alphabetic() && cut.len() > 3 => {
            cut.get(..cut.len() - 1).unwrap_or(cut)
        }
        _ => cut.strip_suffix('e').filter(long).unwrap_or(cut),
    }
}

/// How much two lists have in common, in thousandths.
fn overlap<T: PartialEq>(these: &[T], those: &[T]) -> usize {
    let mut left: Vec<&T> = those.iter().collect();
    let mut common: usize = 0;
    for this in these {
        if let Some(at) = left.iter().position(|that| *that == this) {
            left.swap_remove(at);
            common += 1;
        }
    }
    (2000 * common).checked_div(these.len() + those.len()).unwrap_or(0)
}
