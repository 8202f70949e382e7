//! What the wall tells the lead and lets them do: who calls for help, what a group may need and what to ask it, a question to one
//! group, the order of the tiles, two groups side by side; and the wall over a hundred groups. Through the page, on phones and
//! laptops.

#![allow(clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use server::client::{Client, Docs, Session};
use shared::docs::board::BoardOp;
use shared::docs::workshop::{Kind, Phase, WorkshopOp};
use shared::text::TextEdit;
use shared::{CardId, GroupId, Token};
use tests::ask::{self, Made};
use tests::browser::{AtBoard, AtWall, Browser, Device, Page, Shape};
use tests::conductor::{Conductor, plan};
use tests::naze::Naze;

mod asks;
mod crowd;
mod help;
mod needs;
mod order;

/// How long anything may take that is expected to happen.
const SOON: Duration = Duration::from_secs(30);

/// A workshop that is under way, the lead before the wall, and whoever else comes.
struct Hall {
    naze: Naze,
    browser: Browser,
    made: Made,
    lead: Page,
}

impl Hall {
    async fn open(test: &str, device: Device, groups: u16) -> Result<Option<Self>> {
        let Some(browser) = Browser::start(test).await? else { return Ok(None) };
        let naze = Naze::start().await?;
        let made = ask::make(&naze.base(), groups).await?;
        let conductor = Conductor::at(&naze.base(), &made).await?;
        conductor.act(WorkshopOp::SetPhase { phase: Phase::Open }).await?;
        let lead = browser.open("進行役", device).await?;
        let hall = Self { naze, browser, made, lead };
        hall.goes_to_wall(&hall.lead, hall.made.lead).await?;
        Ok(Some(hall))
    }

    async fn goes_to_wall(&self, page: &Page, key: Token) -> Result<()> {
        page.goto(&format!("{}/w/{}#{key}", self.naze.base(), self.made.id)).await?;
        AtWall(page).ready().await
    }

    /// Somebody with a page.
    async fn guest(&self, name: &str, device: Device, group: u16) -> Result<Page> {
        let page = self.browser.open(name, device).await?;
        page.join(&self.naze.base(), &self.made.code.to_string(), name, group).await?;
        Ok(page)
    }

    /// Somebody without a page.
    async fn someone(&self, name: &str, group: u16) -> Result<Session> {
        join(&self.naze.base(), &self.made, name, group).await
    }
}

async fn join(base: &str, made: &Made, name: &str, group: u16) -> Result<Session> {
    let mut client = Client::connect(base).await?;
    let token = Token::of(rand());
    let joined = client.join(made.code, token, name, Some(GroupId(group))).await?;
    let session = client.hello(joined.workshop, token).await?;
    session.until("the boards", SOON, Docs::is_complete).await?;
    Ok(session)
}

/// A key that nobody else has.
fn rand() -> [u8; 16] {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut key = [0x5a; 16];
    key[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_le_bytes());
    key
}

fn theme(session: &Session, group: u16, text: &str) -> Result<()> {
    let board = session.board(GroupId(group));
    let edit = TextEdit::Insert { after: None, start: 900_000, text: text.to_owned() };
    board.apply(BoardOp::EditText { card: CardId::THEME, edit })?;
    Ok(())
}

/// Waits until something says so.
async fn says(page: &Page, css: &str, words: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll(arguments[0])].some((e) => e.innerText.includes(arguments[1]))";
    page.until(&format!("`{css}` to say {words}"), script, vec![json!(css), json!(words)]).await.map(drop)
}

/// Waits until nothing of the kind is there.
async fn gone(page: &Page, css: &str) -> Result<()> {
    let script = "return document.querySelector(arguments[0]) === null";
    page.until(&format!("`{css}` to go"), script, vec![json!(css)]).await.map(drop)
}

/// Presses a button with these words; of the open sheet, if one is.
async fn press(page: &Page, words: &str) -> Result<()> {
    let script = "const root = document.querySelector('dialog[open]') ?? document;
        const found = [...root.querySelectorAll('button')].find((b) => b.checkVisibility() && (b.ariaLabel ?? b.textContent).includes(arguments[0]));
        found?.setAttribute('data-test', 'press');
        return found !== undefined";
    page.until(&format!("the button {words}"), script, vec![json!(words)]).await?;
    let clicked = page.click("[data-test=press]").await;
    page.eval("document.querySelector('[data-test=press]')?.removeAttribute('data-test')", vec![]).await?;
    clicked
}

/// Waits until no sheet is open.
async fn no_sheet(page: &Page) -> Result<()> {
    gone(page, "dialog[open]").await
}

/// All that a screen owes to everybody.
async fn owes_nothing(page: &Page, screen: &str) -> Result<()> {
    page.finds_no_barrier(screen).await?;
    page.fits(screen).await?;
    page.shows_all(screen).await
}

/// The numbers of the groups as their tiles stand.
async fn stand(page: &Page) -> Result<Vec<u16>> {
    let script = "return [...document.querySelectorAll('.tile-open')].map((e) => Number(e.id.slice(5)))";
    Ok(serde_json::from_value(page.eval(script, vec![]).await?)?)
}

/// Where everything on a screen is that one reads: what lies over it does not count.
async fn places(page: &Page, css: &str) -> Result<Value> {
    let script = "return [...document.querySelectorAll(arguments[0])].map((e) => {
        const box = e.getBoundingClientRect();
        return [Math.round(box.left), Math.round(box.top), Math.round(box.width), Math.round(box.height)];
    })";
    page.eval(script, vec![json!(css)]).await
}
