//! A step is written: what it is called, what is done in it, how long, what participants read. The browser owns what is in the
//! fields; it is taken with one button.

use shared::docs::workshop::{AtEnd, Kind, Language, Names, Plan, WorkshopOp};
use shared::limits::{EACH_SECONDS_MAX, PROMPT_CHARS_MAX, STEP_MINUTES_MAX, STEP_TITLE_CHARS_MAX};
use web_sys::{Event, HtmlSelectElement, HtmlTextAreaElement, SubmitEvent};

use super::draft::{Draft, Wrong, has_each, has_names, merged};
use super::row::kind_word;
use super::sheet::{self, Beside, sheet};
use super::template::{by_name, name_of};
use super::{About, Table};
use crate::i18n::{self, fill};
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::line_field::{LineField, Trouble, field, value};
use crate::ui::live::{Word, button, flag, text, with_number, word};

const TITLE: &str = "plan-title";
const KIND: &str = "plan-kind";
const MINUTES: &str = "plan-minutes";
const EACH: &str = "plan-each";
const PROMPT: &str = "plan-prompt";
const CLOSES: &str = "plan-closes";
const NAMELESS: &str = "plan-nameless";

/// The sheet.
pub fn editor(table: Table) -> AnyView {
    let content = move |_| match table.about.get_value() {
        About::Step(id) => table.step(id).map(|step| form(table, step.plan)).into_any(),
        About::New(_) => form(table, fresh()),
    };
    sheet(table.editor, Beside::Stays, content)
}

/// A step that nobody has written anything about yet.
fn fresh() -> Plan {
    let (title, prompt) = (String::new(), String::new());
    Plan { kind: Kind::Free, title, minutes: 5, each_s: 0, prompt, at_end: AtEnd::GoOn, names: Names::Shown }
}

fn ticked(name: &str) -> bool {
    field(name).is_some_and(|field| field.checked())
}

fn chosen_kind() -> Kind {
    dom::by_id::<HtmlSelectElement>(KIND).and_then(|select| by_name(&select.value())).unwrap_or(Kind::Free)
}

fn draft() -> Draft {
    Draft {
        kind: chosen_kind(),
        title: value(TITLE),
        minutes: value(MINUTES),
        each_s: value(EACH),
        prompt: dom::by_id::<HtmlTextAreaElement>(PROMPT).map(|field| field.value()).unwrap_or_default(),
        at_end: if ticked(CLOSES) { AtEnd::Close } else { AtEnd::GoOn },
        names: if ticked(NAMELESS) { Names::Hidden } else { Names::Shown },
    }
}

const fn field_of(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::NoTitle | Wrong::TitleLong(_) => TITLE,
        Wrong::PromptLong(_) => PROMPT,
        Wrong::Minutes => MINUTES,
        Wrong::Each => EACH,
    }
}

fn say(language: Language, wrong: Wrong) -> String {
    let t = &i18n::texts(language).run_sheet;
    let max = |text: &str, max: u16| fill(text, &[("max", &max.to_string())]);
    match wrong {
        Wrong::NoTitle => t.title_missing.to_owned(),
        Wrong::TitleLong(over) | Wrong::PromptLong(over) => with_number(t.too_long, over as u64),
        Wrong::Minutes => max(t.minutes_wrong, STEP_MINUTES_MAX),
        Wrong::Each => max(t.each_wrong, EACH_SECONDS_MAX),
    }
}

/// Takes what is in the fields. What cannot be taken stays there, and why is said.
fn save(table: Table, shown: &Plan, trouble: Trouble) {
    let mine = match draft().read() {
        Ok(mine) => mine,
        Err(wrong) => return trouble.set(field_of(wrong), |language| say(language, wrong)),
    };
    let op = match table.about.get_value() {
        About::Step(step) => {
            let now = table.step(step).map_or_else(|| shown.clone(), |step| step.plan);
            WorkshopOp::EditStep { step, plan: merged(shown, mine, &now) }
        }
        About::New(after) => {
            // Where that one is gone meanwhile, it comes to the end.
            let after = after.filter(|after| table.step(*after).is_some()).or_else(|| after.and(table.last()));
            WorkshopOp::AddStep { plan: mine, after }
        }
    };
    match table.session.conduct(op) {
        Ok(()) => sheet::close(),
        Err(why) => trouble.set("", |language| i18n::reject(i18n::texts(language), why)),
    }
}

fn line(name: &'static str, words: [Word; 2], max: usize, trouble: Trouble) -> AnyView {
    let [label, hint] = words;
    let hint = word(hint);
    let hint = text(move || fill(&hint.get(), &[("max", &max.to_string())]));
    LineField { name, kind: "text", label: word(label), hint, example: "".into(), trouble: trouble.about(name) }.view()
}

