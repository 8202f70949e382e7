//! What came of a vote: in a sentence, ties said in words, and as a list, most dots first.

use shared::docs::dots::{DotCount, DotVote, Ranked};

use super::ballot::of_group;
use super::{Dots, Stage, TITLE};
use crate::element::anew;
use crate::i18n::{Texts, fill};
use crate::reactive::*;
use crate::ui::live::{flag, text, when, with_number, word};

/// As many that are level are named; of more it is said how many they are.
const NAMED: usize = 3;

/// As a sentence; nothing before it was counted.
fn say(t: &Texts, vote: &DotVote) -> String {
    let DotCount::Counted { ballots, .. } = vote.count else { return String::new() };
    let ranking = vote.ranking();
    let first: Vec<&Ranked> = ranking.iter().filter(|one| one.place == 1 && one.dots > 0).collect();
    let quote = |one: &&Ranked| vote.options.get(one.option).map(|option| option.words.as_str()).unwrap_or_default();
    let dots = first.first().map(|one| one.dots.to_string()).unwrap_or_default();
    let n = ballots.to_string();
    match first.as_slice() {
        [] => t.dots.result_nobody.to_owned(),
        [one] => fill(t.dots.result_one, &[("n", &n), ("text", quote(one)), ("dots", &dots)]),
        few if few.len() <= NAMED => {
            let quoted: Vec<String> = few.iter().map(|one| fill(t.themes.quoted, &[("text", quote(one))])).collect();
            fill(t.dots.result_tie, &[("n", &n), ("texts", &quoted.join(t.board.and)), ("dots", &dots)])
        }
        many => fill(t.dots.result_ties, &[("n", &n), ("many", &many.len().to_string()), ("dots", &dots)]),
    }
}

/// The result, or a word that it is being counted, or why there is none.
pub fn outcome(dots: Dots) -> AnyView {
    let said = text(move || match dots.stage.get() {
        Stage::Counting => dots.t().dots.counting.to_owned(),
        Stage::LeftOpen => dots.t().dots.left_open.to_owned(),
        _ => dots.vote.with(|vote| vote.as_ref().map(|vote| say(dots.t(), vote))).unwrap_or_default(),
    });
    let late = || view! { <p class="late">{word(|t| t.dots.late)}</p> }.into_any();
    let list = move || {
        let Some(vote) = dots.vote.get().filter(|_| matches!(dots.stage.get(), Stage::Counted(_))) else {
            return ().into_any();
        };
        let ranking = vote.ranking();
        let most = ranking.first().map_or(0, |one| one.dots);
        let rows: Vec<AnyView> = ranking.into_iter().map(|one| untrack(|| row(dots, &vote, one, most))).collect();
        view! { <ol class="dot-result">{rows}</ol> }.into_any()
    };
    view! {
        <section class="dots over" aria-labelledby=TITLE>
            <h3 id=TITLE tabindex="-1">{word(|t| t.dots.result)}</h3>
            <p class="dots-sentence" role="status">{said}</p>
            {when(flag(move || dots.was_late()), late)}
            {anew(Box::new(list))}
        </section>
    }
    .into_any()
}

fn row(dots: Dots, vote: &DotVote, one: Ranked, most: u16) -> AnyView {
    let Some(option) = vote.options.get(one.option) else { return ().into_any() };
    let place = text(move || {
        let t = &dots.t().dots;
        let place = u64::try_from(one.place).unwrap_or(0);
        match (one.dots, one.level) {
            (0, _) => String::new(),
            (_, 1) => with_number(t.place, place),
            _ => with_number(t.place_tie, place),
        }
    });
    let n = text(move || match one.dots {
        0 => dots.t().dots.no_dots.to_owned(),
        n => with_number(dots.t().dots.dots, n.into()),
    });
    let part = u32::from(one.dots).saturating_mul(100).checked_div(most.into()).unwrap_or(0).to_string();
    let words = option.words.clone();
    let class = match (one.dots, one.place) {
        (0, _) => "dot-won none",
        (_, 1) => "dot-won first",
        _ => "dot-won",
    };
    view! {
        <li class=class>
            <p class="dot-place tabular">{place}</p>
            <p class="dot-words">{of_group(dots, option.group)} " " {words}</p>
            <p class="dot-sum tabular">{n}</p>
            <span class="dot-part" aria-hidden="true" style=("--part", part)></span>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use shared::docs::dots::{DotOption, OwnGroup};
    use shared::docs::workshop::Language;
    use shared::{CardId, ClientId, Millis, VoteId};

    use super::*;
    use crate::i18n::texts;

    fn said(ballots: u16, dots: &[u16], language: Language) -> String {
        let client = ClientId::of(99);
        let option = |n: u32| DotOption { group: None, card: CardId { client, n }, words: format!("原因{n}") };
        let vote = DotVote {
            id: VoteId { client, n: 1 },
            at: Millis(0),
            options: (1..).take(dots.len()).map(option).collect(),
            each: 3,
            own: OwnGroup::Counts,
            count: DotCount::Counted { ballots, dots: dots.to_vec() },
        };
        say(texts(language), &vote)
    }

    #[test]
    fn one_that_has_most_is_named_and_ties_are_said() {
        assert_eq!(said(4, &[1, 3, 0], Language::Ja), "4人が投票しました。いちばん多いのは「原因2」（3枚）です。");
        assert!(said(4, &[2, 1, 2], Language::Ja).contains("「原因1」、「原因3」が同点（2枚ずつ）"));
        assert!(said(4, &[2, 1, 2], Language::En).contains("A tie: “原因1”"));
        assert!(
            said(9, &[2, 2, 2, 2, 1], Language::Ja).contains("4つが同点（2枚ずつ）"),
            "of many not all are read out"
        );
        assert_eq!(said(0, &[0, 0], Language::Ja), "だれも投票しませんでした。");
    }
}
