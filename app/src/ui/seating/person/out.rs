//! Taking somebody out of the workshop, said before it is done; and letting them in again.

use shared::GroupId;
use shared::docs::roster::RosterOp;

use super::One;
use crate::i18n::fill;
use crate::reactive::*;
use crate::ui::live::{button, text, word};

/// The way to take somebody out: what follows from it first, then the button.
pub fn out(one: &One) -> AnyView {
    let (hall, person, name) = (one.hall, one.id, one.name.clone());
    let label = text(move || fill(hall.t().remove_go, &[("name", &name)]));
    let go = move || hall.rearrange(vec![RosterOp::Remove { person }], None, |t| t.removed);
    view! {
        <details class="person-out">
            <summary class="button wide">{word(|t| t.seating.remove)}</summary>
            <p>{word(|t| t.seating.remove_what)}</p>
            <p class="hint">{word(|t| t.seating.remove_door)}</p>
            {button("button primary wide", label, go)}
        </details>
    }
    .into_any()
}

/// The way to let somebody in again, where they sat.
pub fn back(one: &One) -> AnyView {
    let (hall, person, group) = (one.hall, one.id, one.group.unwrap_or(GroupId(1)));
    let go = move || {
        // How many seats there are is the server's to say.
        hall.rearrange(vec![RosterOp::LetBackIn { person, group, seats: 0 }], Some(person), |t| t.let_back);
    };
    view! {
        <p>{word(|t| t.seating.removed_what)}</p>
        {button("button primary wide", word(|t| t.seating.let_back_go), go)}
    }
    .into_any()
}
