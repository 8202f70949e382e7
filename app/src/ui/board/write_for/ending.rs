//! It ended on this phone for who was in: what happened, what this phone still had, and where to go from here.

use super::super::super::at_board::Ending;
use super::super::super::removed::words_left;
use super::super::super::screen::{TITLE, screen};
use super::super::piece::{Button, word};
use crate::i18n::Texts;
use crate::reactive::*;
use crate::store::use_writers;

/// What is said: the title, what happened and what to do, what the words below are, and the way out.
const fn said(ending: Ending) -> [fn(&Texts) -> &'static str; 4] {
    match ending {
        Ending::GoneOn => [
            |t| t.write_for.own_gone_title,
            |t| t.write_for.own_gone,
            |t| t.write_for.own_gone_words,
            |t| t.everywhere.notice_done,
        ],
        Ending::NoSeat => {
            [|t| t.write_for.no_seat_title, |t| t.write_for.no_seat, |t| t.join.removed_words, |t| t.join.rejoin]
        }
        Ending::NoWorkshop => [
            |t| t.write_for.no_workshop_title,
            |t| t.write_for.no_workshop,
            |t| t.join.removed_words,
            |t| t.everywhere.to_home,
        ],
    }
}

/// The screen.
pub fn ended(ending: Ending) -> AnyView {
    let writers = use_writers();
    let [title, happened, left, out] = said(ending);
    let (words, others) = match ending {
        Ending::GoneOn | Ending::NoSeat => (writers.own_words(), Vec::new()),
        Ending::NoWorkshop => (writers.words_here(), writers.words_of_others()),
    };
    // What was not looked at stays on this phone.
    let seen = RwSignal::new(others.is_empty());
    let out_now = Button::new("button primary large", word(out));
    let leave = move || {
        match ending {
            Ending::GoneOn | Ending::NoSeat => writers.forget_own(),
            Ending::NoWorkshop if seen.get_untracked() => writers.forget_all(),
            Ending::NoWorkshop => writers.forget_here(),
        }
        // A page that may not leave shows what is true.
        let _ = window().location().assign("/");
    };
    let of_others = words_left(word(|t| t.write_for.no_workshop_others_hint), others).map(|words| {
        view! {
            <details class="left-of-others" on:toggle=move |_| seen.set(true)>
                <summary>{word(|t| t.write_for.no_workshop_others)}</summary>
                {words}
            </details>
        }
    });
    let content = view! {
        <h1 id=TITLE tabindex="-1">{word(title)}</h1>
        <p role="status">{word(happened)}</p>
        {words_left(word(left), words)}
        {of_others}
        {out_now.on(leave)}
    };
    screen("narrow", word(title), content.into_any())
}
