//! Operations and questions in somebody else's name: refused, unseen by others, and without effect.

use std::collections::BTreeSet;
use std::time::Duration;

use shared::docs::board::{BoardOp, Member, Seated};
use shared::docs::directory::DirectoryOp;
use shared::docs::doors::DoorsOp;
use shared::docs::roster::RosterOp;
use shared::docs::tray::TrayOp;
use shared::docs::workshop::{Phase, WorkshopOp};
use shared::ids::TokenHash;
use shared::wire::{ClientMessage, Refusal, ServerMessage};
use shared::{
    Capability, CardId, ClientId, DocId, GroupId, Op, OpId, PersonId, Point, Reject, Seq, SortedMap, Token, VoteId,
};
use tests::ask;
use tests::peer::{Heard, Peer};
use tokio::time::timeout;

use super::{Hall, board, card, new_client};

/// What an operation is answered with.
async fn answer(peer: &mut Peer, doc: DocId, id: OpId, op: Op) -> Result<(), Reject> {
    peer.say(&ClientMessage::Ops { doc, ops: vec![(id, op)] }).await.unwrap();
    peer.until(|message| match message {
        ServerMessage::Rejected { id: refused, why, .. } if refused == id => Some(Err(why)),
        ServerMessage::Known { id: known, .. } if known == id => Some(Ok(())),
        ServerMessage::Entries { entries, .. } => entries.iter().any(|entry| entry.stamp.id == id).then_some(Ok(())),
        _ => None,
    })
    .await
    .unwrap()
}

fn workshop(op: WorkshopOp) -> Op {
    Op::Workshop(op)
}

/// What only the server, or the lead, may do.
fn beyond_a_participant() -> Vec<(DocId, Op)> {
    let key = TokenHash([7; 32]);
    let member = Member { name: "forged".into(), seated: Seated::Here };
    let join = RosterOp::Join { key, name: "forged".into(), section: String::new(), group: GroupId(1), seats: 12 };
    let open = DirectoryOp::Open { code: "K7M4XR".parse().unwrap(), workshop: shared::WorkshopId::default() };
    let vote = VoteId { client: ClientId::of(77), n: 1 };
    vec![
        (board(2), card("forged")),
        (board(2), Op::Board(BoardOp::RemoveCard { card: CardId::THEME })),
        (board(0), card("forged")),
        (board(4), card("forged")),
        (board(u16::MAX), card("forged")),
        (board(1), Op::Board(BoardOp::SetMember { person: PersonId(1), member })),
        (board(1), workshop(WorkshopOp::SetPhase { phase: Phase::Ended })),
        (DocId::Workshop, workshop(WorkshopOp::SetPhase { phase: Phase::Ended })),
        (DocId::Workshop, workshop(WorkshopOp::SetTitle { title: "forged".into() })),
        (DocId::Workshop, workshop(WorkshopOp::AddGroup)),
        (DocId::Workshop, card("forged")),
        (DocId::Roster, Op::Roster(join)),
        (DocId::Roster, Op::Roster(RosterOp::Seat { person: PersonId(1), group: GroupId(2), seats: 12 })),
        (DocId::Doors, Op::Doors(DoorsOp::Grant { key, capability: Capability::Lead })),
        (DocId::Directory, Op::Directory(open)),
        (DocId::Tray(PersonId(9_999)), Op::Tray(TrayOp::CastBallot { vote, choices: Vec::new() })),
        (board(1), Op::Board(BoardOp::CountVote { vote, ballots: 9, votes: SortedMap::new() })),
    ]
}

