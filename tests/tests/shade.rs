//! Light or dark as somebody has chosen it is there with the first picture, before the program is: nobody in a dark hall is
//! dazzled by a white page.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::browser::{Browser, Device, Page};
use tests::naze::Naze;

/// Notes how the first picture with a page in it looks.
const FIRST_PICTURE: &str = "(() => {
    const look = () => {
        if (document.body === null) return requestAnimationFrame(look);
        window.naze_first = getComputedStyle(document.body).backgroundColor;
    };
    requestAnimationFrame(look);
})();";

async fn ground(page: &Page) -> Result<Value> {
    page.eval("return getComputedStyle(document.body).backgroundColor", vec![]).await
}

/// Presses the switch until it says so.
async fn choose(page: &Page, shade: &str) -> Result<()> {
    for _ in 0..3 {
        if page.eval("return document.documentElement.dataset.theme ?? 'auto'", vec![]).await? == json!(shade) {
            return Ok(());
        }
        page.click(".bar .icon-button").await?;
    }
    Err(page.failed(&format!("no way to {shade}")).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_picture_is_as_chosen() -> Result<()> {
    let Some(browser) = Browser::start("shade").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let page = browser.open("佐藤", Device::PHONE).await?;
    page.goto(&naze.base()).await?;
    page.find("#code").await?;
    let day = ground(&page).await?;
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": FIRST_PICTURE })).await?;
    choose(&page, "dark").await?;
    let night = ground(&page).await?;
    ensure!(day != night, "the ground is {day} by day and by night");
    page.cdp("Network.enable", json!({})).await?;
    for (shade, wanted) in [("dark", &night), ("light", &day), ("auto", &day)] {
        choose(&page, shade).await?;
        // The program does not come: what is there is there without it.
        page.cdp("Network.setBlockedURLs", json!({ "urls": ["*.wasm"] })).await?;
        page.reload().await?;
        page.find("#broken").await?;
        let first = page.until("the first picture", "return window.naze_first", vec![]).await?;
        ensure!(first == *wanted, "{shade}: the first ground is {first}, not {wanted}");
        page.cdp("Network.setBlockedURLs", json!({ "urls": [] })).await?;
        page.reload().await?;
        page.find("#code").await?;
        ensure!(ground(&page).await? == *wanted, "{shade}: later the ground is {}", ground(&page).await?);
    }
    page.behaved().await
}
