//! The board by keyboard alone: as outlines have it, in both layouts. A key of a conversion is never a command, and Tab is never
//! taken from the tree.

use leptos::ev;
use shared::CardId;
use shared::docs::board::{Mark, StarFor};

use super::super::sideways;
use super::Sheet;
use super::commands::Step;
use super::piece::{Word, word};
use super::screen::{self, Layout};
use super::state::BoardState;
use super::zoom;
use crate::edit::is_converting;
use crate::reactive::*;

/// A direction on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Arrow {
    Up,
    Down,
    Left,
    Right,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Command {
    Go(Arrow),
    First,
    Last,
    Child,
    Sibling,
    Edit,
    Remove,
    Star,
    Mark(Mark),
    Move,
    Shift(Step),
    Fold,
    Out,
}

/// The command of a key on a card.
fn command(key: &str, shift: bool, alt: bool) -> Option<Command> {
    Some(match (key, shift, alt) {
        ("ArrowUp", _, true) => Command::Shift(Step::Up),
        ("ArrowDown", _, true) => Command::Shift(Step::Down),
        (_, _, true) => return None,
        // They move the window.
        ("ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight", true, _) if sideways::is_on() => return None,
        ("ArrowUp", ..) => Command::Go(Arrow::Up),
        ("ArrowDown", ..) => Command::Go(Arrow::Down),
        ("ArrowLeft", ..) => Command::Go(Arrow::Left),
        ("ArrowRight", ..) => Command::Go(Arrow::Right),
        ("Home", ..) => Command::First,
        ("End", ..) => Command::Last,
        ("Enter", false, _) => Command::Child,
        ("Enter", true, _) => Command::Sibling,
        ("F2" | "e" | "E", ..) => Command::Edit,
        ("Delete" | "Backspace", ..) => Command::Remove,
        ("s" | "S", ..) => Command::Star,
        ("1", ..) => Command::Mark(Mark::Fact),
        ("2", ..) => Command::Mark(Mark::Guess),
        ("3", ..) => Command::Mark(Mark::ToCheck),
        ("m" | "M", ..) => Command::Move,
        (" ", ..) => Command::Fold,
        ("Escape", ..) => Command::Out,
        _ => return None,
    })
}

/// A key in the tree.
pub fn on_tree(state: BoardState, event: &ev::KeyboardEvent) {
    let on_card = event.target().is_some_and(|target| !screen::in_button(&target));
    let strange = event.ctrl_key() || event.meta_key() || is_converting(event);
    if strange || !on_card {
        return;
    }
    // With the whole board in sight, Escape leads out of it: that is for whoever shows the board.
    let out = |command: &Command| *command == Command::Out && state.root.get_untracked() == CardId::THEME;
    let command = command(&event.key(), event.shift_key(), event.alt_key());
    if let Some(command) = command.filter(|command| !out(command)) {
        event.prevent_default();
        event.stop_propagation();
        run(state, command);
    }
}

fn run(state: BoardState, command: Command) {
    let card = state.chosen_now();
    let writes = state.may_write();
    match command {
        Command::Go(arrow) => go(state, card, arrow),
        Command::First => state.choose(state.root.get_untracked()),
        Command::Last => state.choose(state.outline().last().map_or(card, |(id, _)| *id)),
        Command::Fold => state.fold(card),
        Command::Out => state.look_at(CardId::THEME),
        Command::Child if writes => state.write_child(card),
        Command::Sibling if writes => state.write_sibling(card),
        Command::Edit if writes => state.write_in(card),
        Command::Remove if writes => state.remove(card),
        Command::Star if writes => state.star(card, StarFor::RootCause),
        Command::Mark(mark) if writes => state.mark(card, mark),
        Command::Move if writes && card != CardId::THEME => state.sheet.set(Some(Sheet::Move(card))),
        Command::Shift(step) if writes => state.shift(card, step),
        _ => {}
    }
}

fn go(state: BoardState, card: CardId, arrow: Arrow) {
    let outline = state.outline();
    let folds = state.folded.get_untracked().contains_key(&card);
    let has_causes = state.board.children(card).with_untracked(|children| !children.is_empty());
    let layout = screen::layout();
    match arrow {
        Arrow::Right if folds && has_causes => state.fold(card),
        Arrow::Left if layout == Layout::Nested && has_causes && !folds && card != CardId::THEME => state.fold(card),
        _ => {
            if let Some(there) = neighbour(&outline, card, arrow, layout) {
                state.choose(there);
            }
        }
    }
}

