//! What a person might do at a board: random operations of every kind that its view suggests, fit or not.

use shared::docs::board::{Board, BoardOp, Kept, Mark, Place, Star};
use shared::text::Splice;
use shared::{By, CardId, ClientId, OpId, PersonId};

use crate::random::Random;

/// How a person of this run likes to work; it decides which corner of the board is reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Habit {
    /// A bit of everything.
    Anything,
    /// Everybody types in the same few cards.
    Typing,
    /// Cards are moved all the time.
    Moving,
    /// One long chain.
    Digging,
}

pub(crate) const HABITS: [Habit; 4] = [Habit::Anything, Habit::Typing, Habit::Moving, Habit::Digging];

/// A tab of a person: it numbers operations and characters.
#[derive(Clone, Debug)]
pub(crate) struct Tab {
    pub(crate) by: By,
    pub(crate) client: ClientId,
    n: u32,
    characters: u32,
}

impl Tab {
    pub(crate) fn new(person: u32, client: u64) -> Self {
        Self { by: By::Person(PersonId(person)), client: ClientId::of(client), n: 0, characters: 0 }
    }

    pub(crate) fn next_id(&mut self) -> OpId {
        self.n += 1;
        OpId { client: self.client, n: self.n }
    }

    /// Numbers for as many characters as the text has.
    fn number(&mut self, text: &str) -> u32 {
        let start = self.characters;
        self.characters += u32::try_from(text.chars().count()).unwrap();
        start
    }

    /// Something that could be done to the board now: usually one operation, two for a replaced selection.
    pub(crate) fn think(&mut self, board: &Board, habit: Habit, random: &mut Random) -> Vec<BoardOp> {
        let card = any_card(board, random);
        let what = match habit {
            Habit::Anything => random.below(16),
            Habit::Typing => *random.pick(&[0, 4, 5, 6, 7, 8, 11]),
            Habit::Moving => *random.pick(&[0, 9, 9, 9, 9, 10, 11, 12]),
            Habit::Digging => *random.pick(&[1, 1, 1, 1, 9, 4]),
        };
        match what {
            0 | 2 | 3 => vec![self.add(any_card(board, random), board, random)],
            1 => vec![self.add(deepest(board), board, random)],
            4..=8 => {
                let card = if random.percent(40) { CardId::THEME } else { card };
                self.type_in(board, card, random)
            }
            9 | 10 => {
                vec![BoardOp::MoveCard { card, parent: any_card(board, random), place: any_place(board, random) }]
            }
            11 => vec![BoardOp::RemoveCard { card }],
            12 => {
                let removed: Vec<_> = board.ever().filter(|(_, card)| card.kept != Kept::Yes).collect();
                let card = if removed.is_empty() { card } else { random.pick(&removed).0 };
                vec![BoardOp::RestoreCard { card }]
            }
            13 => vec![BoardOp::SetStar { card, star: *random.pick(&[Star::None, Star::RootCause]) }],
            14 => {
                let marks = [None, Some(Mark::Fact), Some(Mark::Guess), Some(Mark::ToCheck)];
                vec![BoardOp::SetMark { card, mark: *random.pick(&marks) }]
            }
            _ => vec![self.add(card, board, random)],
        }
    }

    fn add(&mut self, parent: CardId, board: &Board, random: &mut Random) -> BoardOp {
        let text = words(random);
        BoardOp::AddCard { parent, place: any_place(board, random), start: self.number(&text), text }
    }

    fn type_in(&mut self, board: &Board, card: CardId, random: &mut Random) -> Vec<BoardOp> {
        let Some(found) = board.get(card) else { return Vec::new() };
        let length = found.text.chars();
        let delete = if random.percent(40) { random.below_u32(8) } else { 0 };
        let insert = if random.percent(80) { words(random) } else { String::new() };
        let at = random.below_u32(length + 2);
        let start = self.number(&insert);
        let edits = found.text.splice(&Splice { at, delete, insert }, start);
        edits.into_iter().map(|edit| BoardOp::EditText { card, edit }).collect()
    }
}

/// Few characters as a rule, now and then so many that a card overflows; of one, two, three and four bytes.
pub(crate) fn words(random: &mut Random) -> String {
    let letters: Vec<char> = "なぜ役員が足りないaé が゙👩\u{200d}🌾#".chars().collect();
    let count = if random.percent(8) { 60 + random.below(150) } else { random.below(7) };
    (0..count).map(|_| *random.pick(&letters)).collect()
}

fn any_card(board: &Board, random: &mut Random) -> CardId {
    let cards: Vec<CardId> = board.ever().map(|(id, _)| id).collect();
    if cards.is_empty() || random.percent(15) { CardId::THEME } else { *random.pick(&cards) }
}

fn deepest(board: &Board) -> CardId {
    board.outline().into_iter().max_by_key(|(_, level)| *level).map_or(CardId::THEME, |(id, _)| id)
}

fn any_place(board: &Board, random: &mut Random) -> Place {
    match random.below(4) {
        0 => Place::First,
        1 => Place::After(any_card(board, random)),
        _ => Place::Last,
    }
}
