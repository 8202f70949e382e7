//! Where somebody was at their own board while they are brought elsewhere: what they had chosen and folded, the sheet that lay open,
//! how far they had scrolled. They come back to it.

use shared::{CardId, SortedSet};

use super::state::BoardState;
use super::{Sheet, screen};
use crate::reactive::*;
use crate::ui::sideways::{self, View};

/// What is kept.
#[derive(Clone)]
struct Left {
    chosen: CardId,
    root: CardId,
    folded: SortedSet<CardId>,
    sheet: Option<Sheet>,
    zoom: u16,
    view: View,
    /// The first card in sight where the page itself scrolls, and how far down it was on the screen.
    first: Option<(String, f64)>,
}

/// The board that is open, and where it was left. Provided by the screen that takes people elsewhere and back.
#[derive(Clone, Copy)]
pub struct Kept {
    open: StoredValue<Option<BoardState>>,
    left: StoredValue<Option<Left>>,
}

impl Kept {
    /// Nothing is kept yet.
    pub fn begin() -> Self {
        Self { open: StoredValue::new(None), left: StoredValue::new(None) }
    }

    /// Right before the board gives way to another one.
    pub fn leave(self) {
        let left = self.open.try_get_value().flatten().map(|state| Left {
            chosen: state.chosen_now(),
            root: state.root.get_untracked(),
            folded: state.folded.get_untracked(),
            sheet: state.sheet.get_untracked(),
            zoom: state.zoom.get_untracked(),
            view: sideways::view(),
            first: screen::first_in_sight(),
        });
        self.left.set_value(left);
        self.open.set_value(None);
    }

    /// What was left is of no use any more.
    pub fn forget(self) {
        self.left.set_value(None);
    }
}

/// One's own board is open from now on: as it was left, if it was.
pub(super) fn come_back(state: BoardState) {
    let Some(kept) = use_context::<Kept>() else { return };
    kept.open.set_value(Some(state));
    on_cleanup(move || {
        kept.open.try_set_value(None);
    });
    let Some(left) = kept.left.try_update_value(Option::take).flatten() else { return };
    state.root.set(left.root);
    state.folded.set(left.folded);
    state.chosen.set(left.chosen);
    state.sheet.set(left.sheet);
    // What others have taken away meanwhile is not there to be chosen.
    state.stay_on_board();
    // After the board has found its own size and place.
    request_animation_frame(move || {
        request_animation_frame(move || {
            if state.zoom.try_set(left.zoom).is_none() {
                sideways::draw_at(f64::from(left.zoom) / 100.0);
                sideways::look(left.view);
                if let Some((id, before)) = left.first {
                    screen::bring_to(&id, before);
                }
                if screen::focus_is_lost() && !screen::has_dialog() {
                    screen::focus(state.chosen_now());
                }
            }
        });
    });
}
