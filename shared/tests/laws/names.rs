//! Which client may use which id, what a number means, and where growing ends (laws 2 and 8).

use shared::docs::board::{Board, BoardOp, Kept, Member, Place, Seated};
use shared::docs::roster::{Roster, RosterOp, follow};
use shared::ids::TokenHash;
use shared::limits::{CARDS_MAX, CLIENTS_EACH_MAX, CLIENTS_MAX, DEPTH_MAX, PEOPLE_MAX};
use shared::replica::{Pending, Received};
use shared::text::TextEdit;
use shared::{
    By, CardId, ClientId, Doc, Entry, GroupId, Millis, Model, Op, OpId, Outcome, PersonId, Reject, Replica, Seq, Stamp,
};

use crate::random::Random;

const ANN: By = By::Person(PersonId(1));
const BEN: By = By::Person(PersonId(2));

fn tab(n: u64) -> ClientId {
    ClientId::of(0x100 + n)
}

fn add(parent: CardId, text: &str) -> BoardOp {
    BoardOp::AddCard { parent, place: Place::Last, text: text.into(), start: 0 }
}

fn take<M: Model>(doc: &mut Doc<M>, by: By, client: ClientId, n: u32, op: &M::Op) -> Outcome<M::Op> {
    let stamp = Stamp { seq: doc.seq.next(), at: Millis(0), by, id: OpId { client, n } };
    doc.apply(&stamp, op)
}

fn applied<O>(outcome: &Outcome<O>) -> bool {
    matches!(outcome, Outcome::Applied(_))
}

fn member() -> BoardOp {
    BoardOp::SetMember { person: PersonId(1), member: Member { name: "佐藤".into(), seated: Seated::Here } }
}

#[test]
fn a_random_client_id_is_never_one_of_the_servers() {
    let mut random = Random::of(1);
    let edges = [0, 1, 15, 16, 17, u64::MAX, 0xffff_0000_0000_0000, 0xffff_0000_0000_0001];
    for bits in edges.into_iter().chain((0..10_000).map(|_| random.number())) {
        let client = ClientId::of(bits);
        assert!(!client.is_reserved(), "{bits:x}");
        assert_eq!(client.to_string().parse(), Ok(client));
    }
    assert!(ClientId::GENESIS.is_reserved() && ClientId::FROM_ROSTER.is_reserved());
}

#[test]
fn nobody_but_the_server_writes_under_a_reserved_id() {
    for by in [By::Lead, By::Helper, ANN] {
        let mut doc = Doc::<Board>::default();
        let outcome = take(&mut doc, by, ClientId::FROM_ROSTER, 1, &add(CardId::THEME, "x"));
        assert_eq!(outcome, Outcome::Rejected(Reject::NotYourClient));
        assert_eq!(doc, Doc::default());
    }
    assert!(applied(&take(&mut Doc::<Board>::default(), By::Server, ClientId::FROM_ROSTER, 1, &member())));
}

#[test]
fn a_client_id_belongs_to_whom_it_was_first_used_by() {
    let mut doc = Doc::<Board>::default();
    assert!(applied(&take(&mut doc, ANN, tab(1), 1, &add(CardId::THEME, "x"))));
    for by in [BEN, By::Lead, By::Helper, By::Server] {
        let outcome = take(&mut doc, by, tab(1), 2, &add(CardId::THEME, "y"));
        assert_eq!(outcome, Outcome::Rejected(Reject::NotYourClient));
        let outcome = take(&mut doc, by, tab(1), 1, &add(CardId::THEME, "y"));
        assert_eq!(outcome, Outcome::Rejected(Reject::NotYourClient), "not even to learn what is known");
    }
    assert!(applied(&take(&mut doc, ANN, tab(2), 1, &add(CardId::THEME, "y"))), "two tabs of one person");
    assert!(applied(&take(&mut doc, ANN, tab(1), 2, &add(CardId::THEME, "z"))));
}

#[test]
fn a_refused_operation_takes_neither_id_nor_number() {
    let mut doc = Doc::<Board>::default();
    let nowhere = CardId::from(OpId { client: tab(9), n: 9 });
    assert_eq!(take(&mut doc, ANN, tab(1), 1, &add(nowhere, "x")), Outcome::Rejected(Reject::NoCard(nowhere)));
    assert_eq!(doc, Doc::default());
    assert!(applied(&take(&mut doc, BEN, tab(1), 1, &add(CardId::THEME, "x"))));
}

