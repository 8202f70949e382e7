//! Writing in silence: what one writes lies in one's own tray, where nobody else can see it, until the lead goes on. What is not
//! put down yet stays on this phone, and is offered again afterwards.

use leptos::ev::KeyboardEvent;
use shared::docs::tray::{Slip, TrayOp};
use shared::docs::workshop::Names;
use shared::limits::{CARD_CHARS_MAX, SLIPS_MAX};
use shared::presence::Doing;
use shared::text::tidy;
use shared::{Capability, CardId, Reject, SlipId};
use web_sys::HtmlTextAreaElement;

use super::here::Here;
use crate::edit::is_converting;
use crate::i18n::{self, fill, reject, use_speech};
use crate::platform::{dom, storage};
use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::{Key, Word, button, flag, follow, keep_focus, list, text, when, with_number, word};

/// The field for a new card.
const FIELD: &str = "silent-field";
/// The field in which a card is changed.
const CHANGE: &str = "silent-change";

/// The screen.
pub fn silence(here: Here) -> AnyView {
    let session = here.session;
    let tray = session.tray();
    let slips = Memo::new(move |_| tray.with(|tray| tray.slips.clone()));
    let promised = flag(move || names(here) == Names::Hidden);
    let changed: RwSignal<Option<SlipId>> = RwSignal::new(None);
    tell_how_many(here, slips);
    let ids = move || slips.with(|slips| slips.iter().map(|slip| key(slip.id)).collect());
    let row = move |key: Key| match key {
        Key::Card(CardId { client, n }) => row(session, slips, changed, SlipId { client, n }),
        Key::Number(_) => ().into_any(),
    };
    view! {
        <div class="step-body silence">
            {theme(here)}
            <p class="silence-promise">
                {word(|t| t.step.nobody_sees)}
                {when(promised, || view! { <strong>{word(|t| t.step.no_names)}</strong> }.into_any())}
            </p>
            {new_card(here, slips)}
            {count(slips)}
            <ul class="slips" aria-label=word(|t| t.step.slips)>{list(Box::new(ids), Box::new(row))}</ul>
        </div>
    }
    .into_any()
}

fn names(here: Here) -> Names {
    here.plan.with(|plan| plan.as_ref().map(|plan| plan.names).unwrap_or_default())
}

/// Rows are told apart by the operation that made them, as cards are.
const fn key(slip: SlipId) -> Key {
    Key::Card(CardId { client: slip.client, n: slip.n })
}

/// What it is all about: the theme of the group.
fn theme(here: Here) -> AnyView {
    let groups = here.session.groups();
    let theme = text(move || {
        groups.track();
        let board = here.session.board(here.group);
        board.map(|board| board.card(CardId::THEME).with(|theme| theme.text.clone())).unwrap_or_default()
    });
    let shown = move || {
        view! { <p class="silence-theme"><span class="label">{word(|t| t.board.theme)}</span> {theme}</p> }.into_any()
    };
    when(flag(move || !theme.with(String::is_empty)), shown)
}

/// The others, and the lead, may know how many cards lie in one's tray. They may know nothing else.
fn tell_how_many(here: Here, slips: Memo<Vec<Slip>>) {
    let link = here.session.link();
    follow(move || {
        link.track();
        let n = u16::try_from(slips.with(Vec::len)).unwrap_or(u16::MAX);
        if let Some(board) = here.session.board(here.group) {
            board.doing(Doing::Silent(n));
        }
    });
    on_cleanup(move || {
        if let Some(board) = here.session.board(here.group) {
            board.doing(Doing::Reading);
        }
    });
}

/// How many lie there, aloud too.
fn count(slips: Memo<Vec<Slip>>) -> AnyView {
    let speech = use_speech();
    let said = text(move || match slips.with(Vec::len) {
        0 => String::new(),
        n => with_number(i18n::texts(speech.get()).step.slips_n, n as u64),
    });
    view! { <p class="slips-n" role="status">{said}</p> }.into_any()
}

/// A text as it goes onto a card.
fn card_text(typed: &str) -> String {
    tidy(typed).trim().to_owned()
}

