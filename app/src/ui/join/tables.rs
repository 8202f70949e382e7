//! Which group: any, unless somebody wants a certain one.

use shared::wire::Table;

use crate::element::Element;
use crate::reactive::*;
use crate::ui::live::{group_name, number, word};

/// The choice. "Any" stands alone until one asks for the rest.
pub fn choice(tables: Vec<Table>) -> Element {
    let rows: Vec<AnyView> = tables.into_iter().map(row).collect();
    view! {
        <fieldset class="tables">
            <legend>{word(|t| t.join.which)}</legend>
            <label class="choice">
                <input type="radio" name="group" value="any" checked/>
                <span>{word(|t| t.join.any)}</span>
            </label>
            <details>
                <summary class="button quiet">{word(|t| t.join.choose)}</summary>
                <div class="choices">{rows}</div>
            </details>
        </fieldset>
    }
}

fn row(table: Table) -> AnyView {
    let Table { group, name, taken, seats } = table;
    let full = taken >= seats;
    let room = if full { word(|t| t.join.full) } else { number(|t| t.join.free, seats - taken) };
    view! {
        <label class="choice">
            <input type="radio" name="group" value=group.to_string() disabled=full/>
            <span class="grow">{group_name(group)} " " {name}</span>
            <span class="hint tabular">{room}</span>
        </label>
    }
    .into_any()
}
