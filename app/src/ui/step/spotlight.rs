//! "Look here": the lead brings everybody to one group's board. Who is writing stays where they are, and whoever turns away stays
//! away until something else is shown: a bar says what is shown, with the way there and the way back. The group that is shown stays
//! at its own board, and is told.

use shared::docs::workshop::Spotlight;
use shared::{GroupId, Seq};

use super::here::Here;
use super::stage::back_to_step;
use crate::i18n::{self, use_speech};
use crate::reactive::*;
use crate::ui::live::{button, flag, text, when, with_number, word};

/// The spotlight from which this phone has turned away, in whosever name it writes. Provided with the workshop.
#[derive(Clone, Copy)]
pub struct Away(RwSignal<Option<Seq>>);

impl Away {
    /// From none.
    pub fn begin() -> Self {
        Self(RwSignal::new(None))
    }
}

/// Whether one follows what is shown.
#[derive(Clone, Copy)]
pub struct Looks {
    own: GroupId,
    shown: Memo<Option<Spotlight>>,
    away: RwSignal<Option<Seq>>,
    /// The one to which one was called last.
    called: StoredValue<Option<Seq>>,
}

impl Looks {
    /// Follows what is shown to the people of a group.
    pub fn begin(here: Here) -> Self {
        let workshop = here.session.workshop();
        let shown = Memo::new(move |_| workshop.with(|doc| doc.as_ref().and_then(|doc| doc.brought_to())));
        let Away(away) = use_context().unwrap_or_else(Away::begin);
        Self { own: here.group, shown, away, called: StoredValue::new(None) }
    }

    /// Whether anything is shown; tracked.
    pub fn is_on(self) -> bool {
        self.shown.with(Option::is_some)
    }

    fn others(self) -> Option<Spotlight> {
        self.shown.get().filter(|shown| shown.group != self.own)
    }

    /// The group at whose board one looks; tracked.
    pub fn at(self) -> Option<GroupId> {
        self.others().filter(|shown| self.away.get() != Some(shown.since)).map(|shown| shown.group)
    }

    /// Whether one is called to something new; tracked. Asked again, it is not new any more.
    pub fn calls(self) -> bool {
        let now = self.others().map(|shown| shown.since);
        let before = self.called.try_update_value(|called| std::mem::replace(called, now)).flatten();
        now.is_some() && now != before
    }

    /// Back to one's own board, or on there.
    pub fn turn_away(self) {
        self.away.set(untrack(|| self.others()).map(|shown| shown.since));
    }

    fn go(self) {
        self.away.set(None);
    }

    /// What is shown, with the way there or back; `now` goes at once, whatever somebody was at.
    pub fn bar(self, now: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
        let speech = use_speech();
        let said = text(move || {
            let t = &i18n::texts(speech.get()).step;
            match self.shown.get() {
                None => String::new(),
                Some(shown) if shown.group == self.own => t.shown_own.to_owned(),
                Some(shown) => with_number(t.shown, shown.group.0.into()),
            }
        });
        let away = flag(move || self.others().is_some() && self.at().is_none());
        let there = flag(move || self.at().is_some());
        let back = move || {
            button("button", word(|t| t.step.back_to_own), move || {
                self.turn_away();
                now();
                back_to_step();
            })
        };
        let go = move || {
            button("button primary", word(|t| t.step.go_look), move || {
                self.go();
                now();
                back_to_step();
            })
        };
        let bar = move || {
            view! {
                <div class="spot-bar">
                    <p>{said}</p>
                    {when(there, back)}
                    {when(away, go)}
                </div>
            }
            .into_any()
        };
        view! {
            <p class="visually-hidden" role="status">{said}</p>
            <div class="spot-place">{when(flag(move || self.is_on()), bar)}</div>
        }
        .into_any()
    }
}
