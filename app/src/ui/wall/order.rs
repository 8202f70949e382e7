//! In which order the tiles stand. By number, unless the lead has asked once for those that need them most; tiles never change places
//! by themselves. What is pinned stands in front. Remembered on this device alone.

use std::cmp::Reverse;

use shared::signs::Need;
use shared::{GroupId, Millis};

use super::View;
use super::sheets::Which;
use super::watch::Watch;
use crate::platform::{dom, storage};
use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::{button, flag, text, word};
use crate::ui::run_sheet::sheet;

/// The button that leads here.
pub const ORDER: &str = "wall-order";

/// What the lead has chosen.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Chosen {
    /// Groups in front, the first pinned first.
    pins: Vec<u16>,
    /// The others as they stood by need when that was asked for; empty for by number.
    by_need: Vec<u16>,
}

impl Chosen {
    /// As it is kept: two lists of numbers.
    fn kept(&self) -> String {
        let list = |groups: &[u16]| groups.iter().map(u16::to_string).collect::<Vec<_>>().join(",");
        [list(&self.pins), list(&self.by_need)].join(";")
    }

    fn read(kept: &str) -> Self {
        let mut lists = kept.split(';').map(|list| list.split(',').filter_map(|n| n.parse().ok()).collect());
        Self { pins: lists.next().unwrap_or_default(), by_need: lists.next().unwrap_or_default() }
    }

    /// Every group once: what is pinned, then by need, then what has come since, by number.
    fn ordered(&self, groups: &[u32]) -> Vec<u32> {
        let mut all = Vec::with_capacity(groups.len());
        let first = self.pins.iter().chain(&self.by_need).map(|group| u32::from(*group));
        for group in first.filter(|group| groups.contains(group)).chain(groups.iter().copied()) {
            if !all.contains(&group) {
                all.push(group);
            }
        }
        all
    }
}

/// Those that need somebody most come first; who has waited longest before who has waited less.
fn by_need(groups: &[u32], needs: &[(GroupId, Vec<Need>)], waits: &[(GroupId, Millis)]) -> Vec<u16> {
    let mut groups: Vec<GroupId> = groups.iter().filter_map(|group| u16::try_from(*group).ok().map(GroupId)).collect();
    groups.sort_by_key(|group| {
        let first = needs.iter().find(|(of, _)| of == group).and_then(|(_, needs)| needs.first());
        let since = waits.iter().find(|(of, _)| of == group).map_or(Millis(u64::MAX), |(_, at)| *at);
        (Reverse(first.map(|need| need.weight())), since, *group)
    });
    groups.into_iter().map(|group| group.0).collect()
}

/// The order of the tiles.
#[derive(Clone, Copy)]
pub struct Order {
    chosen: RwSignal<Chosen>,
    session: Session,
}

impl Order {
    /// As it was left on this device.
    pub fn begin(session: Session) -> Self {
        let kept = key(session).and_then(|key| storage::get(&key)).unwrap_or_default();
        Self { chosen: RwSignal::new(Chosen::read(&kept)), session }
    }

    /// The groups in their order; tracked.
    pub fn of(self, groups: Signal<Vec<u32>>) -> Signal<Vec<u32>> {
        Memo::new(move |_| groups.with(|groups| self.chosen.with(|chosen| chosen.ordered(groups)))).into()
    }

    /// Whether a group stands in front; tracked.
    pub fn pins(self, group: GroupId) -> bool {
        self.chosen.with(|chosen| chosen.pins.contains(&group.0))
    }

    /// Pins a group, or lets it go.
    pub fn pin(self, group: GroupId) {
        self.change(|chosen| {
            let before = chosen.pins.len();
            chosen.pins.retain(|pinned| *pinned != group.0);
            if chosen.pins.len() == before {
                chosen.pins.push(group.0);
            }
        });
    }

