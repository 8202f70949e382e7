//! Which branch is read: those that nobody has read yet come first.

use super::super::Sheet;
use super::super::card::level_label;
use super::super::piece::{Button, Word, text, word};
use super::super::state::BoardState;
use super::chain::{self, Branch};
use crate::i18n::fill;
use crate::reactive::*;

/// The branches, as they were when they were asked for: what others do moves nothing under a finger.
pub fn branches(state: BoardState) -> AnyView {
    let all = untrack(|| state.board.read(chain::branches)).unwrap_or_default();
    let (read, unread): (Vec<Branch>, Vec<Branch>) = all.into_iter().partition(|branch| branch.unread == 0);
    let hint: Word =
        if read.is_empty() && unread.is_empty() { |t| t.reading.nothing } else { |t| t.reading.choose_hint };
    view! {
        <h2 id="board-sheet-title">{word(|t| t.reading.choose)}</h2>
        <p class="hint">{word(hint)}</p>
        {part(state, |t| t.reading.unread, unread)}
        {part(state, |t| t.reading.read, read)}
    }
    .into_any()
}

fn part(state: BoardState, title: Word, branches: Vec<Branch>) -> Option<AnyView> {
    let rows = branches.into_iter().map(|branch| row(state, branch)).collect::<Vec<_>>();
    let part = (!rows.is_empty()).then_some(rows)?;
    Some(view! { <section><h3>{word(title)}</h3><ul class="outline reading-branches">{part}</ul></section> }.into_any())
}

fn row(state: BoardState, branch: Branch) -> AnyView {
    let Branch { leaf, level, text: words, unread } = branch;
    let label = level_label(state, level);
    let words = text(move || [label.get(), words.clone()].join(": "));
    let left = text(move || match unread {
        0 => String::new(),
        n => fill(state.t().reading.links_left, &[("n", &n.to_string())]),
    });
    let button = Button::new("button wide choice-card", words).with_shape("∴".into());
    view! { <li>{button.on(move || state.sheet.set(Some(Sheet::Read(leaf))))}<p class="hint">{left}</p></li> }
        .into_any()
}
