//! A vote that is closed while the power fails is counted once, at a table and in the room; and the end of the workshop closes that of
//! the room.

use shared::docs::workshop::Phase;
use shared::wire::ClientMessage;
use tokio::time::sleep;

use super::*;

/// Sends the end of a vote, and the power fails so much later; everybody comes back.
async fn closed_in_a_power_cut(hall: &mut Hall, doc: DocId, close: (OpId, Op), after: Duration) {
    hall.lead.says(&ClientMessage::Ops { doc, ops: vec![close.clone()] }).await.unwrap();
    sleep(after).await;
    hall.naze.kill();
    hall.naze.again().await.unwrap();
    // Whoever closed it comes back, and sends again what was not said to be saved.
    hall.lead.comes_back(&hall.base).await.unwrap();
    assert_eq!(hall.lead.sends(doc, close.0, close.1).await.unwrap(), Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vote_that_is_closed_while_the_power_fails_is_counted_once() {
    let mut hall = Hall::open().await;
    let mut people = [hall.seats("佐藤", 1).await, hall.seats("鈴木", 1).await, hall.seats("田中", 2).await];
    for round in 0..6 {
        let (room, table) = (hall.opens(2, OwnGroup::Counts).await, hall.opens_at_table(1).await);
        for (at, one) in people.iter_mut().enumerate() {
            if round > 0 {
                one.comes_back(&hall.base).await.unwrap();
            }
            one.does(one.tray(), cast(Voters::Room, room, &[1, 0, 1])).await.unwrap();
            if at < 2 {
                one.does(one.tray(), cast(Voters::Group, table, &[0, 1])).await.unwrap();
            }
        }
        let after = Duration::from_micros(1_500 * round);
        let id = hall.lead.next_id();
        let close = Op::Workshop(WorkshopOp::CloseDots { vote: room });
        closed_in_a_power_cut(&mut hall, DocId::Workshop, (id, close), after).await;
        let id = hall.lead.next_id();
        let close = Op::Board(BoardOp::CloseDots { vote: table });
        closed_in_a_power_cut(&mut hall, board(1), (id, close), after).await;
        assert_eq!(counted(&mut hall.lead, DocId::Workshop, room).await, (3, vec![3, 0, 3, 0]), "round {round}");
        assert_eq!(counted(&mut hall.lead, board(1), table).await, (2, vec![0, 2]), "round {round}");
        let seqs = |hall: &Hall| [DocId::Workshop, board(1)].map(|doc| hall.lead.doc(doc).unwrap().seq());
        let before = seqs(&hall);
        hall.naze.kill();
        hall.naze.again().await.unwrap();
        hall.lead.comes_back(&hall.base).await.unwrap();
        hall.lead.listens().await.unwrap();
        hall.lead.does(board(1), Op::Board(BoardOp::RaiseHand)).await.unwrap();
        let [workshop, of_board] = seqs(&hall);
        assert_eq!((workshop.0, of_board.0), (before[0].0, before[1].0 + 1), "nothing was appended twice");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_of_the_workshop_counts_the_vote_of_the_room() {
    let mut hall = Hall::open().await;
    let mut sato = hall.seats("佐藤", 1).await;
    let vote = hall.opens(2, OwnGroup::Counts).await;
    sato.does(sato.tray(), cast(Voters::Room, vote, &[0, 2])).await.unwrap();
    let end = Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Ended });
    hall.lead.does(DocId::Workshop, end).await.unwrap();
    assert_eq!(counted(&mut hall.lead, DocId::Workshop, vote).await, (1, vec![0, 2, 0, 0]));
    assert_eq!(counted(&mut sato, DocId::Workshop, vote).await, (1, vec![0, 2, 0, 0]));
}
