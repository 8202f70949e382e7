//! The whole room votes over the stars of all groups, each for those of others: the lead opens and closes it at the wall.

use anyhow::{Result, ensure};
use tests::browser::Device;

use super::screens::{NARROW, at_wall, before, guest, is_silent_about, owes_nothing, press, result, says, step};

const MUCH: &str = "役員の仕事が多い";
const KNOWN: &str = "何をする所か知らない";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_room_votes_for_what_other_groups_found_and_a_tie_is_said() -> Result<()> {
    let Some((hall, browser)) = before("dots-room").await? else { return Ok(()) };
    let sato = guest(&hall, &browser, "佐藤", Device::PHONE, 1).await?;
    let tanaka = guest(&hall, &browser, "田中", NARROW, 2).await?;
    let lead = at_wall(&hall, &browser, "進行役", hall.made.lead).await?;
    let helper = at_wall(&hall, &browser, "補助", hall.made.helper).await?;
    let observer = at_wall(&hall, &browser, "見学", hall.made.observer).await?;
    owes_nothing(&lead, "wall-before").await?;
    for page in [&helper, &observer] {
        ensure!(!page.has(".dots-strip").await?, "{}: nothing to look at yet", page.who());
    }

    press(&lead, "全体で投票する").await?;
    says(&lead, "合わせて4枚から選びます（2つの班）").await?;
    says(&lead, "おすすめは2枚").await?;
    press(&lead, "自分の班のものには貼れない").await?;
    owes_nothing(&lead, "wall-opening").await?;
    press(&lead, "シール投票を始める").await?;
    says(&lead, "結果は締め切ったあとに出ます").await?;

    // It is the one thing on the phones: no tree, no button to write.
    for page in [&sato, &tanaka] {
        says(page, "残り 2枚（2枚のうち）").await?;
        ensure!(!page.has("#board-tree").await?);
        owes_nothing(page, "room-ballot").await?;
    }
    let own = "return [...document.querySelectorAll('.dot-row')].map((row) => row.querySelector('.dot-step') !== null)";
    ensure!(sato.eval(own, vec![]).await? == serde_json::json!([false, false, true, true]), "not their own");
    for _ in 0..2 {
        step(&sato, KNOWN, "＋").await?;
        step(&tanaka, MUCH, "＋").await?;
    }
    for page in [&sato, &tanaka] {
        says(page, "残り 0枚").await?;
        says(page, "投票しました").await?;
        is_silent_about(page, "人が投票").await?;
    }
    press(&helper, "投票を見る").await?;
    press(&observer, "投票を見る").await?;
    for page in [&lead, &helper, &observer] {
        is_silent_about(page, "人が投票").await?;
        ensure!(!page.has(".dot-step").await?, "who sits nowhere has no ballot");
    }
    ensure!(!helper.has("dialog[open] .primary").await?, "the lead closes it");

    press(&lead, "締め切って結果を見る").await?;
    press(&lead, "締め切る").await?;
    for page in [&sato, &tanaka, &lead, &helper, &observer] {
        says(page, "2人が投票しました。").await?;
        says(page, &format!("「{MUCH}」、「{KNOWN}」が同点（2枚ずつ）です")).await?;
        let rows = result(page).await?;
        ensure!(rows[0] == format!("1位（同点）|1班 {MUCH}|シール 2枚"), "{rows:?}");
        ensure!(rows[1] == format!("1位（同点）|2班 {KNOWN}|シール 2枚"), "{rows:?}");
        ensure!(rows[2].ends_with("|0枚") && rows[3].ends_with("|0枚"), "{rows:?}");
    }
    owes_nothing(&sato, "room-result").await?;
    owes_nothing(&tanaka, "room-result").await?;
    owes_nothing(&lead, "wall-result").await?;
    for page in [&sato, &tanaka, &lead, &helper, &observer] {
        page.behaved().await?;
    }
    Ok(())
}
