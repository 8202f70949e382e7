//! It ends on a phone while everybody writes in silence: what nobody else was to see yet is on this phone alone, and its author sees it.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use shared::docs::workshop::{Kind, Whom};
use tests::browser::{AtBoard, Page};
use tests::conductor::{Conductor, plan};

use crate::battery::code;
use crate::ended::{ended, taken_over};
use crate::storage::FORBIDDEN;
use crate::{Hall, kept};

const FIELD: &str = "#silent-field";
const NAME: &str = "田中 一郎";
const HERS: &str = "田中さんの書きかけ";

async fn falls_silent(hall: &Hall) -> Result<()> {
    let lead = Conductor::at(&hall.naze.base(), &hall.made).await?;
    lead.plan(vec![plan(Kind::Deepen, "なぜ？を深める", ""), plan(Kind::Silence, "ひとりで書く", "")]).await?;
    lead.go(Whom::All, Kind::Silence).await
}

async fn put(page: &Page, words: &str) -> Result<()> {
    begin(page, words).await?;
    page.press("Enter").await?;
    let there = "return [...document.querySelectorAll('.slip-text')].some((e) => e.textContent === arguments[0])";
    page.until(words, there, vec![json!(words)]).await.map(drop)
}

async fn begin(page: &Page, words: &str) -> Result<()> {
    page.click(FIELD).await?;
    page.type_here(words).await
}

/// Presses the button with these words in it.
async fn choose(page: &Page, among: &str, words: &str) -> Result<()> {
    let press =
        "const found = [...document.querySelectorAll(arguments[0])].find((b) => b.textContent.includes(arguments[1]));
        found?.click();
        return found !== undefined";
    page.until(words, press, vec![json!(among), json!(words)]).await.map(drop)
}

/// What of silent words this page keeps, here and in memory alike.
async fn drafts(page: &Page) -> Result<Value> {
    page.eval("return Object.keys(localStorage).filter((key) => key.startsWith('naze.silent.')).length", vec![]).await
}

/// Three cards, one of which arrives, and a sentence that was begun; then another phone takes the place.
async fn is_taken_over_in_silence(hall: &Hall, sato: &Page) -> Result<()> {
    let code = code(sato).await?;
    sato.press("Escape").await?;
    AtBoard(sato).no_sheet().await?;
    falls_silent(hall).await?;
    sato.sees(FIELD).await?;
    put(sato, "役員の負担が重い").await?;
    AtBoard(sato).saved().await?;
    hall.proxy.cut();
    put(sato, "夜の会議に出られない").await?;
    put(sato, "誘われたことがない").await?;
    sato.click(".slip:last-child .button").await?;
    sato.focus_is_on("#silent-change").await?;
    sato.type_here("人が多い").await?;
    sato.press("Enter").await?;
    begin(sato, "書きかけの言葉").await?;
    taken_over(hall, &code).await?;
    hall.proxy.mend();
    let said = ended(sato, "別の端末で続けています").await?;
    for words in ["夜の会議に出られない", "誘われたことがない人が多い", "書きかけの言葉"]
    {
        ensure!(said.matches(words).count() == 1, "「{words}」 once: {said}");
    }
    ensure!(!said.contains("役員の負担が重い"), "that one is saved: {said}");
    sato.fits("words of a silence").await?;
    sato.finds_no_barrier("words of a silence").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_taken_over_in_a_silence_sees_the_cards_that_did_not_arrive() -> Result<()> {
    let Some(hall) = Hall::open("accidents-silence").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    is_taken_over_in_silence(&hall, &sato).await?;
    sato.reload().await?;
    let said = ended(&sato, "別の端末で続けています").await?;
    ensure!(said.contains("夜の会議に出られない") && said.contains("書きかけの言葉"), "until they were seen: {said}");
    sato.shot("gone-on-in-silence").await?;
    sato.click("main .button.primary").await?;
    sato.sees("#code").await?;
    ensure!((kept(&sato).await?.0, drafts(&sato).await?) == (0, json!(0)), "nothing is kept that was seen");
    sato.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_nothing_can_be_kept_they_are_shown_too() -> Result<()> {
    let Some(hall) = Hall::open("accidents-silence-forbidden").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", FORBIDDEN).await?;
    is_taken_over_in_silence(&hall, &sato).await?;
    sato.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scribe_sees_what_was_begun_for_who_goes_on_themselves() -> Result<()> {
    let Some(hall) = Hall::open("accidents-silence-scribe").await? else { return Ok(()) };
    let sato = hall.sit("佐藤", "").await?;
    sato.click(".menu-button").await?;
    choose(&sato, "dialog[open] .menu button", "スマートフォンのない人").await?;
    sato.type_into("#write-for-name", NAME).await?;
    sato.click(".write-for-form button").await?;
    choose(&sato, ".write-for-names button", NAME).await?;
    AtBoard(&sato).no_sheet().await?;
    sato.click(".write-for-strip .button").await?;
    sato.click(".write-for-code button").await?;
    let script = "const code = document.querySelector('.write-for-typed')?.textContent.replace(/\\s/g, '');
        return code && code.length === 6 ? code : null";
    let code = sato.until("the code", script, vec![]).await?;
    let code = code.as_str().context("a code is a text")?;
    sato.press("Escape").await?;
    AtBoard(&sato).no_sheet().await?;
    falls_silent(&hall).await?;
    sato.sees(FIELD).await?;
    begin(&sato, HERS).await?;
    sato.until("it is kept", "return Object.keys(localStorage).some((key) => key.startsWith('naze.silent.'))", vec![])
        .await?;
    taken_over(&hall, code).await?;
    let said = ended(&sato, &format!("{NAME}さんは、自分のスマートフォンで続けています")).await?;
    ensure!(said.matches(HERS).count() == 1, "{said}");
    ensure!(drafts(&sato).await? == json!(1), "until it was seen");
    sato.shot("scribe-in-silence").await?;
    sato.click("main .button.primary").await?;
    sato.sees(FIELD).await?;
    ensure!(drafts(&sato).await? == json!(0) && sato.value(FIELD).await?.is_empty(), "one's own field is one's own");
    sato.behaved().await
}
