//! All groups at once. Tiles stand still: they never change places, and what changes in them does not move the others.

use std::time::Duration;

use leptos::prelude::*;
use shared::docs::workshop::Phase;
use shared::signs::{self, Need};
use shared::{GroupId, Millis};
use web_sys::KeyboardEvent;

use self::large::{Large, Opened};
use self::strip::Strip;
use self::tile::Tile;
use super::board::Access;
use super::conduct::Desk;
use super::screen::Screen;
use crate::i18n::tr;
use crate::store::Session;

mod keys;
mod large;
mod strip;
mod tile;
mod words;

/// How often minutes are counted anew.
const TICK: Duration = Duration::from_secs(15);

/// What all tiles look at.
#[derive(Clone, Copy)]
pub struct View {
    session: Session,
    now: RwSignal<Millis>,
    needs: Memo<Vec<(GroupId, Need)>>,
    opened: Opened,
}

/// Time, by the server's clock, as it goes by.
fn clock(session: Session) -> RwSignal<Millis> {
    let now = RwSignal::new(session.now());
    let tick = move || {
        now.try_set(session.now());
    };
    if let Ok(timer) = set_interval_with_handle(tick, TICK) {
        on_cleanup(move || timer.clear());
    }
    now
}

/// Which groups need the lead. Before the lead begins, and after the end, none does.
fn needs(session: Session, now: RwSignal<Millis>) -> Memo<Vec<(GroupId, Need)>> {
    let (workshop, groups) = (session.workshop(), session.groups());
    Memo::new(move |_| {
        let open = workshop.with(|doc| doc.as_ref().is_some_and(|doc| doc.phase == Phase::Open));
        let boards: Vec<_> = groups.get().into_iter().filter_map(|group| Some((group, session.board(group)?))).collect();
        let began = boards.iter().filter_map(|(_, board)| board.signs().with(|signs| signs.first_card_at)).min();
        let need = |(group, board): &(GroupId, crate::store::BoardStore)| {
            let present = words::people(&board.present().get());
            let need = board.signs().with(|signs| signs::need(signs, present, began, now.get()));
            need.map(|need| (*group, need))
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
#[component]
pub fn Wall(session: Session, access: Access, #[prop(optional)] desk: Option<Desk>) -> impl IntoView {
    let workshop = session.workshop();
    let groups = {
        let workshop = workshop.clone();
        Memo::new(move |_| {
            let ids = |doc: &std::sync::Arc<shared::docs::workshop::Workshop>| {
                doc.groups.iter().map(|group| group.id).collect::<Vec<_>>()
            };
            workshop.with(|doc| doc.as_ref().map(ids).unwrap_or_default())
        })
    };
    let ended = Memo::new(move |_| workshop.with(|doc| doc.as_ref().is_some_and(|doc| doc.phase == Phase::Ended)));
    let now = clock(session);
    let opened = Opened::begin();
    let view = View { session, now, needs: needs(session, now), opened };
    let layout = move || format!("tiles columns-{}", columns(groups.with(Vec::len)));
    let closed = move || opened.get().is_none();
    let class = move || if closed() { "wall-all" } else { "wall-all behind" };
    view! {
        <Screen title=Signal::derive(tr(|t| t.wall.screen)) class="wall">
            <div class=class hidden=move || !closed()>
                <Strip view desk/>
                <p class="visually-hidden" id="wall-keys">{tr(|t| t.wall.keys)}</p>
                <ul
                    class=layout
                    aria-label=tr(|t| t.wall.groups)
                    on:keydown=move |event: KeyboardEvent| keys::step(&event)
                >
                    <For each=move || groups.get() key=|group| *group let:group>
                        <Tile view group/>
                    </For>
                </ul>
            </div>
            {move || opened.get().map(|group| {
                let access = if ended.get() { Access::Read } else { access };
                view! { <Large view group access/> }
            })}
        </Screen>
    }
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn seven_are_four_and_three_and_twelve_are_four_by_three() {
        assert_eq!([1, 2, 4, 6, 7, 8, 9, 12, 13, 40].map(columns), [1, 2, 2, 3, 4, 4, 3, 4, 5, 5]);
    }
}
