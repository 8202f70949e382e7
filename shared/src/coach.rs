//! The coach: at most one quiet hint about a card that has just been written, from rules over its words alone.
//!
//! It knows neither board nor page: what is dismissed, and how a question is worded, is theirs. A hint that is wrong is worse
//! than none. Every rule is measured on the sentences in `tests/coach`, and goes when its precision falls below 0.95.

use std::ops::Range;

use crate::limits::CARD_CHARS_MAX;

mod english;
mod folded;
mod japanese;
mod list;
mod repeats;

use folded::Folded;

/// What a good card would not do. The doc of each tells the question that helps on, and who taught it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rule {
    /// It blames a person. 「何がそうさせた？」 "What made it so?"
    // Five Rules of Causation (VA National Center for Patient Safety), rule 3: each human error has a preceding cause.
    Blame,
    /// It says so much that it says nothing. 「だれの、何が、いつ？」 "Whose, which, when?"
    // Five Rules of Causation, rule 2: specific descriptors, no negative and vague words ("poorly", "inadequate").
    // 小倉仁志 calls 「～不足」「～不十分」 the usual words behind which everybody sees something else.
    Vague,
    /// It names a solution that is not there. 「それがないと、実際に何が起きている？」 "Without it, what is it that happens?"
    // "Defining the Problem Statement" (A Lean Journey, 2009): it neither assigns a cause nor offers a solution.
    // Five Rules of Causation, rule 5: what was not done is a cause only where there was a duty to do it.
    MissingSolution,
    /// It has more than one cause in it. 「カードを分けますか？」 "One card for each?"
    // 小倉仁志『なぜなぜ分析10則』（日科技連出版社）: 「事象」や「なぜ」は、ワンカット表現にする。
    SeveralCauses,
    /// It says again what its parent says. 「それは、なぜ起きる？」 "And why does that happen?"
    // 小倉仁志『なぜなぜ分析10則』: 逆に読み返しても、順序よく論理がつながるように「なぜ」を展開する。A step onto the same spot is none.
    RepeatsParent,
    /// A theme that is only a noun. 「だれが、どうなっている？」 "Who, or what, is how?"
    // Serrat, "The Five Whys Technique" (ADB Knowledge Solutions 30, 2009): accurate and complete statements of problems.
    // 小倉仁志 asks for a subject and a predicate, as a bare noun makes everybody see something else.
    ThemeOnlyNoun,
}

/// Where the words stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stand<'a> {
    /// They are the theme.
    Theme,
    /// They are a card below this one, which may be empty.
    Under(&'a str),
}

/// One hint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// What it is about.
    pub rule: Rule,
    /// Which words, in characters of the text.
    pub words: Range<usize>,
}

/// The hint for these words, if there is one. The language is that of the words, not of the page.
///
/// Nothing is said of what is longer than a card may be. A theme is looked at for blame, vague words and a bare noun alone.
#[must_use]
pub fn hint(text: &str, stand: Stand) -> Option<Hint> {
    let fits = |text: &str| text.chars().nth(CARD_CHARS_MAX).is_none();
    let stand = match stand {
        Stand::Under(parent) if !fits(parent) => Stand::Under(""),
        _ => stand,
    };
    if !fits(text) {
        return None;
    }
    let folded = Folded::new(text);
    let (rule, words) = if folded.is_japanese() { japanese(&folded, stand) } else { english(&folded, stand) }?;
    Some(Hint { rule, words: folded.characters(&words) })
}

/// Whether a card says again what the one above it says: that rule alone.
#[must_use]
pub fn repeats(text: &str, above: &str) -> bool {
    if [text, above].iter().any(|text| text.chars().nth(CARD_CHARS_MAX).is_some()) {
        return false;
    }
    let (card, above) = (Folded::new(text), Folded::new(above));
    if card.is_japanese() { repeats::japanese(&card, &above) } else { repeats::english(&card, &above) }.is_some()
}

/// What a text says without what may stand around it: case, widths, spaces, stops and Japanese endings. Empty where nothing is left.
#[must_use]
pub fn core(text: &str) -> String {
    repeats::core(&Folded::new(text))
}

/// A rule with the bytes of the folded text that broke it.
type Found = Option<(Rule, Range<usize>)>;

fn japanese(card: &Folded, stand: Stand) -> Found {
    match stand {
        Stand::Theme => japanese::only_noun(card)
            .map(|at| (Rule::ThemeOnlyNoun, at))
            .or_else(|| japanese::blame(card).map(|at| (Rule::Blame, at)))
            .or_else(|| japanese::vague(card).map(|at| (Rule::Vague, at))),
        Stand::Under(parent) => repeats::japanese(card, &Folded::new(parent))
            .map(|at| (Rule::RepeatsParent, at))
            .or_else(|| japanese::blame(card).map(|at| (Rule::Blame, at)))
            .or_else(|| japanese::several(card).map(|at| (Rule::SeveralCauses, at)))
            .or_else(|| japanese::missing(card).map(|at| (Rule::MissingSolution, at)))
            .or_else(|| japanese::vague(card).map(|at| (Rule::Vague, at))),
    }
}

fn english(card: &Folded, stand: Stand) -> Found {
    match stand {
        Stand::Theme => english::only_noun(card)
            .map(|at| (Rule::ThemeOnlyNoun, at))
            .or_else(|| english::blame(card).map(|at| (Rule::Blame, at)))
            .or_else(|| english::vague(card).map(|at| (Rule::Vague, at))),
        Stand::Under(parent) => repeats::english(card, &Folded::new(parent))
            .map(|at| (Rule::RepeatsParent, at))
            .or_else(|| english::blame(card).map(|at| (Rule::Blame, at)))
            .or_else(|| english::several(card).map(|at| (Rule::SeveralCauses, at)))
            .or_else(|| english::missing(card).map(|at| (Rule::MissingSolution, at)))
            .or_else(|| english::vague(card).map(|at| (Rule::Vague, at))),
    }
}
