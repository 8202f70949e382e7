//! A secret vote over real sockets and a real process: nobody else hears one byte of a ballot, and whatever happens to the server
//! while a vote is closed, it is counted once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failing test")]

use std::time::Duration;

use shared::docs::board::{Ballots, BoardOp, NoteOn};
use shared::docs::tray::TrayOp;
use shared::wire::{ClientMessage, ServerMessage, encode};
use shared::{CardId, ClientId, DocId, GroupId, NoteId, Op, OpId, SortedMap, Token, VoteId};
use tests::ask::{self, Made};
use tests::naze::Naze;
use tests::peer::{Heard, Peer};
use tests::phone::{Owner, Phone};
use tokio::time::{sleep, timeout};

const QUIET: Duration = Duration::from_millis(400);

fn new_client() -> ClientId {
    server::access::new_client().unwrap()
}

/// Somebody whose every message is kept.
struct Listener {
    who: &'static str,
    peer: Peer,
    heard: Vec<ServerMessage>,
}

impl Listener {
    async fn come(base: &str, made: &Made, who: &'static str, token: Token) -> Self {
        let mut peer = Peer::open(base).await.unwrap();
        peer.hello(made.id, token, new_client(), vec![]).await.unwrap();
        let mut listener = Self { who, peer, heard: Vec::new() };
        listener.listen().await;
        listener
    }

    /// Everything that comes until nothing comes for a while, and since the last time.
    async fn listen(&mut self) -> Vec<ServerMessage> {
        let mut now = Vec::new();
        while let Ok(heard) = timeout(QUIET, self.peer.next()).await {
            match heard.unwrap() {
                Heard::Said(message) => now.push(message),
                Heard::Closed(code) => panic!("{}: closed with {code:?}", self.who),
            }
        }
        self.heard.extend(now.iter().cloned());
        now
    }
}

/// Who votes, by messages of their own.
struct Voter {
    peer: Peer,
    client: ClientId,
    n: u32,
    tray: DocId,
    board: DocId,
}

impl Voter {
    async fn come(base: &str, owner: Owner) -> Self {
        let (mut peer, client) = (Peer::open(base).await.unwrap(), new_client());
        peer.hello(owner.workshop, owner.token, client, vec![]).await.unwrap();
        Self { peer, client, n: 0, tray: DocId::Tray(owner.person), board: DocId::Board(owner.group) }
    }

    /// Does it, and waits for the answer.
    async fn does(&mut self, doc: DocId, op: Op) -> OpId {
        self.n += 1;
        let id = OpId { client: self.client, n: self.n };
        self.peer.say(&ClientMessage::Ops { doc, ops: vec![(id, op)] }).await.unwrap();
        let saved = |message| match message {
            ServerMessage::Entries { entries, .. } => {
                entries.iter().any(|entry| entry.stamp.id == id).then_some(Ok(()))
            }
            ServerMessage::Rejected { id: refused, why, .. } if refused == id => Some(Err(why)),
            _ => None,
        };
        self.peer.until(saved).await.unwrap().unwrap();
        id
    }

    async fn proposes(&mut self, text: &str) -> NoteId {
        let op = BoardOp::AddNote { on: NoteOn::Proposal, text: text.to_owned(), start: self.n * 50 };
        NoteId::from(self.does(self.board, Op::Board(op)).await)
    }

    async fn casts(&mut self, vote: VoteId, choices: &[NoteId]) {
        self.does(self.tray, Op::Tray(TrayOp::CastBallot { vote, choices: choices.to_vec() })).await;
    }

    async fn opens(&mut self) -> VoteId {
        VoteId::from(self.does(self.board, Op::Board(BoardOp::OpenVote)).await)
    }
}

fn contains(message: &ServerMessage, part: &[u8]) -> bool {
    encode(message).windows(part.len()).any(|window| window == part)
}

/// What a ballot looks like on the wire, without its version.
fn written(op: &TrayOp) -> Vec<u8> {
    encode(op).split_off(1)
}

