//! A whole room, through the page alone: three groups with two phones each, a helper on a tablet, an observer on a laptop and a lead on
//! a phone go through every kind of step. In each of them everybody does what it is for, helper and observer see what they may,
//! and nobody sees more. In mid-step the server is killed, and then the lead's phone dies: another one goes on with the lead's link.

#![allow(clippy::indexing_slicing, reason = "a test that meets what it does not expect fails")]

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use futures_util::future::{try_join, try_join_all};
use serde_json::{Value, json};
use shared::docs::workshop::{Kind, Plan};
use tests::ask::{self, Made};
use tests::browser::{AtBoard, AtWall, Browser, Device, Page, Shape};
use tests::conductor::{Conductor, plan};
use tests::naze::Naze;

mod accident;
mod at_table;
mod look;
mod together;

const GROUPS: u16 = 3;
const NAMES: [[&str; 2]; 3] = [["佐藤", "鈴木"], ["高橋", "田中"], ["伊藤", "渡辺"]];
const THEMES: [&str; 3] = [
    "若い世代の住民が自治会の活動にほとんど参加しない",
    "駅前の店が三年のうちに五軒やめた",
    "防災訓練に来る人が毎年減っている",
];

/// A press that comes sooner is a finger that trembles.
const CALM: Duration = Duration::from_millis(1_200);
/// The first step waits for the board's part of the page, on eight devices at once.
const FIRST: Duration = Duration::from_secs(60);

/// The steps, and what they are called.
const STEPS: [(Kind, &str); 12] = [
    (Kind::CheckIn, "はじめまして"),
    (Kind::Theme, "課題を選ぶ"),
    (Kind::Silence, "ひとりで書く"),
    (Kind::Turns, "順番に話す"),
    (Kind::Deepen, "なぜ？を深める"),
    (Kind::ReadBack, "読みかえす"),
    (Kind::Star, "ねっこに★"),
    (Kind::OneTwoFour, "ひとりで、ふたりで"),
    (Kind::Dots, "シールで選ぶ"),
    (Kind::Gallery, "ほかの班を見る"),
    (Kind::CheckOut, "わたしの一歩"),
    (Kind::Free, "自由に"),
];

/// A group of two phones.
struct Table {
    /// From 0.
    n: usize,
    phones: [Page; 2],
}

impl Table {
    fn theme(&self) -> &'static str {
        THEMES[self.n]
    }

    fn group(&self) -> u16 {
        u16::try_from(self.n + 1).unwrap_or_default()
    }

    fn boards(&self) -> (AtBoard<'_>, AtBoard<'_>) {
        (AtBoard(&self.phones[0]), AtBoard(&self.phones[1]))
    }
}

/// Everybody.
struct Room {
    naze: Naze,
    made: Made,
    browser: Browser,
    lead: Page,
    helper: Page,
    observer: Page,
    tables: Vec<Table>,
}

impl Room {
    async fn open() -> Result<Option<Self>> {
        let Some(browser) = Browser::start("whole-room").await? else { return Ok(None) };
        let naze = Naze::start().await?;
        let made = ask::make(&naze.base(), GROUPS).await?;
        let conductor = Conductor::at(&naze.base(), &made).await?;
        conductor.plan(STEPS.map(|(kind, title)| step(kind, title)).to_vec()).await?;
        let lead = browser.open("進行役", Device::PHONE).await?;
        let helper = browser.open("補助", Device { shape: Shape::Tablet, ..Device::PHONE }).await?;
        let observer = browser.open("見学", Device::LAPTOP).await?;
        let mut tables = Vec::new();
        for (n, names) in NAMES.iter().enumerate() {
            let mut phones = Vec::new();
            for name in names {
                let page = browser.open(name, Device::PHONE).await?;
                page.join(&naze.base(), &made.code.to_string(), name, u16::try_from(n + 1)?).await?;
                phones.push(page);
            }
            let phones = phones.try_into().map_err(|_| anyhow::anyhow!("two phones"))?;
            tables.push(Table { n, phones });
        }
        let room = Self { naze, made, browser, lead, helper, observer, tables };
        for (page, key) in [(&room.helper, made.helper), (&room.observer, made.observer)] {
            page.goto(&room.link(&key.to_string())).await?;
            AtWall(page).ready().await?;
        }
        room.lead.goto(&room.link(&made.lead.to_string())).await?;
        Ok(Some(room))
    }

