//! One card with its branch: the theme and every cause alike. Each part follows its own signal, so that a letter moves one text.

use leptos::ev;
use leptos::prelude::*;
use shared::CardId;
use shared::docs::board::{Kept, Mark, Star};

use super::commands::{below, mark_word, quote};
use super::state::BoardState;
use super::{Sheet, draft, presence, screen, tree};
use crate::edit::Target;
use crate::i18n::fill;
use crate::store::CardView;

/// Levels that have a tint of earth of their own.
const TINTS: usize = 6;

/// The level as a word: it is never told by colour alone.
pub fn level_label(state: BoardState, level: usize) -> String {
    let t = &state.t().board;
    if level == 0 { t.theme.to_owned() } else { fill(t.level, &[("n", &level.to_string())]) }
}

/// Which tint a level has.
pub const fn tint(level: usize) -> usize {
    if level > TINTS { TINTS } else { level }
}

/// A card and what is below it.
pub fn node(state: BoardState, id: CardId, level: usize) -> AnyView {
    let view: Signal<CardView> = state.board.card(id).into();
    let children = state.board.children(id);
    let chosen = Memo::new(move |_| state.chosen.get() == id);
    let folded = Memo::new(move |_| state.folded.with(|folded| folded.contains(&id)));
    let parent = Memo::new(move |_| children.with(|children| !children.is_empty()));
    let expanded = move || parent.get().then(|| if folded.get() { "false" } else { "true" });
    view! {
        <li
            id=screen::id_of(id)
            class="node"
            role="treeitem"
            attr:aria-level=(level + 1).to_string()
            aria-expanded=expanded
            aria-selected=move || if chosen.get() { "true" } else { "false" }
            aria-label=move || said(state, &view.get(), level)
            tabindex=move || if chosen.get() { "0" } else { "-1" }
        >
            {face(state, id, level, view, chosen)}
            {tree::branch(state, id, level + 1)}
        </li>
    }
    .into_any()
}

/// A card read aloud.
fn said(state: BoardState, card: &CardView, level: usize) -> String {
    let t = &state.t().board;
    let text = if card.text.is_empty() { t.no_words.to_owned() } else { card.text.clone() };
    let mut parts = vec![format!("{}: {text}", level_label(state, level))];
    parts.extend(card.mark.map(|mark| mark_word(state.t(), mark).to_owned()));
    parts.extend((card.star == Star::RootCause).then(|| t.root_cause.to_owned()));
    parts.extend(presence::name_or_you(state, card.by));
    parts.join(t.and)
}

/// What one sees of a card.
fn face(state: BoardState, id: CardId, level: usize, view: Signal<CardView>, chosen: Memo<bool>) -> impl IntoView {
    let editing = Memo::new(move |_| state.writing.get().filter(|w| w.target == Target::Card(id)).map(|w| w.n));
    let fresh = Memo::new(move |_| state.fresh.with(|fresh| fresh.contains(&id)));
    let theme = id == CardId::THEME;
    let body = move || match editing.get() {
        Some(n) => draft::inside(state, n, id).into_any(),
        None => words(state, id, view).into_any(),
    };
    view! {
        <div
            class="card"
            class:theme=theme
            class:chosen=move || chosen.get()
            class:fresh=move || fresh.get()
            class:grows=move || fresh.get()
            class:starred=move || view.with(|card| card.star == Star::RootCause)
            class:removed=move || view.with(|card| card.kept != Kept::Yes)
            data-level=tint(level)
            on:click=move |event| choose_by_tap(state, id, &event)
        >
            {head(state, id, level, view, fresh)}
            {body}
            <Show when=move || editing.get().is_none()>{foot(state, id, chosen)}</Show>
        </div>
    }
}

/// A tap beside the buttons chooses the card; one that ends a selection of text does not.
fn choose_by_tap(state: BoardState, id: CardId, event: &ev::MouseEvent) {
    let in_button = event.target().is_some_and(|target| screen::in_button(&target));
    if in_button || screen::selects_text() {
        return;
    }
    let empty = state.board.card(id).with_untracked(|card| card.text.is_empty());
    if id == CardId::THEME && empty && state.may_write() && state.writing.get_untracked().is_none() {
        state.write_in(id);
    } else {
        state.choose(id);
    }
}

fn head(state: BoardState, id: CardId, level: usize, view: Signal<CardView>, fresh: Memo<bool>) -> impl IntoView {
    let writers = presence::writers(state, id);
    let author = move || presence::name_or_you(state, view.with(|card| card.by));
    view! {
        <p class="card-head">
            <span class="level">{move || level_label(state, level)}</span>
            <Show when=move || fresh.get()><span class="new">{move || state.t().board.new}</span></Show>
            <span class="author">{author}</span>
            <Show when=move || writers.with(|text| !text.is_empty())>
                <span class="writers">{move || writers.get()}</span>
            </Show>
        </p>
    }
}

