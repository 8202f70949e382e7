//! How sure a group is of a card, and its root causes: always a word with a shape, never a colour alone.

use shared::docs::board::{Mark, StarFor};

use super::piece::{Word, flag, when, word};
use crate::i18n::Texts;
use crate::reactive::*;
use crate::store::CardView;

/// The marks of a card.
pub fn marks(view: Signal<CardView>) -> AnyView {
    let marked = move |mark: Mark| flag(move || view.with(|card| card.mark == Some(mark)));
    let (fact, guess, to_check) = (marked(Mark::Fact), marked(Mark::Guess), marked(Mark::ToCheck));
    let star = flag(move || view.with(|card| card.star.is_for(StarFor::RootCause)));
    let any = flag(move || view.with(|card| card.star.is_for(StarFor::RootCause) || card.mark.is_some()));
    let both = move || {
        view! {
            <p class="marks">
                {when(star, || one("mark star", "★", |t| t.board.root_cause))}
                {when(fact, || one("mark fact", shape(Mark::Fact), |t| t.board.fact))}
                {when(guess, || one("mark guess", shape(Mark::Guess), |t| t.board.guess))}
                {when(to_check, || one("mark to-check", shape(Mark::ToCheck), |t| t.board.to_check))}
            </p>
        }
        .into_any()
    };
    when(any, both)
}

fn one(class: &'static str, shape: &'static str, what: Word) -> AnyView {
    view! { <span class=class><span aria-hidden="true">{shape}</span> " " {word(what)}</span> }.into_any()
}

/// The shape of a mark.
pub const fn shape(mark: Mark) -> &'static str {
    match mark {
        Mark::Fact => "●",
        Mark::Guess => "○",
        Mark::ToCheck => "？",
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
