//! What stands round every screen: the bar with the place, the state of saving and the switches; what must be said; the skip link.

use web_sys::MouseEvent;

use super::live::word;
use super::screen::MAIN;
use crate::element::anew;
use crate::platform::dom::{self, KEYBOARD_KEEPER};
use crate::reactive::*;
use crate::store::Session;

mod bar;
pub mod saving;

/// What the frame shows of a session. Who has none yet does without all of it: it comes with the session (`later`).
#[derive(Clone, Copy)]
pub struct OfSession {
    /// Whose.
    pub session: Session,
    /// Where one's words are.
    pub saving: fn(Session) -> AnyView,
    /// What went wrong.
    pub notices: fn(Session) -> AnyView,
}

/// What a screen tells the frame round it.
#[derive(Clone, Copy)]
pub struct Frame {
    /// Where one is, for the bar: 「3班」; empty for the product's own name.
    pub place: RwSignal<String>,
    session: RwSignal<Option<OfSession>>,
    time: RwSignal<Option<(Signal<String>, Signal<bool>)>>,
    moved: StoredValue<bool>,
}

impl Frame {
    /// An empty frame.
    pub fn begin() -> Self {
        Self {
            place: RwSignal::default(),
            session: RwSignal::new(None),
            time: RwSignal::new(None),
            moved: StoredValue::new(false),
        }
    }

    /// Shows the state of a session for as long as the current owner lives.
    pub fn show(self, shown: OfSession) {
        self.session.set(Some(shown));
        on_cleanup(move || {
            self.session.try_set(None);
            self.place.try_set(String::new());
        });
    }

    /// Shows the time that is left of a step, and whether it is short, for as long as the current owner lives.
    pub fn show_time(self, digits: Signal<String>, short: Signal<bool>) {
        self.time.set(Some((digits, short)));
        on_cleanup(move || {
            self.time.try_set(None);
        });
    }

    /// The time that is left of a step, and whether it is short; tracked.
    fn time(self) -> Option<(Signal<String>, Signal<bool>)> {
        self.time.get()
    }

    /// Something of the session, as long as there is one.
    fn of_session(self, view: fn(OfSession) -> AnyView) -> AnyView {
        anew(Box::new(move || self.session.get().map_or_else(|| ().into_any(), view)))
    }

    /// Whether there was a screen before this one; from now on there was.
    pub fn has_moved(self) -> bool {
        let before = self.moved.get_value();
        self.moved.set_value(true);
        before
    }
}

/// The frame of this page.
pub fn use_frame() -> Frame {
    expect_context()
}

/// The frame, with a screen in it.
pub fn shell(content: AnyView) -> Vec<AnyView> {
    let frame = use_frame();
    let skip = move |event: MouseEvent| {
        // Following the link would change the address, and with it the place in the history.
        event.prevent_default();
        dom::focus(MAIN);
    };
    view! {
        <a class="skip" href="#main" on:click=skip>{word(|t| t.everywhere.skip)}</a>
        {bar::bar()}
        {frame.of_session(|shown| (shown.notices)(shown.session))}
        {content}
        <textarea id=KEYBOARD_KEEPER aria-hidden="true" tabindex="-1"></textarea>
    }
}
