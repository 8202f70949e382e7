//! Another run-sheet in the place of this one: those that ship, and one's own on this device; and keeping this one there.

use shared::docs::workshop::{Plan, Skip, Step, Workshop, WorkshopOp};
use shared::run_sheet::Shipped;
use shared::text::tidy;
use web_sys::SubmitEvent;

use super::done::Told;
use super::{Table, template};
use crate::i18n::{self, fill};
use crate::platform::storage::Kept;
use crate::reactive::*;
use crate::ui::line_field::{LineField, Trouble, field, value};
use crate::ui::live::{button, text, with_number, word};
use crate::ui::screen::TITLE;

const NAME: &str = "template-name";

/// The name of a run-sheet that ships.
pub const fn name_of(t: &i18n::RunSheetTexts, shipped: Shipped) -> &'static str {
    match shipped {
        Shipped::Analyse => t.analyse,
        Shipped::Whole => t.whole,
        Shipped::Blank => t.blank,
    }
}

/// Steps that would be gone with another run-sheet: all in which nobody is, but those that lie behind everybody.
fn replaced(workshop: &Workshop) -> Vec<(Plan, Skip)> {
    let in_use = |step: &&Step| !workshop.run.iter().chain(workshop.apart.values()).any(|run| run.step == step.id);
    let here = workshop.run.and_then(|run| workshop.steps.iter().position(|step| step.id == run.step));
    let ahead = workshop.steps.iter().skip(here.map_or(0, |here| here.saturating_add(1)));
    ahead.filter(in_use).map(|step| (step.plan.clone(), step.skip)).collect()
}

fn take(table: Table, plans: Vec<Plan>) {
    let before = untrack(|| table.with(replaced));
    if table.done.run(WorkshopOp::SetSteps { plans }) {
        table.done.tell(Told::Replaced(before));
        window().scroll_to_with_x_and_y(0.0, 0.0);
        crate::platform::dom::focus(TITLE);
    }
}

/// Others to take.
pub fn others(table: Table) -> AnyView {
    let shipped = move |shipped: Shipped| {
        let label = text(move || {
            let (t, language) = (table.t(), table.speech.get());
            let minutes: u32 = shipped.plans(language).iter().map(|plan| u32::from(plan.minutes)).sum();
            let mut label = name_of(t, shipped).to_owned();
            if minutes > 0 {
                label.push_str(" · ");
                label.push_str(&with_number(t.minutes_n, minutes.into()));
            }
            label
        });
        button("button wide", label, move || take(table, shipped.plans(table.speech.get_untracked())))
    };
    let rows: Vec<AnyView> = Shipped::ALL.into_iter().map(shipped).collect();
    view! {
        <details class="run-sheet-more">
            <summary class="button quiet">{word(|t| t.run_sheet.others)}</summary>
            <p class="hint">{word(|t| t.run_sheet.others_hint)}</p>
            <div class="choices">{rows}</div>
        </details>
    }
    .into_any()
}

/// One's own.
pub fn templates(table: Table) -> AnyView {
    let names = Memo::new(move |_| {
        table.templates.track();
        template::names()
    });
    let row = move |name: String| {
        let (load, drop, label) = (name.clone(), name.clone(), name.clone());
        let load = move || {
            if let Some(plans) = template::load(&load) {
                take(table, plans);
            }
        };
        let drop = move || forget(table, &drop);
        let forget = text(move || fill(table.t().forget, &[("title", &label)]));
        let press: Box<dyn FnMut(web_sys::MouseEvent)> = Box::new(move |_| drop());
        view! {
            <li class="linked-row">
                {button("button wide", name.into(), load)}
                <button type="button" class="button" aria-label=forget on:click=press>{word(|t| t.run_sheet.drop)}</button>
            </li>
        }
        .into_any()
    };
    let rows = move || names.get().into_iter().map(row).collect::<Vec<AnyView>>();
    let hint = text(move || {
        if names.with(Vec::is_empty) { table.t().no_templates } else { table.t().templates_hint }.to_owned()
    });
    view! {
        <details class="run-sheet-more">
            <summary class="button quiet">{word(|t| t.run_sheet.templates)}</summary>
            {keep_form(table)}
            <p class="hint">{hint}</p>
            <ul class="linked">{rows}</ul>
        </details>
    }
    .into_any()
}

fn forget(table: Table, name: &str) {
    let Some(plans) = template::load(name) else { return };
    template::forget(name);
    table.templates.update(|turn| *turn = turn.wrapping_add(1));
    table.done.tell_and_go(Told::Forgotten(name.to_owned(), plans));
}

fn keep_form(table: Table) -> AnyView {
    let trouble = Trouble::none();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let name = tidy(&value(NAME)).trim().to_owned();
        let plans: Vec<Plan> = untrack(|| table.with(|doc| doc.steps.iter().map(|step| step.plan.clone()).collect()));
        let wrong: Option<fn(&i18n::RunSheetTexts) -> &'static str> = match name.chars().count() {
            0 => Some(|t| t.name_missing),
            n if n > template::NAME_CHARS_MAX => Some(|t| t.name_long),
            _ if plans.is_empty() => Some(|t| t.nothing_to_keep),
            _ => None,
        };
        if let Some(wrong) = wrong {
            return trouble.set(NAME, |language| wrong(&i18n::texts(language).run_sheet).to_owned());
        }
        trouble.clear();
        let kept = template::keep(&name, &plans);
        table.templates.update(|turn| *turn = turn.wrapping_add(1));
        if let Some(field) = field(NAME) {
            field.set_value("");
        }
        table.done.tell(match kept {
            Kept::OnDevice => Told::Kept(name),
            Kept::InPage => Told::KeptInPage(name),
        });
    };
    let line = LineField {
        name: NAME,
        kind: "text",
        label: word(|t| t.run_sheet.template_name),
        hint: word(|t| t.run_sheet.template_hint),
        example: word(|t| t.run_sheet.template_example),
        trouble: trouble.about(NAME),
    };
    view! {
        <form class="template-form" novalidate on:submit=submit>
            {line.view()}
            <button type="submit" class="button">{word(|t| t.run_sheet.keep)}</button>
        </form>
    }
    .into_any()
}
