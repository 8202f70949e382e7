//! What is done to a card, and how it is told: every command says what happened, and removing offers the way back.

use shared::docs::board::{Board, BoardOp, Card, Kept, Mark, Place, Reach, StarFor, Stop};
use shared::{CardId, Reject};

use super::marks::{mark_word, reach_word};
use super::screen::{self, From};
use super::state::{BoardState, Offer};
use crate::i18n::{self, fill};
use crate::store::Turned;

/// Up or down among the causes of the same effect.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

/// The beginning of a sentence, for a message or a heading.
pub fn quote(text: &str) -> String {
    const LONG: usize = 24;
    let mut quoted: String = text.chars().take(LONG).collect();
    if text.chars().nth(LONG).is_some() {
        quoted.push('…');
    }
    quoted
}

impl BoardState {
    /// The beginning of a card's text; untracked.
    pub fn quoted(self, card: CardId) -> String {
        let text = self.board.read(|board| board.get(card).map(|card| card.text.read())).flatten();
        quote(&text.unwrap_or_default())
    }

    pub(super) fn act(self, op: BoardOp, done: &str, undo: Offer) {
        if !self.may_write() {
            return;
        }
        match self.board.act_on(op) {
            Ok(()) => self.say(done.to_owned(), undo),
            Err(why) => self.refuse(why),
        }
    }

    pub(super) fn refuse(self, why: Reject) {
        self.say(i18n::reject(self.texts(), why), Offer::Nothing);
    }

    /// Stars a card as a root cause or as the place to act, or takes that star away.
    pub fn star(self, card: CardId, what: StarFor) {
        let t = &self.texts().board;
        let star = self.board.card(card).with_untracked(|card| card.star).toggled(what);
        let done = match (star.is_for(what), what) {
            (true, StarFor::RootCause) => t.said_starred,
            (true, StarFor::PlaceToAct) => t.said_starred_to_act,
            (false, _) => t.said_unstarred,
        };
        self.act(BoardOp::SetStar { card, star }, done, Offer::Nothing);
    }

    /// Marks a card, or takes the mark away when it has it already.
    pub fn mark(self, card: CardId, mark: Mark) {
        let t = &self.texts().board;
        let now = self.board.card(card).with_untracked(|card| card.mark);
        if now == Some(mark) {
            self.act(BoardOp::SetMark { card, mark: None }, t.said_unmarked, Offer::Nothing);
        } else {
            let done = fill(t.said_marked, &[("mark", mark_word(self.texts(), mark))]);
            self.act(BoardOp::SetMark { card, mark: Some(mark) }, &done, Offer::Nothing);
        }
    }

    /// Says who can act on a cause, or takes that away when it is said already.
    pub fn reach(self, card: CardId, reach: Reach) {
        let t = self.texts();
        let now = self.board.card(card).with_untracked(|card| card.reach);
        if now == Some(reach) {
            self.act(BoardOp::SetReach { card, reach: None }, t.board.said_unmarked, Offer::Nothing);
        } else {
            let done = fill(t.craft.said_reach, &[("reach", reach_word(t, reach))]);
            self.act(BoardOp::SetReach { card, reach: Some(reach) }, &done, Offer::Nothing);
        }
    }

    /// Says why the group asks no further here, or takes that away when it is said already.
    pub fn stop(self, card: CardId, stop: Stop) {
        let t = &self.texts().craft;
        let now = self.board.card(card).with_untracked(|card| card.stop);
        let (stop, done) = if now == Some(stop) { (None, t.said_unstopped) } else { (Some(stop), t.said_stopped) };
        self.act(BoardOp::SetStop { card, stop }, done, Offer::Nothing);
    }

    /// Removes a card with its branch; the card above is chosen.
    pub fn remove(self, card: CardId) {
        let Some(parent) = self.parent(card) else { return self.refuse(Reject::IsTheme) };
        let branch = self.board.read(|board| below(board, card)).unwrap_or(0);
        let t = &self.texts().board;
        let done = if branch == 0 { t.said_removed } else { t.said_removed_branch };
        let done = fill(done, &[("text", &self.quoted(card)), ("n", &branch.to_string())]);
        let next = self.beside(card).unwrap_or(parent);
        self.act(BoardOp::RemoveCard { card }, &done, Offer::Undo);
        if !self.is_seen(card) {
            if self.root.get_untracked() == card {
                self.root.set(parent);
            }
            self.choose(next);
        }
    }

    /// Brings a removed card back, and whatever above it was removed.
    pub fn restore(self, card: CardId) {
        let removed: Vec<CardId> = self
            .board
            .read(|board| board.path(card).filter(|(_, card)| !is_kept(card)).map(|(id, _)| id).collect())
            .unwrap_or_default();
        let done = self.texts().board.said_restored;
        removed.into_iter().for_each(|card| self.act(BoardOp::RestoreCard { card }, done, Offer::Nothing));
        // A field looks after its own focus.
        if self.writing.get_untracked().is_none() {
            self.reveal(card);
        }
    }

