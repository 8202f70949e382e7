//! The workshops that this phone can go back to.

use leptos::prelude::*;

use crate::i18n::{self, use_speech, tr};
use crate::route::{Route, use_router};
use crate::store::keyring::{self, Known, Role};

/// More than these are of no use to anybody in a hurry.
const SHOWN_MAX: usize = 5;

/// The list; nothing when there is none.
#[component]
pub fn KnownList() -> impl IntoView {
    let known = keyring::known();
    (!known.is_empty()).then(|| {
        let rows = known.into_iter().take(SHOWN_MAX).map(|known| view! { <KnownRow known/> }).collect_view();
        view! {
            <section class="known" aria-labelledby="known-title">
                <h2 id="known-title">{tr(|t| t.home.known_title)}</h2>
                <ul>{rows}</ul>
            </section>
        }
    })
}

#[component]
fn KnownRow(known: Known) -> impl IntoView {
    let (router, speech) = (use_router(), use_speech());
    let Known { workshop, role, title, .. } = known;
    let role = move || {
        let t = &i18n::texts(speech.get()).home;
        match role {
            Role::Lead => t.as_lead,
            Role::Helper => t.as_helper,
            Role::Participant => t.as_participant,
            Role::Observer => t.as_observer,
        }
    };
    let to = Route::Workshop(workshop);
    let path = to.path();
    let go = move |event: web_sys::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            router.go(to.clone());
        }
    };
    view! {
        <li>
            <a class="known-row" href=path on:click=go>
                <span class="known-title">{title}</span>
                " "
                <span class="hint">{role}</span>
            </a>
        </li>
    }
}
