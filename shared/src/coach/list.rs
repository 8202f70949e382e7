//! Words that a rule knows, in one string, and where words stand in a text. Both are looked for in one plain way: the searches of
//! `str` are faster on long texts, and each use of them weighs half a kilobyte in the page.

/// Words with strokes between them. In the page that is half as large as a slice of strings.
#[derive(Clone, Copy)]
pub(super) struct List(pub(super) &'static str);

impl List {
    pub(super) fn words(self) -> Words {
        Words { left: Some(self.0) }
    }

    pub(super) fn has(self, word: &str) -> bool {
        self.words().any(|known| known == word)
    }

    /// What is left of a text that begins with one of the words. The first word that fits counts.
    pub(super) fn strip(self, text: &str) -> Option<&str> {
        self.words().find_map(|word| text.strip_prefix(word))
    }

    /// The same from the end.
    pub(super) fn strip_end(self, text: &str) -> Option<&str> {
        self.words().find_map(|word| text.strip_suffix(word))
    }
}

/// The words of a list.
pub(super) struct Words {
    left: Option<&'static str>,
}

impl Iterator for Words {
    type Item = &'static str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'static str> {
        let left = self.left?;
        let end = left.bytes().position(|byte| byte == b'|');
        self.left = end.and_then(|end| left.get(end + 1..));
        left.get(..end.unwrap_or(left.len()))
    }
}

/// Where a word begins in a text, in bytes.
pub(super) fn places<'a>(text: &'a str, word: &'a str) -> Places<'a> {
    Places { text, word, from: 0 }
}

/// The last of them.
pub(super) fn last_place(text: &str, word: &str) -> Option<usize> {
    places(text, word).last()
}

/// The places of a word.
pub(super) struct Places<'a> {
    text: &'a str,
    word: &'a str,
    from: usize,
}

impl Iterator for Places<'_> {
    type Item = usize;

    #[inline(never)]
    fn next(&mut self) -> Option<usize> {
        let (text, word) = (self.text.as_bytes(), self.word.as_bytes());
        while let Some(rest) = text.get(self.from..).filter(|rest| rest.len() >= word.len()) {
            let at = self.from;
            self.from += 1;
            if rest.starts_with(word) {
                return Some(at);
            }
        }
        None
    }
}
