//! Who hears what: of ballots nobody but their author, of the end everybody, of the result the sums alone.

use shared::wire::{ServerMessage, encode};

use super::*;

/// What an operation looks like on the wire, without its version.
fn written<T: serde::Serialize>(op: &T) -> Vec<u8> {
    encode(op).split_off(1)
}

/// What anybody hears while nothing happens in what they may read.
fn is_quiet(message: &ServerMessage) -> bool {
    matches!(message, ServerMessage::Present { .. } | ServerMessage::Pong { .. })
}

/// What was heard of a doc since.
fn ops_since(one: &Someone, from: usize, doc: DocId) -> Vec<Op> {
    let entries = one.heard[from..].iter().flat_map(|message| match message {
        ServerMessage::Entries { doc: of, entries } if *of == doc => entries.as_slice(),
        _ => &[],
    });
    entries.map(|entry| entry.op.clone()).collect()
}

async fn others(hall: &Hall) -> Vec<Someone> {
    let mut others = vec![hall.seats("鈴木", 1).await, hall.seats("田中", 2).await];
    for (who, token) in
        [("a lead", hall.made.lead), ("a helper", hall.made.helper), ("an observer", hall.made.observer)]
    {
        others.push(Someone::with(&hall.base, &hall.made, who, token).await.unwrap());
    }
    for other in &mut others {
        other.listens().await.unwrap();
    }
    others
}

/// Casts these ballots, and checks that nobody else has heard of them; then closes, and checks what is heard of that.
async fn stays_secret(hall: &mut Hall, voters: Voters, vote: VoteId, close: Op, result: Op) {
    let doc = if voters == Voters::Room { DocId::Workshop } else { board(1) };
    let mut sato = hall.seats("佐藤", 1).await;
    let mut others = others(hall).await;
    let from: Vec<usize> = others.iter().map(|other| other.heard.len()).collect();
    // Several, so that nothing can be learnt from how many messages there are; the last one counts.
    let ballots = [vec![0, 0, 2, 0], vec![0, 0, 1, 1], vec![], vec![0, 0, 0, 2]];
    let ballots = if voters == Voters::Room { ballots } else { [vec![2], vec![1, 1], vec![], vec![0, 2]] };
    for dots in &ballots {
        sato.does(sato.tray(), cast(voters, vote, dots)).await.unwrap();
    }
    for (other, from) in others.iter_mut().zip(&from) {
        other.listens().await.unwrap();
        let heard = &other.heard[*from..];
        assert!(heard.iter().all(is_quiet), "{} hears of ballots: {heard:?}", other.who);
    }
    hall.lead.does(doc, close.clone()).await.unwrap();
    let readers = others.len();
    for (at, other) in others.iter_mut().enumerate() {
        // The one of the second group does not read the board of the first.
        if voters == Voters::Room || at != 1 {
            counted(other, doc, vote).await;
            assert_eq!(ops_since(other, from[at], doc), [close.clone(), result.clone()], "{} of {readers}", other.who);
        }
        other.listens().await.unwrap();
        for message in &other.heard {
            if let ServerMessage::Snapshot { doc: of, .. } | ServerMessage::Entries { doc: of, .. } = message {
                assert!(!matches!(of, DocId::Tray(_)) || *of == other.tray(), "{}: {message:?}", other.who);
            }
        }
        for dots in ballots.iter().filter(|dots| !dots.is_empty()) {
            let trace = written(&TrayOp::CastDots { voters, vote, dots: dots.clone() });
            assert!(!other.has_heard(&trace), "{} has heard a ballot", other.who);
        }
    }
    let told = ask::export(&hall.base, &hall.made).await.unwrap().to_string();
    assert!(!told.to_lowercase().contains("cast"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_hears_where_dots_are_put_in_the_room() {
    let mut hall = Hall::open().await;
    let vote = hall.opens(2, OwnGroup::LeftOut).await;
    let close = Op::Workshop(WorkshopOp::CloseDots { vote });
    let result = Op::Workshop(WorkshopOp::CountDots { vote, ballots: 1, dots: vec![0, 0, 0, 2] });
    stays_secret(&mut hall, Voters::Room, vote, close, result).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_hears_where_dots_are_put_at_a_table() {
    let mut hall = Hall::open().await;
    let vote = hall.opens_at_table(2).await;
    let close = Op::Board(BoardOp::CloseDots { vote });
    let result = Op::Board(BoardOp::CountDots { vote, ballots: 1, dots: vec![0, 2] });
    stays_secret(&mut hall, Voters::Group, vote, close, result).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_is_refused_and_said_to_be() {
    let mut hall = Hall::open().await;
    let (room, table) = (hall.opens(2, OwnGroup::LeftOut).await, hall.opens_at_table(1).await);
    let (mut sato, mut tanaka) = (hall.seats("佐藤", 1).await, hall.seats("田中", 2).await);
    let tray = sato.tray();
    for (voters, vote, dots, expected) in [
        (Voters::Room, room, &[0, 0, 3][..], Err(Reject::TooManyDots)),
        (Voters::Room, room, &[1], Err(Reject::OwnGroup)),
        (Voters::Room, room, &[0; 5], Err(Reject::OutOfRange)),
        (Voters::Room, room, &[0, 0, 1, 1], Ok(())),
        (Voters::Group, table, &[1, 1], Err(Reject::TooManyDots)),
        (Voters::Group, table, &[0, 1], Ok(())),
        (Voters::Group, room, &[0, 1], Err(Reject::VoteIsOver)),
        (Voters::Room, table, &[0, 1], Err(Reject::VoteIsOver)),
    ] {
        let id = sato.next_id();
        assert_eq!(sato.sends(tray, id, cast(voters, vote, dots)).await.unwrap(), expected, "{voters:?} {dots:?}");
    }
    // Another group is not asked about this one's cards, and nobody but the lead closes the room's vote.
    let (id, of) = (tanaka.next_id(), tanaka.tray());
    assert_eq!(tanaka.sends(of, id, cast(Voters::Group, table, &[1])).await.unwrap(), Err(Reject::VoteIsOver));
    let id = tanaka.next_id();
    let close = Op::Workshop(WorkshopOp::CloseDots { vote: room });
    assert_eq!(tanaka.sends(DocId::Workshop, id, close.clone()).await.unwrap(), Err(Reject::Forbidden));
    hall.lead.does(DocId::Workshop, close).await.unwrap();
    assert_eq!(counted(&mut hall.lead, DocId::Workshop, room).await, (1, vec![0, 0, 1, 1]));
    for late in [&[0, 0, 2][..], &[]] {
        let id = sato.next_id();
        assert_eq!(sato.sends(tray, id, cast(Voters::Room, room, late)).await.unwrap(), Err(Reject::VoteIsOver));
    }
    // The vote at the table goes on.
    sato.does(tray, cast(Voters::Group, table, &[1])).await.unwrap();
    sato.does(board(1), Op::Board(BoardOp::CloseDots { vote: table })).await.unwrap();
    assert_eq!(counted(&mut sato, board(1), table).await, (1, vec![1, 0]));
}
