//! Speaking one after another: everybody once, nobody twice, whoever presses.

use shared::docs::board::{Board, BoardOp, Member, Pass, Seated};
use shared::{By, ClientId, Doc, Millis, OpId, Outcome, PersonId, Stamp};

fn act(doc: &mut Doc<Board>, by: By, op: BoardOp) {
    let seq = doc.seq.next();
    let client = if by == By::Server { ClientId::SERVER } else { ClientId::of(99) };
    let by = if by == By::Server { by } else { By::Lead };
    let id = OpId { client, n: u32::try_from(seq.0).unwrap() };
    let outcome = doc.apply(&Stamp { seq, at: Millis(seq.0 * 10_000), by, id }, &op);
    assert!(matches!(outcome, Outcome::Applied(None)), "{op:?}: {outcome:?}");
}

fn seat(doc: &mut Doc<Board>, person: u32, seated: Seated) {
    let member = Member { name: format!("{person}"), seated };
    act(doc, By::Server, BoardOp::SetMember { person: PersonId(person), member });
}

fn group() -> Doc<Board> {
    let mut doc = Doc::default();
    for person in 1..=4 {
        seat(&mut doc, person, Seated::Here);
    }
    seat(&mut doc, 9, Seated::Elsewhere);
    doc
}

fn order(doc: &Doc<Board>) -> Vec<u32> {
    doc.model.turns.as_ref().unwrap().order.iter().map(|person| person.0).collect()
}

fn pass(doc: &mut Doc<Board>, of: u32, how: Pass) {
    act(doc, By::Lead, BoardOp::PassTurn { of: PersonId(of), how });
}

#[test]
fn everybody_who_sits_here_speaks_once() {
    let mut doc = group();
    act(&mut doc, By::Lead, BoardOp::TakeTurns);
    let first = order(&doc)[0];
    pass(&mut doc, first, Pass::Later);
    assert_eq!(*order(&doc).last().unwrap(), first, "who would rather speak later comes last");
    let mut heard = Vec::new();
    while let Some(first) = order(&doc).first().copied() {
        let before = order(&doc);
        pass(&mut doc, first, Pass::Done);
        heard.push(first);
        let since = doc.model.turns.as_ref().unwrap().since;
        // Somebody else presses at the same moment: the word is passed once.
        pass(&mut doc, first, Pass::Done);
        assert_eq!(order(&doc), before[1..]);
        assert_eq!(doc.model.turns.as_ref().unwrap().since, since);
    }
    assert_eq!(*heard.last().unwrap(), first);
    heard.sort_unstable();
    assert_eq!(heard, [1, 2, 3, 4]);
    act(&mut doc, By::Lead, BoardOp::TakeTurns);
    assert_eq!(order(&doc).len(), 4, "and once more, from the beginning");
}

#[test]
fn another_one_begins_every_time_and_who_has_moved_away_has_no_turn() {
    let mut doc = group();
    let mut first = Vec::new();
    for _ in 0..4 {
        act(&mut doc, By::Lead, BoardOp::TakeTurns);
        first.push(order(&doc)[0]);
    }
    first.sort_unstable();
    assert_eq!(first, [1, 2, 3, 4]);
    let (first, at) = (order(&doc)[0], doc.seq.0 + 1);
    seat(&mut doc, first, Seated::Elsewhere);
    assert!(!order(&doc).contains(&first));
    assert_eq!(doc.model.turns.as_ref().unwrap().since, Millis(at * 10_000), "the next one begins now");
    seat(&mut doc, 9, Seated::Here);
    assert_eq!(order(&doc).last(), Some(&9), "who comes speaks last");
    let mut nobody: Doc<Board> = Doc::default();
    act(&mut nobody, By::Lead, BoardOp::TakeTurns);
    assert!(order(&nobody).is_empty());
}

#[test]
fn two_who_begin_at_once_begin_once() {
    let mut doc = group();
    act(&mut doc, By::Lead, BoardOp::TakeTurns);
    let before = order(&doc);
    let stamp = Stamp {
        seq: doc.seq.next(),
        at: Millis(doc.seq.0 * 10_000 + 100),
        by: By::Lead,
        id: OpId { client: ClientId::of(99), n: 900 },
    };
    doc.apply(&stamp, &BoardOp::TakeTurns);
    assert_eq!(order(&doc), before);
}
