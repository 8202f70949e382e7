//! Another language at any moment: what somebody has typed, chosen or opened stays as it is.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::ask;
use tests::browser::{AtBoard, Browser, Device, Page};
use tests::naze::Naze;

/// Changes the language and fails unless the field is the same element, with the same words, and the screen speaks otherwise.
async fn keeps(page: &Page, field: &str, words: &str) -> Result<()> {
    page.eval("window.naze_kept = document.querySelector(arguments[0])", vec![json!(field)]).await?;
    let before = page.text_of("return document.body.innerText", vec![]).await?;
    page.other_language_untouched().await?;
    let kept = "const now = document.querySelector(arguments[0]); return [now === naze_kept, now?.value]";
    let kept = page.eval(kept, vec![json!(field)]).await?;
    ensure!(kept == json!([true, words]), "{}: `{field}`: the same element with 「{words}」: {kept}", page.who());
    let after = page.text_of("return document.body.innerText", vec![]).await?;
    ensure!(before != after, "{}: nothing on the screen has changed", page.who());
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_field_keeps_its_words() -> Result<()> {
    let Some(browser) = Browser::start("language").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 3).await?;
    let page = browser.open("佐藤", Device::PHONE).await?;
    page.goto(&naze.base()).await?;
    page.type_into("#code", "K7M").await?;
    keeps(&page, "#code", "K7M").await?;
    page.goto(&format!("{}/new", naze.base())).await?;
    page.type_into("#title", "協働推進研修").await?;
    page.type_into("#goal", "根っこを見つける").await?;
    page.find("#groups").await?.clear().await?;
    page.type_into("#groups", "12").await?;
    for (field, words) in [("#title", "協働推進研修"), ("#goal", "根っこを見つける"), ("#groups", "12")] {
        keeps(&page, field, words).await?;
    }
    page.goto(&format!("{}/j/{}", naze.base(), made.code)).await?;
    page.type_into("#name", "佐藤").await?;
    page.click(".tables summary").await?;
    page.click(".tables .choice:has(input[value='2'])").await?;
    keeps(&page, "#name", "佐藤").await?;
    ensure!(page.has(".tables details[open] input[value='2']:checked").await?, "the group that was chosen is lost");
    page.click(".join-form button[type=submit]").await?;
    page.click("main.seat .button").await?;
    on_the_board(&page).await?;
    page.behaved().await
}

async fn on_the_board(page: &Page) -> Result<()> {
    const FIELD: &str = "#board-writing textarea";
    let board = AtBoard(page);
    board.write_theme("課題").await?;
    board.begin_below("課題").await?;
    keeps(page, FIELD, "").await?;
    board.typing("言葉").await?;
    keeps(page, FIELD, "言葉").await?;
    board.typing("の続き").await?;
    keeps(page, FIELD, "言葉の続き").await?;
    board.finish().await?;
    board.begin_in("言葉の続き").await?;
    keeps(page, FIELD, "言葉の続き").await?;
    board.finish().await?;
    board.open_picker("言葉の続き").await?;
    page.type_into("dialog[open] input[type=search]", "課").await?;
    keeps(page, "dialog[open] input[type=search]", "課").await?;
    board.close_sheet().await?;
    let tree = board.outline().await?;
    ensure!(tree.count("言葉の続き") == 1 && tree.0.len() == 2, "{tree}");
    board.saved().await
}
