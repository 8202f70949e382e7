//! Where one's words are, in words. What could worry somebody is said in full below the bar and to screen readers.

use std::time::Duration;

use shared::wire::Refusal;

use crate::i18n::{self, Texts, use_speech};
use crate::net::LinkState;
use crate::reactive::*;
use crate::store::{Saved, Session};
use crate::ui::live::{flag, follow, text, when};

/// "Saved" comes back only after such a rest: while one types, the word must not change with every letter.
const REST: Duration = Duration::from_millis(500);

/// What is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Told {
    Connecting,
    Full,
    /// Nothing: one is not in any more, and the screen says so.
    Out,
    /// Something else answers in the server's place; so many changes are only in this page.
    Stranger(usize),
    Plain(Saved),
}

impl Told {
    fn short(self, texts: &Texts) -> String {
        let t = &texts.everywhere;
        match self {
            Self::Connecting => t.connecting_short.to_owned(),
            Self::Plain(Saved::Saved) => t.saved.to_owned(),
            Self::Plain(Saved::Saving) => t.saving.to_owned(),
            Self::Plain(Saved::KeptHere(n) | Saved::InPageOnly(n)) => {
                i18n::fill(t.unsent_short, &[("n", &n.to_string())])
            }
            Self::Out => String::new(),
            Self::Full | Self::Stranger(_) | Self::Plain(Saved::Offline) => t.offline_short.to_owned(),
        }
    }

    /// The whole sentence, where there is more to say than a word.
    fn long(self, texts: &Texts) -> Option<String> {
        let t = &texts.everywhere;
        match self {
            Self::Connecting | Self::Out | Self::Plain(Saved::Saved | Saved::Saving) => None,
            Self::Plain(Saved::KeptHere(n)) => Some(i18n::fill(t.kept_here, &[("n", &n.to_string())])),
            Self::Plain(Saved::InPageOnly(n)) => Some(i18n::fill(t.in_page_only, &[("n", &n.to_string())])),
            Self::Full => Some(t.no_room.to_owned()),
            Self::Stranger(0) => Some(t.stranger.to_owned()),
            Self::Stranger(n) => Some(i18n::fill(t.stranger_in_page, &[("n", &n.to_string())])),
            Self::Plain(Saved::Offline) => Some(t.offline.to_owned()),
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Plain(Saved::Saved) => "saving done",
            Self::Connecting | Self::Out | Self::Plain(Saved::Saving) => "saving",
            Self::Full | Self::Stranger(_) | Self::Plain(_) => "saving away",
        }
    }
}

/// Whether one is not in any more, and the screen says why.
const fn is_out(why: Refusal) -> bool {
    use Refusal::{LinkReplaced, NoSuchKey, NoSuchWorkshop, Removed, TakenOver};
    matches!(why, Removed | LinkReplaced | NoSuchKey | NoSuchWorkshop | TakenOver)
}

/// The word in the bar, and the sentence below it.
pub fn saving(session: Session) -> AnyView {
    let (saved, link, speech) = (session.saved(), session.link(), use_speech());
    let rested = RwSignal::new(true);
    let refused = session.refused();
    let told = move || match (link.get(), saved.get()) {
        _ if refused.get().is_some_and(is_out) => Told::Out,
        (LinkState::Connecting, _) => Told::Connecting,
        // That the page must stay open is more important than why.
        (LinkState::Full, saved) if !matches!(saved, Saved::InPageOnly(_)) => Told::Full,
        (LinkState::Stranger, Saved::InPageOnly(n)) => Told::Stranger(n),
        (LinkState::Stranger, _) => Told::Stranger(0),
        (_, Saved::Saved) if !rested.get() => Told::Plain(Saved::Saving),
        (_, saved) => Told::Plain(saved),
    };
    let (told_class, told_short) = (told.clone(), told.clone());
    follow(move || match saved.get() {
        Saved::Saving => {
            rested.try_set(false);
        }
        Saved::Saved => set_timeout(
            move || {
                if saved.try_get_untracked() == Some(Saved::Saved) {
                    rested.try_set(true);
                }
            },
            REST,
        ),
        _ => {}
    });
    let texts = move || i18n::texts(speech.get());
    let class = text(move || told_class().class().to_owned());
    let short = text(move || told_short().short(texts()));
    // The same sentence again is not said again.
    let long = Memo::new(move |_| told().long(texts()).unwrap_or_default());
    let sentence = move || view! { <p>{long}</p> }.into_any();
    view! {
        <p class=class>{short}</p>
        <div class="away-note" role="status">{when(flag(move || !long.with(String::is_empty)), sentence)}</div>
    }
    .into_any()
}
