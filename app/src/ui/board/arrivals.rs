//! Cards of others that came while one was reading something else: marked until they were in sight, told quietly, never scrolled to
//! by themselves.

use std::time::Duration;

use shared::access::By;
use shared::{CardId, SortedSet};

use super::piece::{Button, flag, text, when};
use super::screen;
use super::state::BoardState;
use crate::i18n::fill;
use crate::platform::dom;
use crate::reactive::*;

/// A card that was in sight for so long was seen.
const SEEN: Duration = Duration::from_millis(2_500);
/// News is gathered for so long before it is read aloud.
const GATHER: Duration = Duration::from_secs(4);

/// Where a new card is from here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Up,
    Down,
    Left,
    Right,
}

/// Top, bottom, left, right.
type Window = (f64, f64, f64, f64);

/// What has come since one looked.
#[derive(Clone, Copy)]
pub struct Arrivals {
    state: BoardState,
    /// Those outside the window, and on which side of it.
    outside: RwSignal<Vec<(Side, CardId)>>,
    heard: RwSignal<String>,
    known: StoredValue<Option<SortedSet<CardId>>>,
    news: StoredValue<Vec<CardId>>,
    leaving: StoredValue<SortedSet<CardId>>,
}

impl Arrivals {
    /// Begins with what is on the board now: none of it is news.
    pub fn begin(state: BoardState) -> Self {
        Self {
            state,
            outside: RwSignal::default(),
            heard: RwSignal::default(),
            known: StoredValue::new(None),
            news: StoredValue::default(),
            leaving: StoredValue::default(),
        }
    }

    /// Tracks which of the quiet buttons are there.
    pub fn track(self) {
        self.outside.track();
    }

    /// After a change: which cards are new, and others'.
    pub fn count(self) {
        let state = self.state;
        // Most changes bring no card.
        let all =
            |known: &SortedSet<CardId>| state.board.read(|board| board.ever().all(|(id, _)| known.contains_key(&id)));
        let no_more = self.known.try_with_value(|known| known.as_ref().and_then(all) == Some(true));
        let new = if no_more == Some(true) { Some(Vec::new()) } else { self.newly() };
        // The first look at a board is no news.
        let Some(new) = new else { return };
        let gone = state.fresh.with_untracked(|fresh| fresh.keys().any(|id| !state.is_seen(*id)));
        if gone || !new.is_empty() {
            state.fresh.update(|fresh| {
                fresh.add_all(new.iter().copied());
                fresh.keep(|id| state.is_seen(*id));
            });
        }
        self.announce(new);
    }

    /// Cards of others that are not known yet; nothing when none were known.
    fn newly(self) -> Option<Vec<CardId>> {
        let me = self.state.me.get_untracked();
        let all: Vec<_> =
            self.state.board.read(|board| board.ever().map(|(id, card)| (id, card.by)).collect()).unwrap_or_default();
        let now = SortedSet::of(all.iter().map(|(id, _)| *id));
        let known = self.known.try_update_value(|known| known.replace(now))??;
        let is_new = |(id, by): &&(CardId, By)| !known.contains_key(id) && Some(*by) != me;
        Some(all.iter().filter(is_new).map(|(id, _)| *id).collect())
    }

    fn announce(self, new: Vec<CardId>) {
        let first = self.news.try_update_value(|news| {
            let first = news.is_empty();
            news.extend(new);
            first && !news.is_empty()
        });
        if first == Some(true) {
            set_timeout(move || self.read_aloud(), GATHER);
        }
    }

    fn read_aloud(self) {
        let Some(news) = self.news.try_update_value(std::mem::take) else { return };
        let t = &self.state.texts().board;
        let text = match news.as_slice() {
            [] => return,
            [one] => fill(t.heard_one, &[("text", &self.state.quoted(*one))]),
            more => fill(t.heard_many, &[("n", &more.len().to_string())]),
        };
        self.heard.try_set(text);
    }

