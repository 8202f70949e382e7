//! Taking a card from the outline, with a search: where a card moves to, what it is a cause of too, which one says the same. No
//! dragging.

use std::sync::Arc;

use shared::docs::board::Board;
use shared::{CardId, SortedSet};

use super::lines::{Line, lines};
use super::piece::{Word, flag, text, when, word};
use super::screen;
use super::state::BoardState;
use crate::i18n::{Texts, fill};
use crate::reactive::*;

/// What a card is taken for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Picking {
    /// The card moves under it.
    Move,
    /// The card is a cause of it too.
    CauseOf,
    /// It is a cause of the card too.
    Cause,
    /// The card says the same.
    Same,
}

impl Picking {
    fn title(self, t: &Texts) -> &'static str {
        match self {
            Self::Move => t.board.move_title,
            Self::CauseOf => t.craft.cause_of_title,
            Self::Cause => t.craft.cause_title,
            Self::Same => t.craft.same_title,
        }
    }

    fn hint(self) -> Word {
        match self {
            Self::Move => |t| t.board.move_hint,
            Self::CauseOf | Self::Cause => |t| t.craft.cause_of_hint,
            Self::Same => |t| t.craft.same_hint,
        }
    }

    /// Cards that cannot be taken, whatever they say.
    fn barred(self, board: &Board, of: CardId) -> SortedSet<CardId> {
        match self {
            Self::Move => board.below(of),
            Self::CauseOf => {
                let mut barred = board.below(of);
                barred.add_all(board.effects(of));
                barred
            }
            Self::Cause => {
                let mut barred = board.above(of);
                barred.add(CardId::THEME);
                barred.add_all(board.children(of).map(|(id, _)| id).chain(board.references(of)));
                barred
            }
            Self::Same => {
                let mut barred = board.below(of);
                barred.add(CardId::THEME);
                barred.add_all(board.above(of).keys().copied().filter(|above| !board.may_merge(of, *above)));
                barred
            }
        }
    }

    fn take(self, state: BoardState, of: CardId, card: CardId) {
        match self {
            Self::Move => state.move_under(of, card),
            Self::CauseOf => state.link(of, card),
            Self::Cause => state.link(card, of),
            Self::Same => state.merge(of, card),
        }
    }
}

/// The sheet's content.
pub fn picker(state: BoardState, picking: Picking, of: CardId) -> AnyView {
    let wanted = RwSignal::new(String::new());
    // As the board was when it was looked at: what others do moves nothing under a finger.
    let places = Memo::new(move |_| {
        let wanted = wanted.get();
        state.board.read(|board| places(board, picking, of, &wanted)).unwrap_or_default()
    });
    let title = text(move || fill(picking.title(state.t()), &[("text", &state.quoted(of))]));
    let none = move || view! { <p role="status">{word(|t| t.board.search_nothing)}</p> }.into_any();
    let press = move |card| {
        screen::close_dialog();
        picking.take(state, of, card);
    };
    view! {
        <h2 id="board-sheet-title">{title}</h2>
        <p class="hint">{word(picking.hint())}</p>
        <input
            type="search"
            class="field"
            enterkeyhint="search"
            autocomplete="off"
            aria-label=word(|t| t.board.search)
            placeholder=word(|t| t.board.search)
            on:input=move |event| wanted.set(event_target_value(&event))
        />
        {lines(state, places, "outline", "button wide choice-card", Arc::new(press))}
        {when(flag(move || places.with(Vec::is_empty)), none)}
    }
    .into_any()
}

fn places(board: &Board, picking: Picking, of: CardId, wanted: &str) -> Vec<Line> {
    let wanted = wanted.trim().to_lowercase();
    let barred = picking.barred(board, of);
    let fits = |(card, level): (CardId, usize)| {
        let text = board.get(card)?.text.read();
        let found = wanted.is_empty() || text.to_lowercase().contains(&wanted);
        (found && !barred.contains_key(&card)).then_some(Line { card, level, text })
    };
    board.outline().into_iter().filter_map(fits).collect()
}
