//! Groups that present, one after another: the lead puts them in order, chooses where they are shown, and begins. Until then nothing
//! is kept; from then on it is in the workshop, so that any of the lead's devices goes on with it.

use shared::GroupId;
use shared::docs::workshop::{Screens, WorkshopOp};

use super::showing::{conduct, is_open, queue, words_of};
use crate::i18n::{self, fill, use_speech};
use crate::platform::dom;
use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::{button, flag, group_name, rows, text, when, word};
use crate::ui::lobby::{group_of, session_groups};
use crate::ui::run_sheet::sheet;

/// The order under work.
#[derive(Clone, Copy)]
struct Order {
    session: Session,
    /// As it is here, as long as nobody waits in the workshop.
    draft: RwSignal<Vec<u32>>,
    screens: RwSignal<Screens>,
}

/// A list in which one has gone a place up or down.
fn moved(mut order: Vec<u32>, group: u32, down: isize) -> Vec<u32> {
    let at = order.iter().position(|one| *one == group);
    if let Some((at, to)) =
        at.and_then(|at| Some((at, at.checked_add_signed(down)?))).filter(|(_, to)| *to < order.len())
    {
        order.swap(at, to);
    }
    order
}

fn without(mut order: Vec<u32>, group: u32) -> Vec<u32> {
    order.retain(|one| *one != group);
    order
}

impl Order {
    fn begin(session: Session) -> Self {
        let waits = untrack(|| queue(session));
        let screens = if waits.groups.is_empty() { Screens::Everywhere } else { waits.screens };
        let all = session_groups(session).get_untracked();
        Self { session, draft: RwSignal::new(all), screens: RwSignal::new(screens) }
    }

    fn is_kept(self) -> bool {
        !queue(self.session).groups.is_empty()
    }

    /// Who presents, in their order; tracked.
    fn get(self) -> Vec<u32> {
        let kept = queue(self.session).groups;
        if kept.is_empty() { self.draft.get() } else { kept.into_iter().map(|group| group.0.into()).collect() }
    }

    fn set(self, order: Vec<u32>) {
        if untrack(|| self.is_kept()) {
            self.keep(&order);
        }
        self.draft.set(order);
    }

    fn keep(self, order: &[u32]) {
        let groups = order.iter().copied().map(group_of).collect();
        conduct(self.session, WorkshopOp::SetQueue { groups, screens: self.screens.get_untracked() });
    }

    fn shift(self, group: u32, down: isize) {
        self.set(moved(untrack(|| self.get()), group, down));
    }

    fn leave_out(self, group: u32) {
        self.set(without(untrack(|| self.get()), group));
    }

    fn add(self, group: u32) {
        let mut order = without(untrack(|| self.get()), group);
        order.push(group);
        self.set(order);
    }

    fn show_on(self, screens: Screens) {
        self.screens.set(screens);
        if untrack(|| self.is_kept()) {
            self.keep(&untrack(|| self.get()));
        }
    }

    fn go_on(self) {
        let order = untrack(|| self.get());
        let Some(first) = order.first().copied() else { return };
        if !untrack(|| self.is_kept()) {
            self.keep(&order);
        }
        conduct(self.session, WorkshopOp::NextGroup { group: group_of(first) });
        sheet::close();
    }
}

/// On a sheet.
pub fn content(session: Session) -> AnyView {
    let speech = use_speech();
    let order = Order::begin(session);
    let groups = session_groups(session);
    let presents = Memo::new(move |_| order.get());
    let left_out = Memo::new(move |_| {
        presents.with(|presents| {
            groups.with(|groups| groups.iter().copied().filter(|group| !presents.contains(group)).collect::<Vec<_>>())
        })
    });
    let first = move || presents.with(|presents| presents.first().copied()).unwrap_or_default().to_string();
    let begin = text(move || fill(i18n::texts(speech.get()).wall.next_group, &[("n", &first())]));
    let begin = move || button("button primary wide", begin, move || order.go_on());
    // The sheet may lie open when the workshop is ended.
    let open = flag(move || is_open(session));
    let when_open = || view! { <p class="hint">{word(|t| t.wall.present_when)}</p> }.into_any();
    let others = move || {
        view! {
            <section class="sheet-part">
                <h3>{word(|t| t.wall.present_not)}</h3>
                <ul class="present-others">{rows(left_out.into(), move |group| left_out_row(order, group))}</ul>
            </section>
        }
        .into_any()
    };
    view! {
        <div class="sheet-body present">
            <h2 id=sheet::TITLE>{word(|t| t.wall.present)}</h2>
            <p class="hint">{word(|t| t.wall.present_hint)}</p>
            <ol class="present-order">{rows(presents.into(), move |group| row(order, group))}</ol>
            {when(flag(move || left_out.with(|groups| !groups.is_empty())), others)}
            {places(order)}
            {when(flag(move || open.get() && presents.with(|groups| !groups.is_empty())), begin)}
            {when(flag(move || !open.get()), when_open)}
            {sheet::close_button()}
        </div>
    }
    .into_any()
}

