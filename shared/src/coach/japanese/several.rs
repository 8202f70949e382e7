//! Whether a card in Japanese has more than one cause in it.

use std::ops::Range;

use super::{Folded, List, is_hearsay, places};

/// Words that begin another cause, where they follow a comma or a full stop, and what they must not go on with.
const FURTHER: &[(&str, &str)] = &[
    ("また", "がいぐげのとは来"),
    ("しかも", ""),
    ("さらに", ""),
    ("更に", ""),
    ("そのうえ", ""),
    ("その上", "にのをか司"),
    ("それに", "合対気よ従関つはも応"),
    ("加えて", ""),
    ("おまけに", ""),
    ("あと", "少一二三数はでかにの片もず味継"),
    ("それと", "なはも同"),
    ("かつ", "てぐ"),
    ("もう一つ", ""),
    ("ほかにも", ""),
    ("他にも", ""),
];

/// Joints of two causes without a comma before them. Each follows a predicate.
const JOINTS: List =
    List("だけでなく|だけではなく|だけじゃなく|ばかりか|ばかりでなく|うえに、|うえ、|上に、|のと、|のと |上、");

/// Before 「し」, these are not the end of a predicate: 「わたし」.
const NOT_REASONS: List = List("わた|あた|しる|どう|ひた|すく|いい|こう|もう|たく");

/// A second sentence that begins so goes on with the first one.
const GOING_ON: List = List(
    "例えば|たとえば|つまり|要するに|だから|そのため|それで|その結果|(|なぜなら|特に|とくに|しかし|でも|ただ|ところが",
);

pub(in crate::coach) fn several(card: &Folded) -> Option<Range<usize>> {
    let body = card.body();
    let found = further(body)
        .or_else(|| reasons(body))
        .or_else(|| joint(body))
        .or_else(|| sentences(body))
        .or_else(|| listed(body))
        .or_else(|| in_a_row(body))
        .or_else(|| chain(body))
        .or_else(|| this_too(body))?;
    (!is_hearsay(body, &found)).then_some(found)
}

/// Whether the words end as a predicate does.
fn is_said(before: &str) -> bool {
    let last = before.chars().next_back();
    last.is_some_and(|last| matches!(last, 'い' | 'る' | 'た' | 'だ' | 'な' | 'ん' | 'す' | 'く' | 'う' | 'む' | 'ぶ'))
}

fn further(body: &str) -> Option<Range<usize>> {
    FURTHER.iter().find_map(|(word, not)| {
        places(body, word).find_map(|start| {
            let before = body.get(..start)?.trim_end();
            let rest = body.get(start + word.len()..)?;
            let begins = before.ends_with(['、', '。', '\n']) || (before.len() < start && !before.is_empty());
            let goes_on = rest.chars().next().is_none_or(|next| not.contains(next));
            (begins && !goes_on).then_some(start..start + word.len())
        })
    })
}

/// 「～し、～し」.
fn reasons(body: &str) -> Option<Range<usize>> {
    let mut found = places(body, "し").filter(|at| {
        let before = body.get(..*at).unwrap_or("");
        let rest = body.get(at + 'し'.len_utf8()..).unwrap_or("");
        let said = before.ends_with(['い', 'る', 'た', 'だ', 'ん', 'す', 'う', 'く'])
            && NOT_REASONS.strip_end(before).is_none()
            && before.chars().nth(2).is_some();
        said && !rest.starts_with(|next| "てたいくかまょゃさみむんっゅきろ".contains(next))
    });
    let first = found.next()?;
    let comma = body.get(first + 'し'.len_utf8()..)?.starts_with(['、', ' ']);
    let rest = body.get(first + 'し'.len_utf8()..)?;
    let another =
        || places(rest, "も").next().is_some_and(|at| rest.get(..at).is_some_and(|noun| noun.chars().nth(6).is_none()));
    (comma || another() || found.next().is_some()).then_some(first..first + 'し'.len_utf8())
}

fn joint(body: &str) -> Option<Range<usize>> {
    JOINTS.words().find_map(|joint| {
        places(body, joint).find_map(|start| {
            is_said(body.get(..start)?).then_some(start..start + joint.trim_end_matches(['、', ' ']).len())
        })
    })
}

/// A full stop, and another sentence that does not go on with the first, nor prove it by a number.
fn sentences(body: &str) -> Option<Range<usize>> {
    body.match_indices(['。', '\n']).find_map(|(at, stop)| {
        let before = body.get(..at)?;
        let rest = body.get(at + stop.len()..)?.trim_start_matches(['。', '\n', ' ']);
        let first_is_one = before.chars().nth(3).is_some();
        let second_is_one = rest.chars().nth(3).is_some() && GOING_ON.strip(rest).is_none();
        let proof = body.contains(|c: char| c.is_ascii_digit());
        (first_is_one && second_is_one && !proof).then(|| body.len() - rest.len()..body.len())
    })
}

/// ①, ② and sentences between dots or strokes.
fn listed(body: &str) -> Option<Range<usize>> {
    if let (Some(first), Some(second)) = (places(body, "①").next(), places(body, "②").next()) {
        return Some(first.min(second)..second.max(first) + '②'.len_utf8());
    }
    let between = body.match_indices(['・', '/']).find(|(at, dot)| {
        let rest = body.get(at + dot.len()..).unwrap_or("");
        body.get(..*at).is_some_and(is_said) && is_said(rest)
    });
    let named = || {
        let (first, end) = (places(body, "こと、").next()?, body.ends_with("こと"));
        end.then_some(first..first + "こと".len())
    };
    between.map(|(at, dot)| at..at + dot.len()).or_else(named)
}

/// Three or more predicates with nothing but commas between.
fn in_a_row(body: &str) -> Option<Range<usize>> {
    let parts = || body.split('、');
    let plain = |part: &str| {
        ["い", "る", "た", "う", "ない"].iter().any(|end| part.ends_with(end)) && part.chars().nth(3).is_some()
    };
    let all = parts().count() > 2 && parts().all(plain);
    let first = places(body, "、").next()?;
    all.then_some(first..body.len())
}

/// One cause, and the cause of that.
fn chain(body: &str) -> Option<Range<usize>> {
    let first = places(body, "ので").find(|at| body.get(..*at).is_some_and(is_said))?;
    let rest = body.get(first + "ので".len()..)?;
    let second = places(rest, "ため").find(|at| rest.get(..*at).is_some_and(is_said))?;
    Some(first..first + "ので".len() + second + "ため".len())
}

/// 「～が古くて、～も高い」.
fn this_too(body: &str) -> Option<Range<usize>> {
    places(body, "、").find_map(|comma| {
        let before = body.get(..comma)?;
        let rest = body.get(comma + '、'.len_utf8()..)?;
        let first = before.ends_with(['く', 'て', 'で']) && before.contains('が');
        let noun = rest.get(..places(rest, "も").next()?)?;
        let anything = noun.is_empty() || noun.contains(|c| "誰何どいつ回度日人少とてでがにを".contains(c));
        let said = rest.ends_with(['い', 'た', 'る', 'だ', 'す']) && !rest.ends_with("ない");
        (first && said && !anything && noun.chars().nth(6).is_none()).then_some(comma..body.len())
    })
}
