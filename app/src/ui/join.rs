//! At the door, on a phone: what this is, a name, a seat, one button.

use std::time::Duration;

use leptos::html::Input;
use leptos::prelude::*;
use shared::docs::workshop::Phase;
use shared::limits::NAME_CHARS_MAX;
use shared::text::{is_name, tidy};
use shared::wire::Refusal;
use shared::{GroupId, JoinCode};
use web_sys::{HtmlFormElement, HtmlInputElement, SubmitEvent};

use self::tables::Tables;
use super::line_field::{self, LineField};
use super::screen::{Screen, TITLE};
use crate::i18n::{self, Texts, tr, use_speech};
use crate::route::{Route, use_router};
use crate::store::{Door, DoorView, keyring};

mod tables;

/// A busy server is asked again after so long.
const AGAIN: Duration = Duration::from_secs(3);

/// What is wrong with the name.
#[derive(Clone, Copy, PartialEq)]
enum BadName {
    Missing,
    Unfit,
}

/// How the door looks now.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Knocking,
    Refused(Refusal),
    Ended,
    Form,
}

/// The door of a workshop.
#[component]
pub fn Join(code: JoinCode) -> impl IntoView {
    let (router, speech) = (use_router(), use_speech());
    let door = Door::knock(code);
    let (view, refused, joined) = (door.view(), door.refused(), door.joined());
    // Who has joined on this phone goes straight in.
    if let Some(workshop) = keyring::return_through(code) {
        set_timeout(move || router.replace(Route::Workshop(workshop)), Duration::ZERO);
    }
    Effect::new(move |_| {
        if let Some(workshop) = joined.get() {
            router.replace(Route::Workshop(workshop));
        }
    });
    let seen = view.clone();
    let shown = Memo::new(move |_| match (seen.with(|door| door.as_ref().map(|door| door.phase)), refused.get()) {
        (Some(Phase::Ended), _) | (_, Some(Refusal::Ended)) => Shown::Ended,
        (Some(_), _) => Shown::Form,
        (None, Some(why)) => Shown::Refused(why),
        (None, None) => Shown::Knocking,
    });
    let language = view.clone();
    Effect::new(move |_| {
        if let Some(language) = language.with(|door| door.as_ref().map(|door| door.language)) {
            speech.suggest(language);
        }
    });
    view! {
        <Screen title=Signal::derive(tr(|t| t.join.screen)) class="narrow join">
            {move || match shown.get() {
                Shown::Knocking => view! { <Knocking code door/> }.into_any(),
                Shown::Refused(why) => view! { <NoDoor why/> }.into_any(),
                Shown::Ended => view! { <Ended/> }.into_any(),
                Shown::Form => view.get_untracked().map(|view| view! { <AtDoor door view/> }).into_any(),
            }}
        </Screen>
    }
}

#[component]
fn Knocking(code: JoinCode, door: Door) -> impl IntoView {
    let (up, speech) = (door.up(), use_speech());
    let code = super::home::halves(code);
    let text = move || {
        let t = &i18n::texts(speech.get()).join;
        if up.get() { i18n::fill(t.knocking, &[("code", &code)]) } else { t.waiting.to_owned() }
    };
    view! {
        <h1 id=TITLE tabindex="-1">{tr(|t| t.join.screen)}</h1>
        <p role="status">{text}</p>
    }
}

#[component]
fn NoDoor(why: Refusal) -> impl IntoView {
    let speech = use_speech();
    view! {
        <h1 id=TITLE tabindex="-1">{tr(|t| t.join.refused_title)}</h1>
        <p role="alert">{move || i18n::refusal(i18n::texts(speech.get()), why)}</p>
        <p><a class="button primary large" href="/">{tr(|t| t.join.retype)}</a></p>
    }
}

#[component]
fn Ended() -> impl IntoView {
    view! {
        <h1 id=TITLE tabindex="-1">{tr(|t| t.join.ended_title)}</h1>
        <p>{tr(|t| t.join.ended)}</p>
        <p><a class="button" href="/">{tr(|t| t.common.to_home)}</a></p>
    }
}

fn say_name(texts: &Texts, why: BadName) -> String {
    match why {
        BadName::Missing => texts.join.name_missing.to_owned(),
        BadName::Unfit => i18n::fill(texts.join.name_long, &[("max", &NAME_CHARS_MAX.to_string())]),
    }
}

fn read_name(element: NodeRef<Input>) -> Result<String, BadName> {
    let name = tidy(&line_field::value(element)).trim().to_owned();
    match name.as_str() {
        "" => Err(BadName::Missing),
        text if is_name(text) => Ok(name),
        _ => Err(BadName::Unfit),
    }
}

/// The group that was chosen; none for "any".
fn read_group(form: Option<HtmlFormElement>) -> Option<GroupId> {
    use wasm_bindgen::JsCast;
    let chosen = form?.query_selector("input[name=group]:checked").ok()??;
    chosen.dyn_into::<HtmlInputElement>().ok()?.value().parse().ok().map(GroupId)
}

/// What this is, and the form.
#[component]
fn AtDoor(door: Door, view: DoorView) -> impl IntoView {
    let speech = use_speech();
    let (refused, up) = (door.refused(), door.up());
    let (element, form) = (NodeRef::<Input>::new(), NodeRef::<leptos::html::Form>::new());
    let (wrong, busy) = (RwSignal::new(None::<BadName>), RwSignal::new(false));
    let join = move || match read_name(element) {
        Ok(name) => {
            wrong.set(None);
            busy.set(true);
            door.join(name, read_group(form.get_untracked()));
        }
        Err(why) => {
            wrong.set(Some(why));
            line_field::focus(element);
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            join();
        }
    };
    let answer = refused.clone();
    Effect::new(move |_| match answer.get() {
        Some(Refusal::Busy) => set_timeout(
            move || {
                if busy.try_get_untracked() == Some(true) {
                    join();
                }
            },
            AGAIN,
        ),
        Some(_) => {
            busy.try_set(false);
        }
        None => {}
    });
    let texts = move || i18n::texts(speech.get());
    let trouble = Signal::derive(move || wrong.get().map(|why| say_name(texts(), why)));
    let hint = Signal::derive(move || i18n::fill(texts().join.name_hint, &[("max", &NAME_CHARS_MAX.to_string())]));
    let all_full = view.tables.iter().all(|table| table.taken >= table.seats);
    let DoorView { title, goal, tables, .. } = view;
    view! {
        <header class="door">
            <h1 id=TITLE tabindex="-1">{title}</h1>
            <p>{goal}</p>
        </header>
        {all_full.then(|| view! { <p class="trouble">{tr(|t| t.join.all_full)}</p> })}
        <form node_ref=form class="join-form" novalidate on:submit=submit>
            <LineField
                name="name"
                label=Signal::derive(tr(|t| t.join.name))
                hint
                trouble
                element
            />
            <Tables tables/>
            <p class="trouble" role="alert">
                {move || refused.get().map(|why| i18n::refusal(texts(), why))}
            </p>
            <button type="submit" class="button primary large wide" aria-disabled=move || busy.get().then_some("true")>
                {move || if busy.get() { texts().join.joining } else { texts().join.join }}
            </button>
            <p role="status">{move || (busy.get() && !up.get()).then(|| texts().join.joining_offline)}</p>
        </form>
    }
}
