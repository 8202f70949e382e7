//! A store of which one doc cannot be read, or not be written, or not fast: it is that doc's trouble, and no other's.

use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use shared::{AnyDoc, Entry, Seq};

use super::*;
use crate::log::{Key, Log, LogError, MemoryLog, Stored};
use crate::registry::Times;

/// A log with a torn page.
#[derive(Default)]
pub(super) struct Torn {
    memory: MemoryLog,
    doc: Mutex<Option<DocId>>,
    sealed: Mutex<Option<DocId>>,
    slow: Mutex<Option<DocId>>,
}

impl Torn {
    pub(super) fn tear(&self, doc: Option<DocId>) {
        *self.doc.lock().unwrap_or_else(PoisonError::into_inner) = doc;
    }

    /// Entries of this doc take as long as on a disk that is busy.
    pub(super) fn slow(&self, doc: DocId) {
        *self.slow.lock().unwrap_or_else(PoisonError::into_inner) = Some(doc);
    }

    /// This doc can be read and not be written.
    pub(super) fn seal(&self, doc: Option<DocId>) {
        *self.sealed.lock().unwrap_or_else(PoisonError::into_inner) = doc;
    }
}

impl Log for Torn {
    fn append(&self, key: Key, after: Seq, entries: Arc<[Entry]>) -> BoxFuture<'_, Result<(), LogError>> {
        if *self.sealed.lock().unwrap_or_else(PoisonError::into_inner) == Some(key.doc) {
            return ready(Err(LogError::Failed { what: "a page is sealed".to_owned() })).boxed();
        }
        let stored = self.memory.append(key, after, entries);
        if *self.slow.lock().unwrap_or_else(PoisonError::into_inner) != Some(key.doc) {
            return stored;
        }
        tokio::time::sleep(Duration::from_millis(8)).then(|()| stored).boxed()
    }

    fn load(&self, key: Key) -> BoxFuture<'_, Result<Stored, LogError>> {
        if *self.doc.lock().unwrap_or_else(PoisonError::into_inner) == Some(key.doc) {
            return ready(Err(LogError::Failed { what: "a page is torn".to_owned() })).boxed();
        }
        self.memory.load(key)
    }

    fn put_snapshot(&self, key: Key, doc: AnyDoc) -> BoxFuture<'_, Result<(), LogError>> {
        self.memory.put_snapshot(key, doc)
    }

    fn keys(&self) -> BoxFuture<'_, Result<Vec<Key>, LogError>> {
        self.memory.keys()
    }

    fn commits(&self) -> u64 {
        self.memory.commits()
    }
}

#[tokio::test]
async fn a_board_that_cannot_be_read_is_missing_and_all_others_go_on() {
    let log = Arc::new(Torn::default());
    let times = Times { unreadable: Duration::from_millis(300), ..Times::default() };
    let hall = Hall::open_on(log.clone(), Limits { times, ..Limits::default() }).await;
    log.tear(Some(board(2)));
    let mut lead = hall.peer().await;
    lead.hello(&hall, hall.made.lead, vec![]).await;
    assert_eq!(lead.docs(4).await, [DocId::Workshop, DocId::Roster, board(1), board(3)]);
    let mut observer = hall.peer().await;
    observer.hello(&hall, hall.made.observer, vec![]).await;
    assert_eq!(observer.docs(3).await, [DocId::Workshop, board(1), board(3)]);
    assert_eq!(hall.registry.metrics().docs_unreadable, 1);
    // It is not said to be saved, and not refused: it waits.
    lead.send(&ClientMessage::Ops { doc: board(2), ops: vec![adds(1)] }).await;
    lead.send(&ClientMessage::Ops { doc: board(3), ops: vec![adds(2)] }).await;
    assert_eq!(lead.entries(board(3)).await, [id(2)]);
    lead.gets_no_more().await;
    log.tear(None);
    observer.gets_whole(board(2)).await;
    assert_eq!(hall.registry.metrics().docs_unreadable, 0);
}

#[tokio::test]
async fn what_waited_for_a_board_is_not_overtaken_by_what_was_done_later() {
    let log = Arc::new(Torn::default());
    let times = Times { unreadable: Duration::from_millis(300), ..Times::default() };
    let hall = Hall::open_on(log.clone(), Limits { times, ..Limits::default() }).await;
    log.tear(Some(board(2)));
    let mut lead = hall.peer().await;
    lead.hello(&hall, hall.made.lead, vec![]).await;
    lead.docs(4).await;
    lead.send(&ClientMessage::Ops { doc: board(2), ops: vec![adds(1)] }).await;
    lead.gets_no_more().await;
    log.tear(None);
    lead.send(&ClientMessage::Ops { doc: board(2), ops: vec![adds(2)] }).await;
    assert_eq!(lead.closed().await, Close::Restart as u16);
    let mut back = hall.peer().await;
    back.hello(&hall, hall.made.lead, vec![]).await;
    back.docs(5).await;
    back.send(&ClientMessage::Ops { doc: board(2), ops: vec![adds(1), adds(2)] }).await;
    assert_eq!(back.entries(board(2)).await, [id(1), id(2)]);
}

/// A page forgets a key that is refused: it must not be when the server could only not look.
#[tokio::test]
async fn a_key_or_code_that_cannot_be_looked_up_now_is_not_called_wrong() {
    for torn in [DocId::Directory, DocId::Doors, DocId::Roster, DocId::Workshop] {
        let log = Arc::new(Torn::default());
        let hall = Hall::open_on(log.clone(), Limits { wrong_codes_per_minute_max: 1, ..Limits::default() }).await;
        let joined = join(&mut hall.peer().await, &hall, token(1), None).await;
        assert!(matches!(joined, ServerMessage::Joined { .. }), "{joined:?}");
        let hall = hall.again(log.clone()).await;
        log.tear(Some(torn));
        let (workshop, client) = (hall.made.id, ClientId::of(77));
        let hello = ClientMessage::Hello { workshop, token: token(1), client, have: vec![] };
        let knock = ClientMessage::Knock(hall.made.code);
        let busy = ServerMessage::Refused(Refusal::Busy);
        let mut peer = hall.peer().await;
        assert_eq!(peer.ask(&hello).await, busy, "{torn:?}");
        // The door shows no keys. Often enough that it would be guessing, if it were.
        for _ in 0..if torn == DocId::Doors { 0 } else { 5 } {
            assert_eq!(peer.ask(&knock).await, busy, "{torn:?}");
        }
        log.tear(None);
        assert!(matches!(peer.ask(&knock).await, ServerMessage::Door { .. }), "{torn:?}");
        assert!(matches!(peer.ask(&hello).await, ServerMessage::Welcome { .. }), "{torn:?}");
    }
}

#[tokio::test]
async fn who_has_only_that_board_is_sent_away_to_come_back() {
    let log = Arc::new(Torn::default());
    let hall = Hall::open_on(log.clone(), Limits::default()).await;
    log.tear(Some(board(2)));
    let mut sato = hall.peer().await;
    // Their seat is theirs; the board that would show it is not there.
    let joined = join(&mut sato, &hall, token(1), Some(GroupId(2))).await;
    assert!(matches!(joined, ServerMessage::Joined { .. }), "{joined:?}");
    sato.hello(&hall, token(1), vec![]).await;
    assert_eq!(sato.closed().await, Close::Restart as u16);
    log.tear(None);
    let mut back = hall.peer().await;
    back.hello(&hall, token(1), vec![]).await;
    assert_eq!(back.docs(3).await[..2], [DocId::Workshop, board(2)]);
}
