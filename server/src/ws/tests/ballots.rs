//! A secret vote: who is told what, what a late ballot is told, and what a crash or an unreadable tray leaves to be done.

use shared::docs::board::{Ballots, NoteOn, Vote};
use shared::docs::tray::TrayOp;
use shared::{AnyDoc, By, Entry, Millis, NoteId, Seq, SortedMap, Stamp, VoteId};

use super::torn::Torn;
use super::*;
use crate::log::{Key, Log, MemoryLog};
use crate::registry::Times;

const BOARD: DocId = board(1);

/// Somebody with a client id of their own.
struct Voter {
    peer: Peer,
    client: ClientId,
    n: u32,
    tray: DocId,
}

impl Voter {
    async fn seated(hall: &Hall, n: u8) -> Self {
        let mut peer = hall.peer().await;
        let joined = join(&mut peer, hall, token(n), Some(GroupId(1))).await;
        let ServerMessage::Joined { person, .. } = joined else { panic!("{joined:?}") };
        peer.hello(hall, token(n), vec![]).await;
        peer.quiet().await;
        Self { peer, client: ClientId::of(7_000 + u64::from(n)), n: 0, tray: DocId::Tray(person) }
    }

    async fn does(&mut self, doc: DocId, op: Op) -> OpId {
        self.n += 1;
        let id = OpId { client: self.client, n: self.n };
        self.peer.send(&ClientMessage::Ops { doc, ops: vec![(id, op)] }).await;
        id
    }

    /// Does it, and it is taken.
    async fn did(&mut self, doc: DocId, op: Op) -> OpId {
        let id = self.does(doc, op).await;
        self.peer.answered(doc, id).await;
        id
    }

    async fn proposes(&mut self, text: &str) -> NoteId {
        let op = BoardOp::AddNote { on: NoteOn::Proposal, text: text.to_owned(), start: self.n * 100 };
        NoteId::from(self.did(BOARD, Op::Board(op)).await)
    }

    async fn casts(&mut self, vote: VoteId, choices: &[NoteId]) -> OpId {
        self.did(self.tray, cast(vote, choices)).await
    }
}

fn cast(vote: VoteId, choices: &[NoteId]) -> Op {
    Op::Tray(TrayOp::CastBallot { vote, choices: choices.to_vec() })
}

fn close(vote: VoteId) -> Op {
    Op::Board(BoardOp::CloseVote { vote })
}

async fn vote_of(hall: &Hall) -> Option<Vote> {
    match hall.registry.snapshot(hall.made.id, BOARD).await {
        Some(AnyDoc::Board(board)) => board.model.vote,
        other => panic!("{other:?}"),
    }
}

