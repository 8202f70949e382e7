//! A template that was chosen when a workshop was made: its steps are put in as soon as the workshop is here.

use shared::WorkshopId;
use shared::docs::workshop::{Phase, Plan, WorkshopOp};

use super::template;
use crate::platform::storage;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::follow;

/// What this tab has made and not filled yet: the workshop, and the template's name.
const KEY: &str = "naze.begin-with";

/// Remembers a template for a workshop that has just been made.
pub fn remember(workshop: WorkshopId, name: &str) {
    let mut value = workshop.to_string();
    value.push(' ');
    value.push_str(name);
    storage::set_in_tab(KEY, &value);
}

/// The steps that were chosen for this workshop. Whoever asks gets them once.
fn take(workshop: WorkshopId) -> Option<Vec<Plan>> {
    let value = storage::in_tab(KEY)?;
    let (of, name) = value.split_once(' ')?;
    if of != workshop.to_string() {
        return None;
    }
    storage::remove_in_tab(KEY);
    template::load(name)
}

/// Puts them in, where the workshop is as it was made.
pub fn begin(session: Session, id: WorkshopId) {
    let workshop = session.workshop();
    let is_here = Memo::new(move |_| workshop.with(Option::is_some));
    let workshop = session.workshop();
    follow(move || {
        let Some(plans) = is_here.get().then(|| take(id)).flatten() else { return };
        let is_new = |doc: &shared::docs::workshop::Workshop| doc.phase == Phase::Lobby && doc.steps.is_empty();
        if workshop.with_untracked(|doc| doc.as_deref().is_some_and(is_new)) {
            // Its steps are within the limits: they were when they were read.
            let _ = session.conduct(WorkshopOp::SetSteps { plans });
        }
    });
}
