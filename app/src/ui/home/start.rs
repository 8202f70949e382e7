//! The form that starts a workshop. One thing is needed, a name; the rest has a sensible beginning.

use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::docs::workshop::Language;
use shared::limits::{GOAL_CHARS_MAX, GROUPS_DEFAULT, GROUPS_MAX, TITLE_CHARS_MAX};
use shared::text::tidy;
use web_sys::{MouseEvent, SubmitEvent};

use super::create::{Trouble, Wanted, create};
use crate::i18n::{self, Speech, use_speech};
use crate::route::{Route, Router, use_router};
use crate::store::keyring;
use crate::ui::line_field::{self, Kind, LineField, invalid, keep_conversion};
use crate::ui::live::{Word, said, text, when, word};

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

/// What the form knows of itself.
#[derive(Clone, Copy)]
struct State {
    fields: Fields,
    wrong: RwSignal<Option<Wrong>>,
    busy: RwSignal<bool>,
    keyed: RwSignal<bool>,
    speech: Speech,
    router: Router,
}

impl State {
    fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        match self.fields.read() {
            Ok(wanted) => {
                self.busy.set(true);
                self.wrong.set(None);
                spawn_local(self.ask(wanted));
            }
            Err(why) => {
                self.fields.focus(why.field());
                self.wrong.set(Some(why));
            }
        }
    }

    async fn ask(self, wanted: Wanted) {
        let answer = create(&wanted).await;
        self.busy.try_set(false);
        match answer {
            Ok((workshop, token)) => {
                keyring::enter(workshop, token);
                self.router.go(Route::Workshop(workshop));
            }
            Err(trouble) => {
                let why = Wrong::Server(trouble);
                if why.field() == "key" {
                    self.keyed.try_set(true);
                }
                self.fields.focus(why.field());
                self.wrong.try_set(Some(why));
            }
        }
    }

    /// What is wrong with a field; empty when nothing is.
    fn about(self, field: &'static str) -> Signal<String> {
        text(move || {
            self.wrong.with(|why| match why {
                Some(why) if why.field() == field => why.say(self.speech.get()),
                _ => String::new(),
            })
        })
    }

    fn limit(self, word: Word, n: usize) -> Signal<String> {
        text(move || max(word(i18n::texts(self.speech.get())), n))
    }

    fn line(self, name: &'static str, words: [Word; 3], limit: usize, element: NodeRef<Input>) -> AnyView {
        let [label, hint, example] = words;
        let (kind, trouble) = (if name == "key" { Kind::Secret } else { Kind::Text }, self.about(name));
        let (label, hint, example) = (word(label), self.limit(hint, limit), word(example));
        LineField { name, kind, label, hint, example, trouble, element }.view()
    }
}

/// The form.
pub fn start_form() -> AnyView {
    let fields = Fields {
        title: NodeRef::new(),
        goal: NodeRef::new(),
        groups: NodeRef::new(),
        english: NodeRef::new(),
        key: NodeRef::new(),
    };
    let (wrong, busy, keyed) = (RwSignal::new(None::<Wrong>), RwSignal::new(false), RwSignal::new(false));
    let state = State { fields, wrong, busy, keyed, speech: use_speech(), router: use_router() };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        state.submit();
    };
    let title: [Word; 3] = [|t| t.home.name, |t| t.home.name_hint, |t| t.home.name_example];
    let goal: [Word; 3] = [|t| t.home.goal, |t| t.home.goal_hint, |t| t.home.goal_example];
    let key = move || state.line("key", [|t| t.home.key, |t| t.home.key_hint, |_| ""], 0, fields.key);
    let make = text(move || {
        let t = &i18n::texts(state.speech.get()).home;
        if busy.get() { t.making } else { t.make }.to_owned()
    });
    view! {
        <form class="start-form" novalidate on:submit=submit>
            {state.line("title", title, TITLE_CHARS_MAX, fields.title)}
            {state.line("goal", goal, GOAL_CHARS_MAX, fields.goal)}
            {stepper(state)}
            {language_choice(state)}
            {when(keyed.into(), key)}
            <p class="trouble" role="alert">{state.about("")}</p>
            <button type="submit" class="button primary large wide" aria-disabled=said(busy.into())>{make}</button>
        </form>
    }
    .into_any()
}

/// A small number: typed, or counted up and down.
fn stepper(state: State) -> AnyView {
    let element = state.fields.groups;
    let step = move |by: i32| {
        let now = i32::from(groups(element).unwrap_or(GROUPS_DEFAULT));
        if let Some(field) = element.get_untracked() {
            field.set_value(&(now + by).clamp(1, i32::from(GROUPS_MAX)).to_string());
        }
    };
    let trouble = state.about("groups");
    view! {
        <div class="form-row">
            <label for="groups">{word(|t| t.home.groups)}</label>
            <p class="hint" id="groups-hint">{state.limit(|t| t.home.groups_hint, usize::from(GROUPS_MAX))}</p>
            <div class="stepper">
                {sign_button("−", word(|t| t.home.fewer), move || step(-1))}
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
                    aria-invalid=invalid(trouble)
                    on:keydown=keep_conversion
                />
                {sign_button("＋", word(|t| t.home.more), move || step(1))}
            </div>
            <p class="trouble" id="groups-trouble" role="alert">{trouble}</p>
        </div>
    }
    .into_any()
}

fn sign_button(sign: &'static str, label: Signal<String>, press: impl Fn() + 'static) -> AnyView {
    let press: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| press());
    view! { <button type="button" class="button" aria-label=label on:click=press>{sign}</button> }.into_any()
}

/// The language that a workshop begins with: at first the one of this page.
fn language_choice(state: State) -> AnyView {
    let now = state.speech.get_untracked();
    let choice = |language: Language, label: Word, element: NodeRef<Input>| {
        view! {
            <label class="choice">
                <input
                    node_ref=element
                    type="radio"
                    name="language"
                    value=i18n::code(language)
                    checked=now == language
                />
                <span>{word(label)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="form-row">
            <legend>{word(|t| t.home.language)}</legend>
            <p class="hint" id="language-hint">{word(|t| t.home.language_hint)}</p>
            <div class="choices">
                {choice(Language::Ja, |t| t.home.japanese, NodeRef::new())}
                {choice(Language::En, |t| t.home.english, state.fields.english)}
            </div>
        </fieldset>
    }
    .into_any()
}
