//! One step of the run-sheet: when, what, how long, and what can be done with it.

use shared::StepId;
use shared::docs::workshop::{AtEnd, Kind, Names, Skip, Step, WorkshopOp};
use web_sys::MouseEvent;

use super::day::State;
use super::{About, Table, time_of_day};
use crate::i18n::{RunSheetTexts, fill};
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::live::{Word, button, text, with_number, word};

/// What is done in a step of this kind.
pub const fn kind_word(t: &RunSheetTexts, kind: Kind) -> &'static str {
    match kind {
        Kind::Free => t.kind_free,
        Kind::CheckIn => t.kind_check_in,
        Kind::Theme => t.kind_theme,
        Kind::Silence => t.kind_silence,
        Kind::Deepen => t.kind_deepen,
        Kind::ReadBack => t.kind_read_back,
        Kind::Star => t.kind_star,
        Kind::Gallery => t.kind_gallery,
        Kind::CheckOut => t.kind_check_out,
        Kind::Turns => t.kind_turns,
        Kind::OneTwoFour => t.kind_one_two_four,
        Kind::Dots => t.kind_dots,
    }
}

/// What there is to say about a step beside its title.
fn details(t: &RunSheetTexts, step: &Step) -> String {
    let plan = &step.plan;
    let mut said = vec![with_number(t.minutes_n, plan.minutes.into()), kind_word(t, plan.kind).to_owned()];
    match (plan.kind, plan.each_s) {
        (_, 0) => {}
        (Kind::Gallery, each_s) => said.push(with_number(t.visit_n, each_s.into())),
        (Kind::OneTwoFour, each_s) => said.push(with_number(t.round_n, each_s.into())),
        (_, each_s) => said.push(with_number(t.each_n, each_s.into())),
    }
    if plan.at_end == AtEnd::Close {
        said.push(t.closes.to_owned());
    }
    if plan.names == Names::Hidden {
        said.push(t.nameless.to_owned());
    }
    said.join(" · ")
}

/// The id of a button of a step.
fn id(what: &str, step: StepId) -> String {
    let mut id = what.to_owned();
    id.push_str(&step.to_string());
    id
}

/// The id of the button with which a step is changed.
pub fn edit_id(step: StepId) -> String {
    id("edit-", step)
}

/// A row.
pub fn row(table: Table, step: StepId) -> AnyView {
    let workshop = table.session.workshop();
    let workshop_turns = workshop.clone();
    let now = Memo::new(move |_| workshop.with(|doc| doc.as_ref().and_then(|doc| doc.step(step).cloned())));
    let of_step = move |read: fn(&RunSheetTexts, &Step) -> String| {
        text(move || now.with(|now| now.as_ref().map(|now| read(table.t(), now)).unwrap_or_default()))
    };
    let state = Memo::new(move |_| table.day.with(|day| day.slot(step).map_or(State::Ahead, |slot| slot.state)));
    let class = text(move || {
        match state.get() {
            State::Done => "plan-step done",
            State::Now => "plan-step now",
            State::Ahead => "plan-step",
            State::Skipped => "plan-step skipped",
        }
        .to_owned()
    });
    let said = text(move || {
        let t = table.t();
        match state.get() {
            State::Done => t.is_done,
            State::Now => t.is_now,
            State::Ahead => "",
            State::Skipped => t.is_skipped,
        }
        .to_owned()
    });
    let current = Signal::derive(move || (state.get() == State::Now).then_some("step"));
    let turns = text(move || {
        let turns = workshop_turns.with(|doc| doc.as_ref().is_some_and(|doc| doc.turns_roles.contains_key(&step)));
        if turns { table.t().roles_turn.to_owned() } else { String::new() }
    });
    let at = text(move || {
        let begins = table.day.with(|day| day.slot(step).and_then(|slot| slot.begins));
        begins.map(time_of_day).unwrap_or_default()
    });
    view! {
        <li class=class aria-current=current>
            <p class="plan-at tabular">{at}</p>
            <div class="plan-what">
                <h2>{of_step(|_, step| step.plan.title.clone())}</h2>
                <p class="plan-state">{said}</p>
                <p class="plan-details tabular">{of_step(details)}</p>
                <p class="plan-details">{turns}</p>
                <p class="plan-prompt">{of_step(|_, step| step.plan.prompt.clone())}</p>
            </div>
            {does(table, step, now)}
        </li>
    }
    .into_any()
}

fn does(table: Table, step: StepId, now: Memo<Option<Step>>) -> AnyView {
    let label = move |word: Word| {
        let title = move || now.with(|now| now.as_ref().map(|now| now.plan.title.clone()).unwrap_or_default());
        let sentence = crate::ui::live::word(word);
        text(move || fill(&sentence.get(), &[("title", &title())]))
    };
    let skips = move || now.with(|now| now.as_ref().is_some_and(|now| now.skip == Skip::Yes));
    let skip_word = text(move || if skips() { table.t().unskip } else { table.t().skip }.to_owned());
    let skip = move || {
        let skip = if untrack(skips) { Skip::No } else { Skip::Yes };
        table.done.run(WorkshopOp::SkipStep { step, skip });
    };
    let up: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| go(table, step, Way::Up));
    let down: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| go(table, step, Way::Down));
    let edit: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| table.open(table.editor, About::Step(step)));
    let more: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| table.open(table.menu, About::Step(step)));
    view! {
        <div class="plan-does">
            <button type="button" class="button" id=id("up-", step) aria-label=label(|t| t.run_sheet.up) on:click=up>
                "↑"
            </button>
            <button type="button" class="button" id=id("down-", step) aria-label=label(|t| t.run_sheet.down) on:click=down>
                "↓"
            </button>
            {button("button", skip_word, skip)}
            <button type="button" class="button" id=edit_id(step) on:click=edit>{word(|t| t.run_sheet.edit)}</button>
            <button
                type="button"
                class="button"
                id=id("more-", step)
                aria-haspopup="dialog"
                aria-label=label(|t| t.run_sheet.more)
                on:click=more
            >
                "⋯"
            </button>
        </div>
    }
    .into_any()
}

/// Where to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    Up,
    Down,
}

/// A step goes one place on. The focus goes with it.
fn go(table: Table, step: StepId, way: Way) {
    let steps: Vec<StepId> = untrack(|| table.with(|doc| doc.steps.iter().map(|step| step.id).collect()));
    let Some(at) = steps.iter().position(|one| *one == step) else { return };
    let after = match way {
        Way::Up if at == 0 => return,
        Way::Up => at.checked_sub(2).and_then(|at| steps.get(at)).copied(),
        Way::Down => match steps.get(at.saturating_add(1)) {
            Some(next) => Some(*next),
            None => return,
        },
    };
    table.done.run(WorkshopOp::MoveStep { step, after });
    let button = match way {
        Way::Up => id("up-", step),
        Way::Down => id("down-", step),
    };
    // A row that comes elsewhere is put there anew.
    request_animation_frame(move || {
        dom::focus(&button);
    });
}