fn words(state: BoardState, id: CardId, view: Signal<CardView>) -> impl IntoView {
    let text = Memo::new(move |_| view.with(|card| card.text.clone()));
    let empty = move || text.with(String::is_empty);
    let nothing = move || match (id, state.writes.get()) {
        (CardId::THEME, true) => state.t().board.theme_empty,
        (CardId::THEME, false) => state.t().board.theme_none,
        _ => state.t().board.no_words,
    };
    view! {
        <p class="card-text" class:empty=empty>
            {move || if empty() { nothing().to_owned() } else { text.get() }}
        </p>
        {marks(state, view)}
    }
}

/// Marks are a word with a shape.
fn marks(state: BoardState, view: Signal<CardView>) -> impl IntoView {
    let seen = Memo::new(move |_| view.with(|card| (card.star, card.mark)));
    let star = move || {
        (seen.get().0 == Star::RootCause).then(|| {
            view! { <li class="mark star"><span aria-hidden="true">"★"</span> {move || state.t().board.root_cause}</li> }
        })
    };
    let mark = move || {
        seen.get().1.map(|mark| {
            let (class, shape) = shape(mark);
            view! { <li class=class><span aria-hidden="true">{shape}</span> {move || mark_word(state.t(), mark)}</li> }
        })
    };
    let any = move || seen.get() != (Star::None, None);
    view! { <Show when=any><ul class="marks" role="presentation">{star}{mark}</ul></Show> }
}

/// The class and the shape of a mark.
pub const fn shape(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Fact => ("mark fact", "●"),
        Mark::Guess => ("mark guess", "○"),
        Mark::ToCheck => ("mark to-check", "？"),
    }
}

/// What one can do with a card, the one thing first in size and last in the row, under the thumb.
fn foot(state: BoardState, id: CardId, chosen: Memo<bool>) -> impl IntoView {
    let tab = move || if chosen.get() { "0" } else { "-1" };
    let quoted = move |text: &'static str| {
        let card = state.board.card(id).with(|card| quote(&card.text));
        fill(text, &[("text", &card)])
    };
    let theme = id == CardId::THEME;
    let edit = move || {
        view! {
            <button type="button" class="button quiet edit" tabindex=tab on:click=move |_| state.write_in(id)>
                {move || state.t().board.edit}
            </button>
        }
    };
    let more = move || {
        view! {
            <button
                type="button"
                class="icon-button more"
                tabindex=tab
                aria-haspopup="dialog"
                aria-label=move || quoted(state.t().board.more_of)
                on:click=move |_| {
                    state.chosen.set(id);
                    state.sheet.set(Some(Sheet::Card(id)));
                }
            >
                <span aria-hidden="true">"⋯"</span>
            </button>
        }
    };
    let other = move || {
        view! {
            <button
                type="button"
                class="button quiet other"
                tabindex=tab
                aria-label=move || quoted(state.t().board.other_of)
                on:click=move |_| state.write_sibling(id)
            >
                {move || state.t().board.other}
            </button>
        }
    };
    let why = move || {
        view! {
            <button
                type="button"
                class="button why"
                class:primary=move || chosen.get()
                tabindex=tab
                aria-label=move || quoted(state.t().board.write_why_of)
                on:click=move |_| state.write_child(id)
            >
                {move || state.t().board.why}
            </button>
        }
    };
    view! {
        <div class="card-foot">
            <Show when=move || !theme>{more}</Show>
            <Show when=move || theme && state.writes.get()>{edit}</Show>
            {fold(state, id, chosen)}
            <span class="gap"></span>
            <Show when=move || !theme && state.writes.get()>{other}</Show>
            <Show when=move || state.writes.get()>{why}</Show>
        </div>
    }
}

/// Folds the branch away, and says how much is folded.
fn fold(state: BoardState, id: CardId, chosen: Memo<bool>) -> impl IntoView {
    let (changed, children) = (state.board.changed(), state.board.children(id));
    let folded = Memo::new(move |_| state.folded.with(|folded| folded.contains(&id)));
    let parent = Memo::new(move |_| id != CardId::THEME && children.with(|children| !children.is_empty()));
    let count = Memo::new(move |_| {
        changed.track();
        if folded.get() { state.board.read(|board| below(board, id)).unwrap_or(0) } else { 0 }
    });
    let label = move || {
        let t = &state.t().board;
        if folded.get() { fill(t.unfold, &[("n", &count.get().to_string())]) } else { t.fold.to_owned() }
    };
    view! {
        <Show when=move || parent.get()>
            <button
                type="button"
                class="button quiet fold"
                tabindex=move || if chosen.get() { "0" } else { "-1" }
                aria-label=label
                title=label
                on:click=move |_| state.fold(id)
            >
                <span class="turn" class:folded=move || folded.get() aria-hidden="true">"▾"</span>
                <Show when=move || folded.get()><span aria-hidden="true">{move || count.get()}</span></Show>
            </button>
        </Show>
    }
}