#[tokio::test]
async fn nobody_does_what_is_not_theirs() {
    let mut hall = Hall::open().await;
    let before = ask::export(&hall.base, &hall.made).await.unwrap();
    let owner = hall.owner("forger", 1).await;
    let joined = ask::export(&hall.base, &hall.made).await.unwrap();
    assert_ne!(before, joined);
    let mut participant = hall.inside(owner.token).await;
    let mut observer = hall.inside(hall.made.observer).await;
    let mut helper = hall.inside(hall.made.helper).await;
    let mut lead = hall.inside(hall.made.lead).await;
    let id = |n| OpId { client: ClientId::of(0x5000), n };
    for (n, (doc, op)) in (1..).zip(beyond_a_participant()) {
        let outcome = answer(&mut participant, doc, id(n), op.clone()).await;
        assert_eq!(outcome, Err(Reject::Forbidden), "a participant, {doc:?} {op:?}");
        let outcome = answer(&mut observer, doc, id(n), op.clone()).await;
        assert_eq!(outcome, Err(Reject::Forbidden), "an observer, {doc:?} {op:?}");
        if doc != board(2) {
            let outcome = answer(&mut helper, doc, id(n), op.clone()).await;
            assert_eq!(outcome, Err(Reject::Forbidden), "a helper, {doc:?} {op:?}");
            if doc != DocId::Workshop || matches!(op, Op::Board(_)) {
                let outcome = answer(&mut lead, doc, id(n), op.clone()).await;
                assert_eq!(outcome, Err(Reject::Forbidden), "the lead, {doc:?} {op:?}");
            }
        }
    }
    assert_eq!(answer(&mut observer, board(1), id(99), card("forged")).await, Err(Reject::Forbidden));
    assert_eq!(ask::export(&hall.base, &hall.made).await.unwrap(), joined, "nothing has changed");
    hall.works_in_peace().await;
}

#[tokio::test]
async fn nobody_writes_under_the_id_of_another() {
    let mut hall = Hall::open().await;
    hall.works_in_peace().await;
    let victim = hall.bystander.client();
    let owner = hall.owner("forger", 1).await;
    let mut forger = hall.inside(owner.token).await;
    for client in [ClientId::GENESIS, ClientId::FROM_ROSTER, victim] {
        for n in [1, 2, u32::MAX] {
            let outcome = answer(&mut forger, board(1), OpId { client, n }, card("forged")).await;
            assert_eq!(outcome, Err(Reject::NotYourClient), "{client} {n}");
        }
    }
    // Even who says hello with it.
    let mut again = hall.peer().await;
    again.hello(hall.made.id, owner.token, victim, Vec::new()).await.unwrap();
    let outcome = answer(&mut again, board(1), OpId { client: victim, n: 9 }, card("forged")).await;
    assert_eq!(outcome, Err(Reject::NotYourClient));
    hall.works_in_peace().await;
}

#[tokio::test]
async fn nobody_keeps_another_out_of_a_board_by_using_their_id_there_first() {
    let mut hall = Hall::open().await;
    let (near, far) = (hall.owner("near", 1).await, hall.owner("far", 2).await);
    let enters = async |hall: &Hall, token: Token, client: ClientId| {
        let mut peer = hall.peer().await;
        peer.hello(hall.made.id, token, client, Vec::new()).await.unwrap();
        peer
    };
    let [leads, helpers] = [new_client(), new_client()];
    let mut lead = enters(&hall, hall.made.lead, leads).await;
    let mut helper = enters(&hall, hall.made.helper, helpers).await;
    // The lead's id is seen by all, the helper's by the first group.
    let open = workshop(WorkshopOp::SetPhase { phase: Phase::Open });
    assert_eq!(answer(&mut lead, DocId::Workshop, OpId { client: leads, n: 1 }, open).await, Ok(()));
    assert_eq!(answer(&mut helper, board(1), OpId { client: helpers, n: 1 }, card("helped")).await, Ok(()));
    for life in 1..=2 {
        if life == 2 {
            assert!(hall.naze.stop().await.unwrap().success());
            hall.naze.again().await.unwrap();
            hall.bystander.connect(&hall.base).await.unwrap();
            lead = enters(&hall, hall.made.lead, leads).await;
            helper = enters(&hall, hall.made.helper, helpers).await;
        }
        for (token, doc, client) in
            [(near.token, board(1), leads), (far.token, board(2), leads), (far.token, board(2), helpers)]
        {
            let mut squatter = enters(&hall, token, client).await;
            let outcome = answer(&mut squatter, doc, OpId { client, n: 9 }, card("squatted")).await;
            assert_eq!(outcome, Err(Reject::NotYourClient), "{doc:?} {client}");
        }
    }
    for group in [1, 2] {
        assert_eq!(answer(&mut lead, board(group), OpId { client: leads, n: 10 }, card("led")).await, Ok(()));
        assert_eq!(answer(&mut helper, board(group), OpId { client: helpers, n: 10 }, card("helped")).await, Ok(()));
    }
    hall.works_in_peace().await;
}

