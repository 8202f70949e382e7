//! The link to keep: who gets it, and that it shows what one group built, to look at and nothing else.

use shared::docs::workshop::{AtEnd, Kind};

use super::someone::{Someone, plan};
use super::*;

fn keep(hall: &Hall, token: Token) -> ClientMessage {
    ClientMessage::Keep { workshop: hall.made.id, token }
}

async fn kept(hall: &Hall, token: Token) -> (GroupId, Token) {
    match hall.peer().await.ask(&keep(hall, token)).await {
        ServerMessage::Kept { group, token } => (group, token),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_group_has_one_link_and_another_has_another() {
    let hall = Hall::open(Limits::default()).await;
    for (n, group) in [(1, 2), (2, 2), (3, 3)] {
        seated(&hall, n, group).await;
    }
    let (group, link) = kept(&hall, token(1)).await;
    assert_eq!((group, kept(&hall, token(2)).await.1), (GroupId(2), link), "the whole group has the same");
    assert_eq!(kept(&hall, token(1)).await.1, link, "whenever one asks");
    let (group, other) = kept(&hall, token(3)).await;
    assert_eq!(group, GroupId(3));
    assert_ne!(link, other);
}

#[tokio::test]
async fn only_who_sits_in_a_group_gets_it() {
    let hall = Hall::open(Limits::default()).await;
    seated(&hall, 1, 2).await;
    let link = kept(&hall, token(1)).await.1;
    for key in [hall.made.lead, hall.made.helper, hall.made.observer, token(9), link] {
        assert_eq!(hall.peer().await.ask(&keep(&hall, key)).await, ServerMessage::Refused(Refusal::NoSuchKey));
    }
}

#[tokio::test]
async fn it_shows_one_board_and_takes_nothing() {
    let hall = Hall::open(Limits::default()).await;
    let mut writer = seated(&hall, 1, 2).await;
    let link = kept(&hall, token(1)).await.1;
    let mut peer = hall.peer().await;
    let (who, seat, invite) = peer.hello(&hall, link, vec![]).await;
    assert_eq!((who, seat, invite), (Capability::Keeper(GroupId(2)), Some(GroupId(2)), None));
    assert_eq!(peer.docs(2).await, [DocId::Workshop, board(2)], "no other board, no roster, no tray");
    writer.send(&ClientMessage::Ops { doc: board(2), ops: vec![adds(1)] }).await;
    writer.answered(board(2), id(1)).await;
    for doc in [board(2), board(1), DocId::Roster] {
        let op = (OpId { client: ClientId::of(77), n: 1 }, adds(1).1);
        peer.send(&ClientMessage::Ops { doc, ops: vec![op.clone()] }).await;
        let refused = loop {
            match peer.next_but_present().await {
                ServerMessage::Rejected { doc: of, id, why } if of == doc && id == op.0 => break why,
                ServerMessage::Entries { doc, .. } if doc == board(2) => {}
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(refused, Reject::Forbidden, "{doc:?}");
    }
}

/// Who keeps a link walks along nowhere.
#[tokio::test]
async fn in_a_gallery_walk_it_shows_no_other_board() {
    let hall = Hall::open(Limits::default()).await;
    let _who_sits_there = seated(&hall, 1, 2).await;
    let link = kept(&hall, token(1)).await.1;
    let mut before = hall.peer().await;
    before.hello(&hall, link, vec![]).await;
    before.docs(2).await;
    let mut lead = Someone::with(&hall, hall.made.lead).await;
    let plans = vec![plan(Kind::Gallery, AtEnd::GoOn)];
    lead.does(DocId::Workshop, Op::Workshop(WorkshopOp::SetSteps { plans })).await;
    lead.does(DocId::Workshop, phase(1, Phase::Open).1).await;
    // The walk has begun when who sits there follows the other board: three docs and one more, five of the lead, two of the link.
    hall.settles(|figures| figures.subscriptions == 4 + 5 + 2).await;
    let mut after = hall.peer().await;
    after.hello(&hall, link, vec![]).await;
    assert_eq!(after.docs(2).await, [DocId::Workshop, board(2)]);
    after.gets_no_more().await;
}
