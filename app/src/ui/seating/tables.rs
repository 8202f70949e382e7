//! The tables: who sits where, or is to, and how mixed each is. A person is a button that opens what can be done about them.

use shared::docs::roster::{About, Hold, Pair, Roster, Rule};
use shared::seating::Mixed;
use shared::{GroupId, PersonId};
use web_sys::MouseEvent;

use super::Hall;
use super::seen::Seen;
use crate::element::Element;
use crate::i18n::{SeatingTexts, fill};
use crate::reactive::*;
use crate::ui::live::{flag, group_name, rows, text, when, with_number, word};

/// The id of somebody's button.
pub fn person_id(person: PersonId) -> String {
    let mut id = "person-".to_owned();
    id.push_str(&person.0.to_string());
    id
}

/// Whether somebody is here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comes {
    /// They are.
    Here,
    /// They are expected.
    Expected,
    /// They were taken out.
    Removed,
}

/// What is known of somebody.
pub struct Known<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their section.
    pub section: &'a str,
    /// The rest.
    pub about: &'a About,
    /// Where they sit, or are to.
    pub group: Option<GroupId>,
    /// Whether they are here.
    pub comes: Comes,
}

/// Somebody of the roster.
pub fn known(roster: &Roster, person: PersonId) -> Option<Known<'_>> {
    let here =
        roster.people.get(&person).map(|one| (&one.name, &one.section, &one.about, Some(one.group), Comes::Here));
    let guest =
        || roster.guests.get(&person).map(|one| (&one.name, &one.section, &one.about, one.group, Comes::Expected));
    let out = || {
        let out = roster.removed.get(&person);
        out.map(|one| (&one.name, &one.section, &one.about, Some(one.group), Comes::Removed))
    };
    let (name, section, about, group, comes) = here.or_else(guest).or_else(out)?;
    Some(Known { name, section, about, group, comes })
}

/// Their name; empty when they are gone.
pub fn name_of(roster: &Roster, person: PersonId) -> String {
    known(roster, person).map(|one| one.name.to_owned()).unwrap_or_default()
}

