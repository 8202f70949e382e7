//! What can be done with a step beside changing it: in again, another behind it, everybody to it, away with it.

use shared::StepId;
use shared::docs::board::Given;
use shared::docs::workshop::{Phase, Step, Whom, WorkshopOp};

use super::done::Told;
use super::sheet::{self, Beside, sheet};
use super::{About, Table};
use crate::i18n::fill;
use crate::reactive::*;
use crate::ui::conduct::{Desk, Post};
use crate::ui::live::{button, text, word};

/// The sheet.
pub fn step_menu(table: Table, desk: Desk) -> AnyView {
    let content = move |_| match table.about.get_value() {
        About::Step(id) => table.step(id).map(|step| content(table, desk, &step)).into_any(),
        About::New(_) => ().into_any(),
    };
    sheet(table.menu, Beside::Closes, content)
}

fn entry(label: Signal<String>, press: impl Fn() + 'static) -> AnyView {
    button("button wide", label, press)
}

fn content(table: Table, desk: Desk, step: &Step) -> AnyView {
    let (id, plan) = (step.id, step.plan.clone());
    let again = move || {
        sheet::close();
        table.done.run(WorkshopOp::AddStep { plan: plan.clone(), after: Some(id) });
    };
    let add = move || {
        sheet::close();
        table.open(table.editor, About::New(Some(id)));
    };
    let turns = untrack(|| table.with(|doc| doc.turns_roles.contains_key(&id)));
    let turn = move || {
        sheet::close();
        let given = if turns { Given::No } else { Given::Yes };
        table.done.run(WorkshopOp::TurnRoles { step: id, given });
    };
    let turn_words = word(if turns { |t| t.run_sheet.turn_roles_no } else { |t| t.run_sheet.turn_roles });
    let remove = move || {
        sheet::close();
        remove(table, id);
    };
    view! {
        <div class="sheet-body">
            <h2 id=sheet::TITLE>{step.plan.title.clone()}</h2>
            {entry(word(|t| t.run_sheet.add_after), add)}
            {entry(word(|t| t.run_sheet.repeat), again)}
            {go(table, desk, step)}
            {entry(turn_words, turn)}
            {entry(word(|t| t.run_sheet.remove), remove)}
            {sheet::close_button()}
        </div>
    }
    .into_any()
}

/// Everybody to this step: a way on that leaves others out, or back.
fn go(table: Table, desk: Desk, step: &Step) -> AnyView {
    let (id, title) = (step.id, step.plan.title.clone());
    let from = untrack(|| table.with(|doc| doc.run.filter(|_| doc.phase == Phase::Open))).map(|run| run.step);
    let go = move |from: StepId| {
        let go = move || {
            sheet::close();
            if table.done.run(WorkshopOp::GoTo { whom: Whom::All, from: Some(from), step: id }) {
                desk.go(Post::Wall);
            }
        };
        let words = text(move || fill(table.t().go_here, &[("title", &title)]));
        entry(words, go)
    };
    from.filter(|from| *from != id).map(go).into_any()
}

fn remove(table: Table, id: StepId) {
    let (Some(step), after) = (table.step(id), table.before(id)) else { return };
    if table.done.run(WorkshopOp::RemoveStep { step: id }) {
        table.done.tell_and_go(Told::Removed { plan: step.plan, skip: step.skip, after });
    }
}
