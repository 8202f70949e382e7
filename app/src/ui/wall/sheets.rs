//! What lies over the wall for a moment: what can be done with a group, why it may need somebody, a question to it, which other group
//! to see beside it, the order of the tiles.

use shared::GroupId;

use super::{View, apart, ask, charge, compare, order, why};
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::live::follow;
use crate::ui::lobby::group_of;
use crate::ui::run_sheet::sheet::{Beside, sheet};

/// Which sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// What can be done with a group.
    Group,
    /// What a group may need, in words.
    Why,
    /// A question to a group.
    Ask,
    /// Which other group to see beside it.
    Compare,
    /// The order of the tiles.
    Order,
    /// What all groups end with.
    Ending,
    /// The groups that a helper looks after.
    Charge,
}

const ALL: [Which; 7] =
    [Which::Group, Which::Why, Which::Ask, Which::Compare, Which::Order, Which::Ending, Which::Charge];

/// A sheet as a number, from 1: 0 is none.
const fn key(which: Which, group: GroupId) -> u32 {
    (which as u32 + 1) << 16 | group.0 as u32
}

fn of_key(key: u32) -> Option<(Which, GroupId)> {
    let which = ALL.get(usize::try_from(key >> 16).ok()?.checked_sub(1)?)?;
    Some((*which, group_of(key & 0xffff)))
}

/// Which sheet is open, and what had the focus before.
#[derive(Clone, Copy)]
pub struct Sheets {
    open: RwSignal<u32>,
    from: StoredValue<String>,
}

impl Sheets {
    /// None is open.
    pub fn begin() -> Self {
        Self { open: RwSignal::new(0), from: StoredValue::new(String::new()) }
    }

    /// Opens one; one that is open gives way to it.
    pub fn open(self, which: Which, group: GroupId) {
        if self.open.get_untracked() == 0 {
            let from = document().active_element().map(|focused| focused.id());
            self.from.set_value(from.unwrap_or_default());
        }
        self.open.set(key(which, group));
    }
}

/// The sheet that is open, if any.
pub fn sheets(view: View, groups: Signal<Vec<u32>>) -> AnyView {
    let open = view.sheets.open;
    // A sheet that came from another one does not know to whom the focus belongs.
    follow(move || {
        if open.get() == 0 {
            let from = view.sheets.from.get_value();
            request_animation_frame(move || {
                if dom::focus_is_lost() {
                    dom::focus(&from);
                }
            });
        }
    });
    let content = move |key: u32| match of_key(key) {
        None => ().into_any(),
        Some((Which::Group, group)) => apart::content(view, group),
        Some((Which::Why, group)) => why::of_group(view, group),
        Some((Which::Ask, group)) => ask::ask(view, group),
        Some((Which::Compare, group)) => compare::choose(view, group, groups),
        Some((Which::Order, _)) => order::ways(view, groups),
        Some((Which::Ending, _)) => why::ending(view),
        Some((Which::Charge, _)) => charge::choose(view, groups),
    };
    sheet(open, Beside::Stays, content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_is_found_by_its_number() {
        for which in ALL {
            assert_eq!(of_key(key(which, GroupId(200))), Some((which, GroupId(200))));
        }
        assert_eq!(of_key(0), None);
        assert_eq!(of_key(u32::MAX), None);
    }
}
