//! What a group says about a card: always a word with a shape, never a colour alone.

use shared::docs::board::{Mark, Reach, StarFor, Stop};

use super::piece::{flag, text, when};
use super::state::BoardState;
use crate::i18n::{Texts, fill};
use crate::reactive::*;
use crate::store::CardView;

/// The marks of a card.
pub fn marks(state: BoardState, view: Signal<CardView>) -> AnyView {
    let all = Memo::new(move |_| {
        let t = state.t();
        view.with(|card| of(t, card))
    });
    let marks = move || all.get().into_iter().map(one).collect_view();
    let marks = move || view! { <p class="marks">{marks}</p> }.into_any();
    when(flag(move || all.with(|all| !all.is_empty())), marks)
}

/// A mark, as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// Its class.
    pub class: &'static str,
    /// Its shape.
    pub shape: &'static str,
    /// Its word.
    pub word: String,
}

/// All marks of a card, as they are shown.
pub fn of(t: &Texts, card: &CardView) -> Vec<Shown> {
    let star =
        |what, class, shape, word: &str| card.star.is_for(what).then(|| Shown { class, shape, word: word.to_owned() });
    let mark = card.mark.map(|mark| Shown {
        class: match mark {
            Mark::Fact => "mark fact",
            Mark::Guess => "mark guess",
            Mark::ToCheck => "mark to-check",
        },
        shape: shape(mark),
        word: mark_word(t, mark).to_owned(),
    });
    let reach = card.reach.map(|reach| Shown {
        class: "mark reach",
        shape: reach_shape(reach),
        word: reach_word(t, reach).to_owned(),
    });
    let stop = card.stop.map(|stop| Shown {
        class: "mark stop",
        shape: "■",
        word: fill(t.craft.stopped, &[("why", stop_short(t, stop))]),
    });
    let dots =
        card.dots.map(|n| Shown { class: "mark got", shape: "●", word: fill(t.dots.dots, &[("n", &n.to_string())]) });
    [
        star(StarFor::RootCause, "mark star", "★", t.board.root_cause),
        star(StarFor::PlaceToAct, "mark to-act", "◆", t.board.place_to_act),
        mark,
        reach,
        stop,
        dots,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn one(shown: Shown) -> AnyView {
    let Shown { class, shape, word } = shown;
    view! { <span class=class><span aria-hidden="true">{shape}</span> " " {word}</span> }.into_any()
}

/// How the group knows a card, under it.
pub fn evidence(state: BoardState, view: Signal<CardView>) -> AnyView {
    let line = text(move || view.with(|card| card.line(shared::docs::board::Line::Evidence).trim().to_owned()));
    let said = move || {
        view! {
            <p class="card-evidence">
                <span class="label">{text(move || state.t().craft.evidence_short.to_owned())}</span>
                " "
                {line}
            </p>
        }
        .into_any()
    };
    when(flag(move || !line.with(String::is_empty)), said)
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
pub fn mark_word(t: &Texts, mark: Mark) -> &'static str {
    match mark {
        Mark::Fact => t.board.fact,
        Mark::Guess => t.board.guess,
        Mark::ToCheck => t.board.to_check,
    }
}

/// The shape of who can act.
pub const fn reach_shape(reach: Reach) -> &'static str {
    match reach {
        Reach::Us => "◉",
        Reach::WithOthers => "◎",
        Reach::OutOfHands => "◌",
    }
}

/// Who can act, as a word.
pub fn reach_word(t: &Texts, reach: Reach) -> &'static str {
    match reach {
        Reach::Us => t.craft.us,
        Reach::WithOthers => t.craft.with_others,
        Reach::OutOfHands => t.craft.out_of_hands,
    }
}

/// Why a group stops, in a sentence.
pub fn stop_word(t: &Texts, stop: Stop) -> &'static str {
    match stop {
        Stop::WouldEnd => t.craft.would_end,
        Stop::CheckFirst => t.craft.check_first,
        Stop::OutOfHands => t.craft.nobody_can,
        Stop::Other => t.craft.other_reason,
    }
}

fn stop_short(t: &Texts, stop: Stop) -> &'static str {
    match stop {
        Stop::WouldEnd => t.craft.would_end_short,
        Stop::CheckFirst => t.craft.check_first_short,
        Stop::OutOfHands => t.craft.nobody_can_short,
        Stop::Other => t.craft.other_reason_short,
    }
}
