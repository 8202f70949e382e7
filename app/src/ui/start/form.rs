//! The form that starts a workshop. One thing is needed, a name; the rest has a sensible beginning.

use leptos::task::spawn_local;
use shared::docs::workshop::Language;
use shared::limits::{GOAL_CHARS_MAX, GROUPS_DEFAULT, GROUPS_MAX, TITLE_CHARS_MAX};
use shared::run_sheet::Shipped;
use shared::text::tidy;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, MouseEvent, SubmitEvent};

use super::create::{Wanted, create};
use crate::element::Element;
use crate::i18n::{self, Speech, use_speech};
use crate::reactive::*;
use crate::route::{Route, Router, use_router};
use crate::store::keyring;
use crate::ui::ask::Failure;
use crate::ui::line_field::{self, LineField, Trouble, invalid, keep_conversion};
use crate::ui::live::{Word, said, text, when, with_number, word};
use crate::ui::run_sheet::{begin, template};

/// The choice of a template of one's own, when it is made.
const OWN_CHOSEN: &str = "input.own:checked";

/// What is wrong before the server is asked.
#[derive(Clone, Copy)]
enum Wrong {
    NoTitle,
    TitleLong(usize),
    GoalLong(usize),
    Groups,
}

impl Wrong {
    /// The field that it is about.
    const fn field(self) -> &'static str {
        match self {
            Self::NoTitle | Self::TitleLong(_) => "title",
            Self::GoalLong(_) => "goal",
            Self::Groups => "groups",
        }
    }

    fn say(self, language: Language) -> String {
        let t = &i18n::texts(language).start;
        match self {
            Self::NoTitle => t.name_missing.to_owned(),
            Self::TitleLong(over) | Self::GoalLong(over) => with_number(t.too_long, over as u64),
            Self::Groups => max(t.groups_wrong, usize::from(GROUPS_MAX)),
        }
    }
}

fn max(text: &str, max: usize) -> String {
    i18n::fill(text, &[("max", &max.to_string())])
}

/// The template that is chosen, if one is.
fn own() -> Option<String> {
    let chosen = document().query_selector(OWN_CHOSEN).ok()??;
    Some(chosen.dyn_into::<HtmlInputElement>().ok()?.value())
}

fn read() -> Result<Wanted, Wrong> {
    let line = |name| tidy(&line_field::value(name)).trim().to_owned();
    let (title, goal) = (line("title"), line("goal"));
    let over = |text: &str, max: usize| text.chars().count().saturating_sub(max);
    match (over(&title, TITLE_CHARS_MAX), over(&goal, GOAL_CHARS_MAX)) {
        _ if title.is_empty() => Err(Wrong::NoTitle),
        (over @ 1.., _) => Err(Wrong::TitleLong(over)),
        (_, over @ 1..) => Err(Wrong::GoalLong(over)),
        _ => {
            let groups = groups().ok_or(Wrong::Groups)?;
            let english = line_field::field("in-en").is_some_and(|field| field.checked());
            let language = if english { Language::En } else { Language::Ja };
            let chosen = |shipped: &Shipped| line_field::field(id_of(*shipped)).is_some_and(|field| field.checked());
            let shipped = Shipped::ALL.into_iter().find(chosen);
            // A template of one's own is put in by the page: to the server there is none.
            let run_sheet = shipped.unwrap_or(if own().is_some() { Shipped::Blank } else { Shipped::default() });
            Ok(Wanted { title, goal, language, groups, run_sheet, key: line_field::value("key") })
        }
    }
}

fn groups() -> Option<u16> {
    line_field::value("groups").trim().parse().ok().filter(|n| (1..=GROUPS_MAX).contains(n))
}

/// What the form knows of itself.
#[derive(Clone, Copy)]
struct State {
    trouble: Trouble,
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
        match read() {
            Ok(wanted) => {
                self.busy.set(true);
                self.trouble.clear();
                spawn_local(self.ask(wanted, own()));
            }
            Err(why) => self.trouble.set(why.field(), |language| why.say(language)),
        }
    }

    async fn ask(self, wanted: Wanted, own: Option<String>) {
        let answer = create(&wanted).await;
        self.busy.try_set(false);
        match answer {
            Ok((workshop, token)) => {
                keyring::enter(workshop, token);
                if let Some(name) = own {
                    begin::remember(workshop, &name);
                }
                self.router.go(Route::Workshop(workshop));
            }
            Err(Failure::Unreachable) => {
                self.trouble.set("", |language| i18n::texts(language).start.unreachable.to_owned())
            }
            Err(Failure::Unreadable) => {
                self.trouble.set("", |language| i18n::texts(language).start.unreadable.to_owned())
            }
            Err(Failure::Refused(no)) => {
                let key = no.word == "organiser_key";
                if key {
                    self.keyed.try_set(true);
                }
                let field = if key { "key" } else { &no.field };
                self.trouble.set(field, |language| no.say(language));
            }
        }
    }

    fn limit(self, word: Word, n: usize) -> Signal<String> {
        text(move || max(word(i18n::texts(self.speech.get())), n))
    }

    fn line(self, name: &'static str, words: [Word; 3], limit: usize) -> AnyView {
        let [label, hint, example] = words;
        let (kind, trouble) = (if name == "key" { "password" } else { "text" }, self.trouble.about(name));
        let (label, hint, example) = (word(label), self.limit(hint, limit), word(example));
        LineField { name, kind, label, hint, example, trouble }.view()
    }
}

