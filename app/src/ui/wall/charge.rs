//! The groups that a helper looks after: they stand first, say so, and are all that is shown, if the helper wants that.

use shared::GroupId;
use web_sys::MouseEvent;

use super::View;
use super::sheets::Which;
use crate::reactive::*;
use crate::store::{Session, charge};
use crate::ui::live::{button, flag, group_name, rows, text, when, word};
use crate::ui::lobby::group_of;
use crate::ui::run_sheet::sheet;

/// The button that leads to the choice.
const WAY: &str = "wall-charge";

/// What is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shown {
    /// All groups, one's own first.
    All,
    /// One's own alone.
    Own,
}

/// A helper's groups.
#[derive(Clone, Copy)]
pub struct Charge {
    groups: RwSignal<Vec<u16>>,
    shown: RwSignal<Shown>,
    session: Session,
}

impl Charge {
    /// As this device remembers them.
    pub fn begin(session: Session) -> Self {
        let groups = session.id().map(charge::get).unwrap_or_default();
        Self { groups: RwSignal::new(groups), shown: RwSignal::new(Shown::All), session }
    }

    /// Whether a group is one of them; tracked.
    pub fn has(self, group: GroupId) -> bool {
        self.groups.with(|groups| groups.contains(&group.0))
    }

    /// Those of them first, or alone; tracked.
    pub fn of(self, groups: Signal<Vec<u32>>) -> Signal<Vec<u32>> {
        let ordered = move || {
            let (mut own, others): (Vec<u32>, Vec<u32>) =
                groups.get().into_iter().partition(|group| self.has(group_of(*group)));
            if self.shown.get() == Shown::All || own.is_empty() {
                own.extend(others);
            }
            own
        };
        Memo::new(move |_| ordered()).into()
    }

    fn turn(self, group: GroupId) {
        self.groups.update(|groups| {
            let before = groups.len();
            groups.retain(|known| *known != group.0);
            if groups.len() == before {
                groups.push(group.0);
                groups.sort_unstable();
            }
        });
        if let Some(workshop) = self.session.id() {
            self.groups.with_untracked(|groups| charge::set(workshop, groups));
        }
    }
}

/// The button that leads to the choice, and the one that leaves the others out.
pub fn way(view: View, charge: Charge) -> AnyView {
    let press = move |_| view.open(Which::Charge, GroupId(0));
    let any = flag(move || charge.groups.with(|groups| !groups.is_empty()));
    let own = flag(move || charge.shown.get() == Shown::Own);
    let turn: fn(Charge) = |charge| {
        charge.shown.update(|shown| *shown = if *shown == Shown::Own { Shown::All } else { Shown::Own });
    };
    let only = move || {
        let press: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| turn(charge));
        let pressed = text(move || own.get().to_string());
        view! {
            <button type="button" class="button quiet toggle" aria-pressed=pressed on:click=press>
                {word(|t| t.wall.charge_only)}
            </button>
        }
        .into_any()
    };
    view! {
        <button type="button" class="button quiet" id=WAY aria-haspopup="dialog" on:click=press>
            {word(|t| t.wall.charge)}
        </button>
        {when(any, only)}
    }
    .into_any()
}

/// The mark on what is theirs.
pub fn mark(view: View, group: GroupId) -> AnyView {
    let Some(charge) = view.charge else { return ().into_any() };
    let mark = || view! { <span class="pinned">{word(|t| t.wall.charge_mark)}</span> }.into_any();
    when(flag(move || charge.has(group)), mark)
}

/// The choice.
pub fn choose(view: View, groups: Signal<Vec<u32>>) -> AnyView {
    let Some(charge) = view.charge else { return ().into_any() };
    let row = move |key| {
        let group = group_of(key);
        view! {
            <label class="choice">
                <input
                    type="checkbox"
                    checked=untrack(|| charge.has(group))
                    on:change=move |_| charge.turn(group)
                />
                <span>{group_name(group)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <div class="sheet-body">
            <h2 id=sheet::TITLE>{word(|t| t.wall.charge)}</h2>
            <p class="hint">{word(|t| t.wall.charge_hint)}</p>
            <div class="choices groups-choice">{rows(groups, row)}</div>
            {button("button primary", word(|t| t.wall.charge_done), sheet::close)}
        </div>
    }
    .into_any()
}
