//! Connections over a real socket: what each capability gets, and what becomes of those who do not behave.

use std::time::Duration;

use shared::docs::board::{BoardOp, Mark, Place};
use shared::docs::workshop::{Phase, WorkshopOp};
use shared::presence::Doing;
use shared::wire::{ClientMessage, Refusal, ServerMessage};
use shared::{Capability, CardId, ClientId, DocId, GroupId, Op, OpId, Reject, Token};
use tokio_tungstenite::tungstenite::Message as Frame;

use self::hall::{Hall, Peer};
use super::*;
use crate::registry::Limits;
use crate::room::OutboxLimits;

mod ballots;
mod hall;
mod keep;
mod lent;
mod memory;
mod patience;
mod renew;
mod silence;
mod someone;
mod spotlight;
mod steps;
mod torn;
mod walk;

const fn board(group: u16) -> DocId {
    DocId::Board(GroupId(group))
}

fn id(n: u32) -> OpId {
    OpId { client: ClientId::of(5_000), n }
}

fn adds(n: u32) -> (OpId, Op) {
    let add = BoardOp::AddCard { parent: CardId::THEME, place: Place::Last, text: "なぜ".to_owned(), start: 0 };
    (id(n), Op::Board(add))
}

fn phase(n: u32, phase: Phase) -> (OpId, Op) {
    (id(n), Op::Workshop(WorkshopOp::SetPhase { phase }))
}

fn token(n: u8) -> Token {
    Token::of([n; 16])
}

async fn join(peer: &mut Peer, hall: &Hall, token: Token, group: Option<GroupId>) -> ServerMessage {
    let name = "佐藤".to_owned();
    peer.ask(&ClientMessage::Join { code: hall.made.code, token, name, group }).await
}

/// Joins in a group and says hello.
async fn seated(hall: &Hall, n: u8, group: u16) -> Peer {
    let mut peer = hall.peer().await;
    let joined = join(&mut peer, hall, token(n), Some(GroupId(group))).await;
    assert!(matches!(joined, ServerMessage::Joined { .. }), "{joined:?}");
    peer.hello(hall, token(n), vec![]).await;
    peer.docs(3).await;
    peer
}

#[tokio::test]
async fn each_capability_gets_its_docs_and_no_other() {
    let hall = Hall::open(Limits::default()).await;
    let boards = (1..=3).map(board);
    let all = |docs: &[DocId]| docs.iter().copied().chain(boards.clone()).collect::<Vec<_>>();
    for (token, docs) in [
        (hall.made.lead, all(&[DocId::Workshop, DocId::Roster])),
        (hall.made.helper, all(&[DocId::Workshop, DocId::Roster])),
        (hall.made.observer, all(&[DocId::Workshop])),
    ] {
        let mut peer = hall.peer().await;
        peer.hello(&hall, token, vec![]).await;
        assert_eq!(peer.docs(docs.len()).await, docs);
        peer.gets_no_more().await;
    }
    let mut peer = hall.peer().await;
    join(&mut peer, &hall, token(1), Some(GroupId(2))).await;
    let (who, seat, invite) = peer.hello(&hall, token(1), vec![]).await;
    let Capability::Participant(person) = who else { panic!("{who:?}") };
    assert_eq!((seat, invite), (Some(GroupId(2)), None));
    assert_eq!(peer.docs(3).await, [DocId::Workshop, board(2), DocId::Tray(person)]);
    peer.gets_no_more().await;
}

#[tokio::test]
async fn the_lead_is_invited_to_invite() {
    let hall = Hall::open(Limits::default()).await;
    let mut peer = hall.peer().await;
    let invite = peer.hello(&hall, hall.made.lead, vec![]).await.2.unwrap();
    let (code, workshop) = (hall.made.code, hall.made.id);
    assert_eq!(invite.addresses, [format!("http://192.168.1.7:8080/j/{code}")]);
    assert_eq!(invite.helper, format!("http://192.168.1.7:8080/w/{workshop}#{}", hall.made.helper));
    assert_eq!(invite.observer, format!("http://192.168.1.7:8080/w/{workshop}#{}", hall.made.observer));
}

