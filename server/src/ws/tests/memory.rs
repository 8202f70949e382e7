//! Memory is over its ceiling: who is in follows what is open anyway, and waits for the rest.

use std::sync::Arc;

use super::*;
use crate::log::{Log, MemoryLog};
use crate::memory::Room;

const MB: usize = 1 << 20;
/// A process of tests is far below half of it.
const CEILING: usize = 800 * MB;

/// Brings the process over the ceiling as long as it is held.
fn ballast(hall: &Hall) -> Vec<u8> {
    assert_eq!(hall.registry.memory(), Room::Plenty);
    let held = vec![1; 600 * MB];
    std::thread::sleep(Duration::from_millis(10));
    assert_eq!(hall.registry.memory(), Room::Over);
    held
}

#[tokio::test]
async fn what_is_open_is_followed_and_what_can_wait_comes_when_there_is_room() {
    let log: Arc<dyn Log> = Arc::new(MemoryLog::new());
    let mut limits = Limits { memory_max: Some(CEILING as u64), ..Limits::default() };
    limits.times.unreadable = Duration::from_millis(300);
    let hall = Hall::open_on(Arc::clone(&log), limits).await;
    for (n, group) in [(1, 1), (2, 2)] {
        seated(&hall, n, group).await.closes().await;
    }
    // A server that has just started has opened nothing.
    let hall = hall.again(log).await;
    let mut sato = hall.peer().await;
    sato.hello(&hall, token(1), vec![]).await;
    sato.docs(3).await;
    // They are in before memory is short.
    let (mut suzuki, mut observer) = (hall.peer().await, hall.peer().await);
    for peer in [&mut suzuki, &mut observer] {
        let knock = peer.ask(&ClientMessage::Knock(hall.made.code)).await;
        assert!(matches!(knock, ServerMessage::Door { .. }), "{knock:?}");
    }
    let held = ballast(&hall);
    observer.hello(&hall, hall.made.observer, vec![]).await;
    let mut docs = observer.docs(3).await;
    docs.sort();
    assert_eq!(docs, [DocId::Workshop, board(1), board(2)], "they are open anyway");
    suzuki.hello(&hall, token(2), vec![]).await;
    let mut docs = suzuki.docs(2).await;
    docs.sort();
    assert_eq!(docs, [DocId::Workshop, board(2)], "everybody works without their tray");
    observer.gets_no_more().await;
    suzuki.gets_no_more().await;
    drop(held);
    assert_eq!(observer.docs(1).await, [board(3)], "nobody was there");
    assert!(matches!(suzuki.docs(1).await[..], [DocId::Tray(_)]));
}
