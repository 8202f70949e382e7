//! The lead conducts the room with the page: on to the next step, more time, a pause, the way back; two devices at once; one group
//! on its own way; the run-sheet changed before and during; by touch on a phone, by mouse on a laptop, and with keys alone.

#![allow(clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::browser::{AtWall, Browser, Device, Page};
use tests::naze::Naze;

mod alone;
mod forms;
mod keys;
mod plan;
mod room;

/// After so long a press is meant again: before that it is a finger that trembles.
const CALM: Duration = Duration::from_millis(1_200);

/// The steps of the run-sheet that is chosen when nothing else is.
const STEPS: [&str; 8] = [
    "はじめまして",
    "課題を選ぶ",
    "ひとりで書く",
    "なぜ？を深める",
    "だから、で読みかえす",
    "ねっこに★",
    "ほかの班を見る",
    "わたしの一歩",
];

/// A workshop that somebody has made with the form, and the lead's first device, at the reception.
struct Hall {
    naze: Naze,
    browser: Browser,
    lead: Page,
    /// The lead's link, for another device.
    link: String,
}

impl Hall {
    async fn open(test: &str, device: Device) -> Result<Option<Self>> {
        let Some(browser) = Browser::start(test).await? else { return Ok(None) };
        let naze = Naze::start().await?;
        let lead = browser.open("進行役", device).await?;
        lead.goto(&format!("{}/new", naze.base())).await?;
        lead.find("#run-sheet-analyse:checked").await?;
        lead.finds_no_barrier("start").await?;
        lead.type_into("#title", "協働推進研修").await?;
        lead.find("#groups").await?.clear().await?;
        lead.type_into("#groups", "3").await?;
        lead.click(".start-form button[type=submit]").await?;
        lead.code().await?;
        let link = lead.lead_link().await?;
        // The link has a name that only this machine may know; the test's address leads there too.
        let (_, path) = link.split_once("/w/").context("a lead's link leads into a workshop")?;
        let link = format!("{}/w/{path}", naze.base());
        Ok(Some(Self { naze, browser, lead, link }))
    }

    /// Begins, and waits for the first step.
    async fn begin(&self) -> Result<()> {
        self.lead.begin_workshop().await?;
        at(&self.lead, 1).await
    }

    /// Another device of the lead.
    async fn second(&self, device: Device) -> Result<Page> {
        let page = self.browser.open("進行役の二台目", device).await?;
        page.goto(&self.link).await?;
        AtWall(&page).ready().await?;
        Ok(page)
    }
}

/// Waits until the bar says that the room is in this step, from 1.
async fn at(page: &Page, step: usize) -> Result<()> {
    let title = STEPS[step - 1];
    let script = "const bar = document.querySelector('.step-bar');
        return bar !== null && bar.querySelector('.step-title').textContent === arguments[0]
            && bar.querySelector('.step-place').textContent.startsWith(arguments[1])";
    let place = format!("ステップ {step} / ");
    page.until(&format!("step {step}, {title}"), script, vec![json!(title), json!(place)]).await.map(drop)
}

/// The seconds that the bar says are left; negative when they are over.
async fn seconds(page: &Page) -> Result<i64> {
    let digits = page.text_of("return document.querySelector('.step-time strong').textContent", vec![]).await?;
    let (minutes, seconds) = digits.trim_start_matches('+').split_once(':').context("minutes and seconds")?;
    let seconds = minutes.parse::<i64>()? * 60 + seconds.parse::<i64>()?;
    Ok(if digits.starts_with('+') { -seconds } else { seconds })
}

/// Presses a button with these words; of the open sheet, if one is.
async fn press(page: &Page, words: &str) -> Result<()> {
    let script = "const root = document.querySelector('dialog[open]') ?? document;
        const found = [...root.querySelectorAll('button, summary')].find((b) => b.checkVisibility() && (b.ariaLabel ?? b.textContent).includes(arguments[0]));
        found?.setAttribute('data-test', 'press');
        return found !== undefined";
    page.until(&format!("the button {words}"), script, vec![json!(words)]).await?;
    let clicked = page.click("[data-test=press]").await;
    page.eval("document.querySelector('[data-test=press]')?.removeAttribute('data-test')", vec![]).await?;
    clicked
}

/// Waits until no sheet is open.
async fn no_sheet(page: &Page) -> Result<()> {
    page.until("the sheet to close", "return document.querySelector('dialog[open]') === null", vec![]).await.map(drop)
}

/// Waits until something says so.
async fn says(page: &Page, css: &str, words: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll(arguments[0])].some((e) => e.innerText.includes(arguments[1]))";
    page.until(&format!("`{css}` to say {words}"), script, vec![json!(css), json!(words)]).await.map(drop)
}

/// All that a screen owes to everybody.
async fn owes_nothing(page: &Page, screen: &str) -> Result<()> {
    page.finds_no_barrier(screen).await?;
    page.fits(screen).await?;
    page.shows_all(screen).await
}
