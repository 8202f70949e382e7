//! Who has come: how many, the latest by name, and the groups filling up.

use leptos::prelude::*;
use shared::docs::roster::Person;
use shared::{GroupId, PersonId};

use super::{of, roster};
use crate::i18n::{self, tr, use_speech};
use crate::store::Session;

/// So many of the latest are named.
const LATEST: usize = 6;

/// How many have come, and the latest of them.
#[component]
pub fn Arrivals(session: Session) -> impl IntoView {
    let speech = use_speech();
    let people = roster(session);
    let seats = of(session, |doc| usize::from(doc.seats) * doc.groups.len());
    let texts = move || &i18n::texts(speech.get()).lobby;
    let count = move || {
        let (n, seats) = (people.with(|roster| roster.people.len()), seats.get().unwrap_or(0));
        i18n::fill(texts().arrived, &[("n", &n.to_string()), ("seats", &seats.to_string())])
    };
    let latest = Memo::new(move |_| {
        let named = |(id, person): (&PersonId, &Person)| (*id, person.name.clone(), person.group);
        people.with(|roster| roster.people.iter().rev().take(LATEST).map(named).collect::<Vec<_>>())
    });
    let name = move |(name, group): (String, GroupId)| {
        move || i18n::fill(texts().arrival, &[("name", &name), ("n", &group.to_string())])
    };
    view! {
        <section class="arrivals" aria-label=tr(|t| t.lobby.arrived_label)>
            <p class="count tabular" role="status">{count}</p>
            <p class="hint">{move || latest.with(Vec::is_empty).then(|| texts().nobody)}</p>
            <ul aria-label=tr(|t| t.lobby.newest)>
                <For each=move || latest.get() key=|(id, ..)| *id let((_id, who, group))>
                    <li>{name((who, group))}</li>
                </For>
            </ul>
        </section>
    }
}

/// The groups, with who sits where.
#[component]
pub fn Seats(session: Session) -> impl IntoView {
    let groups = of(session, |doc| doc.groups.iter().map(|group| group.id).collect::<Vec<_>>());
    view! {
        <section class="seats" aria-labelledby="seats-title">
            <h2 id="seats-title">{tr(|t| t.lobby.groups)}</h2>
            <ul>
                <For each=move || groups.get().unwrap_or_default() key=|group| *group let:group>
                    <Table session group/>
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Table(session: Session, group: GroupId) -> impl IntoView {
    let speech = use_speech();
    let people = roster(session);
    let seats = of(session, |doc| doc.seats);
    let name = of(session, move |doc| doc.group(group).map(|group| group.name.clone()).unwrap_or_default());
    let texts = move || i18n::texts(speech.get());
    let title = move || {
        let number = i18n::fill(texts().common.group_n, &[("n", &group.to_string())]);
        format!("{number} {}", name.get().unwrap_or_default())
    };
    let here = Memo::new(move |_| {
        let mine = |person: &&Person| person.group == group;
        people.with(|roster| roster.people.values().filter(mine).map(|person| person.name.clone()).collect::<Vec<_>>())
    });
    let taken = move || {
        let (n, seats) = (here.with(Vec::len), seats.get().unwrap_or(0));
        i18n::fill(texts().lobby.seats, &[("n", &n.to_string()), ("seats", &seats.to_string())])
    };
    let names = move || match here.get() {
        names if names.is_empty() => view! { <span class="hint">{texts().lobby.empty_group}</span> }.into_any(),
        names => names.into_iter().map(|name| view! { <span class="person">{name}</span> }).collect_view().into_any(),
    };
    view! {
        <li class="table">
            <h3>{title}</h3>
            <p class="hint tabular">{taken}</p>
            <p class="names">{names}</p>
        </li>
    }
}
