//! The first page: two ways in. Who has a code joins; who leads starts a workshop.

use leptos::prelude::*;
use shared::docs::board::Star;

use self::code::code_form;
pub use self::code::halves;
use self::known::known_list;
use self::start::start_form;
use super::live::word;
use super::roots::example;
use super::screen::{TITLE, screen};
use crate::platform::dom;

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
pub fn home() -> AnyView {
    // On a phone, what most people come for stands alone; who starts a workshop opens the rest.
    let wide = dom::media("(min-width: 60rem)");
    let title = word(|t| t.home.join_title);
    let content = view! {
        <header class="hero">
            <h1 id=TITLE tabindex="-1">{word(|t| t.home.title)}</h1>
            <p>{word(|t| t.home.lead)}</p>
            <div class="ground" inner_html=example(&SHAPE)></div>
        </header>
        <div class="ways">
            <div class="way">
                <section aria-labelledby="join-title">
                    <h2 id="join-title">{title}</h2>
                    <p class="hint">{word(|t| t.home.join_lead)}</p>
                    {code_form()}
                </section>
                {known_list()}
            </div>
            <details class="way" open=wide>
                <summary>
                    <h2>{word(|t| t.home.start_title)}</h2>
                    <span class="hint">{word(|t| t.home.start_lead)}</span>
                </summary>
                {start_form()}
            </details>
        </div>
    };
    screen("home", title, content.into_any())
}
