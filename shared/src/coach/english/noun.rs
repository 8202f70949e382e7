//! Whether a theme in English is only a noun.

use std::ops::Range;

use super::{Folded, List, Words};

/// A theme that is longer says something, even without a verb.
const LONGEST: usize = 7;

/// Where these stand something is said, or asked.
const SAYING: List = List(
    "is|are|was|were|be|been|am|has|have|had|do|does|did|can|cannot|could|will|would|should|must|may|might\
     |not|never|why|how|what|who|where|nobody|none|everybody|everyone|we|they|i|you|he|she|it|no|only|hardly\
     |few|fewer|too|always|still|often|every|twice|half|people|because|us|less|more|most",
);

/// Verbs that stand in themes, and are seldom nouns. Their endings are cut.
const VERBS: List = List(
    "come|go|goe|went|came|take|took|make|made|get|got|give|gave|leave|left|stay|stop|start|begin|fall|fell\
     |rise|rose|grow|grew|drop|decline|vote|join|ignore|forget|forgot|lose|lost|miss|refuse|avoid|break|broke\
     |fail|complain|wait|sit|stand|live|eat|drink|sleep|speak|talk|read|write|know|knew|think|want|need|like\
     |hate|pay|buy|sell|spend|arrive|return|move|quit|resign|happen|become|remain|keep|lack|use",
);

pub(in crate::coach) fn only_noun(card: &Folded) -> Option<Range<usize>> {
    let body = card.body();
    let words = Words::new(body);
    let short = (1..=LONGEST).contains(&words.len());
    let one = !card.text().contains(['?', '\n', ',', ';', ':'])
        && body.is_ascii()
        && body.contains(|c: char| c.is_ascii_alphabetic());
    (short && one && (0..words.len()).all(|at| stays_noun(&words, at))).then_some(0..body.len())
}

/// Whether nothing is said by this word. The first may look like a verb: "Falls at night"; so may one behind "of".
fn stays_noun(words: &Words, at: usize) -> bool {
    let word = words.get(at);
    if SAYING.has(word) && !(word == "people" && at > 0) || word.ends_with("n't") {
        return false;
    }
    let before = words.get(at.wrapping_sub(1));
    let led = before.ends_with("'s")
        || matches!(before, "of" | "the" | "a" | "an" | "in" | "for" | "our" | "by" | "after" | "and");
    let plain = ["s", "ed"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let verb = VERBS.has(word) || VERBS.has(plain) || word.ends_with("ed") && words.len() > 3;
    at == 0 || led || !verb
}