#[tokio::test]
async fn a_refusal_leaves_the_door_open() {
    let hall = Hall::open(Limits::default()).await;
    let mut peer = hall.peer().await;
    let wrong = "K7M4XR".parse().unwrap();
    assert_eq!(peer.ask(&ClientMessage::Knock(wrong)).await, ServerMessage::Refused(Refusal::NoSuchCode));
    assert!(matches!(peer.ask(&ClientMessage::Knock(hall.made.code)).await, ServerMessage::Door { .. }));
    let hello = |workshop, token| ClientMessage::Hello { workshop, token, client: ClientId::of(77), have: vec![] };
    assert_eq!(peer.ask(&hello(hall.made.id, token(9))).await, ServerMessage::Refused(Refusal::NoSuchKey));
    assert_eq!(
        peer.ask(&hello(shared::WorkshopId::default(), hall.made.lead)).await,
        ServerMessage::Refused(Refusal::NoSuchWorkshop)
    );
    assert!(matches!(peer.ask(&hello(hall.made.id, hall.made.lead)).await, ServerMessage::Welcome { .. }));
}

#[tokio::test]
async fn codes_are_not_guessed() {
    let hall = Hall::open(Limits { wrong_codes_per_minute_max: 5, ..Limits::default() }).await;
    let wrong = ClientMessage::Knock("K7M4XR".parse().unwrap());
    for _ in 0..5 {
        let mut peer = hall.peer().await;
        assert_eq!(peer.ask(&wrong).await, ServerMessage::Refused(Refusal::NoSuchCode));
    }
    // Somebody guesses; who sits beside them has the right one.
    let right = ClientMessage::Knock(hall.made.code);
    let mut neighbour = hall.peer().await;
    assert!(matches!(neighbour.ask(&right).await, ServerMessage::Door { .. }));
    let mut guesser = hall.peer().await;
    for _ in 0..3 {
        assert_eq!(guesser.ask(&wrong).await, ServerMessage::Refused(Refusal::NoSuchCode));
    }
    for code in [&wrong, &right] {
        assert_eq!(guesser.ask(code).await, ServerMessage::Refused(Refusal::TooManyTries));
    }
    for _ in 8..50 {
        let mut peer = hall.peer().await;
        assert_eq!(peer.ask(&wrong).await, ServerMessage::Refused(Refusal::NoSuchCode));
    }
    let mut peer = hall.peer().await;
    assert_eq!(peer.ask(&right).await, ServerMessage::Refused(Refusal::TooManyTries));
    peer.hello(&hall, hall.made.lead, vec![]).await;
}

#[tokio::test]
async fn an_operation_is_saved_and_seen_by_group_and_lead_alone() {
    let hall = Hall::open(Limits::default()).await;
    let mut lead = hall.peer().await;
    lead.hello(&hall, hall.made.lead, vec![]).await;
    let (mut sato, mut suzuki, mut other) =
        (seated(&hall, 1, 1).await, seated(&hall, 2, 1).await, seated(&hall, 3, 2).await);
    lead.quiet().await;
    sato.quiet().await;
    suzuki.quiet().await;
    other.quiet().await;
    sato.send(&ClientMessage::Ops { doc: board(1), ops: vec![adds(1)] }).await;
    for peer in [&mut sato, &mut suzuki, &mut lead] {
        assert_eq!(peer.entries(board(1)).await, [id(1)]);
    }
    other.gets_no_more().await;
    sato.send(&ClientMessage::Ops { doc: board(1), ops: vec![adds(1)] }).await;
    assert_eq!(sato.next().await, ServerMessage::Known { doc: board(1), id: id(1) });
}

