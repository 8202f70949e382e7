//! The shape of the tree: links, cards between, in two, merged and apart, moved and put in order.

use anyhow::Result;

use super::Hands;
use super::cards::{BUS, DRIVERS, PAY, SHOP};
use super::theme::THEME;

/// Takes a card in the picker that is open: by a word, and with Enter.
async fn take(hands: &Hands, word: &str) -> Result<()> {
    hands.page.focus_is_on("dialog[open] [type=search]").await?;
    hands.write(word).await?;
    let one = "return document.querySelectorAll('dialog[open] .choice-card').length === 1";
    hands.page.until("one card in the list", one, vec![]).await?;
    hands.go("dialog[open] .choice-card").await?;
    hands.board().no_sheet().await?;
    hands.page.focus_is_seen().await
}

pub async fn link(hands: &Hands) -> Result<()> {
    hands.to_card(DRIVERS).await?;
    hands.open("l").await?;
    take(hands, "店").await?;
    hands.on_card(DRIVERS).await?;
    let linked = |board: &shared::docs::board::Board, id, _: &shared::docs::board::Card| board.effects(id).len() == 2;
    hands.card(DRIVERS, linked).await?;
    // The way there, and the link taken away again.
    hands.to_card(SHOP).await?;
    hands.go(".reference").await?;
    hands.on_card(DRIVERS).await?;
    hands.open("t").await?;
    hands.go_to("つながりを外す").await?;
    hands.card(DRIVERS, |board, id, _| board.effects(id).len() == 1).await?;
    hands.page.focus_is_on("dialog[open] *").await?;
    hands.page.focus_is_seen().await?;
    hands.close().await?;
    hands.on_card(DRIVERS).await?;
    hands.to_card(SHOP).await?;
    hands.open("k").await?;
    take(hands, "運転手").await?;
    hands.card(DRIVERS, linked).await?;
    hands.on_card(SHOP).await?;
    hands.page.press("Control+z").await?;
    hands.card(DRIVERS, |board, id, _| board.effects(id).len() == 1).await?;
    hands.page.focus_is_seen().await
}

const BETWEEN: &str = "会社が赤字だ、";
const OTHER: &str = "若い人が町を出る";

pub async fn between(hands: &Hands) -> Result<()> {
    let board = hands.board();
    hands.to_card(DRIVERS).await?;
    hands.page.press("i").await?;
    hands.write(&format!("{BETWEEN}{OTHER}")).await?;
    board.finish().await?;
    let both = format!("{BETWEEN}{OTHER}");
    hands.on_card(&both).await?;
    hands.hangs_under(&both, BUS).await?;
    hands.hangs_under(DRIVERS, &both).await?;
    hands.page.press("e").await?;
    hands.page.focus_is_on("#board-writing textarea").await?;
    for _ in 0..OTHER.chars().count() {
        hands.page.press("ArrowLeft").await?;
    }
    hands.page.press("Control+Enter").await?;
    hands.on_card(OTHER).await?;
    hands.hangs_under(OTHER, BUS).await?;
    hands.hangs_under(BETWEEN, BUS).await?;
    hands.hangs_under(DRIVERS, BETWEEN).await
}

pub async fn merge(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.to_card(OTHER).await?;
    hands.open("g").await?;
    take(hands, "給料").await?;
    hands.on_card(PAY).await?;
    hands.card(PAY, |board, id, _| board.wordings(id).len() == 2).await?;
    hands.open("t").await?;
    hands.go_to("別のカードに戻す").await?;
    hands.card(OTHER, |_, _, _| true).await?;
    page.focus_is_on("dialog[open] *").await?;
    page.focus_is_seen().await?;
    hands.close().await?;
    hands.on_card(PAY).await?;
    hands.hangs_under(OTHER, BUS).await
}

pub async fn order(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.to_card(OTHER).await?;
    hands.open("m").await?;
    take(hands, "近くの店").await?;
    hands.on_card(OTHER).await?;
    hands.hangs_under(OTHER, SHOP).await?;
    hands.open("m").await?;
    take(hands, "坂の上").await?;
    hands.on_card(OTHER).await?;
    hands.hangs_under(OTHER, THEME).await?;
    let nth = |wanted: usize| {
        move |board: &shared::docs::board::Board, id, _: &shared::docs::board::Card| {
            board.children(shared::CardId::THEME).position(|(cause, _)| cause == id) == Some(wanted)
        }
    };
    hands.card(OTHER, nth(2)).await?;
    for (keys, place) in [("Alt+ArrowUp", 1), ("Alt+ArrowUp", 0), ("Alt+ArrowDown", 1)] {
        page.press(keys).await?;
        hands.card(OTHER, nth(place)).await?;
        hands.on_card(OTHER).await?;
    }
    // The same by the buttons of its sheet.
    hands.open("t").await?;
    hands.go_to("下へ").await?;
    hands.card(OTHER, nth(2)).await?;
    page.focus_is_on("dialog[open] *").await?;
    hands.close().await?;
    hands.on_card(OTHER).await
}
