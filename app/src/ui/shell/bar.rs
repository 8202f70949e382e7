//! The bar on top: small, always there, never in the way.

use shared::docs::workshop::Language;

use super::use_frame;
use crate::element::{Element, anew};
use crate::i18n::{self, use_speech};
use crate::reactive::*;
use crate::ui::live::{flag, keep_focus, text, word};
use crate::ui::theme::shade_button;

const SIGN: &str = r#"<svg viewBox="0 0 24 24" width="24" height="24"><path d="M3 5h18M12 5v13M12 9c0 4-6 3-6 9M12 9c0 4 6 3 6 7"/></svg>"#;

/// The bar.
pub fn bar() -> Element {
    let frame = use_frame();
    let name = word(|t| t.everywhere.app_name);
    let place = text(move || match frame.place.get() {
        place if place.is_empty() => name.get(),
        place => place,
    });
    let timed = flag(move || frame.time().is_some_and(|(digits, _)| digits.with(|digits| !digits.is_empty())));
    view! {
        <header class="bar no-print" class:timed=timed on:mousedown=keep_focus>
            <p class="place">
                // The mark of the product: a ground, and roots below it.
                <span class="sign" aria-hidden="true" inner_html=SIGN></span>
                <span>{place}</span>
            </p>
            {time()}
            {frame.of_session(|shown| (shown.saving)(shown.session))}
            {language_button()}
            {shade_button()}
        </header>
    }
}

/// How much time is left of a step. Not said aloud by itself: that would never end.
fn time() -> AnyView {
    let frame = use_frame();
    anew(Box::new(move || match frame.time() {
        Some((digits, short)) => view! {
            <p class="bar-time tabular" class:short=short>
                <span class="visually-hidden">{word(|t| t.step.time_left)} " "</span>
                {digits}
            </p>
        }
        .into_any(),
        None => ().into_any(),
    }))
}

/// Says the other language in its own words, so that who cannot read this one finds it.
fn language_button() -> Element {
    let speech = use_speech();
    let other = move || match speech.get() {
        Language::Ja => Language::En,
        Language::En => Language::Ja,
    };
    let code = text(move || i18n::code(other()).to_owned());
    view! {
        <button type="button" class="button quiet language" lang=code on:click=move |_| speech.set(other())>
            {word(|t| t.everywhere.other_language)}
        </button>
    }
}
