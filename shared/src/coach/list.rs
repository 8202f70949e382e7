//! Words that a rule knows, in one string: half as large in the page as a slice of strings.

/// Words with strokes between them.
#[derive(Clone, Copy)]
pub(super) struct List(pub(super) &'static str);

impl List {
    pub(super) fn words(self) -> std::str::Split<'static, char> {
        self.0.split('|')
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
