//! Checking in: people look at each other, not at their phones. The screen says who sits here, and how long each may speak.

use super::here::Here;
use crate::element::anew;
use crate::i18n::{self, use_speech};
use crate::reactive::*;
use crate::ui::board::{roles, turns};
use crate::ui::live::{text, with_number, word};
use crate::ui::seat::neighbours;

/// The screen.
pub fn check_in(here: Here) -> AnyView {
    let speech = use_speech();
    let each = text(move || {
        let each = here.plan.with(|plan| plan.as_ref().map_or(0, |plan| plan.each_s));
        let t = &i18n::texts(speech.get()).step;
        match u64::from(each) {
            0 => String::new(),
            seconds if seconds % 60 == 0 => with_number(t.each_minutes, seconds / 60),
            seconds => with_number(t.each_seconds, seconds),
        }
    });
    let (session, group) = (here.session, here.group);
    let loaded = Memo::new(move |_| {
        session.groups().track();
        session.board(group).is_some_and(|board| board.loaded().get())
    });
    // Looked at first: who comes late has no board yet, and hears of it by this alone.
    let here_now = move || loaded.get().then(|| session.board(group)).flatten();
    let whose_turn = move || match here_now() {
        Some(board) => untrack(|| turns::alone(here, board)),
        None => ().into_any(),
    };
    let choose_roles = move || match here_now() {
        Some(board) => untrack(|| roles::beside(session, board)),
        None => ().into_any(),
    };
    view! {
        <div class="step-body check-in">
            <p class="step-each">{each}</p>
            {anew(Box::new(whose_turn))}
            <h3>{word(|t| t.step.who_is_here)}</h3>
            {neighbours(here.session, here.group)}
            <p class="hint">{word(|t| t.step.look_up)}</p>
            {anew(Box::new(choose_roles))}
        </div>
    }
    .into_any()
}
