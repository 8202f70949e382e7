//! Mixing: how large groups are to be, a proposal that one may throw again, and the button that makes it so.

use leptos::task::spawn_local;
use shared::docs::roster::Roster;
use shared::docs::workshop::WorkshopOp;
use shared::seating::plan::Mode;
use web_sys::HtmlSelectElement;

use super::{Hall, rest_focus, seed};
use crate::element::Element;
use crate::i18n::fill;
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::live::{button, flag, text, when, word};

const SIZE: &str = "group-size";
const TAKE: &str = "take-proposal";
/// Fewer are no group.
const SIZE_MIN: u16 = 2;

impl Hall {
    /// How many are to be seated; tracked.
    fn head_count(self) -> u16 {
        let people = self.plan(self.groups().0, Mode::Mend).people.len();
        u16::try_from(people).unwrap_or(u16::MAX)
    }

    /// How large groups are to be: as somebody chose, else so that all groups there are have people; tracked.
    fn wanted_size(self) -> u16 {
        let (groups, seats) = self.groups();
        let usual = self.head_count().div_ceil(groups.max(1));
        let size = match self.size.get() {
            0 => usual,
            chosen => chosen,
        };
        size.clamp(SIZE_MIN, seats.max(SIZE_MIN))
    }

    /// How many tables that takes; tracked.
    fn tables_needed(self) -> u16 {
        let fixed = self.roster(Roster::last_fixed);
        self.head_count().div_ceil(self.wanted_size()).max(fixed).max(1)
    }

    /// Proposes seats.
    fn propose(self, mode: Mode) {
        self.tell(|t| t.mixing.to_owned());
        // A thousand people take a moment: what is said is painted before.
        dom::after_paint(move || {
            let (groups, _) = untrack(|| self.groups());
            let tables = match mode {
                Mode::Anew => untrack(|| self.tables_needed()).min(groups),
                Mode::Mend => groups_in_use(self).clamp(1, groups.max(1)),
            };
            let seats = untrack(|| self.plan(tables, mode)).mix(seed());
            let moves = untrack(|| self.as_ops(&seats)).len();
            if moves == 0 {
                self.tell(|t| t.is_best.to_owned());
                return;
            }
            self.proposal.try_set(Some(seats));
            self.tell(|t| t.is_proposal.to_owned());
        });
    }

    /// Makes the proposal so.
    fn take(self) {
        let seats = untrack(|| self.proposal.get()).unwrap_or_default();
        let ops = untrack(|| self.as_ops(&seats));
        spawn_local(async move {
            let done = self.do_all(ops, |t| t.taken).await;
            // What was proposed or moved meanwhile is not what was asked for.
            let is_same = || self.proposal.try_with_untracked(|now| now.as_ref() == Some(&seats)) == Some(true);
            if done.is_ok() && is_same() {
                self.proposal.try_set(None);
            }
            rest_focus(None);
        });
    }
}

/// Tables at which somebody sits, or is to.
fn groups_in_use(hall: Hall) -> u16 {
    let last = untrack(|| {
        hall.roster(|roster| {
            let here = roster.people.values().map(|one| one.group.0);
            here.chain(roster.guests.values().filter_map(|one| one.group.map(|group| group.0))).max()
        })
    });
    last.unwrap_or_else(|| untrack(|| hall.groups().0))
}

/// The section.
pub fn mixing(hall: Hall) -> Element {
    let nobody = flag(move || hall.head_count() == 0);
    let proposed = flag(move || hall.proposal.with(Option::is_some));
    let ready = flag(move || !nobody.get());
    view! {
        <section class="mixing" aria-labelledby="mixing-title">
            <h2 id="mixing-title">{word(|t| t.seating.mix_title)}</h2>
            {when(nobody, || view! { <p class="hint">{word(|t| t.seating.nobody)}</p> }.into_any())}
            {when(ready, move || controls(hall, proposed))}
        </section>
    }
}

fn controls(hall: Hall, proposed: Signal<bool>) -> AnyView {
    let sum = text(move || {
        let (tables, size) = (hall.tables_needed(), hall.wanted_size());
        let numbers = [("people", hall.head_count()), ("tables", tables), ("size", size)];
        let numbers = numbers.map(|(name, n)| (name, n.to_string()));
        let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, n)| (*name, n.as_str())).collect();
        fill(hall.t().mix_sum, &numbers)
    });
    let lacking = move || hall.tables_needed().saturating_sub(hall.groups().0);
    let lacks = flag(move || lacking() > 0);
    let add = text(move || fill(hall.t().add_groups, &[("n", &lacking().to_string())]));
    let add_groups = move || {
        for _ in 0..untrack(lacking) {
            // As many as there may be; the rest is refused, and the button stays.
            if hall.session.conduct(WorkshopOp::AddGroup).is_err() {
                break;
            }
        }
    };
    let mix = text(move || if proposed.get() { hall.t().mix_again } else { hall.t().mix }.to_owned());
    let give_up = move || {
        hall.proposal.set(None);
        hall.tell(|t| t.given_up.to_owned());
        dom::focus("mix");
    };
    let anew: Box<dyn FnMut(web_sys::MouseEvent)> = Box::new(move |_| hall.propose(Mode::Anew));
    let taking = move || {
        view! {
            <button type="button" class="button primary" id=TAKE on:click=take(hall)>{word(|t| t.seating.take)}</button>
            {button("button", word(|t| t.seating.give_up), give_up)}
        }
        .into_any()
    };
    view! {
        {size_choice(hall)}
        <p class="tabular">{sum}</p>
        {when(lacks, move || {
            let said = text(move || fill(hall.t().lacks_groups, &[("n", &hall.groups().0.to_string())]));
            view! { <p class="mixing-lacks">{said} " " {button("button", add, add_groups)}</p> }.into_any()
        })}
        <div class="mixing-does">
            <button type="button" class="button" id="mix" on:click=anew>{mix}</button>
            {button("button", word(|t| t.seating.mend), move || hall.propose(Mode::Mend))}
            {when(proposed, taking)}
        </div>
        <p class="hint">{word(|t| t.seating.mix_hint)}</p>
    }
    .into_any()
}

/// Another one for each button.
fn take(hall: Hall) -> Box<dyn FnMut(web_sys::MouseEvent)> {
    Box::new(move |_| hall.take())
}

fn size_choice(hall: Hall) -> AnyView {
    let seats = untrack(|| hall.groups().1);
    let now = untrack(|| hall.wanted_size());
    let option = |n: u16| {
        let label = text(move || fill(hall.t().size_n, &[("n", &n.to_string())]));
        view! { <option value=n.to_string() selected=n == now>{label}</option> }.into_any()
    };
    let options: Vec<AnyView> = (SIZE_MIN..=seats.max(SIZE_MIN)).map(option).collect();
    // As long as nobody has chosen, the size follows how many people there are.
    let size = text(move || hall.wanted_size().to_string());
    let change: Box<dyn FnMut(web_sys::Event)> = Box::new(move |_| {
        let chosen = dom::by_id::<HtmlSelectElement>(SIZE).and_then(|select| select.value().parse().ok());
        hall.size.set(chosen.unwrap_or(0));
    });
    view! {
        <div class="form-row group-size">
            <label for=SIZE>{word(|t| t.seating.size)}</label>
            <select class="field" id=SIZE prop:value=size on:change=change>{options}</select>
        </div>
    }
    .into_any()
}