#[test]
fn a_number_counts_once_and_never_backwards() {
    let mut doc = Doc::<Board>::default();
    assert!(applied(&take(&mut doc, ANN, tab(1), 5, &add(CardId::THEME, "x"))));
    let after = doc.clone();
    for n in [0, 4, 5] {
        assert!(doc.knows(OpId { client: tab(1), n }));
        assert_eq!(take(&mut doc, ANN, tab(1), n, &add(CardId::THEME, "x")), Outcome::Duplicate);
        assert_eq!(doc, after);
    }
    assert!(!doc.knows(OpId { client: tab(1), n: 6 }));
    assert!(applied(&take(&mut doc, ANN, tab(1), 100, &add(CardId::THEME, "x"))), "numbers may be left out");
}

#[test]
fn a_full_doc_takes_no_new_tab_but_every_known_one() {
    let mut doc = Doc::<Board>::default();
    let card = CardId::from(OpId { client: tab(0), n: 1 });
    assert!(applied(&take(&mut doc, ANN, tab(0), 1, &add(CardId::THEME, "x"))));
    for n in 1..CLIENTS_MAX as u64 {
        let by = By::Person(PersonId(10 + u32::try_from(n).unwrap() % 100));
        assert!(applied(&take(&mut doc, by, tab(n), 1, &BoardOp::RemoveCard { card })), "{n}");
    }
    let one_more = take(&mut doc, BEN, tab(CLIENTS_MAX as u64), 1, &BoardOp::RestoreCard { card });
    assert_eq!(one_more, Outcome::Rejected(Reject::DocFull));
    assert!(applied(&take(&mut doc, ANN, tab(0), 2, &BoardOp::RestoreCard { card })));
    assert!(doc.model.is_seen(card));
}

#[test]
fn nobody_takes_the_room_of_all_others() {
    let mut doc = Doc::<Board>::default();
    let act = add(CardId::THEME, "");
    for n in 0..CLIENTS_EACH_MAX as u64 {
        assert!(applied(&take(&mut doc, BEN, tab(n), 1, &act)), "{n}");
    }
    let next = CLIENTS_EACH_MAX as u64;
    assert_eq!(take(&mut doc, BEN, tab(next), 1, &act), Outcome::Rejected(Reject::DocFull));
    assert!(applied(&take(&mut doc, BEN, tab(0), 2, &act)), "the tabs that are known go on");
    assert!(applied(&take(&mut doc, ANN, tab(next), 1, &act)), "and so do all others");
}

#[test]
fn a_full_board_says_so_and_can_still_be_written_on() {
    let mut doc = Doc::<Board>::default();
    let full = (1..).find(|n| !applied(&take(&mut doc, ANN, tab(1), *n, &add(CardId::THEME, "x")))).unwrap();
    assert_eq!(full as usize, CARDS_MAX, "the theme is a card too");
    assert_eq!(take(&mut doc, ANN, tab(1), full, &add(CardId::THEME, "x")), Outcome::Rejected(Reject::BoardFull));
    let edit = TextEdit::Insert { after: None, start: 7, text: "なぜ".into() };
    let card = CardId::from(OpId { client: tab(1), n: 1 });
    assert!(applied(&take(&mut doc, ANN, tab(1), full, &BoardOp::EditText { card, edit })));
}

#[test]
fn a_chain_ends_where_the_limit_says() {
    let mut doc = Doc::<Board>::default();
    let id = |n| CardId::from(OpId { client: tab(1), n });
    let depth = u32::try_from(DEPTH_MAX).unwrap();
    for n in 1..=depth {
        let parent = if n == 1 { CardId::THEME } else { id(n - 1) };
        assert!(applied(&take(&mut doc, ANN, tab(1), n, &add(parent, "x"))), "level {n}");
    }
    let deeper = take(&mut doc, ANN, tab(1), depth + 1, &add(id(depth), "x"));
    assert_eq!(deeper, Outcome::Rejected(Reject::TooDeep));
    assert!(applied(&take(&mut doc, ANN, tab(1), depth + 1, &add(CardId::THEME, "x"))));
    let under = BoardOp::MoveCard { card: id(1), parent: id(depth + 1), place: Place::Last };
    assert_eq!(take(&mut doc, ANN, tab(1), depth + 2, &under), Outcome::Rejected(Reject::TooDeep));
    let hidden = BoardOp::RemoveCard { card: id(3) };
    assert!(applied(&take(&mut doc, ANN, tab(1), depth + 2, &hidden)));
    assert_eq!(take(&mut doc, ANN, tab(1), depth + 3, &under), Outcome::Rejected(Reject::TooDeep), "it may come back");
}

