//! A card that was put down in silence, as its author sees it: to be changed, or to be taken back.

use shared::docs::tray::{Slip, TrayOp};
use shared::{Reject, SlipId};
use web_sys::HtmlTextAreaElement;

use super::super::stage::back_to_step;
use super::{FIELD, card_text, in_words, leave, on_key, trouble};
use crate::i18n::fill;
use crate::platform::dom;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::{Word, button, flag, keep_focus, text, when, word};

/// The field in which a card is changed.
const CHANGE: &str = "silent-change";

/// A card that was put down, with what its author may do.
pub fn row(session: Session, slips: Memo<Vec<Slip>>, changed: RwSignal<Option<SlipId>>, id: SlipId) -> AnyView {
    let said = Memo::new(move |before: Option<&String>| {
        let now = slips.with(|slips| slips.iter().find(|slip| slip.id == id).map(|slip| slip.text.clone()));
        now.or(before.cloned()).unwrap_or_default()
    });
    let lies_here = flag(move || slips.with(|slips| slips.iter().any(|slip| slip.id == id)));
    let open = flag(move || changed.get() == Some(id));
    let labelled = move |sentence: Word| {
        let sentence = word(sentence);
        text(move || fill(&sentence.get(), &[("text", &said.get())]))
    };
    let plain = move || {
        let take_back = move || {
            // One that lies on the board already is refused by the server, and that is said.
            let _ = session.in_private(TrayOp::TakeBackSlip { slip: id });
            back_to_field();
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
                        request_animation_frame(go_to_its_end);
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
            {when(open, move || change(session, changed, id, said, lies_here))}
            {when(flag(move || !open.get()), plain)}
        </li>
    }
    .into_any()
}

/// To the field for a new card; where there is none, to what this is all about.
fn back_to_field() {
    if !dom::focus(FIELD) {
        back_to_step();
    }
}

/// People go on where the sentence ended.
fn go_to_its_end() {
    if let Some(field) = dom::by_id::<HtmlTextAreaElement>(CHANGE) {
        let end = field.text_length();
        // A field that is gone again has no caret.
        let _ = field.set_selection_range(end, end);
        let _ = field.focus();
    }
}

/// The field in which a card is changed.
fn change(
    session: Session,
    changed: RwSignal<Option<SlipId>>,
    id: SlipId,
    said: Memo<String>,
    lies_here: Signal<bool>,
) -> AnyView {
    let why: RwSignal<Option<Reject>> = RwSignal::new(None);
    let close = move || {
        changed.set(None);
        back_to_field();
    };
    let save = move || {
        let Some(field) = dom::by_id::<HtmlTextAreaElement>(CHANGE) else { return };
        let text = card_text(&field.value());
        let done = match trouble(&text) {
            Some(why) => Err(why),
            None if text.is_empty() || untrack(|| said.with(|said| *said == text)) => Ok(()),
            // It came to light meanwhile: what it was to say is not lost.
            None if !untrack(|| lies_here.get()) => {
                session.give_words_back(Reject::NoSlip, text);
                Ok(())
            }
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
                leave(CHANGE);
                save();
            })}
            {button("button quiet", word(|t| t.step.leave), close)}
        </div>
    }
    .into_any()
}
