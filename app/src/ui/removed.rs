//! For somebody whom the lead has taken out: what happened, what to do, and the words that were not saved.

use shared::Capability;
use shared::wire::Refusal;

use super::join::refusal;
use super::live::{button, word};
use super::screen::TITLE;
use crate::reactive::*;
use crate::store::{Session, Writers};

/// Words that are not saved, below what is said of them; nothing where there are none.
pub fn words_left(about: Signal<String>, words: Vec<String>) -> Option<AnyView> {
    (!words.is_empty()).then(|| {
        let rows: Vec<AnyView> = words.into_iter().map(|words| view! { <li>{words}</li> }.into_any()).collect();
        view! {
            <p>{about}</p>
            <ul class="write-for-words">{rows}</ul>
        }
        .into_any()
    })
}

/// What they see. Their words stay on the phone, in case they are let in again.
pub fn removed((session, writers): (Session, Writers), back: AnyView) -> AnyView {
    let words = match session.me().get_untracked().map(|me| me.capability) {
        Some(Capability::Participant(person)) => writers.words_of(person),
        _ => writers.own_words(),
    };
    view! {
        <h1 id=TITLE tabindex="-1">{word(|t| t.join.removed_title)}</h1>
        <p role="status">{refusal(Refusal::Removed)}</p>
        {words_left(word(|t| t.join.removed_words), words)}
        {button("button", word(|t| t.join.again), move || session.try_again())}
        {back}
    }
    .into_any()
}