#[test]
fn a_board_with_every_seat_ever_taken_still_knows_who_moves() {
    let mut doc = Doc::<Board>::default();
    let set = |person: usize, name: &str, seated| BoardOp::SetMember {
        person: PersonId(u32::try_from(person).unwrap()),
        member: Member { name: name.into(), seated },
    };
    for person in 0..PEOPLE_MAX {
        let n = u32::try_from(person).unwrap() + 1;
        let op = set(person, "佐藤", Seated::Here);
        assert!(applied(&take(&mut doc, By::Server, ClientId::FROM_ROSTER, n, &op)));
    }
    let n = u32::try_from(PEOPLE_MAX).unwrap() + 1;
    let one_more = take(&mut doc, By::Server, ClientId::FROM_ROSTER, n, &set(PEOPLE_MAX, "鈴木", Seated::Here));
    assert_eq!(one_more, Outcome::Rejected(Reject::DocFull));
    assert!(applied(&take(&mut doc, By::Server, ClientId::FROM_ROSTER, n, &set(0, "佐藤", Seated::Elsewhere))));
}

#[test]
fn following_the_roster_twice_changes_nothing() {
    let mut roster = Doc::<Roster>::default();
    let join = |key: u8| RosterOp::Join {
        key: TokenHash([key; 32]),
        name: "佐藤".into(),
        section: String::new(),
        group: GroupId(1),
        seats: 5,
    };
    assert!(applied(&take(&mut roster, By::Server, ClientId::FROM_ROSTER, 1, &join(1))));
    assert!(applied(&take(&mut roster, By::Server, ClientId::FROM_ROSTER, 2, &join(2))));
    let mut board = Doc::<Board>::default();
    let all = |board: &mut Doc<Board>| {
        for person in [1, 2] {
            for (_, id, op) in follow(&roster.model, PersonId(person)) {
                take(board, By::Server, id.client, id.n, Board::pick(&op).unwrap());
            }
        }
    };
    all(&mut board);
    assert_eq!(board.model.seated().count(), 2);
    let once = board.clone();
    all(&mut board);
    assert_eq!(board, once);
}

/// An entry that a server would make of an operation.
fn entry(seq: u64, by: By, id: OpId, op: BoardOp) -> Entry {
    Entry { stamp: Stamp { seq: Seq(seq), at: Millis(0), by, id }, op: Op::Board(op) }
}

/// Two cards under the theme, at the server; I have moved one under the other, somebody else did the opposite first, and
/// I went on to write a card with a text too long by now.
fn refused_unheard() -> (Vec<Entry>, Replica<Board>, OpId) {
    let long = "あ".repeat(150);
    let at = |n| OpId { client: tab(1), n };
    let type_in = |n| BoardOp::EditText {
        card: CardId::THEME,
        edit: TextEdit::Insert { after: None, start: n, text: long.clone() },
    };
    let mut mine = Replica::new(ANN);
    mine.local(at(1), Millis(0), type_in(10)).unwrap();
    mine.local(at(2), Millis(0), add(CardId::THEME, "x")).unwrap();
    let theirs = OpId { client: tab(2), n: 1 };
    // The server had their text first, refused mine, took my card; the refusal never reached me.
    let log = vec![entry(1, BEN, theirs, type_in(10)), entry(2, ANN, at(2), add(CardId::THEME, "x"))];
    (log, mine, at(1))
}

#[test]
fn a_refusal_that_was_not_heard_is_noticed_in_the_entries() {
    let (log, mut mine, refused) = refused_unheard();
    assert_eq!(log.iter().map(|entry| mine.receive(entry)).collect::<Vec<_>>(), [Received::Others, Received::Saved]);
    assert_eq!(mine.take_lost().iter().map(|lost| lost.id).collect::<Vec<_>>(), [refused]);
    assert!(mine.pending().is_empty() && mine.take_lost().is_empty());
    assert_eq!(mine.view(), &mine.confirmed().model);
}

#[test]
fn a_refusal_that_was_not_heard_is_noticed_in_a_snapshot() {
    let (log, mut mine, refused) = refused_unheard();
    let mut doc = Doc::default();
    for entry in &log {
        assert!(applied(&doc.apply(&entry.stamp, Board::pick(&entry.op).unwrap())));
    }
    let outbox: Vec<Pending<BoardOp>> = mine.pending().to_vec();
    mine.load(doc.clone());
    assert_eq!(mine.take_lost().iter().map(|lost| lost.id).collect::<Vec<_>>(), [refused]);
    assert!(mine.pending().is_empty());
    let mut anew = Replica::new(ANN);
    anew.load(doc);
    anew.adopt(outbox);
    assert_eq!(anew.take_lost().iter().map(|lost| lost.id).collect::<Vec<_>>(), [refused], "after a reload too");
    assert!(anew.pending().is_empty());
    assert!(anew.view().ever().all(|(_, card)| card.kept == Kept::Yes));
}
