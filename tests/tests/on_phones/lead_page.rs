//! What the lead does to everybody from a phone of their own, with real presses, and what people wrote at the end, collected.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use shared::docs::workshop::Kind;
use tests::browser::{Device, Page};

use crate::{Hall, sees_step};

async fn press(page: &Page, words: &str) -> Result<()> {
    let script = "const found = [...document.querySelectorAll('dialog[open] button, .standing button')]
        .find((b) => b.checkVisibility() && b.textContent.includes(arguments[0]));
        found?.click();
        return found !== undefined";
    page.until(words, script, vec![json!(words)]).await.map(drop)
}

async fn gone(page: &Page, css: &str) -> Result<()> {
    let script = "return document.querySelector(arguments[0]) === null";
    page.until(&format!("no {css}"), script, vec![json!(css)]).await.map(drop)
}

#[tokio::test]
async fn the_lead_speaks_stops_everybody_and_sees_what_they_take_with_them() -> Result<()> {
    let Some(hall) = Hall::open("to-all", &[Kind::CheckIn, Kind::CheckOut]).await? else { return Ok(()) };
    hall.lead.begin().await?;
    let lead = hall.opens("進行役", Device::PHONE).await?;
    lead.goto(&format!("{}/w/{}#{}", hall.naze.base(), hall.made.id, hall.made.lead)).await?;
    sees_step(&hall.sato, Kind::CheckIn, Duration::from_secs(20)).await?;
    lead.click("#to-all").await?;
    lead.find("#announcement").await?;
    lead.finds_no_barrier("to everybody").await?;
    lead.fits("to everybody").await?;
    lead.type_into("#announcement", "休けいは10分です").await?;
    lead.press("Enter").await?;
    hall.sato.sees(".announced").await?;
    lead.sees(".standing").await?;
    press(&lead, "取り下げる").await?;
    gone(&hall.sato, ".announced").await?;
    lead.focus_is_on("#to-all").await?;
    // Somebody has a sheet open: "eyes up" lies over it, and it is there again afterwards.
    lead.click("#to-all").await?;
    press(&lead, "手を止めて").await?;
    hall.sato.sees(".eyes-up").await?;
    lead.finds_no_barrier("everybody has stopped").await?;
    press(&lead, "作業に戻って").await?;
    gone(&hall.sato, ".eyes-up").await?;
    gone(&lead, ".standing").await?;
    hall.go(Kind::CheckOut).await?;
    sees_step(&hall.sato, Kind::CheckOut, Duration::from_secs(2)).await?;
    hall.sato.click("#note-write-step").await?;
    hall.sato.find(".check-out textarea.field").await?;
    hall.sato.type_here("来週、会長さんに聞く").await?;
    hall.sato.press("Enter").await?;
    let there = "return document.querySelector('.check-out').innerText.includes(arguments[0])";
    hall.suzuki.until("the step", there, vec![json!("来週、会長さんに聞く")]).await?;
    lead.click("#to-all").await?;
    press(&lead, "気づいたこと").await?;
    let sheet = "return document.querySelector('dialog[open] .collected')?.innerText ?? null";
    let text = lead.text_of(sheet, vec![]).await?;
    ensure!(text.contains("1班") && text.contains("来週、会長さんに聞く") && text.contains("佐藤"), "{text}");
    ensure!(!text.contains("2班"), "who wrote nothing takes no room: {text}");
    lead.finds_no_barrier("what people take with them").await?;
    lead.behaved().await?;
    hall.behaved().await
}
