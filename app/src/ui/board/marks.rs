//! How sure a group is of a card, and its root causes: always a word with a shape, never a colour alone.

use leptos::prelude::*;
use shared::docs::board::{Mark, Star};

use super::piece::{flag, text, when, with, word};
use super::state::BoardState;
use crate::i18n::Texts;
use crate::store::CardView;

/// The marks of a card.
pub fn marks(state: BoardState, view: Signal<CardView>) -> AnyView {
    let star = Memo::new(move |_| view.with(|card| (card.star == Star::RootCause).then_some(())));
    let mark = Memo::new(move |_| view.with(|card| card.mark));
    let any = flag(move || star.get().is_some() || mark.get().is_some());
    let both = move || {
        view! {
            <p class="marks">
                {with(star, move |()| one("mark star", "★", word(|t| t.board.root_cause)))}
                {with(mark, move |mark| {
                    let (class, shape) = shape(mark);
                    one(class, shape, text(move || mark_word(state.t(), mark).to_owned()))
                })}
            </p>
        }
        .into_any()
    };
    when(any, both)
}

fn one(class: &'static str, shape: &'static str, word: Signal<String>) -> AnyView {
    view! { <span class=class><span aria-hidden="true">{shape}</span> " " {word}</span> }.into_any()
}

/// The class and the shape of a mark.
pub const fn shape(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Fact => ("mark fact", "●"),
        Mark::Guess => ("mark guess", "○"),
        Mark::ToCheck => ("mark to-check", "？"),
    }
}

/// A mark as a word.
pub const fn mark_word(t: &Texts, mark: Mark) -> &'static str {
    match mark {
        Mark::Fact => t.board.fact,
        Mark::Guess => t.board.guess,
        Mark::ToCheck => t.board.to_check,
    }
}
