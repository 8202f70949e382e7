//! The reception, on a projector or on the lead's phone: how to get in, who has arrived, which groups fill up.

use std::sync::Arc;

use leptos::prelude::*;
use shared::docs::roster::Roster;
use shared::docs::workshop::{Phase, Workshop};
use shared::wire::Invite;
use shared::{JoinCode, Token, WorkshopId};

use self::arrivals::{Arrivals, Seats};
use self::links::Links;
use super::conduct::{Desk, Post};
use super::home::halves;
use super::screen::{Screen, TITLE};
use crate::i18n::{self, tr, use_speech};
use crate::store::Session;

mod arrivals;
mod links;

/// What is read of the workshop here.
fn of<T: Send + Sync + PartialEq + 'static>(
    session: Session,
    read: impl Fn(&Workshop) -> T + Send + Sync + 'static,
) -> Memo<Option<T>> {
    let workshop = session.workshop();
    Memo::new(move |_| workshop.with(|doc| doc.as_deref().map(&read)))
}

/// The roster as it is now; empty before it is here.
fn roster(session: Session) -> Signal<Arc<Roster>> {
    let roster = session.roster();
    Signal::derive(move || roster.get().unwrap_or_default())
}

/// The reception.
#[component]
pub fn Lobby(session: Session, desk: Desk, id: WorkshopId, token: Token) -> impl IntoView {
    let speech = use_speech();
    let (title, goal) = (of(session, |doc| doc.title.clone()), of(session, |doc| doc.goal.clone()));
    let note = move || {
        let t = &i18n::texts(speech.get()).lobby;
        match desk.phase() {
            Phase::Lobby => t.begin_hint,
            Phase::Open => t.begun,
            Phase::Ended => t.ended,
        }
    };
    let begin = move |_| desk.set_phase(Phase::Open);
    view! {
        <Screen title=Signal::derive(tr(|t| t.lobby.screen)) class="lobby">
            <header class="lobby-title">
                <div>
                    <h1 id=TITLE tabindex="-1">{move || title.get()}</h1>
                    <p>{move || goal.get()}</p>
                </div>
                <button type="button" class="button" on:click=move |_| desk.go(Post::Wall)>{tr(|t| t.lobby.to_wall)}</button>
            </header>
            <Invitation session/>
            <Arrivals session/>
            <Seats session/>
            <div class="begin">
                {move || (desk.phase() == Phase::Lobby).then(|| view! {
                    <button type="button" class="button primary large" on:click=begin>{tr(|t| t.lobby.begin)}</button>
                })}
                <p class="hint">{note}</p>
            </div>
            <Links session id token/>
        </Screen>
    }
}

/// The addresses that lead to the door, best first; this page's own where the server knows no other.
fn addresses(invite: Option<Arc<Invite>>, code: JoinCode) -> Vec<String> {
    match invite {
        Some(invite) if !invite.addresses.is_empty() => invite.addresses.clone(),
        _ => vec![format!("{}/j/{code}", window().location().origin().unwrap_or_default())],
    }
}

/// What is to be typed: without the scheme, which browsers add, and without the code, which has a field of its own.
fn to_type(address: &str) -> &str {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    bare.split_once("/j/").map_or(bare, |(host, _)| host)
}

/// The QR code, the code, the address.
#[component]
fn Invitation(session: Session) -> impl IntoView {
    let (code, invite) = (of(session, |doc| doc.code), session.invite());
    let all = Memo::new(move |_| {
        code.get().flatten().map_or_else(Vec::new, |code| addresses(invite.get(), code))
    });
    let chosen = RwSignal::new(0_usize);
    let address = Memo::new(move |_| {
        all.with(|all| all.get(chosen.get()).or(all.first()).cloned()).unwrap_or_default()
    });
    let picture = move || address.with(|to| format!("/qr.svg?to={}", String::from(js_sys::encode_uri_component(to))));
    let code = move || code.get().flatten().map(halves);
    view! {
        <section class="invitation" aria-label=tr(|t| t.join.screen)>
            <figure>
                {move || (!address.with(String::is_empty)).then(|| view! {
                    <img class="qr" src=picture() alt=tr(|t| t.lobby.qr) width="480" height="480"/>
                })}
                <figcaption>{tr(|t| t.lobby.scan)}</figcaption>
            </figure>
            <div class="by-hand">
                <p>{tr(|t| t.lobby.or_type)}</p>
                <p class="address">{move || address.with(|address| to_type(address).to_owned())}</p>
                <p class="code-label">{tr(|t| t.lobby.code)}</p>
                <p class="big-code">{code}</p>
            </div>
            {move || (all.with(Vec::len) > 1).then(|| view! { <AddressChoice all chosen/> })}
        </section>
    }
}

#[component]
fn AddressChoice(all: Memo<Vec<String>>, chosen: RwSignal<usize>) -> impl IntoView {
    let rows = move || {
        let row = |(index, address): (usize, String)| {
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="address"
                        checked=index == chosen.get_untracked()
                        on:change=move |_| chosen.set(index)
                    />
                    <span>{to_type(&address).to_owned()}</span>
                </label>
            }
        };
        all.get().into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <details class="addresses">
            <summary class="button quiet">{tr(|t| t.lobby.addresses)}</summary>
            <fieldset>
                <legend class="hint">{tr(|t| t.lobby.addresses_hint)}</legend>
                <div class="choices">{rows}</div>
            </fieldset>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::to_type;

    #[test]
    fn an_address_is_shown_as_it_is_typed() {
        assert_eq!(to_type("http://192.168.1.5:8080/j/K7M4XR"), "192.168.1.5:8080");
        assert_eq!(to_type("https://naze.example.jp/j/K7M4XR"), "naze.example.jp");
    }
}
