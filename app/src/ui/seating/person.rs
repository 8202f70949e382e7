//! What can be done about one person: another table, a fixed seat, no-show, what is known of them, with whom they sit.

use shared::docs::roster::{About, Hold, Pair, Roster, RosterOp, Rule};
use shared::limits::TRAIT_CHARS_MAX;
use shared::text::tidy;
use shared::{GroupId, PersonId};
use web_sys::{HtmlSelectElement, SubmitEvent};

use super::tables::{Comes, known, name_of};
use super::{Hall, personal, told};
use crate::i18n::{SeatingTexts, fill};
use crate::platform::dom;
use crate::reactive::*;
use crate::ui::line_field::{LineField, field, value};
use crate::ui::live::{Word, button, group_name, text, word};
use crate::ui::run_sheet::sheet::{self, Beside};

mod out;
mod phone;

const GROUP: &str = "person-group";
const SECTION: &str = "person-section";
const AGE: &str = "person-age";
const ACTOR: &str = "person-actor";
const OTHER: &str = "person-other";

/// What the sheet is about, as it is when it is opened.
#[derive(Clone)]
struct One {
    hall: Hall,
    id: PersonId,
    name: String,
    section: String,
    about: About,
    group: Option<GroupId>,
    comes: Comes,
}

/// The sheet.
pub fn sheet(hall: Hall) -> AnyView {
    sheet::sheet(hall.person, Beside::Stays, move |id| {
        let id = PersonId(id);
        let one = untrack(|| {
            let planned = hall.proposed().get(&id).copied();
            hall.roster(|roster| {
                known(roster, id).map(|one| One {
                    hall,
                    id,
                    name: one.name.to_owned(),
                    section: one.section.to_owned(),
                    about: one.about.clone(),
                    group: planned.or(one.group),
                    comes: one.comes,
                })
            })
        });
        one.map_or_else(|| ().into_any(), |one| content(&one))
    })
}

/// What is chosen in a list of choices.
fn choice(name: &str) -> Option<u32> {
    dom::by_id::<HtmlSelectElement>(name)?.value().parse().ok()
}

fn content(one: &One) -> AnyView {
    view! {
        <h2 id=sheet::TITLE>{one.name.clone()}</h2>
        {told(one.hall)}
        <div class="person-parts">
            {parts(one)}
            {personal::of_person(one.hall, one.id)}
            {sheet::close_button()}
        </div>
    }
    .into_any()
}

fn parts(one: &One) -> AnyView {
    match one.comes {
        Comes::Removed => out::back(one),
        Comes::Here => {
            view! { {place(one)} {holds(one)} {pairs(one)} {form(one)} {phone::phone(one)} {out::out(one)} }.into_any()
        }
        Comes::Expected => view! { {place(one)} {holds(one)} {pairs(one)} {form(one)} {forget(one)} }.into_any(),
    }
}

fn place(one: &One) -> AnyView {
    let (hall, id, now) = (one.hall, one.id, one.group);
    let option = |n: u16| {
        let group = GroupId(n);
        view! { <option value=n.to_string() selected=now == Some(group)>{group_name(group)}</option> }.into_any()
    };
    let options: Vec<AnyView> = (1..=untrack(|| hall.groups().0)).map(option).collect();
    let go = move || {
        let group = choice(GROUP).and_then(|group| u16::try_from(group).ok()).map(GroupId);
        if let Some(group) = group {
            hall.put(id, group);
        }
    };
    view! {
        <div class="form-row">
            <label for=GROUP>{word(|t| t.seating.place)}</label>
            <div class="person-line">
                <select class="field" id=GROUP>{options}</select>
                {button("button", word(|t| t.seating.put), go)}
            </div>
        </div>
    }
    .into_any()
}

impl One {
    /// Says something else of them.
    fn describe(&self, section: String, about: About, say: fn(&SeatingTexts) -> &'static str) {
        let ops = vec![RosterOp::Describe { person: self.id, section, about }];
        self.hall.rearrange(ops, Some(self.id), say);
    }

    /// What is known of them now: others may have written since the sheet was opened. Of somebody who is gone it is nothing,
    /// and what is asked for them is not done.
    fn now(&self) -> (String, About) {
        let known = |roster: &Roster| known(roster, self.id).map(|one| (one.section.to_owned(), one.about.clone()));
        untrack(|| self.hall.roster(known)).unwrap_or_default()
    }

    fn hold(&self, hold: Hold, say: fn(&SeatingTexts) -> &'static str) {
        let (section, about) = self.now();
        self.describe(section, About { hold, ..about }, say);
    }

    fn holding(&self, label: Word, hold: Hold, say: fn(&SeatingTexts) -> &'static str) -> AnyView {
        let one = self.clone();
        button("button", word(label), move || one.hold(hold, say))
    }
}

