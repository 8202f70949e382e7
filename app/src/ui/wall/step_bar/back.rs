//! For a moment after the room has moved on: the way back, for whoever has pressed too early. The menu has it all the time.

use std::time::Duration;

use shared::docs::workshop::{Whom, WorkshopOp};

use super::NEXT;
use crate::element::Element;
use crate::platform::dom;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::{button, flag, text, when, word};
use crate::ui::run_sheet::now::Named;

/// So long it is offered.
const OFFERED: Duration = Duration::from_secs(8);

/// The way back, if one is offered.
#[derive(Clone, Copy)]
pub struct Back {
    session: Session,
    /// From where the room came.
    from: RwSignal<Option<Named>>,
    /// Where it went.
    to: StoredValue<Option<Named>>,
    /// Which offer it is: an older one does not end a newer one.
    n: StoredValue<u32>,
}

impl Back {
    /// Nothing is offered yet.
    pub fn begin(session: Session) -> Self {
        Self { session, from: RwSignal::new(None), to: StoredValue::new(None), n: StoredValue::new(0) }
    }

    /// The room has moved on.
    pub fn offer(self, from: Named, to: Named) {
        let n = self.n.get_value().wrapping_add(1);
        self.n.set_value(n);
        self.to.set_value(Some(to));
        self.from.set(Some(from));
        let end = move || {
            if self.n.try_get_value() == Some(n) {
                self.withdraw();
            }
        };
        set_timeout(end, OFFERED);
    }

    fn withdraw(self) {
        // The button is about to go: whoever is on it presses on where they were.
        let on_it = document()
            .active_element()
            .is_some_and(|focused| focused.closest(".step-back").is_ok_and(|at| at.is_some()));
        if on_it {
            dom::focus(NEXT);
        }
        self.from.try_set(None);
    }

    fn go(self) {
        let from_to = self.from.get_untracked().zip(self.to.get_value());
        if let Some((from, to)) = from_to {
            // Refused where somebody has moved the room again: then there is no way back to here.
            let _ = self.session.conduct(WorkshopOp::GoTo { whom: Whom::All, from: Some(to.id), step: from.id });
        }
        self.withdraw();
    }

    /// What is said, and the button.
    pub fn view(self) -> Element {
        let session = self.session;
        let workshop = session.workshop();
        // Where the room was moved again, by whomever, the offer is about the past.
        let here = move || workshop.with(|doc| doc.as_ref().and_then(|doc| doc.run).map(|run| run.step));
        let there = move || self.to.try_get_value().flatten().map(|to| to.id);
        let offered = flag(move || self.from.with(Option::is_some) && here() == there());
        let said = word(|t| t.wall.moved_on);
        let said = text(move || if offered.get() { said.get() } else { String::new() });
        let back = move || button("button", word(|t| t.wall.step_back), move || self.go());
        view! {
            <div class="step-back">
                <p class="visually-hidden" role="status">{said}</p>
                <p class="step-moved" aria-hidden="true">{said}</p>
                {when(offered, back)}
            </div>
        }
    }
}
