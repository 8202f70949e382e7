//! One's own steps, to be undone and done again. Others' steps are theirs.

use shared::CardId;
use shared::docs::board::BoardOp;
use shared::limits::UNDO_STEPS_MAX;

/// Operations under one key are one step: a sentence typed is undone as a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StepKey(pub u32);

#[derive(Clone, Debug)]
struct Step {
    key: Option<StepKey>,
    /// What undoes it, first thing first.
    inverse: Vec<BoardOp>,
}

/// A step that was undone or done again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turned {
    /// The card that it was about, if it was about one.
    pub card: Option<CardId>,
}

/// Does an operation and gives what undoes it, if anything happened.
pub type Act<'a> = &'a mut dyn FnMut(BoardOp) -> Option<BoardOp>;

/// The steps of this tab at one board.
#[derive(Clone, Default, Debug)]
pub struct UndoStack {
    done: Vec<Step>,
    undone: Vec<Vec<BoardOp>>,
}

impl UndoStack {
    /// Remembers what undoes an operation that was just done.
    pub fn remember(&mut self, inverse: BoardOp, key: Option<StepKey>) {
        self.undone.clear();
        match self.done.last_mut() {
            Some(step) if key.is_some() && step.key == key => step.inverse.insert(0, inverse),
            _ => self.done.push(Step { key, inverse: vec![inverse] }),
        }
        if self.done.len() > UNDO_STEPS_MAX {
            self.done.remove(0);
        }
    }

    /// The last step, to be undone with `act`, which gives what undoes each operation in turn. What it was about, if there was
    /// anything left of it to undo.
    pub fn undo(&mut self, act: Act<'_>) -> Option<Turned> {
        let back = turn(self.done.pop()?.inverse, act);
        let turned = about(&back)?;
        self.undone.push(back);
        Some(turned)
    }

    /// The last step undone, to be done again; likewise.
    pub fn redo(&mut self, act: Act<'_>) -> Option<Turned> {
        let inverse = turn(self.undone.pop()?, act);
        let turned = about(&inverse)?;
        self.done.push(Step { key: None, inverse });
        Some(turned)
    }

    /// Whether there is something to undo, and to do again.
    pub fn can(&self) -> (bool, bool) {
        (!self.done.is_empty(), !self.undone.is_empty())
    }
}

/// What operations that were done were about; nothing, if none was.
fn about(ops: &[BoardOp]) -> Option<Turned> {
    ops.first()?;
    Some(Turned { card: ops.iter().find_map(BoardOp::card) })
}

fn turn(ops: Vec<BoardOp>, act: Act<'_>) -> Vec<BoardOp> {
    let mut back: Vec<BoardOp> = ops.into_iter().filter_map(act).collect();
    back.reverse();
    back
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(n: u32) -> CardId {
        CardId { n, ..CardId::THEME }
    }

    fn flip(op: BoardOp) -> Option<BoardOp> {
        match op {
            BoardOp::RemoveCard { card } => Some(BoardOp::RestoreCard { card }),
            BoardOp::RestoreCard { card } => Some(BoardOp::RemoveCard { card }),
            _ => None,
        }
    }

    #[test]
    fn one_key_is_one_step_and_comes_back_in_order() {
        let mut stack = UndoStack::default();
        stack.remember(BoardOp::RemoveCard { card: card(1) }, Some(StepKey(1)));
        stack.remember(BoardOp::RemoveCard { card: card(2) }, Some(StepKey(1)));
        stack.remember(BoardOp::RemoveCard { card: card(3) }, Some(StepKey(2)));
        let mut seen = Vec::new();
        stack.undo(&mut |op| {
            seen.push(op.card().unwrap().n);
            flip(op)
        });
        stack.undo(&mut |op| {
            seen.push(op.card().unwrap().n);
            flip(op)
        });
        assert_eq!(seen, [3, 2, 1]);
        assert_eq!(stack.can(), (false, true));
        seen.clear();
        stack.redo(&mut |op| {
            seen.push(op.card().unwrap().n);
            flip(op)
        });
        assert_eq!(seen, [1, 2]);
        assert_eq!(stack.can(), (true, true));
    }

    #[test]
    fn a_new_step_ends_what_could_be_done_again() {
        let mut stack = UndoStack::default();
        stack.remember(BoardOp::RemoveCard { card: card(1) }, None);
        stack.undo(&mut flip);
        stack.remember(BoardOp::RemoveCard { card: card(2) }, None);
        assert_eq!(stack.can(), (true, false));
    }
}
