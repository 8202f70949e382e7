//! Time: the same on phones whose own clocks are wrong by hours, and after the server was killed.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use shared::docs::workshop::{AtEnd, Kind, TimerChange, Whom};
use tests::browser::{AtBoard, Page};

use crate::{Hall, sees_step};

/// So far may two phones be from each other, in milliseconds.
const APART_MS: f64 = 200.0;

/// Notes, by a clock that nobody has set, when the digits change to what.
const WATCH: &str = "window.naze_turns = {};
    const time = document.querySelector('.bar-time');
    new MutationObserver(() => {
        naze_turns[time.innerText.replace(/[^0-9:+]/g, '')] ??= performance.timeOrigin + performance.now();
    }).observe(time, { characterData: true, childList: true, subtree: true });";

async fn turns(page: &Page) -> Result<Vec<(String, f64)>> {
    page.until("some seconds", "return Object.keys(window.naze_turns).length >= 4", vec![]).await?;
    Ok(serde_json::from_value(page.eval("return Object.entries(window.naze_turns)", vec![]).await?)?)
}

/// From now on this phone's clock is wrong by so much.
async fn set_wrong(page: &Page, ms: i64) -> Result<()> {
    let source = format!("const right = Date.now.bind(Date); Date.now = () => right() + ({ms});");
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    page.reload().await
}

#[tokio::test]
async fn phones_whose_clocks_are_wrong_by_hours_agree() -> Result<()> {
    let Some(hall) = Hall::open("clocks", &[Kind::CheckIn, Kind::Deepen]).await? else { return Ok(()) };
    set_wrong(&hall.suzuki, 5 * 3_600_000 + 1_234).await?;
    set_wrong(&hall.tanaka, -26 * 3_600_000 - 777).await?;
    hall.lead.begin().await?;
    for page in hall.pages() {
        sees_step(page, Kind::CheckIn, Duration::from_secs(20)).await?;
        page.eval(WATCH, vec![]).await?;
    }
    let [first, others @ ..] = hall.pages();
    let known = turns(first).await?;
    for other in others {
        let mut met = 0;
        for (digits, at) in turns(other).await? {
            let Some((_, here)) = known.iter().find(|(known, _)| *known == digits) else { continue };
            ensure!((at - here).abs() <= APART_MS, "{digits} on {}: {} ms from the first", other.who(), at - here);
            met += 1;
        }
        ensure!(met >= 2, "{} and the first one saw the same seconds", other.who());
    }
    hall.behaved().await
}

#[tokio::test]
async fn the_time_goes_on_where_it_was_after_the_server_was_killed() -> Result<()> {
    let Some(mut hall) = Hall::open("killed", &[Kind::CheckIn, Kind::Deepen]).await? else { return Ok(()) };
    hall.lead.begin().await?;
    hall.go(Kind::Deepen).await?;
    hall.lead.time(Whom::All, TimerChange::More(60)).await?;
    for page in hall.pages() {
        sees_step(page, Kind::Deepen, Duration::from_secs(20)).await?;
    }
    let until = hall.lead.read(|workshop| workshop.run.map(|run| run.timer));
    hall.naze.kill();
    hall.naze.again().await?;
    let again = tests::conductor::Conductor::at(&hall.naze.base(), &hall.made).await?;
    ensure!(again.read(|workshop| workshop.run.map(|run| run.timer)) == until, "the same time is left");
    let board = AtBoard(&hall.sato);
    board.saved().await?;
    sees_step(&hall.sato, Kind::Deepen, Duration::from_secs(20)).await?;
    again.time(Whom::All, TimerChange::Pause).await?;
    let left = again.read(|workshop| workshop.run.map(|run| run.timer.left_ms(shared::Millis(0))));
    let seconds = left.context("no time")?.div_ceil(1_000);
    let digits = format!("{}:{:02}", seconds / 60, seconds % 60);
    let says = "return document.querySelector('.bar-time').innerText.endsWith(arguments[0])";
    for page in hall.pages() {
        page.until(&digits, says, vec![json!(digits)]).await?;
    }
    hall.behaved().await
}

#[tokio::test]
async fn when_the_time_is_over_it_is_said_and_writing_closes_where_that_was_chosen() -> Result<()> {
    let Some(hall) = Hall::open("over", &[Kind::Deepen, Kind::CheckOut]).await? else { return Ok(()) };
    hall.lead.begin().await?;
    let board = AtBoard(&hall.sato);
    board.ready().await?;
    board.write_theme("課題").await?;
    board.begin_below("課題").await?;
    board.typing("時間が来たときに書いていた").await?;
    board.saved().await?;
    hall.lead.edit(|plan| (plan.minutes, plan.at_end) = (1, AtEnd::Close)).await?;
    // Done again, the step takes the one minute that it has now.
    hall.go(Kind::CheckOut).await?;
    hall.go(Kind::Deepen).await?;
    hall.lead.time(Whom::All, TimerChange::Pause).await?;
    let closed = "return document.querySelector('.step-over')?.innerText.includes('時間です') ?? false";
    ensure!(hall.sato.eval(closed, vec![]).await? == json!(false), "not yet");
    hall.lead.time(Whom::All, TimerChange::GoOn).await?;
    let within = Duration::from_secs(75);
    for page in hall.pages() {
        page.until_within(within, "the end of the time", closed, vec![]).await?;
        page.until("no way to write", "return document.querySelector('.board-tools .next') === null", vec![]).await?;
    }
    board.card("時間が来たときに書いていた").await?;
    hall.lead.time(Whom::All, TimerChange::More(60)).await?;
    hall.sato.sees(".board-tools .next").await?;
    hall.behaved().await
}
