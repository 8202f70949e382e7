//! The open field: for a new card, or in a card that is there. Leaving it saves nothing, because every word is saved already.

use std::rc::Rc;
use std::time::Duration;

use shared::CardId;
use shared::docs::board::{Board, Kept};

use super::commands::quote;
use super::piece::{Button, anew, flag, keep_focus, text, when, word};
use super::screen::{self, Layout};
use super::state::{BoardState, Offer};
use super::writing::Writing;
use super::{card, nudge, presence, room, tree};
use crate::edit::{self, Done, Keys, Target, Wanted};
use crate::i18n::fill;
use crate::platform::dom;
use crate::reactive::*;

/// A field that was left by touching something else closes a moment later, so that what is being touched does not move away
/// from under the finger.
const LINGER: Duration = Duration::from_millis(200);
/// From so many characters on a card may hold more than one cause: then splitting it is offered.
const SPLIT_FROM: usize = 16;

/// The row of a new card.
pub fn row(state: BoardState, n: u32, level: usize) -> AnyView {
    let writing = state.writing.get_untracked().filter(|writing| writing.n == n);
    let Some(Writing { target, at, below, .. }) = writing else { return ().into_any() };
    let made = Memo::new(move |made: Option<&Option<CardId>>| {
        let now = state.writing.get().filter(|writing| writing.n == n).and_then(|writing| writing.card);
        now.or_else(|| made.copied().flatten())
    });
    let label = card::level_label(state, level);
    view! {
        <li
            class="node"
            role="treeitem"
            aria-level=level + 1
            aria-label=label
            tabindex="-1"
        >
            <div id=screen::WRITING class="card writing grows" data-level=card::tint(level)>
                <p class="card-head"><span class="level">{label}</span></p>
                <p class="question">{question(state, at, below)}</p>
                {nudge::in_field(state, n)}
                {field(state, n, target, at)}
                {room::in_field(state)}
                {lost(state, Signal::derive(move || made.get().unwrap_or(at)))}
                {buttons(state, n)}
            </div>
            {anew(move || made.get().map(|card| tree::branch(state, card, level + 1)))}
        </li>
    }
    .into_any()
}

/// The field inside the face of a card that is there.
pub fn inside(state: BoardState, n: u32, id: CardId) -> AnyView {
    view! {
        <div id=screen::WRITING class="writing">
            {nudge::in_field(state, n)}
            {field(state, n, Target::Card(id), id)}
            {lost(state, id.into())}
            {buttons(state, n)}
        </div>
    }
    .into_any()
}

/// "Why …?" of the card above; of a card that goes between two, what is between.
fn question(state: BoardState, parent: CardId, below: Option<CardId>) -> Signal<String> {
    let card = state.board.card(parent);
    text(move || {
        let (t, text) = (&state.t().board, card.with(|card| quote(&card.text)));
        if let Some(below) = below {
            let lower = state.board.card(below).with(|card| quote(&card.text));
            return fill(state.t().craft.between_of, &[("above", &text), ("text", &lower)]);
        }
        if text.is_empty() { t.why_of_nothing.to_owned() } else { fill(t.why_of, &[("text", &text)]) }
    })
}

fn field(state: BoardState, n: u32, target: Target, of: CardId) -> AnyView {
    let keys = if screen::layout() == Layout::Sideways { Keys::Outline } else { Keys::Plain };
    let label = match target {
        Target::New(..) => question(state, of, None),
        Target::Card(CardId::THEME) => word(|t| t.board.theme_field),
        _ => word(|t| t.board.edit),
    };
    let placeholder = match target {
        Target::New(CardId::THEME, _) => word(|t| t.board.first_example),
        Target::Card(CardId::THEME) => word(|t| t.board.theme_example),
        _ => word(|t| t.board.one_cause),
    };
    let made = Rc::new(move |made, key| {
        if let Target::Card(card) = made {
            state.made(n, card, key);
        }
    });
    let done = Rc::new(move |how| left(state, n, how));
    edit::text_field(Wanted { board: state.board, target, label, placeholder, keys, made, done })
}

