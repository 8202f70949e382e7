//! Behind the last link: how each link of the chain stands, and the way back to it.

use super::super::commands::quote;
use super::super::piece::{Button, text, word};
use super::chain::Link;
use super::link::answer_word;
use super::mark::{ANSWERS, shape};
use super::standing::{Standing, answer_of};
use super::walk::Walk;
use crate::i18n::fill;
use crate::reactive::*;

/// The list.
pub fn end(walk: Walk) -> AnyView {
    let links = move || {
        let row = |(at, link): (usize, Link)| {
            let button = Button::new("button wide choice-card", text(move || sentence(walk, link)));
            view! { <li>{button.on(move || walk.go(at))}<p class="reading-stands">{text(move || stands(walk, link))}</p></li> }
                .into_any()
        };
        walk.links.get().into_iter().enumerate().map(row).collect::<Vec<_>>()
    };
    let said = text(move || {
        let t = &walk.state.t().reading;
        if walk.links.with(Vec::is_empty) { t.nothing } else { t.done }.to_owned()
    });
    view! {
        <div class="reading-end-list">
            <p class="reading-done">{said}</p>
            <p class="hint">{word(|t| t.reading.done_hint)}</p>
            <ol class="outline">{links}</ol>
        </div>
    }
    .into_any()
}

fn sentence(walk: Walk, link: Link) -> String {
    let words = |card| walk.state.board.card(card).with(|card| quote(&card.text));
    fill(walk.state.t().reading.told, &[("cause", &words(link.cause)), ("effect", &words(link.effect))])
}

/// How a link stands; of one that was not answered here, how many did.
fn stands(walk: Walk, link: Link) -> String {
    let (state, t) = (walk.state, walk.state.t());
    state.board.changed().track();
    let me = state.me.get().filter(|_| state.writes.get());
    let read = state.board.read(|board| {
        let seen = me.is_none_or(|me| answer_of(board, link, me).is_some());
        (Standing::of(board, link), seen)
    });
    let Some((standing, seen)) = read else { return String::new() };
    match standing.answered() {
        0 if standing.is_reworded() => t.reading.reworded.to_owned(),
        0 => t.reading.nobody.to_owned(),
        n if !seen => fill(t.reading.answered, &[("n", &n.to_string())]),
        _ => {
            let said = ANSWERS.iter().filter(|answer| standing.said(**answer) > 0);
            let one = |answer| [shape(answer), answer_word(t, answer), &standing.said(answer).to_string()].join(" ");
            said.copied().map(one).collect::<Vec<_>>().join("　")
        }
    }
}
