//! What a doc weighs, in bytes as it is sent, and what makes it heavier: where memory is short, docs that have more than their share do not
//! grow.

use shared::Op;
use shared::docs::tray::TrayOp;
use shared::text::TextEdit;

/// After so many bytes were sent a doc that may be large is weighed again.
const WEIGH_AGAIN: usize = 16 * 1024;

/// What it weighs.
pub(super) struct Weight {
    /// When it was weighed.
    bytes: usize,
    /// What was sent since.
    since: usize,
}

impl Weight {
    pub(super) const fn new(bytes: usize) -> Self {
        Self { bytes, since: 0 }
    }

    /// So much was sent.
    pub(super) const fn add(&mut self, bytes: usize) {
        self.since = self.since.saturating_add(bytes);
    }

    /// Whether it is too much; weighed again if that may have come since.
    pub(super) fn is_too_much(&mut self, weigh: impl FnOnce() -> usize, is_large: impl Fn(usize) -> bool) -> bool {
        // What came since may weigh much less in the doc than on its way.
        if self.since >= WEIGH_AGAIN && is_large(self.bytes.saturating_add(self.since)) {
            *self = Self::new(weigh());
        }
        is_large(self.bytes)
    }
}

/// Whether a doc may take much more memory when many of these are done. What the lead does to people and steps does not, nor what takes
/// something away, calls for help or marks: that can be done at any time.
pub(super) fn grows(op: &Op) -> bool {
    use shared::docs::board::BoardOp::{
        AddCard, AddNote, EditLine, EditNote, EditPair, EditText, LinkCard, PutLane, React, ReadLink, TakePair,
    };
    match op {
        Op::Board(EditText { edit, .. } | EditLine { edit, .. } | EditNote { edit, .. } | EditPair { edit, .. }) => {
            matches!(edit, TextEdit::Insert { .. })
        }
        Op::Board(
            AddCard { .. }
            | AddNote { .. }
            | LinkCard { .. }
            | PutLane { .. }
            | React { .. }
            | ReadLink { .. }
            | TakePair { .. },
        ) => true,
        Op::Tray(op) => !op.is_servers() && !matches!(op, TrayOp::TakeBackSlip { .. }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use shared::docs::board::{BoardOp, Line, Mark, NoteOn, Place};
    use shared::docs::workshop::Names;
    use shared::{CardId, ClientId, NoteId, OpId, PairId, SlipId, StepId, VoteId};

    use super::*;

    const ID: OpId = OpId { client: ClientId::GENESIS, n: 1 };

    /// An edit of each text that there is.
    fn edits(edit: &TextEdit) -> [BoardOp; 4] {
        let edit = || edit.clone();
        [
            BoardOp::EditText { card: CardId::THEME, edit: edit() },
            BoardOp::EditLine { card: CardId::THEME, line: Line::Evidence, edit: edit() },
            BoardOp::EditNote { note: NoteId::from(ID), edit: edit() },
            BoardOp::EditPair { step: StepId { client: ClientId::GENESIS, n: 1 }, pair: PairId(1), edit: edit() },
        ]
    }

    #[test]
    fn letters_and_cards_make_a_board_heavier_and_taking_away_does_not() {
        let text = || "役員".to_owned();
        for op in edits(&TextEdit::Insert { after: None, start: 9, text: text() }) {
            assert!(grows(&Op::Board(op.clone())), "{op:?}");
        }
        for edit in [TextEdit::Delete { spans: Vec::new() }, TextEdit::Revive { spans: Vec::new() }] {
            for op in edits(&edit) {
                assert!(!grows(&Op::Board(op.clone())), "{op:?}");
            }
        }
        let add = BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: text(), start: 0 };
        let note = BoardOp::AddNote { on: NoteOn::Proposal, text: text(), start: 0 };
        let take = BoardOp::TakePair { step: StepId { client: ClientId::GENESIS, n: 1 }, pair: PairId(1), start: 0 };
        for op in [add, note, take] {
            assert!(grows(&Op::Board(op.clone())), "{op:?}");
        }
        let card = CardId::from(ID);
        for op in [BoardOp::RemoveCard { card }, BoardOp::SetMark { card, mark: Some(Mark::Guess) }, BoardOp::OpenVote]
        {
            assert!(!grows(&Op::Board(op.clone())), "{op:?}");
        }
    }

    #[test]
    fn a_card_of_the_silence_makes_a_tray_heavier_until_it_is_taken_back() {
        let slip = SlipId::from(ID);
        let put = TrayOp::PutSlip { text: "役員".to_owned(), names: Names::Hidden };
        let change = TrayOp::ChangeSlip { slip, text: "役員".to_owned() };
        for op in [put, change, TrayOp::CastBallot { vote: VoteId::from(ID), choices: Vec::new() }] {
            assert!(grows(&Op::Tray(op.clone())), "{op:?}");
        }
        for op in [TrayOp::TakeBackSlip { slip }, TrayOp::HandOver { slips: vec![slip] }] {
            assert!(!grows(&Op::Tray(op.clone())), "{op:?}");
        }
    }

    #[test]
    fn it_is_weighed_again_when_what_came_since_may_be_too_much() {
        let is_large = |bytes| bytes > 100_000;
        let mut weight = Weight::new(90_000);
        let never = || -> usize { panic!("it is not weighed for nothing") };
        weight.add(WEIGH_AGAIN - 1);
        assert!(!weight.is_too_much(never, is_large), "that little is no reason");
        weight.add(1);
        assert!(!weight.is_too_much(|| 95_000, is_large), "most of it was taken away again");
        weight.add(WEIGH_AGAIN);
        assert!(weight.is_too_much(|| 100_001, is_large));
        let mut light = Weight::new(10);
        light.add(50_000);
        assert!(!light.is_too_much(never, is_large), "even with all of it there is room");
    }
}
