//! The one function that changes a board. Each branch checks everything before it changes anything.

use std::sync::Arc;

use super::{Board, BoardOp, Card, Kept, Place, Star};
use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::ids::{CardId, CharId, OpId};
use crate::limits::{CARDS_MAX, DEPTH_MAX, PEOPLE_MAX};
use crate::text::{Text, TextEdit, is_name};

impl Model for Board {
    type Op = BoardOp;

    fn apply(&mut self, stamp: &Stamp, op: &BoardOp) -> Result<Option<BoardOp>, Reject> {
        match op {
            BoardOp::AddCard { parent, place, text, start } => {
                let text = Text::new(stamp.id.client, *start, text)?;
                self.add(stamp, *parent, *place, text)
            }
            BoardOp::EditText { card, edit } => {
                let undo = self.change(*card)?.text.apply(stamp.id.client, edit)?;
                Ok(undo.map(|edit| BoardOp::EditText { card: *card, edit }))
            }
            BoardOp::MoveCard { card, parent, place } => self.move_card(*card, *parent, *place),
            BoardOp::RemoveCard { card } => {
                let found = self.change(not_theme(*card)?)?;
                let was = std::mem::replace(&mut found.kept, Kept::RemovedBy(stamp.by));
                Ok((was == Kept::Yes).then_some(BoardOp::RestoreCard { card: *card }))
            }
            BoardOp::RestoreCard { card } => {
                let was = std::mem::replace(&mut self.change(not_theme(*card)?)?.kept, Kept::Yes);
                Ok((was != Kept::Yes).then_some(BoardOp::RemoveCard { card: *card }))
            }
            BoardOp::SetStar { card, star } => {
                let was = std::mem::replace(&mut self.change(not_theme(*card)?)?.star, *star);
                Ok((was != *star).then_some(BoardOp::SetStar { card: *card, star: was }))
            }
            BoardOp::SetMark { card, mark } => {
                let was = std::mem::replace(&mut self.change(not_theme(*card)?)?.mark, *mark);
                Ok((was != *mark).then_some(BoardOp::SetMark { card: *card, mark: was }))
            }
            BoardOp::SetMember { person, member } => {
                if stamp.by != By::Server {
                    return Err(Reject::Forbidden);
                }
                if !is_name(&member.name) {
                    return Err(Reject::BadText);
                }
                if self.members.len() >= PEOPLE_MAX && !self.members.contains_key(person) {
                    return Err(Reject::DocFull);
                }
                self.members.insert(*person, member.clone());
                Ok(None)
            }
        }
    }

    fn holds(&self, id: OpId, op: &BoardOp) -> bool {
        match op {
            BoardOp::AddCard { .. } => self.get(CardId::from(id)).is_some(),
            BoardOp::EditText { card, edit: TextEdit::Insert { start, .. } } => {
                let first = CharId { client: id.client, n: *start };
                self.get(*card).is_some_and(|card| card.text.had(first))
            }
            _ => true,
        }
    }

    crate::docs::model_ops!(Board);
}

fn not_theme(card: CardId) -> Result<CardId, Reject> {
    if card == CardId::THEME { Err(Reject::IsTheme) } else { Ok(card) }
}

impl Board {
    /// The card, to be changed. Others who hold this board's earlier state keep it.
    fn change(&mut self, id: CardId) -> Result<&mut Card, Reject> {
        self.cards.get_mut(&id).map(Arc::make_mut).ok_or(Reject::NoCard(id))
    }

    fn add(&mut self, stamp: &Stamp, parent: CardId, place: Place, text: Text) -> Result<Option<BoardOp>, Reject> {
        let id = CardId::from(stamp.id);
        if self.cards.contains_key(&id) {
            return Err(Reject::IdTaken);
        }
        if self.cards.len() >= CARDS_MAX {
            return Err(Reject::BoardFull);
        }
        if self.level(parent).ok_or(Reject::NoCard(parent))? >= DEPTH_MAX {
            return Err(Reject::TooDeep);
        }
        let card = Card {
            parent: Some(parent),
            children: Vec::new(),
            text,
            by: stamp.by,
            at: stamp.at,
            star: Star::None,
            mark: None,
            kept: Kept::Yes,
        };
        insert(&mut self.change(parent)?.children, id, place);
        self.cards.insert(id, Arc::new(card));
        Ok(Some(BoardOp::RemoveCard { card: id }))
    }

    fn move_card(&mut self, id: CardId, parent: CardId, place: Place) -> Result<Option<BoardOp>, Reject> {
        let from = self.get(not_theme(id)?).ok_or(Reject::NoCard(id))?.parent.ok_or(Reject::IsTheme)?;
        let level = self.level(parent).ok_or(Reject::NoCard(parent))?;
        if self.is_under(parent, id) {
            return Err(Reject::Cycle);
        }
        if level.saturating_add(self.height(id)) >= DEPTH_MAX {
            return Err(Reject::TooDeep);
        }
        let siblings = &mut self.change(from)?.children;
        let index = siblings.iter().position(|card| *card == id).ok_or(Reject::NoCard(id))?;
        siblings.remove(index);
        let back = match index.checked_sub(1).and_then(|before| siblings.get(before)) {
            Some(before) => Place::After(*before),
            None => Place::First,
        };
        insert(&mut self.change(parent)?.children, id, place);
        self.change(id)?.parent = Some(parent);
        Ok(Some(BoardOp::MoveCard { card: id, parent: from, place: back }))
    }
}

fn insert(siblings: &mut Vec<CardId>, id: CardId, place: Place) {
    let index = match place {
        Place::First => 0,
        Place::Last => siblings.len(),
        Place::After(sibling) => siblings.iter().position(|card| *card == sibling).map_or(siblings.len(), |at| at + 1),
    };
    siblings.insert(index, id);
}
