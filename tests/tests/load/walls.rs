//! Two leads' walls in real browsers, open while everybody writes.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use shared::docs::workshop::{Phase, WorkshopOp};
use tests::ask::{self, Made};
use tests::browser::{Browser, Device, Page};
use tests::conductor::Conductor;
use tests::naze::Naze;

use super::tell;

/// How long a wall may take until it shows what everybody sees.
const CATCHES_UP: Duration = Duration::from_secs(60);

/// Two walls in one browser.
pub struct Walls {
    browser: Browser,
    pages: [Page; 2],
}

/// What a tile says of its cards, by group, in whichever language.
const TOLD: &str = r"return [...document.querySelectorAll('.tiles .tile')].map((tile) => {
    const found = tile.innerText.match(/カード\s*(\d+)|Cards\s*(\d+)/);
    return found ? Number(found[1] ?? found[2]) : 0;
})";

impl Walls {
    /// Opens them; none where browsers are left out.
    pub async fn open(naze: &Naze, made: &Made) -> Result<Option<Self>> {
        let Some(browser) = Browser::start("load-walls").await? else { return Ok(None) };
        // Before that, leads see who arrives.
        let conductor = Conductor::at(&naze.base(), made).await?;
        conductor.act(WorkshopOp::SetPhase { phase: Phase::Open }).await?;
        let pages = [
            browser.open("一人目の進行役", Device::LAPTOP).await?,
            browser.open("二人目の進行役", Device::LAPTOP).await?,
        ];
        for page in &pages {
            page.watch_module().await?;
        }
        browser.trace().await?;
        for page in &pages {
            page.goto(&format!("{}/w/{}#{}", naze.base(), made.id, made.lead)).await?;
            page.find("main.wall .tiles .tile").await?;
        }
        let opening = browser.traced().await?;
        tell(&format!("two walls open: the longest task {:.0} ms", opening.longest()));
        Ok(Some(Self { browser, pages }))
    }

    /// From now on their tasks are counted.
    pub async fn watch(&self) -> Result<()> {
        self.browser.trace().await
    }

    /// Both show every card that there is, and neither complained about anything.
    pub async fn are_in_step(&self, naze: &Naze, made: &Made) -> Result<()> {
        let tasks = self.browser.traced().await?;
        let export = ask::export(&naze.base(), made).await?;
        let cards: Vec<usize> = export["boards"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|board| board["cards"].as_array().map_or(0, Vec::len))
            .collect();
        ensure!(cards.iter().sum::<usize>() > 0, "nothing was written");
        let same = format!(
            "const told = (() => {{ {TOLD} }})(); return JSON.stringify(told) === JSON.stringify(arguments[0])"
        );
        for page in &self.pages {
            page.until_within(CATCHES_UP, "every card is on the wall", &same, vec![json!(cards)]).await?;
            page.behaved().await?;
            tell(&format!("a wall of {} groups: {:?}", cards.len(), page.memory().await?));
        }
        tell(&format!(
            "two walls: {} cards, the longest task {:.0} ms, {} above 50 ms",
            cards.iter().sum::<usize>(),
            tasks.longest(),
            tasks.longer_than(50.0).count()
        ));
        Ok(())
    }
}
