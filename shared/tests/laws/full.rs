//! A board with as many cards as it can hold, and everything that is done to it then: it stays a tree, it reads the same for who
//! followed and who came later, and every step can be taken back.

use shared::access::By;
use shared::docs::board::{Board, BoardOp, NoteOn, Place, Star};
use shared::limits::{BOARD_CHARS_EVER_MAX, BOARD_CHARS_KEPT, CARDS_MAX};
use shared::text::Splice;
use shared::{CardId, ClientId, Doc, Entry, Millis, Model, OpId, Outcome, PersonId, Reject, Replica, Stamp};

use crate::random::Random;
use crate::tree;

const STEPS: usize = 600;
const LEVELS: usize = 12;

struct Table {
    doc: Doc<Board>,
    phone: Replica<Board>,
    n: u32,
}

impl Table {
    /// Does it as the server does, and shows it to the phone.
    fn act(&mut self, op: &BoardOp) -> Outcome<BoardOp> {
        self.act_by(By::Person(PersonId(1 + (self.n + 1) % 5)), op)
    }

    fn act_by(&mut self, by: By, op: &BoardOp) -> Outcome<BoardOp> {
        self.n += 1;
        let client = match by {
            By::Server => ClientId::SERVER,
            By::Lead => ClientId::of(0x200),
            By::Helper => ClientId::of(0x201),
            By::Person(person) => ClientId::of(0x100 + u64::from(person.0)),
        };
        let stamp =
            Stamp { seq: self.doc.seq.next(), at: Millis(u64::from(self.n)), by, id: OpId { client, n: self.n } };
        let outcome = self.doc.apply(&stamp, op);
        if let Outcome::Applied(_) = outcome {
            self.phone.receive(&Entry { stamp, op: Board::wrap(op.clone()) });
        }
        outcome
    }

    fn full(random: &mut Random) -> Self {
        let mut table = Self { doc: Doc::default(), phone: Replica::new(By::Person(PersonId(9))), n: 0 };
        let mut open = vec![(CardId::THEME, 0)];
        loop {
            let (parent, level) = *random.pick(&open);
            let text = format!("なぜ{}", table.n);
            let outcome = table.act(&BoardOp::AddCard { parent, place: Place::Last, text, start: table.n * 20 });
            match outcome {
                Outcome::Applied(Some(BoardOp::RemoveCard { card })) if level + 1 < LEVELS => {
                    open.push((card, level + 1))
                }
                Outcome::Applied(_) => {}
                other => {
                    assert_eq!(other, Outcome::Rejected(Reject::BoardFull));
                    return table;
                }
            }
        }
    }

    fn anything(&self, random: &mut Random) -> BoardOp {
        let cards: Vec<CardId> = self.doc.model.ever().map(|(id, _)| id).collect();
        let (card, other) = (*random.pick(&cards), *random.pick(&cards));
        match random.below(8) {
            0 => BoardOp::MoveCard { card, parent: other, place: Place::First },
            1 => BoardOp::LinkCard { card, under: other },
            2 => BoardOp::MergeCard { card, into: other },
            3 => BoardOp::RemoveCard { card },
            4 => BoardOp::RestoreCard { card },
            5 => BoardOp::SetStar { card, star: Star::RootCause },
            _ => {
                let splice = Splice { at: 1, delete: 0, insert: "ぜ".into() };
                let text = &self.doc.model.get(card).unwrap().text;
                BoardOp::EditText { card, edit: text.splice(&splice, 1_000_000 + self.n).remove(0) }
            }
        }
    }
}

#[test]
fn a_full_board_stays_whole_whatever_is_done_to_it() {
    let mut random = Random::of(7);
    let mut table = Table::full(&mut random);
    assert_eq!((table.doc.model.room(), table.doc.model.outline().len()), (0, CARDS_MAX));
    let began = tree::seen(&table.doc.model);
    let mut back = Vec::new();
    for step in 0..STEPS {
        let op = table.anything(&mut random);
        if let Outcome::Applied(Some(inverse)) = table.act(&op) {
            back.push(inverse);
        }
        if step % 100 == 0 {
            tree::check(&table.doc.model).unwrap_or_else(|why| panic!("{why} after {op:?}"));
        }
    }
    assert!(back.len() > STEPS / 2, "only {} steps did anything", back.len());
    tree::check(&table.doc.model).unwrap();
    let bytes = |doc: &Doc<Board>| postcard::to_allocvec(doc).unwrap();
    assert_eq!(bytes(table.phone.confirmed()), bytes(&table.doc), "who followed sees something else");
    let mut late = Replica::<Board>::new(By::Lead);
    late.load(postcard::from_bytes(&bytes(&table.doc)).unwrap());
    assert_eq!(late.view(), &table.doc.model, "who comes later sees something else");
    while let Some(op) = back.pop() {
        assert!(matches!(table.act(&op), Outcome::Applied(_)), "{op:?} cannot be taken back");
    }
    assert_eq!(tree::seen(&table.doc.model), began, "taken back, it is another board");
}

