//! The text of a card: characters with ids, so that two people may type in it at once and both texts survive.
//!
//! An edit says *insert after this character* or *delete these*; the log's order does the rest (Matthew Weidner,
//! "Collaborative Text Editing without CRDTs or OT", 2025). Characters are kept as runs; deleted ones keep their place.

use serde::{Deserialize, Serialize};

pub use self::clean::{is_fair_name, is_line, is_name, tidy, tidy_name};
use crate::doc::Reject;
use crate::ids::{CharId, ClientId};
use crate::limits::{CARD_CHARS_EVER_MAX, CARD_CHARS_MAX, SPANS_MAX};

mod clean;
mod edit;

pub use self::edit::{Anchor, Splice};

/// Whether the characters of a run can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
enum Life {
    /// They can.
    Alive,
    /// They were deleted; they keep their place.
    Deleted,
}

/// Characters of one client, numbered one after another, that stand together and live or do not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Run {
    first: CharId,
    life: Life,
    chars: String,
}

/// Characters numbered one after another, from `first`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Span {
    /// The first of them.
    pub first: CharId,
    /// How many.
    pub len: u32,
}

/// A change to a text. Offsets appear nowhere: an edit means the same wherever the text has got to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum TextEdit {
    /// New characters, numbered `start..` of the author's client.
    Insert {
        /// The character before them; none at the beginning.
        after: Option<CharId>,
        /// The number of the first.
        start: u32,
        /// The characters.
        text: String,
    },
    /// These can no longer be read. What is deleted already stays so.
    Delete {
        /// Which.
        spans: Vec<Span>,
    },
    /// These can be read again, where they stood (undoes a deletion).
    Revive {
        /// Which.
        spans: Vec<Span>,
    },
}

/// A text, all that it ever was included.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Text {
    runs: Vec<Run>,
}

