//! Every command of the board, once: its name, its key, what it is about, and what it does. The palette, the card's sheet and the
//! keys all take it from here.

use shared::CardId;
use shared::access::By;
use shared::docs::board::{Mark, Reach, StarFor};

use super::Sheet;
use super::commands::Step;
use super::picker::Picking;
use super::piece::Word;
use super::state::BoardState;

/// Something that one can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// A cause of the chosen card.
    Why,
    /// Another cause beside it.
    Other,
    /// Write in it.
    Edit,
    /// A card between it and the one above.
    Between,
    /// The root-cause star, and the place to act.
    Star(StarFor),
    /// How sure the group is.
    Mark(Mark),
    /// Who can act.
    Reach(Reach),
    /// Stop here, and evidence: what is said about the card.
    About,
    /// Take a place, a link, another wording from the outline.
    Pick(Picking),
    /// Past its neighbour.
    Shift(Step),
    /// What the card is linked with.
    Links,
    /// Fold its branch.
    Fold,
    /// Look at its branch alone.
    Alone,
    /// Take it away.
    Remove,
    /// One's own last step back.
    Undo,
    /// And again.
    Redo,
    /// Look for cards, by words or by marks.
    Find,
    /// First-level lanes.
    Lanes,
    /// Proposed themes, and the vote over them.
    Themes,
    /// What the group knows already.
    Premises,
    /// Read back from the card; from the theme, which branch.
    Read,
    /// Reactions and comments.
    Notes,
    /// Ask all to look at the card.
    Look,
    /// One's own hand up or down.
    Hand,
    /// Write in the name of somebody who has no phone.
    WriteFor,
    /// Go on with another device.
    GoOn,
    /// Who has which role in the group.
    Roles,
    /// The vote with dots.
    Dots,
    /// Call who conducts to the table.
    Help,
    /// The link to what the group built.
    Keep,
    /// Bring everybody to the card; from the theme, to the board.
    Show,
}

/// What a command is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// Any card, the theme too.
    Card,
    /// A card that is not the theme.
    Cause,
    /// The board.
    Board,
}

/// Who may do it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// Who may write.
    Writers,
    /// Who sits in the group, and may write.
    Seated,
    /// Who belongs to a group, though they may not write now.
    Group,
    /// Who leads.
    Lead,
    /// Everybody who sees the board.
    All,
}

/// A command as it is listed.
#[derive(Clone, Copy)]
pub struct Entry {
    /// What it does.
    pub command: Command,
    /// The keys, as they are shown.
    pub keys: &'static str,
    /// What it is called.
    pub label: Word,
    /// What it is about.
    pub about: About,
    /// Who may do it.
    pub who: Who,
}

const fn entry(command: Command, keys: &'static str, about: About, who: Who, label: Word) -> Entry {
    Entry { command, keys, label, about, who }
}

use About::{Board, Card, Cause};
use Who::{All, Group, Lead, Seated, Writers};

/// All commands, in the order in which they are listed.
pub const TABLE: [Entry; 40] = [
    entry(Command::Why, "Enter", Card, Writers, |t| t.board.write_why),
    entry(Command::Other, "Shift + Enter", Cause, Writers, |t| t.craft.other),
    entry(Command::Edit, "F2, E", Card, Writers, |t| t.board.edit),
    entry(Command::Star(StarFor::RootCause), "S", Cause, Writers, |t| t.board.star_it),
    entry(Command::Star(StarFor::PlaceToAct), "A", Cause, Writers, |t| t.board.place_to_act),
    entry(Command::Mark(Mark::Fact), "1", Cause, Writers, |t| t.craft.mark_fact),
    entry(Command::Mark(Mark::Guess), "2", Cause, Writers, |t| t.craft.mark_guess),
    entry(Command::Mark(Mark::ToCheck), "3", Cause, Writers, |t| t.craft.mark_to_check),
    entry(Command::Reach(Reach::Us), "4", Cause, Writers, |t| t.craft.reach_us),
    entry(Command::Reach(Reach::WithOthers), "5", Cause, Writers, |t| t.craft.reach_with_others),
    entry(Command::Reach(Reach::OutOfHands), "6", Cause, Writers, |t| t.craft.reach_out_of_hands),
    entry(Command::About, "P", Cause, Writers, |t| t.craft.about),
    entry(Command::Between, "I", Cause, Writers, |t| t.craft.between),
    entry(Command::Pick(Picking::Move), "M", Cause, Writers, |t| t.board.move_to),
    entry(Command::Pick(Picking::CauseOf), "L", Cause, Writers, |t| t.craft.cause_of),
    entry(Command::Pick(Picking::Cause), "K", Card, Writers, |t| t.craft.cause),
    entry(Command::Pick(Picking::Same), "G", Cause, Writers, |t| t.craft.same),
    entry(Command::Links, "T", Cause, All, |t| t.craft.place),
    entry(Command::Read, "R", Card, All, |t| t.reading.title),
    entry(Command::Notes, "C", Card, All, |t| t.talk.talk),
    entry(Command::Look, "O", Card, Writers, |t| t.talk.look),
    entry(Command::Show, "J", Card, Lead, |t| t.talk.show_to_all),
    entry(Command::Shift(Step::Up), "Alt + ↑", Cause, Writers, |t| t.craft.up),
    entry(Command::Shift(Step::Down), "Alt + ↓", Cause, Writers, |t| t.craft.down),
    entry(Command::Fold, "Space", Card, All, |t| t.board.key_fold),
    entry(Command::Alone, "V", Cause, All, |t| t.board.only_this),
    entry(Command::Remove, "Delete", Cause, Writers, |t| t.board.remove),
    entry(Command::Undo, "Ctrl / ⌘ + Z", Board, Writers, |t| t.craft.undo),
    entry(Command::Redo, "Ctrl / ⌘ + Shift + Z", Board, Writers, |t| t.craft.redo),
    entry(Command::Find, "/", Board, All, |t| t.craft.find),
    entry(Command::Lanes, "N", Board, Writers, |t| t.craft.lanes),
    entry(Command::Themes, "U", Board, All, |t| t.themes.command),
    entry(Command::Premises, "W", Board, All, |t| t.themes.premises),
    entry(Command::Hand, "H", Board, Writers, |t| t.talk.hand),
    entry(Command::WriteFor, "D", Board, Seated, |t| t.write_for.title),
    entry(Command::GoOn, "8", Board, Seated, |t| t.write_for.own_title),
    entry(Command::Roles, "Y", Board, All, |t| t.roles.title),
    entry(Command::Dots, "X", Board, All, |t| t.dots.command),
    entry(Command::Help, "Q", Board, Group, |t| t.talk.help_call),
    entry(Command::Keep, "9", Board, Group, |t| t.step.keep),
];

