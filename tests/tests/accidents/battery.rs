//! A battery that is nearly empty: one goes on with another phone by a short code. What the first one still had is shown when it wakes.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use server::client::Docs;
use tests::browser::{AtBoard, Device, Page};

use crate::{DIARY, GROUP, Hall, keeps_nothing, kept, never_said_saved, write_and_listen};

const SAVED: &str = "電池が切れる前に保存した";
const LEFT: &str = "電池が切れて届かなかった";

/// Asks for the code with which to go on.
pub async fn code(page: &Page) -> Result<String> {
    page.press("8").await?;
    page.click("dialog[open] .write-for-code button").await?;
    let script = "const code = document.querySelector('.write-for-typed')?.textContent.replace(/\\s/g, '');
        return code && code.length === 6 ? code : null";
    let code = page.until("the code", script, vec![]).await?;
    code.as_str().map(str::to_owned).context("a code is a text")
}

/// Who wrote this card, by name.
fn author(docs: &Docs, words: &str) -> Option<String> {
    let board = docs.board(GROUP)?.view();
    let by = board.ever().find(|(_, card)| card.text.read() == words)?.1.by;
    let shared::By::Person(person) = by else { return None };
    Some(board.members.get(&person)?.name.clone())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_an_empty_battery_goes_on_with_another_phone() -> Result<()> {
    let Some(hall) = Hall::open("accidents-battery").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    let path = sato.path().await?;
    AtBoard(&sato).add(crate::THEME, SAVED).await?;
    AtBoard(&sato).saved().await?;
    let code = code(&sato).await?;
    sato.finds_no_barrier("the code to go on with").await?;
    sato.fits("the code to go on with").await?;
    sato.shot("code").await?;
    sato.press("Escape").await?;
    AtBoard(&sato).no_sheet().await?;
    hall.proxy.cut();
    write_and_listen(&sato, LEFT).await?;
    AtBoard(&sato).kept_here().await?;
    never_said_saved(&sato).await?;
    // It goes dark.
    let woken = hall.browser.open_beside(&sato, "佐藤の前の電話").await?;
    let left = kept(&sato).await?.0;
    sato.close().await?;
    hall.proxy.mend();
    let other = hall.browser.open("佐藤の次の電話", Device::PHONE).await?;
    other.goto(&format!("{}/j/{code}", hall.proxy.base())).await?;
    other.click("main .button.primary").await?;
    AtBoard(&other).card(SAVED).await?;
    other.eval(DIARY, vec![]).await?;
    AtBoard(&other).add(SAVED, "次の電話から").await?;
    AtBoard(&other).saved().await?;
    hall.has_once(&[SAVED, "次の電話から"]).await?;
    let (before, after) = hall.peer.read(|docs| (author(docs, SAVED), author(docs, "次の電話から")));
    ensure!(before.as_deref() == Some("佐藤") && before == after, "the same person: {before:?}, {after:?}");
    let seated = hall.peer.read(|docs| docs.board(GROUP).map(|board| board.view().seated().count()));
    ensure!(seated == Some(3), "a seat each for three people: {seated:?}");
    // Charged again: nothing is sent any more, and nothing is lost.
    woken.goto(&format!("{}{path}", hall.proxy.base())).await?;
    let shown = "return document.querySelector('.write-for-words')?.textContent ?? null";
    let words = woken.until("the words that did not arrive", shown, vec![]).await?;
    ensure!(words == json!(LEFT), "{words}");
    ensure!(kept(&woken).await?.0 == left, "they are kept until they were seen");
    let said = woken.eval("return document.querySelector('.bar .saving')?.textContent ?? ''", vec![]).await?;
    ensure!(said == json!("") || said == Value::Null, "it speaks of saving: {said}");
    woken.finds_no_barrier("gone on with another phone").await?;
    woken.fits("gone on with another phone").await?;
    woken.shot("gone-on").await?;
    woken.click("main .button.primary").await?;
    woken.sees("#code").await?;
    keeps_nothing(&woken).await?;
    woken.behaved().await?;
    other.behaved().await
}

/// A phone that goes on by itself with no code: its words leave when it wakes, in the person's name.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_phone_had_that_went_dark_arrives_when_it_wakes() -> Result<()> {
    let Some(hall) = Hall::open("accidents-dark").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    let path = sato.path().await?;
    hall.proxy.cut();
    write_and_listen(&sato, LEFT).await?;
    AtBoard(&sato).kept_here().await?;
    let woken = hall.browser.open_beside(&sato, "佐藤の電話").await?;
    sato.close().await?;
    hall.proxy.mend();
    // Meanwhile they take part with another phone, as somebody who comes anew.
    let other = hall.browser.open("佐藤の借りた電話", Device::PHONE).await?;
    other.join(&hall.proxy.base(), &hall.made.code.to_string(), "佐藤2", GROUP.0).await?;
    AtBoard(&other).add(crate::THEME, "借りた電話から").await?;
    AtBoard(&other).saved().await?;
    woken.goto(&format!("{}{path}", hall.proxy.base())).await?;
    AtBoard(&woken).card(LEFT).await?;
    AtBoard(&woken).saved().await?;
    hall.has_once(&[LEFT, "借りた電話から"]).await?;
    let by = hall.peer.read(|docs| author(docs, LEFT));
    ensure!(by.as_deref() == Some("佐藤"), "in whose name: {by:?}");
    keeps_nothing(&woken).await
}