fn holds(one: &One) -> AnyView {
    let fix = match one.about.hold {
        Hold::Fixed => one.holding(|t| t.seating.unfix, Hold::Free, |t| t.unfixed),
        Hold::Free if one.group.is_some() => one.holding(|t| t.seating.fix, Hold::Fixed, |t| t.fixed),
        Hold::Free | Hold::Away => ().into_any(),
    };
    let away = match (one.about.hold, one.comes) {
        (Hold::Away, _) => one.holding(|t| t.seating.comes, Hold::Free, |t| t.said_comes),
        (_, Comes::Expected) => one.holding(|t| t.seating.no_show, Hold::Away, |t| t.said_away),
        (_, Comes::Here | Comes::Removed) => one.holding(|t| t.seating.has_gone, Hold::Away, |t| t.said_away),
    };
    view! { <div class="person-line">{fix}{away}</div> }.into_any()
}

fn pair_row(one: &One, pair: Pair) -> AnyView {
    let (hall, id) = (one.hall, one.id);
    let other = if pair.a == id { pair.b } else { pair.a };
    let name = untrack(|| hall.roster(|roster| name_of(roster, other)));
    let said = text(move || {
        let t = hall.t();
        fill(if pair.rule == Rule::Apart { t.is_apart } else { t.is_together }, &[("name", &name)])
    });
    let end = move || {
        hall.rearrange(vec![RosterOp::Pair { a: pair.a, b: pair.b, rule: None }], Some(id), |t| t.unpaired);
    };
    view! { <li class="person-line"><span>{said}</span>{button("button", word(|t| t.seating.unpair), end)}</li> }
        .into_any()
}

fn pairs(one: &One) -> AnyView {
    let (hall, id) = (one.hall, one.id);
    let (pairs, others) = untrack(|| {
        hall.roster(|roster| {
            let pairs: Vec<Pair> = roster.pairs.iter().filter(|pair| pair.a == id || pair.b == id).copied().collect();
            let people = roster.people.iter().map(|(id, one)| (*id, one.name.clone()));
            let guests = roster.guests.iter().map(|(id, one)| (*id, one.name.clone()));
            let others: Vec<(PersonId, String)> = people.chain(guests).filter(|(other, _)| *other != id).collect();
            (pairs, others)
        })
    });
    if others.is_empty() {
        return ().into_any();
    }
    let rows: Vec<AnyView> = pairs.into_iter().map(|pair| pair_row(one, pair)).collect();
    let option = |(id, name): (PersonId, String)| view! { <option value=id.0.to_string()>{name}</option> }.into_any();
    let options: Vec<AnyView> = others.into_iter().map(option).collect();
    let set = move |rule: Rule, say: fn(&SeatingTexts) -> &'static str| {
        move || {
            let other = choice(OTHER).map(PersonId);
            if let Some(other) = other {
                hall.rearrange(vec![RosterOp::Pair { a: id, b: other, rule: Some(rule) }], Some(id), say);
            }
        }
    };
    view! {
        <div class="form-row">
            <label for=OTHER>{word(|t| t.seating.pair)}</label>
            <ul class="person-pairs">{rows}</ul>
            <select class="field" id=OTHER>{options}</select>
            <div class="person-line">
                {button("button", word(|t| t.seating.keep_apart), set(Rule::Apart, |t| t.paired_apart))}
                {button("button", word(|t| t.seating.keep_together), set(Rule::Together, |t| t.paired_together))}
            </div>
        </div>
    }
    .into_any()
}

fn line(name: &'static str, label: Word) -> AnyView {
    let nothing = || text(String::new);
    LineField { name, kind: "text", label: word(label), hint: nothing(), example: nothing(), trouble: nothing() }.view()
}

/// What is known of them. The fields are filled once they are there, and never again.
fn form(one: &One) -> AnyView {
    let (section, about) = (one.section.clone(), one.about.clone());
    request_animation_frame(move || {
        for (name, text) in [(SECTION, &section), (AGE, &about.age), (ACTOR, &about.actor)] {
            if let Some(field) = field(name) {
                field.set_max_length(i32::try_from(TRAIT_CHARS_MAX).unwrap_or(i32::MAX));
                field.set_value(text);
            }
        }
    });
    let one = one.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let [section, age, actor] = [SECTION, AGE, ACTOR].map(|name| tidy(&value(name)).trim().to_owned());
        one.describe(section, About { age, actor, hold: one.now().1.hold }, |t| t.described);
    };
    view! {
        <form class="person-form" novalidate on:submit=submit>
            <h3>{word(|t| t.seating.about)}</h3>
            {line(SECTION, |t| t.seating.section)}
            {line(AGE, |t| t.seating.age)}
            {line(ACTOR, |t| t.seating.actor)}
            <p class="hint">{word(|t| t.seating.who_sees)}</p>
            <button type="submit" class="button">{word(|t| t.seating.save)}</button>
        </form>
    }
    .into_any()
}

fn forget(one: &One) -> AnyView {
    let (hall, person) = (one.hall, one.id);
    button("button wide", word(|t| t.seating.forget), move || {
        hall.rearrange(vec![RosterOp::Forget { person }], None, |t| t.forgotten);
    })
}
