//! Cards are written, and what is said about each: how sure, how one knows, who can act, where one stops; the coach; first words.

use anyhow::Result;
use shared::docs::board::{Line, Mark, Reach, StarFor, Stop};
use shared::text::Splice;

use super::Hands;
use super::theme::THEME;

pub const SHOP: &str = "近くの店が閉まった";
pub const BUS: &str = "バスの本数が減った";
pub const DRIVERS: &str = "運転手が集まらない";
pub const PAY: &str = "給料が上がらない";

pub async fn write(hands: &Hands) -> Result<()> {
    let (page, board) = (&hands.page, hands.board());
    hands.to_card(THEME).await?;
    page.press("Enter").await?;
    hands.write(SHOP).await?;
    board.finish().await?;
    hands.on_card(SHOP).await?;
    hands.hangs_under(SHOP, THEME).await?;
    page.press("Shift+Enter").await?;
    hands.write(BUS).await?;
    board.finish().await?;
    hands.on_card(BUS).await?;
    hands.hangs_under(BUS, THEME).await?;
    page.press("Enter").await?;
    hands.write(DRIVERS).await?;
    board.finish().await?;
    hands.on_card(DRIVERS).await?;
    hands.hangs_under(DRIVERS, BUS).await?;
    page.press("Enter").await?;
    hands.write(PAY).await?;
    board.finish().await?;
    hands.on_card(PAY).await?;
    // An empty field is nothing, and leads back.
    hands.keys(&["Enter", "Escape"]).await?;
    hands.on_card(PAY).await
}

pub async fn say(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.to_card(BUS).await?;
    for (key, mark) in [("3", Mark::ToCheck), ("2", Mark::Guess), ("1", Mark::Fact)] {
        page.press(key).await?;
        hands.card(BUS, |_, _, card| card.mark == Some(mark)).await?;
        hands.on_card(BUS).await?;
    }
    hands.keys(&["5", "s", "a"]).await?;
    let stars = |what| move |card: &shared::docs::board::Card| card.star.is_for(what);
    hands.card(BUS, |_, _, card| stars(StarFor::RootCause)(card) && stars(StarFor::PlaceToAct)(card)).await?;
    hands.card(BUS, |_, _, card| card.reach == Some(Reach::WithOthers)).await?;
    hands.on_card(BUS).await?;
    hands.open("p").await?;
    hands.go_to("根拠を書く").await?;
    hands.write("時刻表を去年と比べた").await?;
    page.press("Enter").await?;
    hands.sheet_says("時刻表を去年と比べた").await?;
    page.focus_is_seen().await?;
    hands.card(BUS, |_, _, card| card.line(Line::Evidence).read().starts_with("時刻表")).await?;
    hands.go(".reach").await?;
    page.focus_is_on(".reach[aria-pressed=true]").await?;
    hands.card(BUS, |_, _, card| card.reach == Some(Reach::Us)).await?;
    hands.go_to("先に確かめることがある").await?;
    page.focus_is_on(".stop[aria-pressed=true]").await?;
    hands.card(BUS, |_, _, card| card.stop == Some(Stop::CheckFirst)).await?;
    hands.go_to("理由を言葉で書く").await?;
    hands.write("バス会社に聞いてから").await?;
    page.press("Enter").await?;
    hands.sheet_says("バス会社に聞いてから").await?;
    page.focus_is_seen().await?;
    hands.card(BUS, |_, _, card| card.line(Line::StopReason).read().starts_with("バス会社")).await?;
    hands.close().await?;
    hands.on_card(BUS).await?;
    hands.keys(&["s", "a"]).await?;
    hands.card(BUS, |_, _, card| !stars(StarFor::RootCause)(card) && !stars(StarFor::PlaceToAct)(card)).await
}

/// One question about a card, told to be quiet.
pub async fn coach(hands: &Hands) -> Result<()> {
    let page = &hands.page;
    hands.to_card(SHOP).await?;
    page.press("Enter").await?;
    hands.write("店主の意識が低い").await?;
    hands.board().finish().await?;
    hands.on_card("店主の意識が低い").await?;
    page.find(".coach").await?;
    hands.go(".coach-ways .button:nth-child(2)").await?;
    let quiet = "return document.querySelector('.coach') === null";
    page.until("the coach to be quiet", quiet, vec![]).await?;
    hands.on_card("店主の意識が低い").await?;
    page.press("Delete").await?;
    hands
        .model("it to go", |board| {
            !board
                .outline()
                .iter()
                .any(|(id, _)| board.get(*id).is_some_and(|card| card.text.read() == "店主の意識が低い"))
        })
        .await?;
    page.focus_is_seen().await?;
    hands.on_card(SHOP).await
}

/// Somebody else changes a card: the first wording is kept, and can be read.
pub async fn first_wording(hands: &Hands) -> Result<()> {
    let card = hands.id(PAY).await?;
    hands.others().splice(card, &Splice { at: 0, delete: 2, insert: "賃金".into() })?;
    hands.board().card("賃金が上がらない").await?;
    hands.to_card("賃金が上がらない").await?;
    hands.open("t").await?;
    hands.sheet_says(&format!("最初の言葉：{PAY}")).await?;
    hands.sheet_says("直した人：山田").await?;
    hands.close().await?;
    hands.on_card("賃金が上がらない").await
}
