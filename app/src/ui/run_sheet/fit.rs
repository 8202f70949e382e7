//! What does not fit: people into a step, steps into the time of the room. Said in words, each with a button that mends it.

use shared::GroupId;
use shared::docs::workshop::{Plan, Skip, Step, Workshop, WorkshopOp};
use shared::run_sheet::{Cut, Misfit, misfits as found};

use super::Table;
use crate::i18n::{RunSheetTexts, fill};
use crate::reactive::*;
use crate::ui::live::{button, flag, text, when, word};
use crate::ui::screen::TITLE;

/// As many people as a group is taken to have before anybody has come, if there are seats for them.
const USUAL_PEOPLE: u16 = 5;

/// A change that helps: what is said on its button, and what it does.
#[derive(Clone, PartialEq, Debug)]
struct Help {
    words: String,
    op: WorkshopOp,
}

/// What is said of a misfit, and what helps.
#[derive(Clone, PartialEq, Debug)]
struct Said {
    words: String,
    helps: Vec<Help>,
}

fn edited(step: &Step, change: impl FnOnce(&mut Plan)) -> WorkshopOp {
    let mut plan = step.plan.clone();
    change(&mut plan);
    WorkshopOp::EditStep { step: step.id, plan }
}

fn turns(t: &RunSheetTexts, step: &Step, people: u16, needs: u16) -> Said {
    let plan = &step.plan;
    let numbers = [people, needs, plan.minutes].map(|n| n.to_string());
    let [people_n, needs_n, minutes_n] = &numbers;
    let words =
        fill(t.turns, &[("title", &plan.title), ("people", people_n), ("needs", needs_n), ("minutes", minutes_n)]);
    let longer = Help { words: fill(t.make_longer, &[("n", needs_n)]), op: edited(step, |plan| plan.minutes = needs) };
    let each = plan.minutes.saturating_mul(60).checked_div(people).unwrap_or(0);
    // Rounded to what people say: 35 seconds, not 37.
    let each = if each >= 10 { each - each % 5 } else { each };
    let shorter = (each > 0).then(|| Help {
        words: fill(t.make_shorter, &[("n", &each.to_string())]),
        op: edited(step, |plan| plan.each_s = each),
    });
    Said { words, helps: std::iter::once(longer).chain(shorter).collect() }
}

fn cut(t: &RunSheetTexts, workshop: &Workshop, cut: Cut) -> Option<Help> {
    Some(match cut {
        Cut::Shorten { step, minutes } => {
            let step = workshop.step(step)?;
            let (before, after) = (step.plan.minutes.to_string(), minutes.to_string());
            let words = fill(t.cut_shorten, &[("title", &step.plan.title), ("before", &before), ("n", &after)]);
            Help { words, op: edited(step, |plan| plan.minutes = minutes) }
        }
        Cut::Skip { step } => {
            let step = workshop.step(step)?;
            let minutes = step.plan.minutes.to_string();
            let words = fill(t.cut_skip, &[("title", &step.plan.title), ("n", &minutes)]);
            Help { words, op: WorkshopOp::SkipStep { step: step.id, skip: Skip::Yes } }
        }
    })
}

fn said(t: &RunSheetTexts, workshop: &Workshop, misfit: &Misfit) -> Option<Said> {
    Some(match misfit {
        Misfit::Turns { step, people, needs } => turns(t, workshop.step(*step)?, *people, *needs),
        Misfit::Room { takes, room, cuts } => {
            let over = takes.saturating_sub(u32::from(*room)).to_string();
            let numbers = [("takes", takes.to_string()), ("room", room.to_string()), ("over", over)];
            let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, n)| (*name, n.as_str())).collect();
            let sentence = if cuts.is_empty() { t.room_short_no_cut } else { t.room_short };
            let helps = cuts.iter().filter_map(|one| cut(t, workshop, *one)).collect();
            Said { words: fill(sentence, &numbers), helps }
        }
    })
}

/// How many people sit in the largest group.
fn people(table: Table, workshop: &Workshop) -> u16 {
    let seated =
        |group: GroupId| table.session.roster().with(|roster| roster.as_ref().map_or(0, |roster| roster.seated(group)));
    match workshop.groups.iter().map(|group| seated(group.id)).max() {
        None | Some(0) => workshop.seats.min(USUAL_PEOPLE),
        Some(most) => u16::try_from(most).unwrap_or(u16::MAX),
    }
}

/// All that does not fit; nothing when all does.
pub fn misfits(table: Table) -> AnyView {
    let workshop = table.session.workshop();
    let all = Memo::new(move |_| {
        let t = table.t();
        workshop.with(|doc| {
            let Some(doc) = doc.as_deref() else { return Vec::new() };
            let found = found(&doc.steps, people(table, doc), doc.room_minutes);
            found.iter().filter_map(|misfit| said(t, doc, misfit)).collect()
        })
    });
    let one = move |said: Said| {
        let help = move |help: Help| {
            let press = move || {
                table.done.run(help.op.clone());
                // The button is gone, and so is what it was about.
                request_animation_frame(|| {
                    crate::platform::dom::focus(TITLE);
                });
            };
            button("button", help.words.into(), press)
        };
        let helps: Vec<AnyView> = said.helps.into_iter().map(help).collect();
        view! {
            <li>
                <p>{said.words}</p>
                <div class="chips-row">{helps}</div>
            </li>
        }
        .into_any()
    };
    let rows = move || all.get().into_iter().map(one).collect::<Vec<AnyView>>();
    let any = flag(move || all.with(|all| !all.is_empty()));
    let list = move || {
        view! {
            <section class="misfits" aria-label=word(|t| t.run_sheet.misfits)>
                <ul>{rows}</ul>
            </section>
        }
        .into_any()
    };
    let count = text(move || all.with(|all| all.iter().map(|said| said.words.as_str()).collect::<Vec<_>>().join(" ")));
    view! {
        <div>
            <p class="visually-hidden" role="status">{count}</p>
            {when(any, list)}
        </div>
    }
    .into_any()
}
