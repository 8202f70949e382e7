//! What has just been done with the run-sheet, and its undoing where the model has none: a step that was removed, a run-sheet that
//! another has replaced, a template that was thrown away.

use shared::docs::workshop::{Plan, Skip, WorkshopOp};
use shared::{Reject, StepId};

use super::row::edit_id;
use super::{Table, template};
use crate::element::Element;
use crate::i18n::{self, RunSheetTexts, fill};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::{button, flag, text, when, word};
use crate::ui::screen::TITLE;

/// The id of the button that undoes.
const UNDO: &str = "plan-undo";

/// What was done.
#[derive(Clone, PartialEq, Debug)]
pub enum Told {
    /// It could not be done.
    Refused(Reject),
    /// A step was removed; it stood behind `after`.
    Removed {
        /// What it was.
        plan: Plan,
        /// Whether it was passed over.
        skip: Skip,
        /// Where it stood.
        after: Option<StepId>,
    },
    /// Another run-sheet was taken; these steps were there before, and are not any more.
    Replaced(Vec<(Plan, Skip)>),
    /// The run-sheet is kept on this device by this name.
    Kept(String),
    /// It is kept in this page alone.
    KeptInPage(String),
    /// A template was thrown away.
    Forgotten(String, Vec<Plan>),
}

impl Told {
    fn say(&self, texts: &i18n::Texts) -> String {
        let t: &RunSheetTexts = &texts.run_sheet;
        let named = |sentence: &str, name: &str| fill(sentence, &[("title", name)]);
        match self {
            Self::Refused(why) => i18n::reject(texts, *why),
            Self::Removed { plan, .. } => named(t.removed, &plan.title),
            Self::Replaced(_) => t.replaced.to_owned(),
            Self::Kept(name) => named(t.kept, name),
            Self::KeptInPage(name) => named(t.kept_in_page, name),
            Self::Forgotten(name, _) => named(t.forgotten, name),
        }
    }

    const fn can_be_undone(&self) -> bool {
        matches!(self, Self::Removed { .. } | Self::Replaced(_) | Self::Forgotten(..))
    }
}

/// What was done last.
#[derive(Clone, Copy)]
pub struct Done {
    session: Session,
    told: RwSignal<Option<Told>>,
}

impl Done {
    /// Nothing yet.
    pub fn begin(session: Session) -> Self {
        Self { session, told: RwSignal::new(None) }
    }

    /// Does something, and says why not where that does not go.
    pub fn run(self, op: WorkshopOp) -> bool {
        let done = self.session.conduct(op);
        self.told.set(done.err().map(Told::Refused));
        done.is_ok()
    }

    /// Tells what was done.
    pub fn tell(self, told: Told) {
        self.told.set(Some(told));
    }

    /// The same, when what had the focus is gone: it goes to the button that undoes.
    pub fn tell_and_go(self, told: Told) {
        self.tell(told);
        request_animation_frame(|| {
            dom::focus(UNDO);
        });
    }

    /// What is said, and the button.
    pub fn view(self, table: Table) -> Element {
        let told = self.told;
        let said = text(move || {
            told.with(|told| told.as_ref().map(|told| told.say(i18n::texts(table.speech.get()))).unwrap_or_default())
        });
        let undo = move || button_with_id(UNDO, word(|t| t.run_sheet.undo), Box::new(move || undo(table))).into_any();
        let can = flag(move || told.with(|told| told.as_ref().is_some_and(Told::can_be_undone)));
        let close = move || button("button quiet", word(|t| t.everywhere.close), move || put_away(table));
        view! {
            <div class="plan-done" class:told=flag(move || told.with(Option::is_some))>
                <p role="status">{said}</p>
                <div class="chips-row">
                    {when(can, undo)}
                    {when(flag(move || told.with(Option::is_some)), close)}
                </div>
            </div>
        }
    }
}

fn button_with_id(id: &'static str, label: Signal<String>, press: Box<dyn Fn()>) -> Element {
    view! { <button type="button" class="button" id=id on:click=move |_| press()>{label}</button> }
}

/// It has been read.
fn put_away(table: Table) {
    table.done.told.set(None);
    // The button is gone.
    dom::focus(TITLE);
}

fn undo(table: Table) {
    match table.done.told.get_untracked() {
        Some(Told::Removed { plan, skip, after }) => {
            // Where what it stood behind is gone, too, it comes to the end.
            let after = after.filter(|after| table.step(*after).is_some()).or_else(|| after.and(table.last()));
            if table.done.run(WorkshopOp::AddStep { plan, after }) {
                let back = behind(table, after);
                leave_out(table, back.into_iter().filter(|_| skip == Skip::Yes));
                if let Some(back) = back {
                    // The row is being made.
                    request_animation_frame(move || {
                        dom::focus(&edit_id(back));
                    });
                }
            }
        }
        Some(Told::Replaced(before)) => {
            let plans: Vec<Plan> = before.iter().map(|(plan, _)| plan.clone()).collect();
            if table.done.run(WorkshopOp::SetSteps { plans }) {
                let steps: Vec<StepId> = untrack(|| table.with(|doc| doc.steps.iter().map(|step| step.id).collect()));
                let back = steps.into_iter().rev().zip(before.iter().rev());
                leave_out(table, back.filter(|(_, (_, skip))| *skip == Skip::Yes).map(|(step, _)| step));
            }
            dom::focus(TITLE);
        }
        Some(Told::Forgotten(name, plans)) => {
            template::keep(&name, &plans);
            table.templates.update(|turn| *turn = turn.wrapping_add(1));
            table.done.told.set(None);
            dom::focus(TITLE);
        }
        _ => {}
    }
}

/// The step that stands behind one; the first, if none.
fn behind(table: Table, after: Option<StepId>) -> Option<StepId> {
    let next = |doc: &shared::docs::workshop::Workshop| {
        let at =
            after.map_or(Some(0), |after| Some(doc.steps.iter().position(|step| step.id == after)?.saturating_add(1)));
        at.and_then(|at| doc.steps.get(at)).map(|step| step.id)
    };
    untrack(|| table.with(next))
}

fn leave_out(table: Table, steps: impl Iterator<Item = StepId>) {
    for step in steps {
        table.done.run(WorkshopOp::SkipStep { step, skip: Skip::Yes });
    }
}
