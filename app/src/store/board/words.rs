//! Words on a board that a field can be opened in, and those that the server did not take.

use shared::docs::board::{Board, BoardOp, Line};
use shared::replica::Pending;
use shared::text::{Text, TextEdit};
use shared::{CardId, NoteId, OpId, PairId, StepId};

/// Where words stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Words {
    /// On a card, or the theme.
    Card(CardId),
    /// On a line that belongs to a card.
    Line(CardId, Line),
    /// On a note.
    Note(NoteId),
    /// What a pair writes together.
    Pair(StepId, PairId),
}

impl Words {
    /// The operation that changes them.
    pub(super) const fn edit(self, edit: TextEdit) -> BoardOp {
        match self {
            Self::Card(card) => BoardOp::EditText { card, edit },
            Self::Line(card, line) => BoardOp::EditLine { card, line, edit },
            Self::Note(note) => BoardOp::EditNote { note, edit },
            Self::Pair(step, pair) => BoardOp::EditPair { step, pair, edit },
        }
    }

    /// The text, with its character ids.
    pub(super) fn read(self, board: &Board) -> Option<Text> {
        match self {
            Self::Card(card) => board.get(card).map(|card| card.text.clone()),
            Self::Line(card, line) => board.get(card).map(|card| card.line(line).clone()),
            Self::Note(note) => board.notes.get(&note).map(|note| note.text.clone()),
            Self::Pair(step, pair) => board.pair(step, pair).map(|pair| pair.draft.clone()),
        }
    }
}

/// Words that the server did not take.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::store) struct Untaken {
    pub(in crate::store) about: Words,
    pub(in crate::store) words: String,
}

impl Untaken {
    /// What operations carried that were refused while we could not hear it: they are not on the board any more. The letters of a
    /// card come together.
    pub(in crate::store) fn of(lost: &[Pending<BoardOp>]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for one in lost {
            let (Some(about), Some(text)) = (words_of(one.id, &one.op), brought(&one.op)) else { continue };
            match all.iter_mut().find(|known| known.about == about) {
                Some(known) => known.words.push_str(text),
                None => all.push(Self { about, words: text.to_owned() }),
            }
        }
        all
    }
}

/// The words that an operation brings.
fn brought(op: &BoardOp) -> Option<&str> {
    match op {
        BoardOp::AddCard { text, .. }
        | BoardOp::AddNote { text, .. }
        | BoardOp::EditText { edit: TextEdit::Insert { text, .. }, .. }
        | BoardOp::EditLine { edit: TextEdit::Insert { text, .. }, .. }
        | BoardOp::EditNote { edit: TextEdit::Insert { text, .. }, .. }
        | BoardOp::EditPair { edit: TextEdit::Insert { text, .. }, .. } => Some(text),
        _ => None,
    }
}

/// The words that an operation is about.
pub(super) fn words_of(id: OpId, op: &BoardOp) -> Option<Words> {
    Some(match op {
        BoardOp::AddCard { .. } => Words::Card(CardId::from(id)),
        BoardOp::EditText { card, .. } => Words::Card(*card),
        BoardOp::EditLine { card, line, .. } => Words::Line(*card, *line),
        BoardOp::AddNote { .. } => Words::Note(NoteId::from(id)),
        BoardOp::EditNote { note, .. } => Words::Note(*note),
        BoardOp::EditPair { step, pair, .. } => Words::Pair(*step, *pair),
        _ => return None,
    })
}

/// How many changes these are to who made them: the letters of a card are one.
pub(super) fn changes<'a>(ops: impl Iterator<Item = (OpId, &'a BoardOp)>) -> usize {
    let (mut abouts, mut others) = (Vec::new(), 0);
    for (id, op) in ops {
        match words_of(id, op) {
            Some(about) if !abouts.contains(&about) => abouts.push(about),
            Some(_) => {}
            None => others += 1,
        }
    }
    abouts.len() + others
}

#[cfg(test)]
mod tests {
    use shared::ClientId;
    use shared::docs::board::{Mark, Place};

    use super::*;

    #[test]
    fn a_card_and_its_letters_are_one_change() {
        let id = |n| OpId { client: ClientId::GENESIS, n };
        let card = CardId::from(id(1));
        let add = BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: "役".to_owned(), start: 0 };
        let edit =
            |card| BoardOp::EditText { card, edit: TextEdit::Insert { after: None, start: 9, text: "員".to_owned() } };
        let mark = BoardOp::SetMark { card, mark: Some(Mark::Guess) };
        let count = |ops: &[BoardOp]| changes(ops.iter().zip(1..).map(|(op, n)| (id(n), op)));
        assert_eq!(count(&[]), 0);
        assert_eq!(count(&[add.clone(), edit(card), edit(card)]), 1);
        assert_eq!(count(&[add.clone(), edit(CardId::THEME), edit(card), mark.clone()]), 3);
        assert_eq!(count(&[mark.clone(), mark]), 2);
    }
}