/// Writes and rubs out again, on one card after another, until the board takes no more.
fn worn() -> (Table, CardId) {
    let mut table = Table { doc: Doc::default(), phone: Replica::new(By::Person(PersonId(9))), n: 0 };
    let letters = "あ".repeat(200);
    let mut card = CardId::THEME;
    loop {
        let start = table.n * 200;
        let splice = Splice { at: 0, delete: 0, insert: letters.clone() };
        let edit = table.doc.model.get(card).unwrap().text.splice(&splice, start).remove(0);
        match table.act(&BoardOp::EditText { card, edit }) {
            Outcome::Applied(Some(inverse)) => assert!(matches!(table.act(&inverse), Outcome::Applied(_))),
            Outcome::Rejected(Reject::TextWorn) => {
                let next =
                    BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: String::new(), start: 0 };
                assert!(matches!(table.act(&next), Outcome::Applied(_)));
                card = table.doc.model.ever().last().unwrap().0;
            }
            other => {
                assert_eq!(other, Outcome::Rejected(Reject::BoardWorn));
                return (table, card);
            }
        }
    }
}

#[test]
fn what_was_ever_written_on_a_board_has_a_limit_that_all_of_its_texts_share() {
    let (mut table, card) = worn();
    assert!(BOARD_CHARS_EVER_MAX - table.doc.model.chars_ever() < 200);
    let late: Doc<Board> = postcard::from_bytes(&postcard::to_allocvec(&table.doc).unwrap()).unwrap();
    assert_eq!(late.model.chars_ever(), table.doc.model.chars_ever(), "who comes later counts something else");
    assert_eq!(table.phone.confirmed().model.chars_ever(), table.doc.model.chars_ever());
    // Who comes later is told the same, and what needs no new letters goes on.
    let text = "い".repeat(200);
    let note = BoardOp::AddNote { on: NoteOn::Card(card), text, start: 9_000_000 };
    let mut late = Table { doc: late, phone: Replica::new(By::Person(PersonId(9))), n: table.n };
    assert_eq!(table.act(&note), Outcome::Rejected(Reject::BoardWorn));
    assert_eq!(late.act(&note), Outcome::Rejected(Reject::BoardWorn));
    assert!(matches!(late.act(&BoardOp::SetStar { card, star: Star::RootCause }), Outcome::Applied(_)));
    assert!(matches!(late.act(&BoardOp::RemoveCard { card }), Outcome::Applied(_)));
    let bytes = postcard::to_allocvec(&table.doc).unwrap().len();
    assert!(bytes < 2_000_000, "{bytes} bytes");
}

#[test]
fn who_wears_a_board_out_leaves_something_to_whoever_conducts_and_to_what_was_written_in_silence() {
    let (mut table, _) = worn();
    let text = "う".repeat(200);
    for by in [By::Lead, By::Helper, By::Server] {
        let op = BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: text.clone(), start: 10_000_000 };
        let outcome = table.act_by(by, &op);
        assert!(matches!(outcome, Outcome::Applied(_)), "{by:?}: {outcome:?}");
        assert_eq!(table.act(&op), Outcome::Rejected(Reject::BoardWorn));
    }
    // That has an end too.
    let mut more = (0..).map(|n| BoardOp::AddNote {
        on: NoteOn::Card(CardId::THEME),
        text: text.clone(),
        start: 11_000_000 + n * 200,
    });
    let why = loop {
        match table.act_by(By::Lead, &more.next().unwrap()) {
            Outcome::Applied(Some(undo)) => assert!(matches!(table.act_by(By::Lead, &undo), Outcome::Applied(_))),
            other => break other,
        }
    };
    assert_eq!(why, Outcome::Rejected(Reject::BoardWorn));
    assert!(BOARD_CHARS_EVER_MAX + BOARD_CHARS_KEPT - table.doc.model.chars_ever() < 200);
}
