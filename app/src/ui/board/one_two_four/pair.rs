//! In twos: with whom one talks, what one has written oneself, and the text that both write. The drafts of others are on their phones.

use std::rc::Rc;

use shared::docs::board::Board;
use shared::docs::workshop::Circle;
use shared::{By, PairId, StepId};

use super::super::piece::{anew, flag, text, when, word};
use super::super::sheet_field::{self, Asked};
use super::super::state::BoardState;
use super::super::{Access, screen};
use super::names;
use crate::edit::Target;
use crate::i18n::fill;
use crate::platform::dom;
use crate::reactive::*;
use crate::store::BoardStore;
use crate::ui::live::switch;
use crate::ui::step::here::Here;

/// The button that opens the field, to which the focus goes back.
const WRITE: &str = "pair-write";

/// The part of the screen that a pair has to itself; `own` is what one has written alone.
pub fn pair(here: Here, board: BoardStore, own: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let state = BoardState::begin(here.session, board, Access::Write);
    let changed = state.board.changed();
    // As long as this screen is there it is about the pair that it began with, though the room may be in another round already.
    let mine = Memo::new(move |before: Option<&Option<(StepId, PairId)>>| {
        changed.track();
        let now = state.circle.get().filter(|(_, circle)| *circle == Circle::Pair).and_then(|(step, _)| {
            let Some(By::Person(person)) = state.me.get() else { return None };
            state.board.read(|board| board.pair_of(step, person)).flatten().map(|pair| (step, pair))
        });
        now.or(before.copied().flatten())
    });
    let key = move || mine.get().map_or(0, |(_, pair)| u32::from(pair.0) + 1);
    let content = move || match mine.get_untracked() {
        Some((step, id)) => view! { {with_whom(state, step, id)} {own()} {draft(state, step, id)} }.into_any(),
        None => view! { <p role="status">{word(|t| t.one_two_four.pair_forming)}</p> }.into_any(),
    };
    view! { {switch(key, content)} {sheet_field::keeper()} }.into_any()
}

/// With whom one shares it.
fn others(state: BoardState, step: StepId, id: PairId) -> Memo<Vec<By>> {
    let changed = state.board.changed();
    Memo::new(move |_| {
        changed.track();
        let me = state.me.get();
        let others = |board: &Board| {
            let pair = board.pair(step, id)?;
            Some(board.sit_in(pair).map(By::Person).filter(|by| Some(*by) != me).collect())
        };
        state.board.read(others).flatten().unwrap_or_default()
    })
}

/// Who talks with whom; nobody, for who is alone.
fn with_whom(state: BoardState, step: StepId, id: PairId) -> AnyView {
    let others = others(state, step, id);
    let said = text(move || {
        let t = &state.t().one_two_four;
        let with = match others.with(Vec::len) {
            0 => return t.pair_alone.to_owned(),
            1 => t.pair_with,
            _ => t.pair_of_three,
        };
        fill(with, &[("names", &others.with(|others| names(state, others)))])
    });
    let together = flag(move || others.with(|others| !others.is_empty()));
    let hint = || view! { <p class="hint">{word(|t| t.one_two_four.pair_hint)}</p> }.into_any();
    view! {
        <div class="pair-head">
            <p class="pair-with" class:alone=flag(move || !together.get()) role="status">{said}</p>
            {when(together, hint)}
        </div>
    }
    .into_any()
}

/// The text that both write: to be read until somebody here writes in it.
fn draft(state: BoardState, step: StepId, id: PairId) -> AnyView {
    let changed = state.board.changed();
    let words = Memo::new(move |_| {
        changed.track();
        state.board.read(|board| board.pair(step, id).map(|pair| pair.draft.read())).flatten().unwrap_or_default()
    });
    let empty = flag(move || words.with(|words| words.trim().is_empty()));
    let reads = text(move || if empty.get() { state.t().one_two_four.draft_empty.to_owned() } else { words.get() });
    let open = RwSignal::new(false);
    let field = anew(move || open.get().then(|| untrack(|| field(state, step, id, open))));
    let label = text(move || {
        let t = &state.t().one_two_four;
        if empty.get() { t.draft_write } else { t.draft_change }.to_owned()
    });
    let write = move |_| {
        sheet_field::hold_keyboard();
        open.set(true);
    };
    let button = move || {
        view! { <button type="button" id=WRITE class="button primary wide" on:click=write>{label}</button> }.into_any()
    };
    let plain = move || view! { <p class="pair-text" class:empty=empty>{reads}</p> }.into_any();
    let others = others(state, step, id);
    let together = flag(move || others.with(|others| !others.is_empty()));
    let hint = || view! { <p class="hint">{word(|t| t.one_two_four.draft_hint)}</p> }.into_any();
    let idle = flag(move || !open.get());
    let may = flag(move || idle.get() && state.writes.get());
    view! {
        <section class="pair-draft" aria-labelledby="pair-draft">
            <h3 id="pair-draft">{word(|t| t.one_two_four.draft)}</h3>
            {when(together, hint)}
            {when(idle, plain)}
            {field}
            {when(may, button)}
        </section>
    }
    .into_any()
}

fn field(state: BoardState, step: StepId, id: PairId, open: RwSignal<bool>) -> AnyView {
    let close = move || {
        if open.try_get_untracked() == Some(true) {
            open.set(false);
            request_animation_frame(|| {
                if screen::focus_is_lost() {
                    dom::focus(WRITE);
                }
            });
        }
    };
    let asked = Asked {
        target: Target::Pair(step, id),
        label: word(|t| t.one_two_four.draft_field),
        hint: word(|t| t.one_two_four.draft_example),
        made: Rc::new(|_, _| {}),
        close: Rc::new(close),
    };
    sheet_field::field(state, asked)
}
