//! Lines of text by measured widths, as a picture needs them: Japanese breaks between any two characters but before a closing and
//! after an opening one, other languages at spaces. Knows widths from whoever measures, nothing of fonts.

/// What no line begins with.
const CLOSES: &str = "、。，．・：；？！）」』】〕｝］〉》”’ーァィゥェォッャュョぁぃぅぇぉっゃゅょ々,.:;?!)]}%…‥〜～";
/// What no line ends with.
const OPENS: &str = "（「『【〔｛［〈《“‘([{";

/// Whether a character belongs to a word that stays together.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() && (c as u32) < 0x2e80 || matches!(c, '\'' | '’' | '_' | '/' | '@')
}

/// Whether a line may end between two characters.
fn may_break(before: char, after: char) -> bool {
    match () {
        () if after == ' ' || CLOSES.contains(after) || OPENS.contains(before) => false,
        () if before == ' ' => true,
        // 1,200 and 14:30 stay together.
        () if ",.:".contains(before) && in_word(after) => false,
        () => !(in_word(before) && (in_word(after) || OPENS.contains(after))),
    }
}

/// The lines of a text, none wider than `room` unless a single character is.
pub fn wrap(text: &str, room: f64, width: &mut dyn FnMut(char) -> f64) -> Vec<String> {
    let mut lines = Vec::new();
    // The line so far, how wide it is, and how many characters of it are before the last place where it may end.
    let (mut line, mut wide, mut end) = (Vec::<(char, f64)>::new(), 0.0, 0);
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if let Some((before, _)) = line.last()
            && may_break(*before, c)
        {
            end = line.len();
        }
        let w = width(c);
        while wide + w > room && !line.is_empty() && c != ' ' {
            let rest = line.split_off(if end == 0 { line.len() } else { end });
            lines.push(written(&line));
            (line, end) = (rest, 0);
            wide = line.iter().map(|(_, w)| w).sum();
        }
        // White space is one space, and none where a line begins.
        if !(c == ' ' && line.last().is_none_or(|(before, _)| *before == ' ')) {
            line.push((c, w));
            wide += w;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(written(&line));
    }
    lines
}

fn written(line: &[(char, f64)]) -> String {
    let line: String = line.iter().map(|(c, _)| *c).collect();
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn width(c: char) -> f64 {
        if c.is_ascii() { 1.0 } else { 2.0 }
    }

    fn lines(text: &str, room: f64) -> Vec<String> {
        wrap(text, room, &mut width)
    }

    #[test]
    fn japanese_breaks_anywhere_but_before_what_closes_and_after_what_opens() {
        assert_eq!(lines("役員の負担が重い。", 16.0), ["役員の負担が重", "い。"]);
        assert_eq!(lines("仕事が「増える」一方", 8.0), ["仕事が", "「増え", "る」一方"]);
        assert_eq!(lines("データがない", 8.0), ["データが", "ない"]);
    }

    #[test]
    fn other_languages_break_at_spaces_and_words_only_if_they_must() {
        assert_eq!(lines("Young people do not join", 10.0), ["Young", "people do", "not join"]);
        assert_eq!(lines("disestablishment", 6.0), ["disest", "ablish", "ment"]);
        assert_eq!(lines("会費は1,200円です", 9.0), ["会費は", "1,200円で", "す"]);
    }

    #[test]
    fn nothing_is_one_empty_line() {
        assert_eq!(lines("", 5.0), [""]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_sticks_out(text in "[a-z 、。「」なぜ課題重い]{0,60}", room in 4_u8..30) {
            let lines = lines(&text, f64::from(room));
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            for line in lines {
                prop_assert!(line.chars().map(width).sum::<f64>() <= f64::from(room), "{}", line);
            }
        }
    }
}