    fn link(&self, key: &str) -> String {
        format!("{}/w/{}#{key}", self.naze.base(), self.made.id)
    }

    fn phones(&self) -> impl Iterator<Item = &Page> {
        self.tables.iter().flat_map(|table| &table.phones)
    }

    /// Everybody but the lead.
    fn others(&self) -> impl Iterator<Item = &Page> {
        self.phones().chain([&self.helper, &self.observer])
    }

    /// The lead's thumb moves the room on; every phone is there, and every wall.
    async fn goes_on(&self, to: usize) -> Result<()> {
        let (_, title) = STEPS[to];
        tokio::time::sleep(CALM).await;
        says(&self.lead, "#step-next", title).await?;
        self.lead.click("#step-next").await?;
        self.is_at(to).await
    }

    async fn is_at(&self, at: usize) -> Result<()> {
        let (_, title) = STEPS[at];
        try_join_all(self.phones().map(|page| phone_is_at(page, title))).await?;
        try_join_all([&self.lead, &self.helper, &self.observer].map(|page| wall_is_at(page, title))).await?;
        Ok(())
    }

    /// Everybody at their table does something, all tables at once.
    async fn all<F: Future<Output = Result<()>>>(&self, act: impl Fn(usize) -> F) -> Result<()> {
        try_join_all((0..self.tables.len()).map(act)).await.map(drop)
    }
}

/// A step, with time for two visits where others' boards are looked at.
fn step(kind: Kind, title: &str) -> Plan {
    let each_s = if kind == Kind::Gallery { 180 } else { 0 };
    Plan { each_s, ..plan(kind, title, "この時間にすることを、ここで読みます。") }
}

async fn phone_is_at(page: &Page, title: &str) -> Result<()> {
    let script = "return document.querySelector('#step-title')?.textContent === arguments[0]";
    page.until_within(FIRST, title, script, vec![json!(title)]).await.map(drop)
}

async fn wall_is_at(page: &Page, title: &str) -> Result<()> {
    let script = "return document.querySelector('.step-bar .step-title')?.textContent === arguments[0]";
    page.until_within(FIRST, title, script, vec![json!(title)]).await.map(drop)
}

/// Waits until something says so.
async fn says(page: &Page, css: &str, words: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll(arguments[0])].some((e) => e.innerText.includes(arguments[1]))";
    page.until(&format!("`{css}` to say {words}"), script, vec![json!(css), json!(words)]).await.map(drop)
}

/// Presses a button with these words; of the open sheet, if one is.
async fn press(page: &Page, words: &str) -> Result<()> {
    let script = "const root = document.querySelector('dialog[open]') ?? document;
        const found = [...root.querySelectorAll('button')].find((b) => b.checkVisibility() && (b.ariaLabel ?? b.textContent).includes(arguments[0]));
        document.querySelector('[data-test=press]')?.removeAttribute('data-test');
        found?.setAttribute('data-test', 'press');
        return found !== undefined";
    page.until(&format!("the button {words}"), script, vec![json!(words)]).await?;
    page.click("[data-test=press]").await
}

/// Whether a page has these words anywhere, or keeps them.
async fn knows(page: &Page, words: &str) -> Result<bool> {
    let script = "return document.documentElement.textContent.includes(arguments[0])
        || Object.values(localStorage).some((kept) => kept.includes(arguments[0]))";
    Ok(page.eval(script, vec![json!(words)]).await? == Value::Bool(true))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_room_goes_through_every_kind_of_step() -> Result<()> {
    let Some(mut room) = Room::open().await? else { return Ok(()) };
    room.lead.begin_workshop().await?;
    room.is_at(0).await?;
    for (at, (kind, title)) in STEPS.into_iter().enumerate() {
        if at > 0 {
            room.goes_on(at).await?;
        }
        at_table::acts(&room, kind).await.with_context(|| format!("in {title}"))?;
        look::over(&room, kind).await.with_context(|| format!("in {title}"))?;
        match kind {
            Kind::Silence => accident::the_server_is_killed(&mut room, at).await?,
            Kind::Deepen => accident::the_leads_phone_dies(&mut room, at).await?,
            _ => {}
        }
    }
    for page in room.others().chain([&room.lead]) {
        page.behaved().await?;
    }
    Ok(())
}
