//! For somebody whom the lead has taken out: what happened, what to do, and the words that were not saved.

use shared::wire::Refusal;

use super::join::refusal;
use super::live::{button, word};
use super::screen::TITLE;
use crate::reactive::*;
use crate::store::Session;

/// What they see. Their words stay on the phone, in case they are let in again.
pub fn removed(session: Session, back: AnyView) -> AnyView {
    let by = session.me().get_untracked().and_then(|me| me.capability.by());
    let words = by.map(|by| session.unsaved_words(by)).unwrap_or_default();
    let lost = (!words.is_empty()).then(|| {
        let rows: Vec<AnyView> = words.into_iter().map(|words| view! { <li>{words}</li> }.into_any()).collect();
        view! {
            <p>{word(|t| t.join.removed_words)}</p>
            <ul class="write-for-words">{rows}</ul>
        }
        .into_any()
    });
    view! {
        <h1 id=TITLE tabindex="-1">{word(|t| t.join.removed_title)}</h1>
        <p role="status">{refusal(Refusal::Removed)}</p>
        {lost}
        {button("button", word(|t| t.join.again), move || session.try_again())}
        {back}
    }
    .into_any()
}
