//! Raised hands: who has something to say, the first first. One's own goes up and down with one tap; anybody may lower the hand of
//! somebody who has been heard.

use shared::access::By;
use shared::docs::board::BoardOp;

use super::piece::{Button, flag, said, text, when, word};
use super::presence;
use super::state::{BoardState, Offer};
use crate::i18n::{fill, reject};
use crate::reactive::*;

/// A raised hand, drawn: not every system has a sign for it.
const HAND: &str = "<svg viewBox=\"0 0 24 24\" width=\"20\" height=\"20\" aria-hidden=\"true\" focusable=\"false\">\
    <path d=\"M8 13V5.5a1.5 1.5 0 0 1 3 0V11V3.5a1.5 1.5 0 0 1 3 0V11V5a1.5 1.5 0 0 1 3 0v9c0 4-2.5 7-6 7-3 0-4.4-1.6-6-4.5\
    L3.6 13.6a1.5 1.5 0 0 1 2.5-1.6z\"/></svg>";

impl BoardState {
    fn hand(self, op: BoardOp, done: &str) {
        if !self.may_write() {
            return;
        }
        match self.board.act_on(op) {
            Ok(()) if done.is_empty() => {}
            Ok(()) => self.say(done.to_owned(), Offer::Nothing),
            Err(why) => self.say(reject(self.texts(), why), Offer::Nothing),
        }
    }

    /// One's own hand goes up, or down.
    pub fn turn_hand(self) {
        let Some(me) = self.me.try_get_untracked().flatten() else { return };
        let up = self.board.read(|board| board.hands.iter().any(|(by, _)| *by == me)) == Some(true);
        self.hand(if up { BoardOp::LowerHand { of: me } } else { BoardOp::RaiseHand }, "");
    }
}

/// Somebody as one speaks to them.
pub fn called(state: BoardState, by: By) -> String {
    let name = presence::name_of(state, by).unwrap_or_default();
    match by {
        By::Person(_) => fill(state.t().everywhere.person, &[("name", &name)]),
        _ => name,
    }
}

/// In the board's top line: one's own hand, and those that are up.
pub fn hands(state: BoardState) -> AnyView {
    let changed = state.board.changed();
    let hands = Memo::new(move |_| {
        changed.track();
        let up = state.board.read(|board| board.hands.iter().map(|(by, _)| *by).collect::<Vec<_>>());
        up.unwrap_or_default()
    });
    let asked = RwSignal::new(None::<By>);
    let list = move || {
        let row = move |by: By| if state.writes.get() { lowered(state, by, asked) } else { plain(state, by) };
        let rows = move || hands.get().into_iter().map(row).collect::<Vec<_>>();
        view! { <ul class="hands" aria-label=word(|t| t.talk.hands)>{rows}</ul> }.into_any()
    };
    view! {
        {when(state.writes.into(), move || own(state, hands))}
        {when(flag(move || hands.with(|hands| !hands.is_empty())), list)}
    }
    .into_any()
}

fn own(state: BoardState, hands: Memo<Vec<By>>) -> AnyView {
    let up = said(flag(move || state.me.get().is_some_and(|me| hands.with(|hands| hands.contains(&me)))));
    view! {
        <button type="button" class="button toggle hand" aria-pressed=up on:click=move |_| state.turn_hand()>
            <span class="hand-sign" aria-hidden="true" inner_html=HAND></span>
            <span class="word">{word(|t| t.talk.hand)}</span>
        </button>
    }
    .into_any()
}

fn name(state: BoardState, by: By) -> Signal<String> {
    text(move || if state.you.get() == Some(by) { state.t().board.you.to_owned() } else { called(state, by) })
}

fn plain(state: BoardState, by: By) -> AnyView {
    view! { <li><span class="hand-sign" aria-hidden="true" inner_html=HAND></span> {name(state, by)}</li> }.into_any()
}

/// A hand with the way down: first the name, then the word, so that nobody loses their turn by a slip.
fn lowered(state: BoardState, by: By, asked: RwSignal<Option<By>>) -> AnyView {
    let open = flag(move || asked.get() == Some(by));
    let turn = move |_| asked.update(|asked| *asked = if *asked == Some(by) { None } else { Some(by) });
    let lower = move || {
        let called = text(move || fill(state.t().talk.hand_of, &[("name", &name(state, by).get())]));
        Button::new("button", word(|t| t.talk.heard)).called(called).on(move || {
            let said = untrack(|| fill(state.texts().talk.said_lowered, &[("name", &name(state, by).get())]));
            state.hand(BoardOp::LowerHand { of: by }, &said);
            asked.set(None);
        })
    };
    view! {
        <li>
            <button type="button" class="button quiet" aria-expanded=said(open) on:click=turn>
                <span class="hand-sign" aria-hidden="true" inner_html=HAND></span>
                <span class="word">{name(state, by)}</span>
            </button>
            {when(open, lower)}
        </li>
    }
    .into_any()
}