    fn by_need(self, watch: Watch, groups: &[u32]) {
        let waits: Vec<_> = watch.calls.get_untracked().iter().map(|(group, help)| (*group, help.at)).collect();
        let order = watch.needs.with_untracked(|needs| by_need(groups, needs, &waits));
        self.change(|chosen| chosen.by_need = order);
    }

    fn by_number(self) {
        self.change(|chosen| chosen.by_need.clear());
    }

    fn change(self, change: impl FnOnce(&mut Chosen)) {
        self.chosen.update(change);
        if let Some(key) = key(self.session) {
            // Where nothing can be kept it holds until the page is closed.
            storage::set(&key, &self.chosen.with_untracked(Chosen::kept));
        }
    }
}

fn key(session: Session) -> Option<String> {
    session.id().map(|id| {
        let mut key = "naze.wall.".to_owned();
        key.push_str(&id.to_string());
        key
    })
}

/// The button.
pub fn way(view: View) -> AnyView {
    let press = move |_| view.open(Which::Order, GroupId(0));
    view! {
        <button type="button" class="button quiet" id=ORDER aria-haspopup="dialog" on:click=press>
            {word(|t| t.wall.order)}
        </button>
    }
    .into_any()
}

/// The sheet.
pub fn ways(view: View, groups: Signal<Vec<u32>>) -> AnyView {
    let order = view.order;
    let sorted = flag(move || order.chosen.with(|chosen| !chosen.by_need.is_empty()));
    let now = text(move || {
        let t = &crate::i18n::now().wall;
        if sorted.get() { t.order_is_need } else { t.order_is_number }.to_owned()
    });
    let done = || {
        sheet::close();
        request_animation_frame(|| {
            dom::focus(ORDER);
        });
    };
    let by_need = move || {
        order.by_need(view.watch, &groups.get_untracked());
        done();
    };
    let by_number = move || {
        order.by_number();
        done();
    };
    view! {
        <div class="sheet-body">
            <h2 id=sheet::TITLE>{word(|t| t.wall.order)}</h2>
            <p>{now}</p>
            {button("button wide", word(|t| t.wall.order_by_need), by_need)}
            {button("button wide", word(|t| t.wall.order_by_number), by_number)}
            <p class="hint">{word(|t| t.wall.order_hint)}</p>
            {sheet::close_button()}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_and_noise_is_nothing() {
        let chosen = Chosen { pins: vec![5, 2], by_need: vec![3, 1, 2, 4, 5] };
        assert_eq!(Chosen::read(&chosen.kept()), chosen);
        assert_eq!(Chosen::read(&Chosen::default().kept()), Chosen::default());
        assert_eq!(Chosen::read("x,7,;99999,-1;3"), Chosen { pins: vec![7], by_need: vec![] });
    }

    #[test]
    fn pins_come_first_and_every_group_is_there_once() {
        let groups = [1, 2, 3, 4];
        assert_eq!(Chosen::default().ordered(&groups), [1, 2, 3, 4]);
        let pinned = Chosen { pins: vec![3, 9], by_need: vec![] };
        assert_eq!(pinned.ordered(&groups), [3, 1, 2, 4], "a group that is not there stands nowhere");
        let both = Chosen { pins: vec![1], by_need: vec![4, 1, 2] };
        assert_eq!(both.ordered(&groups), [1, 4, 2, 3], "who has come since comes last");
    }

    #[test]
    fn who_has_called_comes_before_who_is_stuck_and_who_waits_longest_first() {
        let needs = [
            (GroupId(1), vec![Need::OneChain(4)]),
            (GroupId(3), vec![Need::Called(1)]),
            (GroupId(4), vec![Need::Silent(6)]),
            (GroupId(5), vec![Need::Called(4), Need::Silent(9)]),
        ];
        let waits = [(GroupId(3), Millis(900)), (GroupId(5), Millis(100))];
        assert_eq!(by_need(&[1, 2, 3, 4, 5, 6], &needs, &waits), [5, 3, 4, 1, 2, 6]);
    }
}
