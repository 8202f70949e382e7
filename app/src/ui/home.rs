//! The first page: two ways in. Who has a code joins; who leads starts a workshop.

use self::code::code_form;
pub use self::code::halves;
use self::known::known_list;
use super::live::word;
use super::screen::{TITLE, screen};
use crate::reactive::*;
use crate::route::Route;

mod code;
mod known;

/// A tree as an afternoon grows it, drawn by `ui::roots` once and for all: phones do without the pen.
const GROUND: &str = include_str!("ground.svg");

/// The first page.
pub fn home() -> AnyView {
    let title = word(|t| t.home.join_title);
    let content = view! {
        <header class="hero">
            <h1 id=TITLE tabindex="-1">{word(|t| t.home.title)}</h1>
            <p>{word(|t| t.home.lead)}</p>
            <div class="ground" inner_html=GROUND></div>
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
            <section class="way" aria-labelledby="start-title">
                <h2 id="start-title">{word(|t| t.home.start_title)}</h2>
                <p class="hint">{word(|t| t.home.start_lead)}</p>
                // Not a way of the router: this page may be without that screen.
                <p><a class="button" href=Route::New.path()>{word(|t| t.home.start_go)}</a></p>
            </section>
        </div>
        <p><a href="/about-data">{word(|t| t.home.about_data)}</a></p>
    };
    screen("home", title, content.into_any())
}
