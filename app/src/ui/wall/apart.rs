//! What can be done with one group: a question to it, its place on the wall, another group beside it; and its own way through the
//! run-sheet: more time, on alone, with the room again. A quiet button on its tile and in the head of its board, and a line where it
//! is not with the others.

use shared::GroupId;
use shared::docs::workshop::{TimerChange, Whom, WorkshopOp};

use super::View;
use super::sheets::Which;
use super::showing;
use super::step_bar::{entry, more_button, reading_word, titled};
use crate::element::Element;
use crate::i18n::{self, use_speech};
use crate::reactive::*;
use crate::ui::board::one_two_four::name;
use crate::ui::live::{flag, group_name, text, when, word};
use crate::ui::run_sheet::now::Now;
use crate::ui::run_sheet::sheet;
use crate::ui::step::clock::{Reading, clock};

/// Seconds of one press.
const MORE_S: u16 = 120;

/// Where a group is.
fn of_group(view: View, group: GroupId) -> Memo<Option<Now>> {
    let workshop = view.session.workshop();
    Memo::new(move |_| workshop.with(|doc| Now::of_group(doc.as_deref()?, group)))
}

/// Where a group is that is not with the others.
fn elsewhere(view: View, group: GroupId) -> Memo<Option<Now>> {
    let workshop = view.session.workshop();
    Memo::new(move |_| {
        workshop.with(|doc| {
            let doc = doc.as_deref()?;
            doc.apart.contains_key(&group).then(|| Now::of_group(doc, group)).flatten()
        })
    })
}

fn reading(view: View, now: Memo<Option<Now>>) -> Memo<Option<Reading>> {
    clock(view.session, Signal::derive(move || now.with(|now| now.as_ref().map(|now| now.run))))
}

/// The step of a group and its time in one line; empty as long as it is with the room.
pub fn line(view: View, group: GroupId) -> Element {
    let (speech, now) = (use_speech(), elsewhere(view, group));
    let reading = reading(view, now);
    let workshop = view.session.workshop();
    let words = text(move || {
        let texts = i18n::texts(speech.get());
        let t = &texts.wall;
        let room = workshop.with(|doc| doc.as_ref().and_then(|doc| doc.run));
        now.with(|now| match now {
            None => String::new(),
            Some(now) if room.is_some_and(|room| room.step == now.step.id) => match now.circle {
                Some(circle) if room.map(|room| room.round) != Some(now.run.round) => {
                    i18n::fill(texts.one_two_four.other_round, &[("title", name(circle)(texts))])
                }
                _ => t.own_time.to_owned(),
            },
            Some(now) => i18n::fill(t.apart, &[("title", &now.step.title)]),
        })
    });
    let digits = text(move || reading.get().map(Reading::digits).unwrap_or_default());
    view! {
        <p class="apart">
            <span class="apart-words">{words}</span>
            <span class="tabular">{digits}</span>
        </p>
    }
}

/// Where a group is, with its time, in the head of its board.
pub fn head(view: View, group: GroupId) -> AnyView {
    let now = of_group(view, group);
    let reading = reading(view, now);
    let title = text(move || now.with(|now| now.as_ref().map(|now| now.step.title.clone()).unwrap_or_default()));
    let digits = text(move || reading.get().map(Reading::digits).unwrap_or_default());
    view! {
        <p class="large-step">
            <span class="apart-words">{title}</span>
            <span class="tabular">{digits}</span>
        </p>
    }
    .into_any()
}

/// The quiet button; `place` tells its two places apart.
pub fn button(view: View, group: GroupId, place: &'static str) -> AnyView {
    let speech = use_speech();
    let label = text(move || i18n::fill(i18n::texts(speech.get()).wall.alone, &[("n", &group.to_string())]));
    let press = Box::new(move |_| view.open(Which::Group, group));
    let mut id = place.to_owned();
    id.push_str(&group.to_string());
    more_button(id, label, press).into_any()
}

/// What can be done with a group, on a sheet.
pub fn content(view: View, group: GroupId) -> AnyView {
    let workshop = view.session.workshop();
    let runs = flag(move || workshop.with(|doc| doc.as_deref().and_then(Now::of_room)).is_some());
    let label = text(move || {
        let t = &i18n::now().wall;
        if view.order.pins(group) { t.unpin } else { t.pin }.to_owned()
    });
    let pin = move || {
        sheet::close();
        view.order.pin(group);
    };
    view! {
        <div class="sheet-body">
            <h2 id=sheet::TITLE>{group_name(group)}</h2>
            {entry(word(|t| t.wall.ask), move || view.open(Which::Ask, group))}
            {entry(word(|t| t.wall.compare), move || view.open(Which::Compare, group))}
            {entry(label, pin)}
            {showing::ways(view, group)}
            {when(runs, move || way(view, group))}
            {sheet::close_button()}
        </div>
    }
    .into_any()
}

/// Its way through the run-sheet.
fn way(view: View, group: GroupId) -> AnyView {
    let speech = use_speech();
    let now = of_group(view, group);
    let reading = reading(view, now);
    let where_it_is = text(move || {
        let t = &i18n::texts(speech.get()).wall;
        let title = now.with(|now| now.as_ref().map(|now| now.step.title.clone()).unwrap_or_default());
        let Some(reading) = reading.get() else { return title };
        i18n::fill(t.alone_now, &[("title", &title), ("state", reading_word(t, reading)), ("time", &reading.digits())])
    });
    let conduct = move |op| {
        // Refused where somebody else was faster: the line says where the group is.
        let _ = view.session.conduct(op);
    };
    let more = move || {
        if let Some(now) = now.get_untracked() {
            let change = TimerChange::More(MORE_S);
            conduct(WorkshopOp::SetTimer { whom: Whom::Group(group), step: now.step.id, change });
        }
    };
    let next = untrack(|| now.get()).and_then(|now| Some((now.step.id, now.next?)));
    let next = next.map(|(from, next)| {
        let go = move || {
            conduct(WorkshopOp::GoTo { whom: Whom::Group(group), from: Some(from), step: next.id });
            sheet::close();
        };
        entry(titled(|t| t.wall.alone_next, next.title), go)
    });
    let round = untrack(|| now.get()).and_then(|now| Some((now.step.id, now.next_round()?, now.next_circle()?)));
    let round = round.map(|(step, round, circle)| {
        let label = text(move || {
            let t = i18n::texts(speech.get());
            i18n::fill(t.one_two_four.alone_next, &[("title", name(circle)(t))])
        });
        let go = move || {
            conduct(WorkshopOp::NextRoundOf { group, step, round });
            sheet::close();
        };
        entry(label, go)
    });
    let rejoin = move || {
        conduct(WorkshopOp::Rejoin { group });
        sheet::close();
    };
    let apart = elsewhere(view, group);
    let rejoin = move || entry(word(|t| t.wall.rejoin), rejoin);
    view! {
        <section class="sheet-part">
            <h3>{word(|t| t.wall.alone_title)}</h3>
            <p class="tabular">{where_it_is}</p>
            {entry(word(|t| t.wall.alone_more), more)}
            {round}
            {next}
            {when(flag(move || apart.with(Option::is_some)), rejoin)}
        </section>
    }
    .into_any()
}
