//! The whole way by keyboard alone. A lead makes a workshop, begins it, opens a group, writes on its board as outlines are
//! written, comes back to where they were, and ends it. A participant types the code and a name, and writes.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::ask;
use tests::browser::{AtBoard, Browser, Device, Page};
use tests::naze::Naze;

async fn make_and_begin(page: &Page, base: &str) -> Result<()> {
    page.goto(base).await?;
    page.find("#code").await?;
    page.tab_to("a[href='/new']").await?;
    page.press("Enter").await?;
    page.find("#title").await?;
    page.tab_to("#title").await?;
    page.type_here("協働推進研修").await?;
    page.press("Enter").await?;
    page.code().await?;
    page.tab_to(".begin .button").await?;
    page.press("Enter").await?;
    page.find("main.wall .tiles .tile").await.map(drop)
}

async fn write(page: &Page) -> Result<()> {
    let board = AtBoard(page);
    page.tab_to("[role=treeitem]").await?;
    page.press("F2").await?;
    board.typing("若い人が入らない").await?;
    board.finish().await?;
    board.has_focus("若い人が入らない").await?;
    page.press("Enter").await?;
    board.typing("役員の負担が重い").await?;
    board.finish().await?;
    board.has_focus("役員の負担が重い").await?;
    page.press("Shift+Enter").await?;
    board.typing("何をする所か知らない").await?;
    page.press("Tab").await?;
    page.until("an empty field", "return document.querySelector('#board-writing textarea')?.value === ''", vec![])
        .await?;
    board.typing("昼間に集まる").await?;
    board.finish().await?;
    board.has_focus("昼間に集まる").await?;
    let tree = board.outline().await?;
    let wanted = ["役員の負担が重い", "何をする所か知らない", "昼間に集まる"];
    ensure!(tree.causes() == wanted, "{tree}");
    Ok(())
}

async fn work(page: &Page) -> Result<()> {
    let board = AtBoard(page);
    page.press("ArrowUp").await?;
    board.has_focus("何をする所か知らない").await?;
    page.press("e").await?;
    board.typing("人が多い").await?;
    board.finish().await?;
    board.has_focus("何をする所か知らない人が多い").await?;
    page.press("s").await?;
    board.until("the star", |tree| tree.line("何をする所か知らない人が多い").is_ok_and(|line| line.starred)).await?;
    page.press("1").await?;
    board.until("the mark", |tree| tree.0.iter().any(|line| line.mark.as_deref() == Some("fact"))).await?;
    page.press("m").await?;
    page.find("dialog[open] .choice-card").await?;
    page.tab_to("dialog[open] li:nth-child(2) .choice-card").await?;
    page.press("Enter").await?;
    board
        .until("the move", |tree| tree.above("何をする所か知らない人が多い").is_ok_and(|up| up == "役員の負担が重い"))
        .await?;
    board.has_focus("何をする所か知らない人が多い").await?;
    page.press("Control+z").await?;
    board
        .until("the undo", |tree| tree.above("何をする所か知らない人が多い").is_ok_and(|up| up == "若い人が入らない"))
        .await?;
    board.has_focus("何をする所か知らない人が多い").await?;
    board.saved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_of_a_lead() -> Result<()> {
    let Some(browser) = Browser::start("keyboard-lead").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let page = browser.open("進行役", Device::LAPTOP).await?;
    make_and_begin(&page, &naze.base()).await?;
    page.tab_to("#tile-1").await?;
    page.press("ArrowRight").await?;
    page.focus_is_on("#tile-2").await?;
    page.press("Enter").await?;
    AtBoard(&page).ready().await?;
    write(&page).await?;
    work(&page).await?;
    page.press("Escape").await?;
    page.find(".tiles .tile").await?;
    page.focus_is_on("#tile-2").await?;
    end(&page).await?;
    page.behaved().await
}

/// Ends the workshop, after a question, and opens it again with the same button.
async fn end(page: &Page) -> Result<()> {
    const END: &str = ".desk > .button:last-child";
    let phase = "return document.querySelector('.phase').textContent";
    page.eval("document.querySelector('.desk .button').focus()", vec![]).await?;
    page.tab_to(END).await?;
    let mut before = page.text_of(phase, vec![]).await?;
    for keys in [["Enter", "dialog[open] .primary"], ["Enter", ""]] {
        page.press(keys[0]).await?;
        if !keys[1].is_empty() {
            page.tab_to(keys[1]).await?;
            page.press("Enter").await?;
        }
        let changed = "return document.querySelector('.phase').textContent !== arguments[0]";
        page.until("another phase", changed, vec![json!(before)]).await?;
        page.focus_is_on(END).await?;
        before = page.text_of(phase, vec![]).await?;
    }
    Ok(())
}

async fn get_in(page: &Page, base: &str, code: &str) -> Result<()> {
    page.goto(base).await?;
    page.find("#code").await?;
    page.tab_to("#code").await?;
    page.type_here(code).await?;
    page.press("Enter").await?;
    page.find("#name").await?;
    page.tab_to("#name").await?;
    page.type_here("佐藤").await?;
    page.press("Enter").await?;
    page.find("main.seat").await?;
    page.tab_to("main.seat .button").await?;
    page.press("Enter").await?;
    AtBoard(page).ready().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_way_of_a_participant() -> Result<()> {
    let Some(browser) = Browser::start("keyboard-participant").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    let page = browser.open("佐藤", Device::PHONE).await?;
    get_in(&page, &naze.base(), &made.code.to_string()).await?;
    let board = AtBoard(&page);
    page.tab_to(".board-bar .next").await?;
    page.press("Enter").await?;
    board.typing("若い人が入らない").await?;
    board.finish().await?;
    board.has_focus("若い人が入らない").await?;
    page.press("Enter").await?;
    board.typing("役員の負担が重い").await?;
    board.finish().await?;
    board.has_focus("役員の負担が重い").await?;
    // On a phone Tab is the way to the next thing, as everywhere: it leaves the field, and the card is there.
    page.press("Shift+Enter").await?;
    board.typing("何をする所か知らない").await?;
    page.press("Tab").await?;
    board.has_focus("何をする所か知らない").await?;
    page.press("ArrowUp").await?;
    board.has_focus("役員の負担が重い").await?;
    page.tab_to(".card-foot .more").await?;
    page.press("Enter").await?;
    page.find("dialog[open] .star").await?;
    page.tab_to("dialog[open] .star").await?;
    page.press("Enter").await?;
    page.press("Escape").await?;
    board.has_focus("役員の負担が重い").await?;
    board.until("the star", |tree| tree.line("役員の負担が重い").is_ok_and(|line| line.starred)).await?;
    page.press("Delete").await?;
    board.has_focus("何をする所か知らない").await?;
    page.press("Control+z").await?;
    board.has_focus("役員の負担が重い").await?;
    board.saved().await?;
    page.behaved().await
}