fn id_of(group: u32) -> String {
    let mut id = "present-".to_owned();
    id.push_str(&group.to_string());
    id
}

fn theme(session: Session, group: GroupId) -> Signal<String> {
    text(move || words_of(session, group, shared::CardId::THEME).unwrap_or_default())
}

/// A button with a sign on it, and the group in its name.
fn small(sign: &'static str, called: Signal<String>, press: impl Fn() + 'static) -> AnyView {
    let press: Box<dyn FnMut(web_sys::MouseEvent)> = Box::new(move |_| press());
    view! { <button type="button" class="icon-button" aria-label=called title=called on:click=press>{sign}</button> }
        .into_any()
}

fn row(order: Order, key: u32) -> AnyView {
    let speech = use_speech();
    let group = group_of(key);
    let called = move |sentence: crate::ui::live::Word| {
        text(move || fill(sentence(i18n::texts(speech.get())), &[("n", &group.to_string())]))
    };
    // Who goes by keyboard goes with the row; a row that is gone gives the focus to the sheet's title.
    let stays = move || {
        request_animation_frame(move || {
            if dom::focus_is_lost() && !dom::focus(&id_of(key)) {
                dom::focus(sheet::TITLE);
            }
        });
    };
    let shift = move |down| {
        order.shift(key, down);
        stays();
    };
    let leave_out = move || {
        order.leave_out(key);
        stays();
    };
    view! {
        <li id=id_of(key) tabindex="-1">
            <p>
                <strong>{group_name(group)}</strong>
                " "
                {theme(order.session, group)}
            </p>
            <div class="present-ways">
                {small("↑", called(|t| t.wall.present_up), move || shift(-1))}
                {small("↓", called(|t| t.wall.present_down), move || shift(1))}
                {small("×", called(|t| t.wall.present_out), leave_out)}
            </div>
        </li>
    }
    .into_any()
}

fn left_out_row(order: Order, key: u32) -> AnyView {
    let name = group_name(group_of(key));
    let label = text(move || ["＋ ", &name.get()].concat());
    let add = move || {
        order.add(key);
        request_animation_frame(move || {
            dom::focus(&id_of(key));
        });
    };
    view! { <li>{button("button", label, add)}</li> }.into_any()
}

/// Where they are shown.
fn places(order: Order) -> AnyView {
    let choice = move |screens: Screens, label: crate::ui::live::Word| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="present-screens"
                    checked=order.screens.get_untracked() == screens
                    on:change=move |_| order.show_on(screens)
                />
                <span>{word(label)}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset>
            <legend class="hint">{word(|t| t.wall.present_where)}</legend>
            <div class="choices">
                {choice(Screens::Everywhere, |t| t.wall.present_everywhere)}
                {choice(Screens::Projector, |t| t.wall.present_projector)}
            </div>
        </fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{moved, without};

    #[test]
    fn a_group_goes_up_and_down_and_stops_at_the_ends() {
        let order = || vec![1, 2, 3];
        assert_eq!(moved(order(), 2, -1), [2, 1, 3]);
        assert_eq!(moved(order(), 2, 1), [1, 3, 2]);
        assert_eq!((moved(order(), 1, -1), moved(order(), 3, 1), moved(order(), 9, 1)), (order(), order(), order()));
        assert_eq!(without(order(), 2), [1, 3]);
    }
}
