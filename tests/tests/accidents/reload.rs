//! A page that is loaded anew, or closed, while there is no network: what it had is on the phone, and leaves with the next page.

use anyhow::{Result, ensure};
use tests::browser::AtBoard;

use crate::{Hall, aeroplane, keeps_nothing, kept, never_said_saved, try_to_reload, write_and_listen};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_page_had_that_was_reloaded_without_a_network_arrives_with_the_next() -> Result<()> {
    let Some(hall) = Hall::open("accidents-reload").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    let board = AtBoard(&sato);
    let path = sato.path().await?;
    aeroplane(&sato, true).await?;
    hall.proxy.cut();
    write_and_listen(&sato, "再読み込みの前に").await?;
    board.kept_here().await?;
    never_said_saved(&sato).await?;
    let shown = try_to_reload(&sato).await?;
    ensure!(!sato.has("#board-tree").await?, "without a network there is no page: {shown}");
    hall.proxy.mend();
    aeroplane(&sato, false).await?;
    sato.goto(&format!("{}{path}", hall.proxy.base())).await?;
    board.card("再読み込みの前に").await?;
    board.saved().await?;
    hall.has_once(&["再読み込みの前に"]).await?;
    keeps_nothing(&sato).await?;
    sato.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_tab_had_that_was_closed_arrives_when_its_link_is_opened() -> Result<()> {
    let Some(hall) = Hall::open("accidents-closed").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    let path = sato.path().await?;
    hall.proxy.cut();
    write_and_listen(&sato, "閉じる前に").await?;
    AtBoard(&sato).kept_here().await?;
    let left = kept(&sato).await?;
    let next = hall.browser.open_beside(&sato, "佐藤の次のタブ").await?;
    sato.close().await?;
    hall.proxy.mend();
    // The first page tells that somebody has been here; nothing leaves before one is in the workshop again.
    next.goto(&hall.proxy.base()).await?;
    next.sees(".known-row").await?;
    ensure!(kept(&next).await? == left, "{left:?} was kept");
    next.goto(&format!("{}{path}", hall.proxy.base())).await?;
    AtBoard(&next).card("閉じる前に").await?;
    AtBoard(&next).saved().await?;
    hall.has_once(&["閉じる前に"]).await?;
    keeps_nothing(&next).await?;
    next.behaved().await
}
