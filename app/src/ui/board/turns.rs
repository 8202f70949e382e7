//! One after another: whose turn it is, on every phone of the group. Anybody passes the word on, because a table is one place; who
//! would rather speak later comes last.

use shared::PersonId;
use shared::access::By;
use shared::docs::board::{BoardOp, Pass, Turns};
use shared::docs::workshop::{Run, Timer};
use shared::{ClientId, Millis, StepId};

use super::hands::called;
use super::piece::{Button, anew, flag, text, when, word};
use super::state::{BoardState, Offer};
use super::{Access, presence};
use crate::i18n::{fill, reject};
use crate::reactive::*;
use crate::store::{BoardStore, Session};
use crate::ui::step::clock::{Reading, clock};
use crate::ui::step::here::Here;
use crate::ui::step::stage::back_to_step;

/// Whose turn it is, with a board that is not shown itself.
pub fn alone(here: Here, board: BoardStore) -> AnyView {
    turns(BoardState::begin(here.session, board, Access::Write), here)
}

/// Whose turn it is.
pub fn turns(state: BoardState, here: Here) -> AnyView {
    let changed = state.board.changed();
    let each_s = Signal::derive(move || here.plan.with(|plan| plan.as_ref().map_or(0, |plan| plan.each_s)));
    let session = here.session;
    let now = Memo::new(move |_| {
        changed.track();
        let began = here.run.get().map_or(Millis(0), |run| run.began_at);
        // Those of an earlier step are over, though somebody did not say so.
        let turns = state.board.read(|board| board.turns.clone()).flatten();
        turns.filter(|turns| turns.since >= began)
    });
    let speaks = Memo::new(move |_| now.with(|now| now.as_ref().and_then(|now| now.order.first().copied())));
    let begun = flag(move || now.with(Option::is_some));
    let over = flag(move || begun.get() && speaks.get().is_none());
    let begin = move || {
        let label = text(move || {
            let t = &state.t().step;
            if begun.get() { t.turns_again } else { t.turns_begin }.to_owned()
        });
        Button::new("button wide", label).on(move || act(state, BoardOp::TakeTurns))
    };
    let all = || view! { <p class="turns-over" role="status">{word(|t| t.step.turns_over)}</p> }.into_any();
    let waits = flag(move || speaks.get().is_none() && state.writes.get());
    view! {
        <section class="turns" aria-label=word(|t| t.step.turns)>
            {anew(move || speaks.get().map(|person| untrack(|| one(state, session, now, each_s, person))))}
            {when(over, all)}
            {when(waits, begin)}
        </section>
    }
    .into_any()
}

fn act(state: BoardState, op: BoardOp) {
    if let Err(why) = state.board.act_on(op) {
        state.say(reject(state.texts(), why), Offer::Nothing);
    }
    back_to_step();
}

/// Somebody speaks.
fn one(
    state: BoardState,
    session: Session,
    now: Memo<Option<Turns>>,
    each_s: Signal<u16>,
    person: PersonId,
) -> AnyView {
    let by = By::Person(person);
    let mine = flag(move || state.you.get() == Some(by));
    let said = text(move || {
        let t = &state.t().step;
        if mine.get() { t.turn_yours.to_owned() } else { fill(t.turn_of, &[("name", &called(state, by))]) }
    });
    let next = text(move || {
        let waiting: Vec<PersonId> =
            now.with(|now| now.as_ref().map(|now| now.order.iter().skip(1).copied().collect())).unwrap_or_default();
        let names: Vec<String> =
            waiting.into_iter().filter_map(|person| presence::name_or_you(state, By::Person(person))).collect();
        if names.is_empty() {
            return String::new();
        }
        fill(state.t().step.turn_next, &[("names", &names.join(state.t().board.and))])
    });
    let run = Signal::derive(move || {
        let since = now.with(|now| now.as_ref().map(|now| now.since))?;
        (each_s.get() > 0).then(|| own_time(since, each_s.get()))
    });
    let reading = clock(session, run);
    let left = text(move || reading.get().map(Reading::digits).unwrap_or_default());
    let short = flag(move || reading.get().is_some_and(|reading| matches!(reading, Reading::Over(_))));
    let several = flag(move || now.with(|now| now.as_ref().is_some_and(|now| now.order.len() > 1)));
    let pass = move |how| move || act(state, BoardOp::PassTurn { of: person, how });
    let ways = move || {
        let on = text(move || {
            let t = &state.t().step;
            if several.get() { t.turn_pass } else { t.turn_last }.to_owned()
        });
        let later = move || Button::new("button quiet", word(|t| t.step.turn_later)).on(pass(Pass::Later));
        view! {
            <div class="turns-ways">
                {Button::new("button primary", on).on(pass(Pass::Done))}
                {when(several, later)}
            </div>
        }
        .into_any()
    };
    view! {
        <div class="turn" class:mine=mine>
            <p class="turn-who" role="status">{said}</p>
            <p class="turn-left tabular" class:short=short>{left}</p>
            <p class="hint">{next}</p>
            {when(state.writes.into(), ways)}
        </div>
    }
    .into_any()
}

/// The time of one who speaks, as that of a step.
const fn own_time(since: Millis, each_s: u16) -> Run {
    let until = Millis(since.0.saturating_add(each_s as u64 * 1_000));
    let nowhere = StepId { client: ClientId::GENESIS, n: 0 };
    Run { step: nowhere, began_at: since, timer: Timer::Runs { until }, round: 0 }
}