/// The form.
pub fn start_form() -> Element {
    let (busy, keyed) = (RwSignal::new(false), RwSignal::new(false));
    let state = State { trouble: Trouble::none(), busy, keyed, speech: use_speech(), router: use_router() };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        state.submit();
    };
    let title: [Word; 3] = [|t| t.start.name, |t| t.start.name_hint, |t| t.start.name_example];
    let goal: [Word; 3] = [|t| t.start.goal, |t| t.start.goal_hint, |t| t.start.goal_example];
    let key = move || state.line("key", [|t| t.start.key, |t| t.start.key_hint, |_| ""], 0);
    let make = text(move || {
        let t = &i18n::texts(state.speech.get()).start;
        if busy.get() { t.making } else { t.make }.to_owned()
    });
    view! {
        <form class="start-form" novalidate on:submit=submit>
            {state.line("title", title, TITLE_CHARS_MAX)}
            {state.line("goal", goal, GOAL_CHARS_MAX)}
            {stepper(state)}
            {run_sheet_choice()}
            {language_choice(state)}
            {when(keyed.into(), key)}
            <p class="trouble" role="alert">{state.trouble.about("")}</p>
            <button type="submit" class="button primary large wide" aria-disabled=said(busy.into())>{make}</button>
        </form>
    }
}

/// A small number: typed, or counted up and down.
fn stepper(state: State) -> Element {
    let trouble = state.trouble.about("groups");
    view! {
        <div class="form-row">
            <label for="groups">{word(|t| t.start.groups)}</label>
            <p class="hint" id="groups-hint">{state.limit(|t| t.start.groups_hint, usize::from(GROUPS_MAX))}</p>
            <div class="stepper">
                {step_button("−", |t| t.start.fewer, -1)}
                <input
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
                {step_button("＋", |t| t.start.more, 1)}
            </div>
            <p class="trouble" id="groups-trouble" role="alert">{trouble}</p>
        </div>
    }
}

fn step_button(sign: &'static str, label: Word, by: i32) -> AnyView {
    let step: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| {
        let now = i32::from(groups().unwrap_or(GROUPS_DEFAULT));
        if let Some(field) = line_field::field("groups") {
            field.set_value(&(now + by).clamp(1, i32::from(GROUPS_MAX)).to_string());
        }
    });
    view! { <button type="button" class="button" aria-label=word(label) on:click=step>{sign}</button> }.into_any()
}

/// The id of the choice of a run-sheet.
const fn id_of(shipped: Shipped) -> &'static str {
    match shipped {
        Shipped::Analyse => "run-sheet-analyse",
        Shipped::Whole => "run-sheet-whole",
        Shipped::Blank => "run-sheet-blank",
    }
}

/// The run-sheet that a workshop begins with. It can be changed before the beginning, and at any time after it.
fn run_sheet_choice() -> Element {
    let choice = |shipped: Shipped| {
        let [label, hint]: [Word; 2] = match shipped {
            Shipped::Analyse => [|t| t.start.analyse, |t| t.start.analyse_hint],
            Shipped::Whole => [|t| t.start.whole, |t| t.start.whole_hint],
            Shipped::Blank => [|t| t.start.blank, |t| t.start.blank_hint],
        };
        let (id, checked) = (id_of(shipped), shipped == Shipped::default());
        view! {
            <label class="choice">
                <input type="radio" name="run_sheet" id=id value=shipped.name() checked=checked/>
                <span>{word(label)} <span class="hint">{word(hint)}</span></span>
            </label>
        }
        .into_any()
    };
    let own = |name: String| {
        view! {
            <label class="choice">
                <input type="radio" name="run_sheet" class="own" value=name.clone()/>
                <span>{name} <span class="hint">{word(|t| t.start.own_hint)}</span></span>
            </label>
        }
        .into_any()
    };
    let own = template::names().into_iter().map(own);
    let choices: Vec<AnyView> = Shipped::ALL.into_iter().map(choice).chain(own).collect();
    view! {
        <fieldset class="form-row">
            <legend>{word(|t| t.start.run_sheet)}</legend>
            <p class="hint">{word(|t| t.start.run_sheet_hint)}</p>
            <div class="choices run-sheets">{choices}</div>
        </fieldset>
    }
}

/// The language that a workshop begins with: at first the one of this page.
fn language_choice(state: State) -> Element {
    let now = state.speech.get_untracked();
    let choice = |language: Language, label: Word| {
        let code = i18n::code(language);
        view! {
            <label class="choice">
                <input type="radio" name="language" id=format!("in-{code}") value=code checked=now == language/>
                <span>{word(label)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="form-row">
            <legend>{word(|t| t.start.language)}</legend>
            <p class="hint">{word(|t| t.start.language_hint)}</p>
            <div class="choices">
                {choice(Language::Ja, |t| t.start.japanese)}
                {choice(Language::En, |t| t.start.english)}
            </div>
        </fieldset>
    }
}
