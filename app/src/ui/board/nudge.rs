//! A question of who conducts to this group alone: a quiet card over the top of the board, which one of the group takes, to write an
//! answer under the question, or puts away. It takes no focus and moves nothing.

use shared::CardId;
use shared::docs::board::{BoardOp, Nudge, Reply};

use super::focus;
use super::piece::{Button, anew, flag, text, when, word};
use super::presence;
use super::state::{BoardState, Offer};
use crate::i18n::{fill, reject};
use crate::reactive::*;

/// The question, as long as nobody has answered it, on the phones of the group.
pub fn card(state: BoardState) -> AnyView {
    let changed = state.board.changed();
    let now = Memo::new(move |_| {
        changed.track();
        let nudge = state.board.read(|board| board.nudge.clone()).flatten();
        let own = state.is_of_group() && state.table.group() == state.board.group();
        nudge.filter(|nudge| own && nudge.reply.is_none())
    });
    anew(move || now.get().map(|nudge| untrack(|| one(state, nudge))))
}

fn one(state: BoardState, nudge: Nudge) -> AnyView {
    let Nudge { id, by, text: words, .. } = nudge;
    let answer = move |reply| {
        if let Err(why) = state.board.act_on(BoardOp::AnswerNudge { nudge: id, reply }) {
            state.say(reject(state.texts(), why), Offer::Nothing);
        }
    };
    let shown = words.clone();
    let said = text(move || {
        let name = presence::name_of(state, by).unwrap_or_default();
        fill(state.t().talk.asks, &[("name", &name), ("text", &shown)])
    });
    let take = move || {
        let words = words.clone();
        Button::new("button primary", word(|t| t.talk.asks_take)).on(move || {
            let empty = state.board.card(CardId::THEME).with_untracked(|theme| theme.text.is_empty());
            // Inside the tap, so that the keyboard comes.
            if empty {
                state.write_in(CardId::THEME)
            } else {
                state.write_child(state.chosen_now())
            }
            let n = state.writing.get_untracked().map_or(0, |writing| writing.n);
            state.asked.set(Some((n, words.clone())));
            answer(Reply::Taken);
        })
    };
    let away = move || {
        answer(Reply::PutAway);
        request_animation_frame(move || focus::find(state));
    };
    view! {
        <div class="call">
            <p>{said}</p>
            <div class="call-ways">
                {when(state.writes.into(), take)}
                {Button::new("button quiet", word(|t| t.talk.not_now)).on(away)}
            </div>
        </div>
    }
    .into_any()
}

/// Over the field in which the answer is written: the question.
pub fn in_field(state: BoardState, n: u32) -> AnyView {
    let asked =
        move || state.asked.with(|asked| asked.as_ref().filter(|(of, _)| *of == n).map(|(_, words)| words.clone()));
    let said = text(move || fill(state.t().talk.asked, &[("text", &asked().unwrap_or_default())]));
    when(flag(move || asked().is_some()), move || view! { <p class="question asked">{said}</p> }.into_any())
}
