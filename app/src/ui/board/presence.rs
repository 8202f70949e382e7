//! Who is here, who wrote what, who is writing where: always by name.

use shared::access::By;
use shared::docs::board::Seated;
use shared::presence::Doing;
use shared::{CardId, SortedSet};

use super::piece::{text, word};
use super::state::BoardState;
use crate::i18n::fill;
use crate::reactive::*;

/// What somebody is called; nothing for the server. Tracked.
pub fn name_of(state: BoardState, by: By) -> Option<String> {
    let t = &state.t().everywhere;
    match by {
        By::Server => None,
        By::Lead => Some(t.lead.to_owned()),
        By::Helper => Some(t.helper.to_owned()),
        By::Person(person) => {
            let name = state.board.members().with(|members| members.get(&person).map(|member| member.name.clone()));
            Some(name.unwrap_or_else(|| state.t().step.of_another_group.to_owned()))
        }
    }
}

/// The same, where it is oneself: "you".
pub fn name_or_you(state: BoardState, by: By) -> Option<String> {
    if state.you.get() == Some(by) { Some(state.t().board.you.to_owned()) } else { name_of(state, by) }
}

/// Others who do this now, as one sentence; empty when nobody does. Who is at a card concerns that card alone.
fn others_at(state: BoardState, doing: Doing, one: &'static str, many: &'static str) -> String {
    let me = state.me.get();
    let at = state.board.present().with_untracked(|present| {
        present.iter().filter(|one| one.doing == doing && Some(one.by) != me).map(|one| one.by).collect::<Vec<_>>()
    });
    let Some(first) = at.first().and_then(|by| name_of(state, *by)) else { return String::new() };
    let more = (at.len() - 1).to_string();
    fill(if at.len() == 1 { one } else { many }, &[("name", &first), ("n", &more)])
}

/// Who else writes in this card, or adds a cause to it.
pub fn writers(state: BoardState, card: CardId) -> Signal<String> {
    text(move || {
        state.concern.track(card);
        let t = &state.t().board;
        let written = others_at(state, Doing::Writing(card), t.writes_here, t.write_here);
        if written.is_empty() { others_at(state, Doing::Adding(card), t.adds_here, t.add_here) } else { written }
    })
}

/// Who is at the board now, and who of the group is not.
pub fn who_is_here(state: BoardState) -> AnyView {
    let here = move || {
        let me = state.me.get();
        let here =
            state.board.present().with(|present| SortedSet::of(present.iter().map(|one| (Some(one.by) != me, one.by))));
        here.keys().map(|(_, by)| *by).collect::<Vec<_>>()
    };
    let joined = move |names: Vec<String>| names.join(state.t().board.and);
    let names = text(move || joined(here().into_iter().filter_map(|by| name_or_you(state, by)).collect()));
    let absent = text(move || {
        let here = here();
        let names: Vec<String> = state.board.members().with(|members| {
            let seated = members.iter().filter(|(_, member)| member.seated == Seated::Here);
            let gone = seated.filter(|(person, _)| !here.contains(&By::Person(**person)));
            gone.map(|(_, member)| member.name.clone()).collect()
        });
        if names.is_empty() { String::new() } else { fill(state.t().board.away, &[("names", &joined(names))]) }
    });
    view! {
        <p class="board-people">
            <span class="label">{word(|t| t.board.here)}</span>
            " "
            {names}
            " "
            <span class="away">{absent}</span>
        </p>
    }
    .into_any()
}
