//! A room, with a log in the hand of the test.

use std::sync::Arc;
use std::time::Duration;

use shared::docs::board::{BoardOp, Member, Place, Seated};
use shared::presence::Present;
use shared::wire::{Close, ServerMessage, decode};
use shared::{By, CardId, DocId, PersonId, WorkshopId};

use super::*;
use crate::log::Log;

use self::hand::HandLog;

mod hand;
mod held;

const BOARD: DocId = DocId::Board(GroupId(1));

fn key() -> Key {
    Key { workshop: WorkshopId(uuid::Uuid::from_u128(1)), doc: BOARD }
}

fn rooms(log: &Arc<HandLog>) -> Arc<Rooms> {
    let log: Arc<dyn Log> = log.clone();
    Arc::new(Rooms::new(log, crate::clock::Clock::default(), crate::memory::Memory::new(None)))
}

/// A board with nothing beside it.
struct Table {
    log: Arc<HandLog>,
    rooms: Arc<Rooms>,
    room: Handle,
}

fn table() -> Table {
    let log = Arc::new(HandLog::default());
    let rooms = rooms(&log);
    let room = rooms.open(key());
    Table { log, rooms, room }
}

/// Somebody at it.
struct Phone {
    conn: ConnId,
    client: ClientId,
    n: u32,
    outbox: Arc<Outbox>,
    room: Handle,
}

impl Table {
    async fn sits(&self, conn: u64, who: Capability, have: Point) -> Phone {
        let outbox = Arc::new(Outbox::new(OutboxLimits::default()));
        let subscriber = Subscriber { conn: ConnId(conn), who, outbox: outbox.clone(), standing: Standing::Own };
        self.room.subscribe(subscriber, have).await.unwrap();
        Phone { conn: ConnId(conn), client: ClientId::of(1_000 + conn), n: 0, outbox, room: self.room.clone() }
    }

    async fn person(&self, id: u32) -> Phone {
        self.sits(u64::from(id), Capability::Participant(PersonId(id)), Point::default()).await
    }

    async fn seq(&self) -> u64 {
        self.room.inspect(|doc| doc.seq().0).await.unwrap()
    }
}

fn card(parent: CardId) -> Op {
    Op::Board(BoardOp::AddCard { parent, place: Place::Last, text: "なぜ".to_owned(), start: 0 })
}

impl Phone {
    fn next(&mut self) -> OpId {
        self.n += 1;
        OpId { client: self.client, n: self.n }
    }

    async fn adds(&mut self, parent: CardId) -> OpId {
        let id = self.next();
        self.room.ops(self.conn, vec![(id, card(parent))]).await.unwrap();
        id
    }

    /// Everything that waits, presence left out; waits for something.
    async fn gets(&self) -> (Vec<ServerMessage>, Next) {
        let mut all = Vec::new();
        loop {
            let mut batch = Vec::new();
            let next = self.outbox.take(&mut batch).await;
            self.outbox.sent();
            let decoded = batch.iter().map(|bytes| decode(bytes).unwrap());
            all.extend(decoded.filter(|message| !matches!(message, ServerMessage::Present { .. })));
            if !all.is_empty() || next != Next::Send {
                return (all, next);
            }
        }
    }

    async fn message(&self) -> ServerMessage {
        let (mut messages, _) = self.gets().await;
        assert_eq!(messages.len(), 1, "{messages:?}");
        messages.remove(0)
    }

    async fn entries(&self) -> Vec<OpId> {
        match self.message().await {
            ServerMessage::Entries { entries, .. } => entries.iter().map(|entry| entry.stamp.id).collect(),
            other => panic!("{other:?}"),
        }
    }

    async fn doc(&self) -> AnyDoc {
        match self.message().await {
            ServerMessage::Snapshot { body, .. } => body,
            other => panic!("{other:?}"),
        }
    }

    /// Waits until this is the last that was told of who is here.
    async fn sees(&self, wanted: &[Present]) {
        loop {
            let mut batch = Vec::new();
            assert_eq!(self.outbox.take(&mut batch).await, Next::Send);
            self.outbox.sent();
            let last = batch.iter().rev().find_map(|bytes| match decode(bytes).unwrap() {
                ServerMessage::Present { present, .. } => Some(present),
                _ => None,
            });
            if last.as_deref() == Some(wanted) {
                return;
            }
        }
    }

