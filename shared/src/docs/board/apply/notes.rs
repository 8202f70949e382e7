//! Notes and lanes.

use std::mem::replace;
use std::sync::Arc;

use super::Undo;
use crate::doc::{Reject, Stamp};
use crate::docs::board::{Board, BoardOp, Given, Kept, Lane, Note, NoteOn};
use crate::ids::{CardId, LaneId, NoteId};
use crate::limits::{LANE_CHARS_MAX, LANES_MAX, NOTES_MAX, SIGNS_EACH_MAX};
use crate::text::{Text, TextEdit, is_line};

impl Board {
    fn note(&mut self, id: NoteId) -> Result<&mut Note, Reject> {
        self.notes.get_mut(&id).map(Arc::make_mut).ok_or(Reject::NoNote(id))
    }

    pub(super) fn add_note(&mut self, stamp: &Stamp, on: NoteOn, text: &str, start: u32) -> Undo {
        let id = NoteId::from(stamp.id);
        if self.notes.contains_key(&id) {
            return Err(Reject::IdTaken);
        }
        if self.notes.len() >= NOTES_MAX {
            return Err(Reject::DocFull);
        }
        if let NoteOn::Card(card) = on {
            self.there(card)?;
        }
        let text = Text::new(stamp.id.client, start, text)?;
        let note = Note { on, text, by: stamp.by, at: stamp.at, kept: Kept::Yes, seen_by: Vec::new() };
        self.notes.insert(id, Arc::new(note));
        Ok(Some(BoardOp::RemoveNote { note: id }))
    }

    pub(super) fn edit_note(&mut self, stamp: &Stamp, id: NoteId, edit: &TextEdit) -> Undo {
        let undo = self.note(id)?.text.apply(stamp.id.client, edit)?;
        Ok(undo.map(|edit| BoardOp::EditNote { note: id, edit }))
    }

    pub(super) fn keep_note(&mut self, id: NoteId, kept: Kept) -> Undo {
        let was = replace(&mut self.note(id)?.kept, kept);
        Ok(match (was == Kept::Yes, kept == Kept::Yes) {
            (true, false) => Some(BoardOp::RestoreNote { note: id }),
            (false, true) => Some(BoardOp::RemoveNote { note: id }),
            _ => None,
        })
    }

    pub(super) fn see_myself(&mut self, stamp: &Stamp, id: NoteId, given: Given) -> Undo {
        let seen_by = &mut self.note(id)?.seen_by;
        let undo = |given| Ok(Some(BoardOp::SeeMyself { note: id, given }));
        match (seen_by.iter().position(|by| *by == stamp.by), given) {
            (None, Given::Yes) if seen_by.len() >= SIGNS_EACH_MAX => Err(Reject::DocFull),
            (None, Given::Yes) => {
                seen_by.push(stamp.by);
                undo(Given::No)
            }
            (Some(at), Given::No) => {
                seen_by.remove(at);
                undo(Given::Yes)
            }
            _ => Ok(None),
        }
    }

    pub(super) fn put_lane(&mut self, stamp: &Stamp, lane: Option<LaneId>, name: &str) -> Undo {
        if !is_line(name) || name.chars().count() > LANE_CHARS_MAX {
            return Err(Reject::BadText);
        }
        let id = lane.unwrap_or(LaneId::from(stamp.id));
        let full = self.lanes.len() >= LANES_MAX;
        let was = match (lane, self.lanes.get_mut(&id)) {
            (Some(_), Some(known)) => replace(&mut known.name, name.to_owned()),
            (Some(id), None) => return Err(Reject::NoLane(id)),
            (None, Some(_)) => return Err(Reject::IdTaken),
            (None, None) if full => return Err(Reject::DocFull),
            (None, None) => {
                self.lanes.insert(id, Lane { name: name.to_owned() });
                String::new()
            }
        };
        Ok((was != name).then_some(BoardOp::PutLane { lane: Some(id), name: was }))
    }

    pub(super) fn set_lane(&mut self, id: CardId, lane: Option<LaneId>) -> Undo {
        if let Some(lane) = lane.filter(|lane| !self.lanes.contains_key(lane)) {
            return Err(Reject::NoLane(lane));
        }
        let was = replace(&mut self.cause(id)?.lane, lane);
        Ok((was != lane).then_some(BoardOp::SetLane { card: id, lane: was }))
    }
}
