//! Cards by their words and by what is said about them: a list to go from, and the same cards made to stand out on the board.

use std::sync::Arc;

use shared::CardId;
use shared::docs::board::{Board, Mark, Reach, StarFor};

use super::lines::{Line, lines};
use super::marks::{mark_word, reach_word};
use super::piece::{Button, flag, text, when, word};
use super::screen;
use super::state::BoardState;
use crate::i18n::{Texts, fill};
use crate::reactive::*;

/// Which cards.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// All of them.
    All,
    /// Those with this mark.
    Marked(Mark),
    /// Starred ones.
    Starred(StarFor),
    /// Those on which these can act.
    Reached(Reach),
    /// Where the group stops.
    Stopped,
    /// Where nobody asked further, and nobody said why.
    Open,
    /// Causes of several effects.
    Meeting,
}

const KINDS: [Kind; 12] = [
    Kind::All,
    Kind::Marked(Mark::ToCheck),
    Kind::Marked(Mark::Guess),
    Kind::Marked(Mark::Fact),
    Kind::Starred(StarFor::RootCause),
    Kind::Starred(StarFor::PlaceToAct),
    Kind::Reached(Reach::Us),
    Kind::Reached(Reach::WithOthers),
    Kind::Reached(Reach::OutOfHands),
    Kind::Stopped,
    Kind::Open,
    Kind::Meeting,
];

impl Kind {
    /// What it is called.
    pub fn name(self, t: &Texts) -> &'static str {
        match self {
            Self::All => t.craft.find_all,
            Self::Marked(mark) => mark_word(t, mark),
            Self::Starred(StarFor::RootCause) => t.board.root_cause,
            Self::Starred(StarFor::PlaceToAct) => t.board.place_to_act,
            Self::Reached(reach) => reach_word(t, reach),
            Self::Stopped => t.craft.find_stopped,
            Self::Open => t.craft.find_open,
            Self::Meeting => t.craft.find_meeting,
        }
    }

    /// Whether a card is one of them.
    pub fn fits(self, board: &Board, id: CardId) -> bool {
        let Some(card) = board.get(id).filter(|_| id != CardId::THEME) else { return self == Self::All };
        match self {
            Self::All => true,
            Self::Marked(mark) => card.mark == Some(mark),
            Self::Starred(what) => card.star.is_for(what),
            Self::Reached(reach) => card.reach == Some(reach),
            Self::Stopped => card.stop.is_some(),
            Self::Open => {
                let below = board.children(id).next().is_some() || !board.references(id).is_empty();
                !below && card.stop.is_none() && !card.star.is_for(StarFor::RootCause)
            }
            Self::Meeting => board.effects(id).iter().filter(|effect| board.is_seen(**effect)).count() > 1,
        }
    }
}

fn found(board: &Board, kind: Kind, wanted: &str) -> Vec<Line> {
    let wanted = wanted.trim().to_lowercase();
    let fits = |(card, level): (CardId, usize)| {
        let text = board.get(card)?.text.read();
        let named = wanted.is_empty() || text.to_lowercase().contains(&wanted);
        (named && kind.fits(board, card)).then_some(Line { card, level, text })
    };
    board.outline().into_iter().filter_map(fits).collect()
}

fn count(state: BoardState, kind: Kind) -> usize {
    state.board.read(|board| board.outline().into_iter().filter(|(id, _)| kind.fits(board, *id)).count()).unwrap_or(0)
}

/// The sheet's content.
pub fn find(state: BoardState) -> AnyView {
    let wanted = RwSignal::new(String::new());
    let kind = RwSignal::new(state.lit.get_untracked().unwrap_or(Kind::All));
    // As the board was when it was looked at: what others do moves nothing under a finger.
    let cards = Memo::new(move |_| {
        let (kind, wanted) = (kind.get(), wanted.get());
        state.board.read(|board| found(board, kind, &wanted)).unwrap_or_default()
    });
    let press = move |card| {
        screen::close_dialog();
        state.reveal(card);
    };
    let chip = move |one: Kind| {
        let n = count(state, one);
        let label = text(move || format!("{} {n}", one.name(state.t())));
        let chip = Button::new("button toggle", label).pressed(flag(move || kind.get() == one));
        if n == 0 { ().into_any() } else { chip.on(move || kind.set(one)) }
    };
    let light = move || {
        let light = Button::new("button wide action", word(|t| t.craft.light_up)).with_shape("☀".into());
        light.on(move || {
            screen::close_dialog();
            state.lit.set(Some(kind.get_untracked()));
        })
    };
    let none = move || view! { <p role="status">{word(|t| t.craft.find_none)}</p> }.into_any();
    let some = flag(move || kind.get() != Kind::All && cards.with(|cards| !cards.is_empty()));
    view! {
        <h2 id="board-sheet-title">{word(|t| t.craft.find_title)}</h2>
        <input
            type="search"
            class="field"
            enterkeyhint="search"
            autocomplete="off"
            aria-label=word(|t| t.board.search)
            placeholder=word(|t| t.board.search)
            on:input=move |event| wanted.set(event_target_value(&event))
        />
        <div class="chips-row" role="group">{KINDS.map(chip).collect_view()}</div>
        {when(some, light)}
        {lines(state, cards, "outline", "button wide choice-card", Arc::new(press))}
        {when(flag(move || cards.with(Vec::is_empty)), none)}
    }
    .into_any()
}

/// Whether a card stands back because others are made to stand out.
pub fn stands_back(state: BoardState, id: CardId) -> Signal<bool> {
    let (view, children) = (state.board.card(id), state.board.children(id));
    flag(move || {
        let Some(kind) = state.lit.get() else { return false };
        view.track();
        children.track();
        id != CardId::THEME && !state.board.read(|board| kind.fits(board, id)).unwrap_or(true)
    })
}

/// What stands out, and the way back.
pub fn strip(state: BoardState) -> AnyView {
    let changed = state.board.changed();
    let says = text(move || {
        changed.track();
        let Some(kind) = state.lit.get() else { return String::new() };
        let (t, n) = (state.t(), count(state, kind).to_string());
        fill(t.craft.lit, &[("what", kind.name(t)), ("n", &n)])
    });
    let strip = move || {
        view! {
            <div class="lit-strip">
                <p role="status">{says}</p>
                {Button::new("button", word(|t| t.craft.unlight)).on(move || state.lit.set(None))}
            </div>
        }
        .into_any()
    };
    when(flag(move || state.lit.get().is_some()), strip)
}
