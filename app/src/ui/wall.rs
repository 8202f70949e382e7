//! All groups at once. Tiles stand still: they never change places, and what changes in them does not move the others.

use std::time::Duration;

use shared::docs::workshop::Phase;
use shared::signs::{self, Need};
use shared::{GroupId, Millis};
use web_sys::KeyboardEvent;

use self::large::Opened;
use super::board::Access;
use super::conduct::Desk;
use super::live::{flag, rows, text, word};
use super::lobby::{group_of, session_groups};
use super::screen::screen;
use crate::reactive::*;
use crate::store::{BoardStore, Session};

mod apart;
mod keys;
mod large;
mod meant;
mod step_bar;
mod strip;
mod tile;
mod to_all;
mod words;

/// How often minutes are counted anew.
const TICK: Duration = Duration::from_secs(15);

/// What all tiles look at.
#[derive(Clone, Copy)]
pub struct View {
    session: Session,
    /// Turns as time goes by.
    tick: RwSignal<bool>,
    needs: Memo<Vec<(GroupId, Need)>>,
    opened: Opened,
    /// Of which group alone one wants to change the way; 0 for none.
    alone: RwSignal<u32>,
}

impl View {
    /// The server's clock; tracked.
    fn now(self) -> Millis {
        self.tick.track();
        self.session.now()
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

/// Which groups need the lead. Before the lead begins, and after the end, none does.
fn needs(session: Session, tick: RwSignal<bool>) -> Memo<Vec<(GroupId, Need)>> {
    let (workshop, groups) = (session.workshop(), session.groups());
    Memo::new(move |_| {
        tick.track();
        let now = session.now();
        let open = workshop.with(|doc| doc.as_ref().is_some_and(|doc| doc.phase == Phase::Open));
        let boards: Vec<_> =
            groups.get().into_iter().filter_map(|group| Some((group, session.board(group)?))).collect();
        let began = boards.iter().filter_map(|(_, board)| board.signs().with(|signs| signs.first_card_at)).min();
        let need = |(group, board): &(GroupId, BoardStore)| {
            let present = words::people(&board.present().get());
            let need = board.signs().with(|signs| signs::need(signs, present, began, now));
            let meant = |need: &Need| {
                workshop.with(|doc| doc.as_ref().is_some_and(|doc| meant::is_meant(doc, *group, *need, now)))
            };
            need.filter(meant).map(|need| (*group, need))
        };
        if open { boards.iter().filter_map(need).collect() } else { Vec::new() }
    })
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
    let groups = session_groups(session);
    let tick = clock();
    let opened = Opened::begin();
    let view = View { session, tick, needs: needs(session, tick), opened, alone: RwSignal::new(0) };
    let layout = text(move || format!("tiles columns-{}", columns(groups.with(Vec::len))));
    let is_open = flag(move || opened.get().is_some());
    // A board that is open stays as it is until another one is asked for: somebody may be writing in it.
    let group = Memo::new(move |_| opened.get());
    let large = move || group.get().map(|group| large::large(view, group, access));
    let title = word(|t| t.wall.screen);
    let content = view! {
        <div class="wall-all" hidden=is_open>
            {strip::strip(view, desk)}
            {step_bar::step_bar(view, access, desk)}
            {desk.map(|_| to_all::standing(view))}
            <p class="visually-hidden" id="wall-keys">{word(|t| t.wall.keys)}</p>
            <ul
                class=layout
                aria-label=word(|t| t.wall.groups)
                on:keydown=move |event: KeyboardEvent| keys::step(&event)
            >
                {rows(groups, move |key| tile::tile(view, group_of(key), access))}
            </ul>
        </div>
        {large}
        {apart::alone(view)}
    };
    screen("wall", title, content.into_any())
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn seven_are_four_and_three_and_twelve_are_four_by_three() {
        assert_eq!([1, 2, 4, 6, 7, 8, 9, 12, 13, 40].map(columns), [1, 2, 2, 3, 4, 4, 3, 4, 5, 5]);
    }
}
