//! A short question to one group alone: its people see it as a quiet card, which they take or put away.

use shared::docs::board::{BoardOp, Nudge, Reply};
use shared::limits::NUDGE_CHARS_MAX;
use shared::text::tidy;
use shared::{By, GroupId, Reject};
use web_sys::SubmitEvent;

use super::View;
use crate::i18n::{self, Texts, fill, reject, use_speech};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::BoardStore;
use crate::ui::line_field::{self, LineField, Trouble};
use crate::ui::live::{Word, button, flag, group_name, text, when, word};
use crate::ui::run_sheet::sheet;

/// The field.
const WORDS: &str = "nudge";

/// Questions that often help, to begin with.
const READY: [Word; 3] = [|t| t.wall.ask_else, |t| t.wall.ask_why, |t| t.wall.ask_who];

/// What a group was asked last.
pub fn asked(board: BoardStore) -> Memo<Option<Nudge>> {
    let changed = board.changed();
    Memo::new(move |_| {
        changed.track();
        board.read(|board| board.nudge.clone()).flatten()
    })
}

/// What became of a question, in a few words.
pub fn state(t: &Texts, nudge: &Nudge) -> &'static str {
    match nudge.reply {
        None => t.wall.asked_waits,
        Some((_, Reply::Taken)) => t.wall.asked_taken,
        Some((_, Reply::PutAway)) => t.wall.asked_put_away,
    }
}

/// The question, what became of it, and through whom.
fn line(t: &Texts, board: BoardStore, nudge: &Nudge) -> String {
    let asked = fill(t.wall.asked, &[("text", &nudge.text)]);
    let by = match nudge.reply {
        Some((By::Person(person), Reply::Taken)) => board
            .members()
            .with(|members| members.get(&person).map(|member| fill(t.wall.asked_taken_by, &[("name", &member.name)]))),
        _ => None,
    };
    [asked, by.unwrap_or_else(|| state(t, nudge).to_owned())].join(" ")
}

/// The sheet.
pub fn ask(view: View, group: GroupId) -> AnyView {
    let speech = use_speech();
    let Some(board) = view.session.board(group) else { return sheet::close_button() };
    let asked = asked(board);
    let said = text(move || {
        let t = i18n::texts(speech.get());
        asked.with(|asked| asked.as_ref().map(|nudge| line(t, board, nudge)).unwrap_or_default())
    });
    let back = move || {
        button("button quiet", word(|t| t.wall.take_back), move || {
            // Nothing fits always.
            let _ = board.act_on(BoardOp::Nudge { text: String::new() });
            dom::focus(WORDS);
        })
    };
    view! {
        <div class="sheet-body">
            <h2 id=sheet::TITLE>{group_name(group)} " " {word(|t| t.wall.ask)}</h2>
            <div class="asked" role="status">
                <p>{said}</p>
                {when(flag(move || asked.with(Option::is_some)), back)}
            </div>
            {form(board)}
            {sheet::close_button()}
        </div>
    }
    .into_any()
}

fn form(board: BoardStore) -> AnyView {
    let (speech, trouble) = (use_speech(), Trouble::none());
    let max = NUDGE_CHARS_MAX.to_string();
    let hint = text(move || fill(i18n::texts(speech.get()).wall.ask_hint, &[("max", &max)]));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let said = tidy(&line_field::value(WORDS)).trim().to_owned();
        if said.is_empty() {
            dom::focus(WORDS);
            return;
        }
        match board.act_on(BoardOp::Nudge { text: said }) {
            Ok(()) => sheet::close(),
            Err(Reject::TextFull) => trouble.set(WORDS, |language| i18n::texts(language).wall.say_long.to_owned()),
            Err(why) => trouble.set(WORDS, move |language| reject(i18n::texts(language), why)),
        }
    };
    let line = LineField {
        name: WORDS,
        kind: "text",
        label: word(|t| t.wall.ask_field),
        hint,
        example: word(|t| t.wall.ask_example),
        trouble: trouble.about(WORDS),
    };
    let ready = READY.map(|question| {
        let label = word(question);
        button("button ready", label, move || {
            if let Some(field) = line_field::field(WORDS) {
                field.set_value(&untrack(|| label.get()));
                dom::focus(WORDS);
            }
        })
    });
    view! {
        <form class="say-form" novalidate on:submit=submit>
            {line.view()}
            <div class="ask-ready">{ready.into_iter().collect::<Vec<_>>()}</div>
            <button type="submit" class="button primary wide">{word(|t| t.wall.ask_it)}</button>
        </form>
    }
    .into_any()
}