/// The form. Its fields are filled once they are there, and never again.
fn form(table: Table, shown: Plan) -> AnyView {
    let trouble = Trouble::none();
    let kind = RwSignal::new(shown.kind);
    let is_new = matches!(table.about.get_value(), About::New(_));
    let (title, minutes, each) = (shown.title.clone(), shown.minutes.to_string(), each_text(shown.each_s));
    let fill_in = move || {
        for (name, text) in [(TITLE, &title), (MINUTES, &minutes), (EACH, &each)] {
            if let Some(field) = field(name) {
                field.set_value(text);
            }
        }
        dom::focus(TITLE);
    };
    request_animation_frame(fill_in.clone());
    let kept = shown.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save(table, &kept, trouble);
    };
    let each = move || visible(flag(move || has_each(kind.get())), each_line(trouble, kind));
    let nameless =
        tick(NAMELESS, shown.names == Names::Hidden, [|t| t.run_sheet.nameless_label, |t| t.run_sheet.nameless_hint]);
    let head = word(if is_new { |t| t.run_sheet.new_step } else { |t| t.run_sheet.edit_step });
    view! {
        <form class="plan-form" novalidate on:submit=submit>
            <h2 id=sheet::TITLE>{head}</h2>
            {line(TITLE, [|t| t.run_sheet.title, |t| t.run_sheet.title_hint], STEP_TITLE_CHARS_MAX, trouble)}
            {kind_choice(table, &shown, kind)}
            {line(MINUTES, [|t| t.run_sheet.minutes, |t| t.run_sheet.minutes_hint], STEP_MINUTES_MAX.into(), trouble)}
            {each()}
            {prompt(&shown, trouble)}
            {tick(CLOSES, shown.at_end == AtEnd::Close, [|t| t.run_sheet.closes_label, |t| t.run_sheet.closes_hint])}
            {visible(flag(move || has_names(kind.get())), nameless)}
            <p class="trouble" role="alert">{trouble.about("")}</p>
            <div class="sheet-buttons">
                {button("button", word(|t| t.run_sheet.cancel), sheet::close)}
                <button type="submit" class="button primary">{word(|t| t.run_sheet.save)}</button>
            </div>
        </form>
    }
    .into_any()
}

fn each_text(each_s: u16) -> String {
    if each_s == 0 { String::new() } else { each_s.to_string() }
}

/// There all the time, so that what was typed in it stays, but seen only where it is meant.
fn visible(shown: Signal<bool>, view: AnyView) -> AnyView {
    view! { <div hidden=flag(move || !shown.get())>{view}</div> }.into_any()
}

fn each_line(trouble: Trouble, kind: RwSignal<Kind>) -> AnyView {
    let (each, visit) = (word(|t| t.run_sheet.each), word(|t| t.run_sheet.each_visit));
    let round = word(|t| t.run_sheet.each_round);
    let label = text(move || match kind.get() {
        Kind::Gallery => visit.get(),
        Kind::OneTwoFour => round.get(),
        _ => each.get(),
    });
    let (hint, shared) = (word(|t| t.run_sheet.each_hint), word(|t| t.run_sheet.round_hint));
    let walks = word(|t| t.run_sheet.visit_hint);
    let hint = text(move || match kind.get() {
        Kind::OneTwoFour => shared.get(),
        Kind::Gallery => walks.get(),
        _ => hint.get(),
    });
    LineField { name: EACH, kind: "text", label, hint, example: "".into(), trouble: trouble.about(EACH) }.view()
}

fn kind_choice(table: Table, shown: &Plan, kind: RwSignal<Kind>) -> AnyView {
    let now = shown.kind;
    let option = |one: Kind| {
        let label = text(move || kind_word(table.t(), one).to_owned());
        view! { <option value=name_of(one) selected=one == now>{label}</option> }.into_any()
    };
    let options: Vec<AnyView> = Kind::ALL.into_iter().map(option).collect();
    let change: Box<dyn FnMut(Event)> = Box::new(move |_| kind.set(chosen_kind()));
    view! {
        <div class="form-row">
            <label for=KIND>{word(|t| t.run_sheet.kind)}</label>
            <select class="field" id=KIND name=KIND on:change=change>{options}</select>
        </div>
    }
    .into_any()
}

fn prompt(shown: &Plan, trouble: Trouble) -> AnyView {
    let (hint, about) = (word(|t| t.run_sheet.prompt_hint), trouble.about(PROMPT));
    let hint = text(move || fill(&hint.get(), &[("max", &PROMPT_CHARS_MAX.to_string())]));
    view! {
        <div class="form-row">
            <label for=PROMPT>{word(|t| t.run_sheet.prompt)}</label>
            <p class="hint" id="plan-prompt-hint">{hint}</p>
            <textarea
                class="field"
                id=PROMPT
                name=PROMPT
                rows="3"
                autocomplete="off"
                aria-describedby="plan-prompt-hint plan-prompt-trouble"
                aria-invalid=crate::ui::line_field::invalid(about)
            >
                {shown.prompt.clone()}
            </textarea>
            <p class="trouble" id="plan-prompt-trouble" role="alert">{about}</p>
        </div>
    }
    .into_any()
}

fn tick(name: &'static str, on: bool, words: [Word; 2]) -> AnyView {
    let [label, hint] = words;
    view! {
        <div class="form-row">
            <label class="choice">
                <input type="checkbox" id=name name=name checked=on/>
                <span>{word(label)} <span class="hint">{word(hint)}</span></span>
            </label>
        </div>
    }
    .into_any()
}