#[tokio::test]
async fn what_is_forged_is_refused_and_counted() {
    let hall = Hall::open(Limits::default()).await;
    let mut sato = seated(&hall, 1, 1).await;
    let mut observer = hall.peer().await;
    observer.hello(&hall, hall.made.observer, vec![]).await;
    sato.quiet().await;
    observer.quiet().await;
    let refused = |doc, why| ServerMessage::Rejected { doc, id: id(1), why };
    let by_sato = [
        (board(2), adds(1)),
        (board(99), adds(1)),
        (DocId::Roster, adds(1)),
        (DocId::Doors, adds(1)),
        (DocId::Directory, adds(1)),
        (DocId::Workshop, phase(1, Phase::Ended)),
        (board(1), phase(1, Phase::Ended)),
    ];
    let by_observer = [(board(1), adds(1)), (DocId::Workshop, phase(1, Phase::Ended))];
    for (peer, forged) in [(&mut sato, &by_sato[..]), (&mut observer, &by_observer)] {
        for (doc, op) in forged {
            peer.send(&ClientMessage::Ops { doc: *doc, ops: vec![op.clone()] }).await;
            assert_eq!(peer.next().await, refused(*doc, Reject::Forbidden));
        }
    }
    assert_eq!(hall.registry.metrics().ops_forbidden, 9);
    let (_, op) = adds(1);
    let servers = OpId { client: ClientId::FROM_ROSTER, n: 1 };
    sato.send(&ClientMessage::Ops { doc: board(1), ops: vec![(servers, op)] }).await;
    let why = Reject::NotYourClient;
    assert_eq!(sato.next().await, ServerMessage::Rejected { doc: board(1), id: servers, why });
}

#[tokio::test]
async fn an_ended_workshop_is_read_and_not_written() {
    let hall = Hall::open(Limits::default()).await;
    let mut sato = seated(&hall, 1, 1).await;
    let mut lead = hall.peer().await;
    lead.hello(&hall, hall.made.lead, vec![]).await;
    lead.quiet().await;
    sato.quiet().await;
    let ops = |doc, op| ClientMessage::Ops { doc, ops: vec![op] };
    lead.send(&ops(DocId::Workshop, (OpId { client: ClientId::of(6_000), n: 1 }, phase(1, Phase::Ended).1))).await;
    assert_eq!(sato.entries(DocId::Workshop).await.len(), 1);
    sato.send(&ops(board(1), adds(1))).await;
    assert_eq!(sato.next().await, ServerMessage::Rejected { doc: board(1), id: id(1), why: Reject::Ended });
    lead.quiet().await;
    lead.send(&ops(DocId::Workshop, (OpId { client: ClientId::of(6_000), n: 2 }, phase(1, Phase::Open).1))).await;
    assert_eq!(sato.entries(DocId::Workshop).await.len(), 1);
    sato.send(&ops(board(1), adds(1))).await;
    assert_eq!(sato.entries(board(1)).await, [id(1)]);
}

#[tokio::test]
async fn a_new_group_comes_to_those_who_see_all_boards() {
    let hall = Hall::open(Limits::default()).await;
    let mut lead = hall.peer().await;
    lead.hello(&hall, hall.made.lead, vec![]).await;
    let mut observer = hall.peer().await;
    observer.hello(&hall, hall.made.observer, vec![]).await;
    lead.quiet().await;
    observer.quiet().await;
    let add = (id(1), Op::Workshop(WorkshopOp::AddGroup));
    lead.send(&ClientMessage::Ops { doc: DocId::Workshop, ops: vec![add] }).await;
    for peer in [&mut lead, &mut observer] {
        assert_eq!(peer.entries(DocId::Workshop).await.len(), 1);
        assert_eq!(peer.docs(1).await, [board(4)]);
    }
}

#[tokio::test]
async fn who_is_moved_comes_back_at_the_other_board() {
    let hall = Hall::open(Limits::default()).await;
    let mut sato = hall.peer().await;
    let ServerMessage::Joined { person, .. } = join(&mut sato, &hall, token(1), Some(GroupId(1))).await else {
        panic!("not joined")
    };
    sato.hello(&hall, token(1), vec![]).await;
    sato.docs(3).await;
    hall.registry.seat(hall.made.id, person, GroupId(3)).await.unwrap();
    assert_eq!(sato.closed().await, Close::Reseated as u16);
    let mut again = hall.peer().await;
    assert_eq!(again.hello(&hall, token(1), vec![]).await.1, Some(GroupId(3)));
    assert_eq!(again.docs(3).await, [DocId::Workshop, board(3), DocId::Tray(person)]);
}

