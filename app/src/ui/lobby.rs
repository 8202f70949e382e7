//! The reception, on a projector or on the lead's phone: how to get in, who has arrived, which groups fill up.

use std::sync::Arc;

use shared::JoinCode;
use shared::docs::workshop::{Phase, Workshop};
use shared::wire::Invite;

use self::arrivals::{arrivals, seats};
pub use self::arrivals::{group_of, session_groups};
use self::links::links;
use super::conduct::{Desk, Post};
use super::home::halves;
use super::live::{button, flag, text, when, word};
use super::screen::{TITLE, screen};
use crate::element::Element;
use crate::i18n::{self, use_speech};
use crate::platform::storage;
use crate::reactive::*;
use crate::store::Session;

mod arrivals;
mod doors;
pub mod links;

/// A text of the workshop.
fn said(session: Session, read: fn(&Workshop) -> String) -> Signal<String> {
    let workshop = session.workshop();
    text(move || workshop.with(|doc| doc.as_deref().map(read).unwrap_or_default()))
}

/// The reception.
pub fn lobby(session: Session, desk: Desk) -> AnyView {
    let speech = use_speech();
    let note = text(move || {
        let t = &i18n::texts(speech.get()).lobby;
        match desk.phase() {
            Phase::Open if doors::is_closed(session) => t.begun_closed,
            Phase::Lobby => t.begin_hint,
            Phase::Open => t.begun,
            Phase::Ended => t.ended,
        }
        .to_owned()
    });
    let waits = flag(move || desk.phase() == Phase::Lobby);
    let begin = move || button("button primary large", word(|t| t.lobby.begin), move || desk.set_phase(Phase::Open));
    let title = word(|t| t.lobby.screen);
    let content = view! {
        <header class="lobby-title">
            <div>
                <h1 id=TITLE tabindex="-1">{said(session, |doc| doc.title.clone())}</h1>
                <p>{said(session, |doc| doc.goal.clone())}</p>
            </div>
            <div class="desk">
                {button("button", word(|t| t.lobby.to_seating), move || desk.go(Post::Seating))}
                {button("button", word(|t| t.lobby.to_run_sheet), move || desk.go(Post::RunSheet))}
                {button("button", word(|t| t.lobby.to_wall), move || desk.go(Post::Wall))}
            </div>
        </header>
        {invitation(session)}
        {arrivals(session)}
        {seats(session)}
        <div class="begin">
            {when(waits, begin)}
            <p class="hint">{note}</p>
        </div>
        {doors::doors(session)}
        {links(session)}
    };
    screen("lobby", title, content.into_any())
}

/// The addresses that lead to the door, best first; this page's own where the server knows no other.
pub fn addresses(invite: Option<Arc<Invite>>, code: JoinCode) -> Vec<String> {
    match invite {
        Some(invite) if !invite.addresses.is_empty() => {
            // The code may have been replaced since.
            let now = |address: &String| match address.rsplit_once("/j/") {
                Some((base, _)) => [base, "/j/", &code.to_string()].concat(),
                None => address.clone(),
            };
            invite.addresses.iter().map(now).collect()
        }
        _ => vec![format!("{}/j/{code}", window().location().origin().unwrap_or_default())],
    }
}

/// Under this the lead's device keeps which of the server's addresses phones are to use: the first one may be of a network that they are
/// not in.
const CHOSEN: &str = "naze.address";

/// The address for phones: the one that was chosen at the reception, or else the first.
pub fn for_phones(all: &[String]) -> String {
    one_of(all, storage::get(CHOSEN).as_deref())
}

fn one_of(all: &[String], chosen: Option<&str>) -> String {
    all.iter().find(|address| Some(to_type(address)) == chosen).or(all.first()).cloned().unwrap_or_default()
}

/// What is to be typed: without the scheme, which browsers add, and without the code, which has a field of its own.
pub fn to_type(address: &str) -> &str {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    bare.split_once("/j/").map_or(bare, |(host, _)| host)
}

/// The QR code, the code, the address.
pub fn invitation(session: Session) -> Element {
    let (workshop, invite) = (session.workshop(), session.invite());
    let all = move || {
        let code = workshop.with(|doc| doc.as_ref().and_then(|doc| doc.code));
        code.map_or_else(Vec::new, |code| addresses(invite.get(), code))
    };
    let (listed, several) = (all.clone(), all.clone());
    let chosen = RwSignal::new(storage::get(CHOSEN));
    // The picture is asked for once for each address, not at every change of the workshop.
    let address = Memo::new(move |_| one_of(&all(), chosen.get().as_deref()));
    let picture =
        text(move || address.with(|to| format!("/qr.svg?to={}", String::from(js_sys::encode_uri_component(to)))));
    let code = said(session, |doc| doc.code.map(halves).unwrap_or_default());
    let bare = text(move || address.with(|address| to_type(address).to_owned()));
    let qr =
        move || view! { <img class="qr" src=picture alt=word(|t| t.lobby.qr) width="480" height="480"/> }.into_any();
    view! {
        <section class="invitation" aria-label=word(|t| t.join.screen)>
            <figure>
                {when(flag(move || !address.with(String::is_empty)), qr)}
                <figcaption>{word(|t| t.lobby.scan)}</figcaption>
            </figure>
            <div class="by-hand">
                <p>{word(|t| t.lobby.or_type)}</p>
                <p class="address">{bare}</p>
                <p class="code-label">{word(|t| t.lobby.code)}</p>
                <p class="big-code">{code}</p>
            </div>
            {when(flag(move || several().len() > 1), move || address_choice(listed(), chosen))}
        </section>
    }
}

fn address_choice(all: Vec<String>, chosen: RwSignal<Option<String>>) -> AnyView {
    let now = one_of(&all, chosen.get_untracked().as_deref());
    let row = move |address: String| {
        let host = to_type(&address).to_owned();
        let choose = move || {
            storage::set(CHOSEN, &host);
            chosen.set(Some(host.clone()));
        };
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="address"
                    checked=address == now
                    on:change=move |_| choose()
                />
                <span>{to_type(&address).to_owned()}</span>
            </label>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = all.into_iter().map(row).collect();
    view! {
        <details class="addresses">
            <summary class="button quiet">{word(|t| t.lobby.addresses)}</summary>
            <fieldset>
                <legend class="hint">{word(|t| t.lobby.addresses_hint)}</legend>
                <div class="choices">{rows}</div>
            </fieldset>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{one_of, to_type};

    #[test]
    fn an_address_is_shown_as_it_is_typed() {
        assert_eq!(to_type("http://192.168.1.5:8080/j/K7M4XR"), "192.168.1.5:8080");
        assert_eq!(to_type("https://naze.example.jp/j/K7M4XR"), "naze.example.jp");
    }

    #[test]
    fn phones_get_the_address_that_was_chosen_as_long_as_there_is_one() {
        let all = ["http://10.0.0.2:8080/j/K7M4XR".to_owned(), "http://192.168.1.5:8080/j/K7M4XR".to_owned()];
        assert_eq!(one_of(&all, Some("192.168.1.5:8080")), all[1]);
        assert_eq!(one_of(&all, None), all[0]);
        assert_eq!(one_of(&all, Some("172.16.0.9:8080")), all[0], "of a network that is no more");
        assert_eq!(one_of(&[], Some("10.0.0.2:8080")), "");
    }
}
