//! The form that starts a workshop. One thing is needed, a name; the rest has a sensible beginning.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::docs::workshop::Language;
use shared::limits::{GOAL_CHARS_MAX, GROUPS_DEFAULT, GROUPS_MAX, TITLE_CHARS_MAX};
use shared::text::tidy;
use web_sys::SubmitEvent;

use super::create::{Trouble, Wanted, create};
use crate::i18n::{self, Speech, Texts, tr, use_speech};
use crate::route::{Route, Router, use_router};
use crate::store::keyring;
use crate::ui::line_field::{self, LineField, keep_conversion};

/// The fields, as one reads them.
#[derive(Clone, Copy)]
struct Fields {
    title: NodeRef<Input>,
    goal: NodeRef<Input>,
    groups: NodeRef<Input>,
    english: NodeRef<Input>,
    key: NodeRef<Input>,
}

/// What is wrong, and with what.
#[derive(Clone, PartialEq)]
enum Wrong {
    NoTitle,
    TitleLong(usize),
    GoalLong(usize),
    Groups,
    Server(Trouble),
}

impl Wrong {
    /// The field that it is about; empty for none.
    fn field(&self) -> &str {
        match self {
            Self::NoTitle | Self::TitleLong(_) => "title",
            Self::GoalLong(_) => "goal",
            Self::Groups => "groups",
            Self::Server(Trouble::Refused(no)) if no.word == "organiser_key" => "key",
            Self::Server(Trouble::Refused(no)) => &no.field,
            Self::Server(_) => "",
        }
    }

    fn say(&self, language: Language) -> String {
        let t = &i18n::texts(language).home;
        let longer = |n: &usize| i18n::fill(t.too_long, &[("n", &n.to_string())]);
        match self {
            Self::NoTitle => t.name_missing.to_owned(),
            Self::TitleLong(n) | Self::GoalLong(n) => longer(n),
            Self::Groups => max(t.groups_wrong, usize::from(GROUPS_MAX)),
            Self::Server(Trouble::Unreachable) => t.unreachable.to_owned(),
            Self::Server(Trouble::Unreadable) => t.unreadable.to_owned(),
            Self::Server(Trouble::Refused(no)) => no.say(language),
        }
    }
}

fn max(text: &str, max: usize) -> String {
    i18n::fill(text, &[("max", &max.to_string())])
}

impl Fields {
    fn read(self) -> Result<Wanted, Wrong> {
        let line = |element| tidy(&line_field::value(element)).trim().to_owned();
        let (title, goal) = (line(self.title), line(self.goal));
        let over = |text: &str, max: usize| Some(text.chars().count().saturating_sub(max)).filter(|over| *over > 0);
        if title.is_empty() {
            return Err(Wrong::NoTitle);
        }
        if let Some(over) = over(&title, TITLE_CHARS_MAX) {
            return Err(Wrong::TitleLong(over));
        }
        if let Some(over) = over(&goal, GOAL_CHARS_MAX) {
            return Err(Wrong::GoalLong(over));
        }
        let groups = groups(self.groups).ok_or(Wrong::Groups)?;
        let english = self.english.get_untracked().is_some_and(|element| element.checked());
        let language = if english { Language::En } else { Language::Ja };
        Ok(Wanted { title, goal, language, groups, key: line_field::value(self.key) })
    }

    fn focus(self, field: &str) {
        match field {
            "goal" => line_field::focus(self.goal),
            "groups" => line_field::focus(self.groups),
            "key" => line_field::focus(self.key),
            _ => line_field::focus(self.title),
        }
    }
}

fn groups(element: NodeRef<Input>) -> Option<u16> {
    line_field::value(element).trim().parse().ok().filter(|n| (1..=GROUPS_MAX).contains(n))
}

