//! One device for a table: in whose name one writes, and how it is seen at every moment. Who they are to the server is not its
//! business: `store::Writers` has a session for each.

use shared::limits::NAME_CHARS_MAX;
use shared::text::{is_fair_name, tidy_name};
use shared::wire::Refusal;
use shared::{GroupId, PersonId};
use web_sys::SubmitEvent;

pub use self::ending::ended;
pub use self::lend::go_on;
use self::lend::lend;
use super::super::line_field::{self, LineField, Trouble};
use super::super::live::follow;
use super::super::notices::notices;
use super::super::removed::words_left;
use super::super::screen::TITLE;
use super::piece::{Button, anew, flag, text, when, word};
use super::state::BoardState;
use super::{Access, Sheet, screen, sheets};
use crate::i18n::{self, Texts, fill, refusal, use_speech};
use crate::platform::storage::Kept;
use crate::reactive::*;
use crate::store::{Adding, Session, Writer, Writers, use_writers};

mod ending;
mod lend;

/// The field for the name of somebody who has no phone.
const NAME: &str = "write-for-name";

/// Who writes now, over the bar at the lower end, as soon as there is somebody to write for.
pub fn strip(state: BoardState) -> AnyView {
    let writers = use_writers();
    let any = flag(move || !writers.others().is_empty());
    let strip = move || {
        let now = text(move || {
            let t = &state.t().write_for;
            writers.now().map_or_else(|| t.now_self.to_owned(), |now| fill(t.now_for, &[("name", &now.name)]))
        });
        let other = flag(move || writers.now().is_some());
        let change = Button::new("button quiet", word(|t| t.write_for.change));
        view! {
            <div class="write-for-strip" class:other=other>
                <p>{now}</p>
                {change.on(move || state.sheet.set(Some(Sheet::WriteFor)))}
            </div>
        }
        .into_any()
    };
    view! { {when(any, strip)} {aside(writers)} }.into_any()
}

/// The same on a screen without a board, with the sheet behind it.
pub fn beside(session: Session, group: GroupId) -> AnyView {
    let groups = session.groups();
    let loaded = Memo::new(move |_| {
        groups.track();
        session.board(group).is_some_and(|board| board.loaded().get())
    });
    anew(move || {
        let board = loaded.get().then(|| session.board(group)).flatten()?;
        Some(untrack(|| {
            let state = BoardState::begin(session, board, Access::Write);
            view! { <div class="step-beside">{strip(state)} {sheets::sheets(state, session)}</div> }.into_any()
        }))
    })
}

/// What is to be known of the sessions that are not shown: what is not saved, what was refused.
fn aside(writers: Writers) -> AnyView {
    let speech = use_speech();
    let unsaved = text(move || {
        let unsaved: usize = writers.aside().into_iter().map(|session| session.pending().get()).sum();
        let t = &i18n::texts(speech.get()).write_for;
        if unsaved == 0 { String::new() } else { fill(t.unsaved, &[("n", &unsaved.to_string())]) }
    });
    let gone = Memo::new(move |_| writers.gone());
    let gone = move || Some(gone.get().into_iter().map(|writer| has_gone(writers, writer)).collect_view().into_any());
    view! {
        <p class="write-for-unsaved" role="status">{unsaved}</p>
        <div role="status">{anew(gone)}</div>
        {anew(move || Some(writers.aside().into_iter().map(notices).collect_view().into_any()))}
    }
    .into_any()
}

/// What happened to somebody whose key is good for nothing, and what to do.
fn gone(t: &Texts, why: Refusal) -> [&'static str; 2] {
    match why {
        Refusal::TakenOver => [t.write_for.taken_title, t.write_for.taken],
        _ => [t.write_for.no_seat_for, t.write_for.no_seat_for_hint],
    }
}

/// Somebody went on with a phone of their own while another name was shown.
fn has_gone(writers: Writers, (Writer { person, name, .. }, why): (Writer, Refusal)) -> AnyView {
    let speech = use_speech();
    let told = text(move || {
        let [title, _] = gone(i18n::texts(speech.get()), why);
        fill(title, &[("name", &name)])
    });
    let see = Button::new("button quiet", word(|t| t.write_for.see));
    view! {
        <div class="write-for-strip other">
            <p>{told}</p>
            {see.on(move || writers.write_as(Some(person)))}
        </div>
    }
    .into_any()
}

/// The sheet: in whose name, somebody more, and going on with another phone.
pub fn sheet(state: BoardState, session: Session) -> AnyView {
    let writers = use_writers();
    let any = flag(move || !writers.others().is_empty());
    // A code that is shown stays, whoever is added meanwhile.
    let now = Memo::new(move |_| writers.now());
    let whose = move || {
        view! {
            <h3 id="write-for-whose">{word(|t| t.write_for.whose)}</h3>
            <div class="write-for-names" role="group" aria-labelledby="write-for-whose">
                {row(writers, None)}
                {anew(move || Some(rows(writers)))}
            </div>
        }
        .into_any()
    };
    view! {
        <h2 id="board-sheet-title">{word(|t| t.write_for.title)}</h2>
        <p class="hint">{word(|t| t.write_for.hint)}</p>
        {when(any, whose)}
        {anew(move || now.get().map(|now| lend(state, writers, now)))}
        <h3>{word(|t| t.write_for.add)}</h3>
        {add(session, state.board.group())}
    }
    .into_any()
}