/// What is wrong with it, before it is put down.
fn trouble(text: &str) -> Option<Reject> {
    (text.chars().count() > CARD_CHARS_MAX).then_some(Reject::TextFull)
}

/// The field for a new card.
fn new_card(here: Here, slips: Memo<Vec<Slip>>) -> AnyView {
    let session = here.session;
    let why: RwSignal<Option<Reject>> = RwSignal::new(None);
    let put = move || {
        let Some(field) = dom::by_id::<HtmlTextAreaElement>(FIELD) else { return };
        let text = card_text(&field.value());
        if text.is_empty() {
            dom::focus(FIELD);
            return;
        }
        let done = match trouble(&text) {
            Some(why) => Err(why),
            None => session.in_private(TrayOp::PutSlip { text, names: untrack(|| names(here)) }),
        };
        why.set(done.err());
        if done.is_ok() {
            field.set_value("");
            keep_draft(session, "");
        }
        dom::focus(FIELD);
    };
    let full = flag(move || slips.with(Vec::len) >= SLIPS_MAX);
    let draft = draft(session);
    let field = move || {
        let example =
            if slips.with_untracked(Vec::is_empty) { |t: &i18n::Texts| t.board.first_example } else { |_: &_| "" };
        view! {
            <div class="silent-new">
                <label for=FIELD>{word(|t| t.step.silent_field)}</label>
                <textarea
                    id=FIELD
                    class="field"
                    rows="2"
                    placeholder=word(example)
                    aria-describedby="silent-trouble"
                    on:keydown=move |event| on_key(&event, put)
                    on:input=move |_| keep_when_still(session)
                    on:compositionend=move |_| keep_when_still(session)
                >
                    {draft.clone()}
                </textarea>
                <p class="trouble" id="silent-trouble" role="alert">{in_words(why)}</p>
                <div on:mousedown=keep_focus>
                    {button("button primary wide", word(|t| t.step.put), move || {
                        end_conversion();
                        put();
                    })}
                </div>
            </div>
        }
        .into_any()
    };
    let no_more = || view! { <p class="hint">{word(|t| t.everywhere.err_full)}</p> }.into_any();
    view! { {when(flag(move || !full.get()), field)} {when(full, no_more)} }.into_any()
}

/// Enter puts the card down, unless it ends a conversion.
fn on_key(event: &KeyboardEvent, put: impl Fn()) {
    if event.key() == "Enter" && !is_converting(event) {
        event.prevent_default();
        put();
    }
}

/// Leaving a field ends a conversion and takes its words.
fn end_conversion() {
    if let Some(field) = dom::by_id::<HtmlTextAreaElement>(FIELD) {
        // What cannot lose the focus keeps it.
        let _ = field.blur();
    }
}

fn in_words(why: RwSignal<Option<Reject>>) -> Signal<String> {
    let speech = use_speech();
    text(move || why.get().map(|why| reject(i18n::texts(speech.get()), why)).unwrap_or_default())
}

/// A card that was put down, with what its author may do.
fn row(session: Session, slips: Memo<Vec<Slip>>, changed: RwSignal<Option<SlipId>>, id: SlipId) -> AnyView {
    let said = text(move || {
        slips.with(|slips| slips.iter().find(|slip| slip.id == id).map(|slip| slip.text.clone()).unwrap_or_default())
    });
    let open = flag(move || changed.get() == Some(id));
    let labelled = move |sentence: Word| {
        let sentence = word(sentence);
        text(move || fill(&sentence.get(), &[("text", &said.get())]))
    };
    let plain = move || {
        let take_back = move || {
            // One that lies on the board already is refused by the server, and that is said.
            let _ = session.in_private(TrayOp::TakeBackSlip { slip: id });
            dom::focus(FIELD);
        };
        view! {
            <p class="slip-text">{said}</p>
            <div class="slip-ways">
                <button
                    type="button"
                    class="button quiet"
                    aria-label=labelled(|t| t.step.change_of)
                    on:click=move |_| {
                        changed.set(Some(id));
                        request_animation_frame(|| {
                            dom::focus(CHANGE);
                        });
                    }
                >
                    {word(|t| t.step.change)}
                </button>
                <button
                    type="button"
                    class="button quiet"
                    aria-label=labelled(|t| t.step.take_back_of)
                    on:click=move |_| take_back()
                >
                    {word(|t| t.step.take_back)}
                </button>
            </div>
        }
        .into_any()
    };
    view! {
        <li class="slip">
            {when(open, move || change(session, changed, id, said))}
            {when(flag(move || !open.get()), plain)}
        </li>
    }
    .into_any()
}

