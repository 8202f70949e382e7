//! Calling the others to a card. Nobody's screen moves by itself: who is called sees a banner, and one tap goes there.

use shared::access::By;
use shared::docs::board::{Board, BoardOp, Call, CallFor};
use shared::{CardId, Millis};

use super::age::Clock;
use super::commands::quote;
use super::hands::called;
use super::piece::{Button, anew, flag, text, word};
use super::state::{BoardState, Offer};
use super::{Sheet, nudge, screen};
use crate::i18n::{fill, reject};
use crate::reactive::*;

/// A call that is older is about something else by now.
const STANDS_MS: u64 = 10 * 60 * 1_000;

impl BoardState {
    /// Asks everybody to look at a card.
    pub fn call_to_look(self, card: CardId) {
        self.call(Some(card), CallFor::Look);
    }

    /// Calls everybody to a card, or takes the call back.
    fn call(self, card: Option<CardId>, what: CallFor) {
        if !self.may_write() {
            return;
        }
        match self.board.act_on(BoardOp::Call { card, what }) {
            Ok(()) if card.is_some() => self.say(self.texts().talk.said_called.to_owned(), Offer::Nothing),
            Ok(()) => {}
            Err(why) => self.say(reject(self.texts(), why), Offer::Nothing),
        }
    }
}

/// Whether a call still stands.
fn is_young(call: &Call, now: Millis) -> bool {
    now.0.saturating_sub(call.at.0) < STANDS_MS
}

/// The call that somebody else should see now.
fn standing(board: &Board, me: Option<By>, now: Millis) -> Option<Call> {
    board.call.filter(|call| Some(call.by) != me && is_young(call, now) && board.is_seen(call.card))
}

/// Over the top of the board: who calls, and one tap to go there. It lies over what is there, so that nothing moves.
pub fn banner(state: BoardState) -> AnyView {
    let (clock, changed) = (Clock::begin(state), state.board.changed());
    let seen = RwSignal::new(None::<Millis>);
    let call = Memo::new(move |_| {
        changed.track();
        let (me, now) = (state.me.get(), clock.now());
        let call = state.board.read(|board| standing(board, me, now)).flatten();
        call.filter(|call| seen.get() != Some(call.at))
    });
    let banner = anew(move || {
        let call = call.get()?;
        Some(untrack(|| one(state, call, seen)))
    });
    view! { <div class="call-place" role="status"><div class="call-all">{banner} {nudge::card(state)}</div></div> }
        .into_any()
}

fn one(state: BoardState, call: Call, seen: RwSignal<Option<Millis>>) -> AnyView {
    let told = text(move || {
        let t = &state.t().talk;
        let sentence = if call.what == CallFor::Look { t.calls_look } else { t.calls_read };
        let words = state.board.card(call.card).with(|card| quote(&card.text));
        fill(sentence, &[("name", &called(state, call.by)), ("text", &words)])
    });
    let go = text(move || {
        let t = &state.t().talk;
        if call.what == CallFor::Look { t.go_look } else { t.go_read }.to_owned()
    });
    let follow = move || {
        seen.set(Some(call.at));
        match call.what {
            CallFor::Look => state.reveal(call.card),
            CallFor::ReadBack => {
                state.chosen.set(call.card);
                state.sheet.set(Some(Sheet::Read(call.card)));
            }
        }
    };
    let later = move || seen.set(Some(call.at));
    view! {
        <div class="call">
            <p>{told}</p>
            <div class="call-ways">
                {Button::new("button primary", go).on(follow)}
                {Button::new("button quiet", word(|t| t.talk.not_now)).on(later)}
            </div>
        </div>
    }
    .into_any()
}

/// "Look here", on a card's sheet.
pub fn look(state: BoardState, card: CardId) -> AnyView {
    Button::new("button wide action", word(|t| t.talk.look)).with_shape("☞".into()).on(move || {
        screen::close_dialog();
        state.call_to_look(card);
    })
}

/// Calls the others to read along, or no longer.
pub fn invite(state: BoardState, card: CardId) -> AnyView {
    let (clock, changed) = (Clock::begin(state), state.board.changed());
    let calls = flag(move || {
        changed.track();
        let (me, now) = (state.me.get(), clock.now());
        let call = state.board.read(|board| board.call).flatten();
        call.is_some_and(|call| {
            Some(call.by) == me && call.card == card && call.what == CallFor::ReadBack && is_young(&call, now)
        })
    });
    let told = text(move || if calls.get() { state.t().reading.called.to_owned() } else { String::new() });
    let press = move || {
        let call = (!untrack(|| calls.get())).then_some(card);
        state.call(call, CallFor::ReadBack);
    };
    view! {
        <div class="reading-call">
            {Button::new("button toggle", word(|t| t.reading.call)).pressed(calls).on(press)}
            <p class="hint" role="status">{told}</p>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use shared::docs::board::Place;
    use shared::{ClientId, Model, OpId, PersonId, Seq, Stamp};

    use super::*;

    const fn person(n: u32) -> By {
        By::Person(PersonId(n))
    }

    fn act(board: &mut Board, n: u32, at: u64, op: &BoardOp) -> CardId {
        let id = OpId { client: ClientId::of(99), n };
        board.apply(&Stamp { seq: Seq(u64::from(n)), id, by: person(1), at: Millis(at) }, op).unwrap();
        CardId::from(id)
    }

    #[test]
    fn others_see_a_call_for_ten_minutes_as_long_as_its_card_is_there() {
        let mut board = Board::default();
        let add = BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: "一".into(), start: 0 };
        let card = act(&mut board, 1, 10, &add);
        act(&mut board, 2, 1_000, &BoardOp::Call { card: Some(card), what: CallFor::Look });
        let seen = |board: &Board, by, now| standing(board, Some(by), Millis(now)).is_some();
        assert!(seen(&board, person(2), 1_000) && seen(&board, person(2), 500), "a clock may be behind");
        assert!(standing(&board, None, Millis(2_000)).is_some(), "who only looks");
        assert!(!seen(&board, person(1), 1_000), "not who calls");
        assert!(seen(&board, person(2), 1_000 + STANDS_MS - 1) && !seen(&board, person(2), 1_000 + STANDS_MS));
        act(&mut board, 3, 2_000, &BoardOp::RemoveCard { card });
        assert!(!seen(&board, person(2), 3_000));
    }
}
