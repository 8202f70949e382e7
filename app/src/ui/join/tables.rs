//! Which group: any, unless somebody wants a certain one.

use leptos::prelude::*;
use shared::wire::Table;

use crate::i18n::{self, tr, use_speech};

/// The choice. "Any" stands alone until one asks for the rest.
#[component]
pub fn Tables(tables: Vec<Table>) -> impl IntoView {
    let rows = tables.into_iter().map(|table| view! { <TableRow table/> }).collect_view();
    view! {
        <fieldset class="tables">
            <legend>{tr(|t| t.join.which)}</legend>
            <label class="choice">
                <input type="radio" name="group" value="any" checked/>
                <span>{tr(|t| t.join.any)}</span>
            </label>
            <details>
                <summary class="button quiet">{tr(|t| t.join.choose)}</summary>
                <div class="choices">{rows}</div>
            </details>
        </fieldset>
    }
}

#[component]
fn TableRow(table: Table) -> impl IntoView {
    let speech = use_speech();
    let Table { group, name, taken, seats } = table;
    let full = taken >= seats;
    let title = move || {
        let number = i18n::fill(i18n::texts(speech.get()).common.group_n, &[("n", &group.to_string())]);
        if name.is_empty() { number } else { format!("{number} {name}") }
    };
    let room = move || {
        let t = &i18n::texts(speech.get()).join;
        if full { t.full.to_owned() } else { i18n::fill(t.free, &[("n", &(seats - taken).to_string())]) }
    };
    view! {
        <label class="choice">
            <input type="radio" name="group" value=group.to_string() disabled=full/>
            <span class="grow">{title}</span>
            <span class="hint tabular">{room}</span>
        </label>
    }
}