/// The doc that a message is about.
fn doc_of(message: &ServerMessage) -> Option<DocId> {
    match message {
        ServerMessage::Snapshot { doc, .. }
        | ServerMessage::Entries { doc, .. }
        | ServerMessage::Present { doc, .. }
        | ServerMessage::Known { doc, .. }
        | ServerMessage::Rejected { doc, .. } => Some(*doc),
        ServerMessage::Pong { .. } => None,
        other => panic!("{other:?}"),
    }
}

/// Every doc that a connection hears of: at least those that are expected, and what else comes within a moment.
async fn docs_heard(peer: &mut Peer, expected: &BTreeSet<DocId>) -> BTreeSet<DocId> {
    let mut docs = BTreeSet::new();
    while !expected.is_subset(&docs) {
        docs.extend(doc_of(&peer.said().await.unwrap()));
    }
    while let Ok(Ok(Heard::Said(message))) = timeout(Duration::from_millis(300), peer.next()).await {
        docs.extend(doc_of(&message));
    }
    docs
}

#[tokio::test]
async fn nobody_hears_what_is_not_theirs_whatever_they_ask_for() {
    let mut hall = Hall::open().await;
    let owner = hall.owner("curious", 2).await;
    let another = hall.owner("another", 2).await;
    let (tray, others) = (DocId::Tray(owner.person), DocId::Tray(another.person));
    let all =
        [DocId::Workshop, DocId::Roster, board(1), board(2), board(3), DocId::Doors, DocId::Directory, tray, others];
    let keys = [
        (owner.token, vec![DocId::Workshop, board(2), tray]),
        (hall.made.observer, vec![DocId::Workshop, board(1), board(2), board(3)]),
        (hall.made.helper, vec![DocId::Workshop, DocId::Roster, board(1), board(2), board(3)]),
        (hall.made.lead, vec![DocId::Workshop, DocId::Roster, board(1), board(2), board(3)]),
    ];
    for (token, theirs) in keys {
        for have in [0, 1, 1_000_000] {
            let mut peer = hall.peer().await;
            let have = all.iter().map(|doc| (*doc, Point { seq: Seq(have), ..Point::default() })).collect();
            peer.hello(hall.made.id, token, new_client(), have).await.unwrap();
            hall.works_in_peace().await;
            let theirs = theirs.iter().copied().collect();
            assert_eq!(docs_heard(&mut peer, &theirs).await, theirs);
        }
    }
}

#[tokio::test]
async fn a_key_opens_what_it_is_for_and_nothing_else() {
    let hall = Hall::open().await;
    let other = ask::make(&hall.base, 1).await.unwrap();
    let owner = hall.owner("guest", 1).await;
    let random = Token::of([0x42; 16]);
    let mut peer = hall.peer().await;
    let cases = [
        (hall.made.id, random, Refusal::NoSuchKey),
        (hall.made.id, other.lead, Refusal::NoSuchKey),
        (hall.made.id, other.observer, Refusal::NoSuchKey),
        (other.id, owner.token, Refusal::NoSuchKey),
        (shared::WorkshopId::default(), hall.made.lead, Refusal::NoSuchWorkshop),
    ];
    for (workshop, token, refusal) in cases {
        peer.say(&ClientMessage::Hello { workshop, token, client: new_client(), have: Vec::new() }).await.unwrap();
        assert_eq!(peer.said().await.unwrap(), ServerMessage::Refused(refusal));
    }
    // The same connection may still try the right one.
    let (you, seat) = peer.hello(hall.made.id, owner.token, new_client(), Vec::new()).await.unwrap();
    assert_eq!((you, seat), (Capability::Participant(owner.person), Some(GroupId(1))));
    for path in ["", "/export.json"] {
        let address = format!("{}/api/workshops/{}{path}", hall.base, hall.made.id);
        let ask = async |key: Option<Token>| {
            let bearer = key.map(|key| format!("Bearer {key}"));
            let headers: Vec<_> = bearer.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
            ask::ask(http::Method::GET, &address, &headers, "").await.unwrap().status
        };
        assert_eq!(ask(Some(hall.made.lead)).await, 200);
        assert_eq!(ask(None).await, 401);
        for key in [random, other.lead, owner.token, hall.made.helper, hall.made.observer] {
            assert_ne!(ask(Some(key)).await, 200, "{path}");
        }
    }
}
