//! The one function that changes a board. Each branch checks everything before it changes anything.

use std::mem::replace;
use std::sync::Arc;

use super::{Board, BoardOp, Card, Kept, Line, Member};
use crate::access::By;
use crate::doc::{Model, Reject, Stamp};
use crate::ids::{CardId, CharId, NoteId, OpId, PersonId};
use crate::limits::PEOPLE_MAX;
use crate::text::{Text, TextEdit, is_name};

mod dots;
mod graph;
mod group;
mod help;
mod notes;
mod one_two_four;
mod roles;
mod words;

/// What an operation gives: the one that undoes it, where it changed something.
type Undo = Result<Option<BoardOp>, Reject>;

impl Model for Board {
    type Op = BoardOp;

    fn apply(&mut self, stamp: &Stamp, op: &BoardOp) -> Undo {
        if op.is_servers() && stamp.by != By::Server {
            return Err(Reject::Forbidden);
        }
        let added = self.added_by(op);
        self.takes(stamp.by, added)?;
        let undo = self.act(stamp, op)?;
        self.has_taken(added);
        Ok(undo)
    }

    fn holds(&self, id: OpId, op: &BoardOp) -> bool {
        let had = |text: Option<&Text>, edit: &TextEdit| match edit {
            TextEdit::Insert { start, .. } => {
                let first = CharId { client: id.client, n: *start };
                text.is_some_and(|text| text.had(first))
            }
            _ => true,
        };
        match op {
            BoardOp::AddCard { .. } | BoardOp::Reveal { .. } => self.get(CardId::from(id)).is_some(),
            BoardOp::AddNote { .. } => self.notes.contains_key(&NoteId::from(id)),
            BoardOp::EditText { card, edit } => had(self.get(*card).map(|card| &card.text), edit),
            BoardOp::EditLine { card, line, edit } => had(self.get(*card).map(|card| card.line(*line)), edit),
            BoardOp::EditPair { step, pair, edit } => had(self.pair(*step, *pair).map(|pair| &pair.draft), edit),
            BoardOp::EditNote { note, edit } => had(self.notes.get(note).map(|note| &note.text), edit),
            _ => true,
        }
    }

    crate::docs::model_ops!(Board);
}