    /// Moves a card, with its branch, under another one, behind what is there.
    pub fn move_under(self, card: CardId, parent: CardId) {
        let done = fill(self.texts().board.said_moved, &[("text", &self.quoted(parent))]);
        self.act(BoardOp::MoveCard { card, parent, place: Place::Last }, &done, Offer::Undo);
        self.reveal(card);
    }

    /// Moves a card past its neighbour.
    pub fn shift(self, card: CardId, step: Step) {
        let siblings = self.siblings(card);
        if self.parent(card).is_none() {
            return self.refuse(Reject::IsTheme);
        }
        let Some(at) = siblings.iter().position(|id| *id == card) else { return };
        let t = &self.texts().board;
        let (next, done, end) = match step {
            Step::Up => (at.checked_sub(1), t.said_up, t.said_is_first),
            Step::Down => (at.checked_add(1), t.said_down, t.said_is_last),
        };
        match next.and_then(|next| siblings.get(next)) {
            Some(next) => self.put_beside(card, *next, step, done, Offer::Nothing),
            None => return self.say(end.to_owned(), Offer::Nothing),
        }
        self.choose(card);
    }

    /// Moves a card, with its branch, beside another one, under the same effect: above or below it on the screen.
    pub fn move_beside(self, card: CardId, other: CardId, step: Step) {
        let Some(parent) = self.parent(other) else { return self.refuse(Reject::IsTheme) };
        let t = &self.texts().board;
        let (done, of) = match step {
            _ if self.parent(card) != Some(parent) => (t.said_moved, parent),
            Step::Up => (t.said_above, other),
            Step::Down => (t.said_below, other),
        };
        self.put_beside(card, other, step, &fill(done, &[("text", &self.quoted(of))]), Offer::Undo);
        self.reveal(card);
    }

    /// The place beside another card; on the first level its lane too, for lanes come before any other order.
    fn put_beside(self, card: CardId, other: CardId, step: Step, done: &str, undo: Offer) {
        let Some(parent) = self.parent(other).filter(|_| self.may_write()) else { return };
        let mut siblings = self.siblings(other);
        siblings.retain(|id| *id != card);
        let at = siblings.iter().position(|id| *id == other).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| siblings.get(before));
        let place = match step {
            Step::Up => before.map_or(Place::First, |id| Place::After(*id)),
            Step::Down => Place::After(other),
        };
        let key = Some(self.board.step());
        if let Err(why) = self.board.act_in(BoardOp::MoveCard { card, parent, place }, key) {
            return self.refuse(why);
        }
        let lane = |board: &Board| {
            let (now, there) = (board.lane_of(card), board.lane_of(other));
            (now != there).then(|| there.map(|(lane, _)| lane))
        };
        if let Some(lane) = self.board.read(lane).flatten() {
            // The card is on the first level now, and the lane is the other one's.
            let _ = self.board.act_in(BoardOp::SetLane { card, lane }, key);
        }
        self.say(done.to_owned(), undo);
    }

    /// The causes beside a card and the card, in order.
    pub(super) fn siblings(self, card: CardId) -> Vec<CardId> {
        let read = |board: &Board| {
            let parent = board.home(card)?;
            Some(board.children(parent).map(|(id, _)| id).collect())
        };
        self.board.read(read).flatten().unwrap_or_default()
    }

    fn beside(self, card: CardId) -> Option<CardId> {
        let siblings = self.siblings(card);
        let at = siblings.iter().position(|id| *id == card)?;
        siblings.get(at + 1).or_else(|| siblings.get(at.checked_sub(1)?)).copied()
    }

    /// Undoes one's own last step.
    pub fn undo(self) {
        if self.writing.get_untracked().is_some() {
            return;
        }
        let t = &self.texts().board;
        self.turned(self.board.undo(), t.said_undone, t.said_nothing_to_undo);
    }

    /// Does it again.
    pub fn redo(self) {
        if self.writing.get_untracked().is_some() {
            return;
        }
        let t = &self.texts().board;
        self.turned(self.board.redo(), t.said_redone, t.said_nothing_to_redo);
    }

    /// Goes to the card that was turned, or to what is left above it.
    fn turned(self, turned: Option<Turned>, done: &str, nothing: &str) {
        self.say(if turned.is_some() { done } else { nothing }.to_owned(), Offer::Nothing);
        let Some(there) = turned.and_then(|turned| turned.card).map(|card| self.left_of(card)) else { return };
        self.open_way(there);
        self.chosen.set(there);
        screen::focus_soon(there, From::AllButBar);
    }
}

fn is_kept(card: &Card) -> bool {
    card.kept == Kept::Yes
}

/// Cards that can be seen below a card.
pub fn below(board: &Board, card: CardId) -> usize {
    let mut left = vec![card];
    let mut count = 0;
    while let Some(id) = left.pop() {
        let before = left.len();
        left.extend(board.children(id).map(|(child, _)| child));
        count += left.len() - before;
    }
    count
}
