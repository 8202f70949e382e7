//! The strip over the wall: what this is, how far it is, how latecomers get in, who needs the lead.

use shared::docs::workshop::Phase;
use shared::{Capability, GroupId};
use web_sys::{HtmlDialogElement, MouseEvent};

use super::sheets::Which;
use super::{View, charge, order, to_all};
use crate::element::Element;
use crate::i18n::{self, use_speech};
use crate::platform::dom;
use crate::reactive::*;
use crate::route::Route;
use crate::ui::conduct::{Desk, Post};
use crate::ui::home::halves;
use crate::ui::live::{button, flag, text, way, when, with_number, word};
use crate::ui::screen::TITLE;

/// The id of the sheet that asks.
const SHEET: &str = "end-sheet";

/// The strip. Only the lead has a desk.
pub fn strip(view: View, desk: Option<Desk>) -> Element {
    let speech = use_speech();
    let workshop = view.session.workshop();
    let (named, coded) = (workshop.clone(), workshop.clone());
    let title = text(move || named.with(|doc| doc.as_ref().map(|doc| doc.title.clone()).unwrap_or_default()));
    let code = text(move || coded.with(|doc| doc.as_ref().and_then(|doc| doc.code)).map(halves).unwrap_or_default());
    let texts = move || &i18n::texts(speech.get()).wall;
    let phase = text(move || {
        match workshop.with(|doc| doc.as_ref().map(|doc| doc.phase)) {
            Some(Phase::Open) => texts().open_phase,
            Some(Phase::Ended) => texts().ended,
            Some(Phase::Lobby) | None => texts().not_begun,
        }
        .to_owned()
    });
    let needs = text(move || {
        let count = |word: &str, n: usize| (n > 0).then(|| with_number(word, n as u64));
        let (calls, stuck) = (view.watch.calls.with(Vec::len), view.watch.stuck());
        let both = [count(texts().call_count, calls), count(texts().need_count, stuck)];
        both.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    });
    let ending = move || {
        let press = move |_| view.open(Which::Ending, GroupId(0));
        view! {
            <button type="button" class="button quiet strip-ending" id="wall-ending" aria-haspopup="dialog" on:click=press>
                {word(|t| t.wall.ending_short)}
            </button>
        }
        .into_any()
    };
    let ends_alike = flag(move || view.watch.ending.with(Option::is_some));
    let me = view.session.me();
    let observes = flag(move || me.with(|me| me.map(|me| me.capability)) == Some(Capability::Observer));
    let several = flag(move || view.session.groups().with(|groups| groups.len() > 1));
    view! {
        <header class="strip">
            <h1 id=TITLE tabindex="-1">{title}</h1>
            <p class="phase">{phase}</p>
            <p class="strip-code">{word(|t| t.wall.code)} " " <strong>{code}</strong></p>
            <p class="strip-needs" role="status">{needs}</p>
            <div role="status">{when(ends_alike, ending)}</div>
            <div class="desk">
                {when(several, move || ways(view))} {desk.map(buttons)} {when(observes, move || to_projector(view))}
            </div>
            {desk.map(end_sheet)}
        </header>
    }
}

/// How the tiles stand, and which of them.
fn ways(view: View) -> AnyView {
    view! { {order::way(view)} {view.charge.map(|charge| charge::way(view, charge))} }.into_any()
}

/// Who looks may do so for the whole room.
fn to_projector(view: View) -> AnyView {
    let label = word(|t| t.projector.open).into_any();
    view.session.id().map(|id| way("button", Route::Projector(id), label)).into_any()
}

/// Asks whether everybody is to stop.
pub fn ask_to_end() {
    if let Some(sheet) = sheet() {
        // It is closed, and in the page: it opens.
        let _ = sheet.show_modal();
    }
}

fn buttons(desk: Desk) -> AnyView {
    let speech = use_speech();
    // One button in every phase: it keeps the focus of who has pressed it.
    let label = text(move || {
        let t = &i18n::texts(speech.get()).wall;
        match desk.phase() {
            Phase::Lobby => t.begin,
            Phase::Open => t.end,
            Phase::Ended => t.reopen,
        }
        .to_owned()
    });
    let press: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| match untrack(|| desk.phase()) {
        Phase::Lobby | Phase::Ended => desk.set_phase(Phase::Open),
        Phase::Open => ask_to_end(),
    });
    let begins = flag(move || desk.phase() == Phase::Lobby);
    view! {
            {button("button", word(|t| t.wall.to_lobby), move || desk.go(Post::Lobby))}
            {button("button", word(|t| t.wall.run_sheet), move || desk.go(Post::RunSheet))}
            {to_all::to_all(desk.session())}
            <button type="button" class="button" class:primary=begins on:click=press>{label}</button>
    }
    .into_any()
}

fn sheet() -> Option<HtmlDialogElement> {
    dom::by_id(SHEET)
}

/// Asks before everybody is stopped.
fn end_sheet(desk: Desk) -> Element {
    let close = move || {
        if let Some(sheet) = sheet() {
            sheet.close();
        }
    };
    let end = move || {
        close();
        desk.set_phase(Phase::Ended);
    };
    view! {
        <dialog id=SHEET class="sheet" aria-labelledby="end-title">
            <h2 id="end-title">{word(|t| t.wall.end_title)}</h2>
            <p>{word(|t| t.wall.end_text)}</p>
            <div class="sheet-buttons">
                {button("button", word(|t| t.wall.end_no), close)}
                {button("button primary", word(|t| t.wall.end_yes), end)}
            </div>
        </dialog>
    }
}