#[tokio::test]
async fn who_comes_back_gets_only_what_they_missed() {
    let hall = Hall::open(Limits::default()).await;
    let mut sato = seated(&hall, 1, 1).await;
    sato.quiet().await;
    let mut points = Vec::new();
    for n in 1..=3 {
        sato.send(&ClientMessage::Ops { doc: board(1), ops: vec![adds(n)] }).await;
        assert_eq!(sato.entries(board(1)).await, [id(n)]);
        points.push((board(1), hall.point(board(1)).await));
    }
    let mut back = hall.peer().await;
    back.hello(&hall, token(1), vec![points[0], (DocId::Workshop, hall.point(DocId::Workshop).await)]).await;
    assert_eq!(back.entries(DocId::Workshop).await, []);
    assert_eq!(back.entries(board(1)).await, [id(2), id(3)]);
}

#[tokio::test]
async fn who_does_not_behave_is_closed_with_the_reason() {
    let hall = Hall::open(Limits { ops_burst_max: 300, ..Limits::default() }).await;
    let garbage = vec![shared::wire::VERSION, 250, 1, 2, 3];
    let of_tomorrow = vec![shared::wire::VERSION + 1, 0];
    let ops = |count: u32| {
        let ops = (1..=count).map(adds).collect();
        Frame::binary(shared::wire::encode(&ClientMessage::Ops { doc: board(1), ops }))
    };
    for (frames, why) in [
        (vec![Frame::text("なぜ")], Close::NotUnderstood),
        (vec![Frame::binary(vec![])], Close::NotUnderstood),
        (vec![Frame::binary(garbage)], Close::NotUnderstood),
        (vec![Frame::binary(of_tomorrow)], Close::OldPage),
        (vec![Frame::binary(vec![shared::wire::VERSION; 100_000])], Close::NotUnderstood),
        (vec![ops(257)], Close::NotUnderstood),
        (vec![ops(200), ops(200)], Close::TooFast),
    ] {
        let mut peer = seated(&hall, 1, 1).await;
        for frame in frames {
            peer.frame(frame).await;
        }
        assert_eq!(peer.closed().await, why as u16, "{why:?}");
    }
    let mut stranger = hall.peer().await;
    stranger.send(&ClientMessage::Ops { doc: board(1), ops: vec![adds(1)] }).await;
    assert_eq!(stranger.closed().await, Close::NotUnderstood as u16);
}

#[tokio::test]
async fn one_who_does_not_read_is_closed_and_the_others_do_not_notice() {
    let outbox = OutboxLimits { messages_max: 200, bytes_max: 64 * 1024 };
    let fast = Limits { outbox, ops_per_second_max: u32::MAX, ops_burst_max: u32::MAX, ..Limits::default() };
    let hall = Hall::open(fast).await;
    let (mut sato, mut suzuki) = (seated(&hall, 1, 1).await, seated(&hall, 2, 1).await);
    let deaf = seated(&hall, 3, 1).await;
    sato.send(&ClientMessage::Ops { doc: board(1), ops: vec![adds(1)] }).await;
    sato.answered(board(1), id(1)).await;
    let mut n = 1;
    while hall.registry.metrics().overflows == 0 {
        let marks = [Mark::Fact, Mark::Guess].map(|mark| BoardOp::SetMark { card: id(1).into(), mark: Some(mark) });
        let ops = marks.into_iter().cycle().take(200).map(Op::Board);
        let ops: Vec<_> = ops
            .map(|op| {
                n += 1;
                (id(n), op)
            })
            .collect();
        sato.send(&ClientMessage::Ops { doc: board(1), ops }).await;
        sato.answered(board(1), id(n)).await;
        suzuki.answered(board(1), id(n)).await;
        assert!(n < 2_000_000, "a deaf peer is served for ever");
    }
    sato.send(&ClientMessage::Ping(7)).await;
    assert!(matches!(sato.next_but_present().await, ServerMessage::Pong { n: 7, .. }));
    drop(deaf);
}

