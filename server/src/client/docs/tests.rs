//! The docs of a session against a log that is kept by hand.

use shared::docs::board::BoardOp;
use shared::limits::{CLIENT_MESSAGE_BYTES_MAX, OPS_PER_MESSAGE_MAX};
use shared::wire::{self, ClientMessage, ServerMessage};
use shared::{By, Capability, CardId, ClientId, DocId, Entry, GroupId, Millis, Op, OpId, PersonId, Reject, Seq, Stamp};

use super::{Docs, Taken};
use crate::client::ClientError;
use crate::client::pace::Others;

const GROUP: GroupId = GroupId(1);
const BOARD: DocId = DocId::Board(GROUP);

fn participant() -> Docs {
    let mut docs = Docs::new(ClientId::of(99), Capability::Participant(PersonId(5)), Some(GROUP), None);
    docs.take(ServerMessage::Snapshot { doc: BOARD, body: shared::AnyDoc::empty(BOARD) }).unwrap();
    docs
}

fn add(docs: &mut Docs, text: &str) -> OpId {
    let start = docs.number(text);
    let op =
        BoardOp::AddCard { parent: CardId::THEME, place: shared::docs::board::Place::Last, text: text.into(), start };
    docs.at_board(GROUP, Millis(0), op).unwrap()
}

fn sent(docs: &mut Docs) -> Vec<(OpId, Op)> {
    let messages = docs.take_unsent(usize::MAX);
    assert!(messages.iter().all(|message| wire::encode(message).len() <= CLIENT_MESSAGE_BYTES_MAX));
    let each = messages.into_iter().map(|message| match message {
        ClientMessage::Ops { doc: BOARD, ops } if ops.len() <= OPS_PER_MESSAGE_MAX => ops,
        other => panic!("{other:?}"),
    });
    each.flatten().collect()
}

fn entry(seq: u64, (id, op): (OpId, Op)) -> ServerMessage {
    let stamp = Stamp { seq: Seq(seq), at: Millis(1), by: By::Person(PersonId(5)), id };
    ServerMessage::Entries { doc: BOARD, entries: vec![Entry { stamp, op }] }
}

#[test]
fn what_was_sent_is_sent_again_only_on_a_new_connection() {
    let mut docs = participant();
    let ids: Vec<OpId> = (0..700).map(|n| add(&mut docs, &format!("{n}"))).collect();
    let first = sent(&mut docs);
    assert_eq!(first.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids);
    assert!(sent(&mut docs).is_empty());

    assert_eq!(docs.take(entry(1, first[0].clone())).unwrap(), Taken::Whole);
    docs.take(ServerMessage::Known { doc: BOARD, id: ids[1] }).unwrap();
    docs.welcome(docs.you(), docs.seat(), None);
    assert_eq!(sent(&mut docs).iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids[2..]);
    assert_eq!(docs.unsaved(), 698);
}

#[test]
fn no_more_leaves_than_may() {
    let mut docs = participant();
    let ids: Vec<OpId> = (0..5).map(|n| add(&mut docs, &format!("{n}"))).collect();
    let leave = |docs: &mut Docs, ops_max| match docs.take_unsent(ops_max).pop() {
        Some(ClientMessage::Ops { ops, .. }) => ops.into_iter().map(|(id, _)| id).collect(),
        _ => Vec::new(),
    };
    assert_eq!(leave(&mut docs, 0), []);
    assert_eq!(leave(&mut docs, 3), ids[..3]);
    assert_eq!(docs.unsent(), Others::Wait);
    assert_eq!(leave(&mut docs, 3), ids[3..]);
    assert_eq!(docs.unsent(), Others::None);
}

#[test]
fn long_cards_leave_in_several_messages() {
    let mut docs = participant();
    for _ in 0..150 {
        add(&mut docs, &"な".repeat(200));
    }
    assert_eq!(sent(&mut docs).len(), 150);
}

#[test]
fn a_missing_entry_is_noticed() {
    let mut docs = participant();
    let id = add(&mut docs, "a");
    let ops = sent(&mut docs);
    assert_eq!(docs.take(entry(2, ops[0].clone())).unwrap(), Taken::Gap);
    assert_eq!((docs.unsaved(), docs.have()), (1, vec![]));
    assert_eq!(docs.take(entry(1, ops[0].clone())).unwrap(), Taken::Whole);
    let point = docs.board(GROUP).unwrap().point();
    assert_eq!((docs.unsaved(), docs.have(), point.seq), (0, vec![(BOARD, point)], Seq(1)));
    assert!(docs.board(GROUP).unwrap().confirmed().knows(id));
}

#[test]
fn a_rejected_operation_is_undone_and_given_back() {
    let mut docs = participant();
    let id = add(&mut docs, "a");
    docs.take(ServerMessage::Rejected { doc: BOARD, id, why: Reject::Ended }).unwrap();
    assert!(docs.wording(GROUP, CardId::from(id)).is_none());
    let rejection = docs.rejections().next().unwrap();
    assert_eq!((rejection.id, rejection.why, rejection.op.is_some()), (id, Some(Reject::Ended), true));
}

#[test]
fn what_was_refused_while_away_is_given_back() {
    let mut docs = participant();
    let [unheard, _] = [add(&mut docs, "a"), add(&mut docs, "b")];
    let ops = sent(&mut docs);
    docs.welcome(docs.you(), docs.seat(), None);
    docs.take(entry(1, ops[1].clone())).unwrap();
    let rejection = docs.rejections().next().unwrap();
    assert_eq!((rejection.id, rejection.why), (unheard, None));
    assert_eq!(docs.unsaved(), 0);
}

#[test]
fn a_change_of_seat_gives_back_what_was_pending() {
    let mut docs = participant();
    add(&mut docs, "a");
    docs.welcome(docs.you(), Some(GroupId(2)), None);
    assert_eq!((docs.unsaved(), docs.rejections().len()), (0, 1));
    assert!(docs.board(GROUP).is_none());
}

#[test]
fn undo_takes_back_one_step_after_another() {
    let mut docs = participant();
    let cards = [add(&mut docs, "a"), add(&mut docs, "b")].map(CardId::from);
    let seen = |docs: &Docs| cards.map(|card| docs.board(GROUP).unwrap().view().is_seen(card));
    docs.undo_at_board(GROUP, Millis(0)).unwrap();
    assert_eq!(seen(&docs), [true, false]);
    docs.undo_at_board(GROUP, Millis(0)).unwrap();
    assert_eq!(seen(&docs), [false, false]);
    assert!(matches!(docs.undo_at_board(GROUP, Millis(0)), Err(ClientError::NothingToUndo)));
}
