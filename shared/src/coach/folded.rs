//! A text in the one form in which the rules read it: widths, case and spaces made equal, each character with its place in the
//! text as written. It knows letters, and no words.

use std::ops::Range;

/// U+FF61 to U+FF9F in full width.
const HALF_WIDTH: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
/// What may stand behind the last word.
const STOPS: [char; 12] = ['。', '.', '!', '?', '、', ',', '…', '~', '〜', '♪', '」', ';'];

/// A folded text.
pub(super) struct Folded {
    text: String,
    /// Of each of its characters, which one of the original it is.
    places: Vec<usize>,
    /// How many characters the original has up to the end of the last one.
    end: usize,
}

impl Folded {
    pub(super) fn new(original: &str) -> Self {
        let mut folded: Vec<(char, usize)> = Vec::with_capacity(original.len());
        let mut end = 0;
        for (place, character) in original.chars().enumerate() {
            let character = narrow(character);
            let last = folded.last().map(|(last, _)| *last);
            match (last, character) {
                (None | Some(' ' | '\n'), ' ') | (None | Some('\n'), '\n') => continue,
                (Some(' '), '\n') => drop(folded.pop()),
                (Some(base), '゛' | '゜') => {
                    if let (Some(voiced), Some(entry)) = (voiced(base, character), folded.last_mut()) {
                        entry.0 = voiced;
                        end = place + 1;
                        continue;
                    }
                }
                _ => {}
            }
            folded.push((character, place));
            if !matches!(character, ' ' | '\n') {
                end = place + 1;
            }
        }
        while folded.last().is_some_and(|(last, _)| matches!(last, ' ' | '\n')) {
            folded.pop();
        }
        let (text, places) = folded.into_iter().unzip();
        Self { text, places, end }
    }

    /// All of it.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// All of it but the full stop.
    pub(super) fn body(&self) -> &str {
        self.text.trim_end_matches(|c| STOPS.contains(&c) || c == ' ')
    }

    pub(super) fn is_japanese(&self) -> bool {
        self.text.chars().any(|c| is_kana(c) || is_kanji(c))
    }

    /// Bytes of the folded text as characters of the original.
    pub(super) fn characters(&self, bytes: &Range<usize>) -> Range<usize> {
        let place = |byte: usize| self.text.get(..byte).map_or(0, |before| before.chars().count());
        let start = self.places.get(place(bytes.start)).copied().unwrap_or(0);
        // What follows, and not the last character itself: marks of voice have been folded into it.
        let end = self.places.get(place(bytes.end)).copied().unwrap_or(self.end);
        start..end
    }
}

pub(super) fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '〆' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

pub(super) fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー')
}

/// As a hiragana, if it is a katakana.
pub(super) fn hiragana(c: char) -> char {
    if matches!(c, 'ァ'..='ヶ') { char::from_u32(u32::from(c) - 0x60).unwrap_or(c) } else { c }
}

/// In one width and one case.
fn narrow(c: char) -> char {
    match c {
        '\n' | '\r' => '\n',
        '‘' | '’' | 'ʼ' => '\'',
        '“' | '”' => '"',
        '\u{3099}' => '゛',
        '\u{309a}' => '゜',
        '，' => '、',
        '．' => '。',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).map_or(c, |narrow| narrow.to_ascii_lowercase())
        }
        '\u{ff61}'..='\u{ff9f}' => {
            let place = u32::from(c) - 0xff61;
            HALF_WIDTH.chars().nth(place as usize).unwrap_or(c)
        }
        _ if c.is_whitespace() => ' ',
        _ => c.to_ascii_lowercase(),
    }
}

/// A kana with its mark of voice.
fn voiced(base: char, mark: char) -> Option<char> {
    let plain = hiragana(base);
    let further = match (plain, mark) {
        ('う', '゛') => 0x4e,
        ('は' | 'ひ' | 'ふ' | 'へ' | 'ほ', '゜') => 2,
        ('か' | 'き' | 'く' | 'け' | 'こ' | 'さ' | 'し' | 'す' | 'せ' | 'そ', '゛') => 1,
        ('た' | 'ち' | 'つ' | 'て' | 'と' | 'は' | 'ひ' | 'ふ' | 'へ' | 'ほ', '゛') => 1,
        _ => return None,
    };
    char::from_u32(u32::from(base) + further)
}
