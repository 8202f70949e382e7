//! The steps, in order.

use shared::{CardId, StepId};

use super::Table;
use super::row::row;
use crate::element::Element;
use crate::reactive::*;
use crate::ui::live::{self, Key, word};

/// The list.
pub fn list(table: Table) -> Element {
    let workshop = table.session.workshop();
    let keys = move || {
        workshop.with(|doc| {
            let steps = doc.as_ref().map(|doc| doc.steps.as_slice()).unwrap_or_default();
            steps.iter().map(|step| Key::Card(CardId { client: step.id.client, n: step.id.n })).collect()
        })
    };
    let one = move |key| match key {
        // What tells rows apart has the shape of a card's name.
        Key::Card(CardId { client, n }) => row(table, StepId { client, n }),
        Key::Number(_) => ().into_any(),
    };
    view! {
        <ol class="plan-steps" aria-label=word(|t| t.run_sheet.steps)>
            {live::list(Box::new(keys), Box::new(one))}
        </ol>
    }
}