fn rows(writers: Writers) -> AnyView {
    writers.others().into_iter().map(|who| row(writers, Some(who))).collect_view().into_any()
}

/// A name to write in: of somebody else, or one's own.
fn row(writers: Writers, writer: Option<Writer>) -> AnyView {
    let (person, name): (Option<PersonId>, _) = (writer.as_ref().map(|of| of.person), writer.map(|of| of.name));
    let speech = use_speech();
    let label = text(move || {
        let t = i18n::texts(speech.get());
        name.as_ref().map_or_else(|| t.write_for.myself.to_owned(), |name| fill(t.everywhere.person, &[("name", name)]))
    });
    let pressed = flag(move || writers.now().map(|now| now.person) == person);
    Button::new("button toggle", label).pressed(pressed).on(move || {
        screen::close_dialog();
        writers.write_as(person);
    })
}

/// The form for somebody more: at a board, and before it begins.
pub fn add(session: Session, group: GroupId) -> AnyView {
    let (writers, speech, trouble) = (use_writers(), use_speech(), Trouble::none());
    let workshop = session.workshop();
    writers.begin_adding();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let code = workshop.with_untracked(|doc| doc.as_ref().and_then(|doc| doc.code));
        match (read_name(), code) {
            (Ok(name), Some(code)) if untrack(|| writers.adding()) != Adding::Asked => {
                trouble.clear();
                writers.add(&name, code, group);
            }
            (Err(why), _) => trouble.set(NAME, |language| why(i18n::texts(language))),
            (Ok(_), _) => {}
        }
    };
    // A name that was not taken stays to be corrected.
    follow(move || {
        if let (Adding::Added(name, _), Some(field)) = (writers.adding(), line_field::field(NAME))
            && tidy_name(&field.value()) == name
        {
            field.set_value("");
        }
    });
    let said = text(move || {
        let t = i18n::texts(speech.get());
        match writers.adding() {
            Adding::Nobody => String::new(),
            Adding::Asked => t.write_for.adding.to_owned(),
            Adding::Added(name, Kept::OnDevice) => fill(t.write_for.added, &[("name", &name)]),
            Adding::Added(name, Kept::InPage) => fill(t.write_for.added_in_page, &[("name", &name)]),
            Adding::Refused(Refusal::GroupFull(_)) => t.write_for.full.to_owned(),
            Adding::Refused(why) => refusal(t, why),
        }
    });
    let hint = text(move || with_longest(i18n::texts(speech.get()).write_for.name_hint));
    let (label, example) = (word(|t| t.write_for.name), word(|_| ""));
    let field = LineField { name: NAME, kind: "text", label, hint, example, trouble: trouble.about(NAME) };
    view! {
        <form class="write-for-form" novalidate on:submit=submit>
            {field.view()}
            <button type="submit" class="button wide">{word(|t| t.write_for.add_go)}</button>
            <p role="status">{said}</p>
        </form>
    }
    .into_any()
}

/// The name, or what is wrong with it.
fn read_name() -> Result<String, fn(&Texts) -> String> {
    let name = tidy_name(&line_field::value(NAME));
    match name.as_str() {
        "" => Err(|t| t.write_for.name_missing.to_owned()),
        text if is_fair_name(text) => Ok(name),
        _ => Err(|t| with_longest(t.write_for.name_long)),
    }
}

fn with_longest(text: &str) -> String {
    fill(text, &[("max", &NAME_CHARS_MAX.to_string())])
}

/// Somebody went on with a phone of their own: what this one still had of theirs, and the way back.
pub fn taken_over(session: Session) -> AnyView {
    let (writers, speech) = (use_writers(), use_speech());
    let Some(Writer { person, name, .. }) = untrack(|| writers.now()) else { return ().into_any() };
    let named = move |pick: fn(&Texts) -> &'static str, name: String| {
        text(move || fill(pick(i18n::texts(speech.get())), &[("name", &name)]))
    };
    let why = session.refused().get_untracked().unwrap_or(Refusal::NoSuchKey);
    let said = move |which: fn([&'static str; 2]) -> &'static str, name: String| {
        text(move || fill(which(gone(i18n::texts(speech.get()), why)), &[("name", &name)]))
    };
    let lost = words_left(named(|t| t.write_for.taken_words, name.clone()), writers.words_of(person));
    let back = Button::new("button primary large", word(|t| t.everywhere.back_to_myself));
    view! {
        <h1 id=TITLE tabindex="-1">{said(|[title, _]| title, name.clone())}</h1>
        <p role="status">{said(|[_, hint]| hint, name.clone())}</p>
        {lost}
        {back.on(move || writers.let_go(person))}
    }
    .into_any()
}