/// The form.
#[component]
pub fn StartForm() -> impl IntoView {
    let (router, speech) = (use_router(), use_speech());
    let fields = Fields {
        title: NodeRef::new(),
        goal: NodeRef::new(),
        groups: NodeRef::new(),
        english: NodeRef::new(),
        key: NodeRef::new(),
    };
    let (wrong, busy, keyed) = (RwSignal::new(None::<Wrong>), RwSignal::new(false), RwSignal::new(false));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        match fields.read() {
            Ok(wanted) => {
                busy.set(true);
                wrong.set(None);
                spawn_local(ask(wanted, router, wrong, busy, keyed, fields));
            }
            Err(why) => {
                fields.focus(why.field());
                wrong.set(Some(why));
            }
        }
    };
    let about = move |field: &'static str| {
        Signal::derive(move || {
            let here = |why: &&Wrong| why.field() == field;
            wrong.with(|why| why.as_ref().filter(here).map(|why| why.say(speech.get())))
        })
    };
    let limit = move |pick: fn(&Texts) -> &'static str, n: usize| {
        Signal::derive(move || max(pick(i18n::texts(speech.get())), n))
    };
    view! {
        <form class="start-form" novalidate on:submit=submit>
            <LineField
                name="title"
                label=Signal::derive(tr(|t| t.home.name))
                hint=limit(|t| t.home.name_hint, TITLE_CHARS_MAX)
                example=Signal::derive(tr(|t| t.home.name_example))
                trouble=about("title")
                element=fields.title
            />
            <LineField
                name="goal"
                label=Signal::derive(tr(|t| t.home.goal))
                hint=limit(|t| t.home.goal_hint, GOAL_CHARS_MAX)
                example=Signal::derive(tr(|t| t.home.goal_example))
                trouble=about("goal")
                element=fields.goal
            />
            <Stepper
                hint=limit(|t| t.home.groups_hint, usize::from(GROUPS_MAX))
                trouble=about("groups")
                element=fields.groups
            />
            <LanguageChoice speech english=fields.english/>
            {move || keyed.get().then(|| view! {
                <LineField
                    name="key"
                    kind="password"
                    label=Signal::derive(tr(|t| t.home.key))
                    hint=Signal::derive(move || i18n::texts(speech.get()).home.key_hint.to_owned())
                    trouble=about("key")
                    element=fields.key
                />
            })}
            <p class="trouble" role="alert">{about("")}</p>
            <button type="submit" class="button primary large wide" aria-disabled=move || busy.get().then_some("true")>
                {move || {
                    let t = &i18n::texts(speech.get()).home;
                    if busy.get() { t.making } else { t.make }
                }}
            </button>
        </form>
    }
}

async fn ask(
    wanted: Wanted,
    router: Router,
    wrong: RwSignal<Option<Wrong>>,
    busy: RwSignal<bool>,
    keyed: RwSignal<bool>,
    fields: Fields,
) {
    let answer = create(&wanted).await;
    busy.try_set(false);
    match answer {
        Ok((workshop, token)) => {
            keyring::enter(workshop, token);
            router.go(Route::Workshop(workshop));
        }
        Err(trouble) => {
            let why = Wrong::Server(trouble);
            if why.field() == "key" {
                keyed.try_set(true);
            }
            fields.focus(why.field());
            wrong.try_set(Some(why));
        }
    }
}

/// A small number: typed, or counted up and down.
#[component]
fn Stepper(hint: Signal<String>, trouble: Signal<Option<String>>, element: NodeRef<Input>) -> impl IntoView {
    let step = move |by: i32| {
        move |_| {
            let now = i32::from(groups(element).unwrap_or(GROUPS_DEFAULT));
            if let Some(field) = element.get_untracked() {
                field.set_value(&(now + by).clamp(1, i32::from(GROUPS_MAX)).to_string());
            }
        }
    };
    view! {
        <div class="form-row">
            <label for="groups">{tr(|t| t.home.groups)}</label>
            <p class="hint" id="groups-hint">{hint}</p>
            <div class="stepper">
                <button type="button" class="button" aria-label=tr(|t| t.home.fewer) on:click=step(-1)>"−"</button>
                <input
                    node_ref=element
                    class="field tabular"
                    id="groups"
                    name="groups"
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    value=GROUPS_DEFAULT.to_string()
                    aria-describedby="groups-hint groups-trouble"
                    aria-invalid=move || trouble.with(Option::is_some).then_some("true")
                    on:keydown=keep_conversion
                />
                <button type="button" class="button" aria-label=tr(|t| t.home.more) on:click=step(1)>"＋"</button>
            </div>
            <p class="trouble" id="groups-trouble" role="alert">{trouble}</p>
        </div>
    }
}

/// The language that a workshop begins with: at first the one of this page.
#[component]
fn LanguageChoice(speech: Speech, english: NodeRef<Input>) -> impl IntoView {
    let now = speech.get_untracked();
    view! {
        <fieldset class="form-row">
            <legend>{tr(|t| t.home.language)}</legend>
            <p class="hint" id="language-hint">{tr(|t| t.home.language_hint)}</p>
            <div class="choices">
                <label class="choice">
                    <input type="radio" name="language" value="ja" checked=now == Language::Ja/>
                    <span>{tr(|t| t.home.japanese)}</span>
                </label>
                <label class="choice">
                    <input node_ref=english type="radio" name="language" value="en" checked=now == Language::En/>
                    <span>{tr(|t| t.home.english)}</span>
                </label>
            </div>
        </fieldset>
    }
}
