//! With keys alone: nothing is clicked or touched.

use super::*;

/// Goes to something with Tab and presses Enter.
async fn go(page: &Page, css: &str) -> Result<()> {
    page.tab_to(css).await?;
    page.press("Enter").await
}

async fn go_to(page: &Page, words: &str) -> Result<()> {
    page.tab_to_words(words).await?;
    page.press("Enter").await
}

async fn along_the_run_sheet(page: &Page) -> Result<()> {
    go(page, ".plan-step:nth-child(2) [id^=down-]").await?;
    page.focus_is_on(".plan-step:nth-child(3) [id^=down-]").await?;
    page.press("Enter").await?;
    page.focus_is_on(".plan-step:nth-child(4) [id^=down-]").await?;
    go(page, ".plan-step:nth-child(4) [id^=edit-]").await?;
    page.focus_is_on("#plan-title").await?;
    page.type_here("（みんなで）").await?;
    go(page, "#plan-closes").await?;
    page.press("Escape").await?;
    no_sheet(page).await?;
    page.focus_is_on(".plan-step:nth-child(4) [id^=edit-]").await?;
    says(page, ".plan-step:nth-child(4) h2", STEPS[1]).await?;
    page.press("Enter").await?;
    page.focus_is_on("#plan-title").await?;
    page.press("End").await?;
    page.type_here("（みんなで）").await?;
    page.press("Enter").await?;
    no_sheet(page).await?;
    says(page, ".plan-step:nth-child(4) h2", "課題を選ぶ（みんなで）").await?;
    page.focus_is_seen().await
}

async fn along_the_wall(page: &Page) -> Result<()> {
    tokio::time::sleep(CALM).await;
    go(page, "#step-next").await?;
    says(page, ".step-place", "ステップ 2 / 8").await?;
    page.focus_is_on("#step-next").await?;
    page.eval("document.querySelector('#step-menu').focus()", vec![]).await?;
    page.press("Enter").await?;
    go_to(page, "前のステップに戻る").await?;
    no_sheet(page).await?;
    at(page, 1).await?;
    page.focus_is_on("#step-menu").await?;
    go_to(page, "一時停止").await?;
    says(page, ".step-time-word", "一時停止中").await?;
    page.press("Enter").await?;
    says(page, ".step-time-word", "残り").await?;
    go(page, "#alone-2").await?;
    go_to(page, "この班だけ次へ").await?;
    no_sheet(page).await?;
    page.focus_is_on("#alone-2").await?;
    page.press("Enter").await?;
    go_to(page, "みんなに合流").await?;
    no_sheet(page).await?;
    page.focus_is_on("#alone-2").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_conducts_with_keys_alone() -> Result<()> {
    let Some(hall) = Hall::open("conducting-keys", Device::LAPTOP).await? else { return Ok(()) };
    let page = &hall.lead;
    go_to(page, "進行表を見る").await?;
    page.find("main.run-sheet .plan-step").await?;
    page.focus_is_on("#screen-title").await?;
    along_the_run_sheet(page).await?;
    page.eval("document.querySelector('#screen-title').focus()", vec![]).await?;
    go_to(page, "受付へ戻る").await?;
    page.find(".big-code").await?;
    go(page, ".begin .button").await?;
    at(page, 1).await?;
    along_the_wall(page).await?;
    page.behaved().await
}
