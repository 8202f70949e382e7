//! Whether a theme in Japanese is only a noun.

use std::ops::Range;

use super::{Folded, List, is_kanji, places};

/// A theme that is longer says something, even without a predicate.
const LONGEST: usize = 24;

/// Said around a noun that stays one.
const FRAMES: List = List(
    "について|に関して|に関すること|に関する問題|に関する課題|のこと|の件|をめぐって|問題|の問題|の課題|とは|です|こと",
);

/// Where a particle is none: 「こどものはなし」.
const INSIDE: List = List("がい|がん|がり|がち|がく|はん|はな|はた|はい");

/// How nouns end that end in hiragana, if no kanji is before it.
const NOUN_ENDINGS: List = List(
    "つながり|づくり|作り|なり手|いじめ|ごみ|まち|くらし|しごと|あり方|ありかた|すまい|住まい|合い|違い|扱い|集い|ひきこもり|いのち|みち|ふれあい|いきがい|こども|子ども|若もの|お年より|となり|まつり|お祭り|はたけ\
     |なやみ|ともだち|くるま|まなび|あそび|ねたきり|ゆとり|おとな|いえ",
);

/// How nouns end that have been verbs, behind a kanji.
const OKURIGANA: List = List("り|め|し|え|き|み|ち|け|せ|び|ぎ|げ|べ|れ|らせ");

pub(in crate::coach) fn only_noun(card: &Folded) -> Option<Range<usize>> {
    let whole = card.body();
    let mut body = whole;
    while let Some(left) = FRAMES.strip_end(body).filter(|left| !left.is_empty()) {
        body = left;
    }
    let short = body.chars().nth(LONGEST).is_none();
    (short && !body.is_empty() && !has_predicate(body) && ends_as_noun(body)).then_some(0..whole.len())
}

/// Particles and stops that are found where more is said than a noun.
fn has_predicate(body: &str) -> bool {
    let more = |word: &str| {
        places(body, word).any(|at| {
            let (before, rest) = (body.get(..at).unwrap_or(""), body.get(at..).unwrap_or(""));
            !before.is_empty() && !before.ends_with('な') && INSIDE.strip(rest).is_none()
        })
    };
    ["が", "は", "を", "、", "。", "\n", "なぜ", "なんで"].into_iter().any(more)
}

fn ends_as_noun(body: &str) -> bool {
    let Some(last) = body.chars().next_back() else { return false };
    let written_as_noun =
        is_kanji(last) || matches!(last, 'ァ'..='ヺ' | 'ー' | ')' | '」') || last.is_ascii_alphabetic();
    let was_a_verb = || {
        let behind_kanji = |end| body.strip_suffix(end).and_then(|left| left.chars().next_back()).is_some_and(is_kanji);
        OKURIGANA.words().any(behind_kanji)
    };
    written_as_noun || was_a_verb() || NOUN_ENDINGS.strip_end(body).is_some()
}
