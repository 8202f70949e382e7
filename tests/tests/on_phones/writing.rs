//! Nobody is torn from a sentence: who writes when the room goes on is told, and goes on when they are ready.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use shared::docs::workshop::Kind;
use tests::browser::{AtBoard, Conversion};

use crate::{Hall, SECOND, THEME, sees_step, shows_what_is_needed};

const MARK: &str = "document.activeElement.dataset.mine = 'yes'";
const STILL: &str = "return [document.activeElement.dataset.mine ?? '', document.activeElement.value ?? '']";

#[tokio::test]
async fn a_conversion_goes_on_while_the_room_goes_on() -> Result<()> {
    let Some(hall) = Hall::open("torn", &[Kind::Deepen, Kind::CheckOut]).await? else { return Ok(()) };
    hall.lead.begin().await?;
    let board = AtBoard(&hall.sato);
    board.ready().await?;
    board.write_theme(THEME).await?;
    board.begin_below(THEME).await?;
    board.typing("夜の会議が").await?;
    hall.sato.eval(MARK, vec![]).await?;
    let conversion = Conversion::begin(&hall.sato, "おおい").await?;
    hall.go(Kind::CheckOut).await?;
    // The others are there at once; who writes is told.
    sees_step(&hall.suzuki, Kind::CheckOut, SECOND).await?;
    shows_what_is_needed(&hall.suzuki, Kind::CheckOut).await?;
    sees_step(&hall.sato, Kind::CheckOut, SECOND).await?;
    hall.sato.sees(".step-gone-on .button").await?;
    // Longer than it is asked whether somebody still writes.
    tokio::time::sleep(Duration::from_secs(2)).await;
    ensure!(hall.sato.eval(STILL, vec![]).await? == json!(["yes", "夜の会議がおおい"]));
    conversion.take("多い").await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    ensure!(hall.sato.eval(STILL, vec![]).await? == json!(["yes", "夜の会議が多い"]), "the sentence is not over");
    hall.sato.finds_no_barrier("the room has gone on").await?;
    hall.sato.click(".step-gone-on .button").await?;
    shows_what_is_needed(&hall.sato, Kind::CheckOut).await?;
    hall.sato.focus_is_on("#step-title").await?;
    hall.go(Kind::Deepen).await?;
    AtBoard(&hall.suzuki).card("夜の会議が多い").await?;
    hall.behaved().await
}

#[tokio::test]
async fn who_puts_the_phone_down_goes_on_after_a_while() -> Result<()> {
    let Some(hall) = Hall::open("down", &[Kind::Deepen, Kind::CheckOut]).await? else { return Ok(()) };
    hall.lead.begin().await?;
    let board = AtBoard(&hall.sato);
    board.ready().await?;
    board.write_theme(THEME).await?;
    board.begin_below(THEME).await?;
    board.typing("ここで手をはなした").await?;
    hall.go(Kind::CheckOut).await?;
    hall.sato.sees(".step-gone-on .button").await?;
    let there = "return document.querySelector('.check-out') !== null";
    hall.sato.until_within(Duration::from_secs(25), "the check-out", there, vec![]).await?;
    hall.go(Kind::Deepen).await?;
    AtBoard(&hall.suzuki).card("ここで手をはなした").await?;
    hall.behaved().await
}
