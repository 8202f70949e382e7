//! The run-sheet is changed: before the beginning, and while the room is in it.

use tests::browser::Conversion;

use super::*;

/// The titles of the steps, as they stand in the list.
async fn titles(page: &Page) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('.plan-step h2')].map((e) => e.textContent)";
    Ok(serde_json::from_value(page.eval(script, vec![]).await?)?)
}

async fn until_titles(page: &Page, what: &str, titles: &[&str]) -> Result<()> {
    let script = "return JSON.stringify([...document.querySelectorAll('.plan-step h2')].map((e) => e.textContent)) === arguments[0]";
    page.until(what, script, vec![json!(json!(titles).to_string())]).await.map(drop)
}

async fn open(page: &Page) -> Result<()> {
    press(page, "進行表").await?;
    page.find("main.run-sheet .plan-step").await.map(drop)
}

fn button(step: usize, what: &str) -> String {
    format!(".plan-step:nth-child({step}) [id^={what}-]")
}

/// A Japanese conversion in the title: its Enter sends nothing, its Escape closes nothing.
async fn a_title_is_converted(page: &Page) -> Result<()> {
    page.click(&button(1, "edit")).await?;
    page.focus_is_on("#plan-title").await?;
    ensure!(page.value("#plan-title").await? == STEPS[0]);
    page.eval(
        "document.querySelector('#plan-title').select(); window.naze_kept = document.querySelector('#plan-title')",
        vec![],
    )
    .await?;
    let conversion = Conversion::begin(page, "じこしょうかい").await?;
    conversion.enter().await?;
    conversion.escape().await?;
    conversion.candidate("自己紹介").await?;
    // What others do meanwhile does not touch the field.
    let kept = "const now = document.querySelector('#plan-title');
        return [now === window.naze_kept, document.activeElement === now, now.value, document.querySelector('dialog[open]') !== null]";
    let seen = page.eval(kept, vec![]).await?;
    ensure!(seen == json!([true, true, "自己紹介", true]), "the field during the conversion: {seen}");
    conversion.take("自己紹介").await?;
    ensure!(page.value("#plan-title").await? == "自己紹介");
    page.press("Enter").await?;
    no_sheet(page).await?;
    says(page, ".plan-step:nth-child(1) h2", "自己紹介").await?;
    page.focus_is_on(&button(1, "edit")).await
}

async fn what_is_wrong_is_said(page: &Page) -> Result<()> {
    page.click(&button(2, "edit")).await?;
    owes_nothing(page, "step-editor").await?;
    page.can_be_touched("step-editor").await?;
    page.find("#plan-minutes").await?.clear().await?;
    page.type_into("#plan-minutes", "五").await?;
    press(page, "保存").await?;
    says(page, "#plan-minutes-trouble", "1〜240").await?;
    page.focus_is_on("#plan-minutes").await?;
    page.find("#plan-minutes").await?.clear().await?;
    page.type_into("#plan-minutes", "１０").await?;
    page.click("#plan-closes").await?;
    press(page, "保存").await?;
    no_sheet(page).await?;
    says(page, ".plan-step:nth-child(2) .plan-details", "10分 · 課題を選ぶ · 時間になったら書きこみを閉じる").await?;
    says(page, ".run-sheet-sum", "合計 62分").await
}

