//! A text as words, each with its place.

use std::ops::Range;

use super::List;

/// The words of a text. Numbers count words, from nought.
pub(super) struct Words<'a> {
    words: Vec<(&'a str, Range<usize>)>,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            let inside = c.is_alphanumeric() || c == '\'';
            match (inside, start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    words.extend(text.get(from..at).map(|word| (word, from..at)));
                    start = None;
                }
                _ => {}
            }
        }
        Self { words }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// One of them; none has no letters.
    pub(super) fn get(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |(word, _)| word)
    }

    /// The bytes of these.
    pub(super) fn range(&self, words: &Range<usize>) -> Option<Range<usize>> {
        let (_, first) = self.words.get(words.start)?;
        let (_, last) = self.words.get(words.end.checked_sub(1)?)?;
        Some(first.start..last.end)
    }

    /// Behind the longest of the phrases that stands here.
    pub(super) fn after(&self, at: usize, phrases: List) -> Option<usize> {
        phrases.words().filter_map(|phrase| self.behind(at, phrase)).max()
    }

    fn behind(&self, mut at: usize, phrase: &str) -> Option<usize> {
        for word in phrase.split(' ') {
            if self.get(at) != word {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Behind all of these that stand here.
    pub(super) fn skip(&self, mut at: usize, phrases: List) -> usize {
        while let Some(behind) = self.after(at, phrases) {
            at = behind;
        }
        at
    }

    /// The first of them.
    pub(super) fn find(&self, phrases: List) -> Option<Range<usize>> {
        (0..self.len()).find_map(|at| self.after(at, phrases).map(|behind| at..behind))
    }
}