#[tokio::test]
async fn a_full_server_says_so() {
    let hall = Hall::open(Limits { connections_per_address_max: 2, ..Limits::default() }).await;
    let _first = seated(&hall, 1, 1).await;
    let second = seated(&hall, 2, 1).await;
    let address = "127.0.0.1".parse().unwrap();
    let mut third = hall.peer().await;
    // A page does not wait for an answer before it says who it is.
    third.frame(Frame::binary(vec![shared::wire::VERSION; 1_000])).await;
    assert_eq!(third.closed().await, Close::TooMany as u16);
    let told: Vec<_> = std::iter::from_fn(|| hall.registry.turn_away()).collect();
    assert!(hall.registry.may_enter(address).is_err(), "{} are told at once", told.len());
    drop((told, second));
    hall.settles(|figures| figures.connections == 1).await;
    seated(&hall, 2, 1).await;
}

#[tokio::test]
async fn presence_follows_who_comes_goes_and_writes() {
    let hall = Hall::open(Limits::default()).await;
    let mut sato = seated(&hall, 1, 1).await;
    let mut suzuki = seated(&hall, 2, 1).await;
    sato.present(board(1), &[Doing::Reading, Doing::Reading]).await;
    suzuki.send(&ClientMessage::Doing { doc: board(1), doing: Doing::Writing(CardId::THEME) }).await;
    sato.present(board(1), &[Doing::Reading, Doing::Writing(CardId::THEME)]).await;
    let mut lead = hall.peer().await;
    lead.hello(&hall, hall.made.lead, vec![]).await;
    lead.present(board(1), &[Doing::Reading, Doing::Writing(CardId::THEME)]).await;
    lead.send(&ClientMessage::Doing { doc: board(1), doing: Doing::Reading }).await;
    sato.present(board(1), &[Doing::Reading, Doing::Reading, Doing::Writing(CardId::THEME)]).await;
    lead.send(&ClientMessage::Doing { doc: board(2), doing: Doing::Reading }).await;
    sato.present(board(1), &[Doing::Reading, Doing::Writing(CardId::THEME)]).await;
    drop(suzuki);
    sato.present(board(1), &[Doing::Reading]).await;
}

#[tokio::test]
async fn a_stop_tells_everybody_to_come_back() {
    let hall = Hall::open(Limits::default()).await;
    let mut sato = seated(&hall, 1, 1).await;
    let mut stranger = hall.peer().await;
    sato.quiet().await;
    sato.send(&ClientMessage::Ops { doc: board(1), ops: vec![adds(1)] }).await;
    assert_eq!(sato.entries(board(1)).await, [id(1)]);
    let registry = hall.registry.clone();
    let closing = tokio::spawn(async move { registry.close().await });
    assert_eq!(sato.closed().await, Close::Restart as u16);
    assert_eq!(stranger.closed().await, Close::Restart as u16);
    timeout(Duration::from_secs(5), closing).await.unwrap().unwrap();
    assert_eq!(hall.registry.metrics().connections, 0);
}

#[tokio::test]
async fn five_hundred_who_come_and_go_leave_nothing() {
    let hall = Hall::open(Limits { ..Limits::default() }).await;
    let before = hall.registry.metrics();
    for n in 0..500_u32 {
        let mut peer = hall.peer().await;
        if n % 2 == 0 {
            peer.hello(&hall, hall.made.observer, vec![]).await;
        }
        // Some leave in the middle of a sentence.
        if n % 3 == 0 {
            peer.closes().await;
        }
    }
    hall.settles(|figures| figures.connections == 0 && figures.subscriptions == before.subscriptions).await;
    assert_eq!(hall.registry.metrics().observers, 0);
}
