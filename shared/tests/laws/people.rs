//! What a person might do at a board: random operations of every kind that its view suggests, fit or not.

use shared::docs::board::{
    Answer, Board, BoardOp, CallFor, Given, Kept, Line, Mark, NoteOn, Place, Reach, Reaction, Star, Stop,
};
use shared::text::Splice;
use shared::{By, CardId, ClientId, LaneId, NoteId, OpId, PersonId, StepId};

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
    /// Causes of several effects, cards that say the same.
    Weaving,
    /// Everything that is said about cards.
    Talking,
}

pub(crate) const HABITS: [Habit; 6] =
    [Habit::Anything, Habit::Typing, Habit::Moving, Habit::Digging, Habit::Weaving, Habit::Talking];

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
            Habit::Anything => random.below(24),
            Habit::Typing => *random.pick(&[0, 4, 5, 6, 7, 8, 11]),
            Habit::Moving => *random.pick(&[0, 9, 9, 9, 9, 10, 11, 12]),
            Habit::Digging => *random.pick(&[1, 1, 1, 1, 9, 4]),
            Habit::Weaving => *random.pick(&[0, 1, 9, 11, 12, 16, 16, 17, 18, 18]),
            Habit::Talking => *random.pick(&[0, 19, 20, 21, 22, 23, 12]),
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
            13 => {
                let stars = [Star::None, Star::RootCause, Star::PlaceToAct, Star::Both];
                vec![BoardOp::SetStar { card, star: *random.pick(&stars) }]
            }
            14 => {
                let marks = [None, Some(Mark::Fact), Some(Mark::Guess), Some(Mark::ToCheck)];
                vec![BoardOp::SetMark { card, mark: *random.pick(&marks) }]
            }
            15 => vec![self.add(card, board, random)],
            16 => vec![BoardOp::LinkCard { card, under: any_card(board, random) }],
            17 => vec![BoardOp::UnlinkCard { card, under: any_card(board, random) }],
            18 => vec![BoardOp::MergeCard { card, into: any_card(board, random) }],
            19 => vec![self.about(card, board, random)],
            20 => self.line(card, board, random),
            21 => self.note(card, board, random),
            22 => vec![lane(card, board, random)],
            _ => vec![sign(card, random)],
        }
    }

    fn about(&mut self, card: CardId, board: &Board, random: &mut Random) -> BoardOp {
        match random.below(4) {
            0 => BoardOp::SetReach { card, reach: *random.pick(&[None, Some(Reach::Us), Some(Reach::WithOthers)]) },
            1 => BoardOp::SetStop { card, stop: *random.pick(&[None, Some(Stop::WouldEnd), Some(Stop::CheckFirst)]) },
            2 => {
                let answers = [None, Some(Answer::Holds), Some(Answer::Jumps), Some(Answer::Check)];
                BoardOp::ReadLink { card, under: any_card(board, random), answer: *random.pick(&answers) }
            }
            _ => {
                let reaction = *random.pick(&[Reaction::Agree, Reaction::Question, Reaction::UsToo]);
                BoardOp::React { card, reaction, given: *random.pick(&[Given::Yes, Given::No]) }
            }
        }
    }

    fn line(&mut self, card: CardId, board: &Board, random: &mut Random) -> Vec<BoardOp> {
        let line = *random.pick(&[Line::Evidence, Line::StopReason]);
        let Some(text) = board.get(card).map(|card| card.line(line)) else { return Vec::new() };
        let insert = words(random);
        let start = self.number(&insert);
        let splice = Splice { at: random.below_u32(text.chars() + 1), delete: random.below_u32(4), insert };
        text.splice(&splice, start).into_iter().map(|edit| BoardOp::EditLine { card, line, edit }).collect()
    }

    fn note(&mut self, card: CardId, board: &Board, random: &mut Random) -> Vec<BoardOp> {
        let notes: Vec<NoteId> = board.notes.keys().copied().collect();
        if notes.is_empty() || random.percent(40) {
            let on = *random.pick(&[NoteOn::Card(card), NoteOn::Premise, NoteOn::Proposal]);
            let text = words(random);
            return vec![BoardOp::AddNote { on, start: self.number(&text), text }];
        }
        let note = *random.pick(&notes);
        match random.below(4) {
            0 => vec![BoardOp::RemoveNote { note }],
            1 => vec![BoardOp::RestoreNote { note }],
            2 => vec![BoardOp::SeeMyself { note, given: *random.pick(&[Given::Yes, Given::No]) }],
            _ => {
                let Some(text) = board.notes.get(&note).map(|note| &note.text) else { return Vec::new() };
                let insert = words(random);
                let start = self.number(&insert);
                let splice = Splice { at: random.below_u32(text.chars() + 1), delete: random.below_u32(4), insert };
                text.splice(&splice, start).into_iter().map(|edit| BoardOp::EditNote { note, edit }).collect()
            }
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

fn lane(card: CardId, board: &Board, random: &mut Random) -> BoardOp {
    let lanes: Vec<LaneId> = board.lanes.keys().copied().collect();
    let some = if lanes.is_empty() || random.percent(30) { None } else { Some(*random.pick(&lanes)) };
    match random.below(2) {
        0 => BoardOp::PutLane { lane: some, name: random.pick(&["", "市民", "役所", "学校"]).to_string() },
        _ => BoardOp::SetLane { card, lane: some },
    }
}

fn sign(card: CardId, random: &mut Random) -> BoardOp {
    match random.below(7) {
        6 => BoardOp::ChooseForAll { step: StepId { client: ClientId::of(99), n: 64 }, card: Some(card) },
        4 => BoardOp::CallHelp { given: *random.pick(&[Given::Yes, Given::No]) },
        5 => BoardOp::Nudge { text: words(random) },
        0 => BoardOp::RaiseHand,
        1 => BoardOp::LowerHand { of: By::Person(PersonId(random.below_u32(4))) },
        2 => BoardOp::Call { card: Some(card), what: CallFor::ReadBack },
        _ if random.percent(50) => BoardOp::OpenDots { cards: vec![card], each: 1 },
        _ => BoardOp::OpenVote,
    }
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
