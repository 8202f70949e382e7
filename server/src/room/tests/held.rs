//! A doc that is held: nothing comes in between, and whoever forgets it lets it go.

use super::*;

#[tokio::test]
async fn what_comes_while_a_doc_is_held_waits_until_it_is_decided() {
    let table = table();
    let mut sato = table.person(1).await;
    let _ = sato.doc().await;
    let held = table.room.hold().await.unwrap();
    assert_eq!(held.doc.seq(), Seq(0));
    sato.adds(CardId::THEME).await;
    assert_eq!(held.release(card(CardId::THEME)).await, Ok(Decided::Stored(Seq(1))));
    assert_eq!(table.seq().await, 2, "what waited comes behind");
}

#[tokio::test]
async fn a_doc_whose_holder_is_gone_goes_on_as_it_was() {
    let table = table();
    let mut sato = table.person(1).await;
    let _ = sato.doc().await;
    drop(table.room.hold().await.unwrap());
    sato.adds(CardId::THEME).await;
    assert_eq!(table.seq().await, 1);
    // Nor does it wait for whom it cannot tell.
    drop(table.room.hold());
    assert_eq!(table.seq().await, 1);
}

#[tokio::test]
async fn what_cannot_be_decided_on_a_held_doc_is_said() {
    let table = table();
    let held = table.room.hold().await.unwrap();
    let nowhere = CardId { client: ClientId::of(99), n: 1 };
    assert_eq!(held.release(card(nowhere)).await, Ok(Decided::Rejected(Reject::NoCard(nowhere))));
    assert_eq!(table.seq().await, 0);
}
