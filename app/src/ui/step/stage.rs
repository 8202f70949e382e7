//! What the people of a group have before them in a step, and how one thing gives way to the next: at once, but not while
//! somebody is writing. Who writes is told, and goes on with a tap, or when they have paused for a while. To a board that the lead
//! shows nobody is taken who writes: they go there with a tap.

use std::time::Duration;

use shared::GroupId;
use shared::docs::workshop::{Circle, Kind};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use super::dots::Aside;
use super::here::Here;
use super::spotlight::Looks;
use super::{check_in, check_out, circles, dots, gallery, silence};
use crate::i18n::{self, fill, use_speech};
use crate::platform::{clock, dom};
use crate::reactive::*;
use crate::ui::board::kept::Kept;
use crate::ui::board::one_two_four::name as circle_name;
use crate::ui::board::{Access, board, help, write_for};
use crate::ui::live::{button, flag, follow, switch, text, when, word};

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
    /// The board that the lead shows to everybody.
    Shown(GroupId),
}

impl Stage {
    fn of(here: Here, looks: Looks, aside: Aside) -> Self {
        if let Some(group) = looks.at() {
            return Self::Shown(group);
        }
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
            // A walk waits while something is shown.
            Some(Kind::Gallery) if looks.is_on() => Self::Board,
            Some(Kind::Gallery) => here.visited().map_or(Self::Board, Self::Gallery),
            Some(Kind::Dots) if aside.is_before(here) => Self::Dots,
            Some(Kind::Free | Kind::Theme | Kind::Deepen | Kind::ReadBack | Kind::Star | Kind::Turns | Kind::Dots)
            | None => Self::Board,
        }
    }

    const fn has_board(self) -> bool {
        matches!(self, Self::Board | Self::Gallery(_) | Self::Shown(_))
    }

    const fn is_shown(self) -> bool {
        matches!(self, Self::Shown(_))
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
            Self::Shown(group) => 5 + ((group.0 as u32) << 3),
        }
    }
}

/// The stage, and above it the word that the room has gone on, while it waits.
pub fn stage(here: Here) -> AnyView {
    let (looks, place, aside) = (Looks::begin(here), Place::begin(), Aside::begin());
    let wanted = Memo::new(move |_| Stage::of(here, looks, aside));
    let shown = RwSignal::new(wanted.get_untracked());
    let touched_at = StoredValue::new(0_u64);
    let converting = StoredValue::new(0_u32);
    let waits = Memo::new(move |_| wanted.get() != shown.get());
    let go = move || {
        if let (Some(before), Some(next)) = (shown.try_get_untracked(), wanted.try_get_untracked())
            && before != next
        {
            place.goes(before, next);
            shown.set(next);
            request_animation_frame(move || place.came(before, next));
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
        // Who writes when something is shown is as one who has turned away from it.
        if looks.calls() && (converting.get_value() != 0 || is_busy()) {
            looks.turn_away();
        }
        wanted.track();
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
        {looks.bar(now)}
        <div role="status">{when(waits.into(), move || gone_on(here, shown, now))}</div>
        <div
            id=STAGE
            class="step-stage"
            class:with-board=flag(move || shown.get().has_board())
            on:compositionstart=move |_| set(1)
            on:compositionend=move |_| set(0)
            on:input=move |_| {
                touched_at.try_set_value(clock::now().0);
            }
        >
            {switch(move || shown.get().key(), move || content(here, shown.get_untracked(), aside))}
        </div>
    }
    .into_any()
}

fn content(here: Here, stage: Stage, aside: Aside) -> AnyView {
    let Here { session, group, .. } = here;
    match stage {
        Stage::Board => view! { {silence::left_over(here)} {board(session, group, Access::Write)} }.into_any(),
        Stage::CheckIn => beside(here, vec![silence::left_over(here), check_in::check_in(here)]),
        Stage::Silence => beside(here, vec![silence::silence(here)]),
        Stage::Gallery(visited) => view! { {silence::left_over(here)} {gallery::gallery(here, visited)} }.into_any(),
        Stage::Pair => beside(here, vec![silence::left_over(here), circles::pair(here)]),
        Stage::Plenary => beside(here, vec![silence::left_over(here), circles::plenary(here)]),
        Stage::Dots => beside(here, vec![silence::left_over(here), dots::of_room(here, aside)]),
        Stage::Shown(group) => view! { <div class="gallery">{board(session, group, Access::Visit)}</div> }.into_any(),
        Stage::CheckOut => beside(here, vec![silence::left_over(here), check_out::check_out(here)]),
    }
}

/// A screen without a board, with the way to write for somebody else, who shares this phone, and the way to call for help.
fn beside(here: Here, content: Vec<AnyView>) -> AnyView {
    view! { {content} {write_for::beside(here.session, here.group)} {help::beside(here.session, here.group)} }
        .into_any()
}

/// Tells who is writing that the room has gone on.
fn gone_on(here: Here, shown: RwSignal<Stage>, now: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let speech = use_speech();
    let said = text(move || {
        if shown.get().is_shown() {
            return i18n::texts(speech.get()).step.shown_over.to_owned();
        }
        let t = i18n::texts(speech.get());
        // In 1-2-4-all the step is the same: its circle is what is new.
        let title = match here.circle.get() {
            Some((_, circle)) => circle_name(circle)(t).to_owned(),
            None => here.plan.with(|plan| plan.as_ref().map(|plan| plan.title.clone()).unwrap_or_default()),
        };
        fill(t.step.gone_on, &[("text", &title)])
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

/// Whether somebody is at words of their own, finished or not: a field has the focus, lies open on the board, or is not empty.
fn is_busy() -> bool {
    let open = format!("#{STAGE} #board-writing, #{STAGE} :is(textarea, input[type=text]):focus");
    if document().query_selector(&open).is_ok_and(|found| found.is_some()) {
        return true;
    }
    let Ok(fields) = document().query_selector_all(&format!("#{STAGE} textarea")) else { return false };
    let field = |n| fields.item(n).and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
    (0..fields.length()).filter_map(field).any(|field| !field.value().is_empty())
}

/// Where one was before one was brought elsewhere.
#[derive(Clone, Copy)]
struct Place {
    board: Kept,
    scrolled: StoredValue<f64>,
}

impl Place {
    fn begin() -> Self {
        let board = Kept::begin();
        provide_context(board);
        Self { board, scrolled: StoredValue::new(0.0) }
    }

    /// Right before one thing gives way to the next.
    fn goes(self, before: Stage, next: Stage) {
        match (before.is_shown(), next.is_shown()) {
            (false, true) => {
                self.board.leave();
                self.scrolled.try_set_value(window().scroll_y().unwrap_or_default());
            }
            (false, false) => self.board.forget(),
            (true, _) => {}
        }
    }

    /// When the next thing is there.
    fn came(self, before: Stage, next: Stage) {
        if before.is_shown() && !next.is_shown() {
            window().scroll_to_with_x_and_y(0.0, self.scrolled.try_get_value().unwrap_or_default());
            back_to_step();
            return;
        }
        take_focus();
        if next.is_shown() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }
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