/// What anybody hears of a workshop in which nothing but presence changes.
fn is_silence(message: &ServerMessage) -> bool {
    matches!(message, ServerMessage::Present { .. } | ServerMessage::Pong { .. })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_hears_one_byte_of_a_ballot_and_only_totals_after_the_end() {
    let naze = Naze::start().await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, 2).await.unwrap();
    let join = async |name: &str, group| Owner::join(&base, &made, name, group).await.unwrap();
    let (sato, suzuki, tanaka) = (join("佐藤", 1).await, join("鈴木", 1).await, join("田中", 2).await);
    let mut voter = Voter::come(&base, sato).await;
    let [first, second] = [voter.proposes("高齢化").await, voter.proposes("空き家").await];
    let vote = voter.opens().await;
    let mut others = Vec::new();
    for (who, token) in [
        ("of the group", suzuki.token),
        ("of another group", tanaka.token),
        ("the lead", made.lead),
        ("a helper", made.helper),
        ("an observer", made.observer),
    ] {
        others.push(Listener::come(&base, &made, who, token).await);
    }
    // Several, so that nothing can be learnt from how many messages there are.
    let ballots = [vec![first], vec![first, second], vec![], vec![second]];
    for choices in &ballots {
        voter.casts(vote, choices).await;
    }
    for other in &mut others {
        let heard = other.listen().await;
        assert!(heard.iter().all(is_silence), "{} hears of ballots: {heard:?}", other.who);
    }
    let told = ask::export(&base, &made).await.unwrap();
    assert_eq!(told["boards"][0]["vote"], serde_json::json!({"state": "open", "ballots": null}));
    voter.does(voter.board, Op::Board(BoardOp::CloseVote { vote })).await;
    let totals = SortedMap::from([(second, 1)]);
    let result = Op::Board(BoardOp::CountVote { vote, ballots: 1, votes: totals });
    for other in &mut others {
        let heard = other.listen().await;
        // One's own tray says that the vote is over, and no more.
        let is_own_end = |message: &ServerMessage| match message {
            ServerMessage::Entries { doc, entries } => {
                let ends = entries.iter().all(|entry| entry.op == Op::Tray(TrayOp::EndVote { vote }));
                other.who == "of the group" && *doc == DocId::Tray(suzuki.person) && ends
            }
            _ => false,
        };
        let ops: Vec<Op> = heard
            .iter()
            .filter(|message| !is_silence(message) && !is_own_end(message))
            .flat_map(|message| match message {
                ServerMessage::Entries { doc: DocId::Board(GroupId(1)), entries } => entries.clone(),
                unexpected => panic!("{} hears {unexpected:?}", other.who),
            })
            .map(|entry| entry.op)
            .collect();
        let expected = [Op::Board(BoardOp::CloseVote { vote }), result.clone()];
        let expected = if other.who == "of another group" { &[][..] } else { &expected };
        assert_eq!(ops, expected, "{}", other.who);
    }
    // Over everything that they ever heard: no tray but one's own, and nothing that reads like a ballot.
    let traces: Vec<Vec<u8>> = ballots
        .iter()
        .filter(|choices| !choices.is_empty())
        .map(|choices| written(&TrayOp::CastBallot { vote, choices: choices.clone() }))
        .collect();
    for other in &others {
        for message in &other.heard {
            assert!(traces.iter().all(|trace| !contains(message, trace)), "{}: {message:?}", other.who);
            if let ServerMessage::Snapshot { doc, .. } | ServerMessage::Entries { doc, .. } = message {
                assert_ne!(*doc, voter.tray, "{}", other.who);
            }
        }
    }
    let told = ask::export(&base, &made).await.unwrap();
    assert_eq!(told["boards"][0]["vote"], serde_json::json!({"state": "counted", "ballots": 1}));
    assert_eq!(told["boards"][0]["proposals"][1]["votes"], 1);
    assert!(!told.to_string().to_lowercase().contains("choice"), "{told}");
}

/// Follows the board until the vote is counted: how many voted, and how many for which.
async fn counted(phone: &mut Phone, vote: VoteId) -> (u16, SortedMap<NoteId, u16>) {
    loop {
        let now = phone.replica.confirmed().model.vote.clone();
        if let Some(Ballots::Counted { ballots, votes }) = now.filter(|now| now.id == vote).map(|now| now.ballots) {
            return (ballots, votes);
        }
        assert_eq!(phone.hear().await.unwrap(), None, "closed before the vote was counted");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vote_that_is_closed_while_the_power_fails_is_counted_once() {
    let mut naze = Naze::start().await.unwrap();
    let base = naze.base();
    let made = ask::make(&base, 1).await.unwrap();
    let mut owners = Vec::new();
    for name in ["佐藤", "鈴木", "田中", "高橋"] {
        owners.push(Owner::join(&base, &made, name, 1).await.unwrap());
    }
    let [first, second] = {
        let mut voter = Voter::come(&base, owners[0]).await;
        [voter.proposes("高齢化").await, voter.proposes("空き家").await]
    };
    for round in 0..6 {
        let vote = Voter::come(&base, owners[0]).await.opens().await;
        for (at, owner) in owners.iter().enumerate() {
            let choices = if at == 0 { vec![first] } else { vec![first, second] };
            Voter::come(&base, *owner).await.casts(vote, &choices).await;
        }
        let mut closer = Phone::new(owners[3]).unwrap();
        closer.connect(&base).await.unwrap();
        closer.act(BoardOp::CloseVote { vote }).unwrap();
        closer.flush().await.unwrap();
        sleep(Duration::from_micros(1_500 * round)).await;
        naze.kill();
        naze.again().await.unwrap();
        // Whoever closed it comes back, and sends again what was not said to be saved.
        closer.leave();
        closer.connect(&base).await.unwrap();
        let expected = (4, SortedMap::from([(first, 4), (second, 3)]));
        assert_eq!(counted(&mut closer, vote).await, expected, "round {round}");
        let point = closer.replica.point();
        naze.kill();
        naze.again().await.unwrap();
        let mut again = Phone::new(owners[1]).unwrap();
        again.connect(&base).await.unwrap();
        assert_eq!(counted(&mut again, vote).await, expected);
        again.add(CardId::THEME, "それから").unwrap();
        again.flush().await.unwrap();
        again.saved().await.unwrap();
        assert_eq!(again.replica.seq().0, point.seq.0 + 1, "nothing was appended twice");
    }
}
