//! The first page: two ways in. Who has a code joins; who leads starts a workshop.

use leptos::prelude::*;
use shared::docs::board::Star;

pub use self::code::halves;
use self::code::CodeForm;
use self::known::KnownList;
use self::start::StartForm;
use super::roots::{Picture, example};
use super::screen::{Screen, TITLE};
use crate::i18n::tr;

mod code;
mod create;
mod known;
mod start;

/// A tree as an afternoon grows it.
const SHAPE: [(usize, Star); 14] = [
    (1, Star::None),
    (2, Star::None),
    (3, Star::None),
    (3, Star::RootCause),
    (2, Star::None),
    (1, Star::None),
    (2, Star::None),
    (3, Star::None),
    (4, Star::RootCause),
    (3, Star::None),
    (1, Star::None),
    (2, Star::None),
    (2, Star::None),
    (3, Star::None),
];

/// The first page.
#[component]
pub fn Home() -> impl IntoView {
    let picture = example(&SHAPE);
    view! {
        <Screen title=Signal::derive(tr(|t| t.home.join_title)) class="home">
            <header class="hero">
                <h1 id=TITLE tabindex="-1">{tr(|t| t.home.title)}</h1>
                <p>{tr(|t| t.home.lead)}</p>
                <div class="ground" aria-hidden="true"><Picture drawing=picture turn=false/></div>
            </header>
            <div class="ways">
                <div class="way">
                    <section aria-labelledby="join-title">
                        <h2 id="join-title">{tr(|t| t.home.join_title)}</h2>
                        <p class="hint">{tr(|t| t.home.join_lead)}</p>
                        <CodeForm/>
                    </section>
                    <KnownList/>
                </div>
                <section class="way" aria-labelledby="start-title">
                    <h2 id="start-title">{tr(|t| t.home.start_title)}</h2>
                    <p class="hint">{tr(|t| t.home.start_lead)}</p>
                    <StartForm/>
                </section>
            </div>
        </Screen>
    }
}
