//! "Look here" in a hall: the lead brings everybody to a card, everybody finds their way back, nobody is torn from a sentence; and
//! groups present one after another on the projector. Through the page, on phones, a laptop and the large screen.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use server::client::{Client, Docs, Session};
use shared::docs::board::Star;
use shared::docs::workshop::{Screens, WorkshopOp};
use shared::{CardId, GroupId, Token};
use tests::ask::{self, Made};
use tests::browser::{AtBoard, AtWall, Browser, Conversion, Device, Page, SOON, Shape, Tongue};
use tests::conductor::Conductor;
use tests::naze::Naze;

mod aloud;
mod phones;
mod projector;

/// After so long a press is meant again: before that it is a finger that trembles.
const CALM: Duration = Duration::from_millis(1_200);
const THEMES: [&str; 3] = ["若い人が自治会に入らない", "子どもが人と話さない", "空き家が増えている"];
const DEEP: [&str; 3] =
    ["役員の仕事が増える一方だから", "話す相手が家にいないから", "片づける人が遠くに住んでいるから"];

/// Three groups that have worked, and the lead without a page.
struct Hall {
    naze: Naze,
    made: Made,
    browser: Browser,
    lead: Conductor,
    /// One of each group, without a page.
    peers: Vec<Session>,
    /// The card that each group has starred.
    starred: Vec<CardId>,
}

impl Hall {
    async fn open(test: &str) -> Result<Option<Self>> {
        let Some(browser) = Browser::start(test).await? else { return Ok(None) };
        let naze = Naze::start().await?;
        let made = ask::make(&naze.base(), 3).await?;
        let lead = Conductor::at(&naze.base(), &made).await?;
        let mut hall = Self { naze, made, browser, lead, peers: Vec::new(), starred: Vec::new() };
        for (group, (theme, deep)) in (1..).zip(THEMES.into_iter().zip(DEEP)) {
            hall.works(group, theme, deep).await?;
        }
        hall.lead.begin().await?;
        Ok(Some(hall))
    }

    async fn works(&mut self, group: u16, theme: &str, deep: &str) -> Result<()> {
        let mut client = Client::connect(&self.naze.base()).await?;
        let token = Token::of([group.to_le_bytes()[0]; 16]);
        let joined = client.join(self.made.code, token, "山田", Some(GroupId(group))).await?;
        let peer = client.hello(joined.workshop, token).await?;
        peer.until("the board", SOON, Docs::is_complete).await?;
        let board = peer.board(GroupId(group));
        board.reword(CardId::THEME, theme)?;
        let mut last = CardId::THEME;
        for n in 1..=9 {
            let cause = board.add(CardId::THEME, &format!("{group}班の原因{n}"))?;
            last = board.add(cause, &format!("{group}班のもっと深い原因{n}"))?;
        }
        let starred = board.add(last, deep)?;
        board.star(starred, Star::RootCause)?;
        peer.saved(SOON).await?;
        self.peers.push(peer);
        self.starred.push(starred);
        Ok(())
    }

    /// Somebody with a page, at the board of their group.
    async fn guest(&self, name: &str, device: Device, group: u16) -> Result<Page> {
        let page = self.browser.open(name, device).await?;
        page.join(&self.naze.base(), &self.made.code.to_string(), name, group).await?;
        AtBoard(&page).card(THEMES.get(usize::from(group) - 1).context("a theme")?).await?;
        Ok(page)
    }

    async fn at_wall(&self, device: Device) -> Result<Page> {
        let page = self.browser.open("進行役", device).await?;
        page.goto(&format!("{}/w/{}#{}", self.naze.base(), self.made.id, self.made.lead)).await?;
        AtWall(&page).ready().await?;
        Ok(page)
    }

    /// The lead shows a board, or a card of it, from somewhere else in the hall.
    async fn shows(&self, group: u16, card: Option<CardId>) -> Result<()> {
        self.lead.act(WorkshopOp::Show { group: GroupId(group), card, screens: Screens::Everywhere }).await
    }

    async fn ends(&self) -> Result<()> {
        self.lead.act(WorkshopOp::EndShow).await
    }
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

/// Presses what has these words; of the open sheet, if one is.
async fn press(page: &Page, words: &str) -> Result<()> {
    let script = "const root = document.querySelector('dialog[open]') ?? document;
        const all = [...root.querySelectorAll('button, label.choice')];
        const found = all.find((b) => b.checkVisibility() && (b.ariaLabel ?? b.textContent).includes(arguments[0]));
        found?.setAttribute('data-test', 'press');
        return found !== undefined";
    page.until(&format!("the button {words}"), script, vec![json!(words)]).await?;
    let clicked = page.click("[data-test=press]").await;
    page.eval("document.querySelector('[data-test=press]')?.removeAttribute('data-test')", vec![]).await?;
    clicked
}

/// Presses it in calm: right after something has changed, what stands over the wall takes no press.
async fn press_calmly(page: &Page, words: &str) -> Result<()> {
    tokio::time::sleep(CALM).await;
    press(page, words).await
}

/// All that a screen owes to everybody.
async fn owes_nothing(page: &Page, screen: &str) -> Result<()> {
    page.finds_no_barrier(screen).await?;
    page.fits(screen).await?;
    page.shows_all(screen).await?;
    page.shot(screen).await.map(drop)
}
