//! The workshops that this phone can go back to.

use crate::reactive::*;
use crate::route::Route;
use crate::store::keyring::{self, Known, Role};
use crate::ui::live::{Word, way, word};

/// More than these are of no use to anybody in a hurry.
const SHOWN_MAX: usize = 5;

/// The list; nothing when there is none.
pub fn known_list() -> AnyView {
    let known = keyring::known();
    if known.is_empty() {
        return ().into_any();
    }
    let rows: Vec<AnyView> = known.into_iter().take(SHOWN_MAX).map(row).collect();
    view! {
        <section class="known" aria-labelledby="known-title">
            <h2 id="known-title">{word(|t| t.home.known_title)}</h2>
            {rows}
        </section>
    }
    .into_any()
}

fn row(known: Known) -> AnyView {
    let role: Word = match known.role {
        Role::Lead => |t| t.home.as_lead,
        Role::Helper => |t| t.home.as_helper,
        Role::Participant => |t| t.home.as_participant,
        Role::Observer => |t| t.home.as_observer,
        Role::Keeper => |t| t.home.as_keeper,
    };
    let words = view! { <span class="known-title">{known.title}</span> " " <span class="hint">{word(role)}</span> };
    way("known-row", Route::Workshop(known.workshop), words.into_any())
}
