//! Who may come in: the door, open or closed to newcomers, and the code and the links, which are replaced when somebody has one who
//! should not. What follows is said before it is done.

use leptos::task::spawn_local;
use shared::docs::doors::Link;
use shared::docs::workshop::{Door, Language, WorkshopOp};
use shared::wire::{self, Invite, Renew};
use wasm_bindgen::JsValue;

use super::links::field;
use crate::element::Element;
use crate::i18n::{DoorsTexts, texts, use_speech};
use crate::reactive::*;
use crate::store::{Session, keyring};
use crate::ui::ask::{Failure, to_workshop};
use crate::ui::home::halves;
use crate::ui::live::{Word, button, flag, text, when, word};
use crate::ui::run_sheet::sheet::{self, Beside};

/// What can be replaced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    Code,
    Helper,
    Observer,
    Keep,
    Lead,
}

const ALL: [What; 5] = [What::Code, What::Helper, What::Observer, What::Keep, What::Lead];

/// How far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Stage {
    Asked,
    Working,
    Done,
    /// Why not, in both languages.
    Failed([String; 2]),
}

impl What {
    const fn name(self) -> Word {
        match self {
            Self::Code => |t| t.doors.code,
            Self::Helper => |t| t.doors.helper,
            Self::Observer => |t| t.doors.observer,
            Self::Keep => |t| t.doors.keep,
            Self::Lead => |t| t.doors.lead,
        }
    }

    const fn what(self) -> Word {
        match self {
            Self::Code => |t| t.doors.code_what,
            Self::Helper => |t| t.doors.helper_what,
            Self::Observer => |t| t.doors.observer_what,
            Self::Keep => |t| t.doors.keep_what,
            Self::Lead => |t| t.doors.lead_what,
        }
    }

    /// What the server is asked for. The new key of the lead is made and kept here before: it may be that its answer is lost.
    fn renew(self, session: Session) -> Option<Renew> {
        Some(match self {
            Self::Code => Renew::Code,
            Self::Helper => Renew::Link(Link::Helper),
            Self::Observer => Renew::Link(Link::Observer),
            Self::Keep => Renew::Keep,
            Self::Lead => {
                let (id, token) = session.id().zip(session.token())?;
                Renew::Lead(keyring::make_successor(id, token))
            }
        })
    }
}

/// Whether the door is closed; tracked.
pub fn is_closed(session: Session) -> bool {
    session.workshop().with(|doc| doc.as_ref().is_some_and(|doc| doc.door == Door::Closed))
}

/// The section.
pub fn doors(session: Session) -> Element {
    let open = RwSignal::new(0_u32);
    let stage = RwSignal::new(Stage::Asked);
    let closed = flag(move || is_closed(session));
    let [is_open, is_shut] = [word(|t| t.doors.is_open), word(|t| t.doors.is_closed)];
    let said = text(move || if closed.get() { is_shut.get() } else { is_open.get() });
    let [to_open, to_close] = [word(|t| t.doors.open), word(|t| t.doors.close)];
    let label = text(move || if closed.get() { to_open.get() } else { to_close.get() });
    let turn = move || {
        let door = if untrack(|| closed.get()) { Door::Open } else { Door::Closed };
        // Either fits at any time.
        let _ = session.conduct(WorkshopOp::SetDoor { door });
    };
    let row = |what: What| {
        let ask = move || {
            stage.set(Stage::Asked);
            open.set(what as u32 + 1);
        };
        button("button", word(what.name()), ask)
    };
    let rows: Vec<AnyView> = ALL.into_iter().map(row).collect();
    view! {
        <section class="doors" aria-labelledby="doors-title">
            <h2 id="doors-title">{word(|t| t.doors.title)}</h2>
            <p class="door-state" class:closed=closed role="status">{said}</p>
            {button("button", label, turn)}
            <details>
                <summary class="button quiet">{word(|t| t.doors.renew)}</summary>
                <p class="hint">{word(|t| t.doors.renew_hint)}</p>
                <div class="renew">{rows}</div>
            </details>
            {sheet::sheet(open, Beside::Stays, move |which| content(session, which, stage))}
        </section>
    }
}

