//! What one group built, for who has the link to keep: the board to look at, and what its people took with them. Knows nobody's key.

use shared::GroupId;
use shared::docs::workshop::Workshop;

use super::board::{Access, board, partings};
use super::live::{flag, group_name, text, when, word};
use super::screen::{TITLE, screen};
use crate::reactive::*;
use crate::store::Session;

/// The screen.
pub fn kept(session: Session, group: GroupId) -> AnyView {
    let workshop = session.workshop();
    let of = move |read: fn(&Workshop, GroupId) -> String| {
        let workshop = workshop.clone();
        text(move || workshop.with(|doc| doc.as_deref().map(|doc| read(doc, group)).unwrap_or_default()))
    };
    let title = of(|doc, _| doc.title.clone());
    let name = of(|doc, group| doc.group(group).map(|group| group.name.clone()).unwrap_or_default());
    let groups = session.groups();
    let written = Memo::new(move |_| {
        groups.track();
        session.board(group).is_some_and(|board| {
            board.changed().track();
            board.loaded().get() && partings::any(board)
        })
    });
    let taken = move || {
        let board = session.board(group)?;
        Some(
            view! {
                <section>
                    <h2 class="kept-words">{word(|t| t.step.kept_words)}</h2>
                    <div class="step-body check-out">{partings::to_read(session, board)}</div>
                </section>
            }
            .into_any(),
        )
    };
    let content = view! {
        <header class="kept-head">
            <h1 id=TITLE tabindex="-1">{title}</h1>
            <p class="kept-group"><strong>{group_name(group)}</strong> " " {name}</p>
            <p class="hint">{word(|t| t.step.kept_hint)}</p>
        </header>
        {board(session, group, Access::Read)}
        {when(flag(move || written.get()), move || taken().into_any())}
    };
    screen("at-board kept", word(|t| t.step.kept_title), content.into_any())
}
