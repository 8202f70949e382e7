//! Two tabs of one person in one browser: each is a client of its own, and what one leaves behind the other takes along.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::browser::{AtBoard, Page};

use crate::{DIARY, Hall, THEME, keeps_nothing, kept, never_said_saved, write_and_listen};

/// A second tab of the same person, at the same board.
async fn second(hall: &Hall, first: &Page) -> Result<Page> {
    let page = hall.browser.open_beside(first, "佐藤の二つ目").await?;
    page.goto(&format!("{}{}", hall.proxy.base(), first.path().await?)).await?;
    AtBoard(&page).card(THEME).await?;
    page.eval(DIARY, vec![]).await?;
    Ok(page)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_two_tabs_write_is_there_once_and_what_one_left_the_other_sends() -> Result<()> {
    let Some(hall) = Hall::open("accidents-tabs").await? else { return Ok(()) };
    let one = hall.sit("佐藤", "").await?;
    let two = second(&hall, &one).await?;
    AtBoard(&one).add(THEME, "一つ目から").await?;
    AtBoard(&two).card("一つ目から").await?;
    AtBoard(&two).append("一つ目から", "と二つ目から").await?;
    AtBoard(&one).card("一つ目からと二つ目から").await?;
    hall.proxy.cut();
    AtBoard(&one).add(THEME, "閉じられたタブの言葉").await?;
    write_and_listen(&two, "開いたままのタブの言葉").await?;
    AtBoard(&one).kept_here().await?;
    AtBoard(&two).kept_here().await?;
    never_said_saved(&two).await?;
    let (_, clients) = kept(&two).await?;
    ensure!(clients == 2, "two tabs write under {clients} names");
    one.close().await?;
    hall.proxy.mend();
    AtBoard(&two).card("閉じられたタブの言葉").await?;
    AtBoard(&two).saved().await?;
    hall.has_once(&["一つ目からと二つ目から", "閉じられたタブの言葉", "開いたままのタブの言葉"]).await?;
    keeps_nothing(&two).await?;
    two.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tab_that_was_duplicated_is_another_client() -> Result<()> {
    let Some(hall) = Hall::open("accidents-duplicate").await? else { return Ok(()) };
    let one = hall.sit("佐藤", "").await?;
    one.eval("sessionStorage.setItem('copied', 'yes'); window.open(location.href)", vec![]).await?;
    let two = hall.browser.opened_by(&one, "佐藤の写し").await?;
    AtBoard(&two).card(THEME).await?;
    two.eval(DIARY, vec![]).await?;
    let copied = two.eval("return sessionStorage.getItem('copied')", vec![]).await?;
    ensure!(copied == json!("yes"), "what the tab kept for itself was not copied: {copied}");
    hall.proxy.cut();
    for (page, words) in [(&one, "元のタブ"), (&two, "写しのタブ")] {
        write_and_listen(page, words).await?;
        AtBoard(page).kept_here().await?;
        never_said_saved(page).await?;
    }
    let (_, clients) = kept(&one).await?;
    ensure!(clients == 2, "two tabs write under {clients} names");
    // Both take up what the other has left, and both send it: it counts once.
    hall.proxy.mend();
    for page in [&one, &two] {
        AtBoard(page).card("元のタブ").await?;
        AtBoard(page).card("写しのタブ").await?;
        AtBoard(page).saved().await?;
    }
    hall.has_once(&["元のタブ", "写しのタブ"]).await?;
    keeps_nothing(&one).await?;
    one.behaved().await
}
