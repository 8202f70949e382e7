//! Writing in silence: what one writes lies in one's own tray, where nobody else can see it, until the lead goes on. What is not
//! put down yet stays on this phone, and is offered again afterwards.

use leptos::ev::KeyboardEvent;
use shared::docs::tray::{Slip, TrayOp};
use shared::docs::workshop::{Kind, Names, Plan};
use shared::limits::{CARD_CHARS_MAX, SLIPS_MAX};
use shared::presence::Doing;
use shared::text::tidy;
use shared::{CardId, Reject, SlipId};
use web_sys::HtmlTextAreaElement;

use self::draft::Draft;
pub use self::draft::left_over;
use super::here::Here;
use crate::edit::is_converting;
use crate::i18n::{self, reject, use_speech};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::{Key, button, flag, follow, keep_focus, list, text, when, with_number, word};

mod draft;
mod slip;

/// The field for a new card.
const FIELD: &str = "silent-field";

/// The screen.
pub fn silence(here: Here) -> AnyView {
    let session = here.session;
    let tray = session.tray();
    let slips = Memo::new(move |_| tray.with(|tray| tray.slips.clone()));
    let begun = Draft::kept(session);
    // The promise under which the words in the field were begun; none once they are put down.
    let begun_as = RwSignal::new(begun.as_ref().map(|draft| draft.names));
    let names = promise(here, begun_as);
    let promised = flag(move || names.get() == Names::Hidden);
    tell_that_one_wrote(here, slips, names);
    view! {
        <div class="step-body silence">
            {theme(here)}
            <p class="silence-promise">
                {word(|t| t.step.nobody_sees)}
                {when(promised, || view! { <strong>{word(|t| t.step.no_names)}</strong> }.into_any())}
            </p>
            {new_card(session, slips, (names, begun_as), begun.map(|draft| draft.words).unwrap_or_default())}
            {count(slips)}
            {put_down(session, slips)}
        </div>
    }
    .into_any()
}

/// What was put down, with what its author may do.
fn put_down(session: Session, slips: Memo<Vec<Slip>>) -> AnyView {
    let changed: RwSignal<Option<SlipId>> = RwSignal::new(None);
    let ids = move || {
        let mut ids: Vec<Key> = slips.with(|slips| slips.iter().map(|slip| key(slip.id)).collect());
        // What is being changed is not torn away, though it lies on the board already.
        let open = changed.get().map(key).filter(|open| !ids.contains(open));
        ids.extend(open);
        ids
    };
    let row = move |key: Key| match key {
        Key::Card(CardId { client, n }) => slip::row(session, slips, changed, SlipId { client, n }),
        Key::Number(_) => ().into_any(),
    };
    view! { <ul class="slips" aria-label=word(|t| t.step.slips)>{list(Box::new(ids), Box::new(row))}</ul> }.into_any()
}

/// The same for who reads it out to a partner, after the writing.
pub fn own(session: Session) -> AnyView {
    let tray = session.tray();
    let slips = Memo::new(move |_| tray.with(|tray| tray.slips.clone()));
    let none = || view! { <p class="hint">{word(|t| t.one_two_four.own_none)}</p> }.into_any();
    view! {
        <section class="own-slips">
            <h3>{word(|t| t.one_two_four.own)}</h3>
            <p class="hint">{word(|t| t.one_two_four.own_hint)}</p>
            {when(flag(move || slips.with(Vec::is_empty)), none)}
            {put_down(session, slips)}
        </section>
    }
    .into_any()
}

/// Whether names are kept with what is written here. As long as this screen is there it stays what it said, though the room may
/// be in another step already; and a sentence that was begun under a promise keeps it.
fn promise(here: Here, begun_as: RwSignal<Option<Names>>) -> Memo<Names> {
    Memo::new(move |before: Option<&Names>| {
        let silent = |plan: &&Plan| matches!(plan.kind, Kind::Silence | Kind::OneTwoFour);
        let now = here.plan.with(|plan| plan.as_ref().filter(silent).map(|plan| plan.names));
        if begun_as.get() == Some(Names::Hidden) {
            return Names::Hidden;
        }
        now.or(before.copied()).unwrap_or_default()
    })
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

/// The others, and the lead, may know that one has written. Where no names are kept not even that: who counts would know whose
/// the cards are.
fn tell_that_one_wrote(here: Here, slips: Memo<Vec<Slip>>, names: Memo<Names>) {
    let link = here.session.link();
    let wrote = Memo::new(move |_| names.get() == Names::Shown && slips.with(|slips| !slips.is_empty()));
    follow(move || {
        link.track();
        let n = u16::from(wrote.get());
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
fn new_card(
    session: Session,
    slips: Memo<Vec<Slip>>,
    (names, begun_as): (Memo<Names>, RwSignal<Option<Names>>),
    draft: String,
) -> AnyView {
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
            None => session.in_private(TrayOp::PutSlip { text, names: names.get_untracked() }),
        };
        why.set(done.err());
        if done.is_ok() {
            field.set_value("");
            Draft::forget(session);
            begun_as.set(None);
        }
        dom::focus(FIELD);
    };
    let full = flag(move || slips.with(Vec::len) >= SLIPS_MAX);
    let keep = move || {
        let promise = names.get_untracked();
        let written = keep_as_it_is(session, promise);
        let begun = written.then_some(promise);
        if begun_as.get_untracked() != begun {
            begun_as.set(begun);
        }
    };
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
                    on:input=move |_| keep()
                    on:compositionend=move |_| keep()
                >
                    {draft.clone()}
                </textarea>
                <p class="trouble" id="silent-trouble" role="alert">{in_words(why)}</p>
                <div on:mousedown=keep_focus>
                    {button("button primary wide", word(|t| t.step.put), move || {
                        leave(FIELD);
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
fn leave(id: &str) {
    if let Some(field) = dom::by_id::<HtmlTextAreaElement>(id) {
        // What cannot lose the focus keeps it.
        let _ = field.blur();
    }
}

fn in_words(why: RwSignal<Option<Reject>>) -> Signal<String> {
    let speech = use_speech();
    text(move || why.get().map(|why| reject(i18n::texts(speech.get()), why)).unwrap_or_default())
}

/// Nothing is written to a field here; it is only read, and a conversion goes on undisturbed. Whether there are words in it.
fn keep_as_it_is(session: Session, names: Names) -> bool {
    let Some(field) = dom::by_id::<HtmlTextAreaElement>(FIELD) else { return false };
    let words = field.value();
    let written = !words.trim().is_empty();
    Draft { words, names }.keep(session);
    written
}
