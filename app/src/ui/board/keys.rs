//! The board by keyboard alone: as outlines have it, in both layouts. A key of a conversion is never a command, and Tab is never
//! taken from the tree.

use leptos::ev;
use shared::CardId;
use shared::docs::board::{Mark, Reach, StarFor};

use super::super::sideways;
use super::Sheet;
use super::command::{self, Command};
use super::commands::Step;
use super::picker::Picking;
use super::piece::Word;
use super::screen::{self, Layout};
use super::state::BoardState;
use super::zoom;
use crate::edit::is_converting;

/// A direction on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Arrow {
    Up,
    Down,
    Left,
    Right,
}

/// What a key on a card does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Press {
    Go(Arrow),
    First,
    Last,
    Out,
    Run(Command),
}

/// What a key on a card does.
fn press(key: &str, shift: bool, alt: bool) -> Option<Press> {
    let picks = |picking| Press::Run(Command::Pick(picking));
    Some(match (key, shift, alt) {
        ("ArrowUp", _, true) => Press::Run(Command::Shift(Step::Up)),
        ("ArrowDown", _, true) => Press::Run(Command::Shift(Step::Down)),
        (_, _, true) => return None,
        // They move the window.
        ("ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight", true, _) if sideways::is_on() => return None,
        ("ArrowUp", ..) => Press::Go(Arrow::Up),
        ("ArrowDown", ..) => Press::Go(Arrow::Down),
        ("ArrowLeft", ..) => Press::Go(Arrow::Left),
        ("ArrowRight", ..) => Press::Go(Arrow::Right),
        ("Home", ..) => Press::First,
        ("End", ..) => Press::Last,
        ("Escape", ..) => Press::Out,
        ("m" | "M", ..) => picks(Picking::Move),
        ("l" | "L", ..) => picks(Picking::CauseOf),
        ("k" | "K", ..) => picks(Picking::Cause),
        ("g" | "G", ..) => picks(Picking::Same),
        _ => Press::Run(plain(key, shift)?),
    })
}

/// The command of a key that is one letter, or has one meaning everywhere.
fn plain(key: &str, shift: bool) -> Option<Command> {
    Some(match (key, shift) {
        ("Enter", false) => Command::Why,
        ("Enter", true) => Command::Other,
        ("F2" | "e" | "E", _) => Command::Edit,
        ("Delete" | "Backspace", _) => Command::Remove,
        ("s" | "S", _) => Command::Star(StarFor::RootCause),
        ("a" | "A", _) => Command::Star(StarFor::PlaceToAct),
        ("1", _) => Command::Mark(Mark::Fact),
        ("2", _) => Command::Mark(Mark::Guess),
        ("3", _) => Command::Mark(Mark::ToCheck),
        ("4", _) => Command::Reach(Reach::Us),
        ("5", _) => Command::Reach(Reach::WithOthers),
        ("6", _) => Command::Reach(Reach::OutOfHands),
        ("p" | "P", _) => Command::About,
        ("i" | "I", _) => Command::Between,
        ("t" | "T", _) => Command::Links,
        ("v" | "V", _) => Command::Alone,
        ("r" | "R", _) => Command::Read,
        ("c" | "C", _) => Command::Notes,
        ("o" | "O", _) => Command::Look,
        ("j" | "J", _) => Command::Show,
        (" ", _) => Command::Fold,
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
    let out = |press: &Press| *press == Press::Out && state.root.get_untracked() == CardId::THEME;
    let press = press(&event.key(), event.shift_key(), event.alt_key());
    if let Some(press) = press.filter(|press| !out(press)) {
        event.prevent_default();
        event.stop_propagation();
        run(state, press);
    }
}

fn run(state: BoardState, press: Press) {
    let card = state.chosen_now();
    match press {
        Press::Go(arrow) => go(state, card, arrow),
        Press::First => state.choose(state.root.get_untracked()),
        Press::Last => state.choose(state.outline().last().map_or(card, |(id, _)| *id)),
        Press::Out => state.look_at(CardId::THEME),
        Press::Run(command) => command::run(state, command),
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
            state.sheet.set(Some(Sheet::Menu));
            true
        }
        (key, false, false) if of_board(key).is_some() => {
            of_board(key).into_iter().for_each(|command| command::run(state, command));
            true
        }
        _ => zoom::key(state, event),
    };
    if known {
        event.prevent_default();
    }
}

/// The command of a key that is about the whole board.
fn of_board(key: &str) -> Option<Command> {
    Some(match key {
        "/" | "・" => Command::Find,
        "d" | "D" => Command::WriteFor,
        "8" => Command::GoOn,
        "h" | "H" => Command::Hand,
        "n" | "N" => Command::Lanes,
        "x" | "X" => Command::Dots,
        "y" | "Y" => Command::Roles,
        "q" | "Q" => Command::Help,
        "u" | "U" => Command::Themes,
        "w" | "W" => Command::Premises,
        "9" => Command::Keep,
        _ => return None,
    })
}

/// A key that is no command of the list, in words.
pub type Line = (&'static str, Word);

/// Keys that go from card to card, or belong to the field.
pub const LINES: [Line; 5] = [
    ("↑ ↓ ← →", |t| t.board.key_arrows),
    ("Tab", |t| t.board.key_tab),
    ("Ctrl + Enter", |t| t.craft.key_split),
    ("Escape", |t| t.board.key_out),
    ("?", |t| t.craft.key_palette),
];

#[cfg(test)]
mod tests {
    use super::of_board as of_board_key;
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
        assert_eq!(press("Tab", false, false), None);
        assert_eq!(press("Enter", true, false), Some(Press::Run(Command::Other)));
    }

    #[test]
    fn every_key_in_the_list_does_what_it_says() {
        for entry in command::TABLE.iter().filter(|entry| entry.about != command::About::Board) {
            let last = entry.keys.rsplit([',', '+']).next().unwrap().trim();
            let key = match last {
                "↑" => "ArrowUp",
                "↓" => "ArrowDown",
                "Space" => " ",
                other => other,
            };
            let pressed = press(key, entry.keys.contains("Shift"), entry.keys.contains("Alt"));
            assert_eq!(pressed, Some(Press::Run(entry.command)), "{}", entry.keys);
        }
        let of_board = command::TABLE.iter().filter(|entry| entry.about == command::About::Board);
        for entry in of_board.filter(|entry| !entry.keys.contains("Ctrl")) {
            assert_eq!(of_board_key(entry.keys), Some(entry.command), "{}", entry.keys);
        }
    }
}
