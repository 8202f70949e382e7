//! The wording of a card, and how it came to be.

use super::Undo;
use crate::access::By;
use crate::doc::{Reject, Stamp};
use crate::docs::board::{Answer, Board, BoardOp, Given, History, Reaction, Reading};
use crate::ids::CardId;
use crate::limits::{EDITORS_MAX, SIGNS_EACH_MAX, WORDING_PAUSE_MS};
use crate::text::TextEdit;

impl Board {
    pub(super) fn edit_text(&mut self, stamp: &Stamp, id: CardId, edit: &TextEdit) -> Undo {
        let card = self.change(id)?;
        let first = card.history.ends_first_wording(stamp).then(|| card.text.read());
        let undo = card.text.apply(stamp.id.client, edit)?;
        card.history.note(stamp, card.by, first);
        Ok(undo.map(|edit| BoardOp::EditText { card: id, edit }))
    }

    pub(super) fn read_link(&mut self, stamp: &Stamp, id: CardId, under: CardId, answer: Option<Answer>) -> Undo {
        self.there(under)?;
        let readings = &mut self.cause(id)?.readings;
        let known = readings.iter().position(|reading| reading.under == under && reading.by == stamp.by);
        let was = match (known, answer) {
            (Some(at), None) => Some(readings.remove(at).answer),
            (Some(at), Some(answer)) => {
                let Some(reading) = readings.get_mut(at) else { return Err(Reject::NoCard(id)) };
                reading.at = stamp.at;
                Some(std::mem::replace(&mut reading.answer, answer))
            }
            (None, Some(_)) if readings.len() >= SIGNS_EACH_MAX => return Err(Reject::DocFull),
            (None, Some(answer)) => {
                readings.push(Reading { under, by: stamp.by, answer, at: stamp.at });
                None
            }
            (None, None) => None,
        };
        Ok((was != answer).then_some(BoardOp::ReadLink { card: id, under, answer: was }))
    }

    pub(super) fn react(&mut self, stamp: &Stamp, id: CardId, reaction: Reaction, given: Given) -> Undo {
        let reactions = &mut self.change(id)?.reactions;
        let undo = |given| Ok(Some(BoardOp::React { card: id, reaction, given }));
        let known = reactions.iter().position(|known| *known == (reaction, stamp.by));
        match (known, given) {
            (None, Given::Yes) if reactions.len() >= SIGNS_EACH_MAX => Err(Reject::DocFull),
            (None, Given::Yes) => {
                reactions.push((reaction, stamp.by));
                undo(Given::No)
            }
            (Some(at), Given::No) => {
                reactions.remove(at);
                undo(Given::Yes)
            }
            _ => Ok(None),
        }
    }
}

impl History {
    /// Whether the wording before this change is the first that was finished.
    fn ends_first_wording(&self, stamp: &Stamp) -> bool {
        let finished =
            self.last.is_some_and(|(by, at)| by != stamp.by || stamp.at.0.saturating_sub(at.0) >= WORDING_PAUSE_MS);
        finished && self.first.is_none()
    }

    /// Remembers a change by somebody.
    fn note(&mut self, stamp: &Stamp, author: By, first: Option<String>) {
        // A card that was empty had no wording yet.
        self.first = self.first.take().or(first.filter(|text| !text.trim().is_empty()));
        self.last = Some((stamp.by, stamp.at));
        if stamp.by != author && !self.editors.contains(&stamp.by) && self.editors.len() < EDITORS_MAX {
            self.editors.push(stamp.by);
        }
    }
}
