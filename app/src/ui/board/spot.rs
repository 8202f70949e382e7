//! The card to which the lead brings everybody: it stands out for who sees its board, and comes into sight once for who was brought
//! there. Nobody is moved by it afterwards.

use shared::docs::workshop::{Phase, Screens, WorkshopOp};
use shared::{By, CardId};

use super::piece::{Button, flag, when, word};
use super::state::{BoardState, Offer};
use super::{Access, screen};
use crate::i18n::reject;
use crate::reactive::*;
use crate::ui::live::follow;

/// What tells it from the others, for eyes and ears.
const STANDS_OUT: &str = "aria-current";

/// Begins to follow it.
pub fn begin(state: BoardState, access: Access) {
    let (workshop, group) = (state.session.workshop(), state.board.group());
    let spot = Memo::new(move |_| {
        let shown = workshop.with(|doc| doc.as_ref().and_then(|doc| doc.spotlight));
        shown.filter(|shown| shown.group == group).and_then(|shown| Some((shown.since, shown.card?)))
    });
    follow(move || {
        if let Some((_, card)) = spot.get().filter(|_| access == Access::Visit)
            && untrack(|| state.writing.get()).is_none()
            && !screen::has_dialog()
            && state.is_seen(card)
        {
            state.reveal(card);
        }
    });
    let changed = state.board.changed();
    // Another board may be open beside this one, with a mark of its own.
    let marked = StoredValue::new(None);
    follow(move || {
        changed.track();
        state.folded.track();
        state.root.track();
        let card = spot.get().map(|(_, card)| card);
        request_animation_frame(move || stand_out(marked, card));
    });
}

/// This card, and no other one. One mark in the page instead of something that each of five hundred cards would have to follow.
fn stand_out(marked: StoredValue<Option<CardId>>, card: Option<CardId>) {
    let before = marked.try_get_value().flatten().filter(|before| Some(*before) != card);
    // An element that is gone needs no mark.
    if let Some(before) = before.and_then(screen::item) {
        let _ = before.remove_attribute(STANDS_OUT);
    }
    marked.try_set_value(card);
    if let Some(now) = card.and_then(screen::item) {
        let _ = now.set_attribute(STANDS_OUT, "true");
    }
}

impl BoardState {
    /// Whether who looks at the board leads; untracked.
    pub fn leads(self) -> bool {
        self.me.try_get_untracked().flatten() == Some(By::Lead)
    }

    /// Brings everybody to a card, or to the board with its theme.
    pub fn show_to_all(self, card: CardId) {
        let card = Some(card).filter(|card| *card != CardId::THEME);
        let show = WorkshopOp::Show { group: self.board.group(), card, screens: Screens::Everywhere };
        match self.session.conduct(show) {
            Ok(()) => self.say(self.texts().talk.said_shown.to_owned(), Offer::Nothing),
            Err(why) => self.say(reject(self.texts(), why), Offer::Nothing),
        }
    }
}

/// "Show it to everybody", on a card's sheet: the lead's.
pub fn show(state: BoardState, card: CardId) -> AnyView {
    let workshop = state.session.workshop();
    let leads = flag(move || {
        let open = workshop.with(|doc| doc.as_ref().is_some_and(|doc| doc.phase == Phase::Open));
        open && state.me.get() == Some(By::Lead)
    });
    let way = move || {
        Button::new("button wide action", word(|t| t.talk.show_to_all)).with_shape("◉".into()).on(move || {
            screen::close_dialog();
            state.show_to_all(card);
        })
    };
    when(leads, way)
}
