//! The strip over the wall: what this is, how far it is, how latecomers get in, who needs the lead.

use leptos::html::Dialog;
use leptos::prelude::*;
use shared::docs::workshop::Phase;

use super::View;
use crate::i18n::{self, tr, use_speech};
use crate::ui::conduct::{Desk, Post};
use crate::ui::home::halves;
use crate::ui::screen::TITLE;

/// The strip. Only the lead has a desk.
#[component]
pub fn Strip(view: View, desk: Option<Desk>) -> impl IntoView {
    let speech = use_speech();
    let workshop = view.session.workshop();
    let (named, coded) = (workshop.clone(), workshop.clone());
    let title = move || named.with(|doc| doc.as_ref().map(|doc| doc.title.clone()));
    let code = move || coded.with(|doc| doc.as_ref().and_then(|doc| doc.code)).map(halves);
    let texts = move || &i18n::texts(speech.get()).wall;
    let phase = move || match workshop.with(|doc| doc.as_ref().map(|doc| doc.phase)) {
        Some(Phase::Open) => texts().open_phase,
        Some(Phase::Ended) => texts().ended,
        Some(Phase::Lobby) | None => texts().not_begun,
    };
    let needs = move || match view.needs.with(Vec::len) {
        0 => String::new(),
        n => i18n::fill(texts().need_count, &[("n", &n.to_string())]),
    };
    view! {
        <header class="strip">
            <h1 id=TITLE tabindex="-1">{title}</h1>
            <p class="phase">{phase}</p>
            <p class="strip-code">{tr(|t| t.wall.code)}" "<strong>{code}</strong></p>
            <p class="strip-needs" role="status">{needs}</p>
            {desk.map(|desk| view! { <DeskButtons desk/> })}
        </header>
    }
}

#[component]
fn DeskButtons(desk: Desk) -> impl IntoView {
    let sheet = NodeRef::<Dialog>::new();
    let ask = move |_| {
        if let Some(sheet) = sheet.get_untracked() {
            // It is closed, and in the page: it opens.
            let _ = sheet.show_modal();
        }
    };
    let conduct = move || match desk.phase() {
        Phase::Lobby => view! {
            <button type="button" class="button primary" on:click=move |_| desk.set_phase(Phase::Open)>
                {tr(|t| t.wall.begin)}
            </button>
        }
        .into_any(),
        Phase::Open => view! { <button type="button" class="button" on:click=ask>{tr(|t| t.wall.end)}</button> }.into_any(),
        Phase::Ended => view! {
            <button type="button" class="button" on:click=move |_| desk.set_phase(Phase::Open)>
                {tr(|t| t.wall.reopen)}
            </button>
        }
        .into_any(),
    };
    view! {
        <div class="desk">
            <button type="button" class="button" on:click=move |_| desk.go(Post::Lobby)>{tr(|t| t.wall.to_lobby)}</button>
            {conduct}
        </div>
        <EndSheet desk sheet/>
    }
}

/// Asks before everybody is stopped.
#[component]
fn EndSheet(desk: Desk, sheet: NodeRef<Dialog>) -> impl IntoView {
    let close = move || {
        if let Some(sheet) = sheet.get_untracked() {
            sheet.close();
        }
    };
    let end = move |_| {
        close();
        desk.set_phase(Phase::Ended);
    };
    view! {
        <dialog node_ref=sheet class="sheet" aria-labelledby="end-title">
            <h2 id="end-title">{tr(|t| t.wall.end_title)}</h2>
            <p>{tr(|t| t.wall.end_text)}</p>
            <div class="sheet-buttons">
                <button type="button" class="button" on:click=move |_| close()>{tr(|t| t.wall.end_no)}</button>
                <button type="button" class="button primary" on:click=end>{tr(|t| t.wall.end_yes)}</button>
            </div>
        </dialog>
    }
}
