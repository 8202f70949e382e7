//! Which cards it concerns when somebody chooses, folds, opens a field, or when others write: only these look again. Were each card
//! to follow what is chosen by itself, a tap on one would be a task for all five hundred.

use shared::presence::Doing;
use shared::{CardId, SortedMap, SortedSet};

use super::super::live::follow;
use super::state::BoardState;
use super::writing::Writing;
use crate::edit::Target;
use crate::reactive::*;

/// One bell for each card. Copied freely.
#[derive(Clone, Copy)]
pub struct Concern(StoredValue<SortedMap<CardId, ArcRwSignal<()>>>);

impl Concern {
    /// Begins with nobody listening.
    pub fn begin() -> Self {
        Self(StoredValue::default())
    }

    /// Whoever looks now follows what concerns this card. What it is, they read where it stands.
    pub fn track(self, card: CardId) {
        let bell = self.0.try_update_value(|bells| match bells.get(&card) {
            Some(bell) => bell.clone(),
            None => {
                let bell = ArcRwSignal::new(());
                bells.insert(card, bell.clone());
                bell
            }
        });
        if let Some(bell) = bell {
            bell.track();
        }
    }

    /// Rings for these cards, and for those that they hang under now: there is where others may have moved one meanwhile.
    fn ring(self, state: BoardState, mut cards: SortedSet<CardId>) {
        let homes: Vec<CardId> = cards.keys().filter_map(|card| state.parent(*card)).collect();
        cards.add_all(homes);
        let bells = |bells: &SortedMap<CardId, ArcRwSignal<()>>| {
            cards.keys().filter_map(|card| bells.get(card).cloned()).collect::<Vec<_>>()
        };
        // Whoever hears one may ask for another.
        self.0.try_with_value(bells).unwrap_or_default().iter().for_each(ArcRwSignal::notify);
    }

    /// From now on the bells ring.
    pub fn watch(self, state: BoardState) {
        self.on(state, move || SortedSet::of([state.chosen.get()]));
        self.on(state, move || state.folded.get());
        self.on(state, move || state.fresh.get());
        self.on(state, move || state.writing.get().map(|writing| written(state, writing)).unwrap_or_default());
        self.on(state, move || SortedSet::of(state.coach.about()));
        let present = state.board.present();
        self.on(state, move || {
            let at = present.with(|present| present.iter().map(|one| one.doing).collect::<Vec<_>>());
            let card = |doing| match doing {
                Doing::Writing(card) | Doing::Adding(card) => Some(card),
                Doing::Reading | Doing::Silent(_) => None,
            };
            SortedSet::of(at.into_iter().filter_map(card))
        });
    }

    /// What was concerned before and what is now, whenever what the closure looks at changes.
    fn on(self, state: BoardState, concerned: impl Fn() -> SortedSet<CardId> + 'static) {
        self.on_boxed(state, Box::new(concerned));
    }

    fn on_boxed(self, state: BoardState, concerned: Box<dyn Fn() -> SortedSet<CardId>>) {
        let mut before = SortedSet::new();
        follow(move || {
            let now = concerned();
            let mut cards = std::mem::replace(&mut before, now.clone());
            cards.add_all(now.keys().copied());
            untrack(|| self.ring(state, cards));
        });
    }
}

/// Where an open field stands, what is held still for it, and where all that hangs meanwhile.
fn written(state: BoardState, writing: Writing) -> SortedSet<CardId> {
    let target = match writing.target {
        Target::Card(card) => Some(card),
        _ => None,
    };
    let mut cards = SortedSet::of(state.held(Some(writing)));
    cards.add_all([Some(writing.at), writing.card, writing.below, target].into_iter().flatten());
    cards
}
