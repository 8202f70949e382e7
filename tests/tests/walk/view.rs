//! Lanes, finding, undoing, looking around, paper, and the list of everything.

use anyhow::{Result, ensure};
use serde_json::json;

use super::Hands;
use super::cards::{BUS, DRIVERS, SHOP};
use super::theme::THEME;

pub async fn lanes(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.to_card(SHOP).await?;
    hands.open("n").await?;
    for name in ["店", "町"] {
        hands.fill_in("#lane-name", name).await?;
        hands.sheet_says(name).await?;
    }
    hands.close().await?;
    hands.on_card(SHOP).await?;
    hands.open("t").await?;
    hands.go_to("店").await?;
    hands.card(SHOP, |board, id, _| board.lane_of(id).is_some_and(|(_, name)| name == "店")).await?;
    page.focus_is_on("dialog[open] [aria-pressed=true]").await?;
    hands.close().await?;
    hands.on_card(SHOP).await?;
    hands.open("n").await?;
    hands.go("dialog[open] .linked-row:last-child .icon-button").await?;
    hands.model("one lane", |board| board.lanes.values().filter(|lane| !lane.name.is_empty()).count() == 1).await?;
    page.focus_is_on("dialog[open] *").await?;
    page.focus_is_seen().await?;
    hands.close().await?;
    hands.on_card(SHOP).await
}

pub async fn find(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.open("/").await?;
    hands.write("運転手").await?;
    hands.go("dialog[open] .choice-card").await?;
    hands.board().no_sheet().await?;
    hands.on_card(DRIVERS).await?;
    hands.open("/").await?;
    hands.go_to("事実").await?;
    page.focus_is_on(".chips-row [aria-pressed=true]").await?;
    let one = "const found = [...document.querySelectorAll('dialog[open] .choice-card')];
        return found.length === 1 && found[0].textContent.includes(arguments[0])";
    page.until("the one fact", one, vec![json!(BUS)]).await?;
    hands.go_to("ボードで目立たせる").await?;
    hands.board().no_sheet().await?;
    page.find(".card.stands-back").await?;
    page.focus_is_seen().await?;
    hands.go(".lit-strip .button").await?;
    page.until("all as before", "return !document.querySelector('.lit-strip, .stands-back')", vec![]).await?;
    page.focus_is_seen().await
}

/// By keys and by the buttons of the bar.
pub async fn back_and_again(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.to_card(BUS).await?;
    page.press("1").await?;
    hands.card(BUS, |_, _, card| card.mark.is_none()).await?;
    page.press("Control+z").await?;
    hands.card(BUS, |_, _, card| card.mark.is_some()).await?;
    hands.on_card(BUS).await?;
    page.press("Control+Shift+z").await?;
    hands.card(BUS, |_, _, card| card.mark.is_none()).await?;
    hands.on_card(BUS).await?;
    hands.go(".board-tools .back").await?;
    hands.card(BUS, |_, _, card| card.mark.is_some()).await?;
    page.focus_is_on(".board-tools .back").await?;
    page.focus_is_seen().await?;
    // A branch goes and comes back.
    hands.to_card(BUS).await?;
    let cards = |board: &shared::docs::board::Board| board.outline().len();
    let before = hands.board().outline().await?.0.len();
    page.press("Delete").await?;
    hands.model("the branch to go", move |board| cards(board) < before).await?;
    page.focus_is_seen().await?;
    page.press("Control+z").await?;
    hands.model("the branch again", move |board| cards(board) == before).await?;
    hands.on_card(BUS).await
}

/// Branches folded and alone; the large view whole, by branch, moved; paper.
pub async fn look_around(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.to_card(BUS).await?;
    let all = hands.board().outline().await?.0.len();
    page.press(" ").await?;
    hands.board().until("the branch folded", |tree| tree.0.len() < all).await?;
    hands.on_card(BUS).await?;
    page.press(" ").await?;
    hands.board().until("the branch", |tree| tree.0.len() == all).await?;
    page.press("v").await?;
    page.find(".board-path").await?;
    hands.on_card(BUS).await?;
    page.press("Escape").await?;
    page.until("the whole board", "return !document.querySelector('.board-path')", vec![]).await?;
    hands.on_card(THEME).await?;
    if !hands.is_large() {
        return Ok(());
    }
    let percent = async || page.text_of("return document.querySelector('.zoom .tabular').textContent", vec![]).await;
    hands.to_card(DRIVERS).await?;
    for key in ["=", "=", "f", "b", "0", "Shift+ArrowRight", "Shift+ArrowLeft"] {
        page.press(key).await?;
    }
    ensure!(percent().await?.starts_with("100"), "{}", percent().await?);
    page.press("f").await?;
    hands.on_card(DRIVERS).await?;
    hands.go(".paper-button").await?;
    hands.sheet_says("A3").await?;
    page.tab_to_words("SVG").await?;
    hands.close().await?;
    page.focus_is_on(".paper-button").await
}

/// Everything is in one list, found by a word.
pub async fn palette(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.to_card(SHOP).await?;
    hands.open("?").await?;
    hands.write("要確認").await?;
    let one = "return document.querySelectorAll('dialog[open] .menu button').length === 1";
    page.until("one command", one, vec![]).await?;
    hands.go("dialog[open] .menu button").await?;
    hands.board().no_sheet().await?;
    hands.card(SHOP, |_, _, card| card.mark == Some(shared::docs::board::Mark::ToCheck)).await?;
    hands.on_card(SHOP).await
}
