//! What is known of people, until when, and how it goes at once: for the lead, who answers for it.

use js_sys::{Array, Date, Object, Reflect};
use leptos::task::spawn_local;
use shared::PersonId;
use shared::docs::workshop::Language;
use wasm_bindgen::{JsCast, JsValue};

use super::Hall;
use crate::i18n::{self, PersonalTexts, fill};
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::ask::{Failure, number, text as text_of};
use crate::ui::live::{Word, button, switch, text, word};

/// Where the server says in words what it does with data.
const ABOUT: &str = "/about-data";
/// What is asked once more before it is done.
const SURE: &str = "personal-sure";

/// What the server says of the data of the workshop.
#[derive(Clone, Default)]
struct Known {
    /// When names go by themselves, if they do.
    until: Option<f64>,
    /// Whether they ever do.
    days: u32,
    /// When something was erased last, and of how many people.
    last: Option<(String, u32)>,
}

impl Known {
    fn of(answer: &JsValue) -> Self {
        let get = |name: &str| Reflect::get(answer, &name.into()).unwrap_or_default();
        let last = get("erased").dyn_into::<Array>().ok().and_then(|all| {
            let last = all.get(all.length().checked_sub(1)?);
            Some((text_of(&last, "at")?, number(&last, "people")))
        });
        Self { until: get("names_until").as_f64(), days: number(answer, "days"), last }
    }
}

/// A day in words.
fn day(language: Language, date: &JsValue) -> String {
    let options = Object::new();
    for (name, form) in [("year", "numeric"), ("month", "long"), ("day", "numeric")] {
        // A new object takes any field.
        let _ = Reflect::set(&options, &name.into(), &form.into());
    }
    let language = match language {
        Language::Ja => "ja-JP",
        Language::En => "en-GB",
    };
    Date::new(date).to_locale_date_string(language, &options).into()
}

/// What can be erased.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Names,
    Workshop,
    Person(PersonId),
}

impl What {
    fn wish(self) -> String {
        match self {
            Self::Names => r#"{"what":"names"}"#.to_owned(),
            Self::Workshop => r#"{"what":"workshop"}"#.to_owned(),
            Self::Person(person) => {
                let mut wish = r#"{"what":{"person":"#.to_owned();
                wish.push_str(&person.0.to_string());
                wish.push_str("}}");
                wish
            }
        }
    }

    const fn words(self) -> [Word; 3] {
        match self {
            Self::Names => [|t| t.personal.names, |t| t.personal.names_sure, |t| t.personal.names_go],
            Self::Workshop => [|t| t.personal.workshop, |t| t.personal.workshop_sure, |t| t.personal.workshop_go],
            Self::Person(_) => [|t| t.personal.person, |t| t.personal.person_sure, |t| t.personal.person_go],
        }
    }
}

/// Has it done, and says so. Everybody's connection is renewed by it, this one's too.
fn erase(hall: Hall, what: What, then: impl Fn() + 'static) {
    hall.tell_of(|t| t.erasing);
    spawn_local(async move {
        match hall.send("/erase", what.wish().into()).await {
            Ok(_) => {
                hall.tell_of(|t| t.erased);
                then();
            }
            Err(why) => hall.tell_why(&why),
        }
    });
}

/// A way to erase something, which asks once more.
fn way(hall: Hall, what: What, then: impl Fn() + Clone + Send + Sync + 'static) -> AnyView {
    let asked = RwSignal::new(0_u32);
    let [label, sure, go] = what.words();
    switch(
        move || asked.get(),
        move || {
            if asked.get_untracked() == 0 {
                let ask = move || {
                    asked.set(1);
                    request_animation_frame(|| {
                        dom::focus(SURE);
                    });
                };
                return button("button", word(label), ask);
            }
            let then = then.clone();
            let done = move || {
                asked.set(0);
                erase(hall, what, then.clone());
            };
            view! {
                <div class="personal-sure">
                    <p id=SURE tabindex="-1">{word(sure)}</p>
                    <div class="person-line">
                        {button("button", word(|t| t.personal.keep), move || asked.set(0))}
                        {button("button personal-go", word(go), done)}
                    </div>
                </div>
            }
            .into_any()
        },
    )
}

/// Of one person, who wishes it.
pub fn of_person(hall: Hall, person: PersonId) -> AnyView {
    way(hall, What::Person(person), || {})
}

/// Of everybody.
pub fn personal(hall: Hall) -> AnyView {
    let known: RwSignal<Option<Known>> = RwSignal::new(None);
    let look = move || {
        spawn_local(async move {
            let answer: Result<JsValue, Failure> = hall.ask("/data").await;
            if let Ok(answer) = answer {
                known.try_set(Some(Known::of(&answer)));
            }
        });
    };
    look();
    let t = move || -> (Language, &'static PersonalTexts) {
        let language = hall.speech.get();
        (language, &i18n::texts(language).personal)
    };
    let until = text(move || {
        let (language, t) = t();
        known.with(|known| match known {
            None => String::new(),
            Some(Known { until: Some(at), .. }) => fill(t.until, &[("date", &day(language, &JsValue::from_f64(*at)))]),
            Some(Known { days: 0, .. }) => t.never.to_owned(),
            Some(_) => t.done.to_owned(),
        })
    });
    let last = text(move || {
        let (language, t) = t();
        known.with(|known| {
            let last = known.as_ref().and_then(|known| known.last.as_ref());
            last.map_or_else(String::new, |(at, people)| {
                fill(t.last, &[("date", &day(language, &JsValue::from_str(at))), ("n", &people.to_string())])
            })
        })
    });
    view! {
        <section class="personal" aria-labelledby="personal-title">
            <h2 id="personal-title">{word(|t| t.personal.title)}</h2>
            <p>{until}</p>
            <p class="hint">{last}</p>
            <p><a href=ABOUT target="_blank" rel="noopener">{word(|t| t.personal.about)}</a></p>
            {way(hall, What::Names, look)}
            {way(hall, What::Workshop, || {})}
        </section>
    }
    .into_any()
}
