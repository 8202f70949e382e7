//! What the lead says to everybody, and people who speak one after another.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use shared::docs::workshop::{Attention, Kind, WorkshopOp};
use tests::browser::{AtBoard, Page};

use crate::{Hall, SECOND, THEME, sees_step};

async fn says(page: &Page, css: &str, words: &str) -> Result<()> {
    let script = "return document.querySelector(arguments[0])?.innerText.includes(arguments[1]) ?? false";
    page.until_within(Duration::from_secs(2), words, script, vec![json!(css), json!(words)]).await.map(drop)
}

async fn attend(hall: &Hall, attention: Attention) -> Result<()> {
    hall.lead.act(WorkshopOp::SetAttention { attention }).await
}

#[tokio::test]
async fn a_word_is_on_every_phone_until_one_puts_it_away() -> Result<()> {
    let Some(hall) = Hall::open("word", &[Kind::CheckIn, Kind::Deepen]).await? else { return Ok(()) };
    hall.lead.begin().await?;
    for page in hall.pages() {
        sees_step(page, Kind::CheckIn, Duration::from_secs(20)).await?;
    }
    hall.lead.act(WorkshopOp::Announce { text: "休けいは10分です".into() }).await?;
    for page in hall.pages() {
        says(page, ".announced", "休けいは10分です").await?;
        page.finds_no_barrier("a word of the lead").await?;
        page.fits("a word of the lead").await?;
    }
    hall.sato.click(".announced .button").await?;
    hall.sato.until("no word", "return document.querySelector('.announced') === null", vec![]).await?;
    says(&hall.suzuki, ".announced", "休けいは10分です").await?;
    hall.lead.act(WorkshopOp::Announce { text: "あと5分です".into() }).await?;
    says(&hall.sato, ".announced", "あと5分です").await?;
    hall.lead.act(WorkshopOp::Announce { text: String::new() }).await?;
    hall.suzuki.until("no word", "return document.querySelector('.announced') === null", vec![]).await?;
    hall.behaved().await
}

#[tokio::test]
async fn eyes_up_stops_pens_and_time_and_everybody_goes_on_where_they_were() -> Result<()> {
    let Some(hall) = Hall::open("eyes", &[Kind::Deepen, Kind::CheckOut]).await? else { return Ok(()) };
    hall.lead.begin().await?;
    let board = AtBoard(&hall.sato);
    board.ready().await?;
    board.write_theme(THEME).await?;
    board.begin_below(THEME).await?;
    board.typing("途中まで書いた").await?;
    board.saved().await?;
    attend(&hall, Attention::EyesUp).await?;
    for page in hall.pages() {
        page.sees(".eyes-up").await?;
        page.finds_no_barrier("eyes up").await?;
        page.fits("eyes up").await?;
    }
    let time = "return document.querySelector('.bar-time').innerText";
    let before = hall.suzuki.text_of(time, vec![]).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    ensure!(hall.suzuki.text_of(time, vec![]).await? == before, "the time stands still");
    attend(&hall, Attention::Work).await?;
    for page in hall.pages() {
        page.until_within(SECOND * 2, "the work again", "return document.querySelector('.eyes-up') === null", vec![])
            .await?;
    }
    AtBoard(&hall.suzuki).card("途中まで書いた").await?;
    hall.sato.sees(".board-tools .next").await?;
    attend(&hall, Attention::Locked).await?;
    for page in hall.pages() {
        page.until("no way to write", "return document.querySelector('.board-tools .next') === null", vec![]).await?;
        page.sees(".banner").await?;
    }
    hall.behaved().await
}

#[tokio::test]
async fn people_speak_one_after_another_and_each_phone_says_whose_turn_it_is() -> Result<()> {
    let Some(hall) = Hall::open("turns", &[Kind::CheckIn, Kind::Turns]).await? else { return Ok(()) };
    hall.lead.begin().await?;
    for page in hall.pages() {
        sees_step(page, Kind::CheckIn, Duration::from_secs(20)).await?;
    }
    hall.sato.click(".turns .button").await?;
    let who = "return document.querySelector('.turn-who')?.innerText ?? null";
    let seen = [&hall.sato, &hall.suzuki].map(|page| page.until("whose turn", who, vec![]));
    let [sato, suzuki] = seen;
    let (sato, suzuki) = (sato.await?, suzuki.await?);
    // Each of the two is told in their own words, whoever begins.
    let ok = (sato == json!("あなたの番です") && suzuki == json!("いま：佐藤さん"))
        || (sato == json!("いま：鈴木さん") && suzuki == json!("あなたの番です"));
    ensure!(ok, "{sato} and {suzuki}");
    let first = sato.clone();
    hall.sato.finds_no_barrier("turns").await?;
    hall.suzuki.fits("turns").await?;
    // "Rather later": the other one speaks now.
    hall.suzuki.click(".turns-ways .button.quiet").await?;
    let other = "const now = document.querySelector('.turn-who')?.innerText; return now && now !== arguments[0]";
    hall.sato.until("the other one", other, vec![first]).await?;
    hall.sato.click(".turns-ways .button.primary").await?;
    says(&hall.suzuki, ".turns-ways", "おわり").await?;
    hall.suzuki.click(".turns-ways .button.primary").await?;
    for page in [&hall.sato, &hall.suzuki] {
        page.sees(".turns-over").await?;
    }
    // The other group has its own turns.
    ensure!(!hall.tanaka.has(".turns-over").await?);
    hall.go(Kind::Turns).await?;
    sees_step(&hall.tanaka, Kind::Turns, SECOND).await?;
    hall.tanaka.click(".board .turns .button").await?;
    says(&hall.tanaka, ".turn-who", "あなたの番です").await?;
    hall.behaved().await
}