    /// Nothing comes, although everything had time to.
    async fn gets_nothing(&self) {
        let waited = tokio::time::timeout(Duration::from_millis(100), self.gets()).await;
        assert!(waited.is_err(), "{waited:?}");
    }
}

#[tokio::test]
async fn an_operation_reaches_everybody_once_its_author_included() {
    let table = table();
    let (mut sato, suzuki) = (table.person(1).await, table.person(2).await);
    assert_eq!(sato.doc().await, suzuki.doc().await);
    let id = sato.adds(CardId::THEME).await;
    assert_eq!(sato.entries().await, [id]);
    assert_eq!(suzuki.entries().await, [id]);
}

#[tokio::test]
async fn a_duplicate_is_known_and_shown_to_nobody_again() {
    let table = table();
    let (mut sato, suzuki) = (table.person(1).await, table.person(2).await);
    let _ = (sato.doc().await, suzuki.doc().await);
    let id = sato.adds(CardId::THEME).await;
    let _ = (sato.entries().await, suzuki.entries().await);
    sato.room.ops(sato.conn, vec![(id, card(CardId::THEME))]).await.unwrap();
    assert_eq!(sato.message().await, ServerMessage::Known { doc: BOARD, id });
    suzuki.gets_nothing().await;
    assert_eq!(table.seq().await, 1);
}

#[tokio::test]
async fn what_does_not_fit_is_answered_to_its_author_alone() {
    let table = table();
    let (mut sato, suzuki) = (table.person(1).await, table.person(2).await);
    let _ = (sato.doc().await, suzuki.doc().await);
    let nowhere = CardId { client: ClientId::of(99), n: 9 };
    let id = sato.adds(nowhere).await;
    let why = Reject::NoCard(nowhere);
    assert_eq!(sato.message().await, ServerMessage::Rejected { doc: BOARD, id, why });
    suzuki.gets_nothing().await;
}

/// Law 3.
#[tokio::test]
async fn nobody_hears_of_anything_before_it_is_stored() {
    let table = table();
    let (mut sato, suzuki) = (table.person(1).await, table.person(2).await);
    let _ = (sato.doc().await, suzuki.doc().await);
    let hold = table.log.hold().await;
    let first = sato.adds(CardId::THEME).await;
    sato.room.ops(sato.conn, vec![(first, card(CardId::THEME))]).await.unwrap();
    let nowhere = sato.adds(CardId { client: ClientId::of(99), n: 9 }).await;
    sato.gets_nothing().await;
    suzuki.gets_nothing().await;
    drop(hold);
    assert_eq!(suzuki.entries().await, [first]);
    let (mut heard, _) = sato.gets().await;
    while heard.len() < 3 {
        heard.extend(sato.gets().await.0);
    }
    assert!(matches!(&heard[..], [
        ServerMessage::Entries { .. },
        ServerMessage::Known { id: known, .. },
        ServerMessage::Rejected { id: rejected, .. },
    ] if *known == first && *rejected == nowhere));
}

#[tokio::test]
async fn what_waits_is_stored_and_sent_as_one() {
    let table = table();
    let (mut sato, suzuki) = (table.person(1).await, table.person(2).await);
    let _ = (sato.doc().await, suzuki.doc().await);
    let hold = table.log.hold().await;
    let mut ids = Vec::new();
    for _ in 0..50 {
        ids.push(sato.adds(CardId::THEME).await);
    }
    drop(hold);
    let mut seen = Vec::new();
    let mut messages = 0;
    while seen.len() < 50 {
        seen.extend(suzuki.entries().await);
        messages += 1;
    }
    assert_eq!(seen, ids);
    assert!(messages <= 2, "{messages}");
    assert!(table.log.appends() <= 2);
}

