//! At the door, on a phone: what this is, a name, a seat, one button.

use std::time::Duration;

use shared::docs::workshop::{Language, Phase};
use shared::limits::NAME_CHARS_MAX;
use shared::text::{is_fair_name, tidy_name};
use shared::wire::Refusal;
use shared::{GroupId, JoinCode};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, SubmitEvent};

use self::tables::choice;
use super::home::halves;
use super::line_field::{self, LineField, Trouble};
use super::live::{Word, button, follow, said, switch, text, way, word};
use super::screen::{TITLE, screen};
use crate::i18n::{self, use_speech};
use crate::net::LinkState;
use crate::reactive::*;
use crate::route::{Route, use_router};
use crate::store::{Door, DoorView, PlaceView, keyring};

mod tables;

/// A busy server is asked again after so long.
const AGAIN: Duration = Duration::from_secs(3);
/// The field for the name.
const NAME: &str = "name";

/// How the door looks now.
#[derive(Clone, Copy)]
enum Shown {
    Knocking,
    Ended,
    Form,
    Place,
    Refused(Refusal),
}

impl Shown {
    fn key(self) -> u32 {
        match self {
            Self::Knocking => 0,
            Self::Ended => 1,
            Self::Form => 2,
            Self::Place => 3,
            Self::Refused(why) => 4 + refusal_key(why),
        }
    }
}

/// Tells one refusal from another.
pub const fn refusal_key(why: Refusal) -> u32 {
    match why {
        Refusal::NoSuchCode => 0,
        Refusal::NoSuchWorkshop => 1,
        Refusal::NoSuchKey => 2,
        Refusal::BadName => 3,
        Refusal::AllFull => 4,
        Refusal::Ended => 5,
        Refusal::TooManyTries => 6,
        Refusal::Busy => 7,
        Refusal::LinkReplaced => 8,
        Refusal::CodeReplaced => 9,
        Refusal::DoorClosed => 10,
        Refusal::Removed => 11,
        Refusal::ServerFull => 12,
        Refusal::TakenOver => 13,
        Refusal::GroupFull(group) => 14 + group.0 as u32,
    }
}

/// The door of a workshop, for who comes by the card of this table.
pub fn join(code: JoinCode, table: Option<GroupId>) -> AnyView {
    let (router, speech) = (use_router(), use_speech());
    let door = Door::knock(code);
    let (view, place, refused, joined) = (door.view(), door.place(), door.refused(), door.joined());
    // Who has joined on this phone goes straight in.
    if let Some(workshop) = keyring::return_through(code) {
        set_timeout(move || router.replace(Route::Workshop(workshop)), Duration::ZERO);
    }
    follow(move || {
        if let Some(workshop) = joined.get() {
            router.replace(Route::Workshop(workshop));
        }
    });
    let seen = view.clone();
    let theirs = place.clone();
    let shown = move || match (seen.with(|door| door.as_ref().map(|door| door.phase)), refused.get()) {
        (Some(Phase::Ended), _) | (_, Some(Refusal::Ended)) => Shown::Ended,
        (Some(_), _) => Shown::Form,
        (None, Some(why)) => Shown::Refused(why),
        (None, None) if theirs.with(Option::is_some) => Shown::Place,
        (None, None) => Shown::Knocking,
    };
    let key = shown.clone();
    let (language, places) = (view.clone(), place.clone());
    follow(move || {
        let at_door = language.with(|door| door.as_ref().map(|door| door.language));
        if let Some(language) = at_door.or(places.with(|place| place.as_ref().map(|place| place.language))) {
            speech.suggest(language);
        }
    });
    let content = move || match shown() {
        Shown::Knocking => knocking(code, door),
        Shown::Refused(Refusal::DoorClosed) => closed(door),
        Shown::Refused(why) => no_door(why),
        Shown::Ended => ended(),
        Shown::Form => view.get_untracked().map(|view| at_door(door, view, table)).into_any(),
        Shown::Place => place.get_untracked().map(|place| at_place(door, place)).into_any(),
    };
    screen("narrow join", word(|t| t.join.screen), switch(move || key().key(), content))
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
    let (up, link, speech) = (door.up(), door.link(), use_speech());
    let code = halves(code);
    let said = text(move || {
        let texts = i18n::texts(speech.get());
        let t = &texts.join;
        match link.get() {
            LinkState::Full => return texts.everywhere.no_room.to_owned(),
            LinkState::Stranger => return texts.everywhere.stranger.to_owned(),
            LinkState::Connecting | LinkState::Up | LinkState::Down => {}
        }
        if up.get() { i18n::fill(t.knocking, &[("code", &code)]) } else { t.waiting.to_owned() }
    });
    notice(|t| t.join.screen, said, ().into_any())
}