/// The result, once it is there.
async fn counted(hall: &Hall) -> (u16, SortedMap<NoteId, u16>) {
    loop {
        match vote_of(hall).await {
            Some(Vote { ballots: Ballots::Counted { ballots, votes }, .. }) => return (ballots, votes),
            _ => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Two at a board, two proposals, an open vote, and a ballot of each.
async fn voting(hall: &Hall) -> ([Voter; 2], [NoteId; 2], VoteId) {
    let (mut sato, mut suzuki) = (Voter::seated(hall, 1).await, Voter::seated(hall, 2).await);
    let proposals = [sato.proposes("高齢化").await, suzuki.proposes("空き家").await];
    let vote = VoteId::from(sato.did(BOARD, Op::Board(BoardOp::OpenVote)).await);
    sato.casts(vote, &proposals[..1]).await;
    suzuki.casts(vote, &proposals).await;
    ([sato, suzuki], proposals, vote)
}

#[tokio::test]
async fn what_was_chosen_last_before_the_end_is_counted_once() {
    let hall = Hall::open(Limits::default()).await;
    let ([mut sato, mut suzuki], [first, second], vote) = voting(&hall).await;
    let mut silent = Voter::seated(&hall, 3).await;
    sato.casts(vote, &[second]).await;
    silent.casts(vote, &[first]).await;
    silent.casts(vote, &[]).await;
    suzuki.did(BOARD, close(vote)).await;
    let result = (2, SortedMap::from([(first, 1), (second, 2)]));
    assert_eq!(counted(&hall).await, result);
    // Closing again, or opening and closing another one, counts nothing twice.
    let again = sato.does(BOARD, close(vote)).await;
    sato.peer.answered(BOARD, again).await;
    assert_eq!(counted(&hall).await, result);
    let next = VoteId::from(sato.did(BOARD, Op::Board(BoardOp::OpenVote)).await);
    sato.did(BOARD, close(next)).await;
    assert_eq!(counted(&hall).await, (0, SortedMap::new()), "nobody has voted in the next one");
}

#[tokio::test]
async fn a_ballot_that_comes_late_is_refused_and_said_to_be() {
    let hall = Hall::open(Limits::default()).await;
    let ([mut sato, mut suzuki], [first, second], vote) = voting(&hall).await;
    suzuki.did(BOARD, close(vote)).await;
    let before = counted(&hall).await;
    sato.peer.quiet().await;
    let id = sato.does(sato.tray, cast(vote, &[first, second])).await;
    let refused = |doc, id, why| ServerMessage::Rejected { doc, id, why };
    assert_eq!(sato.peer.next_but_present().await, refused(sato.tray, id, Reject::VoteIsOver));
    assert_eq!(counted(&hall).await, before);
    // Nor is one that is for another vote, for another person's tray, or for what nobody proposed.
    let never = VoteId { client: ClientId::of(99), n: 1 };
    let id = sato.does(sato.tray, cast(never, &[first])).await;
    assert_eq!(sato.peer.next_but_present().await, refused(sato.tray, id, Reject::VoteIsOver));
    let next = VoteId::from(sato.did(BOARD, Op::Board(BoardOp::OpenVote)).await);
    let id = sato.does(suzuki.tray, cast(next, &[first])).await;
    assert_eq!(sato.peer.next_but_present().await, refused(suzuki.tray, id, Reject::Forbidden));
    let nowhere = NoteId { client: ClientId::of(99), n: 1 };
    let id = sato.does(sato.tray, cast(next, &[nowhere])).await;
    assert_eq!(sato.peer.next_but_present().await, refused(sato.tray, id, Reject::NoNote(nowhere)));
}

#[tokio::test]
async fn every_ballot_that_is_taken_while_the_vote_is_closed_is_counted() {
    let hall = Hall::open(Limits::default()).await;
    let ([mut sato, mut suzuki], [first, second], mut vote) = voting(&hall).await;
    for round in 0..20_u32 {
        if round > 0 {
            vote = VoteId::from(sato.did(BOARD, Op::Board(BoardOp::OpenVote)).await);
        }
        // Both at once: which comes first is for the server to say, and it says the same to all.
        let wanted = if round % 2 == 0 { [first] } else { [second] };
        let (id, _) = tokio::join!(sato.does(sato.tray, cast(vote, &wanted)), suzuki.does(BOARD, close(vote)));
        let taken = loop {
            match sato.peer.next().await {
                ServerMessage::Entries { doc, entries }
                    if doc == sato.tray && entries.iter().any(|entry| entry.stamp.id == id) =>
                {
                    break true;
                }
                ServerMessage::Rejected { id: refused, why: Reject::VoteIsOver, .. } if refused == id => break false,
                _ => {}
            }
        };
        let (_, votes) = counted(&hall).await;
        if taken {
            assert!(
                votes.get(&wanted[0]).is_some(),
                "round {round}: told that it is saved, and not counted: {votes:?}"
            );
        } else if round > 0 {
            assert!(votes.is_empty(), "round {round}: refused, and counted: {votes:?}");
        }
    }
}

#[tokio::test]
async fn what_a_crash_left_uncounted_is_counted_at_the_next_start() {
    let log = Arc::new(MemoryLog::new());
    let hall = Hall::open_on(log.clone(), Limits::default()).await;
    let (_, [first, second], vote) = voting(&hall).await;
    let after = hall.point(BOARD).await.seq;
    hall.registry.close().await;
    // The end of the vote is the last thing that was stored.
    let id = OpId { client: ClientId::of(9_000), n: 1 };
    let stamp = Stamp { seq: after.next(), at: Millis(0), by: By::Lead, id };
    let key = Key { workshop: hall.made.id, doc: BOARD };
    log.append(key, after, Arc::new([Entry { stamp, op: close(vote) }])).await.unwrap();
    let mut hall = hall.again(log.clone()).await;
    for _ in 0..2 {
        assert_eq!(counted(&hall).await, (2, SortedMap::from([(first, 2), (second, 1)])));
        let point = hall.point(BOARD).await;
        assert_eq!(point.seq, Seq(after.0 + 2), "the end and the result");
        hall = hall.again(log.clone()).await;
    }
}

#[tokio::test]
async fn a_tray_that_cannot_be_read_keeps_nobody_from_their_board_and_is_waited_for() {
    let log = Arc::new(Torn::default());
    let times = Times { unreadable: Duration::from_millis(300), ..Times::default() };
    let hall = Hall::open_on(log.clone(), Limits { times, ..Limits::default() }).await;
    let ([sato, suzuki], [first, second], vote) = voting(&hall).await;
    let hall = hall.again(log.clone()).await;
    log.tear(Some(sato.tray));
    let mut back = hall.peer().await;
    back.hello(&hall, token(1), vec![]).await;
    assert_eq!(back.docs(2).await, [DocId::Workshop, BOARD]);
    let id = OpId { client: ClientId::of(9_000), n: 1 };
    back.send(&ClientMessage::Ops { doc: BOARD, ops: vec![(id, close(vote))] }).await;
    back.answered(BOARD, id).await;
    back.gets_no_more().await;
    assert!(matches!(vote_of(&hall).await, Some(Vote { ballots: Ballots::Counting { .. }, .. })));
    log.tear(None);
    assert_eq!(counted(&hall).await, (2, SortedMap::from([(first, 2), (second, 1)])));
    back.gets_whole(sato.tray).await;
    drop(suzuki);
}
