//! Screens stay lit while a step runs and the page is seen, and no longer; where browsers do not allow it people are told what to do.

use anyhow::Result;
use serde_json::{Value, json};
use shared::docs::workshop::{Kind, Phase, Whom, WorkshopOp};
use tests::ask::{self, Made};
use tests::browser::{AtBoard, Browser, Device, Light, Page, Shape, Tongue};
use tests::conductor::{Conductor, plan};
use tests::naze::Naze;

/// Every lock that the page is given is remembered; one may see and end the page's being seen.
const WATCH: &str = "window.locks = [];
    const request = navigator.wakeLock.request.bind(navigator.wakeLock);
    navigator.wakeLock.request = async (what) => {
        const lock = await request(what);
        locks.push(lock);
        return lock;
    };
    window.unseen = false;
    Object.defineProperty(document, 'visibilityState', { get: () => (unseen ? 'hidden' : 'visible') });
    window.see = (seen) => {
        unseen = !seen;
        if (unseen) locks.forEach((lock) => lock.release());
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    };";
const NEVER: &str = "delete Navigator.prototype.wakeLock;";
/// How many locks are held.
const HELD: &str = "return locks.filter((lock) => !lock.released).length === arguments[0]";

async fn open(browser: &Browser, who: &str, device: Device, before: &str) -> Result<Page> {
    let page = browser.open(who, device).await?;
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": before })).await?;
    Ok(page)
}

async fn holds(page: &Page, count: u32, when: &str) -> Result<()> {
    page.until(&format!("{count} locks {when}"), HELD, vec![json!(count)]).await.map(drop)
}

async fn hall() -> Result<(Naze, Made, Conductor)> {
    let naze = Naze::start().await?;
    let made = ask::make(&naze.base(), 2).await?;
    let lead = Conductor::at(&naze.base(), &made).await?;
    lead.plan([Kind::Deepen, Kind::CheckOut].map(|kind| plan(kind, "ステップ", "書きます。")).to_vec()).await?;
    Ok((naze, made, lead))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_stays_lit_while_a_step_runs_and_it_is_seen() -> Result<()> {
    let Some(browser) = Browser::start("wake").await? else { return Ok(()) };
    let (naze, made, lead) = hall().await?;
    let sato = open(&browser, "佐藤", Device::PHONE, WATCH).await?;
    sato.join(&naze.base(), &made.code.to_string(), "佐藤", 1).await?;
    holds(&sato, 0, "before it begins").await?;
    lead.begin().await?;
    AtBoard(&sato).ready().await?;
    holds(&sato, 1, "in a step").await?;
    sato.eval("see(false)", vec![]).await?;
    holds(&sato, 0, "when nobody sees it").await?;
    sato.eval("see(true)", vec![]).await?;
    holds(&sato, 1, "when it is seen again").await?;
    lead.go(Whom::All, Kind::CheckOut).await?;
    sato.find(".check-out").await?;
    holds(&sato, 1, "in the next step").await?;
    lead.act(WorkshopOp::SetPhase { phase: Phase::Ended }).await?;
    holds(&sato, 0, "when it has ended").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wall_and_projector_stay_lit() -> Result<()> {
    let Some(browser) = Browser::start("wake-lead").await? else { return Ok(()) };
    let (naze, made, lead) = hall().await?;
    lead.begin().await?;
    let wall = open(&browser, "進行役", Device::LAPTOP, WATCH).await?;
    wall.goto(&format!("{}/w/{}#{}", naze.base(), made.id, made.lead)).await?;
    wall.find("main.wall").await?;
    holds(&wall, 1, "on the wall").await?;
    let projector = open(&browser, "投影", Device::LAPTOP, WATCH).await?;
    projector.goto(&format!("{}/w/{}/projector#{}", naze.base(), made.id, made.observer)).await?;
    projector.find("main.projector").await?;
    holds(&projector, 1, "before the room").await?;
    lead.act(WorkshopOp::SetPhase { phase: Phase::Ended }).await?;
    holds(&projector, 0, "when it has ended").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_it_is_not_allowed_a_quiet_line_says_what_to_do() -> Result<()> {
    let Some(browser) = Browser::start("wake-never").await? else { return Ok(()) };
    let (naze, made, lead) = hall().await?;
    lead.begin().await?;
    let line = "return document.querySelector('dialog[open] .may-go-dark')?.innerText ?? null";
    for (n, (shape, light, tongue)) in
        [(Shape::Phone, Light::Day, Tongue::Ja), (Shape::Narrow, Light::Night, Tongue::En)].into_iter().enumerate()
    {
        let device = Device { shape, light, tongue };
        let page = open(&browser, &format!("客{n}"), device, NEVER).await?;
        page.join(&naze.base(), &made.code.to_string(), &format!("客{n}"), 1).await?;
        AtBoard(&page).ready().await?;
        page.click("#board-bar .menu-button").await?;
        page.until("the line", line, vec![]).await?;
        page.eval("document.querySelector('.may-go-dark').scrollIntoView({ block: 'center' })", vec![]).await?;
        page.finds_no_barrier("the list with the line about the screen").await?;
        page.fits("the list with the line about the screen").await?;
        page.shot("menu").await?;
        page.behaved().await?;
    }
    let allowed = open(&browser, "佐藤", Device::PHONE, WATCH).await?;
    allowed.join(&naze.base(), &made.code.to_string(), "佐藤", 1).await?;
    AtBoard(&allowed).ready().await?;
    allowed.click("#board-bar .menu-button").await?;
    allowed.find("dialog[open] .menu").await?;
    anyhow::ensure!(allowed.eval(line, vec![]).await? == Value::Null, "who needs no advice gets none");
    // The lead, who is about to project.
    let waiting = ask::make(&naze.base(), 2).await?;
    let lead = open(&browser, "進行役", Device::LAPTOP, NEVER).await?;
    lead.goto(&format!("{}/w/{}#{}", naze.base(), waiting.id, waiting.lead)).await?;
    lead.click(".links summary").await?;
    lead.find(".links .may-go-dark").await?;
    lead.shot("lobby").await.map(drop)
}
