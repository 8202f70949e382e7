//! The bar on top: small, always there, never in the way.

use leptos::prelude::*;
use shared::docs::workshop::Language;

use super::saving::Saving;
use super::use_frame;
use crate::i18n::{self, tr, use_speech};
use crate::ui::theme::ShadeButton;

/// The bar.
#[component]
pub fn Bar() -> impl IntoView {
    let frame = use_frame();
    let name = tr(|t| t.common.app_name);
    let place = move || match frame.place.get() {
        place if place.is_empty() => name().to_owned(),
        place => place,
    };
    view! {
        <header class="bar no-print">
            <p class="place">
                <RootSign/>
                <span>{place}</span>
            </p>
            {move || frame.session.get().map(|session| view! { <Saving session/> })}
            <LanguageButton/>
            <ShadeButton/>
        </header>
    }
}

/// The mark of the product: a ground, and roots below it.
#[component]
fn RootSign() -> impl IntoView {
    view! {
        <svg class="sign" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path d="M3 5h18M12 5v13M12 9c0 4-6 3-6 9M12 9c0 4 6 3 6 7"></path>
        </svg>
    }
}

/// Says the other language in its own words, so that who cannot read this one finds it.
#[component]
fn LanguageButton() -> impl IntoView {
    let speech = use_speech();
    let other = move || match speech.get() {
        Language::Ja => Language::En,
        Language::En => Language::Ja,
    };
    view! {
        <button
            type="button"
            class="button quiet language"
            lang=move || i18n::code(other())
            on:click=move |_| speech.set(other())
        >
            {tr(|t| t.common.other_language)}
        </button>
    }
}