#[tokio::test]
async fn a_failed_append_closes_its_author_and_leaves_the_others() {
    let table = table();
    let (mut sato, mut suzuki) = (table.person(1).await, table.person(2).await);
    let _ = (sato.doc().await, suzuki.doc().await);
    table.log.fail_once_without_storing();
    let lost = sato.adds(CardId::THEME).await;
    // What its author sent behind it must not overtake it.
    sato.adds(CardId::THEME).await;
    let (heard, next) = sato.gets().await;
    assert_eq!((heard, next), (vec![], Next::Close(Close::Restart)));
    let id = suzuki.adds(CardId::THEME).await;
    assert_eq!(suzuki.entries().await, [id]);
    let again = table.sits(3, Capability::Participant(PersonId(1)), Point::default()).await;
    let _ = again.doc().await;
    again.room.ops(again.conn, vec![(lost, card(CardId::THEME))]).await.unwrap();
    assert_eq!(again.entries().await, [lost]);
    assert_eq!(suzuki.entries().await, [lost]);
    assert_eq!(table.seq().await, 2);
}

#[tokio::test]
async fn an_append_that_failed_and_is_stored_all_the_same_is_shown() {
    let table = table();
    let (mut sato, suzuki) = (table.person(1).await, table.person(2).await);
    let _ = (sato.doc().await, suzuki.doc().await);
    table.log.fail_once_after_storing();
    let id = sato.adds(CardId::THEME).await;
    assert_eq!(sato.gets().await.1, Next::Close(Close::Restart));
    assert_eq!(suzuki.entries().await, [id]);
    let again = table.sits(3, Capability::Participant(PersonId(1)), Point::default()).await;
    let _ = again.doc().await;
    again.room.ops(again.conn, vec![(id, card(CardId::THEME))]).await.unwrap();
    assert_eq!(again.message().await, ServerMessage::Known { doc: BOARD, id });
    // It is among the recent ones once: who saw it goes on from it.
    let point = table.room.inspect(AnyDoc::point).await.unwrap();
    let back = table.sits(4, Capability::Participant(PersonId(4)), point).await;
    assert_eq!(back.entries().await, []);
}

#[tokio::test]
async fn a_log_that_cannot_be_read_again_closes_the_room_and_the_next_one_opens() {
    let table = table();
    let (mut sato, suzuki) = (table.person(1).await, table.person(2).await);
    let _ = (sato.doc().await, suzuki.doc().await);
    table.log.fail_once_without_storing();
    table.log.fail_next_load();
    sato.adds(CardId::THEME).await;
    assert_eq!(suzuki.gets().await.1, Next::Close(Close::Restart));
    let reopened = table.rooms.open(key());
    assert_eq!(reopened.inspect(|doc| doc.seq()).await, Ok(Seq(0)));
}

#[tokio::test]
async fn who_comes_back_gets_what_they_missed_or_the_whole() {
    let table = table();
    let mut sato = table.person(1).await;
    let _ = sato.doc().await;
    let (mut ids, mut points) = (Vec::new(), vec![Point::default()]);
    for _ in 0..300 {
        ids.push(sato.adds(CardId::THEME).await);
        let _ = sato.entries().await;
        points.push(table.room.inspect(AnyDoc::point).await.unwrap());
    }
    let back = table.sits(2, Capability::Participant(PersonId(2)), points[298]).await;
    assert_eq!(back.entries().await, ids[298..]);
    let current = table.sits(3, Capability::Participant(PersonId(3)), points[300]).await;
    assert_eq!(current.entries().await, []);
    let late = table.sits(4, Capability::Participant(PersonId(4)), points[1]).await;
    assert_eq!(late.doc().await.seq(), Seq(300));
    for n in [301, 300, 298] {
        let lost = Point { seq: Seq(n), trail: points[7].trail };
        let from_a_lost_log = table.sits(5, Capability::Participant(PersonId(5)), lost).await;
        assert_eq!(from_a_lost_log.doc().await.seq(), Seq(300));
    }
}

