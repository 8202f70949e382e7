//! What the lead says to everybody: a word, which one puts away oneself; and "eyes up", which covers the screen until the lead
//! lets people go on.

use js_sys::{Function, Reflect};
use shared::Millis;
use shared::docs::workshop::Attention;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::stage::back_to_step;
use crate::element::{Place, when_there};
use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::{button, flag, text, when, word};

/// Where everybody's eyes are to be; tracked.
pub fn attention(session: Session) -> Attention {
    session.workshop().with(|doc| doc.as_ref().map(|doc| doc.attention).unwrap_or_default())
}

/// Both, over the screen of somebody who takes part.
pub fn lead_says(session: Session) -> AnyView {
    let up = flag(move || attention(session) == Attention::EyesUp);
    let locked = flag(move || attention(session) == Attention::Locked);
    let eyes_up = || {
        let place = Place::default();
        when_there(place, show_over_all);
        view! {
            <div class="eyes-up" popover="manual" node_ref=place>
                <p>{word(|t| t.step.eyes_up)}</p>
                <p class="hint">{word(|t| t.step.eyes_up_hint)}</p>
            </div>
        }
        .into_any()
    };
    let lock = || view! { <p class="banner">{word(|t| t.step.locked)}</p> }.into_any();
    view! {
        <div role="status">{when(locked, lock)}</div>
        {announcement(session)}
        <div role="alert">{when(up, eyes_up)}</div>
    }
    .into_any()
}

/// Over sheets, too. It takes no focus: a conversion under it goes on, and the words of it are kept.
fn show_over_all(element: HtmlElement) {
    if let Ok(Some(show)) =
        Reflect::get(&element, &"showPopover".into()).map(|show| show.dyn_ref::<Function>().cloned())
    {
        // Where a browser knows no popovers it covers all but a sheet that is open.
        let _ = show.call0(&element);
    }
}

fn announcement(session: Session) -> AnyView {
    let workshop = session.workshop();
    let put_away = RwSignal::new(None::<Millis>);
    let last = Memo::new(move |_| workshop.with(|doc| doc.as_ref().and_then(|doc| doc.announcement.clone())));
    let at = move || last.with(|last| last.as_ref().map(|last| last.at));
    let shown = flag(move || at().is_some() && at() != put_away.get());
    let said = text(move || last.with(|last| last.as_ref().map(|last| last.text.clone()).unwrap_or_default()));
    let view = move || {
        view! {
            <div class="announced">
                <p>
                    <span class="label">{word(|t| t.step.from_the_lead)}</span>
                    " "
                    {said}
                </p>
                {button("button quiet", word(|t| t.everywhere.close), move || {
                    put_away.set(untrack(at));
                    back_to_step();
                })}
            </div>
        }
        .into_any()
    };
    view! { <div role="status">{when(shown, view)}</div> }.into_any()
}