/// What is said of somebody beside their name.
fn details(t: &SeatingTexts, one: &Known<'_>) -> String {
    let state = match (one.comes, one.about.hold) {
        (Comes::Removed, _) => t.is_removed,
        (_, Hold::Away) => t.is_away,
        (Comes::Expected, Hold::Free) => t.is_expected,
        (Comes::Expected, Hold::Fixed) => t.is_expected_fixed,
        (Comes::Here, Hold::Fixed) => t.is_fixed,
        (Comes::Here, Hold::Free) => "",
    };
    let all = [one.section, &one.about.age, &one.about.actor, state];
    all.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// How mixed a table is, in words.
fn mixed(t: &SeatingTexts, mixed: &[Mixed]) -> String {
    let mut said = Vec::new();
    for (word, one) in [t.mixed_section, t.mixed_age, t.mixed_actor].into_iter().zip(mixed) {
        if one.possible > 1 {
            said.push(fill(word, &[("n", &one.present.to_string()), ("of", &one.possible.to_string())]));
        }
    }
    said.join("　")
}

/// All tables, and who has none.
pub fn tables(hall: Hall) -> Element {
    let seen = Memo::new(move |_| {
        let ((groups, seats), proposed) = (hall.groups(), hall.proposed());
        hall.roster(|roster| Seen::of(roster, groups, seats, &proposed))
    });
    let groups = Memo::new(move |_| (1..=u32::from(hall.groups().0)).collect::<Vec<u32>>());
    let title = text(move || {
        let proposed = hall.proposal.with(Option::is_some);
        if proposed { hall.t().tables_proposed } else { hall.t().tables }.to_owned()
    });
    let broken = flag(move || seen.with(|seen| !seen.broken.is_empty()));
    let without = Memo::new(move |_| seen.with(|seen| seen.without.clone()));
    let away = Memo::new(move |_| seen.with(|seen| seen.away.clone()));
    let removed = Memo::new(move |_| hall.roster(|roster| roster.removed.keys().map(|id| id.0).collect::<Vec<u32>>()));
    view! {
        <section class="seat-plan" class:proposed=flag(move || hall.proposal.with(Option::is_some)) aria-labelledby="seat-plan-title">
            <h2 id="seat-plan-title">{title}</h2>
            {when(broken, move || broken_rules(hall, seen))}
            {apart(hall, without, |t| t.without_n)}
            <ul class="seat-tables">{rows(groups.into(), move |group| table(hall, seen, group))}</ul>
            {apart(hall, away, |t| t.away_n)}
            {apart(hall, removed, |t| t.removed_n)}
        </section>
    }
}

fn broken_rules(hall: Hall, seen: Memo<Seen>) -> AnyView {
    let said = text(move || {
        let t = hall.t();
        let one = |pair: &Pair| {
            let [a, b] = hall.roster(|roster| [pair.a, pair.b].map(|id| name_of(roster, id)));
            let word = if pair.rule == Rule::Apart { t.broken_apart } else { t.broken_together };
            fill(word, &[("a", &a), ("b", &b)])
        };
        seen.with(|seen| seen.broken.iter().map(one).collect::<Vec<_>>().join(" "))
    });
    view! { <p class="broken-rules" role="status">{said}</p> }.into_any()
}

/// People who sit at no table.
fn apart(hall: Hall, people: Memo<Vec<u32>>, title: fn(&SeatingTexts) -> &'static str) -> AnyView {
    let some = flag(move || people.with(|people| !people.is_empty()));
    let list = move || {
        let count = text(move || with_number(title(hall.t()), people.with(Vec::len) as u64));
        view! {
            <div class="seat-apart">
                <h3>{count}</h3>
                <ul class="seat-people">{rows(people.into(), move |id| person(hall, id))}</ul>
            </div>
        }
        .into_any()
    };
    when(some, list)
}

fn table(hall: Hall, seen: Memo<Seen>, group: u32) -> AnyView {
    let at = usize::try_from(group).unwrap_or_default().saturating_sub(1);
    let people =
        Memo::new(move |_| seen.with(|seen| seen.tables.get(at).map(|table| table.people.clone()).unwrap_or_default()));
    let count = text(move || {
        let numbers = [people.with(Vec::len).to_string(), hall.groups().1.to_string()];
        let [n, seats] = &numbers;
        fill(hall.t().of_seats, &[("n", n), ("seats", seats)])
    });
    let how = text(move || {
        seen.with(|seen| seen.tables.get(at).map(|table| mixed(hall.t(), &table.mixed)).unwrap_or_default())
    });
    let empty = flag(move || people.with(Vec::is_empty));
    let group = GroupId(u16::try_from(group).unwrap_or_default());
    view! {
        <li class="seat-table">
            <h3>{group_name(group)} " " <span class="hint tabular">{count}</span></h3>
            <p class="seat-mixed">{how}</p>
            {when(empty, || view! { <p class="hint">{word(|t| t.seating.empty_table)}</p> }.into_any())}
            <ul class="seat-people">{rows(people.into(), move |id| person(hall, id))}</ul>
        </li>
    }
    .into_any()
}

fn person(hall: Hall, id: u32) -> AnyView {
    let who = PersonId(id);
    let name = text(move || hall.roster(|roster| name_of(roster, who)));
    let more =
        text(move || hall.roster(|roster| known(roster, who).map(|one| details(hall.t(), &one)).unwrap_or_default()));
    let open: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| {
        // What was said of something else is not said of them.
        hall.told.set(Default::default());
        hall.person.set(id);
    });
    view! {
        <li>
            <button type="button" class="button seat-person" id=person_id(who) aria-haspopup="dialog" on:click=open>
                <span class="seat-name">{name}</span>
                <span class="hint">{more}</span>
            </button>
        </li>
    }
    .into_any()
}
