//! What is loaded after the first picture comes by itself, whatever the network does: a phone has its board before it is asked for
//! by name, and one that cannot get it yet says so and goes on trying. What only the lead needs does not come to phones.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::ask;
use tests::browser::{AtBoard, Browser, Device, Page};
use tests::naze::Naze;

const LATER: &str = "*/assets/later.*";
/// Those that have come, by name.
const CAME: &str = "return performance.getEntriesByType('resource')
    .filter((e) => e.name.includes('/later.') && e.responseStatus === 200 && e.responseEnd > 0).map((e) => e.name)";

async fn block(page: &Page, urls: &[&str]) -> Result<()> {
    page.cdp("Network.setBlockedURLs", json!({ "urls": urls })).await.map(drop)
}

/// A window at the door of a workshop.
async fn at_door(browser: &Browser, naze: &Naze, blocked: &[&str]) -> Result<Page> {
    let made = ask::make(&naze.base(), 2).await?;
    let page = browser.open("佐藤", Device::PHONE).await?;
    page.cdp("Network.enable", json!({})).await?;
    block(&page, blocked).await?;
    page.goto(&format!("{}/j/{}", naze.base(), made.code)).await?;
    page.find("#name").await?;
    Ok(page)
}

async fn write_a_theme(page: &Page) -> Result<()> {
    page.click("main.seat .button").await?;
    AtBoard(page).write_theme("若い人が入らない").await?;
    AtBoard(page).saved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_that_does_not_come_is_waited_for_in_words_and_comes() -> Result<()> {
    let Some(browser) = Browser::start("later-late").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let page = at_door(&browser, &naze, &[LATER]).await?;
    page.type_into("#name", "佐藤").await?;
    page.click(".join-form button[type=submit]").await?;
    let said = page.find("main p[role=status] + .button").await.context("a way out")?.text().await?;
    ensure!(said.contains("読み込み直す"), "the button says {said}");
    let said = page.find("main p[role=status]").await?.text().await?;
    ensure!(said.contains("自動でもう一度"), "while the board is away the page says {said}");
    block(&page, &[]).await?;
    page.find("main.seat").await?;
    write_a_theme(&page).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_has_its_board_while_a_name_is_typed_and_nothing_of_the_leads() -> Result<()> {
    let Some(browser) = Browser::start("later-early").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let page = at_door(&browser, &naze, &[LATER]).await?;
    page.type_into("#name", "佐藤").await?;
    page.eval("window.naze_kept = document.querySelector('#name')", vec![]).await?;
    block(&page, &[]).await?;
    page.until("what comes later", &format!("{CAME}.length >= 2"), vec![]).await?;
    let kept = "const now = document.querySelector('#name');
        return now === window.naze_kept && now === document.activeElement && now.value";
    ensure!(page.eval(kept, vec![]).await? == json!("佐藤"), "the field is another one since the board has come");
    // From here on nothing more of the page can be had.
    block(&page, &["*/assets/*"]).await?;
    page.click(".join-form button[type=submit]").await?;
    page.find("main.seat").await?;
    write_a_theme(&page).await?;
    let came: Vec<String> = serde_json::from_value(page.eval(CAME, vec![]).await?)?;
    ensure!(came.iter().all(|name| name.contains("board")), "a phone has loaded {came:?}");
    Ok(())
}
