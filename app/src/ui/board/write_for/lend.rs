//! The way for somebody to go on with a phone of their own: a code for the camera, and the same to type.

use shared::{JoinCode, Token};

use super::super::super::home::halves;
use super::super::age::Clock;
use super::super::piece::{Button, anew, text, word};
use super::super::state::BoardState;
use crate::i18n::{Texts, fill, refusal};
use crate::reactive::*;
use crate::store::{Errand, Lent, Session, Writer, Writers, use_writers};

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Before,
    Asking,
    Here(Lent),
    /// Its time is over.
    Over,
}

/// The part of the sheet that lends a code.
pub fn lend(state: BoardState, writers: Writers, writer: Writer) -> AnyView {
    let token = writer.token();
    let name = StoredValue::new(writer.name);
    let named = move |pick: fn(&Texts) -> &'static str| {
        text(move || fill(pick(state.t()), &[("name", &name.try_get_value().unwrap_or_default())]))
    };
    view! {
        <h3>{named(|t| t.write_for.lend)}</h3>
        <p class="hint">{named(|t| t.write_for.lend_hint)}</p>
        {code(state, writers, token, named(|t| t.write_for.scan))}
    }
    .into_any()
}

/// The sheet with which one goes on with another device oneself: the battery is nearly empty.
pub fn go_on(state: BoardState, session: Session) -> AnyView {
    let token = session.token();
    view! {
        <h2 id="board-sheet-title">{word(|t| t.write_for.own_title)}</h2>
        <p class="hint">{word(|t| t.write_for.own_hint)}</p>
        {token.map(|token| code(state, use_writers(), token, word(|t| t.write_for.own_scan)))}
    }
    .into_any()
}

/// Asks for a code for the holder of this key, and shows it.
fn code(state: BoardState, writers: Writers, token: Token, scan: Signal<String>) -> AnyView {
    let (stage, clock) = (RwSignal::new(Stage::Before), Clock::begin(state));
    let errand = StoredValue::new(None::<Errand>);
    let ask = move || {
        stage.set(Stage::Asking);
        let answered = move |lent| {
            stage.try_set(Stage::Here(lent));
        };
        errand.try_set_value(Some(writers.lend(token, answered)));
    };
    // Followed as a whole: what is shown stays as it is while the clock goes.
    let shown = Memo::new(move |_| match stage.get() {
        Stage::Here(Lent::Code(_, until)) if until <= clock.now() => Stage::Over,
        other => other,
    });
    let said = text(move || {
        let t = state.t();
        match shown.get() {
            Stage::Before => String::new(),
            Stage::Asking => t.write_for.asking.to_owned(),
            Stage::Here(Lent::Code(..)) => t.write_for.good.to_owned(),
            Stage::Here(Lent::Refused(why)) => refusal(t, why),
            Stage::Over => t.write_for.ended.to_owned(),
        }
    });
    let label = text(move || {
        let t = &state.t().write_for;
        if shown.get() == Stage::Before { t.lend_go } else { t.lend_again }.to_owned()
    });
    let code = move || match shown.get() {
        Stage::Here(Lent::Code(code, _)) => Some(view! { <p>{scan}</p> {invitation(state, code)} }.into_any()),
        _ => None,
    };
    view! {
        <div class="write-for-code">
            {anew(code)}
            <p role="status">{said}</p>
            {Button::new("button wide", label).on(ask)}
        </div>
    }
    .into_any()
}

fn invitation(state: BoardState, code: JoinCode) -> AnyView {
    let location = window().location();
    let address = format!("{}/j/{code}", location.origin().unwrap_or_default());
    let picture = format!("/qr.svg?to={}", String::from(js_sys::encode_uri_component(&address)));
    let host = location.host().unwrap_or_default();
    let or_type = text(move || fill(state.t().write_for.or_type, &[("address", &host)]));
    view! {
        <img class="qr" src=picture alt=word(|t| t.write_for.qr) width="240" height="240"/>
        <p>{or_type}</p>
        <p class="write-for-typed">{halves(code)}</p>
    }
    .into_any()
}
