//! A board with as many cards as one can hold: all of them are there, each in its place, on a phone and on a laptop; it can still be
//! worked on, and it says in good time, and kindly, that there is little room left.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use server::client::Docs;
use shared::CardId;
use shared::limits::{CARDS_MAX, CARDS_TELL_FROM};
use tests::browser::{AtBoard, Browser, Device, Page, SOON};
use tests::forest::{Forest, GROUP, sentence};

const LEVELS: usize = 12;
/// Cards that are there before anybody comes: a few more, and the board begins to tell.
const GROWN: usize = CARDS_MAX - CARDS_TELL_FROM - 4;

/// Level and words of every card, as somebody without a page sees them.
fn seen(docs: &Docs) -> Vec<(usize, String)> {
    let board = docs.board(GROUP).map(|board| board.view());
    let line = |(id, level): (CardId, usize)| Some((level, board?.get(id)?.text.read()));
    board.map(|board| board.outline().into_iter().filter_map(line).collect()).unwrap_or_default()
}

async fn shown(page: &Page) -> Result<Vec<(usize, String)>> {
    let lines = AtBoard(page).outline().await?.0;
    Ok(lines.into_iter().map(|line| (line.level, line.text)).collect())
}

/// Waits until a window and somebody else see the same tree. How many cards it has.
async fn agree(page: &Page, forest: &Forest) -> Result<usize> {
    for _ in 0..100 {
        let (one, other) = (shown(page).await?, forest.person(0)?.read(seen));
        if one == other {
            return Ok(one.len());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let (one, other) = (shown(page).await?, forest.person(0)?.read(seen));
    let at = one.iter().zip(&other).position(|(one, other)| one != other);
    anyhow::bail!("{}: {} cards, {} on the board; the first that differs is {at:?}", page.who(), one.len(), other.len())
}

async fn arrive(browser: &Browser, forest: &Forest, who: &str, device: Device) -> Result<Page> {
    let page = browser.open(who, device).await?;
    page.join(&forest.naze.base(), &forest.made.code.to_string(), who, GROUP.0).await?;
    page.click("main.seat .button").await?;
    AtBoard(&page).ready().await?;
    Ok(page)
}

/// What the board says of its room; nothing as long as there is plenty.
async fn room(page: &Page) -> Result<String> {
    page.text_of("return document.querySelector('.board > .board-room')?.textContent ?? ''", vec![]).await
}

/// The page says how many cards are left, as somebody else sees it: both may be behind for a moment.
async fn says_room(page: &Page, forest: &Forest) -> Result<()> {
    let script = "return document.querySelector('.board > .board-room')?.textContent.includes(`あと${arguments[0]}枚`)";
    let until = tokio::time::Instant::now() + SOON;
    loop {
        let left = forest.person(0)?.read(left);
        if page.eval(script, vec![json!(left)]).await? == json!(true) {
            return Ok(());
        }
        ensure!(tokio::time::Instant::now() < until, "{left} cards are left, and the page says: {}", room(page).await?);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// What is done with a card can be done, and lands where it should.
async fn it_can_be_worked_on(page: &Page, forest: &Forest) -> Result<()> {
    let board = AtBoard(page);
    let text = |n: usize| forest.cards.get(n).map(|(.., text)| text.clone()).context("a card");
    let (above, edited, moved) = (text(GROWN / 2)?, text(GROWN / 3)?, text(GROWN - 1)?);
    board.add(&above, "いちばん大きなボードにも書ける").await?;
    board.append(&edited, "という").await?;
    board.move_under(&moved, &text(1)?).await?;
    board.saved().await?;
    agree(page, forest).await?;
    let outline = board.outline().await?;
    ensure!(outline.above("いちばん大きなボードにも書ける")? == above, "added elsewhere");
    ensure!(outline.count(&format!("{edited}という")) == 1, "not edited");
    ensure!(outline.above(&moved)? == text(1)?, "moved elsewhere");
    Ok(())
}

/// Cards that lie over another one; found along their tops, because all pairs would be two million.
const CROSSED: &str = "
    const boxes = [...document.querySelectorAll('#board-tree .card')].map((card) => card.getBoundingClientRect());
    boxes.sort((a, b) => a.top - b.top);
    let crossed = 0;
    boxes.forEach((a, n) => {
        for (let m = n + 1; m < boxes.length && boxes[m].top < a.bottom - 0.5; m += 1) {
            if (boxes[m].left < a.right - 0.5 && a.left < boxes[m].right - 0.5) crossed += 1;
        }
    });
    return [boxes.length, crossed];";

async fn sideways(browser: &Browser, forest: &Forest) -> Result<()> {
    let page = arrive(browser, forest, "鈴木", Device::LAPTOP).await?;
    let cards = agree(&page, forest).await?;
    // Places follow a picture later.
    page.until("all in their places", "return requestAnimationFrame(() => {}) > 2", vec![]).await?;
    let crossed = page.eval(CROSSED, vec![]).await?;
    ensure!(crossed == json!([cards, 0]), "cards, and how many lie over each other: {crossed}");
    says_room(&page, forest).await?;
    page.behaved().await
}

fn left(docs: &Docs) -> usize {
    docs.board(GROUP).map_or(0, |board| board.view().room())
}

/// Others add so many cards.
async fn fill(forest: &Forest, count: usize) -> Result<()> {
    for n in 0..count {
        let (card, ..) = forest.cards.get(n % 300).context("a card")?;
        forest.person(n % forest.people.len())?.board(GROUP).add(*card, &sentence(3_000 + n))?;
    }
    for person in &forest.people {
        person.saved(SOON * 2).await?;
    }
    Ok(())
}

async fn it_is_full(page: &Page, forest: &Forest) -> Result<()> {
    let board = AtBoard(page);
    let full = "return document.querySelector('.board > .board-room')?.textContent.includes('いっぱい')";
    page.until("that it is full", full, vec![]).await?;
    ensure!(agree(page, forest).await? == CARDS_MAX, "not as many cards as it can hold");
    let (.., text) = forest.cards.get(2).context("a card")?;
    board.begin_below(text).await?;
    let told = page.text_of("return document.querySelector('#board-writing .board-room').textContent", vec![]).await?;
    ensure!(told.contains("いっぱい"), "{told}");
    board.typing("もう1枚").await?;
    let refused = "const note = document.querySelector('#board-writing .field-note.trouble')?.textContent;
        return note?.includes('足せません') && document.querySelector('#board-writing textarea').value";
    let words = page.until("why it is not taken", refused, vec![]).await?;
    ensure!(words == "もう1枚", "the words are gone: {words}");
    page.press("Escape").await?;
    let (.., other) = forest.cards.get(9).context("a card")?;
    board.append(other, "まで").await?;
    board.mark(&format!("{other}まで"), "fact").await?;
    board.saved().await?;
    ensure!(agree(page, forest).await? == CARDS_MAX, "cards are gone");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_board_is_whole_and_says_so_before_it_is_full() -> Result<()> {
    let Some(browser) = Browser::start("a_full_board_is_whole_and_says_so_before_it_is_full").await? else {
        return Ok(());
    };
    let forest = Forest::grow(GROWN, LEVELS).await?;
    let page = arrive(&browser, &forest, "佐藤", Device::PHONE).await?;
    ensure!(agree(&page, &forest).await? == GROWN + 1, "not all cards");
    ensure!(room(&page).await?.is_empty(), "it speaks of room while there is plenty");
    it_can_be_worked_on(&page, &forest).await?;
    fill(&forest, 3).await?;
    says_room(&page, &forest).await?;
    sideways(&browser, &forest).await?;
    fill(&forest, forest.person(0)?.read(left)).await?;
    it_is_full(&page, &forest).await?;
    page.behaved().await
}