impl Board {
    fn act(&mut self, stamp: &Stamp, op: &BoardOp) -> Undo {
        match op {
            BoardOp::AddCard { parent, place, text, start } => {
                let text = Text::new(stamp.id.client, *start, text)?;
                self.add(stamp, *parent, *place, text)
            }
            BoardOp::EditText { card, edit } => self.edit_text(stamp, *card, edit),
            BoardOp::MoveCard { card, parent, place } => self.move_card(*card, *parent, *place),
            BoardOp::RemoveCard { card } => self.remove_card(stamp, *card),
            BoardOp::RestoreCard { card } => self.restore_card(*card),
            BoardOp::SetStar { card, star } => {
                let was = replace(&mut self.cause(*card)?.star, *star);
                Ok((was != *star).then_some(BoardOp::SetStar { card: *card, star: was }))
            }
            BoardOp::SetMark { card, mark } => {
                let was = replace(&mut self.cause(*card)?.mark, *mark);
                Ok((was != *mark).then_some(BoardOp::SetMark { card: *card, mark: was }))
            }
            BoardOp::SetReach { card, reach } => {
                let was = replace(&mut self.cause(*card)?.reach, *reach);
                Ok((was != *reach).then_some(BoardOp::SetReach { card: *card, reach: was }))
            }
            BoardOp::SetStop { card, stop } => {
                let was = replace(&mut self.cause(*card)?.stop, *stop);
                Ok((was != *stop).then_some(BoardOp::SetStop { card: *card, stop: was }))
            }
            BoardOp::SetMember { person, member } => self.set_member(stamp, *person, member),
            BoardOp::LinkCard { card, under } => self.link(*card, *under),
            BoardOp::UnlinkCard { card, under } => self.unlink(*card, *under),
            BoardOp::MergeCard { card, into } => self.merge(*card, *into),
            BoardOp::EditLine { card, line, edit } => self.edit_line(stamp, *card, *line, edit),
            BoardOp::ReadLink { card, under, answer } => self.read_link(stamp, *card, *under, *answer),
            BoardOp::PutLane { lane, name } => self.put_lane(stamp, *lane, name),
            BoardOp::SetLane { card, lane } => self.set_lane(*card, *lane),
            BoardOp::React { card, reaction, given } => self.react(stamp, *card, *reaction, *given),
            BoardOp::AddNote { on, text, start } => self.add_note(stamp, *on, text, *start),
            BoardOp::EditNote { note, edit } => self.edit_note(stamp, *note, edit),
            BoardOp::RemoveNote { note } => self.keep_note(*note, Kept::RemovedBy(stamp.by)),
            BoardOp::RestoreNote { note } => self.keep_note(*note, Kept::Yes),
            BoardOp::SeeMyself { note, given } => self.see_myself(stamp, *note, *given),
            BoardOp::RaiseHand => self.raise_hand(stamp),
            BoardOp::LowerHand { of } => self.lower_hand(*of),
            BoardOp::Call { card, what } => self.call_to(stamp, *card, *what),
            BoardOp::OpenVote => self.open_vote(stamp),
            BoardOp::CloseVote { vote } => self.close_vote(stamp, *vote),
            BoardOp::CountVote { vote, ballots, votes } => self.count_vote(*vote, *ballots, votes),
            BoardOp::TakeTurns => self.take_turns(stamp),
            BoardOp::PassTurn { of, how } => self.pass_turn(stamp, *of, *how),
            BoardOp::GiveRoles { roles } => self.give_roles(roles),
            BoardOp::CallHelp { given } => self.call_help(stamp, *given),
            BoardOp::AnswerHelp { call, heard } => self.answer_help(stamp, *call, *heard),
            BoardOp::Nudge { text } => self.nudge(stamp, text),
            BoardOp::AnswerNudge { nudge, reply } => self.reply(stamp.by, *nudge, *reply),
            BoardOp::OpenDots { .. } | BoardOp::CloseDots { .. } | BoardOp::CountDots { .. } => self.dots(stamp, op),
            BoardOp::Reveal { author, text } => self.reveal(stamp, *author, text),
            BoardOp::FormPairs { step } => self.form_pairs(*step),
            BoardOp::EditPair { step, pair, edit } => self.edit_pair(stamp, *step, *pair, edit),
            BoardOp::TakePair { step, pair, start } => self.take_pair(stamp, *step, *pair, *start),
            BoardOp::ChooseForAll { step, card } => self.choose_for_all(*step, *card),
        }
    }
}

fn not_theme(card: CardId) -> Result<CardId, Reject> {
    if card == CardId::THEME { Err(Reject::IsTheme) } else { Ok(card) }
}

impl Board {
    /// The card, to be changed. Others who hold this board's earlier state keep it.
    fn change(&mut self, id: CardId) -> Result<&mut Card, Reject> {
        self.cards.get_mut(&id).map(Arc::make_mut).ok_or(Reject::NoCard(id))
    }

    /// The card, which is not the theme, to be changed.
    fn cause(&mut self, id: CardId) -> Result<&mut Card, Reject> {
        self.change(not_theme(id)?)
    }

    fn there(&self, id: CardId) -> Result<&Card, Reject> {
        self.get(id).ok_or(Reject::NoCard(id))
    }

    fn set_member(&mut self, stamp: &Stamp, person: PersonId, member: &Member) -> Undo {
        if !is_name(&member.name) {
            return Err(Reject::BadText);
        }
        if self.members.len() >= PEOPLE_MAX && !self.members.contains_key(&person) {
            return Err(Reject::DocFull);
        }
        let before = self.members.insert(person, member.clone());
        if before.is_none_or(|before| before.seated != member.seated) {
            self.seat_in_turns(stamp, person, member.seated);
        }
        Ok(None)
    }

    fn edit_line(&mut self, stamp: &Stamp, id: CardId, line: Line, edit: &TextEdit) -> Undo {
        let card = self.cause(id)?;
        let text = match line {
            Line::Evidence => &mut card.evidence,
            Line::StopReason => &mut card.stop_reason,
        };
        let undo = text.apply(stamp.id.client, edit)?;
        Ok(undo.map(|edit| BoardOp::EditLine { card: id, line, edit }))
    }
}
