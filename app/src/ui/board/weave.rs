//! What is done to the shape of the tree beside adding and moving: cards between, in two, linked, merged; lanes.

use shared::docs::board::{Board, BoardOp, Place, StarFor};
use shared::text::Splice;
use shared::{CardId, LaneId, Reject};

use super::screen;
use super::state::{BoardState, Offer};
use crate::edit::Target;
use crate::i18n::fill;
use crate::store::{StepKey, Words};

impl BoardState {
    /// Opens a field for a card between this one and the one above it.
    pub fn write_between(self, card: CardId) {
        let Some(parent) = self.parent(card) else { return self.write_child(card) };
        let siblings = self.siblings(card);
        let before = siblings.iter().take_while(|id| **id != card).last();
        let place = before.map_or(Place::First, |id| Place::After(*id));
        self.open_above(Target::New(parent, place), parent, card);
    }

    /// The first word of a card made it between two: the lower one goes under it, in the same step.
    pub fn put_between(self, card: CardId, below: CardId, key: StepKey) {
        // Where it cannot go below any more it stays: others have moved it meanwhile.
        let _ = self.board.act_in(BoardOp::MoveCard { card: below, parent: card, place: Place::Last }, Some(key));
    }

    /// Splits a card at a place in its text; what follows becomes a card beside it.
    pub fn split(self, card: CardId, at: u32) {
        let (Some(parent), t) = (self.parent(card), &self.texts().craft) else { return };
        let text = self.board.text(Words::Card(card));
        let tail: String = text.read().chars().skip(at as usize).collect();
        if at == 0 || tail.trim().is_empty() {
            return self.say(t.said_cannot_split.to_owned(), Offer::Nothing);
        }
        let key = Some(self.board.step());
        match self.board.add(parent, Place::After(card), tail.trim(), key) {
            Ok(made) => {
                let delete = Splice { at, delete: text.chars().saturating_sub(at), insert: String::new() };
                self.board.edit(Words::Card(card), text.splice(&delete, 0), key);
                self.say(t.said_split.to_owned(), Offer::Undo);
                self.choose(made);
            }
            Err(why) => self.refuse(why),
        }
    }

    /// A card is a cause of another too.
    pub fn link(self, card: CardId, under: CardId) {
        let done = fill(self.texts().craft.said_linked, &[("text", &self.quoted(under))]);
        self.act(BoardOp::LinkCard { card, under }, &done, Offer::Undo);
        self.choose(self.chosen_now());
    }

    /// It is no longer.
    pub fn unlink(self, card: CardId, under: CardId) {
        let key = Some(self.board.step());
        for (card, under) in self.links_between(card, under) {
            if let Err(why) = self.board.act_in(BoardOp::UnlinkCard { card, under }, key) {
                return self.refuse(why);
            }
        }
        self.say(self.texts().craft.said_unlinked.to_owned(), Offer::Undo);
    }

    /// The links between two cards: of whatever wordings were merged into them.
    pub fn links_between(self, card: CardId, under: CardId) -> Vec<(CardId, CardId)> {
        let read = |board: &Board| {
            let unders = board.wordings(under);
            let pairs =
                board.wordings(card).into_iter().flat_map(|card| unders.iter().map(move |under| (card, *under)));
            pairs.filter(|(card, under)| board.get(*card).is_some_and(|card| card.also.contains_key(under))).collect()
        };
        self.board.read(read).unwrap_or_default()
    }

    /// Two cards say the same: the first goes into the second; its marks follow where the second has none.
    pub fn merge(self, card: CardId, into: CardId) {
        let done = fill(self.texts().craft.said_merged, &[("text", &self.quoted(into))]);
        let (from, to) = (self.board.card(card).get_untracked(), self.board.card(into).get_untracked());
        let key = Some(self.board.step());
        if let Err(why) = self.board.act_in(BoardOp::MergeCard { card, into }, key) {
            return self.refuse(why);
        }
        let star = [StarFor::RootCause, StarFor::PlaceToAct].into_iter().fold(to.star, |star, what| {
            if from.star.is_for(what) && !star.is_for(what) { star.toggled(what) } else { star }
        });
        let card = into;
        let follow = [
            (star != to.star).then_some(BoardOp::SetStar { card, star }),
            to.mark.is_none().then_some(BoardOp::SetMark { card, mark: from.mark }),
            to.reach.is_none().then_some(BoardOp::SetReach { card, reach: from.reach }),
            to.stop.is_none().then_some(BoardOp::SetStop { card, stop: from.stop }),
        ];
        for op in follow.into_iter().flatten() {
            // The cards are there: one of them took the other in just now.
            let _ = self.board.act_in(op, key);
        }
        self.say(done, Offer::Undo);
        self.reveal(into);
    }

    /// A wording that was merged becomes a card again.
    pub fn part(self, card: CardId) {
        let done = self.texts().craft.said_parted;
        self.act(BoardOp::RestoreCard { card }, done, Offer::Undo);
    }

    /// Puts a first-level cause into a lane, or out of all.
    pub fn put_in_lane(self, card: CardId, lane: Option<(LaneId, String)>) {
        let t = &self.texts().craft;
        let done = match &lane {
            Some((_, name)) => fill(t.said_lane, &[("text", name)]),
            None => t.said_no_lane.to_owned(),
        };
        self.act(BoardOp::SetLane { card, lane: lane.map(|(lane, _)| lane) }, &done, Offer::Nothing);
    }

    /// Makes a lane.
    ///
    /// # Errors
    /// When there are as many as a board may have, or the name is none.
    pub fn add_lane(self, name: &str) -> Result<(), Reject> {
        self.board.act_on(BoardOp::PutLane { lane: None, name: name.to_owned() })
    }

    /// Gives a lane up.
    pub fn drop_lane(self, lane: LaneId) {
        let done = self.texts().craft.said_no_lane;
        self.act(BoardOp::PutLane { lane: Some(lane), name: String::new() }, done, Offer::Undo);
    }

    /// Splits the card in whose field the caret is, where it is.
    pub fn split_at_caret(self, n: u32) {
        let Some(at) = screen::caret() else { return };
        // A conversion ends, and its words are taken.
        screen::blur();
        if screen::holds_words() {
            return;
        }
        let Some(card) = self.close(n).and_then(|was| was.card) else { return };
        self.split(card, at);
    }
}
