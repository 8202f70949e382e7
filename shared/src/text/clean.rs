//! Which characters a text may have, and how what people type or paste is made fit.

use crate::limits::{MARKS_EACH_MAX, NAME_CHARS_MAX};

/// Characters that can turn the reading direction of what stands beside them: they make one text look like another.
const fn turns(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// One line: no control characters, no line breaks, nothing that turns the reading direction.
pub fn is_line(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || turns(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
}

/// A name that can be seen: a line within its limit that is not only space.
pub fn is_name(text: &str) -> bool {
    is_line(text) && text.chars().count() <= NAME_CHARS_MAX && text.chars().any(|c| !c.is_whitespace() && !unseen(c))
}

/// Characters that take no room and are no letter: a name of these alone would be invisible.
const fn unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{00ad}' | '\u{3164}' | '\u{ffa0}' | '\u{0300}'..='\u{036f}')
}

/// Characters that nobody sees and that make two names that look the same two names. Not those that join emoji, or letters of scripts
/// that need it; nor those that choose a form of a character (異体字).
const fn hides(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
    )
}

/// Characters that only change the one before them: marks of all scripts that are stacked, joiners, forms.
const fn leans(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{6d6}'..='\u{6ed}'
            | '\u{e31}'
            | '\u{e34}'..='\u{e3a}'
            | '\u{e47}'..='\u{e4e}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{200c}'
            | '\u{200d}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{3099}'
            | '\u{309a}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}'
            | '\u{e0000}'..='\u{e007f}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

/// What was typed or pasted as a name: a line without what nobody sees, and with one space where there are several.
pub fn tidy_name(typed: &str) -> String {
    let line: String = tidy(typed).chars().filter(|c| !hides(*c)).collect();
    let words = line.split_whitespace().collect::<Vec<_>>();
    words.join(" ")
}

/// A name that is taken from now on: see [`is_name`], which names of before have to pass. Something in it can be seen, and no character
/// carries a heap of marks over the lines of others.
pub fn is_fair_name(text: &str) -> bool {
    let seen = |c: char| !c.is_whitespace() && !hides(c) && !leans(c) && !unseen(c) && c != '\u{2800}';
    let mut heap = 0_usize;
    let mut highest = 0;
    for c in text.chars() {
        heap = if leans(c) { heap.saturating_add(1) } else { 0 };
        highest = highest.max(heap);
    }
    is_name(text) && text.chars().any(seen) && highest <= MARKS_EACH_MAX
}

/// What was typed or pasted, as one line: breaks and tabs become spaces, the rest of what is not allowed goes.
pub fn tidy(typed: &str) -> String {
    typed
        .replace("\r\n", " ")
        .chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .filter(|c| !c.is_control() && !turns(*c) && *c != '\u{feff}')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_becomes_a_line() {
        assert_eq!(tidy("一行目\r\n二行目\t三\u{202e}四"), "一行目 二行目 三四");
        for text in ["a\nb", "a\u{202e}b", "a\u{0}b", "\u{feff}a"] {
            assert!(!is_line(text));
            assert!(is_line(&tidy(text)));
        }
    }

    #[test]
    fn a_name_that_is_taken_can_be_seen_and_stays_in_its_line() {
        // With a form chosen (IVS), joined emoji, stacked Thai and Vietnamese, Hebrew points, a flag, skin.
        for name in [
            "葛\u{e0100}城",
            "👩‍🌾👩🏽‍🚒",
            "ที่นี่",
            "Nguye\u{302}\u{303}n",
            "שָׁלוֹם",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}",
            "ば\u{3099}",
            "مریم",
        ] {
            assert!(is_fair_name(name), "{name}");
            assert_eq!(tidy_name(name), name);
        }
        let heap = format!("a{}", "\u{301}".repeat(9));
        for name in ["\u{2800}", "\u{fe0f}\u{200d}", "\u{301}", "\u{e0100}", " \u{1160} ", "\u{e0041}", &heap] {
            assert!(!is_fair_name(name), "{name:?}");
        }
        assert_eq!(tidy_name(" 佐\u{200b}藤\u{3000} \t花子\u{202e}\u{2060} "), "佐藤 花子");
    }

    #[test]
    fn a_name_can_be_seen() {
        for name in ["佐藤", "さっちゃん", "J. Ōe", "👩‍🌾"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "  ", "\u{3000}", "\u{200b}\u{200d}", "a\nb", "\u{202e}olleh", &"あ".repeat(25)] {
            assert!(!is_name(name), "{name:?}");
        }
    }
}
