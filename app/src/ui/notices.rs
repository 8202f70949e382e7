//! What went wrong, with the words that could not be taken. They stay until somebody has read them.

use leptos::prelude::*;

use crate::i18n::{self, tr, use_speech};
use crate::store::{Notice, Session};

/// The list of what went wrong; nothing when nothing did.
#[component]
pub fn Notices(session: Session) -> impl IntoView {
    let notices = session.notices();
    let each = {
        let notices = notices.clone();
        move || notices.get()
    };
    let dismiss = Callback::new(move |n: u32| notices.update(|all| all.retain(|notice| notice.n != n)));
    view! {
        <div class="notices no-print" role="alert">
            <For each key=|notice| notice.n let:notice>
                <NoticeView notice dismiss/>
            </For>
        </div>
    }
}

#[component]
fn NoticeView(notice: Notice, dismiss: Callback<u32>) -> impl IntoView {
    let speech = use_speech();
    let Notice { n, why, words } = notice;
    let text = move || {
        let texts = i18n::texts(speech.get());
        why.map_or_else(|| texts.common.err_lost.to_owned(), |why| i18n::reject(texts, why))
    };
    let words = words.filter(|words| !words.trim().is_empty()).map(|words| {
        let label = tr(|t| t.common.notice_words);
        // No button to copy: browsers have no clipboard on the plain addresses of a hall.
        view! {
            <textarea class="field" readonly aria-label=label rows="1" on:focus=move |event| {
                event_target::<web_sys::HtmlTextAreaElement>(&event).select();
            }>{words}</textarea>
        }
    });
    let kept = words.is_some().then(|| view! { <p>{tr(|t| t.common.err_not_taken)}</p> });
    view! {
        <section class="notice" aria-label=tr(|t| t.common.notices)>
            <p class="why">{text}</p>
            {kept}
            {words}
            <button type="button" class="button" on:click=move |_| dismiss.run(n)>{tr(|t| t.common.notice_done)}</button>
        </section>
    }
}
