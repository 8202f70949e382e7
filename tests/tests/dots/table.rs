//! A group votes over its own cards on two phones, one of them narrow, while the lead and an observer look on.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::browser::{AtBoard, AtWall, Device};
use tests::proxy::Proxy;

use super::screens::{
    NARROW, at_wall, before, guest, guest_by, is_silent_about, owes_nothing, press, result, says, step,
};

const MUCH: &str = "役員の仕事が多い";
const AIR: &str = "断れない空気がある";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_votes_over_its_stars_and_a_tie_is_said() -> Result<()> {
    let Some((hall, browser)) = before("dots-table").await? else { return Ok(()) };
    let sato = guest(&hall, &browser, "佐藤", Device::PHONE, 1).await?;
    let suzuki = guest(&hall, &browser, "鈴木", NARROW, 1).await?;
    let tanaka = guest(&hall, &browser, "田中", Device::PHONE, 2).await?;
    let lead = at_wall(&hall, &browser, "進行役", hall.made.lead).await?;
    AtWall(&lead).open(1).await?;
    let observer = at_wall(&hall, &browser, "見学", hall.made.observer).await?;
    AtWall(&observer).open(1).await?;
    AtBoard(&sato).card(AIR).await?;
    ensure!(!observer.has(".dots-way").await?, "who only looks on finds nothing to look at yet");

    // Two options, so one dot is suggested; they take two.
    press(&sato, "シール投票を始める").await?;
    says(&sato, "★の付いたカード 2枚から").await?;
    says(&sato, "おすすめは1枚").await?;
    owes_nothing(&sato, "table-opening").await?;
    sato.click(".dots-each .dot-step:last-of-type").await?;
    press(&sato, "シール投票を始める").await?;
    says(&sato, "残り 2枚（2枚のうち）").await?;

    says(&suzuki, "シール投票の受付中です").await?;
    press(&suzuki, "シールを貼る").await?;
    says(&suzuki, "まだ貼っていません").await?;
    owes_nothing(&suzuki, "table-ballot").await?;
    // What is pressed stays under the finger, and keeps the focus; more than there are cannot be put.
    step(&suzuki, AIR, "＋").await?;
    says(&suzuki, "残り 1枚").await?;
    for _ in 0..2 {
        suzuki.press("Enter").await?;
    }
    says(&suzuki, "残り 0枚").await?;
    suzuki.focus_is_on(".dot-row:nth-child(2) .dot-step:last-of-type").await?;
    step(&suzuki, AIR, "−").await?;
    step(&suzuki, MUCH, "＋").await?;
    says(&suzuki, "投票しました").await?;
    step(&sato, MUCH, "＋").await?;
    step(&sato, AIR, "＋").await?;
    says(&sato, "投票しました").await?;
    owes_nothing(&sato, "table-voted").await?;

    // Nobody is told anything before the end, and the other group nothing at all.
    press(&lead, "投票を見る").await?;
    press(&observer, "投票を見る").await?;
    for page in [&lead, &observer] {
        says(page, "結果は締め切ったあとに出ます").await?;
        is_silent_about(page, "人が投票").await?;
        ensure!(!page.has(".dot-step").await?, "who does not sit here has no ballot");
    }
    ensure!(!observer.has(".dots-ask").await?);
    is_silent_about(&tanaka, "受付中").await?;

    press(&suzuki, "締め切って結果を見る").await?;
    says(&suzuki, "みんな貼りおわりましたか").await?;
    press(&suzuki, "まだ続ける").await?;
    press(&suzuki, "締め切って結果を見る").await?;
    owes_nothing(&suzuki, "table-ask").await?;
    press(&suzuki, "締め切る").await?;
    for page in [&sato, &suzuki, &lead, &observer] {
        says(page, "2人が投票しました。").await?;
        says(page, "が同点（2枚ずつ）です").await?;
        let expected = [format!("1位（同点）|{MUCH}|シール 2枚"), format!("1位（同点）|{AIR}|シール 2枚")];
        ensure!(result(page).await? == expected, "{:?}", result(page).await?);
    }
    owes_nothing(&sato, "table-result").await?;
    owes_nothing(&lead, "table-result").await?;
    for page in [&sato, &suzuki, &lead, &observer] {
        AtBoard(page).close_sheet().await?;
        let marks = "return [...document.querySelectorAll('.mark.got')].map((e) => e.textContent).join()";
        let told = page.until("dots on the cards", &format!("{marks} || null"), vec![]).await?;
        ensure!(told == json!("● シール 2枚,● シール 2枚"), "{told}");
    }
    owes_nothing(&suzuki, "table-tree").await?;
    for page in [&sato, &suzuki, &tanaka, &lead, &observer] {
        page.behaved().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dots_without_a_network_wait_and_late_ones_are_said_not_to_count() -> Result<()> {
    let Some((hall, browser)) = before("dots-offline").await? else { return Ok(()) };
    let proxy = Proxy::before(hall.naze.port()).await?;
    let sato = guest(&hall, &browser, "佐藤", Device::PHONE, 1).await?;
    let suzuki = guest_by(&proxy.base(), &hall, &browser, ("鈴木", NARROW, 1)).await?;
    press(&sato, "シール投票を始める").await?;
    press(&sato, "シール投票を始める").await?;
    press(&suzuki, "シールを貼る").await?;
    proxy.cut();
    step(&suzuki, AIR, "＋").await?;
    says(&suzuki, "投票を送っています").await?;
    proxy.mend();
    says(&suzuki, "投票しました").await?;
    proxy.cut();
    step(&suzuki, AIR, "−").await?;
    step(&suzuki, MUCH, "＋").await?;
    says(&suzuki, "投票を送っています").await?;
    press(&sato, "締め切って結果を見る").await?;
    press(&sato, "締め切る").await?;
    says(&sato, &format!("1人が投票しました。いちばん多いのは「{AIR}」（1枚）です。")).await?;
    proxy.mend();
    says(&suzuki, "あなたの最後の投票は数えられていません").await?;
    says(&suzuki, &format!("いちばん多いのは「{AIR}」（1枚）")).await
}