/// It may be opened again; whoever waits at it looks when they are told to.
fn closed(door: Door) -> AnyView {
    let again = button("button primary large", word(|t| t.join.again), move || door.look());
    notice(|t| t.join.closed_title, refusal(Refusal::DoorClosed), again)
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
    notice(|t| t.join.ended_title, word(|t| t.join.ended), home_button(|t| t.everywhere.to_home))
}

/// The name, or what is wrong with it.
fn read_name() -> Result<String, fn(Language) -> String> {
    let name = tidy_name(&line_field::value(NAME));
    match name.as_str() {
        "" => Err(|language| i18n::texts(language).join.name_missing.to_owned()),
        text if is_fair_name(text) => Ok(name),
        text if text.chars().count() <= NAME_CHARS_MAX => {
            Err(|language| i18n::texts(language).everywhere.ref_bad_name.to_owned())
        }
        _ => Err(|language| longest(i18n::texts(language).join.name_long)),
    }
}

fn longest(text: &str) -> String {
    i18n::fill(text, &[("max", &NAME_CHARS_MAX.to_string())])
}

/// The group that was chosen; none for "any".
fn read_group() -> Option<GroupId> {
    let chosen = document().query_selector("input[name=group]:checked").ok()??;
    chosen.dyn_into::<HtmlInputElement>().ok()?.value().parse().ok().map(GroupId)
}

/// Whose place this is, and the way into it.
fn at_place(door: Door, place: PlaceView) -> AnyView {
    let speech = use_speech();
    let PlaceView { workshop, title, group, name, .. } = place;
    let (whose, busy) = (name.clone(), RwSignal::new(false));
    let said = text(move || {
        let t = &i18n::texts(speech.get()).join;
        i18n::fill(t.place, &[("name", &whose), ("n", &group.to_string())])
    });
    let up = door.up();
    let go = text(move || i18n::fill(i18n::texts(speech.get()).join.place_go, &[("name", &name)]));
    let waits = text(move || match (busy.get(), up.get()) {
        (true, true) => i18n::texts(speech.get()).join.joining.to_owned(),
        (true, false) => i18n::texts(speech.get()).join.joining_offline.to_owned(),
        (false, _) => String::new(),
    });
    let take_over = move || {
        busy.set(true);
        door.take_over(workshop);
    };
    view! {
        <h1 id=TITLE tabindex="-1">{title}</h1>
        <p>{said}</p>
        {button("button primary large wide", go, take_over)}
        <p role="status">{waits}</p>
    }
    .into_any()
}

/// What this is, and the form.
fn at_door(door: Door, view: DoorView, table: Option<GroupId>) -> AnyView {
    let speech = use_speech();
    let (refused, up) = (door.refused(), door.up());
    let (trouble, busy) = (Trouble::none(), RwSignal::new(false));
    let join = move || match read_name() {
        Ok(name) => {
            trouble.clear();
            busy.set(true);
            door.join(name, read_group());
        }
        Err(why) => trouble.set(NAME, why),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            join();
        }
    };
    let answer = refused.clone();
    follow(move || match answer.get() {
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
    let hint = text(move || longest(texts().join.name_hint));
    let no = text(move || refused.get().map(|why| i18n::refusal(texts(), why)).unwrap_or_default());
    let go = text(move || if busy.get() { texts().join.joining } else { texts().join.join }.to_owned());
    let offline = text(move || if busy.get() && !up.get() { texts().join.joining_offline } else { "" }.to_owned());
    let all_full = view.tables.iter().all(|table| table.taken >= table.seats);
    let full = text(move || if all_full { texts().join.all_full } else { "" }.to_owned());
    let (label, example) = (word(|t| t.join.name), word(|_| ""));
    let name = LineField { name: NAME, kind: "text", label, hint, example, trouble: trouble.about(NAME) };
    let DoorView { title, goal, tables, .. } = view;
    view! {
        <header class="door">
            <h1 id=TITLE tabindex="-1">{title}</h1>
            <p>{goal}</p>
        </header>
        <p class="trouble">{full}</p>
        <form class="join-form" novalidate on:submit=submit>
            {name.view()}
            {choice(tables, table)}
            <p class="trouble" role="alert">{no}</p>
            <button type="submit" class="button primary large wide" aria-disabled=said(busy.into())>{go}</button>
            <p role="status">{offline}</p>
        </form>
    }
    .into_any()
}