#[tokio::test]
async fn a_room_that_is_opened_again_is_as_it_was() {
    let table = table();
    let mut sato = table.person(1).await;
    let _ = sato.doc().await;
    for _ in 0..3 {
        sato.adds(CardId::THEME).await;
    }
    let before = table.room.inspect(AnyDoc::clone).await.unwrap();
    table.rooms.stop.cancel();
    table.rooms.tasks.close();
    table.rooms.tasks.wait().await;
    assert_eq!(table.log.snapshot_seq(key()).await, Some(Seq(3)));
    assert_eq!(rooms(&table.log).open(key()).inspect(AnyDoc::clone).await, Ok(before));
}

#[tokio::test(start_paused = true)]
async fn presence_is_told_at_once_to_who_comes_and_soon_to_the_others() {
    let table = table();
    let here = |by, doing| Present { by, doing };
    let reads = |id| here(By::Person(PersonId(id)), Doing::Reading);
    let sato = table.person(1).await;
    sato.sees(&[reads(1)]).await;
    let suzuki = table.person(2).await;
    suzuki.sees(&[reads(1), reads(2)]).await;
    sato.sees(&[reads(1), reads(2)]).await;
    // A helper follows all boards, and is at none until they say so.
    let helper = table.sits(9, Capability::Helper, Point::default()).await;
    helper.sees(&[reads(1), reads(2)]).await;
    let adds = Doing::Adding(CardId::THEME);
    helper.room.doing(helper.conn, Some(adds)).await.unwrap();
    sato.sees(&[here(By::Helper, adds), reads(1), reads(2)]).await;
    suzuki.sees(&[here(By::Helper, adds), reads(1), reads(2)]).await;
    suzuki.room.unsubscribe(suzuki.conn).await.unwrap();
    sato.sees(&[here(By::Helper, adds), reads(1)]).await;
    sato.gets_nothing().await;
}

#[tokio::test]
async fn who_has_moved_is_sent_to_their_new_board() {
    let table = table();
    let (sato, suzuki) = (table.person(1).await, table.person(2).await);
    let _ = (sato.doc().await, suzuki.doc().await);
    let member = Member { name: "佐藤".to_owned(), seated: Seated::Elsewhere };
    let moved = Op::Board(BoardOp::SetMember { person: PersonId(1), member });
    assert_eq!(table.room.decide(move |_| Some(moved)).await, Ok(Decided::Stored(Seq(1))));
    let (heard, next) = sato.gets().await;
    assert_eq!((heard.len(), next), (1, Next::Close(Close::Reseated)));
    assert!(suzuki.outbox.is_open());
    let too_late = table.person(1).await;
    assert_eq!(too_late.gets().await, (vec![], Next::Close(Close::Reseated)));
}

#[tokio::test]
async fn who_does_not_take_their_messages_is_closed_and_forgotten() {
    let table = table();
    let mut sato = table.person(1).await;
    let outbox = Arc::new(Outbox::new(OutboxLimits { messages_max: 10, bytes_max: 10_000 }));
    let subscriber =
        Subscriber { conn: ConnId(2), who: Capability::Observer, outbox: outbox.clone(), standing: Standing::Own };
    table.room.subscribe(subscriber, Point::default()).await.unwrap();
    let _ = sato.doc().await;
    for _ in 0..20 {
        sato.adds(CardId::THEME).await;
        let _ = sato.entries().await;
    }
    let mut batch = Vec::new();
    assert_eq!(outbox.take(&mut batch).await, Next::Close(Close::TooSlow));
    let figures = table.rooms.metrics.read(0);
    assert_eq!((figures.overflows, figures.subscriptions), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn an_empty_room_is_closed_after_a_while_and_an_entered_one_is_not() {
    let Table { log, rooms, room } = table();
    let phone = Table { log: log.clone(), rooms: rooms.clone(), room: room.clone() }.person(1).await;
    drop(room);
    tokio::time::sleep(Duration::from_secs(3_600)).await;
    assert_eq!(rooms.metrics.read(0).rooms, 1);
    phone.room.unsubscribe(phone.conn).await.unwrap();
    drop(phone);
    tokio::time::sleep(Duration::from_secs(3_600)).await;
    assert_eq!(rooms.metrics.read(0).rooms, 0);
    assert_eq!(rooms.open(key()).inspect(|doc| doc.seq()).await, Ok(Seq(0)));
}
