//! What is not put down yet when the silence ends, or when the page goes: it stays on this phone, and is offered again.

use shared::docs::tray::TrayOp;
use shared::docs::workshop::{Circle, Names};
use shared::{Capability, Reject};

use super::super::here::Here;
use super::super::stage::back_to_step;
use super::{card_text, in_words, trouble};
use crate::platform::storage;
use crate::reactive::*;
use crate::store::{Session, silent_key};
use crate::ui::live::{button, flag, text, when, word};

/// Where this phone keeps it.
fn draft_key(session: Session) -> Option<String> {
    match session.me().get_untracked()?.capability {
        Capability::Participant(person) => Some(silent_key(session.id()?, person)),
        _ => None,
    }
}

/// What is not put down yet, with what its author was told about names.
pub struct Draft {
    /// The words.
    pub words: String,
    /// The promise.
    pub names: Names,
}

/// Before the words, where it was said that no name is kept.
const NAMELESS: &str = "nameless ";
/// The same, where nothing was said.
const NAMED: &str = "named ";

impl Draft {
    /// What this phone keeps.
    pub fn kept(session: Session) -> Option<Self> {
        let kept = storage::get(&draft_key(session)?)?;
        let (names, words) = match kept.strip_prefix(NAMELESS) {
            Some(words) => (Names::Hidden, words),
            None => (Names::Shown, kept.strip_prefix(NAMED)?),
        };
        Some(Self { words: words.to_owned(), names })
    }

    /// Keeps it.
    pub fn keep(self, session: Session) {
        if self.words.trim().is_empty() {
            Self::forget(session);
        } else if let Some(key) = draft_key(session) {
            let mut kept = if self.names == Names::Hidden { NAMELESS } else { NAMED }.to_owned();
            kept.push_str(&self.words);
            storage::set(&key, &kept);
        }
    }

    /// It is put down, or not wanted.
    pub fn forget(session: Session) {
        if let Some(key) = draft_key(session) {
            storage::remove(&key);
        }
    }
}

/// After the silence: words that were not put down in time are offered, to be put down now or to be forgotten.
pub fn left_over(here: Here) -> AnyView {
    let session = here.session;
    // After the end, too, what was not put down is there to be read and to be copied.
    let open = flag(move || here.plan.with(Option::is_some));
    let Draft { words, names } = Draft::kept(session).unwrap_or(Draft { words: String::new(), names: Names::Shown });
    let left = RwSignal::new(words);
    let why: RwSignal<Option<Reject>> = RwSignal::new(None);
    let forget = move || {
        Draft::forget(session);
        left.set(String::new());
    };
    let put = move || {
        let text = card_text(&left.get_untracked());
        let done = match trouble(&text) {
            Some(why) => Err(why),
            None => session.in_private(TrayOp::PutSlip { text, names }),
        };
        why.set(done.err());
        if done.is_ok() {
            forget();
            back_to_step();
        }
    };
    let discard = move || {
        forget();
        back_to_step();
    };
    // In twos it goes beside what one wrote before; else it is on the board at once.
    let alone = flag(move || here.circle.get().is_some_and(|(_, circle)| circle == Circle::Pair));
    let (add, put_now) = (word(|t| t.one_two_four.own_add), word(|t| t.step.put_now));
    let label = text(move || if alone.get() { add.get() } else { put_now.get() });
    let shown = move || {
        view! {
            <section class="left-over" aria-label=word(|t| t.step.left_over)>
                <p>{word(|t| t.step.left_over)}</p>
                <p class="slip-text">{text(move || left.get())}</p>
                <p class="trouble" role="alert">{in_words(why)}</p>
                <div class="slip-ways">
                    {when(open, move || button("button primary", label, put))}
                    {button("button quiet", word(|t| t.step.forget), discard)}
                </div>
            </section>
        }
        .into_any()
    };
    when(flag(move || !left.with(String::is_empty)), shown)
}