/// The card beside a card, in this direction, among the cards on the screen.
fn neighbour(outline: &[(CardId, usize)], card: CardId, arrow: Arrow, layout: Layout) -> Option<CardId> {
    let at = outline.iter().position(|(id, _)| *id == card)?;
    let (_, level) = *outline.get(at)?;
    let before = || outline.iter().take(at).rev();
    let after = || outline.iter().skip(at + 1);
    let found = match (arrow, layout) {
        (Arrow::Left, _) => before().find(|(_, other)| *other < level),
        (Arrow::Right, _) => after().next().filter(|(_, other)| *other > level),
        (Arrow::Up, Layout::Nested) => before().next(),
        (Arrow::Down, Layout::Nested) => after().next(),
        (Arrow::Up, Layout::Sideways) => before().find(|(_, other)| *other == level),
        (Arrow::Down, Layout::Sideways) => after().find(|(_, other)| *other == level),
    };
    found.map(|(id, _)| *id)
}

/// Keys of the whole board, wherever the focus is: undo, redo, the list of keys.
pub fn on_board(state: BoardState, event: &ev::KeyboardEvent) {
    let in_field = event.target().is_some_and(|target| screen::takes_keys(&target));
    if is_converting(event) || in_field || screen::has_dialog() {
        return;
    }
    let held = event.ctrl_key() || event.meta_key();
    let known = match (event.key().as_str(), held, event.shift_key()) {
        ("z" | "Z", true, false) if state.may_write() => {
            state.undo();
            true
        }
        ("z" | "Z", true, true) | ("y" | "Y", true, false) if state.may_write() => {
            state.redo();
            true
        }
        ("?" | "？", false, _) => {
            state.sheet.set(Some(Sheet::Keys));
            true
        }
        _ => zoom::key(state, event),
    };
    if known {
        event.prevent_default();
    }
}

type Line = (&'static str, Word);

const LINES: [Line; 13] = [
    ("↑ ↓ ← →", |t| t.board.key_arrows),
    ("Enter", |t| t.board.key_child),
    ("Shift + Enter", |t| t.board.key_sibling),
    ("Tab", |t| t.board.key_tab),
    ("F2, E", |t| t.board.edit),
    ("Delete", |t| t.board.remove),
    ("S", |t| t.board.star_it),
    ("1, 2, 3", |t| t.board.key_marks),
    ("M", |t| t.board.move_to),
    ("Alt + ↑ ↓", |t| t.board.key_shift),
    ("Space", |t| t.board.key_fold),
    ("Ctrl / ⌘ + Z", |t| t.board.key_undo),
    ("Escape", |t| t.board.key_out),
];

/// The list of keys.
pub fn help() -> AnyView {
    let line = |(keys, what): Line| {
        view! {
            <div>
                <dt><kbd>{keys}</kbd></dt>
                <dd>{word(what)}</dd>
            </div>
        }
    };
    view! {
        <h2 id="board-sheet-title">{word(|t| t.board.keys)}</h2>
        <dl class="keys">{LINES.into_iter().chain(zoom::KEYS).map(line).collect_view()}</dl>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(n: u32) -> CardId {
        CardId { n, ..CardId::THEME }
    }

    /// 0 ─ 1 ─ 2, 0 ─ 3 ─ 4.
    fn outline() -> Vec<(CardId, usize)> {
        vec![(card(0), 0), (card(1), 1), (card(2), 2), (card(3), 1), (card(4), 2)]
    }

    fn from(n: u32, arrow: Arrow, layout: Layout) -> Option<u32> {
        neighbour(&outline(), card(n), arrow, layout).map(|card| card.n)
    }

    #[test]
    fn sideways_a_level_is_a_column() {
        let go = |n, arrow| from(n, arrow, Layout::Sideways);
        assert_eq!(go(0, Arrow::Right), Some(1));
        assert_eq!(go(2, Arrow::Down), Some(4));
        assert_eq!(go(3, Arrow::Up), Some(1));
        assert_eq!(go(4, Arrow::Left), Some(3));
        assert_eq!(go(2, Arrow::Right), None);
        assert_eq!(go(3, Arrow::Down), None);
        assert_eq!(go(0, Arrow::Left), None);
    }

    #[test]
    fn nested_the_next_card_is_the_next_line() {
        let go = |n, arrow| from(n, arrow, Layout::Nested);
        assert_eq!(go(2, Arrow::Down), Some(3));
        assert_eq!(go(3, Arrow::Up), Some(2));
        assert_eq!(go(2, Arrow::Left), Some(1));
        assert_eq!(go(4, Arrow::Down), None);
    }

    #[test]
    fn tab_stays_the_browsers() {
        assert_eq!(command("Tab", false, false), None);
        assert_eq!(command("Enter", true, false), Some(Command::Sibling));
    }
}
