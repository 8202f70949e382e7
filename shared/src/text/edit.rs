//! From places in the text as it reads now to edits and anchors that stay true while others write.

use serde::{Deserialize, Serialize};

use super::{Life, Run, Span, Text, TextEdit};
use crate::ids::CharId;

/// A change as an input field shows it, in characters of the text as it reads now (not UTF-16 units, not bytes).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Splice {
    /// Where.
    pub at: u32,
    /// How many characters go.
    pub delete: u32,
    /// What comes instead.
    pub insert: String,
}

/// A caret that keeps its place: behind this character, or at the beginning.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Anchor {
    /// The character before the caret.
    pub after: Option<CharId>,
}

impl Text {
    /// The edits that a splice means; at most two. `start` numbers the new characters.
    pub fn splice(&self, splice: &Splice, start: u32) -> Vec<TextEdit> {
        let mut edits = Vec::new();
        let after = self.anchor(splice.at).after;
        if splice.delete > 0 {
            let spans = self.spans(splice.at, splice.delete);
            if !spans.is_empty() {
                edits.push(TextEdit::Delete { spans });
            }
        }
        if !splice.insert.is_empty() {
            edits.push(TextEdit::Insert { after, start, text: splice.insert.clone() });
        }
        edits
    }

    /// Anchors a caret that stands before the character at `place`.
    pub fn anchor(&self, place: u32) -> Anchor {
        let Some(last) = place.checked_sub(1) else { return Anchor::default() };
        let found = self.spans(last, 1).first().map(|span| span.first);
        let end = || self.alive().last().map(|run| at(run, run.len().saturating_sub(1)));
        Anchor { after: found.or_else(end) }
    }

    /// Where an anchored caret stands now. A character that was deleted stands where it stood.
    pub fn place(&self, anchor: Anchor) -> u32 {
        let Some(id) = anchor.after else { return 0 };
        let mut before = 0;
        for run in &self.runs {
            let alive = run.life == Life::Alive;
            if let Some(place) = run.place(id) {
                return if alive { before + place + 1 } else { before };
            }
            if alive {
                before += run.len();
            }
        }
        before
    }

    /// The readable characters `from .. from + count`, by their ids.
    fn spans(&self, from: u32, count: u32) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut before = 0;
        let to = from.saturating_add(count);
        for run in self.alive() {
            let len = run.len();
            let (low, high) = (from.max(before), to.min(before + len));
            if low < high {
                spans.push(Span { first: at(run, low - before), len: high - low });
            }
            before += len;
        }
        spans
    }
}

fn at(run: &Run, place: u32) -> CharId {
    CharId { client: run.first.client, n: run.first.n.saturating_add(place) }
}