/// The field in which a card is changed.
fn change(session: Session, changed: RwSignal<Option<SlipId>>, id: SlipId, said: Signal<String>) -> AnyView {
    let why: RwSignal<Option<Reject>> = RwSignal::new(None);
    let close = move || {
        changed.set(None);
        dom::focus(FIELD);
    };
    let save = move || {
        let Some(field) = dom::by_id::<HtmlTextAreaElement>(CHANGE) else { return };
        let text = card_text(&field.value());
        let done = match trouble(&text) {
            Some(why) => Err(why),
            None if text.is_empty() || untrack(|| said.with(|said| *said == text)) => Ok(()),
            None => session.in_private(TrayOp::ChangeSlip { slip: id, text }),
        };
        why.set(done.err());
        if done.is_ok() {
            close();
        }
    };
    view! {
        <label class="visually-hidden" for=CHANGE>{word(|t| t.step.change)}</label>
        <textarea id=CHANGE class="field" rows="2" on:keydown=move |event| on_key(&event, save)>
            {untrack(|| said.get())}
        </textarea>
        <p class="trouble" role="alert">{in_words(why)}</p>
        <div class="slip-ways" on:mousedown=keep_focus>
            {button("button primary", word(|t| t.step.save), move || {
                if let Some(field) = dom::by_id::<HtmlTextAreaElement>(CHANGE) {
                    // See above.
                    let _ = field.blur();
                }
                save();
            })}
            {button("button quiet", word(|t| t.step.leave), close)}
        </div>
    }
    .into_any()
}

/// Where this phone keeps what is not put down.
fn draft_key(session: Session) -> Option<String> {
    let code = session.workshop().with_untracked(|doc| doc.as_ref().and_then(|doc| doc.code))?;
    match session.me().get_untracked()?.capability {
        Capability::Participant(person) => Some(format!("naze.silent.{code}.{}", person.0)),
        _ => None,
    }
}

fn draft(session: Session) -> String {
    draft_key(session).and_then(|key| storage::get(&key)).unwrap_or_default()
}

fn keep_draft(session: Session, words: &str) {
    if let Some(key) = draft_key(session) {
        if words.trim().is_empty() {
            storage::remove(&key);
        } else {
            storage::set(&key, words);
        }
    }
}

/// Nothing is written to a field here; it is only read, and a conversion goes on undisturbed.
fn keep_when_still(session: Session) {
    if let Some(field) = dom::by_id::<HtmlTextAreaElement>(FIELD) {
        keep_draft(session, &field.value());
    }
}

/// After the silence: words that were not put down in time are offered, to be put down now or to be forgotten.
pub fn left_over(session: Session) -> AnyView {
    let left = RwSignal::new(draft(session));
    let forget = move || {
        keep_draft(session, "");
        left.set(String::new());
    };
    let put = move || {
        let text: String = card_text(&left.get_untracked()).chars().take(CARD_CHARS_MAX).collect();
        if session.in_private(TrayOp::PutSlip { text, names: Names::Shown }).is_ok() {
            forget();
        }
    };
    let shown = move || {
        view! {
            <section class="left-over" aria-label=word(|t| t.step.left_over)>
                <p>{word(|t| t.step.left_over)}</p>
                <p class="slip-text">{text(move || left.get())}</p>
                <div class="slip-ways">
                    {button("button primary", word(|t| t.step.put_now), put)}
                    {button("button quiet", word(|t| t.step.forget), forget)}
                </div>
            </section>
        }
        .into_any()
    };
    when(flag(move || !left.with(String::is_empty)), shown)
}
