//! A phone in a pocket for ten minutes, and a page that is left and come back to.

use std::time::Instant;

use anyhow::{Result, ensure};
use serde_json::json;
use tests::browser::{AtBoard, Page};

use crate::{Hall, never_said_saved, write_and_listen};

/// One may end the page's being seen, and move its clock; it notes when it was last seen again, and when each socket was begun since.
const POCKET: &str = "window.unseen = false; window.ahead = 0; window.sockets = []; window.seen_at = 0;
    window.WebSocket = class extends WebSocket {
        constructor(...how) { super(...how); sockets.push(performance.now() - seen_at); }
    };
    Object.defineProperty(document, 'visibilityState', { get: () => (unseen ? 'hidden' : 'visible') });
    const now = Date.now.bind(Date);
    Date.now = () => now() + ahead;
    window.see = (seen) => {
        unseen = !seen;
        seen_at = performance.now();
        sockets = [];
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    };";
/// By then the page has given its old connection up: it waits for an answer for 1.5 seconds and not for five, as it does otherwise. Told by
/// the page's own clock, so that a machine on which all else takes long says the same.
const GIVEN_UP_MS: f64 = 4_000.0;

async fn lifecycle(page: &Page, state: &str) -> Result<()> {
    page.cdp("Page.setWebLifecycleState", json!({ "state": state })).await.map(drop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_minutes_in_a_pocket_cost_no_word_and_no_waiting() -> Result<()> {
    let Some(hall) = Hall::open("accidents-pocket").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", POCKET).await?;
    let board = AtBoard(&sato);
    board.saved().await?;
    // The network takes leave of the phone, and tells nobody; then it goes into the pocket.
    hall.proxy.strand();
    write_and_listen(&sato, "ポケットに入れる前").await?;
    never_said_saved(&sato).await?;
    sato.eval("see(false)", vec![]).await?;
    lifecycle(&sato, "frozen").await?;
    hall.others_write("そのあいだに").await?;
    // What waited while it stood still finds that ten minutes have gone.
    sato.eval("ahead = 600000", vec![]).await?;
    never_said_saved(&sato).await?;
    lifecycle(&sato, "active").await?;
    sato.eval("see(true)", vec![]).await?;
    let back = Instant::now();
    board.card("そのあいだに").await?;
    board.saved().await?;
    let took = back.elapsed();
    println!("everything was there {took:?} after the phone was taken out again");
    let began = sato.eval("return sockets[0] ?? null", vec![]).await?;
    ensure!(began.as_f64().is_some_and(|ms| ms < GIVEN_UP_MS), "a new connection was begun after {began} ms");
    hall.has_once(&["ポケットに入れる前", "そのあいだに"]).await?;
    sato.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_is_come_back_to_is_as_it_was_and_goes_on() -> Result<()> {
    let Some(hall) = Hall::open("accidents-back").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    let board = AtBoard(&sato);
    board.saved().await?;
    hall.proxy.strand();
    write_and_listen(&sato, "ほかのページを見る前").await?;
    never_said_saved(&sato).await?;
    let watch = "window.naze_back = []; addEventListener('pageshow', (event) => naze_back.push(event.persisted))";
    sato.eval(watch, vec![]).await?;
    sato.goto(&format!("{}/about-data", hall.proxy.base())).await?;
    hall.others_write("そのあいだに").await?;
    sato.back().await?;
    let back = Instant::now();
    board.card("そのあいだに").await?;
    board.saved().await?;
    println!("everything was there {:?} after coming back", back.elapsed());
    // It is the very page that was left, not one that was loaded anew: the browser kept it.
    let persisted = sato.eval("return window.naze_back ?? null", vec![]).await?;
    let why = "return JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons ?? null)";
    let why = sato.eval(why, vec![]).await?;
    ensure!(persisted == json!([true]), "{persisted}; not kept because of {why}");
    hall.has_once(&["ほかのページを見る前", "そのあいだに"]).await?;
    sato.behaved().await
}