impl Entry {
    /// Whether it makes sense now, for the chosen card.
    pub fn fits(&self, state: BoardState, card: CardId) -> bool {
        let about = self.about != Cause || card != CardId::THEME;
        let of_group = || matches!(state.me.try_get_untracked().flatten(), Some(By::Person(_)));
        let may = match self.who {
            All => true,
            Writers => state.may_write(),
            Seated => state.may_write() && of_group(),
            Group => of_group(),
            Lead => state.leads(),
        };
        about && may
    }
}

/// Does it, with the chosen card where it is about one.
pub fn run(state: BoardState, command: Command) {
    let card = state.chosen_now();
    let entry = TABLE.iter().find(|entry| entry.command == command);
    if entry.is_some_and(|entry| !entry.fits(state, card)) {
        return;
    }
    let open = |sheet: Sheet| state.sheet.set(Some(sheet));
    match command {
        Command::Why => state.write_child(card),
        Command::Other => state.write_sibling(card),
        Command::Edit => state.write_in(card),
        Command::Between => state.write_between(card),
        Command::Star(what) => state.star(card, what),
        Command::Mark(mark) => state.mark(card, mark),
        Command::Reach(reach) => state.reach(card, reach),
        Command::About => open(Sheet::About(card)),
        Command::Pick(picking) => open(Sheet::Pick(picking, card)),
        Command::Shift(step) => state.shift(card, step),
        Command::Links => open(Sheet::Place(card)),
        Command::Fold => state.fold(card),
        Command::Alone => state.look_at(card),
        Command::Remove => state.remove(card),
        Command::Undo => state.undo(),
        Command::Redo => state.redo(),
        Command::Find => open(Sheet::Find),
        Command::Lanes => open(Sheet::Lanes),
        Command::Themes => open(Sheet::Themes),
        Command::Premises => open(Sheet::Premises),
        Command::Read => open(Sheet::Read(card)),
        Command::Notes => open(Sheet::Notes(card)),
        Command::Look => state.call_to_look(card),
        Command::Hand => state.turn_hand(),
        Command::WriteFor => open(Sheet::WriteFor),
        Command::GoOn => open(Sheet::GoOn),
        Command::Roles => open(Sheet::Roles),
        Command::Dots => open(Sheet::Dots),
        Command::Help => state.call_help(),
        Command::Keep => open(Sheet::Keep),
        Command::Show => state.show_to_all(card),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{keys, zoom};
    use super::*;

    #[test]
    fn no_command_is_there_twice() {
        for (at, one) in TABLE.iter().enumerate() {
            assert!(TABLE.iter().skip(at + 1).all(|other| one.command != other.command), "{:?}", one.command);
        }
    }

    /// The large view takes its keys before the board does: one that both had would never reach the board.
    #[test]
    fn no_key_is_there_twice() {
        let shown = TABLE.iter().map(|entry| entry.keys);
        let shown =
            shown.chain(zoom::KEYS.iter().map(|(keys, _)| *keys)).chain(keys::LINES.iter().map(|(keys, _)| *keys));
        let each: Vec<&str> = shown.flat_map(|keys| keys.split(", ")).collect();
        for (at, one) in each.iter().enumerate() {
            assert!(!each[at + 1..].contains(one), "{one} is there twice");
        }
    }
}
