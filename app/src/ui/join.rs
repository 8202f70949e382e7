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

use self::tables::choice;
use super::home::halves;
use super::line_field::{self, Kind, LineField};
use super::live::{Word, said, text, way, word};
use super::screen::{TITLE, screen};
use crate::i18n::{self, Texts, use_speech};
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
pub fn join(code: JoinCode) -> AnyView {
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
    let content = move || match shown.get() {
        Shown::Knocking => knocking(code, door),
        Shown::Refused(why) => no_door(why),
        Shown::Ended => ended(),
        Shown::Form => view.get_untracked().map(|view| at_door(door, view)).into_any(),
    };
    screen("narrow join", word(|t| t.join.screen), content.into_any())
}

/// A title, a sentence, and perhaps a way out.
pub fn notice(title: Word, text: Signal<String>, out: AnyView) -> AnyView {
    view! {
        <h1 id=TITLE tabindex="-1">{word(title)}</h1>
        <p role="status">{text}</p>
        {out}
    }
    .into_any()
}

/// The way to the first page.
pub fn home_button(label: Word) -> AnyView {
    way("button primary large", Route::Home, word(label).into_any())
}

fn knocking(code: JoinCode, door: Door) -> AnyView {
    let (up, speech) = (door.up(), use_speech());
    let code = halves(code);
    let said = text(move || {
        let t = &i18n::texts(speech.get()).join;
        if up.get() { i18n::fill(t.knocking, &[("code", &code)]) } else { t.waiting.to_owned() }
    });
    notice(|t| t.join.screen, said, ().into_any())
}

fn no_door(why: Refusal) -> AnyView {
    notice(|t| t.join.refused_title, refusal(why), home_button(|t| t.join.retype))
}

/// Why one is not let in.
pub fn refusal(why: Refusal) -> Signal<String> {
    let speech = use_speech();
    text(move || i18n::refusal(i18n::texts(speech.get()), why))
}

fn ended() -> AnyView {
    notice(|t| t.join.ended_title, word(|t| t.join.ended), home_button(|t| t.common.to_home))
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
fn at_door(door: Door, view: DoorView) -> AnyView {
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
    let trouble = text(move || wrong.get().map(|why| say_name(texts(), why)).unwrap_or_default());
    let hint = text(move || i18n::fill(texts().join.name_hint, &[("max", &NAME_CHARS_MAX.to_string())]));
    let no = text(move || refused.get().map(|why| i18n::refusal(texts(), why)).unwrap_or_default());
    let go = text(move || if busy.get() { texts().join.joining } else { texts().join.join }.to_owned());
    let offline = text(move || if busy.get() && !up.get() { texts().join.joining_offline } else { "" }.to_owned());
    let all_full = view.tables.iter().all(|table| table.taken >= table.seats);
    let full = text(move || if all_full { texts().join.all_full } else { "" }.to_owned());
    let (label, example) = (word(|t| t.join.name), word(|_| ""));
    let name = LineField { name: "name", kind: Kind::Text, label, hint, example, trouble, element };
    let DoorView { title, goal, tables, .. } = view;
    view! {
        <header class="door">
            <h1 id=TITLE tabindex="-1">{title}</h1>
            <p>{goal}</p>
        </header>
        <p class="trouble">{full}</p>
        <form node_ref=form class="join-form" novalidate on:submit=submit>
            {name.view()}
            {choice(tables)}
            <p class="trouble" role="alert">{no}</p>
            <button type="submit" class="button primary large wide" aria-disabled=said(busy.into())>{go}</button>
            <p role="status">{offline}</p>
        </form>
    }
    .into_any()
}
