//! Seated, and waiting for the lead: which group, and who sits there.

use leptos::prelude::*;
use shared::docs::board::Seated;
use shared::{Capability, GroupId, PersonId};

use super::screen::{Screen, TITLE};
use crate::i18n::{self, tr, use_speech};
use crate::store::Session;

/// The seat of a participant. `looked` is set when they want to see the board already.
#[component]
pub fn Seat(session: Session, group: GroupId, looked: RwSignal<bool>) -> impl IntoView {
    let speech = use_speech();
    let number = move |text: &str| i18n::fill(text, &[("n", &group.to_string())]);
    let place = move || number(i18n::texts(speech.get()).common.group_n);
    let with = move || number(i18n::texts(speech.get()).join.seat_with);
    let workshop = session.workshop();
    let title = {
        let workshop = workshop.clone();
        move || workshop.with(|doc| doc.as_ref().map(|doc| doc.title.clone()))
    };
    view! {
        <Screen title=Signal::derive(tr(|t| t.join.seat_screen)) class="narrow seat">
            <p class="hint">{title}</p>
            <h1 id=TITLE tabindex="-1">
                <span class="before">{tr(|t| t.join.seat_hello)}</span>
                " "
                <span class="group">{place}</span>
                <span class="after">{tr(|t| t.join.seat_desu)}</span>
            </h1>
            <p>{tr(|t| t.join.seat_sit)}</p>
            <section aria-labelledby="with-title">
                <h2 id="with-title">{with}</h2>
                <Neighbours session group/>
            </section>
            <p class="wait">{tr(|t| t.join.seat_wait)}</p>
            <button type="button" class="button" on:click=move |_| looked.set(true)>{tr(|t| t.join.seat_look)}</button>
        </Screen>
    }
}

/// Who sits here, oneself first.
#[component]
fn Neighbours(session: Session, group: GroupId) -> impl IntoView {
    let (groups, me) = (session.groups(), session.me());
    let people = Memo::new(move |_| {
        let own = me.with(|me| match me.map(|me| me.capability) {
            Some(Capability::Participant(person)) => Some(person),
            _ => None,
        });
        groups.track();
        let mut people: Vec<(bool, PersonId, String)> = session.board(group).map_or_else(Vec::new, |board| {
            let here = |members: &std::sync::Arc<std::collections::BTreeMap<PersonId, shared::docs::board::Member>>| {
                let seated = members.iter().filter(|(_, member)| member.seated == Seated::Here);
                seated.map(|(id, member)| (Some(*id) != own, *id, member.name.clone())).collect()
            };
            board.members().with(here)
        });
        people.sort_unstable();
        people
    });
    let alone = move || people.with(|people| people.len() < 2);
    view! {
        <ul class="people">
            <For each=move || people.get() key=|(_, id, _)| *id let((other, _id, name))>
                <li>
                    {name}
                    {(!other).then(|| view! { <span class="hint">"（"{tr(|t| t.join.seat_you)}"）"</span> })}
                </li>
            </For>
        </ul>
        <p class="hint" role="status">{move || alone().then(tr(|t| t.join.seat_alone))}</p>
    }
}
