//! Two phones at one board: a chain is read back with だから, what is missing is put between, and people tell each other things
//! beside the tree: reactions, comments, hands, calls. Nothing on a screen moves because somebody else did something.

use anyhow::Result;
use futures_util::future::try_join;
use serde_json::json;
use tests::ask;
use tests::browser::{AtBoard, Browser, Device, Page};
use tests::naze::Naze;

mod chain;
mod sight;
mod talk;

const THEME: &str = "若い人が自治会に入らない";
const UPPER: &str = "役員の負担が重い";
const LOWER: &str = "市からの依頼を断れない";
const MISSING: &str = "頼まれる仕事が増える一方";

const FOCUSED: &str = "return document.activeElement.id === arguments[0]";

/// Two phones with a chain of two links before them.
struct Two {
    one: Page,
    two: Page,
    _naze: Naze,
    _browser: Browser,
}

impl Two {
    async fn sit_down(test: &str) -> Result<Option<Self>> {
        Self::with(test, Device::PHONE).await
    }

    /// The second one has this device.
    async fn with(test: &str, device: Device) -> Result<Option<Self>> {
        let Some(browser) = Browser::start(test).await? else { return Ok(None) };
        let naze = Naze::start().await?;
        let made = ask::make(&naze.base(), 2).await?;
        let one = browser.open("田中", Device::PHONE).await?;
        let two = browser.open("佐藤", device).await?;
        for page in [&one, &two] {
            page.join(&naze.base(), &made.code.to_string(), page.who(), 1).await?;
            page.click("main.seat .button").await?;
            AtBoard(page).ready().await?;
        }
        let board = AtBoard(&one);
        board.write_theme(THEME).await?;
        board.add(THEME, UPPER).await?;
        board.add(UPPER, LOWER).await?;
        AtBoard(&two).card(LOWER).await?;
        Ok(Some(Self { one, two, _naze: naze, _browser: browser }))
    }

    fn boards(&self) -> (AtBoard<'_>, AtBoard<'_>) {
        (AtBoard(&self.one), AtBoard(&self.two))
    }

    async fn behaved(&self) -> Result<()> {
        try_join(self.one.behaved(), self.two.behaved()).await.map(drop)
    }
}

/// Presses what bears this shape on the open sheet.
async fn press(page: &Page, shape: &str) -> Result<()> {
    let script = "document.querySelector('[data-test]')?.removeAttribute('data-test');
        const found = [...document.querySelectorAll('dialog[open] button')]
            .find((b) => b.textContent.trim().startsWith(arguments[0]));
        found?.setAttribute('data-test', 'shape'); return found !== undefined;";
    page.until(&format!("{shape} on the sheet"), script, vec![json!(shape)]).await?;
    page.click("dialog[open] [data-test=shape]").await
}

/// Begins to read back from a card.
async fn read_from(page: &Page, card: &str) -> Result<()> {
    AtBoard(page).open_sheet(card).await?;
    press(page, "∴").await?;
    page.find(".reading .answer").await.map(drop)
}

/// Waits until the element reads so.
async fn reads(page: &Page, css: &str, wanted: &str) -> Result<()> {
    let script =
        "return document.querySelector(arguments[0])?.textContent.replace(/\\s+/g, ' ').trim() === arguments[1]";
    let what = format!("`{css}` to read 「{wanted}」");
    page.until(&what, script, vec![json!(css), json!(wanted)]).await.map(drop)
}

/// Waits until the link that is read is this one.
async fn at_link(page: &Page, place: &str, cause: &str, effect: &str) -> Result<()> {
    reads(page, ".reading-place [aria-hidden]", place).await?;
    reads(page, ".reading-end:first-child .reading-words", cause).await?;
    reads(page, ".reading-end:not(:first-child) .reading-words", effect).await
}

async fn gone(page: &Page, css: &str) -> Result<()> {
    page.until(&format!("no `{css}`"), "return !document.querySelector(arguments[0])", vec![json!(css)]).await.map(drop)
}

async fn close(page: &Page) -> Result<()> {
    page.press("Escape").await?;
    gone(page, "dialog[open]").await
}
