//! The vote with dots of the whole room, from the wall: the lead opens and closes it, everybody before the wall reads the result.

use shared::docs::workshop::{Kind, Phase, Workshop};

use super::View;
use crate::i18n::{self, use_speech};
use crate::reactive::*;
use crate::ui::conduct::Desk;
use crate::ui::dots::{Dots, Stage, dots};
use crate::ui::live::{flag, text, when, word};
use crate::ui::run_sheet::sheet::{self, Beside, sheet};

/// Whether the room is in the step for it.
fn steps(workshop: &Workshop) -> bool {
    let step = workshop.run.and_then(|run| workshop.step(run.step)).filter(|_| workshop.phase == Phase::Open);
    step.is_some_and(|step| step.plan.kind == Kind::Dots)
}

/// Under the step: what there is to do, or to see, with the button for it.
pub fn strip(view: View, desk: Option<Desk>) -> AnyView {
    let (speech, vote, workshop) = (use_speech(), Dots::of_room(view.session), view.session.workshop());
    let ended = workshop.clone();
    let steps = Memo::new(move |_| workshop.with(|doc| doc.as_deref().is_some_and(steps)));
    let ended = Memo::new(move |_| ended.with(|doc| doc.as_ref().is_some_and(|doc| doc.phase == Phase::Ended)));
    let leads = desk.is_some();
    let shown = flag(move || match vote.stage.get() {
        Stage::None => steps.get() && leads,
        Stage::Open(_) | Stage::Counting => true,
        // The end closes the vote of the room.
        Stage::LeftOpen => false,
        Stage::Counted(_) => steps.get() || ended.get(),
    });
    let texts = move || &i18n::texts(speech.get()).dots;
    let said = text(move || {
        match vote.stage.get() {
            Stage::None => texts().room_ready,
            Stage::Open(_) => texts().room_is_open,
            Stage::Counting | Stage::LeftOpen => texts().counting,
            Stage::Counted(_) => texts().room_over,
        }
        .to_owned()
    });
    let label = text(move || {
        match vote.stage.get() {
            Stage::None => texts().room_open,
            Stage::Open(_) | Stage::Counting | Stage::LeftOpen => texts().look,
            Stage::Counted(_) => texts().look_result,
        }
        .to_owned()
    });
    let open = RwSignal::new(0_u32);
    let content = move |_| {
        view! {
            <div class="sheet-body dots-sheet">
                <h2 id=sheet::TITLE>{word(|t| t.dots.room)}</h2>
                {dots(vote, flag(move || leads && !ended.get()))}
                {sheet::close_button()}
            </div>
        }
        .into_any()
    };
    let press = move |_| open.set(1);
    let row = move || {
        view! {
            <div class="dots-strip">
                <p role="status">{said}</p>
                <button type="button" class="button" id="room-dots" aria-haspopup="dialog" on:click=press>{label}</button>
            </div>
        }
        .into_any()
    };
    view! { {when(shown, row)} {sheet(open, Beside::Closes, content)} }.into_any()
}
