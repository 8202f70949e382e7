//! Somebody's phone is empty or lost, and they cannot ask it for a code any more: the lead gives them one, with which they go on with
//! another device.

use std::time::Duration;

use leptos::task::spawn_local;
use shared::JoinCode;
use shared::docs::workshop::Language;

use super::super::Hall;
use super::One;
use crate::i18n::fill;
use crate::reactive::*;
use crate::ui::ask::{Failure, text as text_of};
use crate::ui::home::halves;
use crate::ui::live::{button, switch, text, word};
use crate::ui::lobby::{addresses, for_phones, to_type};

/// For so long the server takes it; a little less, so that nobody types one that is just over.
const GOOD_FOR: Duration = Duration::from_secs(595);

/// How far it is.
#[derive(Clone, PartialEq, Eq)]
enum Stage {
    Before,
    Asking,
    /// The code, and the how manieth it is.
    Here(JoinCode, u32),
    /// Its time is over.
    Over,
    /// Why there is none, in both languages.
    Failed([String; 2]),
}

impl Stage {
    const fn nth(&self) -> u32 {
        match self {
            Self::Here(_, nth) => *nth,
            Self::Before | Self::Asking | Self::Over | Self::Failed(_) => 0,
        }
    }
}

/// The way to a code for this person: what it does first, then the button.
pub fn phone(one: &One) -> AnyView {
    let (hall, name) = (one.hall, StoredValue::new(one.name.clone()));
    let named = move |of: &str| fill(of, &[("name", &name.try_get_value().unwrap_or_default())]);
    let (stage, count) = (RwSignal::new(Stage::Before), StoredValue::new(0));
    let person = one.id.0.to_string();
    let go = move || ask(hall, stage, count, &person);
    let label = text(move || match stage.get() {
        Stage::Before | Stage::Asking | Stage::Failed(_) => named(hall.t().phone_go),
        Stage::Here(..) | Stage::Over => hall.t().phone_again.to_owned(),
    });
    let said = text(move || match stage.get() {
        Stage::Before | Stage::Asking => String::new(),
        Stage::Here(..) => hall.t().phone_good.to_owned(),
        Stage::Over => hall.t().phone_ended.to_owned(),
        Stage::Failed([ja, en]) => match hall.speech.get() {
            Language::Ja => ja,
            Language::En => en,
        },
    });
    let code = move || match stage.get_untracked() {
        Stage::Here(code, _) => {
            let scan = text(move || named(hall.t().phone_scan));
            view! { <p>{scan}</p> {invitation(hall, code)} }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <details class="person-phone">
            <summary class="button wide">{word(|t| t.seating.phone)}</summary>
            <p>{word(|t| t.seating.phone_what)}</p>
            <div class="write-for-code">
                {switch(move || stage.with(Stage::nth), code)}
                <p role="status">{said}</p>
                {button("button primary wide", label, go)}
            </div>
        </details>
    }
    .into_any()
}

fn ask(hall: Hall, stage: RwSignal<Stage>, count: StoredValue<u32>, person: &str) {
    if stage.with_untracked(|stage| *stage == Stage::Asking) {
        return;
    }
    stage.set(Stage::Asking);
    let mut body = r#"{"person":"#.to_owned();
    body.push_str(person);
    body.push('}');
    spawn_local(async move {
        let code = match hall.send("/lend", body.into()).await {
            Ok(answer) => text_of(&answer, "code").and_then(|code| code.parse().ok()).ok_or(Failure::Unreadable),
            Err(why) => Err(why),
        };
        let nth = count.try_get_value().unwrap_or_default().saturating_add(1);
        count.try_set_value(nth);
        stage.try_set(code.map_or_else(|why| Stage::Failed(hall.why(&why)), |code| Stage::Here(code, nth)));
        let end = move || {
            if stage.try_with_untracked(Stage::nth) == Some(nth) {
                stage.try_set(Stage::Over);
            }
        };
        set_timeout(end, GOOD_FOR);
    });
}

fn invitation(hall: Hall, code: JoinCode) -> AnyView {
    // As phones reach the server: the lead's own address may be good on this machine alone.
    let address = for_phones(&untrack(|| addresses(hall.session.invite().get(), code)));
    let picture = format!("/qr.svg?to={}", String::from(js_sys::encode_uri_component(&address)));
    let host = to_type(&address).to_owned();
    let or_type = text(move || fill(hall.t().phone_type, &[("address", &host)]));
    view! {
        <img class="qr" src=picture alt=word(|t| t.seating.phone_qr) width="240" height="240"/>
        <p>{or_type}</p>
        <p class="write-for-typed">{halves(code)}</p>
    }
    .into_any()
}
