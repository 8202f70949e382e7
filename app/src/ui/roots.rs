//! A why-tree in miniature: roots that grow from the ground down. The picture is a pure function of the outline; words are
//! left to whoever shows it.

use std::cell::Cell;
use std::rc::Rc;

use shared::docs::board::Board;
use shared::{CardId, Millis};

use self::drawing::{Knot, draw};
use super::live::follow;
use crate::element::Element;
use crate::reactive::*;
use crate::store::BoardStore;

mod drawing;

/// A card, by when it was added.
type Newest = Option<(Millis, CardId)>;

/// The knots of a board in reading order, and its newest card.
fn read(board: &Board) -> (Vec<Knot>, Newest) {
    let mut newest = None;
    let outline = board.outline();
    let cards = outline.iter().filter_map(|(id, level)| Some((*id, *level, board.get(*id)?)));
    let knots = cards
        .filter(|(id, ..)| *id != CardId::THEME)
        .map(|(id, level, card)| {
            newest = newest.max(Some((card.at, id)));
            Knot { id, level, star: card.star }
        })
        .collect();
    (knots, newest)
}

/// The tree of a board. Follows every change, at most once a frame; a new root draws itself once.
pub fn roots(board: BoardStore) -> Element {
    let drawn = RwSignal::new(String::new());
    let seen: Rc<Cell<Option<Newest>>> = Rc::default();
    let waits = Rc::new(Cell::new(false));
    let changed = board.changed();
    follow(move || {
        changed.track();
        if waits.replace(true) {
            return;
        }
        let (seen, waits) = (seen.clone(), waits.clone());
        request_animation_frame(move || {
            waits.set(false);
            let Some((knots, newest)) = board.read(read) else { return };
            let fresh = match seen.replace(Some(newest)) {
                // What was there when the wall was opened did not grow just now.
                Some(before) if newest > before => newest.map(|(_, id)| id),
                _ => None,
            };
            let next = draw(&knots, fresh).svg();
            // Words change more often than the tree. What is drawn anew grows anew.
            if drawn.try_with_untracked(|now| *now != next) == Some(true) {
                drawn.try_set(next);
            }
        });
    });
    view! { <div class="roots-box" inner_html=drawn></div> }
}
