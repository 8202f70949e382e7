//! A list of people is brought in: pasted from a spreadsheet, or a file. The server reads it; the rows that it could not read are
//! named here.

use js_sys::{Array, Reflect};
use leptos::task::spawn_local;
use shared::limits::PEOPLE_MAX;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlTextAreaElement, SubmitEvent};

use super::Hall;
use crate::element::Element;
use crate::i18n::{SeatingTexts, fill};
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::ask::{number, said};
use crate::ui::line_field::field;
use crate::ui::live::{rows, text, word};

const TEXT: &str = "roster-text";
const FILE: &str = "roster-file";
const ALL: &str = "roster-in";
const SUMMARY: &str = "roster-summary";

/// A row that was not read: its number, and why in both languages.
type Bad = (u32, [String; 2]);

/// What is to be brought in: the file, if one was chosen, else what was pasted.
fn chosen() -> Option<JsValue> {
    if let Some(file) = file() {
        return Some(file);
    }
    let text = dom::by_id::<HtmlTextAreaElement>(TEXT)?.value();
    (!text.trim().is_empty()).then(|| text.into())
}

fn bad_rows(answer: &JsValue) -> Vec<Bad> {
    let all = Reflect::get(answer, &"bad".into()).ok().and_then(|all| all.dyn_into::<Array>().ok()).unwrap_or_default();
    all.iter().filter_map(|row| Some((number(&row, "row"), said(&row)?))).collect()
}

fn read(hall: Hall, bad: RwSignal<Vec<Bad>>) {
    let Some(body) = chosen() else {
        hall.tell(|t| t.nothing_chosen.to_owned());
        dom::focus(TEXT);
        return;
    };
    hall.tell(|t| t.reading.to_owned());
    let sent = body.clone();
    spawn_local(async move {
        match hall.send("/roster", body).await {
            Ok(answer) => {
                let rows = bad_rows(&answer);
                let counts = ["added", "changed", "same"].map(|name| number(&answer, name).to_string());
                let refused = number(&answer, "refused");
                let [n_bad, n_refused, max] =
                    [number(&answer, "unread").to_string(), refused.to_string(), PEOPLE_MAX.to_string()];
                let say = |t: &SeatingTexts| {
                    let [added, changed, same] = &counts;
                    let numbers = [("added", &**added), ("changed", changed), ("same", same), ("bad", &n_bad)];
                    let mut said = fill(if rows.is_empty() { t.brought } else { t.brought_but }, &numbers);
                    if refused > 0 {
                        said.push(' ');
                        said.push_str(&fill(t.brought_full, &[("refused", &n_refused), ("max", &max)]));
                    }
                    said
                };
                hall.tell(say);
                if rows.is_empty() && refused == 0 {
                    clear(&sent);
                }
                bad.try_set(rows);
            }
            Err(why) => hall.tell_why(&why),
        }
    });
}

/// The file that is chosen.
fn file() -> Option<JsValue> {
    field(FILE)?.files()?.get(0).map(JsValue::from)
}

/// What was read need not be read again, and gives its room to the seats. What was pasted or chosen meanwhile stays.
fn clear(sent: &JsValue) {
    if let Some(text) = dom::by_id::<HtmlTextAreaElement>(TEXT).filter(|text| sent.as_string() == Some(text.value())) {
        text.set_value("");
    }
    if let Some(field) = field(FILE).filter(|_| file().as_ref() == Some(sent)) {
        field.set_value("");
    }
    let Some(all) = dom::by_id::<web_sys::Element>(ALL).filter(|_| chosen().is_none()) else { return };
    let is_inside = document().active_element().is_some_and(|at| all.contains(Some(&at)));
    // An attribute that is not there needs no removing.
    let _ = all.remove_attribute("open");
    // Whoever has gone on elsewhere stays there.
    if is_inside || dom::focus_is_lost() {
        dom::focus(SUMMARY);
    }
}

/// The form, open as long as nobody is expected.
pub fn bring(hall: Hall) -> Element {
    let bad: RwSignal<Vec<Bad>> = RwSignal::new(Vec::new());
    let open = untrack(|| hall.roster(|roster| roster.guests.is_empty() && roster.people.is_empty()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        read(hall, bad);
    };
    let numbers = Memo::new(move |_| bad.with(|bad| bad.iter().map(|(row, _)| *row).collect::<Vec<u32>>()));
    let row = move |number: u32| {
        let why = text(move || {
            let in_language = usize::from(hall.speech.get() == shared::docs::workshop::Language::En);
            let why = bad.with(|bad| {
                let found = bad.iter().find(|(row, _)| *row == number);
                found.and_then(|(_, why)| why.get(in_language)).cloned().unwrap_or_default()
            });
            fill(hall.t().bad_row, &[("n", &number.to_string()), ("why", &why)])
        });
        view! { <li>{why}</li> }.into_any()
    };
    view! {
        <details class="roster-in" id=ALL open=open>
            <summary class="button" id=SUMMARY>{word(|t| t.seating.bring)}</summary>
            <form class="roster-form" novalidate on:submit=submit>
                <div class="form-row">
                    <label for=TEXT>{word(|t| t.seating.paste)}</label>
                    <p class="hint" id="roster-hint">{word(|t| t.seating.paste_hint)}</p>
                    <textarea
                        class="field"
                        id=TEXT
                        rows="4"
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby="roster-hint"
                        placeholder=word(|t| t.seating.paste_example)
                    ></textarea>
                </div>
                <div class="form-row">
                    <label for=FILE>{word(|t| t.seating.file)}</label>
                    <p class="hint" id="roster-file-hint">{word(|t| t.seating.file_hint)}</p>
                    <input
                        class="field"
                        id=FILE
                        type="file"
                        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
                        aria-describedby="roster-file-hint"
                    />
                </div>
                <button type="submit" class="button primary">{word(|t| t.seating.read)}</button>
                <p class="hint">{word(|t| t.seating.who_sees)}</p>
            </form>
            <ul class="bad-rows" aria-label=word(|t| t.seating.bad_rows)>{rows(numbers.into(), row)}</ul>
        </details>
    }
}