fn left(state: BoardState, n: u32, how: Done) {
    match how {
        Done::Away => set_timeout(
            move || {
                close(state, n);
            },
            LINGER,
        ),
        Done::Enter | Done::Escape | Done::ShiftTab => finish(state, n),
        Done::Split => state.split_at_caret(n),
        Done::ShiftEnter | Done::Tab => finish_and_go_on(state, n),
    }
}

/// Closes the field. The words of a card that somebody removed meanwhile are not lost: it can still be put back.
fn close(state: BoardState, n: u32) -> Option<Writing> {
    let was = state.close(n)?;
    let card = was.card.unwrap_or(was.at);
    if let Some(written) = was.card {
        state.coach.look(written);
    }
    let told = untrack(|| removed(state, card));
    if !told.is_empty() {
        state.say(told, Offer::Restore(card));
    }
    Some(was)
}

fn finish(state: BoardState, n: u32) {
    if let Some(was) = close(state, n) {
        state.choose(was.card.unwrap_or(was.at));
    }
}

fn finish_and_go_on(state: BoardState, n: u32) {
    let Some(was) = close(state, n) else { return };
    match was.card {
        Some(card) if state.is_seen(card) => state.write_sibling(card),
        // An empty field has nothing beside it, nor has a card that was removed.
        _ => state.choose(was.at),
    }
}

/// What one can do without a keyboard. Pressing here does not take the focus from the field: the conversion goes on until then.
fn buttons(state: BoardState, n: u32) -> AnyView {
    let card = move || state.writing.get().filter(|writing| writing.n == n).and_then(|writing| writing.card);
    let go_on = flag(move || card().is_some_and(|card| card != CardId::THEME));
    let more = Button::new("button quiet", word(|t| t.board.one_more));
    // What is being written for the first time is not in two yet.
    let long = flag(move || {
        let written = card().filter(|card| *card != CardId::THEME);
        written.is_some_and(|card| state.board.card(card).with(|card| card.text.chars().count() >= SPLIT_FROM))
    });
    let split = Button::new("button quiet", word(|t| t.craft.split));
    view! {
        <div class="card-foot" on:mousedown=keep_focus>
            {Button::new("button primary", word(|t| t.board.done)).on(move || finish_by_button(state, n))}
            {when(go_on, move || more.on(move || go_on_by_button(state, n)))}
            {when(long, move || split.on(move || state.split_at_caret(n)))}
        </div>
    }
    .into_any()
}

/// Going elsewhere ends a conversion and takes its words; then the field can go.
fn finish_by_button(state: BoardState, n: u32) {
    screen::blur();
    if !screen::holds_words() {
        finish(state, n);
    }
}

fn go_on_by_button(state: BoardState, n: u32) {
    dom::hold_keyboard();
    if !screen::holds_words() {
        finish_and_go_on(state, n);
    }
}

/// Who has removed a card, or one above it, in words; empty when nobody has.
fn removed(state: BoardState, id: CardId) -> String {
    let remover = |board: &Board| {
        board.path(id).find_map(|(_, card)| match card.kept {
            Kept::Yes | Kept::MergedInto(_) => None,
            Kept::RemovedBy(by) => Some(by),
        })
    };
    let Some(by) = state.board.read(remover).flatten() else { return String::new() };
    let name = presence::name_or_you(state, by).unwrap_or_else(|| state.t().everywhere.somebody.to_owned());
    fill(state.t().board.removed_by, &[("name", &name)])
}

/// Says that somebody has removed what is being written in, or a card above it, and offers it back.
fn lost(state: BoardState, id: Signal<CardId>) -> AnyView {
    let changed = state.board.changed();
    let told = text(move || {
        changed.track();
        removed(state, id.get())
    });
    let notice = move || {
        if !state.is_converting() {
            request_animation_frame(screen::show_field);
        }
        view! {
            <div class="lost" role="alert" on:mousedown=keep_focus>
                <p>{told}</p>
                {Button::new("button", word(|t| t.board.restore)).on(move || state.restore(id.get_untracked()))}
            </div>
        }
        .into_any()
    };
    when(flag(move || told.with(|told| !told.is_empty())), notice)
}
