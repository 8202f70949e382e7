//! Which characters a text may have, and how what people type or paste is made fit.

use crate::limits::NAME_CHARS_MAX;

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
    fn a_name_can_be_seen() {
        for name in ["佐藤", "さっちゃん", "J. Ōe", "👩‍🌾"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "  ", "\u{3000}", "\u{200b}\u{200d}", "a\nb", "\u{202e}olleh", &"あ".repeat(25)] {
            assert!(!is_name(name), "{name:?}");
        }
    }
}
