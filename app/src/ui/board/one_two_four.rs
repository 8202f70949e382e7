//! 1-2-4-all at a board: what the pairs say stands over the tree until it is a card, and one card is chosen for everybody, from its
//! own sheet or from a list.

use std::sync::Arc;

use shared::docs::board::{Board, BoardOp};
use shared::docs::workshop::Circle;
use shared::limits::CARD_CHARS_MAX;
use shared::{By, CardId, PairId, StepId};

use super::actions::away;
use super::commands::quote;
use super::hands::called;
use super::lines::{Line, lines};
use super::piece::{Button, Word, filled, flag, text, when, word};
use super::state::{BoardState, Offer};
use super::{Access, Sheet, screen};
use crate::reactive::*;
use crate::ui::live::rows;

pub mod pair;
pub mod plenary;

/// What a circle is called.
pub const fn name(circle: Circle) -> Word {
    match circle {
        Circle::Alone => |t| t.one_two_four.alone,
        Circle::Pair => |t| t.one_two_four.pair,
        Circle::Table => |t| t.one_two_four.table,
        Circle::All => |t| t.one_two_four.all,
    }
}

/// A pair, as the others at the table see it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Says {
    names: Vec<By>,
    text: String,
    card: Option<CardId>,
}

impl Says {
    fn of(board: &Board, step: StepId, id: PairId) -> Self {
        let Some(pair) = board.pair(step, id) else { return Self::default() };
        let names = board.sit_in(pair).map(By::Person).collect();
        Self { names, text: pair.draft.read().trim().to_owned(), card: board.card_of(pair) }
    }
}

/// People as one speaks of them.
fn names(state: BoardState, people: &[By]) -> String {
    let names: Vec<String> = people.iter().map(|by| called(state, *by)).collect();
    names.join(state.t().one_two_four.and)
}

/// The step in which the group works at its table, or before everybody; tracked.
fn step(state: BoardState) -> Option<StepId> {
    state.circle.get().filter(|(_, circle)| *circle >= Circle::Table).map(|(step, _)| step)
}

/// Whether what a group says in twos and chooses is for the eyes of who looks at its board. Guests hear it in the last round.
fn is_for(circle: Circle, access: Access) -> bool {
    match access {
        Access::Visit => circle == Circle::All,
        Access::Write | Access::Read => circle >= Circle::Table,
    }
}

/// Over the tree: what the pairs say, and the card for everybody.
pub fn strip(state: BoardState, access: Access) -> AnyView {
    let shown = flag(move || state.circle.get().is_some_and(|(_, circle)| is_for(circle, access)));
    when(shown, move || {
        view! {
            <div class="one-two-four">
                {drafts(state)}
                {choice(state)}
            </div>
        }
        .into_any()
    })
}

fn drafts(state: BoardState) -> AnyView {
    let changed = state.board.changed();
    let pairs = Memo::new(move |_| {
        changed.track();
        let Some(step) = step(state) else { return Vec::new() };
        let written = |board: &Board| {
            let written = board.pairs(step).filter(|(_, pair)| !pair.draft.is_blank());
            written.map(|(id, _)| u32::from(id.0)).collect::<Vec<u32>>()
        };
        state.board.read(written).unwrap_or_default()
    });
    let none = || view! { <p class="hint">{word(|t| t.one_two_four.no_drafts)}</p> }.into_any();
    view! {
        <details class="drafts" open=true>
            <summary>{word(|t| t.one_two_four.drafts)}</summary>
            {when(flag(move || pairs.with(Vec::is_empty)), none)}
            <ul>{rows(pairs.into(), move |id| draft(state, PairId(u16::try_from(id).unwrap_or(u16::MAX))))}</ul>
        </details>
    }
    .into_any()
}

/// What a pair says: one button, which makes it a card and then leads there.
fn draft(state: BoardState, id: PairId) -> AnyView {
    let changed = state.board.changed();
    let says = Memo::new(move |_| {
        changed.track();
        let of = |step| state.board.read(|board| Says::of(board, step, id));
        step(state).and_then(of).unwrap_or_default()
    });
    let quoted = text(move || says.with(|says| quote(&says.text)));
    let taken = flag(move || says.with(|says| says.card.is_some()));
    let label = text(move || {
        let t = &state.t().one_two_four;
        if taken.get() { t.look } else { t.take }.to_owned()
    });
    let (take, look) = (filled(|t| t.one_two_four.take_of, quoted), filled(|t| t.one_two_four.look_of, quoted));
    let called = text(move || if taken.get() { look.get() } else { take.get() });
    let class = Signal::derive(move || if taken.get() { "button quiet" } else { "button" });
    let done = text(move || if taken.get() { state.t().one_two_four.taken.to_owned() } else { String::new() });
    let press = move || match (says.with_untracked(|says| says.card), untrack(|| step(state))) {
        (Some(card), _) => state.choose(card),
        (None, Some(step)) => {
            let start = state.board.next_chars(u32::try_from(CARD_CHARS_MAX).unwrap_or(u32::MAX));
            let done = state.texts().one_two_four.taken;
            state.act(BoardOp::TakePair { step, pair: id, start }, done, Offer::Undo);
        }
        (None, None) => {}
    };
    let may = flag(move || state.writes.get() || taken.get());
    let button = move || Button::new("", label).class(class).called(called).on(press);
    view! {
        <li class="draft" class:on-card=taken>
            <p class="draft-who">{text(move || says.with(|says| names(state, &says.names)))}</p>
            <p class="draft-text">{text(move || says.with(|says| says.text.clone()))}</p>
            <div class="draft-ways">
                <span class="draft-taken">{done}</span>
                {when(may, button)}
            </div>
        </li>
    }
    .into_any()
}

