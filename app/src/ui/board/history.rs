//! How the words of a card came to be: the first wording, who wrote, who changed it.

use super::piece::{flag, text, when, word};
use super::presence;
use super::state::BoardState;
use crate::i18n::fill;
use crate::reactive::*;
use crate::store::CardView;

/// In a few lines.
pub fn history(state: BoardState, view: Signal<CardView>) -> AnyView {
    let author = text(move || {
        let name = presence::name_or_you(state, view.with(|card| card.by));
        match name {
            Some(name) => fill(state.t().craft.written_by, &[("name", &name)]),
            None => state.t().craft.written_nameless.to_owned(),
        }
    });
    let editors = text(move || {
        let names: Vec<String> = view
            .with(|card| card.editors.clone())
            .into_iter()
            .filter_map(|by| presence::name_or_you(state, by))
            .collect();
        if names.is_empty() {
            String::new()
        } else {
            fill(state.t().craft.edited_by, &[("names", &names.join(state.t().board.and))])
        }
    });
    let first = text(move || match view.with(|card| card.first.clone()) {
        Some(first) => fill(state.t().craft.first_wording, &[("text", &first)]),
        None => String::new(),
    });
    let line = |said: Signal<String>| {
        when(flag(move || !said.with(String::is_empty)), move || view! { <p>{said}</p> }.into_any())
    };
    view! {
        <div class="history">
            <h3>{word(|t| t.craft.history)}</h3>
            {line(author)}
            {line(editors)}
            {line(first)}
        </div>
    }
    .into_any()
}