async fn steps_move_go_and_come_back(page: &Page) -> Result<()> {
    page.click(&button(2, "down")).await?;
    let moved = ["自己紹介", STEPS[2], STEPS[1], STEPS[3], STEPS[4], STEPS[5], STEPS[6], STEPS[7]];
    until_titles(page, "the step to move", &moved).await?;
    page.focus_is_on(&button(3, "down")).await?;
    page.click(&button(3, "up")).await?;
    page.focus_is_on(&button(2, "up")).await?;
    page.click(&format!("{} ~ .button:nth-child(3)", button(7, "up"))).await?;
    says(page, ".plan-step:nth-child(7) .plan-state", "とばします").await?;
    says(page, ".run-sheet-sum", "合計 55分").await?;
    page.click(&button(7, "more")).await?;
    owes_nothing(page, "plan-menu").await?;
    press(page, "取り除く").await?;
    page.focus_is_on("#plan-undo").await?;
    says(page, ".plan-done", "「ほかの班を見る」を取り除きました").await?;
    owes_nothing(page, "run-sheet-removed").await?;
    ensure!(titles(page).await?.len() == 7);
    page.press("Enter").await?;
    says(page, ".plan-step:nth-child(7) .plan-state", "とばします").await?;
    page.focus_is_on(&button(7, "edit")).await?;
    page.click(&button(8, "more")).await?;
    press(page, "同じステップをもう一度入れる").await?;
    page.click(&button(8, "more")).await?;
    press(page, "この後ろにステップを加える").await?;
    page.focus_is_on("#plan-title").await?;
    page.type_here("写真をとる").await?;
    press(page, "保存").await?;
    let now =
        ["自己紹介", STEPS[1], STEPS[2], STEPS[3], STEPS[4], STEPS[5], STEPS[6], STEPS[7], "写真をとる", STEPS[7]];
    until_titles(page, "ten steps", &now).await
}

/// What does not fit is said, and its buttons mend it.
async fn it_is_made_to_fit(page: &Page) -> Result<()> {
    ensure!(!page.has(".misfits").await?, "all fits");
    page.type_into("#room-minutes", "50").await?;
    page.press("Enter").await?;
    says(page, ".misfits", "部屋を使える50分より").await?;
    owes_nothing(page, "misfits").await?;
    for _ in 0..3 {
        if page.has(".misfits").await? {
            page.click(".misfits .button").await?;
            page.focus_is_on("#screen-title").await?;
        }
    }
    ensure!(!page.has(".misfits").await?, "it fits now");
    page.click(&button(8, "edit")).await?;
    page.find("#plan-each").await?.clear().await?;
    page.type_into("#plan-each", "120").await?;
    press(page, "保存").await?;
    says(page, ".misfits", "5人が順に話すと10分かかります（いまは5分）").await?;
    press(page, "ひとり60秒にする").await?;
    page.until("it to fit", "return document.querySelector('.misfits') === null", vec![]).await?;
    says(page, ".plan-step:nth-child(8) .plan-details", "ひとり60秒").await
}

/// A template outlives the page, and another run-sheet in between; what is no template harms nothing.
async fn a_template_is_kept(page: &Page) -> Result<()> {
    let before = titles(page).await?;
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    press(page, "この進行表をひな形として残す").await?;
    page.type_into("#template-name", "うちの会").await?;
    page.press("Enter").await?;
    says(page, ".plan-done", "「うちの会」として、この端末に残しました").await?;
    page.eval(
        "localStorage.setItem('naze.run-sheet.壊れた', 'naze run-sheet 1\\nparty'); localStorage.setItem('naze.run-sheet.', '{}')",
        vec![],
    )
    .await?;
    page.reload().await?;
    page.code().await?;
    open(page).await?;
    press(page, "ほかの進行表に取りかえる").await?;
    owes_nothing(page, "run-sheet-others").await?;
    press(page, "進行表なし").await?;
    until_titles(page, "no steps", &[]).await?;
    owes_nothing(page, "run-sheet-none").await?;
    press(page, "元に戻す").await?;
    until_titles(page, "all of it again", &before).await?;
    press(page, "課題共有・課題分析・課題解決").await?;
    page.until("eleven steps", "return document.querySelectorAll('.plan-step').length === 11", vec![]).await?;
    press(page, "この進行表をひな形として残す").await?;
    let kept = "return [...document.querySelectorAll('.linked .wide')].map((e) => e.textContent)";
    ensure!(page.eval(kept, vec![]).await? == json!(["うちの会"]), "what cannot be read is not listed");
    press(page, "うちの会").await?;
    until_titles(page, "the template", &before).await?;
    press(page, "削除").await?;
    page.focus_is_on("#plan-undo").await?;
    page.press("Enter").await?;
    page.until("the template again", "return document.querySelectorAll('.linked .wide').length === 1", vec![]).await?;
    begins_another(page, &before).await
}

