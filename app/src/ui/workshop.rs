//! Inside a workshop: what somebody sees follows from what they may and from how far the workshop is.

use leptos::prelude::*;
use shared::docs::workshop::Phase;
use shared::wire::Refusal;
use shared::{Capability, GroupId, Token, WorkshopId};
use wasm_bindgen::JsValue;

use super::board::{Access, BoardScreen};
use super::conduct::Conduct;
use super::screen::{Screen, TITLE};
use super::seat::Seat;
use super::shell::use_frame;
use super::wall::Wall;
use crate::i18n::{self, tr, use_speech};
use crate::platform::dom;
use crate::route::{Route, use_router};
use crate::store::keyring::{self, Role};
use crate::store::{Me, Session};

/// What is on the screen.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Connecting,
    Refused(Refusal),
    Seat(GroupId),
    Board(GroupId, Access),
    Conduct,
    Wall(Access),
}

/// What somebody sees. `looked` is whether a participant wants the board before the lead begins.
fn shown(me: Me, phase: Phase, looked: bool) -> Shown {
    match (me.capability, me.seat) {
        (Capability::Lead, _) => Shown::Conduct,
        (Capability::Helper, _) => Shown::Wall(Access::Write),
        (Capability::Participant(_), Some(group)) => match phase {
            Phase::Lobby if !looked => Shown::Seat(group),
            Phase::Lobby | Phase::Open => Shown::Board(group, Access::Write),
            Phase::Ended => Shown::Board(group, Access::Read),
        },
        (Capability::Observer | Capability::Participant(_), _) => Shown::Wall(Access::Read),
    }
}

/// The key in the address goes into this tab's keyring and out of sight: it must not be shown, or sent, with the address.
fn take_key(workshop: WorkshopId) -> Option<Token> {
    let (path, fragment) = dom::location();
    if let Ok(token) = fragment.trim_start_matches('#').parse() {
        keyring::enter(workshop, token);
        if let Ok(history) = window().history() {
            // A browser that keeps the fragment shows a key to whoever stands behind; nothing else is lost.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
        }
    }
    keyring::token(workshop)
}

/// A workshop, as far as one may see it.
#[component]
pub fn WorkshopScreen(id: WorkshopId) -> impl IntoView {
    match take_key(id) {
        Some(token) => view! { <Inside id token/> }.into_any(),
        None => view! { <Outside why=Refusal::NoSuchKey/> }.into_any(),
    }
}

#[component]
fn Inside(id: WorkshopId, token: Token) -> impl IntoView {
    let session = Session::open(id, token);
    let (frame, speech) = (use_frame(), use_speech());
    frame.show(session);
    let looked = RwSignal::new(false);
    let (me, workshop, refused) = (session.me(), session.workshop(), session.refused());
    let (who, doc) = (me.clone(), workshop.clone());
    let screen = Memo::new(move |_| {
        let phase = doc.with(|doc| doc.as_ref().map(|doc| doc.phase));
        match (refused.get(), who.get(), phase) {
            (Some(why), None, _) => Shown::Refused(why),
            (_, Some(me), Some(phase)) => shown(me, phase, looked.get()),
            _ => Shown::Connecting,
        }
    });
    Effect::new(move |_| {
        let Some((title, language)) = workshop.with(|doc| doc.as_ref().map(|doc| (doc.title.clone(), doc.language))) else {
            return;
        };
        speech.suggest(language);
        let Some(me) = me.get() else { return };
        keyring::recognised(id, token, Role::from(me.capability), &title);
        let place = |group: GroupId| i18n::fill(i18n::texts(speech.get()).common.group_n, &[("n", &group.to_string())]);
        frame.place.set(me.seat.map(place).unwrap_or_default());
    });
    move || match screen.get() {
        Shown::Connecting => view! { <Connecting/> }.into_any(),
        Shown::Refused(why) => {
            if matches!(why, Refusal::NoSuchKey | Refusal::NoSuchWorkshop) {
                keyring::forget(id, token);
            }
            view! { <Outside why/> }.into_any()
        }
        Shown::Seat(group) => view! { <Seat session group looked/> }.into_any(),
        Shown::Board(group, access) => view! { <AtBoard session group access/> }.into_any(),
        Shown::Conduct => view! { <Conduct session id token/> }.into_any(),
        Shown::Wall(access) => view! { <Wall session access/> }.into_any(),
    }
}

#[component]
fn AtBoard(session: Session, group: GroupId, access: Access) -> impl IntoView {
    let ended = (access == Access::Read)
        .then(|| view! { <p class="banner" role="status">{tr(|t| t.common.ended_banner)}</p> });
    view! {
        <Screen title=Signal::derive(tr(|t| t.common.board)) class="at-board">
            {ended}
            <BoardScreen session group access/>
        </Screen>
    }
}

#[component]
fn Connecting() -> impl IntoView {
    view! {
        <Screen title=Signal::derive(tr(|t| t.join.connecting_title)) class="narrow">
            <h1 id=TITLE tabindex="-1">{tr(|t| t.join.connecting_title)}</h1>
            <p role="status">{tr(|t| t.join.connecting)}</p>
        </Screen>
    }
}

/// The server will not have us, or we have no key.
#[component]
fn Outside(why: Refusal) -> impl IntoView {
    let (speech, router) = (use_speech(), use_router());
    let home = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        router.go(Route::Home);
    };
    view! {
        <Screen title=Signal::derive(tr(|t| t.join.refused_title)) class="narrow">
            <h1 id=TITLE tabindex="-1">{tr(|t| t.join.refused_title)}</h1>
            <p role="alert">{move || i18n::refusal(i18n::texts(speech.get()), why)}</p>
            <p><a class="button primary large" href="/" on:click=home>{tr(|t| t.join.rejoin)}</a></p>
        </Screen>
    }
}

#[cfg(test)]
mod tests {
    use shared::PersonId;

    use super::*;

    const PERSON: Capability = Capability::Participant(PersonId(1));

    #[test]
    fn what_one_sees_follows_from_what_one_may() {
        let see = |capability, seat, phase, looked| shown(Me { capability, seat }, phase, looked);
        let seat = Some(GroupId(3));
        assert!(see(PERSON, seat, Phase::Lobby, false) == Shown::Seat(GroupId(3)));
        assert!(see(PERSON, seat, Phase::Lobby, true) == Shown::Board(GroupId(3), Access::Write));
        assert!(see(PERSON, seat, Phase::Open, false) == Shown::Board(GroupId(3), Access::Write));
        assert!(see(PERSON, seat, Phase::Ended, true) == Shown::Board(GroupId(3), Access::Read));
        for phase in [Phase::Lobby, Phase::Open, Phase::Ended] {
            assert!(see(Capability::Lead, None, phase, false) == Shown::Conduct);
            assert!(see(Capability::Helper, None, phase, false) == Shown::Wall(Access::Write));
            assert!(see(Capability::Observer, None, phase, false) == Shown::Wall(Access::Read));
        }
    }
}