    /// Looks where the new cards are; what is in sight will have been seen in a moment.
    pub fn look(self) {
        let Some(fresh) = self.state.fresh.try_get_untracked() else { return };
        let mut outside = Vec::new();
        let mut inside = Vec::new();
        let window = if fresh.is_empty() { Default::default() } else { screen::window_of_cards() };
        for card in fresh.keys().copied() {
            match self.side(card, window) {
                Some(side) => outside.push((side, card)),
                None => inside.push(card),
            }
        }
        if self.outside.try_with_untracked(|now| *now != outside) == Some(true) {
            self.outside.set(outside);
        }
        self.see(inside);
    }

    fn see(self, inside: Vec<CardId>) {
        let newly = self
            .leaving
            .try_update_value(|leaving| inside.into_iter().filter(|card| leaving.add(*card)).collect::<Vec<_>>());
        let Some(newly) = newly.filter(|newly| !newly.is_empty()) else { return };
        let seen = move || {
            self.leaving.try_update_value(|leaving| leaving.keep(|card| !newly.contains(card)));
            if dom::is_visible() {
                let window = screen::window_of_cards();
                let seen: Vec<CardId> =
                    newly.iter().copied().filter(|card| self.side(*card, window).is_none()).collect();
                self.state.fresh.try_update(|fresh| fresh.keep(|card| !seen.contains(card)));
            }
            self.look();
        };
        set_timeout(seen, SEEN);
    }

    /// On which side of the window a card is; none when it is inside. What is folded away counts where its fold is.
    fn side(self, card: CardId, (top, bottom, left, right): Window) -> Option<Side> {
        let path: Vec<CardId> =
            self.state.board.read(|board| board.path(card).map(|(id, _)| id).collect()).unwrap_or_default();
        let hidden = screen::item(card).is_none();
        let Some(rect) = path.into_iter().find_map(screen::rect) else { return Some(Side::Up) };
        let middle = (rect.left() + rect.right()) / 2.0;
        match () {
            () if rect.top() + 24.0 > bottom => Some(Side::Down),
            () if rect.bottom() < top + 24.0 => Some(Side::Up),
            () if middle > right => Some(Side::Right),
            () if middle < left => Some(Side::Left),
            () if hidden => Some(Side::Down),
            () => None,
        }
    }

    /// To the nearest one on this side.
    fn go(self, side: Side) {
        let there = self.outside.get_untracked();
        let there = |card: &CardId| there.contains(&(side, *card));
        let order = self.state.outline().into_iter().map(|(id, _)| id);
        let on_screen = match side {
            Side::Up | Side::Left => order.rev().find(there),
            Side::Down | Side::Right => order.into_iter().find(there),
        };
        // Folded away, or outside the branch that is shown: any of them.
        let any = || self.outside.with_untracked(|all| all.iter().find(|(at, _)| *at == side).map(|(_, card)| *card));
        if let Some(card) = on_screen.or_else(any) {
            self.state.reveal(card);
        }
    }

    /// The quiet buttons that tell how many there are and where, and the voice for those who listen.
    pub fn chips(self) -> AnyView {
        let chip = |side: Side, arrow: &'static str| {
            let count = move || self.outside.with(|all| all.iter().filter(|(at, _)| *at == side).count());
            let said = text(move || fill(self.state.t().board.new_cards, &[("n", &count().to_string())]));
            let chip = Button::new("chip", said).with_shape(arrow.into());
            when(flag(move || count() > 0), move || chip.on(move || self.go(side)))
        };
        view! {
            <p class="visually-hidden" aria-live="polite">{text(move || self.heard.get())}</p>
            <div class="chips">
                {chip(Side::Up, "↑")}
                {chip(Side::Down, "↓")}
                {chip(Side::Left, "←")}
                {chip(Side::Right, "→")}
            </div>
        }
        .into_any()
    }
}
