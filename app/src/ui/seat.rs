//! Seated, and waiting for the lead: which group, and who sits there.

use shared::docs::board::Seated;
use shared::{Capability, GroupId, PersonId};

use super::board::write_for;
use super::live::{button, number, rows, text, word};
use super::screen::{TITLE, screen};
use crate::reactive::*;
use crate::store::Session;

/// The seat of a participant. `looked` is set when they want to see the board already.
pub fn seat(session: Session, group: GroupId, looked: RwSignal<bool>) -> AnyView {
    let workshop = session.workshop();
    let title = text(move || workshop.with(|doc| doc.as_ref().map(|doc| doc.title.clone()).unwrap_or_default()));
    let content = view! {
        <p class="hint">{title}</p>
        <h1 id=TITLE tabindex="-1">
            <span class="before">{word(|t| t.join.seat_hello)}</span>
            " "
            <span class="group">{number(|t| t.join.seat_is, group.0)}</span>
        </h1>
        <p>{word(|t| t.join.seat_sit)}</p>
        <section aria-labelledby="with-title">
            <h2 id="with-title">{number(|t| t.join.seat_with, group.0)}</h2>
            {neighbours(session, group)}
        </section>
        <p class="wait">{word(|t| t.join.seat_wait)}</p>
        {button("button", word(|t| t.join.seat_look), move || looked.set(true))}
        <details class="seat-others">
            <summary class="button quiet">{word(|t| t.write_for.at_seat)}</summary>
            <p class="hint">{word(|t| t.write_for.at_seat_hint)}</p>
            {write_for::add(session, group)}
        </details>
    };
    screen("narrow seat", word(|t| t.join.seat_screen), content.into_any())
}

/// Who sits here, in the order in which they came, and which of them is oneself.
pub fn neighbours(session: Session, group: GroupId) -> Vec<AnyView> {
    let (groups, me) = (session.groups(), session.me());
    let own = move || match me.with(|me| me.map(|me| me.capability)) {
        Some(Capability::Participant(person)) => Some(person),
        _ => None,
    };
    let people = Memo::new(move |_| {
        groups.track();
        let mut here: Vec<u32> = Vec::new();
        if let Some(board) = session.board(group) {
            board.members().with(|members| {
                let seated = members.iter().filter(|(_, member)| member.seated == Seated::Here);
                here.extend(seated.map(|(id, _)| id.0));
            });
        }
        here
    });
    let name = move |id: u32| {
        let id = PersonId(id);
        let name = text(move || {
            let name = |board: crate::store::BoardStore| {
                board.members().with(|members| members.get(&id).map(|member| member.name.clone()))
            };
            session.board(group).and_then(name).unwrap_or_default()
        });
        let you = (own() == Some(id)).then(|| view! { <span class="hint">"（"{word(|t| t.join.seat_you)}"）"</span> });
        view! { <li>{name} {you}</li> }.into_any()
    };
    let alone = word(|t| t.join.seat_alone);
    let alone = text(move || if people.with(Vec::len) < 2 { alone.get() } else { String::new() });
    view! {
        <ul class="people">{rows(people.into(), name)}</ul>
        <p class="hint" role="status">{alone}</p>
    }
}
