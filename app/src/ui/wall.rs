//! All groups at once. Tiles stand still: they never change places by themselves, and what changes in them does not move the others.

use std::time::Duration;

use shared::docs::workshop::Phase;
use shared::{GroupId, Millis};
use web_sys::KeyboardEvent;

use self::charge::Charge;
use self::large::{Opened, Shown};
use self::order::Order;
use self::sheets::{Sheets, Which};
use self::watch::Watch;
use super::board::Access;
use super::board::one_two_four::plenary::cards;
use super::conduct::Desk;
use super::lit;
use super::live::{flag, rows, text, when, word};
use super::lobby::{group_of, session_groups};
use super::screen::screen;
use crate::reactive::*;
use crate::store::Session;

mod apart;
mod ask;
mod calm;
mod charge;
mod compare;
mod dots;
mod keys;
mod large;
mod meant;
mod order;
mod present;
mod queue;
mod sheets;
mod showing;
mod step_bar;
mod strip;
mod tile;
mod to_all;
mod watch;
mod why;
mod words;

/// How often minutes are counted anew.
const TICK: Duration = Duration::from_secs(15);

/// What all tiles look at.
#[derive(Clone, Copy)]
pub struct View {
    session: Session,
    /// Turns as time goes by.
    tick: RwSignal<bool>,
    watch: Watch,
    opened: Opened,
    order: Order,
    /// The groups that a helper looks after; nobody else has any.
    charge: Option<Charge>,
    sheets: Sheets,
    /// What one may at a board.
    access: Access,
}

impl View {
    /// The server's clock; tracked.
    fn now(self) -> Millis {
        self.tick.track();
        self.session.now()
    }

    /// Opens a sheet.
    fn open(self, which: Which, group: GroupId) {
        self.sheets.open(which, group);
    }
}

/// Turns as time goes by, for screens that count minutes.
pub fn clock() -> RwSignal<bool> {
    let tick = RwSignal::new(false);
    let turn = move || {
        tick.try_update(|tick| *tick = !*tick);
    };
    if let Ok(timer) = set_interval_with_handle(turn, TICK) {
        on_cleanup(move || timer.clear());
    }
    tick
}

/// How many tiles stand side by side where there is room: seven are four and three, twelve are four by three.
const fn columns(groups: usize) -> usize {
    match groups {
        0 | 1 => 1,
        2 | 4 => 2,
        3 | 5 | 6 | 9 => 3,
        7 | 8 | 10..=12 => 4,
        _ => 5,
    }
}

/// The wall. `access` is what one may at a board that is opened large; `desk` is the lead's.
pub fn wall(session: Session, access: Access, desk: Option<Desk>) -> AnyView {
    let (groups, order) = (session_groups(session), Order::begin(session));
    let tick = clock();
    let watch = Watch::begin(session, tick);
    let charge = (access == Access::Write && desk.is_none()).then(|| Charge::begin(session));
    let view = View { session, tick, watch, opened: Opened::begin(), order, charge, sheets: Sheets::begin(), access };
    let tiles = order.of(groups);
    let tiles = charge.map_or(tiles, |charge| charge.of(tiles));
    let layout = text(move || format!("tiles columns-{}", columns(tiles.with(Vec::len))));
    let is_open = flag(move || view.opened.get().is_some());
    // A board that is open stays as it is until another one is asked for: somebody may be writing in it.
    let shown = Memo::new(move |_| view.opened.get());
    let large = move || {
        shown.get().map(|shown| match shown {
            Shown::One(group) => large::large(view, group, access),
            Shown::Both(one, other) => compare::compare(view, one, other),
        })
    };
    // A tablet that is carried about is looked at between two touches.
    let runs = session.workshop();
    lit::lit(flag(move || runs.with(|doc| doc.as_ref().is_some_and(|doc| doc.phase == Phase::Open))));
    let title = word(|t| t.wall.screen);
    let content = view! {
        <div class="wall-all" hidden=is_open>
            {strip::strip(view, desk)}
            {step_bar::step_bar(view, access, desk)}
            {dots::strip(view, desk)}
            {desk.map(|_| to_all::standing(view))}
            {plenary(session)}
            {desk.map(|_| showing::line(session))}
            {queue::queue(view, access)}
            <p class="visually-hidden" id="wall-keys">{word(|t| t.wall.keys)}</p>
            <ul
                class=layout
                aria-label=word(|t| t.wall.groups)
                on:keydown=move |event: KeyboardEvent| keys::step(&event)
            >
                {rows(tiles, move |key| tile::tile(view, group_of(key), access))}
            </ul>
        </div>
        {large}
        {sheets::sheets(view, groups)}
    };
    screen("wall", title, content.into_any())
}

/// The cards of all groups, while the room hears them.
fn plenary(session: Session) -> AnyView {
    let workshop = session.workshop();
    let step = Memo::new(move |_| workshop.with(|doc| doc.as_ref().and_then(|doc| doc.plenary())));
    let cards = move || {
        view! {
            <section class="plenary" aria-labelledby="plenary-title">
                <h2 id="plenary-title">{word(|t| t.one_two_four.plenary)}</h2>
                {cards(session, step.into(), None)}
            </section>
        }
        .into_any()
    };
    when(flag(move || step.get().is_some()), cards)
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn seven_are_four_and_three_and_twelve_are_four_by_three() {
        assert_eq!([1, 2, 4, 6, 7, 8, 9, 12, 13, 40].map(columns), [1, 2, 2, 3, 4, 4, 3, 4, 5, 5]);
    }
}