fn content(session: Session, which: u32, stage: RwSignal<Stage>) -> AnyView {
    let at = usize::try_from(which).unwrap_or_default().wrapping_sub(1);
    let Some(what) = ALL.get(at).copied() else { return ().into_any() };
    let speech = use_speech();
    let done = flag(move || stage.with(|stage| *stage == Stage::Done));
    let asks = flag(move || !done.get());
    let said = text(move || {
        let t = &texts(speech.get()).doors;
        match stage.get() {
            Stage::Asked => String::new(),
            Stage::Working => t.working.to_owned(),
            Stage::Done => t.done.to_owned(),
            Stage::Failed([ja, en]) => match speech.get() {
                Language::Ja => ja,
                Language::En => en,
            },
        }
    });
    let question = move || {
        let more = (what == What::Lead).then(|| view! { <p>{word(|t| t.doors.lead_out)}</p> });
        view! {
            <p>{word(what.what())}</p>
            {more}
            {button("button primary wide", word(|t| t.doors.go), move || renew(session, what, stage))}
            {button("button wide", word(|t| t.doors.not_now), sheet::close)}
        }
        .into_any()
    };
    view! {
        <h2 id=sheet::TITLE>{word(what.name())}</h2>
        <div class="renew-parts">
            {when(asks, question)}
            <p role="status">{said}</p>
            {when(done, move || renewed(session, what))}
        </div>
    }
    .into_any()
}

/// What there is instead now.
fn renewed(session: Session, what: What) -> AnyView {
    let link = move |read: fn(&Invite) -> String| {
        let invite = session.invite();
        text(move || invite.with(|invite| invite.as_deref().map(read).unwrap_or_default()))
    };
    let shown = match what {
        What::Code => {
            let workshop = session.workshop();
            let code = text(move || {
                workshop.with(|doc| doc.as_ref().and_then(|doc| doc.code).map(halves).unwrap_or_default())
            });
            view! { <p class="hint">{word(|t| t.doors.new_code)}</p> <p class="big-code">{code}</p> }.into_any()
        }
        What::Helper => field("new-link", |t| t.doors.new_link, link(|invite| invite.helper.clone())),
        What::Observer => field("new-link", |t| t.doors.new_link, link(|invite| invite.observer.clone())),
        What::Lead => {
            let own = super::links::own(session);
            view! { {field("new-link", |t| t.doors.new_link, own)} <p>{word(|t| t.doors.lead_done)}</p> }.into_any()
        }
        What::Keep => ().into_any(),
    };
    view! { {shown} {sheet::close_button()} }.into_any()
}

fn renew(session: Session, what: What, stage: RwSignal<Stage>) {
    if stage.with_untracked(|stage| *stage == Stage::Working) {
        return;
    }
    let Some(ask) = what.renew(session) else { return };
    stage.set(Stage::Working);
    let body: JsValue = js_sys::Uint8Array::from(wire::encode(&ask).as_slice()).into();
    spawn_local(async move {
        let answer = to_workshop(session, "/doors", body).await;
        if let (Ok(_), Renew::Lead(next)) = (&answer, ask) {
            session.go_on_with(next);
        }
        stage.try_set(match answer {
            Ok(_) => Stage::Done,
            Err(why) => Stage::Failed(why_not(&why)),
        });
    });
}

fn why_not(why: &Failure) -> [String; 2] {
    let say = |language, of: fn(&DoorsTexts) -> &'static str| of(&texts(language).doors).to_owned();
    [Language::Ja, Language::En].map(|language| match why {
        Failure::Refused(no) => no.say(language),
        Failure::Unreachable => say(language, |t| t.unreachable),
        Failure::Unreadable => say(language, |t| t.unreadable),
    })
}
