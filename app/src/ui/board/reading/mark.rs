//! On a card: whether its way up was read, and how it stands. The board shows this to everybody, answered or not: who reads is at
//! the sheet over it, and a group must see at a glance where its tree is weak.

use shared::CardId;
use shared::docs::board::Answer;

use super::super::commands::quote;
use super::super::piece::{flag, text, when};
use super::super::state::BoardState;
use super::chain::Link;
use super::link::answer_word;
use super::standing::Standing;
use crate::i18n::fill;
use crate::reactive::*;

/// All answers, in the order in which they are shown.
pub const ANSWERS: [Answer; 3] = [Answer::Holds, Answer::Jumps, Answer::Check];

/// The shape of an answer.
pub const fn shape(answer: Answer) -> &'static str {
    match answer {
        Answer::Holds => "✓",
        Answer::Jumps => "⚑",
        Answer::Check => "？",
    }
}

/// How the links of a card upwards stand; only those of which something was said.
fn standings(state: BoardState, card: CardId) -> Vec<(Link, Standing)> {
    let view = state.board.card(card);
    let effects = view.with(|card| {
        let effects = card.parent.into_iter().chain(card.also.iter().copied());
        if card.readings.is_empty() { Vec::new() } else { effects.collect() }
    });
    let of = |effect: CardId| {
        let link = Link { cause: card, effect };
        // The words of the effect count too.
        state.board.card(effect).track();
        let standing = state.board.read(|board| Standing::of(board, link))?;
        (standing != Standing::default()).then_some((link, standing))
    };
    effects.into_iter().filter_map(of).collect()
}

/// The mark.
pub fn mark(state: BoardState, card: CardId) -> AnyView {
    let all = Memo::new(move |_| standings(state, card));
    let lines = move || all.get().into_iter().map(|(link, standing)| line(state, link, standing)).collect::<Vec<_>>();
    let lines = move || view! { <div class="read-marks">{lines}</div> }.into_any();
    when(flag(move || all.with(|all| !all.is_empty())), lines)
}

fn line(state: BoardState, link: Link, standing: Standing) -> AnyView {
    let home = state.board.card(link.cause).with_untracked(|card| card.parent) == Some(link.effect);
    let to = text(move || match home {
        true => String::new(),
        false => {
            let words = state.board.card(link.effect).with(|card| quote(&card.text));
            fill(state.t().reading.to, &[("text", &words)])
        }
    });
    let one = |answer: Answer| {
        let class = match answer {
            Answer::Holds => "mark holds",
            Answer::Jumps => "mark jumps",
            Answer::Check => "mark check",
        };
        let words = text(move || [answer_word(state.t(), answer), &standing.said(answer).to_string()].join(" "));
        view! { <span class=class><span aria-hidden="true">{shape(answer)}</span> " " {words}</span> }.into_any()
    };
    let said = ANSWERS.into_iter().filter(|answer| standing.said(*answer) > 0).map(one).collect::<Vec<_>>();
    let again = standing.is_reworded().then(|| {
        let words = text(move || state.t().reading.reworded.to_owned());
        view! { <span class="mark again"><span aria-hidden="true">"↻"</span> " " {words}</span> }.into_any()
    });
    let therefore = text(move || state.t().reading.therefore.to_owned());
    view! { <p><span class="so">{to} " ∴ " {therefore}</span> {said} {again}</p> }.into_any()
}

/// The same for who hears the card: nothing where nothing was said.
pub fn spoken(state: BoardState, card: CardId) -> Option<String> {
    let t = state.t();
    let said = |(_, standing): (Link, Standing)| {
        if standing.is_reworded() {
            return t.reading.reworded.to_owned();
        }
        let one = |answer| [answer_word(t, answer), &standing.said(answer).to_string()].join(" ");
        let said = ANSWERS.into_iter().filter(|answer| standing.said(*answer) > 0).map(one);
        [t.reading.therefore.to_owned()].into_iter().chain(said).collect::<Vec<_>>().join(" ")
    };
    let all: Vec<String> = standings(state, card).into_iter().map(said).collect();
    (!all.is_empty()).then(|| all.join(t.board.and))
}