/// The card that is chosen; nothing when none is.
fn chosen(state: BoardState) -> Memo<Option<CardId>> {
    let changed = state.board.changed();
    Memo::new(move |_| {
        changed.track();
        step(state).and_then(|step| state.board.read(|board| board.for_all(step)).flatten())
    })
}

/// What is chosen, and the way to choose.
fn choice(state: BoardState) -> AnyView {
    let (changed, chosen) = (state.board.changed(), chosen(state));
    let said = text(move || {
        changed.track();
        let read = |card| state.board.read(|board| board.get(card).map(|card| card.text.read())).flatten();
        chosen.get().and_then(read).unwrap_or_else(|| state.t().one_two_four.none_yet.to_owned())
    });
    let none = flag(move || chosen.get().is_none());
    view! {
        <div class="for-all" class:none=none>
            <p class="for-all-card">
                <span class="label">{word(|t| t.one_two_four.for_all)}</span>
                " "
                <span class="for-all-text">{said}</span>
            </p>
            {when(state.writes.into(), move || way(state, chosen))}
        </div>
    }
    .into_any()
}

/// The button that opens the list.
fn way(state: BoardState, chosen: Memo<Option<CardId>>) -> AnyView {
    let label = text(move || {
        let t = &state.t().one_two_four;
        if chosen.get().is_some() { t.choose_again } else { t.choose }.to_owned()
    });
    Button::new("button", label).on(move || state.sheet.set(Some(Sheet::ForAll)))
}

fn choose(state: BoardState, card: Option<CardId>) {
    let t = &state.texts().one_two_four;
    if let Some(step) = untrack(|| step(state)) {
        let done = if card.is_some() { t.chosen } else { t.not_chosen };
        state.act(BoardOp::ChooseForAll { step, card }, done, Offer::Undo);
    }
}

/// In a card's own sheet: it is for everybody, or no longer.
pub fn toggle(state: BoardState, id: CardId) -> AnyView {
    let chosen = chosen(state);
    let pressed = flag(move || chosen.get() == Some(id));
    let shown = flag(move || state.writes.get() && id != CardId::THEME && step(state).is_some());
    let button = move || {
        let shape = Signal::derive(move || if pressed.get() { "●" } else { "○" });
        let button = Button::new("button wide action toggle", word(|t| t.one_two_four.bring));
        button.with_shape(shape).pressed(pressed).on(move || {
            let card = (!pressed.get_untracked()).then_some(id);
            away(|| choose(state, card));
        })
    };
    when(shown, button)
}

/// The sheet's content: all cards, to take one.
pub fn sheet(state: BoardState) -> AnyView {
    // As the board was when it was looked at: what others do moves nothing under a finger.
    let cards = Memo::new(move |_| {
        let line = |board: &Board, (card, level)| Some(Line { card, level, text: board.get(card)?.text.read() });
        let all =
            |board: &Board| board.outline().into_iter().skip(1).filter_map(|at| line(board, at)).collect::<Vec<_>>();
        state.board.read(all).unwrap_or_default()
    });
    let press = move |card| {
        screen::close_dialog();
        choose(state, Some(card));
    };
    let chosen = chosen(state);
    let back =
        move || Button::new("button wide", word(|t| t.one_two_four.take_back)).on(move || away(|| choose(state, None)));
    let none = || view! { <p role="status">{word(|t| t.one_two_four.choose_nothing)}</p> }.into_any();
    view! {
        <h2 id="board-sheet-title">{word(|t| t.one_two_four.choose_title)}</h2>
        <p class="hint">{word(|t| t.one_two_four.choose_hint)}</p>
        {lines(state, cards, "outline", "button wide choice-card", Arc::new(press))}
        {when(flag(move || cards.with(Vec::is_empty)), none)}
        {when(flag(move || chosen.get().is_some()), back)}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guests_read_what_a_group_chose_when_everybody_hears_it() {
        let all = [Circle::Alone, Circle::Pair, Circle::Table, Circle::All];
        let read_by = |access| all.map(|circle| is_for(circle, access));
        assert_eq!(read_by(Access::Write), [false, false, true, true]);
        assert_eq!(read_by(Access::Read), [false, false, true, true]);
        assert_eq!(read_by(Access::Visit), [false, false, false, true]);
    }
}