/// Another workshop is made with the template.
async fn begins_another(page: &Page, titles: &[&str]) -> Result<()> {
    let new = page.text_of("return location.origin + '/new'", vec![]).await?;
    page.goto(&new).await?;
    page.type_into("#title", "協働推進研修 第2回").await?;
    page.click(".choice:has(input.own)").await?;
    owes_nothing(page, "start-own").await?;
    page.click(".start-form button[type=submit]").await?;
    page.code().await?;
    open(page).await?;
    until_titles(page, "the template in another workshop", titles).await?;
    page.reload().await?;
    page.code().await?;
    open(page).await?;
    until_titles(page, "the same after a reload", titles).await
}

async fn before_the_beginning(test: &str, device: Device) -> Result<()> {
    let Some(hall) = Hall::open(test, device).await? else { return Ok(()) };
    let page = &hall.lead;
    open(page).await?;
    until_titles(page, "the run-sheet", &STEPS).await?;
    says(page, ".run-sheet-sum", "合計 60分。いま始めると").await?;
    owes_nothing(page, "run-sheet").await?;
    a_title_is_converted(page).await?;
    what_is_wrong_is_said(page).await?;
    steps_move_go_and_come_back(page).await?;
    it_is_made_to_fit(page).await?;
    a_template_is_kept(page).await?;
    page.behaved().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_sheet_is_changed_on_a_phone() -> Result<()> {
    before_the_beginning("plan-phone", Device::PHONE).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_sheet_is_changed_on_a_laptop() -> Result<()> {
    before_the_beginning("plan-laptop", Device::LAPTOP).await
}

/// While the room is in it: what is under way stays, and two leads see the same list.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_sheet_is_changed_under_way() -> Result<()> {
    let Some(hall) = Hall::open("plan-under-way", Device::LAPTOP).await? else { return Ok(()) };
    let lead = &hall.lead;
    hall.begin().await?;
    tokio::time::sleep(CALM).await;
    lead.click("#step-next").await?;
    at(lead, 2).await?;
    let other = &hall.second(Device::PHONE).await?;
    open(lead).await?;
    open(other).await?;
    says(lead, ".plan-step[aria-current=step] h2", STEPS[1]).await?;
    says(lead, ".plan-step:nth-child(1) .plan-state", "終わりました").await?;
    says(lead, ".run-sheet-sum", "このまま進むと").await?;
    lead.click(&button(2, "more")).await?;
    press(lead, "取り除く").await?;
    says(lead, ".plan-done", "いまこのステップにいる班がある").await?;
    // One writes about a step while the other changes its time: both stay.
    other.click(&button(4, "edit")).await?;
    other.focus_is_on("#plan-title").await?;
    other.type_here("（深く）").await?;
    lead.click(&button(4, "edit")).await?;
    lead.find("#plan-minutes").await?.clear().await?;
    lead.type_into("#plan-minutes", "18").await?;
    press(lead, "保存").await?;
    says(lead, ".plan-step:nth-child(4) .plan-details", "18分").await?;
    ensure!(other.value("#plan-title").await?.contains("（深く）"), "the other's words are where they were");
    press(other, "保存").await?;
    for page in [lead, other] {
        says(page, ".plan-step:nth-child(4) h2", "（深く）").await?;
        says(page, ".plan-step:nth-child(4) .plan-details", "18分").await?;
    }
    press(lead, "ほかの進行表に取りかえる").await?;
    press(lead, "進行表なし").await?;
    for page in [lead, other] {
        until_titles(page, "the step under way alone", &[STEPS[1]]).await?;
    }
    press(lead, "元に戻す").await?;
    other.until("seven steps", "return document.querySelectorAll('.plan-step').length === 7", vec![]).await?;
    press(lead, "ウォールへ戻る").await?;
    says(lead, ".step-place", "ステップ 1 / 7").await?;
    for page in [lead, other] {
        page.behaved().await?;
    }
    Ok(())
}
