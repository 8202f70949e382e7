//! A why-tree in miniature: roots that grow from the ground down. The picture is a pure function of the outline; words are
//! left to whoever shows it.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use shared::docs::board::{Board, Star};
use shared::{CardId, Millis};

use self::drawing::{Drawing, HEIGHT, Knot, WIDTH, draw};
use super::live::text;
use crate::store::BoardStore;

mod drawing;

/// The knots of a board in reading order, and its newest card.
fn read(board: &Board) -> (Vec<Knot>, Option<(Millis, CardId)>) {
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
pub fn roots(board: BoardStore) -> AnyView {
    let drawing = RwSignal::new(Drawing::default());
    let turn = RwSignal::new(false);
    let seen: Rc<Cell<Option<Option<(Millis, CardId)>>>> = Rc::default();
    let waits = Rc::new(Cell::new(false));
    let changed = board.changed();
    Effect::new(move |_| {
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
            let next = draw(&knots, fresh);
            if drawing.try_with_untracked(|now| *now != next) == Some(true) {
                if fresh.is_some() {
                    turn.try_update(|turn| *turn = !*turn);
                }
                drawing.try_set(next);
            }
        });
    });
    picture(drawing.into(), turn.into())
}

/// Shows a drawing. `turn` changes with every new root: the same motion under another name begins anew.
pub fn picture(drawing: Signal<Drawing>, turn: Signal<bool>) -> AnyView {
    let part = move |pick: fn(&Drawing) -> &String| text(move || drawing.with(|drawing| pick(drawing).clone()));
    let fresh = text(move || if turn.get() { "fresh again" } else { "fresh" }.to_owned());
    view! {
        <svg class="roots" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="xMidYMin meet" aria-hidden="true">
            <path class="trunk" d=part(|d| &d.trunk)></path>
            <path class="branch" d=part(|d| &d.branches)></path>
            <path class="fine" d=part(|d| &d.fine)></path>
            <path class=fresh d=part(|d| &d.fresh) pathLength="1"></path>
            <path class="tip" d=part(|d| &d.tips)></path>
            <path class="star" d=part(|d| &d.stars)></path>
        </svg>
    }
    .into_any()
}

/// A made-up tree, for screens that have none of their own: level and star of each card.
pub fn example(shape: &[(usize, Star)]) -> AnyView {
    let knots: Vec<Knot> =
        shape.iter().map(|(level, star)| Knot { id: CardId::THEME, level: *level, star: *star }).collect();
    picture(Signal::stored(draw(&knots, None)), Signal::stored(false))
}
