//! The vote of the room and that of a group at once: neither is in the way of the other, whatever the step; and what becomes of both
//! when the workshop ends with nobody having closed them.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use shared::docs::workshop::{Kind, Phase, Whom};
use tests::browser::{AtBoard, Device, Page};

use super::screens::{NARROW, before, guest, owes_nothing, press, says, step};
use super::*;

const AIR: &str = "断れない空気がある";
const KNOWN: &str = "何をする所か知らない";

/// The whole room goes on to a step in which it builds its trees.
async fn goes_on(hall: &mut Hall) -> Result<()> {
    let Some(AnyDoc::Workshop(workshop)) = hall.lead.doc(DocId::Workshop) else { anyhow::bail!("no workshop") };
    let from = workshop.model.steps.first().context("there is a step")?.id;
    let add = WorkshopOp::AddStep { plan: plan(Kind::Deepen, "深める", ""), after: Some(from) };
    hall.lead.does(DocId::Workshop, Op::Workshop(add)).await?;
    let Some(AnyDoc::Workshop(workshop)) = hall.lead.doc(DocId::Workshop) else { anyhow::bail!("no workshop") };
    let next = workshop.model.steps.last().context("there is another")?.id;
    hall.lead.goes(Whom::All, from, next).await
}

/// Somebody at home with the link to keep, which one of the group has asked for.
async fn kept(from: &Page, home: &Page) -> Result<()> {
    from.press("9").await?;
    let script = "return document.querySelector('dialog[open] input[readonly]')?.value || null";
    let link = from.until("the link to keep", script, vec![]).await?;
    AtBoard(from).close_sheet().await?;
    home.goto(link.as_str().context("a link is a text")?).await
}

async fn sheet_says(page: &Page, words: &str) -> Result<()> {
    let script = "return document.querySelector('dialog[open]')?.innerText.includes(arguments[0])";
    page.until(words, script, vec![json!(words)]).await.map(drop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_vote_of_the_room_and_that_of_a_group_hide_nothing_from_each_other() -> Result<()> {
    let Some((mut hall, browser)) = before("dots-beside").await? else { return Ok(()) };
    let sato = guest(&hall, &browser, "佐藤", Device::PHONE, 1).await?;
    let tanaka = guest(&hall, &browser, "田中", NARROW, 2).await?;
    let home = browser.open("家族", Device::PHONE).await?;
    hall.opens_at_table(1).await;
    hall.opens(2, OwnGroup::Counts).await;

    // From the vote of the room to that of the group, and back.
    says(&sato, "残り 2枚").await?;
    owes_nothing(&sato, "beside-room").await?;
    sato.click(".dots-aside").await?;
    AtBoard(&sato).card(AIR).await?;
    says(&sato, "全体のシール投票の受付中です").await?;
    owes_nothing(&sato, "beside-board").await?;
    press(&sato, "シールを貼る").await?;
    step(&sato, AIR, "＋").await?;
    says(&sato, "投票しました").await?;
    AtBoard(&sato).close_sheet().await?;
    press(&sato, "全体の投票へ").await?;
    step(&sato, KNOWN, "＋").await?;
    says(&sato, "残り 1枚（2枚のうち）").await?;
    says(&sato, "投票しました").await?;
    owes_nothing(&sato, "beside-sheet").await?;
    AtBoard(&sato).close_sheet().await?;

    // Whoever keeps a link sees that there is a vote, and has no ballot.
    kept(&sato, &home).await?;
    AtBoard(&home).card(AIR).await?;
    press(&home, "投票を見る").await?;
    says(&home, "結果は締め切ったあとに出ます").await?;
    ensure!(!home.has(".dot-step, .dots-strip").await?, "who keeps a link has no ballot");

    // The room has gone on with the vote open.
    goes_on(&mut hall).await?;
    press(&tanaka, "全体の投票へ").await?;
    step(&tanaka, KNOWN, "＋").await?;
    says(&tanaka, "投票しました").await?;
    AtBoard(&tanaka).close_sheet().await?;
    owes_nothing(&tanaka, "beside-gone-on").await?;

    let end = Op::Workshop(WorkshopOp::SetPhase { phase: Phase::Ended });
    hall.lead.does(DocId::Workshop, end).await?;
    says(&sato, "締め切られないままワークショップが終わった").await?;
    for page in [&sato, &tanaka] {
        says(page, "全体のシール投票の結果が出ています").await?;
        owes_nothing(page, "beside-ended").await?;
        press(page, "全体の投票へ").await?;
        says(page, &format!("2人が投票しました。いちばん多いのは「{KNOWN}」（2枚）です。")).await?;
        AtBoard(page).close_sheet().await?;
        page.press("x").await?;
    }
    sheet_says(&sato, "締め切られないままワークショップが終わった").await?;
    ensure!(!sato.has(".dot-step").await?, "nobody votes after the end");
    sheet_says(&tanaka, "まだ投票はありません").await?;
    owes_nothing(&tanaka, "beside-none").await?;
    for page in [&sato, &tanaka, &home] {
        page.behaved().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_read_the_result_of_the_room_goes_on_at_their_board() -> Result<()> {
    let Some((mut hall, browser)) = before("dots-result-aside").await? else { return Ok(()) };
    let sato = guest(&hall, &browser, "佐藤", Device::PHONE, 1).await?;
    let vote = hall.opens(1, OwnGroup::Counts).await;
    step(&sato, KNOWN, "＋").await?;
    says(&sato, "投票しました").await?;
    hall.lead.does(DocId::Workshop, Op::Workshop(WorkshopOp::CloseDots { vote })).await?;
    says(&sato, "1人が投票しました").await?;
    sato.click(".dots-aside").await?;
    AtBoard(&sato).card(AIR).await?;
    says(&sato, "全体のシール投票の結果が出ています").await?;
    // The next vote is before them again.
    hall.opens(1, OwnGroup::Counts).await;
    sato.find(".dots-step .dot-row").await?;
    sato.behaved().await
}
