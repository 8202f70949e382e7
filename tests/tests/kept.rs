//! What people take away: a link to what their group built, that anybody may open and nobody can write with.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use shared::docs::workshop::{Kind, Phase, WorkshopOp};
use tests::ask;
use tests::browser::{AtBoard, Browser, Device, Page, Shape};
use tests::conductor::{Conductor, plan};
use tests::naze::Naze;

const THEME: &str = "若い世代の住民が自治会の活動にほとんど参加しない";
const CAUSE: &str = "役員の仕事が多く、引き受けると休みがなくなる";
const TAKEN: &str = "原因だと思っていたことが、結果のほうだった";

/// The link that is on the screen.
async fn link(page: &Page) -> Result<String> {
    let script = "const link = document.querySelector('.keep input, dialog[open] input[readonly]')?.value;
        return link?.includes('#keep-') ? link : null";
    let link = page.until("the link to keep", script, vec![]).await?;
    link.as_str().map(str::to_owned).context("a link is a text")
}

async fn shows(page: &Page, words: &[&str]) -> Result<()> {
    let script = "return arguments[0].every((words) => document.querySelector('main').innerText.includes(words))";
    page.until(&format!("{words:?}"), script, vec![json!(words)]).await.map(drop)
}

/// Whether there is anything to write with.
async fn writes(page: &Page) -> Result<bool> {
    let script = "return [...document.querySelectorAll('main textarea, main input, .board-tools .next, .card-why, .note-top button')]
        .some((e) => e.checkVisibility())";
    Ok(page.eval(script, vec![]).await? == Value::Bool(true))
}

#[tokio::test]
async fn what_a_group_built_is_kept_by_a_link() -> Result<()> {
    let Some(browser) = Browser::start("kept").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 3).await?;
    let lead = Conductor::at(&naze.base(), &made).await?;
    let prompt = "きょう気づいたことと、わたしの一歩を書きます。";
    lead.plan([Kind::Deepen, Kind::CheckOut].map(|kind| plan(kind, "ステップ", prompt)).to_vec()).await?;
    lead.begin().await?;
    let sato = browser.open("佐藤", Device::PHONE).await?;
    sato.join(&naze.base(), &made.code.to_string(), "佐藤", 2).await?;
    let board = AtBoard(&sato);
    board.ready().await?;
    board.write_theme(THEME).await?;
    board.add(THEME, CAUSE).await?;
    board.saved().await?;
    // From the list of commands, at any time.
    sato.press("9").await?;
    let early = link(&sato).await?;
    sato.finds_no_barrier("the link to keep").await?;
    sato.fits("the link to keep").await?;
    sato.shot("link").await?;
    board.close_sheet().await?;
    lead.go(shared::docs::workshop::Whom::All, Kind::CheckOut).await?;
    sato.click("#note-write").await?;
    sato.find(".check-out textarea.field").await?;
    sato.type_here(TAKEN).await?;
    sato.press("Enter").await?;
    sato.click(".keep button").await?;
    ensure!(link(&sato).await? == early, "it is the same whenever one asks");
    sato.finds_no_barrier("checking out, with the link").await?;
    sato.fits("checking out, with the link").await?;
    sato.can_be_touched("checking out, with the link").await?;
    sato.shot("check-out").await?;
    board.saved().await?;
    // Somebody at home, on devices of all sizes, who was never there.
    let shapes = [Shape::Phone, Shape::Narrow, Shape::Laptop];
    for shape in shapes {
        let home = browser.open("家族", Device { shape, ..Device::PHONE }).await?;
        home.goto(&early).await?;
        shows(&home, &[THEME, CAUSE, TAKEN, "2班"]).await?;
        ensure!(!writes(&home).await?, "who keeps a link writes nothing");
        home.finds_no_barrier("a result that was kept").await?;
        home.fits("a result that was kept").await?;
        home.shot(&format!("kept-{shape:?}")).await?;
        let address = home.eval("return location.href", vec![]).await?;
        ensure!(address == json!(early), "what is kept stays in the address: {address}");
        home.reload().await?;
        shows(&home, &[CAUSE]).await?;
        home.behaved().await?;
    }
    // After the end it is there still, for its group too.
    lead.act(WorkshopOp::SetPhase { phase: Phase::Ended }).await?;
    sato.find(".banner").await?;
    sato.click(".keep button").await?;
    ensure!(link(&sato).await? == early, "after the end it is the same");
    sato.fits("an ended board, with the link").await?;
    let later = browser.open("あとで", Device::PHONE).await?;
    later.goto(&early).await?;
    shows(&later, &[THEME, CAUSE]).await?;
    later.goto(&naze.base()).await?;
    later.find(".known-row").await?;
    sato.behaved().await?;
    later.behaved().await
}

/// The lead says in a helper's link which groups are theirs; the helper may say otherwise.
#[tokio::test]
async fn a_helper_has_groups_to_look_after() -> Result<()> {
    let Some(browser) = Browser::start("helper").await? else { return Ok(()) };
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 4).await?;
    let lead = browser.open("進行役", Device::LAPTOP).await?;
    lead.goto(&format!("{}/w/{}#{}", naze.base(), made.id, made.lead)).await?;
    lead.code().await?;
    lead.click(".links summary").await?;
    for group in [2, 4] {
        lead.click(&format!(
            ".helper-groups .choice:nth-of-type({group}), .helper-groups .choices > :nth-child({group})"
        ))
        .await?;
    }
    let script = "const link = document.querySelector('#helper-link').value; return link.includes('+') ? link : null";
    let link = lead.until("the helper's link", script, vec![]).await?;
    let link = link.as_str().context("a link is a text")?;
    ensure!(link.ends_with("+2-4"), "{link}");
    lead.finds_no_barrier("the links").await?;
    lead.shot("links").await?;
    let (_, path) = link.split_once("/w/").context("a link leads into a workshop")?;
    let helper = browser.open("補助", Device { shape: Shape::Tablet, ..Device::PHONE }).await?;
    helper.goto(&format!("{}/w/{path}", naze.base())).await?;
    stand(&helper, &[2, 4, 1, 3]).await?;
    ensure!(helper.eval("return location.hash", vec![]).await? == json!(""), "a key that may write does not stay");
    let marked = "return [...document.querySelectorAll('.tile')].filter((t) => t.querySelector('.pinned')).length";
    ensure!(helper.eval(marked, vec![]).await? == json!(2), "two tiles say that they are theirs");
    helper.click(".strip .toggle").await?;
    stand(&helper, &[2, 4]).await?;
    helper.shot("only-mine").await?;
    // Another one is theirs from now on.
    helper.click("#wall-charge").await?;
    helper.find("dialog[open] .groups-choice").await?;
    helper.finds_no_barrier("the helper's groups").await?;
    helper.shot("mine").await?;
    helper.click("dialog[open] .groups-choice > :nth-child(1)").await?;
    helper.click("dialog[open] .button.primary").await?;
    stand(&helper, &[1, 2, 4]).await?;
    helper.reload().await?;
    stand(&helper, &[1, 2, 4, 3]).await?;
    helper.fits("a helper's wall").await?;
    helper.behaved().await?;
    lead.behaved().await
}

/// Waits until the tiles stand like this.
async fn stand(page: &Page, groups: &[u16]) -> Result<()> {
    let script = "return JSON.stringify([...document.querySelectorAll('.tile-open')].map((e) => Number(e.id.slice(5)))) === arguments[0]";
    page.until(&format!("the tiles {groups:?}"), script, vec![json!(serde_json::to_string(groups)?)]).await.map(drop)
}
