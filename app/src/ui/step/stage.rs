//! What the people of a group have before them in a step, and how one thing gives way to the next: at once, but not while
//! somebody is writing. Who writes is told, and goes on with a tap, or when they have paused for a while.

use std::time::Duration;

use shared::GroupId;
use shared::docs::workshop::{Circle, Kind};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use super::here::Here;
use super::{check_in, check_out, circles, dots, gallery, silence};
use crate::i18n::{self, fill, use_speech};
use crate::platform::{clock, dom};
use crate::reactive::*;
use crate::ui::board::{Access, board, help, write_for};
use crate::ui::live::{button, follow, switch, text, when, word};

/// The part of the screen that changes with the step.
const STAGE: &str = "step-stage";
/// The title of the step, which takes the focus when what had it is gone.
pub const STEP_TITLE: &str = "step-title";
/// How often it is asked whether somebody still writes.
const LOOK: Duration = Duration::from_millis(500);
/// Who has not touched a key for so long is not writing any more.
const PAUSE_MS: u64 = 15_000;

/// What is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Board,
    CheckIn,
    Silence,
    Gallery(GroupId),
    CheckOut,
    Pair,
    Plenary,
    Dots,
}

impl Stage {
    fn of(here: Here) -> Self {
        match here.plan.with(|plan| plan.as_ref().map(|plan| plan.kind)) {
            Some(Kind::CheckIn) => Self::CheckIn,
            Some(Kind::Silence) => Self::Silence,
            Some(Kind::CheckOut) => Self::CheckOut,
            Some(Kind::OneTwoFour) => match here.circle.get().map(|(_, circle)| circle) {
                Some(Circle::Alone) => Self::Silence,
                Some(Circle::Pair) => Self::Pair,
                Some(Circle::All) => Self::Plenary,
                Some(Circle::Table) | None => Self::Board,
            },
            Some(Kind::Gallery) => here.visited().map_or(Self::Board, Self::Gallery),
            Some(Kind::Dots) if dots::is_on(here) => Self::Dots,
            Some(Kind::Free | Kind::Theme | Kind::Deepen | Kind::ReadBack | Kind::Star | Kind::Turns | Kind::Dots)
            | None => Self::Board,
        }
    }

    const fn key(self) -> u32 {
        match self {
            Self::Board => 0,
            Self::CheckIn => 1,
            Self::Silence => 2,
            Self::CheckOut => 3,
            Self::Pair => 5,
            Self::Plenary => 6,
            Self::Dots => 7,
            Self::Gallery(group) => 4 + ((group.0 as u32) << 3),
        }
    }
}

/// The stage, and above it the word that the room has gone on, while it waits.
pub fn stage(here: Here) -> AnyView {
    let wanted = Memo::new(move |_| Stage::of(here));
    let shown = RwSignal::new(wanted.get_untracked());
    let touched_at = StoredValue::new(0_u64);
    let converting = StoredValue::new(0_u32);
    let waits = Memo::new(move |_| wanted.get() != shown.get());
    let go = move || {
        if shown.try_get_untracked().is_some_and(|shown| Some(shown) != wanted.try_get_untracked()) {
            shown.set(wanted.get_untracked());
            request_animation_frame(take_focus);
        }
    };
    let may_go = move || {
        if field().is_none() {
            // A field that is gone, or was left, ends no conversion that anybody hears of.
            converting.try_set_value(0);
        }
        let rests = clock::now().0.saturating_sub(touched_at.get_value()) >= PAUSE_MS;
        converting.get_value() == 0 && (rests || !is_writing())
    };
    follow(move || {
        if waits.get() && may_go() {
            go();
        }
    });
    let look = move || {
        if waits.try_get_untracked() == Some(true) && may_go() {
            go();
        }
    };
    if let Ok(timer) = set_interval_with_handle(look, LOOK) {
        on_cleanup(move || timer.clear());
    }
    let now = move || {
        leave_field();
        go();
    };
    let set = move |n| {
        converting.try_set_value(n);
    };
    view! {
        <div role="status">{when(waits.into(), move || gone_on(here, now))}</div>
        <div
            id=STAGE
            class="step-stage"
            on:compositionstart=move |_| set(1)
            on:compositionend=move |_| set(0)
            on:input=move |_| {
                touched_at.try_set_value(clock::now().0);
            }
        >
            {switch(move || shown.get().key(), move || content(here, shown.get_untracked()))}
        </div>
    }
    .into_any()
}

fn content(here: Here, stage: Stage) -> AnyView {
    let Here { session, group, .. } = here;
    match stage {
        Stage::Board => view! { {silence::left_over(here)} {board(session, group, Access::Write)} }.into_any(),
        Stage::CheckIn => beside(here, vec![silence::left_over(here), check_in::check_in(here)]),
        Stage::Silence => beside(here, vec![silence::silence(here)]),
        Stage::Gallery(visited) => view! { {silence::left_over(here)} {gallery::gallery(here, visited)} }.into_any(),
        Stage::Pair => beside(here, vec![silence::left_over(here), circles::pair(here)]),
        Stage::Plenary => beside(here, vec![silence::left_over(here), circles::plenary(here)]),
        Stage::Dots => beside(here, vec![silence::left_over(here), dots::of_room(here)]),
        Stage::CheckOut => beside(here, vec![silence::left_over(here), check_out::check_out(here)]),
    }
}

/// A screen without a board, with the way to write for somebody else, who shares this phone, and the way to call for help.
fn beside(here: Here, content: Vec<AnyView>) -> AnyView {
    view! { {content} {write_for::beside(here.session, here.group)} {help::beside(here.session, here.group)} }
        .into_any()
}

/// Tells who is writing that the room has gone on.
fn gone_on(here: Here, now: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let speech = use_speech();
    let said = text(move || {
        let title = here.plan.with(|plan| plan.as_ref().map(|plan| plan.title.clone()).unwrap_or_default());
        fill(i18n::texts(speech.get()).step.gone_on, &[("text", &title)])
    });
    view! {
        <div class="step-gone-on">
            <p>{said}</p>
            {button("button primary", word(|t| t.step.go_on_now), now)}
        </div>
    }
    .into_any()
}

/// The field of the stage that has the focus.
fn field() -> Option<HtmlElement> {
    let active = document().active_element()?;
    let inside = active.closest(&format!("#{STAGE}")).ok().flatten().is_some();
    inside.then(|| active.dyn_into().ok()).flatten()
}

/// Whether somebody writes: a field has the focus, and there are words in it.
fn is_writing() -> bool {
    field()
        .and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok())
        .is_some_and(|field| !field.value().is_empty())
}

/// Going elsewhere ends a conversion and takes its words.
fn leave_field() {
    if let Some(field) = field() {
        // What cannot lose the focus keeps it.
        let _ = field.blur();
    }
}

fn take_focus() {
    if dom::focus_is_lost() {
        dom::focus(STEP_TITLE);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// After a press on something that goes away with it; nothing scrolls.
pub fn back_to_step() {
    request_animation_frame(|| {
        if dom::focus_is_lost() {
            dom::focus_still(dom::by_id(STEP_TITLE));
        }
    });
}
