//! The links for those who do not come through the door, out of sight until one asks for them: they may be on a projector.

use leptos::prelude::*;
use shared::{Token, WorkshopId};
use web_sys::{FocusEvent, HtmlInputElement};

use crate::i18n::{Texts, tr};
use crate::store::Session;

/// The links, to be selected and copied.
#[component]
pub fn Links(session: Session, id: WorkshopId, token: Token) -> impl IntoView {
    let invite = session.invite();
    let (helper, observer) = {
        let (of_helper, of_observer) = (invite.clone(), invite.clone());
        (
            Signal::derive(move || of_helper.with(|i| i.as_ref().map(|i| i.helper.clone()).unwrap_or_default())),
            Signal::derive(move || of_observer.with(|i| i.as_ref().map(|i| i.observer.clone()).unwrap_or_default())),
        )
    };
    // The lead's own link goes where helpers' links go: this page may have been opened by a name that only this machine knows.
    let own = Signal::derive(move || {
        let base = helper.with(|link| link.split_once("/w/").map(|(base, _)| base.to_owned()));
        base.map(|base| format!("{base}/w/{id}#{token}")).unwrap_or_default()
    });
    view! {
        <details class="links">
            <summary class="button quiet">{tr(|t| t.lobby.links)}</summary>
            <p class="hint">{tr(|t| t.lobby.links_hint)}</p>
            <LinkField name="helper-link" label=|t| t.lobby.helper link=helper/>
            <LinkField name="observer-link" label=|t| t.lobby.observer link=observer/>
            <LinkField name="lead-link" label=|t| t.lobby.your_link link=own/>
        </details>
    }
}

/// Copying is then one key, or one tap: browsers have no clipboard for pages on the plain addresses of a hall.
fn select_all(event: FocusEvent) {
    event_target::<HtmlInputElement>(&event).select();
}

#[component]
fn LinkField(name: &'static str, label: fn(&Texts) -> &'static str, link: Signal<String>) -> impl IntoView {
    view! {
        <div class="form-row">
            <label for=name>{tr(label)}</label>
            <input
                class="field"
                id=name
                type="text"
                readonly
                prop:value=link
                on:focus=select_all
            />
        </div>
    }
}
