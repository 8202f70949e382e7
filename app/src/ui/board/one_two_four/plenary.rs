//! Before everybody: one card of each group, in the order of the groups, on every phone and on the wall. One's own group can still
//! choose there.

use shared::docs::workshop::Circle;
use shared::{GroupId, StepId};

use super::super::Access;
use super::super::piece::{flag, text, when, word};
use super::super::sheets::sheets;
use super::super::state::BoardState;
use super::{chosen, way};
use crate::reactive::*;
use crate::store::{BoardStore, Session};
use crate::ui::live::{group_name, rows};
use crate::ui::step::here::Here;

/// What a group brings, as it is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Shown {
    theme: String,
    card: Option<String>,
}

/// The part of the screen of who sits in a group.
pub fn plenary(here: Here, board: BoardStore) -> AnyView {
    let state = BoardState::begin(here.session, board, Access::Write);
    let now = state.circle;
    let step = Memo::new(move |before: Option<&Option<StepId>>| {
        let now = now.get().filter(|(_, circle)| *circle == Circle::All).map(|(step, _)| step);
        now.or(before.copied().flatten())
    });
    let said = text(move || state.said.get().map(|said| said.text).unwrap_or_default());
    view! {
        <p class="hint">{word(|t| t.one_two_four.plenary_hint)}</p>
        {cards(here.session, step.into(), Some(state))}
        <p class="brought-said" role="status">{said}</p>
        {sheets(state, here.session)}
    }
    .into_any()
}

/// A card of each group; `own` is the board of one's own.
pub fn cards(session: Session, step: Signal<Option<StepId>>, own: Option<BoardState>) -> AnyView {
    let workshop = session.workshop();
    let groups = Memo::new(move |_| {
        workshop.with(|doc| doc.iter().flat_map(|doc| doc.groups.iter().map(|group| u32::from(group.id.0))).collect())
    });
    let row = move |id: u32| {
        let group = GroupId(u16::try_from(id).unwrap_or(u16::MAX));
        match own.filter(|own| own.board.group() == group) {
            Some(state) => row(group, of_board(state, step), Some(state)),
            None => row(group, of_workshop(session, step, group), None),
        }
    };
    let groups: Signal<Vec<u32>> = groups.into();
    view! { <ul class="brought-all">{rows(groups, row)}</ul> }.into_any()
}

fn of_workshop(session: Session, step: Signal<Option<StepId>>, group: GroupId) -> Memo<Shown> {
    let workshop = session.workshop();
    Memo::new(move |_| {
        let Some(step) = step.get() else { return Shown::default() };
        workshop.with(|doc| {
            let brought = doc.as_ref().and_then(|doc| doc.brought.get(&step)?.get(&group).cloned());
            brought.map(|brought| Shown { theme: brought.theme, card: brought.card }).unwrap_or_default()
        })
    })
}

/// What one's own group has chosen is here before the others have it.
fn of_board(state: BoardState, step: Signal<Option<StepId>>) -> Memo<Shown> {
    let changed = state.board.changed();
    Memo::new(move |_| {
        changed.track();
        let Some(step) = step.get() else { return Shown::default() };
        let card = |board: &shared::docs::board::Board| board.get(board.for_all(step)?).map(|card| card.text.read());
        state.board.read(|board| Shown { theme: board.theme(), card: card(board) }).unwrap_or_default()
    })
}

fn row(group: GroupId, shown: Memo<Shown>, own: Option<BoardState>) -> AnyView {
    let none = flag(move || shown.with(|shown| shown.card.is_none()));
    let not_yet = word(|t| t.one_two_four.not_yet);
    let said = text(move || shown.with(|shown| shown.card.clone()).unwrap_or_else(|| not_yet.get()));
    let yours = own.map(|_| view! { <span class="brought-yours">{word(|t| t.one_two_four.yours)}</span> });
    let ways = own.map(|state| when(state.writes.into(), move || way(state, chosen(state))));
    view! {
        <li class="brought" class:own=own.is_some() class:none=none>
            <p class="brought-who">
                <strong>{group_name(group)}</strong>
                " "
                <span class="brought-theme">{text(move || shown.with(|shown| shown.theme.clone()))}</span>
                {yours}
            </p>
            <p class="brought-card">{said}</p>
            {ways}
        </li>
    }
    .into_any()
}
