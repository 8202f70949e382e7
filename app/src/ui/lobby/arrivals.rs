//! Who has come: how many, the latest by name, and the groups filling up.

use shared::docs::roster::Roster;
use shared::{GroupId, PersonId};

use crate::element::Element;
use crate::i18n::{self, fill, use_speech};
use crate::reactive::*;
use crate::store::Session;
use crate::ui::live::{group_name, rows, text, with_number, word};

/// So many of the latest are named.
const LATEST: usize = 6;

/// Reads the roster as it is now; nothing comes of it before it is here.
fn read<T: Default>(session: Session, read: impl FnOnce(&Roster) -> T) -> T {
    session.roster().with(|roster| roster.as_deref().map(read)).unwrap_or_default()
}

/// So many of so many seats.
fn of_seats(text: &str, n: usize, seats: usize) -> String {
    fill(text, &[("n", &n.to_string()), ("seats", &seats.to_string())])
}

/// How many have come, and the latest of them.
pub fn arrivals(session: Session) -> Element {
    let speech = use_speech();
    let workshop = session.workshop();
    let texts = move || &i18n::texts(speech.get()).lobby;
    let arrived = move || read(session, |roster| roster.people.len());
    let count = text(move || with_number(texts().arrived, arrived() as u64));
    let free = text(move || {
        let seats = workshop.with(|doc| doc.as_ref().map_or(0, |doc| usize::from(doc.seats) * doc.groups.len()));
        with_number(texts().free, seats.saturating_sub(arrived()) as u64)
    });
    let latest = Memo::new(move |_| -> Vec<u32> {
        read(session, |roster| {
            // Who was expected has an id from before they came.
            let mut came: Vec<_> = roster.people.iter().map(|(id, one)| (one.joined_at, id.0)).collect();
            came.sort_unstable();
            came.iter().rev().take(LATEST).map(|(_, id)| *id).collect()
        })
    });
    let row = move |id: u32| {
        let arrival = text(move || {
            read(session, |roster| match roster.people.get(&PersonId(id)) {
                Some(one) => fill(texts().arrival, &[("name", &one.name), ("n", &one.group.to_string())]),
                None => String::new(),
            })
        });
        view! { <li>{arrival}</li> }.into_any()
    };
    let nobody = text(move || if latest.with(Vec::is_empty) { texts().nobody } else { "" }.to_owned());
    view! {
        <section class="arrivals" aria-label=word(|t| t.lobby.arrived_label)>
            <p class="count tabular" role="status">{count}</p>
            <p class="hint tabular">{free}</p>
            <p class="hint">{nobody}</p>
            <ul aria-label=word(|t| t.lobby.newest)>{rows(latest.into(), row)}</ul>
        </section>
    }
}

/// The groups, with who sits where.
pub fn seats(session: Session) -> Element {
    view! {
        <section class="seats" aria-labelledby="seats-title">
            <h2 id="seats-title">{word(|t| t.lobby.groups)}</h2>
            <ul>{rows(session_groups(session), move |group| table(session, group))}</ul>
        </section>
    }
}

/// The numbers of the groups, as keys of rows.
pub fn session_groups(session: Session) -> Signal<Vec<u32>> {
    let workshop = session.workshop();
    let groups = Memo::new(move |_| -> Vec<u32> {
        workshop.with(|doc| {
            let groups = doc.as_ref().map(|doc| doc.groups.as_slice()).unwrap_or_default();
            groups.iter().map(|group| u32::from(group.id.0)).collect()
        })
    });
    groups.into()
}

/// The group of a row.
pub fn group_of(key: u32) -> GroupId {
    GroupId(u16::try_from(key).unwrap_or_default())
}

fn table(session: Session, key: u32) -> AnyView {
    let (group, speech) = (group_of(key), use_speech());
    let workshop = session.workshop();
    let named = workshop.clone();
    let texts = move || &i18n::texts(speech.get()).lobby;
    let name = text(move || {
        named.with(|doc| doc.as_ref().and_then(|doc| Some(doc.group(group)?.name.clone())).unwrap_or_default())
    });
    let taken = text(move || {
        let seats = workshop.with(|doc| doc.as_ref().map_or(0, |doc| usize::from(doc.seats)));
        of_seats(texts().seats, read(session, |roster| roster.seated(group)), seats)
    });
    let here = move || {
        let names = read(session, |roster| {
            let mine = roster.people.values().filter(|person| person.group == group);
            mine.map(|person| view! { <span class="person">{person.name.clone()}</span> }.into_any())
                .collect::<Vec<_>>()
        });
        names.into_any()
    };
    let nobody = text(move || {
        if read(session, |roster| roster.seated(group)) == 0 { texts().empty_group } else { "" }.to_owned()
    });
    view! {
        <li class="table">
            <h3>{group_name(group)} " " {name}</h3>
            <p class="hint tabular">{taken}</p>
            <p class="names">{here} <span class="hint">{nobody}</span></p>
        </li>
    }
    .into_any()
}
