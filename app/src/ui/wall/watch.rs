//! What is watched for the lead: who calls, what each group may need, where all end alike. What is read from a whole board is read
//! board by board, a few a second: a hundred of them at once would make the page stand still.

use std::time::Duration;

use shared::docs::board::Help;
use shared::docs::workshop::Phase;
use shared::signs::{self, Found, Moment, Need, Weight};
use shared::{GroupId, Millis, SortedMap};

use super::{meant, words};
use crate::reactive::*;
use crate::store::{BoardStore, Session};

/// How often the next boards are read.
const LOOK: Duration = Duration::from_secs(1);
/// After so many looks each board has been read.
const LOOKS: usize = 10;

/// What is known of the groups.
#[derive(Clone, Copy)]
pub struct Watch {
    /// Who calls, whoever waits longest first.
    pub calls: Memo<Vec<(GroupId, Help)>>,
    /// What each group may need, the most pressing first. Groups that need nothing are not in it.
    pub needs: Memo<Vec<(GroupId, Vec<Need>)>>,
    /// What every group ends with.
    pub ending: RwSignal<Option<String>>,
}

impl Watch {
    /// Begins to watch; `tick` turns as time goes by.
    pub fn begin(session: Session, tick: RwSignal<bool>) -> Self {
        let found = RwSignal::new(SortedMap::new());
        let ending = RwSignal::new(None);
        look(session, found, ending);
        let calls = calls(session);
        Self { calls, needs: needs(session, tick, calls, found), ending }
    }

    /// What one group may need.
    pub fn of(self, group: GroupId) -> Memo<Vec<Need>> {
        Memo::new(move |_| self.needs.with(|needs| of(needs, group)))
    }

    /// How many groups somebody should go to.
    pub fn stuck(self) -> usize {
        let stuck = |needs: &[Need]| needs.iter().any(|need| need.weight() == Weight::Stuck);
        self.needs.with(|needs| needs.iter().filter(|(_, needs)| stuck(needs)).count())
    }
}

fn of(needs: &[(GroupId, Vec<Need>)], group: GroupId) -> Vec<Need> {
    needs.iter().find(|(of, _)| *of == group).map(|(_, needs)| needs.clone()).unwrap_or_default()
}

/// The boards that are here; tracked.
fn boards(session: Session) -> Vec<(GroupId, BoardStore)> {
    session.groups().get().into_iter().filter_map(|group| Some((group, session.board(group)?))).collect()
}

fn calls(session: Session) -> Memo<Vec<(GroupId, Help)>> {
    Memo::new(move |_| {
        let call = |(group, board): (GroupId, BoardStore)| {
            board.changed().track();
            Some((group, board.read(|board| board.help).flatten()?))
        };
        let mut calls: Vec<_> = boards(session).into_iter().filter_map(call).collect();
        calls.sort_by_key(|(group, help)| (help.at, *group));
        calls
    })
}

/// What each group may need. Before the lead begins, and after the end, only who calls needs anything.
fn needs(
    session: Session,
    tick: RwSignal<bool>,
    calls: Memo<Vec<(GroupId, Help)>>,
    found: RwSignal<SortedMap<GroupId, Found>>,
) -> Memo<Vec<(GroupId, Vec<Need>)>> {
    let workshop = session.workshop();
    Memo::new(move |_| {
        tick.track();
        let now = session.now();
        let open = workshop.with(|doc| doc.as_ref().is_some_and(|doc| doc.phase == Phase::Open));
        let boards = boards(session);
        let began = boards.iter().filter_map(|(_, board)| board.signs().with(|signs| signs.first_card_at)).min();
        let nothing = Found::default();
        let need = |(group, board): (GroupId, BoardStore)| {
            let theme =
                workshop.with(|doc| doc.as_ref().map(|doc| meant::theme_is(doc, group, now)).unwrap_or_default());
            let moment = Moment { present: words::people(&board.present().get()), began, now, theme };
            let help = calls.with(|calls| calls.iter().find(|(of, _)| *of == group).map(|(_, help)| *help));
            let mut needs = board.signs().with(|signs| {
                found.with(|found| signs::needs(signs, help.as_ref(), found.get(&group).unwrap_or(&nothing), &moment))
            });
            needs.retain(|need| {
                need.weight() == Weight::Called
                    || open
                        && workshop.with(|doc| doc.as_ref().is_some_and(|doc| meant::is_meant(doc, group, *need, now)))
            });
            (!needs.is_empty()).then_some((group, needs))
        };
        boards.into_iter().filter_map(need).collect()
    })
}

/// Reads the boards that have changed, some at each look, round and round.
fn look(session: Session, found: RwSignal<SortedMap<GroupId, Found>>, ending: RwSignal<Option<String>>) {
    let (next, seen) = (StoredValue::new(0_usize), StoredValue::new(SortedMap::<GroupId, u64>::new()));
    let look = move || {
        let groups = session.groups().get_untracked();
        let Some(at) = next.try_get_value() else { return };
        let some = groups.len().div_ceil(LOOKS).max(1);
        let at = if at < groups.len() { at } else { 0 };
        next.set_value(at.saturating_add(some));
        let mut news = false;
        for group in groups.iter().skip(at).take(some).copied() {
            let Some(board) = session.board(group) else { continue };
            let count = board.changed().get_untracked();
            let before = seen.try_update_value(|seen| seen.insert(group, count)).flatten();
            if before == Some(count) {
                continue;
            }
            let Some(now) = board.read(signs::found) else { continue };
            if found.with_untracked(|found| found.get(&group) != Some(&now)) {
                found.update(|found| drop(found.insert(group, now)));
                news = true;
            }
        }
        if news {
            let same = found.with_untracked(|found| signs::same_ending(found.iter().map(|(_, found)| &found.endings)));
            if ending.with_untracked(|ending| *ending != same) {
                ending.set(same);
            }
        }
    };
    if let Ok(timer) = set_interval_with_handle(look, LOOK) {
        on_cleanup(move || timer.clear());
    }
}

/// How long somebody has waited, in whole minutes.
pub const fn waited(help: &Help, now: Millis) -> u64 {
    signs::minutes(help.at, now)
}