fn len(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

impl Run {
    fn len(&self) -> u32 {
        len(&self.chars)
    }

    /// The place of a character in this run.
    fn place(&self, id: CharId) -> Option<u32> {
        let place = id.n.checked_sub(self.first.n)?;
        (id.client == self.first.client && place < self.len()).then_some(place)
    }

    /// Cuts off what comes from `place` on.
    fn split_off(&mut self, place: u32) -> Self {
        let byte = self.chars.char_indices().nth(place as usize).map_or(self.chars.len(), |(at, _)| at);
        let chars = self.chars.split_off(byte);
        // A text that is cut again and again would keep the space of the whole in each of its parts.
        self.chars.shrink_to_fit();
        let first = CharId { client: self.first.client, n: self.first.n.saturating_add(place) };
        Self { first, life: self.life, chars }
    }

    fn continues(&self, before: &Self) -> bool {
        self.first.client == before.first.client
            && self.life == before.life
            && before.first.n.checked_add(before.len()) == Some(self.first.n)
    }
}

impl Text {
    /// A text as its first author wrote it, numbered from `start`.
    ///
    /// # Errors
    /// When it is no text for a card: see [`Text::apply`].
    pub fn new(client: ClientId, start: u32, text: &str) -> Result<Self, Reject> {
        let mut made = Self::default();
        if !text.is_empty() {
            made.apply(client, &TextEdit::Insert { after: None, start, text: text.to_owned() })?;
        }
        Ok(made)
    }

    /// What can be read.
    pub fn read(&self) -> String {
        self.alive().map(|run| run.chars.as_str()).collect()
    }

    /// How many characters can be read.
    pub fn chars(&self) -> u32 {
        self.alive().map(Run::len).sum()
    }

    /// How many characters it ever had, deleted ones included.
    pub fn ever(&self) -> u32 {
        self.runs.iter().map(Run::len).sum()
    }

    /// Whether nothing can be read but space.
    pub fn is_blank(&self) -> bool {
        self.alive().all(|run| run.chars.trim().is_empty())
    }

    fn alive(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.life == Life::Alive)
    }

    /// Takes an edit of `client`, or refuses it and stays as it was. Returns the edit that undoes it, if anything changed.
    ///
    /// # Errors
    /// When the edit is longer than the limits, names characters that never were, numbers that are taken, or is no line.
    pub fn apply(&mut self, client: ClientId, edit: &TextEdit) -> Result<Option<TextEdit>, Reject> {
        match edit {
            TextEdit::Insert { after, start, text } => self.insert(*after, CharId { client, n: *start }, text),
            TextEdit::Delete { spans } => {
                let changed = self.set_life(spans, Life::Deleted)?;
                Ok((!changed.is_empty()).then_some(TextEdit::Revive { spans: changed }))
            }
            TextEdit::Revive { spans } => {
                let mut trial = self.clone();
                let changed = trial.set_life(spans, Life::Alive)?;
                if trial.chars() as usize > CARD_CHARS_MAX {
                    return Err(Reject::TextFull);
                }
                *self = trial;
                Ok((!changed.is_empty()).then_some(TextEdit::Delete { spans: changed }))
            }
        }
    }

    fn insert(&mut self, after: Option<CharId>, first: CharId, text: &str) -> Result<Option<TextEdit>, Reject> {
        if text.is_empty() || !is_line(text) {
            return Err(Reject::BadText);
        }
        let added = len(text);
        if self.chars().saturating_add(added) as usize > CARD_CHARS_MAX {
            return Err(Reject::TextFull);
        }
        if self.ever().saturating_add(added) as usize > CARD_CHARS_EVER_MAX {
            return Err(Reject::TextWorn);
        }
        let end = first.n.checked_add(added).ok_or(Reject::OutOfRange)?;
        let taken = |run: &Run| {
            run.first.client == first.client && run.first.n < end && first.n < run.first.n.saturating_add(run.len())
        };
        if self.runs.iter().any(taken) {
            return Err(Reject::IdTaken);
        }
        let at = match after {
            None => 0,
            Some(id) => self.cut_after(id).ok_or(Reject::NoCharacter)?,
        };
        self.runs.insert(at, Run { first, life: Life::Alive, chars: text.to_owned() });
        self.join();
        Ok(Some(TextEdit::Delete { spans: vec![Span { first, len: added }] }))
    }

    /// Cuts the run that has `id` behind it; the index at which a new run follows it.
    fn cut_after(&mut self, id: CharId) -> Option<usize> {
        let (index, place) = self.find(id)?;
        let run = self.runs.get_mut(index)?;
        if place + 1 < run.len() {
            let rest = run.split_off(place + 1);
            self.runs.insert(index + 1, rest);
        }
        Some(index + 1)
    }

    /// Whether this character has a place here, deleted or not.
    pub fn had(&self, id: CharId) -> bool {
        self.find(id).is_some()
    }

    fn find(&self, id: CharId) -> Option<(usize, u32)> {
        self.runs.iter().enumerate().find_map(|(index, run)| run.place(id).map(|place| (index, place)))
    }

    /// Gives the characters of `spans` another life; which ones had not got it yet.
    fn set_life(&mut self, spans: &[Span], life: Life) -> Result<Vec<Span>, Reject> {
        let named: u64 = spans.iter().map(|span| u64::from(span.len)).sum();
        if spans.len() > SPANS_MAX || named > CARD_CHARS_EVER_MAX as u64 {
            return Err(Reject::OutOfRange);
        }
        if !spans.iter().all(|span| self.has(*span)) {
            return Err(Reject::NoCharacter);
        }
        let mut changed: Vec<Span> = Vec::new();
        for span in spans {
            let mut index = 0;
            while index < self.runs.len() {
                self.isolate(index, *span);
                if let Some(run) = self.runs.get_mut(index)
                    && run.life != life
                    && within(run, *span)
                {
                    run.life = life;
                    changed.push(Span { first: run.first, len: run.len() });
                }
                index += 1;
            }
        }
        self.join();
        Ok(changed)
    }

    /// Whether every character of the span has a place here.
    fn has(&self, span: Span) -> bool {
        let end = u64::from(span.first.n) + u64::from(span.len);
        let found: u64 = self
            .runs
            .iter()
            .filter(|run| run.first.client == span.first.client)
            .map(|run| {
                let run_end = u64::from(run.first.n) + u64::from(run.len());
                run_end.min(end).saturating_sub(u64::from(run.first.n.max(span.first.n)))
            })
            .sum();
        span.len > 0 && found == u64::from(span.len)
    }

    /// Cuts the run at `index` at the borders of the span, so that it is wholly inside or wholly outside.
    fn isolate(&mut self, index: usize, span: Span) {
        let Some(run) = self.runs.get_mut(index) else { return };
        if run.first.client != span.first.client {
            return;
        }
        let end = span.first.n.saturating_add(span.len);
        let cut =
            [span.first.n, end].into_iter().find(|n| *n > run.first.n && *n < run.first.n.saturating_add(run.len()));
        if let Some(cut) = cut {
            let rest = run.split_off(cut - run.first.n);
            self.runs.insert(index + 1, rest);
        }
    }

    /// Makes runs of what stands together again: the same text always has the same runs.
    fn join(&mut self) {
        let mut joined: Vec<Run> = Vec::with_capacity(self.runs.len());
        for run in self.runs.drain(..) {
            match joined.last_mut() {
                Some(before) if run.continues(before) => before.chars.push_str(&run.chars),
                _ => joined.push(run),
            }
        }
        self.runs = joined;
    }
}

fn within(run: &Run, span: Span) -> bool {
    run.first.client == span.first.client
        && run.first.n >= span.first.n
        && u64::from(run.first.n) + u64::from(run.len()) <= u64::from(span.first.n) + u64::from(span.len)
}

#[cfg(test)]
mod tests;
