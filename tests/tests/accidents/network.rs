//! Aeroplane mode: what is written in it is kept on the phone, and leaves as soon as the browser knows of a network again.

use std::time::Instant;

use anyhow::{Result, ensure};
use serde_json::json;
use tests::browser::AtBoard;

use crate::{Hall, THEME, aeroplane, keeps_nothing, kept, never_said_saved, write_and_listen};

/// Remembers when the page has tried to reach the server.
const TRIES: &str = "window.tries = [];
    addEventListener('online', () => { window.online = performance.now(); });
    window.WebSocket = class extends WebSocket { constructor(...all) { tries.push(performance.now()); super(...all); } };";
/// The fourth try in vain is followed by a pause of at least 4.8 seconds.
const FOURTH: &str = "return tries.filter((at) => at > window.cut).length >= 4";
/// Whether it tried again when it heard of the network, and not when its pause was over.
const AT_ONCE: &str = "return tries.some((at) => at >= window.online && at < window.online + 200)";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_in_aeroplane_mode_leaves_as_soon_as_there_is_a_network() -> Result<()> {
    let Some(hall) = Hall::open("accidents-aeroplane").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", TRIES).await?;
    let board = AtBoard(&sato);
    board.saved().await?;
    sato.eval("window.cut = performance.now()", vec![]).await?;
    aeroplane(&sato, true).await?;
    hall.proxy.cut();
    write_and_listen(&sato, "雲の上で一枚").await?;
    board.add(THEME, "雲の上でもう一枚").await?;
    let told = board.kept_here().await?;
    ensure!(told.contains("接続なし") && told.contains("2件"), "two cards, however many letters: {told}");
    ensure!(kept(&sato).await?.0 > 1, "it says that it is kept, and it is not");
    sato.until("four tries in vain", FOURTH, vec![]).await?;
    never_said_saved(&sato).await?;
    ensure!(hall.texts().is_empty(), "nothing can have arrived");
    sato.fits("aeroplane mode").await?;
    sato.shot("kept-here").await?;
    hall.proxy.mend();
    aeroplane(&sato, false).await?;
    let back = Instant::now();
    board.saved().await?;
    println!("everything was saved {:?} after there was a network again", back.elapsed());
    ensure!(sato.eval(AT_ONCE, vec![]).await? == json!(true), "it waited for its next try");
    hall.has_once(&["雲の上で一枚", "雲の上でもう一枚"]).await?;
    keeps_nothing(&sato).await
}
