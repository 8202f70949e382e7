//! The link to keep: with it one finds again what one's own group built, and may show it to others. It is asked for when somebody
//! wants it; it can write nothing.

use shared::Token;
use shared::wire::{ClientMessage, Refusal, ServerMessage};
use web_sys::{FocusEvent, HtmlInputElement};

use super::super::workshop::KEPT;
use crate::i18n::{refusal, texts, use_speech};
use crate::reactive::*;
use crate::route::Route;
use crate::store::{Errand, Session, keyring};
use crate::ui::live::{button, flag, text, when, word};

/// The button that asks for it, and then the link in its place.
pub fn way(session: Session) -> AnyView {
    let asked = RwSignal::new(false);
    let ask = move || button("button wide", word(|t| t.step.keep), move || asked.set(true));
    view! {
        <div class="keep no-print">
            {when(flag(move || !asked.get()), ask)}
            {when(asked.into(), move || link(session))}
        </div>
    }
    .into_any()
}

/// The sheet's content.
pub fn sheet(session: Session) -> AnyView {
    view! {
        <h2 id="board-sheet-title">{word(|t| t.step.keep)}</h2>
        {link(session)}
    }
    .into_any()
}

/// The link, as soon as the server has said it.
fn link(session: Session) -> AnyView {
    let (speech, answer) = (use_speech(), RwSignal::new(None::<Result<Token, Refusal>>));
    let Some(id) = session.id() else { return ().into_any() };
    let errand = StoredValue::new(keyring::token(id).map(|token| {
        let answered = move |said| {
            answer.try_set(Some(match said {
                Ok(ServerMessage::Kept { token, .. }) => Ok(token),
                Ok(_) => Err(Refusal::Busy),
                Err(why) => Err(why),
            }));
        };
        Errand::ask(ClientMessage::Keep { workshop: id, token }, Box::new(answered))
    }));
    // As long as this is on the screen the question stands.
    on_cleanup(move || drop(errand.try_set_value(None)));
    let said = text(move || match answer.get() {
        None => texts(speech.get()).step.keep_asking.to_owned(),
        Some(Ok(_)) => texts(speech.get()).step.keep_hint.to_owned(),
        Some(Err(why)) => refusal(texts(speech.get()), why),
    });
    let address = Memo::new(move |_| {
        let token = answer.get()?.ok()?;
        let origin = window().location().origin().unwrap_or_default();
        Some(format!("{origin}{}#{KEPT}{token}", Route::Workshop(id).path()))
    });
    let address = text(move || address.get().unwrap_or_default());
    let here = move || {
        view! {
            <input
                class="field"
                type="text"
                readonly
                aria-label=word(|t| t.step.keep_label)
                prop:value=address
                on:focus=select_all
            />
            <a class="button wide" href=address target="_blank" rel="noopener">
                {word(|t| t.step.keep_open)}
            </a>
        }
        .into_any()
    };
    view! {
        <p role="status">{said}</p>
        {when(flag(move || !address.with(String::is_empty)), here)}
    }
    .into_any()
}

/// Copying is then one tap: browsers have no clipboard for pages on the plain addresses of a hall.
fn select_all(event: FocusEvent) {
    event_target::<HtmlInputElement>(&event).select();
}
