//! Which group: any, unless somebody wants a certain one.

use shared::GroupId;
use shared::wire::Table;

use crate::element::Element;
use crate::reactive::*;
use crate::ui::live::{group_name, number, word};

/// The choice. "Any" stands alone until one asks for the rest. Who comes by the card of a table has chosen it, if it has room.
pub fn choice(tables: Vec<Table>, wanted: Option<GroupId>) -> Element {
    let is_wanted = |table: &Table| Some(table.group) == wanted && table.taken < table.seats;
    let any = !tables.iter().any(is_wanted);
    let rows: Vec<AnyView> = tables.into_iter().map(|table| (is_wanted(&table), table)).map(row).collect();
    view! {
        <fieldset class="tables">
            <legend>{word(|t| t.join.which)}</legend>
            <label class="choice">
                <input type="radio" name="group" value="any" checked=any/>
                <span>{word(|t| t.join.any)}</span>
            </label>
            <details open=!any>
                <summary class="button quiet">{word(|t| t.join.choose)}</summary>
                <div class="choices">{rows}</div>
            </details>
        </fieldset>
    }
}

fn row((chosen, table): (bool, Table)) -> AnyView {
    let Table { group, name, taken, seats } = table;
    let full = taken >= seats;
    let room = if full { word(|t| t.join.full) } else { number(|t| t.join.free, seats - taken) };
    view! {
        <label class="choice">
            <input type="radio" name="group" value=group.to_string() disabled=full checked=chosen/>
            <span class="grow">{group_name(group)} " " {name}</span>
            <span class="hint tabular">{room}</span>
        </label>
    }
    .into_any()
}
