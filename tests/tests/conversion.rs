//! Japanese conversion in a real browser: nothing is sent by its Enter, nothing that others do disturbs it, nothing of it is
//! lost. On the phone and on the large view, in a new card, in a card that is there, and in the field for a name.

use anyhow::{Result, ensure};
use tests::ask;
use tests::browser::table::{CARD, THEME, Table};
use tests::browser::{Browser, Conversion, Device, SOON};
use tests::naze::Naze;

async fn a_new_card(table: &Table) -> Result<()> {
    let board = table.board();
    let before = table.others_view();
    board.begin_below(THEME).await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "にんずう").await?;
    conversion.enter().await?;
    table.undisturbed("にんずう").await?;
    table.others_write("町の", "知らせが来ない").await?;
    conversion.candidate("人数").await?;
    table.undisturbed("人数").await?;
    let heard = table.others_view();
    ensure!(heard.len() == before.len() + 1, "an unfinished conversion made a card: {heard:?}");
    conversion.take("人数").await?;
    table.others_see("人数").await?;
    Conversion::begin(&table.page, "がへった").await?.take_as_safari("が減った").await?;
    ensure!(board.field().await? == "人数が減った", "{}", board.field().await?);
    board.finish().await?;
    table.others_see("人数が減った").await?;
    let now = table.others_view();
    ensure!(now.len() == heard.len() + 1, "one card, once: {now:?}");
    board.saved().await?;
    table.page.behaved().await
}

async fn a_card_that_is_there(table: &Table) -> Result<()> {
    let board = table.board();
    board.begin_in(CARD).await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "すぎる").await?;
    table.others_write("町の", "声をかけない").await?;
    table.undisturbed("役員が重いすぎる").await?;
    conversion.enter().await?;
    table.others().append(table.card, "。")?;
    table.others().add(table.card, "合図")?;
    table.peer.saved(SOON).await?;
    board.card("合図").await?;
    conversion.candidate("過ぎる").await?;
    table.undisturbed("役員が重い過ぎる").await?;
    conversion.take("過ぎる").await?;
    let both = table
        .page
        .until(
            "both texts in the field",
            "const text = document.querySelector('#board-writing textarea').value;
        return text.startsWith('町の') && text.includes('過ぎる') && text.includes('。') ? text : null",
            vec![],
        )
        .await?;
    let both = both.as_str().unwrap_or_default().to_owned();
    ensure!(both.chars().count() == "町の役員が重い過ぎる。".chars().count(), "{both}");
    board.finish().await?;
    table.others_see(&both).await?;
    ensure!(board.outline().await?.count(&both) == 1, "{}", board.outline().await?);
    table.page.behaved().await
}

async fn another_language(table: &Table) -> Result<()> {
    let board = table.board();
    board.begin_in(CARD).await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "から").await?;
    table.page.other_language_untouched().await?;
    table.undisturbed("役員が重いから").await?;
    conversion.take("から").await?;
    table.others_see("役員が重いから").await?;
    board.finish().await?;
    board.begin_below("役員が重いから").await?;
    table.mark_field().await?;
    let conversion = Conversion::begin(&table.page, "ひるま").await?;
    // Pressed, as a person does it: the conversion goes on.
    table.page.other_language().await?;
    table.undisturbed("ひるま").await?;
    conversion.take("昼間").await?;
    table.others_see("昼間").await?;
    board.finish().await?;
    ensure!(board.outline().await?.count("昼間") == 1, "{}", board.outline().await?);
    table.page.behaved().await
}

tests::on_both! {
    a_new_card: a_new_card_on_a_phone, a_new_card_on_the_large_view;
    a_card_that_is_there: a_card_that_is_there_on_a_phone, a_card_that_is_there_on_the_large_view;
    another_language: another_language_on_a_phone, another_language_on_the_large_view;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_at_the_door() -> Result<()> {
    let Some(browser) = Browser::start("a_name_at_the_door").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let page = browser.open("佐藤", Device::PHONE).await?;
    let made = ask::make(&naze.base(), 2).await?;
    page.goto(&format!("{}/j/{}", naze.base(), made.code)).await?;
    page.click("#name").await?;
    let conversion = Conversion::begin(&page, "さとう").await?;
    conversion.enter().await?;
    page.other_language_untouched().await?;
    ensure!(page.value("#name").await? == "さとう", "the language switch touched the name");
    conversion.candidate("佐藤").await?;
    conversion.take_as_safari("佐藤").await?;
    ensure!(page.value("#name").await? == "佐藤", "{}", page.value("#name").await?);
    ensure!(page.path().await?.starts_with("/j/"), "Enter of the conversion joined");
    page.press("Enter").await?;
    page.find("main.seat").await?;
    page.until("the name at the seat", "return document.querySelector('.people').textContent.includes('佐藤')", vec![])
        .await?;
    page.behaved().await
}
