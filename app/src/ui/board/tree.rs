//! The why-tree, drawn once for phones and large screens: nested lists, which the stylesheet lays out.

use shared::CardId;
use shared::docs::board::{Board, Place};

use super::super::live::{Key, list};
use super::super::sideways;
use super::piece::{flag, when, word};
use super::screen::Layout;
use super::state::BoardState;
use super::writing::Writing;
use super::{card, draft, keys, premises};
use crate::edit::Target;
use crate::element::Element;
use crate::reactive::*;

/// The tree from its root.
pub fn tree(state: BoardState) -> Element {
    let root = move || {
        let root = state.root.get();
        let level = state.board.read(|board| board.level(root)).flatten().unwrap_or(0);
        card::node(state, root, level)
    };
    view! {
        <ul
            id=sideways::TREE
            class="tree"
            role="tree"
            aria-label=word(|t| t.board.tree)
            on:keydown=move |event| keys::on_tree(state, &event)
        >
            {root}
        </ul>
    }
}

/// The causes of a card, and the field for one more.
pub fn branch(state: BoardState, parent: CardId, level: usize) -> AnyView {
    let children = state.board.children(parent);
    let rows = Memo::new(move |before: Option<&Vec<Key>>| {
        children.track();
        state.concern.track(parent);
        let writing = state.writing.get_untracked();
        let now = rows(state, parent, writing);
        let held = state.held(writing).contains(&parent);
        before.filter(|_| held).map_or(now.clone(), |before| steady(before, &now))
    });
    let shown = flag(move || {
        state.concern.track(parent);
        rows.with(|rows| !rows.is_empty()) && !state.folded.with_untracked(|folded| folded.contains_key(&parent))
    });
    let row = move |row: Key| match row {
        Key::Card(id) => card::node(state, id, level),
        Key::Number(n) => draft::row(state, n, level),
    };
    let branch = move || {
        view! {
            <ul class="branch" role="group">
                {list(Box::new(move || rows.get()), Box::new(row))}
            </ul>
        }
        .into_any()
    };
    let branch = when(shown, branch);
    if parent != CardId::THEME {
        return branch;
    }
    view! { {premises::strip(state, Layout::Nested)} {branch} }.into_any()
}

/// The rows under a card. A card that is being written in stays where its field was opened, whatever others do to it; so do the
/// cards above it.
fn rows(state: BoardState, parent: CardId, writing: Option<Writing>) -> Vec<Key> {
    let held = state.held(writing);
    let here = held.iter().zip(held.iter().skip(1)).find(|(_, above)| **above == parent).map(|(id, _)| *id);
    let own = here.or(writing.and_then(|writing| writing.card));
    let read = |board: &Board| {
        let drawn: Vec<CardId> = board.children(parent).map(|(id, _)| id).collect();
        // A card that is being written in stays, at its place, though somebody has removed it.
        let all = board.get(parent).map(|card| card.children.as_slice()).unwrap_or_default();
        let stays = |id: &CardId| Some(*id) == own && !drawn.contains(id);
        let removed = all.iter().copied().find(stays);
        let gone = here.filter(|id| !drawn.contains(id) && removed != Some(*id));
        let mut rows: Vec<CardId> = drawn.iter().copied().filter(|id| Some(*id) == own || !held.contains(id)).collect();
        if let Some(removed) = removed {
            let before =
                all.iter().take_while(|id| **id != removed).filter_map(|id| rows.iter().position(|row| row == id));
            let at = before.last().map_or(0, |at| at + 1);
            rows.insert(at, removed);
        }
        rows.extend(gone);
        rows
    };
    place(state.board.read(read).unwrap_or_default(), parent, writing)
}

/// The rows of now in the order of before: what moves in the page loses the focus, and a conversion with it.
fn steady(before: &[Key], now: &[Key]) -> Vec<Key> {
    let mut rows: Vec<Key> = before.iter().copied().filter(|row| now.contains(row)).collect();
    let mut last = None;
    for row in now {
        if !rows.contains(row) {
            let at = rows.iter().position(|row| Some(row) == last).map_or(0, |at| at + 1);
            rows.insert(at, *row);
        }
        last = Some(row);
    }
    rows
}

fn place(cards: Vec<CardId>, parent: CardId, writing: Option<Writing>) -> Vec<Key> {
    let Some(writing) = writing else { return cards.into_iter().map(Key::Card).collect() };
    let own = match (writing.target, writing.card) {
        (Target::Card(card), _) => Key::Card(card),
        _ => Key::Number(writing.n),
    };
    let there = cards.iter().position(|id| Some(*id) == writing.card);
    let mut rows: Vec<Key> = cards.iter().filter(|id| Some(**id) != writing.card).map(|id| Key::Card(*id)).collect();
    if writing.at == parent && own != Key::Card(parent) {
        let after = |sibling| cards.iter().position(|id| *id == sibling).map(|at| at + 1);
        let wanted = match writing.target {
            Target::New(_, Place::First) => Some(0),
            Target::New(_, Place::After(sibling)) => after(sibling),
            _ => None,
        };
        rows.insert(there.or(wanted).unwrap_or(rows.len()).min(rows.len()), own);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(n: u32) -> CardId {
        CardId { n, ..CardId::THEME }
    }

    fn new(at: CardId, place: Place, card: Option<CardId>) -> Option<Writing> {
        Some(Writing { n: 9, target: Target::New(at, place), at, card, below: None })
    }

    #[test]
    fn the_field_stands_where_its_card_will_be_and_stands_in_for_it() {
        let theme = CardId::THEME;
        let rows = place(vec![card(1), card(2)], theme, new(theme, Place::After(card(1)), None));
        assert_eq!(rows, [Key::Card(card(1)), Key::Number(9), Key::Card(card(2))]);
        let rows = place(vec![card(1), card(3), card(2)], theme, new(theme, Place::After(card(1)), Some(card(3))));
        assert_eq!(rows, [Key::Card(card(1)), Key::Number(9), Key::Card(card(2))]);
    }

    #[test]
    fn the_field_stays_when_others_move_its_card_away() {
        let (theme, made) = (CardId::THEME, card(3));
        let writing = new(theme, Place::Last, Some(made));
        assert_eq!(place(vec![card(1)], theme, writing), [Key::Card(card(1)), Key::Number(9)]);
        assert_eq!(place(vec![made], card(1), writing), []);
        let writing = Some(Writing { n: 9, target: Target::Card(made), at: theme, card: Some(made), below: None });
        assert_eq!(place(vec![card(1)], theme, writing), [Key::Card(card(1)), Key::Card(made)]);
    }

    #[test]
    fn what_others_put_in_another_order_stands_still() {
        let [a, b, c, draft] = [Key::Card(card(1)), Key::Card(card(2)), Key::Card(card(3)), Key::Number(9)];
        assert_eq!(steady(&[a, b, draft], &[b, draft, a]), [a, b, draft]);
        assert_eq!(steady(&[a, b, draft], &[c, b, draft]), [c, b, draft]);
        assert_eq!(steady(&[a, draft], &[draft, c, a]), [a, draft, c]);
        assert_eq!(steady(&[], &[a, b]), [a, b]);
    }

    #[test]
    fn others_cards_stand_beside_the_field() {
        let theme = CardId::THEME;
        let rows = place(vec![card(1), card(2)], theme, new(theme, Place::Last, None));
        assert_eq!(rows, [Key::Card(card(1)), Key::Card(card(2)), Key::Number(9)]);
    }
}
