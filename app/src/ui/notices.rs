//! What went wrong, with the words that could not be taken. They stay until somebody has read them.

use web_sys::{FocusEvent, HtmlTextAreaElement};

use super::live::{button, rows, text, word};
use super::screen::MAIN;
use crate::i18n::{self, use_speech};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::{Notice, Session};

/// The list of what went wrong; nothing when nothing did.
pub fn notices(session: Session) -> AnyView {
    let notices = session.notices();
    let (listed, each) = (notices.clone(), notices.clone());
    let ids = Signal::derive(move || listed.with(|all| all.iter().map(|notice| notice.n).collect()));
    let dismiss = Callback::new(move |n: u32| {
        notices.update(|all| all.retain(|notice| notice.n != n));
        // The button is gone.
        dom::focus_still(dom::by_id(MAIN));
    });
    let row = move |n| {
        let found = each.with_untracked(|all| all.iter().find(|notice| notice.n == n).cloned());
        found.map(|found| notice(found, dismiss)).into_any()
    };
    view! { <div class="notices no-print" role="alert">{rows(ids, row)}</div> }.into_any()
}

fn notice(notice: Notice, dismiss: Callback<u32>) -> AnyView {
    let speech = use_speech();
    let Notice { n, why, words, .. } = notice;
    let why = text(move || {
        let texts = i18n::texts(speech.get());
        why.map_or_else(|| texts.everywhere.err_lost.to_owned(), |why| i18n::reject(texts, why))
    });
    let words = words.filter(|words| !words.trim().is_empty()).map(|words| {
        // No button to copy: browsers have no clipboard on the plain addresses of a hall.
        let select = |event: FocusEvent| event_target::<HtmlTextAreaElement>(&event).select();
        view! {
            <p>{word(|t| t.everywhere.err_not_taken)}</p>
            <textarea class="field" readonly aria-label=word(|t| t.everywhere.notice_words) rows="1" on:focus=select>
                {words}
            </textarea>
        }
        .into_any()
    });
    view! {
        <section class="notice" aria-label=word(|t| t.everywhere.notices)>
            <p class="why">{why}</p>
            {words}
            {button("button", word(|t| t.everywhere.notice_done), move || dismiss.run(n))}
        </section>
    }
    .into_any()
}
